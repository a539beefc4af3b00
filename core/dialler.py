"""What a tenant tells of its dialler: what it does now, what bounds it, what else steers it.

Values as they were read, never edited; the tenant's own document stays with each, whole. What a
tenant does not tell is None. Which values are good ones is known to `core.pacing`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.documents import JsonObject
from core.units import CampaignId, Revision

RULE_FIELDS: Mapping[str, str] = {
    "setCampaignAbandonRate": "abandonRate",
    "setCampaignMaxCallsPerAgent": "maxCallsPerAgent",
    "setCampaignNumberOfLines": "outboundLineCount",
    "setCampaignDialingMode": "dialingMode",
    "setCampaignPriority": "priority",
    "setCampaignWeight": "dynamicLineBalancingSettings",
    "changeCampaignQueue": "queue",
    "turnOnCampaign": "campaignStatus",
    "turnOffCampaign": "campaignStatus",
}
"""What a campaign rule does, to the field of the campaign that it writes."""

ALL_CALLS = "ALL_CALLS"


@dataclass(frozen=True, slots=True)
class CampaignLive:
    """A campaign as the dialler runs it at one moment.

    Parameters
    ----------
    campaign_id : CampaignId
        Which.
    read_at : datetime
        Aware.
    attempts, connects : float or None
        Of the campaign's present run, as the tenant counts connects. Unit: calls.
    idle_agents, effective_idle_agents : float or None
        Waiting for a call; the second with agents who are about to. Unit: agents.
    calls_per_agent : float or None
        The pace in force, as the dialler has adjusted it. Unit: calls per idle agent.
    outstanding_calls : float or None
        Placed, and neither answered nor over. Unit: calls.
    agents_on_queue : float or None
        Ready or talking, whatever they serve. Unit: agents.
    status, dialing_mode : str
        As the tenant spells them; empty where the answer does not tell.
    document : JsonObject
        The tenant's own answer.

    Examples
    --------
    >>> from datetime import UTC
    >>> live = CampaignLive(CampaignId("c-1"), datetime(2026, 11, 23, tzinfo=UTC), 900, 270)
    >>> live.connect_share
    0.3
    """

    campaign_id: CampaignId
    read_at: datetime
    attempts: float | None = None
    connects: float | None = None
    idle_agents: float | None = None
    effective_idle_agents: float | None = None
    calls_per_agent: float | None = None
    outstanding_calls: float | None = None
    agents_on_queue: float | None = None
    status: str = ""
    dialing_mode: str = ""
    document: JsonObject = field(default_factory=dict, repr=False)

    @property
    def connect_share(self) -> float | None:
        """Connects of all attempts; None without attempts."""
        if not self.attempts or self.connects is None:
            return None
        return self.connects / self.attempts


@dataclass(frozen=True, slots=True)
class OutboundSettings:
    """What the organisation sets for all of its campaigns.

    Parameters
    ----------
    denominator : str
        What the compliance abandon rate is counted over, as the tenant spells it: ``ALL_CALLS``
        or ``CALLS_THAT_REACHED_QUEUE``; empty where it does not tell.
    calls_per_agent_ceiling : float or None
        What no campaign may exceed. Unit: calls per agent.
    calls_per_agent : float or None
        The organisation's own limit below that. Unit: calls per agent.
    abandon_seconds : float or None
        How long a person may wait before the call counts as abandoned. Unit: seconds.
    line_share : float or None
        Part of all lines that may be in use, a share.
    document : JsonObject
        The tenant's own answer.
    """

    denominator: str
    calls_per_agent_ceiling: float | None
    calls_per_agent: float | None
    abandon_seconds: float | None
    line_share: float | None
    document: JsonObject = field(default_factory=dict, repr=False)

    @property
    def counts_all_calls(self) -> bool | None:
        """Whether the abandon rate is counted over all calls; None where that is not known."""
        return self.denominator == ALL_CALLS if self.denominator else None


@dataclass(frozen=True, slots=True)
class RuleAction:
    """What a campaign rule does, as the tenant spells it, and to which campaigns."""

    kind: str
    campaign_ids: tuple[CampaignId, ...]
    parameters: JsonObject = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The field of a campaign that it writes; empty where that is not known."""
        return RULE_FIELDS.get(self.kind, "")


@dataclass(frozen=True, slots=True)
class CampaignRule:
    """A rule by which the tenant itself changes campaigns while they run.

    Parameters
    ----------
    rule_id, name : str
        The tenant's id and name.
    is_enabled : bool
        Whether it is in force.
    conditions : tuple of str
        Kinds of its conditions, as the tenant spells them.
    actions : tuple of RuleAction
        What it does.
    """

    rule_id: str
    name: str
    is_enabled: bool
    conditions: tuple[str, ...]
    actions: tuple[RuleAction, ...]

    def paths_written(self, campaign_id: CampaignId) -> tuple[str, ...]:
        """Return the fields of a campaign that the rule writes, each once."""
        written = [
            action.path
            for action in self.actions
            if action.path and campaign_id in action.campaign_ids
        ]
        return tuple(dict.fromkeys(written))


def rules_writing(
    rules: Sequence[CampaignRule], campaign_id: CampaignId, paths: Sequence[str]
) -> tuple[CampaignRule, ...]:
    """Return the rules in force that write one of some fields of a campaign.

    Examples
    --------
    >>> pace = RuleAction("setCampaignMaxCallsPerAgent", (CampaignId("c-1"),))
    >>> rule = CampaignRule("r-1", "Evening", True, ("timeOfDay",), (pace,))
    >>> [each.name for each in rules_writing([rule], CampaignId("c-1"), ["maxCallsPerAgent"])]
    ['Evening']
    >>> rules_writing([rule], CampaignId("c-1"), ["abandonRate"])
    ()
    """
    wanted = {path.split(".")[0] for path in paths}
    return tuple(
        rule
        for rule in rules
        if rule.is_enabled and wanted.intersection(rule.paths_written(campaign_id))
    )


@dataclass(frozen=True, slots=True)
class CampaignSchedule:
    """When a campaign is switched on and off; writing one arms the dialler.

    Parameters
    ----------
    campaign_id : CampaignId
        Whose.
    revision : Revision or None
        The tenant's own version of the schedule.
    document : JsonObject
        The whole object as read.
    read_at : datetime
        Aware.
    """

    campaign_id: CampaignId
    revision: Revision | None
    document: JsonObject
    read_at: datetime


@dataclass(frozen=True, slots=True)
class CallableWindow:
    """When contacts of one zone may be called on one weekday, on their own clock.

    `day` is 1 for Monday to 7 for Sunday; `opens` and `closes` are ``HH:MM:SS``.
    """

    time_zone: str
    day: int
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class CallableTimes:
    """A set of callable times."""

    name: str
    windows: tuple[CallableWindow, ...]


@dataclass(frozen=True, slots=True)
class TimeTaken:
    """How many were measured, and how long they took together. Unit: seconds.

    Examples
    --------
    >>> TimeTaken(20, 4800.0).mean_seconds, TimeTaken(0, 0.0).mean_seconds
    (240.0, None)
    """

    count: float
    seconds: float

    @property
    def mean_seconds(self) -> float | None:
        """What one took on average; None where none was measured."""
        return self.seconds / self.count if self.count else None
