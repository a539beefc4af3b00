"""What a request may carry: questions to the analytics and to workforce management.

Written from the published description of the platform; which fields are required too.
"""

from typing import Final

from core.simulator.platform.kinds import (
    DATE,
    FLAG,
    MOMENT,
    NUMBER,
    TEXT,
    WHOLE,
    Each,
    Kind,
    Number,
    Shape,
    Text,
)
from core.simulator.platform.vocabulary import DIMENSIONS, METRICS, OBSERVATIONS, UNSORTABLE

_RANGE: Final = Shape(dict.fromkeys(("gt", "gte", "lt", "lte"), NUMBER))
_JOINS: Final = Text(("and", "or"))


def _filter(dimensions: tuple[str, ...]) -> Shape:
    """Return a filter of two levels over some dimensions."""
    predicates = Each(
        Shape(
            {
                "type": Text(("dimension", "property", "metric")),
                "dimension": Text(dimensions),
                "operator": Text(("matches", "exists", "notExists")),
                "value": TEXT,
                "range": _RANGE,
            }
        )
    )
    clause = Shape({"type": _JOINS, "predicates": predicates}, ("type", "predicates"))
    return Shape({"type": _JOINS, "clauses": Each(clause), "predicates": predicates}, ("type",))


_VIEW: Final = Shape(
    {
        "target": Text(METRICS),
        "name": TEXT,
        "function": Text(("rangeBound",)),
        "range": Shape({"gte": NUMBER, "lt": NUMBER}),
    },
    ("target", "name", "function"),
)
_SORT: Final = Shape(
    {
        "name": Text(tuple(metric for metric in METRICS if metric not in UNSORTABLE)),
        "function": Text(("average", "count", "max", "min", "sum")),
    },
    ("name", "function"),
)

AGGREGATES: Final = Shape(
    {
        "interval": TEXT,
        "granularity": TEXT,
        "timeZone": TEXT,
        "groupBy": Each(Text(DIMENSIONS)),
        "filter": _filter(DIMENSIONS),
        "metrics": Each(Text(METRICS)),
        "flattenMultivaluedDimensions": FLAG,
        "views": Each(_VIEW),
        "alternateTimeDimension": Text(("eventTime",)),
        "queryType": Text(("bottomN", "groupBy", "topN")),
        "sortMetric": _SORT,
        "limit": WHOLE,
    },
    ("interval", "metrics"),
)
"""Conversations by interval and dimension."""

OBSERVATION: Final = Shape(
    {
        "filter": _filter(("mediaType", "queueId")),
        "metrics": Each(Text(OBSERVATIONS)),
        "detailMetrics": Each(Text(OBSERVATIONS)),
    },
    ("filter", "metrics"),
)
"""Queues at this moment."""

INTRADAY: Final = Shape(
    {
        "businessUnitDate": DATE,
        "categories": Each(Text(("ForecastData", "ScheduleData", "PerformancePredictionData"))),
        "planningGroupIds": Each(TEXT),
        "intervalLengthMinutes": Number(whole=True),
    },
    ("businessUnitDate", "categories"),
)
"""A day of workforce management."""

AGENT_SCHEDULES: Final = Shape(
    {"startDate": MOMENT, "endDate": MOMENT, "userIds": Each(TEXT)}, ("startDate", "endDate")
)
"""Who is scheduled when."""

IDS: Final[Kind] = Each(TEXT)
FIFTY_IDS: Final[Kind] = Each(TEXT, most=50)
