"""A desk in memory, and what its screens are asked with."""

import pytest

from core.charts.picture import Look
from core.charts.theme import LIGHT
from core.screens.recent import Recent
from tests.support.desk import BERLIN, NOW, Desk, filled_desk


@pytest.fixture
def desk() -> Desk:
    """Give a desk with history and forecasts, on a tenant in memory."""
    return filled_desk()


@pytest.fixture
def recent(desk: Desk) -> Recent:
    """Give the readings of a session that begins."""
    return Recent(desk.clock)


@pytest.fixture
def look() -> Look:
    """Give the look of a reader with the light theme."""
    return Look(BERLIN, LIGHT, NOW)
