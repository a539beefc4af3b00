"""A plan of a day under review: hour by hour, with the leave that its approval gives."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from core.screens.inbox_words import subject_of
from core.screens.review_day import day_hours_of, does_in_a_day
from core.workflow.day_plan import Bounds, Replanning, day_of
from core.workflow.plan import FieldChange, Plan
from tests.unit.workflow.builders import day_plan, pacing_plan

BERLIN = ZoneInfo("Europe/Berlin")
FIELD = "predictive.dropRate"
LEAVE = Replanning(60, {FIELD: Bounds(0.01, 0.025)})


def with_leave() -> Plan:
    plan = day_plan(replanning=LEAVE)
    leave = FieldChange(
        f"replanning/{FIELD}",
        "May be planned anew every 60 min, Abandon target",
        "text",
        None,
        "0.01 to 0.03",
    )
    return replace(plan, changes=(leave, *plan.changes))


def test_each_hour_is_a_row_and_what_it_changes_is_marked() -> None:
    plan = day_plan(0.02, 0.022)
    shown = day_hours_of(plan)
    assert shown is not None
    assert shown.title == "What changes: 2 hours, 1 field"
    assert shown.headings == ("Hour", "Abandon target")
    assert shown.limits == "Limits: Abandon target: at most 3 %."
    assert shown.now == ("2.0\u202f%",)
    assert [name for name, _ in shown.rows] == [
        f"{hour.ds:%H:%M}" for hour in day_of(plan.payload).hours
    ]
    assert [[(each.text, each.is_changed) for each in row] for _, row in shown.rows] == [
        [("2.0\u202f%", False)],
        [("2.2\u202f%", True)],
    ]
    assert shown.fields == (FIELD,)


def test_the_leave_to_plan_anew_stands_in_the_diff_and_in_what_it_does() -> None:
    plan = with_leave()
    shown = day_hours_of(plan)
    assert shown is not None
    told = "May be planned anew every 60 min, Abandon target: 0.01 to 0.03"
    assert shown.leave == (f"{told}.",)
    assert does_in_a_day(plan, BERLIN)[1] == f"{told}. Anything outside needs a new approval."


def test_a_day_without_leave_says_that_it_keeps_to_its_values() -> None:
    plan = day_plan()
    sets, keeps, rest = does_in_a_day(plan, BERLIN)
    assert sets.startswith(f"Sets these values on {plan.target_name} hour by hour, ")
    assert keeps == "It is not planned anew: each hour has exactly these values."
    assert rest == "Every other field goes back to the tenant as it was read."


def test_in_a_list_a_day_is_its_hours_and_the_span_of_its_values() -> None:
    assert subject_of(day_plan()) == (
        "Plan of a day: 2 hours, Abandon target 2.0\u202f% → 2.1\u202f%–2.2\u202f%"
    )


def test_other_plans_have_no_hours() -> None:
    assert day_hours_of(pacing_plan()) is None
