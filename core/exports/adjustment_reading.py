"""Adjustments of a forecast document, read back: the adjusted line is the one that planning uses.

The values stand in the document and are taken as they stand: nothing is worked out anew from what
the adjustments say, which only name who changed what.
"""

from dataclasses import replace

from core.exports.csv_table import shown
from core.exports.document_reading import DocumentReader
from core.exports.forecast_json import ADJUSTED_KEYS
from core.forecasting.adjustments import (
    Adjustment,
    AdjustmentAction,
    adjustments_over,
    told_as_adjusted,
)
from core.forecasting.forecast import Forecast

UNNAMED = "Adjusted by hand: the file does not tell by whom."


def planned_interval(interval: DocumentReader) -> DocumentReader:
    """Return an interval whose values are the adjusted ones; the same where nobody adjusted it.

    A bound that was not adjusted with its line is none of the adjusted line's, and is left out.

    Examples
    --------
    >>> content = {"yhat": 0.3, "yhat_upper": 0.4, "usual_calls": 9, "adjusted": 0.2}
    >>> planned_interval(DocumentReader(content, "F.json")).content
    {'usual_calls': 9, 'yhat': 0.2}
    """
    if not _is_adjusted(interval):
        return interval
    kept = {key: value for key, value in interval.content.items() if key not in ADJUSTED_KEYS}
    laid = {name: kept.pop(key) for name, key in ADJUSTED_KEYS.items() if key in kept}
    return DocumentReader(kept | laid, interval.file_name, interval.time_zone, interval.place)


def with_adjustments(forecast: Forecast, document: DocumentReader) -> Forecast:
    """Return a forecast read from a document, saying what was adjusted in it, if anything was.

    Parameters
    ----------
    forecast : Forecast
        With the rows of `planned_interval`.
    document : DocumentReader
        Of the forecast.

    Raises
    ------
    FileRejected
        If an adjustment cannot be read.
    """
    listed = [_adjustment(part, forecast) for part in document.parts("adjustments")]
    if listed:
        over = adjustments_over(forecast, listed)
        return told_as_adjusted(forecast, over) if over else forecast
    if any(_is_adjusted(interval) for interval in document.parts("intervals")):
        return replace(forecast, warnings=(*forecast.warnings, UNNAMED))
    return forecast


def _is_adjusted(interval: DocumentReader) -> bool:
    return interval.content.get("adjusted") is not None


def _adjustment(part: DocumentReader, forecast: Forecast) -> Adjustment:
    action = part.text("action")
    if action not in set(AdjustmentAction):
        known = ", ".join(AdjustmentAction)
        raise part.refusal("action", f"{shown(action)} is none of {known}")
    return Adjustment(
        adjustment_id="",
        kind=forecast.kind,
        series_id=forecast.series_id,
        name=part.text("name"),
        action=AdjustmentAction(action),
        amount=part.number("amount"),
        start=part.time("start"),
        end=part.time("end"),
        note=part.text("note", ""),
        is_on=True,
        author=part.text("author"),
        changed_at=part.time("changedAt", forecast.made_at),
    )
