"""Laws of the platform's dialect that hold whatever is asked of it."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.simulator.platform.twins import pace_fields, paced, seen_from_platform, twin_patch
from core.simulator.platform.wanted import is_wanted, values_wanted

QUEUES = ("a", "b", "c")
PREDICATES = st.fixed_dictionaries(
    {
        "dimension": st.sampled_from(("queueId", "direction")),
        "operator": st.sampled_from(("matches", "exists", "notExists")),
        "value": st.sampled_from((*QUEUES, "inbound")),
    }
)
CLAUSES = st.fixed_dictionaries(
    {"type": st.sampled_from(("and", "or")), "predicates": st.lists(PREDICATES, max_size=3)}
)
FILTERS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(("and", "or")),
        "predicates": st.lists(PREDICATES, max_size=2),
        "clauses": st.lists(CLAUSES, max_size=2),
    }
)
PACES = st.integers(100, 1500).map(lambda hundredths: hundredths / 100)


@given(FILTERS, st.sampled_from(QUEUES))
def test_the_short_cut_through_a_filter_leaves_out_nothing_that_passes_it(
    chosen: dict[str, Any], queue: str
):
    values = values_wanted(chosen, "queueId")

    if is_wanted({"queueId": queue, "direction": "inbound"}, chosen):
        assert values is None or queue in values


@given(PACES, st.integers(0, 1000).map(lambda tenths: tenths / 10))
def test_a_pacing_comes_back_from_the_other_dialect_as_it_went(pace: float, percent: float):
    document = {
        "name": "x",
        "campaignStatus": "on",
        "dialingMode": "power",
        "abandonRate": percent,
        **pace_fields(pace),
    }

    seen = seen_from_platform(twin_patch(document))

    assert (seen["maxCallsPerAgentDecimal"], seen["abandonRate"]) == (pace, percent)


@given(PACES, PACES)
def test_of_the_two_fields_of_calls_per_agent_the_one_that_changed_wins(now: float, new: float):
    current = pace_fields(now)

    exact = paced({**current, "maxCallsPerAgentDecimal": new}, current)
    whole = paced({**current, "maxCallsPerAgent": int(new)}, current)

    assert exact["maxCallsPerAgentDecimal"] == new
    assert whole["maxCallsPerAgent"] == int(new)
