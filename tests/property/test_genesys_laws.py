"""Laws of the platform gateway: nothing asked twice or left out, nothing lost on the way back."""

from datetime import UTC, datetime, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from core.campaigns import QuerySize
from core.clock import FrozenClock
from core.documents import with_values
from core.errors import LimitBroken
from core.tenants.genesys_campaigns import platform_snapshot
from core.tenants.genesys_history import Piece, smaller
from core.tenants.genesys_records import Buckets
from core.tenants.genesys_updates import creation_body, whole_body
from core.tenants.pace import Pace

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)

sizes = st.builds(QuerySize, st.integers(1, 900), st.integers(1, 5000))
pieces = st.builds(
    lambda count, hours: Piece(
        tuple(f"q-{number}" for number in range(count)), NOON, NOON + hours * HOUR
    ),
    st.integers(1, 12),
    st.integers(1, 2000),
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
paces = st.integers(100, 1500).map(lambda hundredths: hundredths / 100)


def all_parts(piece: Piece, size: QuerySize) -> list[Piece]:
    """Cut a piece until every part fits, as a question is cut before it is asked."""
    left, done = [piece], []
    while left:
        cut = left.pop().cut(size)
        if len(cut) == 1:
            done += cut
        else:
            left += cut
    return done


@settings(max_examples=60)
@given(pieces, sizes)
def test_the_parts_of_a_question_tile_it_and_fit(piece: Piece, size: QuerySize) -> None:
    parts = all_parts(piece, size)

    asked = [
        (each, part.start + number * HOUR)
        for part in parts
        for each in part.ids
        for number in range(part.hours)
    ]
    wanted = {(each, NOON + number * HOUR) for each in piece.ids for number in range(piece.hours)}
    assert len(asked) == len(set(asked))
    assert set(asked) == wanted
    for part in parts:
        assert part.hours <= size.hours
        assert len(part.ids) == 1 or len(part.ids) * part.hours <= size.results


@settings(max_examples=100)
@given(pieces, sizes, st.sampled_from(["too many results", "interval too long", "too large"]))
def test_after_a_refusal_less_is_asked_until_nothing_smaller_can_be(
    piece: Piece, size: QuerySize, told: str
) -> None:
    (asked, *_) = all_parts(piece, size)
    for _ in range(40):
        found = smaller(size, asked, told)
        if found is None:
            assert len(asked.ids) == 1
            assert asked.hours <= 24
            return
        (less, *_) = all_parts(asked, found)
        assert len(less.ids) * less.hours < len(asked.ids) * asked.hours
        asked, size = less, found
    pytest.fail("it never came to an end")


@given(st.dictionaries(texts, values, max_size=5), paces, paces, st.booleans())
def test_what_nobody_changed_goes_back_as_it_was_read(
    odd: dict[str, object], pace: float, other: float, is_told_exactly: bool
) -> None:
    document = odd | {"id": "c-1", "version": 3, "campaignStatus": "complete"}
    document["maxCallsPerAgent"] = int(pace) if is_told_exactly else round(pace)
    if is_told_exactly:
        document["maxCallsPerAgentDecimal"] = pace
    read = platform_snapshot(document, NOON, "The campaign").document

    body = whole_body(read, {"maxCallsPerAgent": other})

    own = {"maxCallsPerAgent", "maxCallsPerAgentDecimal"}
    assert {key: body[key] for key in body if key not in own} == {
        key: document[key] for key in document if key not in own
    }
    assert body.get("maxCallsPerAgentDecimal", body["maxCallsPerAgent"]) == other
    assert platform_snapshot(body, NOON, "The campaign").document["maxCallsPerAgent"] == other
    assert whole_body(read, {}) == document


@given(values)
def test_a_campaign_is_created_off_or_not_at_all(status: object) -> None:
    payload = {"name": "Draft", "campaignStatus": status}
    if status == "off":
        assert creation_body(payload)["campaignStatus"] == "off"
    else:
        with pytest.raises(LimitBroken):
            creation_body(payload)
    assert creation_body(with_values(payload, {"campaignStatus": "off"})) is not payload


class Passing:
    """Time that passes as it is told to."""

    at = 0.0

    def monotonic(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += seconds


@settings(max_examples=40)
@given(st.lists(st.floats(0, 4), min_size=1, max_size=120), st.integers(1, 40))
def test_no_minute_has_more_requests_than_the_tenant_allows(
    pauses: list[float], allowed: int
) -> None:
    sleeper = Passing()
    pace = Pace(sleeper, FrozenClock(NOON), allowance=allowed)
    sent: list[float] = []
    for pause in pauses:
        sleeper.sleep(pause)
        while (seconds := pace.take()) > 0:
            sleeper.sleep(seconds)
        sent.append(sleeper.at)

    for start in sent:
        assert sum(start <= each < start + 59.999 for each in sent) <= allowed


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 60)), min_size=1, max_size=30))
def test_no_hour_has_more_connects_than_attempts(counts: list[tuple[int, int]]) -> None:
    data = [
        {
            "interval": f"{(NOON + number * HOUR).isoformat()}/x",
            "metrics": [
                {"metric": "nOutboundAttempted", "stats": {"count": attempts}},
                {"metric": "nOutboundConnected", "stats": {"count": connects}},
            ],
        }
        for number, (attempts, connects) in enumerate(counts)
    ]
    buckets = Buckets("outboundCampaignId", ["c-1"], "It")
    buckets.add({"results": [{"group": {"outboundCampaignId": "c-1"}, "data": data}]})

    read = buckets.rates("c-1")

    assert (read["answered"] <= read["offered"]).all()
    assert (read["answered"] >= 0).all()
    assert read["offered"].tolist() == [attempts for attempts, _ in counts]
    assert read["answered"].sum() <= sum(connects for _, connects in counts)
