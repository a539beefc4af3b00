"""What a request may carry: campaigns, changes of their pacing, and their schedules.

The fields that the tenant gives itself are among them, since a client sends back what it read.
"""

from typing import Final

from core.simulator.platform.kinds import (
    ANYTHING,
    FLAG,
    MOMENT,
    TEXT,
    WHOLE,
    Each,
    Kind,
    Number,
    Shape,
    Text,
)

DIALING_MODES: Final = ("agentless", "preview", "power", "predictive", "progressive", "external")
STATUSES: Final = ("on", "stopping", "off", "complete", "invalid", "forced_off", "forced_stopping")
MOST_PERCENT: Final = 100.0

REF: Final = Shape({"id": TEXT, "name": TEXT, "selfUri": TEXT})
_ID_REF: Final = Shape({"id": TEXT, "selfUri": TEXT})
_LINE_BALANCE: Final[dict[str, Kind]] = {
    "enabled": FLAG,
    "relativeWeight": Number(0, 100, whole=True),
}
_SORT: Final = Shape({"fieldName": TEXT, "direction": Text(("ASC", "DESC")), "numeric": FLAG})
_ERROR: Final = Shape({"error": TEXT, "details": TEXT, "userParams": Each(ANYTHING)}, ("error",))
_PHONE_COLUMN: Final = Shape({"columnName": TEXT, "type": TEXT}, ("columnName", "type"))
_PERCENT: Final = Number(0, MOST_PERCENT)
_LEAST_PACE: Final = 1

CAMPAIGN: Final = Shape(
    {
        "id": TEXT,
        "name": TEXT,
        "dateCreated": MOMENT,
        "dateModified": MOMENT,
        "version": WHOLE,
        "contactList": REF,
        "queue": REF,
        "dialingMode": Text(DIALING_MODES),
        "script": REF,
        "edgeGroup": REF,
        "site": REF,
        "campaignStatus": Text(STATUSES),
        "phoneColumns": Each(_PHONE_COLUMN),
        "abandonRate": _PERCENT,
        "dncLists": Each(REF),
        "callableTimeSet": REF,
        "callAnalysisResponseSet": REF,
        "errors": Each(_ERROR),
        "callerName": TEXT,
        "callerAddress": TEXT,
        "outboundLineCount": WHOLE,
        "ruleSets": Each(REF),
        "skipPreviewDisabled": FLAG,
        "previewTimeOutSeconds": Number(0, 1200, whole=True),
        "alwaysRunning": FLAG,
        "contactSort": _SORT,
        "contactSorts": Each(_SORT, most=4),
        "noAnswerTimeout": WHOLE,
        "callAnalysisLanguage": TEXT,
        "priority": Number(1, 5, whole=True),
        "contactListFilters": Each(REF, most=1),
        "division": REF,
        "agentOwnedColumn": TEXT,
        "dynamicContactQueueingSettings": Shape({"sort": FLAG, "filter": FLAG}),
        "skillColumns": Each(TEXT),
        "previewAutoEnd": FLAG,
        "maxCallsPerAgent": Number(_LEAST_PACE, whole=True),
        "maxCallsPerAgentDecimal": Number(_LEAST_PACE),
        "callbackAutoAnswer": FLAG,
        "dynamicLineBalancingSettings": Shape(_LINE_BALANCE),
        "diagnosticsSettings": Shape({"reportLowMaxCallsPerAgentAlert": FLAG}),
        "preciseDialingEnabled": FLAG,
        "selfUri": TEXT,
    },
    ("name", "contactList", "dialingMode", "phoneColumns", "callerName", "callerAddress"),
)
"""A campaign, whole."""

CAMPAIGN_WITH_DECIMALS: Final = Shape(
    {**CAMPAIGN.fields, "maxCallsPerAgent": Number(_LEAST_PACE)}, CAMPAIGN.required
)
"""The same where the request says that calls per agent have decimals."""

CAMPAIGN_PATCH: Final = Shape(
    {
        "outboundLineCount": WHOLE,
        "abandonRate": _PERCENT,
        "maxCallsPerAgent": Number(_LEAST_PACE),
        "dynamicLineBalancingSettings": Shape(_LINE_BALANCE),
        "queue": _ID_REF,
    }
)
"""The five fields that may be changed without the rest, and without a version."""

_ALTERATION: Final = Shape({"type": Text(("Exclusion", "Inclusion")), "start": TEXT, "end": TEXT})
_RECURRENCE: Final = Shape(
    {
        "id": TEXT,
        "start": TEXT,
        "end": TEXT,
        "timeZone": TEXT,
        "pattern": Shape(
            {
                "type": Text(("Daily", "Weekly")),
                "interval": Number(1, whole=True),
                "daysOfWeek": Each(TEXT),
            },
            ("type", "interval"),
        ),
        "range": Shape(
            {
                "type": Text(("NoEnd", "EndDate", "Numbered")),
                "end": TEXT,
                "numberOfOccurrences": Number(1, whole=True),
            },
            ("type",),
        ),
        "alterations": Each(_ALTERATION),
        "nextOccurrenceDetails": ANYTHING,
    },
    ("start", "end", "pattern", "range"),
)

SCHEDULE: Final = Shape(
    {
        "id": TEXT,
        "name": TEXT,
        "dateCreated": MOMENT,
        "dateModified": MOMENT,
        "version": WHOLE,
        "intervals": Each(Shape({"start": TEXT, "end": TEXT}, ("start", "end"))),
        "recurrences": Each(_RECURRENCE),
        "timeZone": TEXT,
        "campaign": Shape({"id": TEXT, "name": TEXT, "selfUri": TEXT, "division": _ID_REF}),
        "selfUri": TEXT,
    },
    ("intervals", "campaign"),
)
"""When a campaign is on: writing one arms the dialler."""
