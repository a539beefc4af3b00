"""A recommendation hour by hour: as a picture and as a table."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from core.charts.numbers import count, share, share_band
from core.charts.pacing import InForce, pacing_chart
from core.charts.picture import Look, Picture
from core.charts.times import day, hour_span
from core.documents import JsonObject
from core.pacing.recommendation import Recommendation
from core.screens.pacing_words import ABANDON_TARGET, ANSWER_RATE, share_at

HOUR_HEADINGS: Mapping[str, str] = {
    "hour": "Hour",
    "safe": "Safe rate",
    "limit": "What limits it",
    "forecast": "Forecast, with its band",
    "agents": "Agents",
    "abandon": "Abandon target",
}


def picture_of(made: Recommendation, document: JsonObject, look: Look) -> Picture:
    """Draw a recommendation; where the capacity is unknown, the forecast alone."""
    before = share_at(document, ANSWER_RATE)
    target = share_at(document, ABANDON_TARGET)
    proposed = share_at(made.push, ANSWER_RATE)
    aimed = share_at(made.push, ABANDON_TARGET)
    in_force = InForce(
        answer_rate=before,
        abandon_rate=target,
        proposed_answer_rate=None if proposed == before else proposed,
        proposed_abandon_rate=None if aimed == target else aimed,
    )
    picture = pacing_chart(_as_known(made), in_force, look)
    if made.capacity_known:
        return picture
    return replace(picture, legend=tuple(e for e in picture.legend if e.label != "safe rate"))


def _as_known(made: Recommendation) -> Recommendation:
    """Return a recommendation without the rates that nothing was known to compute from."""
    if made.capacity_known:
        return made
    gap = float("nan")
    hours = tuple(replace(hour, safe_rate=gap, abandon_target=gap) for hour in made.hours)
    return replace(made, hours=hours)


def hours_of(made: Recommendation, look: Look) -> pd.DataFrame:
    """Return a row of texts for each hour, with what limits it; columns of `HOUR_HEADINGS`."""
    return pd.DataFrame(
        [
            {
                "hour": f"{day(hour.ds, look.zone)}, {hour_span(hour.ds, look.zone)}",
                "safe": share(hour.safe_rate),
                "limit": hour.binding_limit,
                "forecast": share_band(
                    hour.answer_rate, hour.answer_rate_lower, hour.answer_rate_upper
                ),
                "agents": count(hour.agents),
                "abandon": share(hour.abandon_target),
            }
            for hour in _as_known(made).hours
        ],
        columns=list(HOUR_HEADINGS),
    )
