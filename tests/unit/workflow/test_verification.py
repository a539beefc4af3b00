"""Comparing a plan with what the tenant has."""

from typing import Any

import pytest

from core.documents import ABSENT, JsonObject, with_values
from core.workflow.comparison import holds
from core.workflow.three_way import last_change, three_way
from core.workflow.verification import (
    Settlement,
    changes_nothing,
    compare,
    compare_creation,
    has_former_values,
)
from tests.unit.workflow.builders import (
    campaign_document,
    campaign_plan,
    pacing_plan,
    snapshot_of,
)

APPLIED = {"predictive__answerRate": 0.3412, "predictive__dropRate": 0.0281, "version": 8}


def test_a_plan_is_applied_where_all_proposed_values_are_there() -> None:
    now = snapshot_of(campaign_document(**APPLIED, priority=5))
    assert compare(pacing_plan(), now) is Settlement.APPLIED


def test_one_value_of_two_is_not_applied() -> None:
    now = snapshot_of(campaign_document(predictive__answerRate=0.3412, version=8))
    assert compare(pacing_plan(), now) is Settlement.CHANGED
    assert not has_former_values(pacing_plan(), now.document)


def test_a_tenant_that_rounds_has_applied_it_and_one_that_alters_has_not() -> None:
    rounded = campaign_document(**(APPLIED | {"predictive__answerRate": 0.3412004}))
    altered = campaign_document(**(APPLIED | {"predictive__answerRate": 0.34}))
    assert compare(pacing_plan(), snapshot_of(rounded)) is Settlement.APPLIED
    assert compare(pacing_plan(), snapshot_of(altered)) is Settlement.CHANGED


def test_untouched_means_revision_and_content_as_they_were() -> None:
    plan = pacing_plan()
    assert compare(plan, snapshot_of(campaign_document())) is Settlement.UNTOUCHED
    assert compare(plan, snapshot_of(campaign_document(version=8))) is Settlement.CHANGED
    assert compare(plan, snapshot_of(campaign_document(priority=5))) is Settlement.CHANGED


def test_something_else_that_changed_leaves_the_former_values() -> None:
    assert has_former_values(pacing_plan(), campaign_document(version=8, priority=1))
    assert not has_former_values(campaign_plan(), {})


def test_a_creation_is_settled_by_its_name() -> None:
    plan = campaign_plan()
    created = snapshot_of({"id": "c-9", "version": 1, "createdBy": "me", **plan.payload})
    other = snapshot_of({"id": "c-8", "version": 1, "name": "Quiet hours", "status": "ON"})
    assert compare_creation(plan, ()) is Settlement.UNTOUCHED
    assert compare_creation(plan, (created,)) is Settlement.APPLIED
    assert compare_creation(plan, (other,)) is Settlement.CHANGED
    assert compare_creation(plan, (created, created)) is Settlement.CHANGED


@pytest.mark.parametrize(
    ("proposed", "found", "same"),
    [
        (3, 3.0, True),
        (0.1 + 0.2, 0.3, True),
        (1, True, False),
        (False, 0, False),
        ("2026-11-26T09:00:00+00:00", "2026-11-26T10:00:00+01:00", True),
        ("2026-11-26T09:00:00+00:00", "2026-11-26T09:00:00", False),
        ("DRAFT", "draft", False),
        ([1, 2], [2, 1], False),
        ([1], [1, 2], False),
        ({"a": None}, {}, False),
        ({"a": None}, {"a": None, "b": 1}, True),
        ([{"id": 1}], [{"id": 1, "name": "x"}], True),
    ],
)
def test_values_are_the_same_when_they_mean_the_same(proposed: Any, found: Any, same: bool) -> None:
    assert holds(proposed, found) is same


def test_a_plan_that_sets_what_is_so_already_changes_nothing() -> None:
    assert changes_nothing(pacing_plan({"predictive.answerRate": 0.3}))
    assert not changes_nothing(pacing_plan())
    assert not changes_nothing(campaign_plan())


def test_the_three_way_view_shows_conflicts_and_what_the_plan_would_keep() -> None:
    now = campaign_document(
        predictive__answerRate=0.25, predictive__mode=ABSENT, priority=1, version=9
    )
    rows = {row.path: row for row in three_way(pacing_plan(), now)}
    rate = rows["predictive.answerRate"]
    assert (rate.label, rate.then, rate.now, rate.proposed, rate.result) == (
        "Answer rate",
        0.3,
        0.25,
        0.3412,
        "conflict",
    )
    assert rows["predictive.dropRate"].result == "would be set"
    assert (rows["priority"].is_in_plan, rows["priority"].result) == (False, "not in plan, keeps 1")
    assert rows["predictive.mode"].result == "not in plan, stays absent"
    assert set(rows) == {
        "predictive.answerRate",
        "predictive.dropRate",
        "predictive.mode",
        "priority",
    }


def test_a_field_that_somebody_set_to_the_proposed_value_is_no_conflict() -> None:
    rows = three_way(pacing_plan(), campaign_document(predictive__answerRate=0.3412))
    assert rows[0].result == "has the proposed value"


def test_the_three_way_view_of_a_creation_shows_what_bears_the_name() -> None:
    rows = three_way(campaign_plan(), {"id": "c-8", "name": "Quiet hours", "status": "ON"})
    results = {row.path: row.result for row in rows}
    assert results["name"] == "has the proposed value"
    assert results["status"] == "conflict"
    assert results["maxCallsPerHour"] == "would be set"
    assert results["id"] == "not in plan, keeps c-8"


@pytest.mark.parametrize(
    ("values", "by", "has_moment"),
    [
        ({"modifiedBy": {"id": "u-1", "name": "Tomas Lund"}}, "Tomas Lund", False),
        ({"modifiedBy": {"id": "u-1"}, "dateModified": "2026-11-25T09:52:00Z"}, "u-1", True),
        ({"modifiedBy": "tomas", "dateModified": "yesterday"}, "tomas", False),
        ({"modifiedBy": 5}, None, False),
        ({}, None, False),
    ],
)
def test_who_changed_it_is_told_as_far_as_the_document_tells(
    values: JsonObject, by: str | None, has_moment: bool
) -> None:
    change = last_change(with_values({}, values))
    assert (change.by, change.at is not None) == (by, has_moment)
