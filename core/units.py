"""Names for bare values, so that a share is not taken for a percentage.

Nothing is converted or checked here: a name says what a number or text means.
"""

from typing import NewType

TenantId = NewType("TenantId", str)
CampaignId = NewType("CampaignId", str)
QueueId = NewType("QueueId", str)
SkillId = NewType("SkillId", str)
Revision = NewType("Revision", str)
"""The tenant's own version of an object, as text."""
Share = NewType("Share", float)
"""A part of a whole, 0 to 1."""
Seconds = NewType("Seconds", float)
