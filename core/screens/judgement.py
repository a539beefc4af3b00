"""How good a stored forecast is, what its reader should know, and how it was made: in words.

Every number is of past cutoffs, at which the method saw only what came before; it stands beside
the seasonal-naive baseline. Nothing is scored here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from core.charts.numbers import GAP, NARROW, count, points, ratio, relative, share
from core.forecasting.forecast import Forecast, Scores, SeriesKind
from core.forecasting.methods import AUTO, BASELINE
from core.forecasting.noise import nothing_to_win
from core.screens.forecast_page import method_words

EXPLAINING = {SeriesKind.ANSWER_RATE: "stl", SeriesKind.VOLUME: "prophet"}
"""The method that is asked for to see a series taken apart."""
CHANCE = 3.0
"""Standard errors that coverage may lie off its claim by chance. Hours of a day resemble each
other, so that two would call many a sound band wrong."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How good a forecast's method was so far.

    Parameters
    ----------
    headings : tuple of str
        Of a table: first the measure, then a column for each method.
    rows : tuple of tuple of str
        Its cells; without any there was nothing to compare.
    against_baseline : str
        In a sentence.
    source : str
        What the numbers count.
    coverage_off : str
        The band's coverage where it is outside what chance allows; empty where it is not.
    floor : str
        The error beside the noise floor, and whether anything can still be won.
    held : str
        What the band claims beside what it held; empty where there was nothing to compare.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    against_baseline: str
    source: str
    coverage_off: str = ""
    floor: str = ""
    held: str = ""


def judgement_of(forecast: Forecast) -> Judgement:
    """Return how good the method of a forecast was, beside the baseline.

    Where it is the baseline itself, the best of the others stands beside it.
    """
    scored = _compared(forecast)
    names = [_column(each, forecast) for each in scored]
    if not scored:
        return Judgement(
            ("Measure",), (), "", "The history is too short to look back: there is no measure."
        )
    rate = forecast.kind is SeriesKind.ANSWER_RATE
    level = f"{forecast.level * 100:g}{NARROW}%"
    lines: Sequence[tuple[str, Callable[[Scores], str]]] = (
        ("Error, points" if rate else "Error (WAPE)", lambda each: _error(each.error, rate)),
        ("Bias, points" if rate else "Bias", lambda each: _bias(each.bias, rate)),
        (f"{level} band held", lambda each: share(each.coverage)),
        ("… in open hours", lambda each: share(None if rate else each.coverage_open)),
        ("Noise floor", lambda each: _error(each.noise_floor, rate)),
    )
    rows = tuple((label, *(cell(each) for each in scored)) for label, cell in lines)
    return Judgement(
        ("Measure", *names),
        tuple(row for row in rows if any(cell != GAP for cell in row[1:])),
        _against(forecast),
        _source(scored[0], forecast),
        _off(forecast),
        _floor(forecast),
        _held(forecast),
    )


def _compared(forecast: Forecast) -> list[Scores]:
    scored = [each for each in forecast.scores if each.error is not None]
    own = [each for each in scored if each.method == forecast.method]
    others = [each for each in scored if each.method != forecast.method]
    if forecast.method == BASELINE:
        return own + sorted(others, key=lambda each: each.error or 0.0)[:1]
    return own + [each for each in others if each.method == BASELINE]


def model_words(forecast: Forecast) -> str:
    """Return the model of a provenance line: the method, and whether `auto` chose it."""
    name = method_words(forecast.kind, forecast.method)
    return f"{name} (auto)" if forecast.requested_method == AUTO else name


def parts_note(forecast: Forecast) -> str:
    """Return which method took the series apart, where it is not the forecast's own.

    Of a forecast without components: which method takes such a series apart.
    """
    if forecast.components.empty:
        return f"{EXPLAINING[forecast.kind]} does"
    lender = forecast.parameters.get("components_of")
    return f"taken apart by {method_words(forecast.kind, str(lender))}" if lender else ""


def _column(scores: Scores, forecast: Forecast) -> str:
    name = method_words(forecast.kind, scores.method)
    return f"{name}, baseline" if scores.method == BASELINE else name


def _error(value: float | None, rate: bool) -> str:
    return points(value).removeprefix("+").removesuffix(" points") if rate else share(value)


def _bias(value: float | None, rate: bool) -> str:
    return points(value).removesuffix(" points") if rate else relative(value)


def _floor(forecast: Forecast) -> str:
    own = forecast.scores_of(forecast.method)
    if own is None or own.error is None or own.noise_floor is None:
        return ""
    rate = forecast.kind is SeriesKind.ANSWER_RATE
    unit = " points" if rate else ""
    floor = f"noise floor {_error(own.noise_floor, rate)}{unit}"
    told = f"Error {_error(own.error, rate)}{unit}, {floor}"
    if nothing_to_win(own.error, own.noise_floor):
        return f"{told}: nothing can be won here."
    return f"{told}, which chance alone leaves to any forecast."


def _held(forecast: Forecast) -> str:
    own = forecast.scores_of(forecast.method)
    if own is None or own.coverage is None or not own.hours:
        return ""
    told = (
        f"The {share(forecast.level, 0)} band held {share(own.coverage)} of {count(own.hours)}"
        " past hours"
    )
    if forecast.kind is SeriesKind.ANSWER_RATE or own.coverage_open is None:
        return f"{told}."
    return f"{told}, and {share(own.coverage_open)} of the open ones."


def _against(forecast: Forecast) -> str:
    own, baseline = forecast.scores_of(forecast.method), forecast.scores_of(BASELINE)
    if own is None or baseline is None or not own.error or not baseline.error:
        return ""
    if own.method != BASELINE:
        return f"Its error is {ratio(own.error / baseline.error)} of the baseline's."
    rivals = [each for each in forecast.scores if each.method != BASELINE and each.error]
    told = "; ".join(
        f"the error of {method_words(forecast.kind, each.method)} was"
        f" {ratio((each.error or 0.0) / baseline.error)} of it"
        for each in rivals
    )
    return f"It is the baseline itself{': ' if told else ''}{told}."


def _source(scores: Scores, forecast: Forecast) -> str:
    noun = "cutoff" if scores.cutoffs == 1 else "cutoffs"
    what = (
        "Error: mean absolute error, weighted by calls offered."
        if forecast.kind is SeriesKind.ANSWER_RATE
        else "WAPE: absolute errors over contacts that came, closed hours as 0."
    )
    return (
        f"From {count(scores.cutoffs)} past {noun}, {count(scores.hours)} hours; at each the"
        f" method saw only what came before. {what} Baseline: same hour of last week."
    )


def _off(forecast: Forecast) -> str:
    own = forecast.scores_of(forecast.method)
    if own is None or own.coverage is None or not own.hours:
        return ""
    held, hours, where = own.coverage, float(own.hours), ""
    if forecast.kind is SeriesKind.VOLUME and own.coverage_open is not None:
        # A closed hour is always held, so that all hours together flatter a band.
        held, hours, where = own.coverage_open, hours * _open_share(forecast), " of open hours"
    allowed = CHANCE * sqrt(forecast.level * (1 - forecast.level) / max(hours, 1.0))
    if abs(held - forecast.level) <= allowed:
        return ""
    how = "narrow" if held < forecast.level else "wide"
    return f"band too {how}: held {share(held)}{where}, claims {share(forecast.level, 0)}"


def _open_share(forecast: Forecast) -> float:
    hours = forecast.history_hours
    known = hours.get("open", 0) + hours.get("closed", 0)
    return hours.get("open", 0) / known if known else 1.0
