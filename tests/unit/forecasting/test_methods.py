"""Methods by name, and requests that cannot be."""

import subprocess
import sys
from typing import Any

import pytest

from core.errors import UsageError
from core.forecasting.forecast import SeriesKind
from core.forecasting.make import make_forecast
from core.forecasting.methods import forecaster_for, method_names
from core.history.centre import Centre
from tests.unit.forecasting.made_series import request, volume_history, volume_records


@pytest.mark.parametrize("kind", list(SeriesKind))
def test_every_name_but_auto_is_a_method_that_calls_itself_so(kind: SeriesKind) -> None:
    names = method_names(kind)
    assert names[0] == "auto"
    for name in names[1:]:
        forecaster = forecaster_for(kind, name, Centre())
        assert (forecaster.name, forecaster.kind) == (name, kind)


@pytest.mark.parametrize("name", ["stl", "auto", ""])
def test_an_unknown_name_is_refused_with_the_known_ones(name: str) -> None:
    known = "Choose one of auto, seasonal-naive, average, .*, prophet, tutorial"
    with pytest.raises(UsageError, match=known):
        forecaster_for(SeriesKind.VOLUME, name, Centre())


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"method": "oracle"}, "There is no method 'oracle' for volume"),
        ({"horizon": 0}, "A horizon of 0 hours"),
        ({"horizon": 10**9}, "Give 1 to 8784 hours"),
        ({"level": 0.4}, "A band of 40 % cannot be made"),
        ({"level": 1.0}, "Give a level of 50 to 99 %"),
        ({"level": float("nan")}, "cannot be made"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_fitted(
    wrong: dict[str, Any], message: str
) -> None:
    history = volume_history(volume_records(5))
    with pytest.raises(UsageError, match=message):
        make_forecast(request(SeriesKind.VOLUME, history, **wrong))


def test_importing_forecasting_loads_neither_prophet_nor_statsmodels() -> None:
    script = (
        "import sys, core.forecasting.make, core.history.centre;"
        "print([name for name in ('prophet', 'statsmodels', 'scipy', 'matplotlib')"
        " if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
