"""The answer-rate forecast: 14 days of a campaign, 24 hours ahead."""

from collections.abc import Iterator

from core.forecasting.forecast import SeriesKind
from core.forecasting.make import make_forecast
from core.forecasting.stl import TutorialAnswerRate
from tests.bench.measure import Ratio, compare
from tests.bench.tutorials import answer_rate_procedure
from tests.unit.forecasting.made_series import rate_history, rate_records, request


def ratios() -> Iterator[Ratio]:
    """Measure preparation with the model, then everything that a stored forecast holds."""
    records = rate_records(14)
    history = rate_history(records)

    def plain() -> object:
        return answer_rate_procedure(records)

    yield compare(
        "answer rate, records to 24 hours",
        lambda: TutorialAnswerRate().forecast(rate_history(records), 24, 0.95, 0),
        plain,
    )
    for method, note in (
        ("tutorial", "with 7 past forecasts, baseline, scores and band"),
        ("seasonal-naive", "likewise"),
        ("auto", "all methods compared"),
    ):
        asked = request(SeriesKind.ANSWER_RATE, history, method=method)
        yield compare(
            f"answer rate, whole forecast, {method}",
            lambda asked=asked: make_forecast(asked),
            plain,
            repeats=3,
            note=note,
        )
