"""What happened, by slices of time: what comes in one slice may end in the next one."""

from datetime import UTC, datetime

import numpy as np
import pytest

from core.clock import FrozenClock
from core.simulator.campaigns import CAMPAIGNS
from core.simulator.platform.first_documents import campaign_documents
from core.simulator.platform.measures import MEASURES
from core.simulator.platform.rows import Slices, Source, inbound_source, outbound_source, slices_of
from core.simulator.queues import QUEUES
from core.simulator.world import World

START = int(datetime(2026, 11, 16, tzinfo=UTC).timestamp())
END = int(datetime(2026, 11, 20, tzinfo=UTC).timestamp())
SOURCES = [
    inbound_source(QUEUES[0]),
    inbound_source(QUEUES[6]),
    outbound_source(campaign_documents()[0], CAMPAIGNS[0]),
]


@pytest.fixture(scope="module")
def world() -> World:
    return World(clock=FrozenClock(datetime(2026, 11, 23, 14, 35, tzinfo=UTC)))


def slices(world: World, source: Source, *, in_quarters: bool = False) -> Slices:
    return slices_of(world, source, START, END, in_quarters=in_quarters)


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("in_quarters", [False, True])
def test_everything_that_was_answered_ends_once(world: World, source: Source, in_quarters: bool):
    found = slices(world, source, in_quarters=in_quarters)
    # At both ends of the span some began before it, and some end after it.
    most = found.answered.max()

    assert abs(int(found.ended.sum()) - int(found.answered.sum())) <= most
    assert (np.diff(found.second) > 0).all()
    assert (found.ended >= 0).all()


@pytest.mark.parametrize("source", SOURCES)
def test_quarters_add_up_to_hours(world: World, source: Source):
    hours, quarters = slices(world, source), slices(world, source, in_quarters=True)

    for column in ("offered", "answered", "attempts", "abandoned", "ringing"):
        assert getattr(hours, column).sum() == getattr(quarters, column).sum()


def test_a_span_that_begins_later_tells_the_same_of_what_both_hold(world: World):
    source, middle = SOURCES[2], START + 36 * 3600
    whole = slices(world, source)
    part = slices_of(world, source, middle, END, in_quarters=False)

    kept = whole.between(middle, END)
    assert (kept.second == part.second).all()
    assert (kept.ended == part.ended).all()


def test_talk_hold_and_work_after_it_make_up_the_handling(world: World):
    found, mean = slices(world, SOURCES[0]), SOURCES[0].handle_seconds

    def seconds(name: str) -> float:
        measured = MEASURES[name](found, mean).seconds
        assert measured is not None
        return float(measured.sum())

    assert seconds("tTalk") + seconds("tHeld") + seconds("tAcw") == pytest.approx(
        seconds("tHandle")
    )
    assert seconds("tWait") == pytest.approx(seconds("tAnswered") + seconds("tAbandon"))
