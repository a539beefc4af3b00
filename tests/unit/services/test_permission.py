"""Whether a plan may be pushed, as far as the tenant told: a warning, never a bar."""

from dataclasses import replace

import pytest

from core.clock import FrozenClock
from core.permissions import Lack, Need
from core.services.permission import CHECK_NAME, NEED_OF, PushPermission, lacks_of
from core.tenants.memory import MemoryTenant
from core.workflow.plan import Check, CheckState, PlanKind
from tests.support.desk import BERLIN, CAMPAIGNS, NOW
from tests.unit.services.review_desk import ReviewDesk
from tests.unit.workflow.builders import pacing_plan

EDIT = Lack("outbound:campaign:edit", NOW)


def refusing(*needs: Need) -> PushPermission:
    return PushPermission(lambda need: EDIT if need in needs else None, BERLIN)


def test_a_plan_whose_permission_is_missing_says_when_it_was_refused_and_what_helps() -> None:
    (*others, told) = refusing(Need.PACE).checked(pacing_plan()).checks
    assert others == list(pacing_plan().checks)
    assert told == Check(
        CHECK_NAME,
        CheckState.WARNING,
        "Pushing this was refused on Wed 25 Nov, 11:20 for want of outbound:campaign:edit; it can"
        " be approved, and pushed once the administrator has added it.",
    )


def test_a_permission_that_the_tenant_says_is_missing_needs_no_date() -> None:
    checked = PushPermission(lambda need: Lack("a:scope")).checked(pacing_plan())
    assert "takes a:scope, which is missing" in checked.checks[-1].message


def test_a_plan_whose_permission_is_not_known_to_be_missing_stays_as_it_is() -> None:
    assert refusing(Need.CREATE).checked(pacing_plan()) == pacing_plan()


def test_what_was_said_of_the_permission_before_gives_way_to_what_is_known_now() -> None:
    warned = refusing(Need.PACE).checked(pacing_plan())
    assert refusing(Need.PACE).checked(warned) == warned
    assert refusing().checked(warned) == pacing_plan()


def test_the_warning_neither_blocks_a_plan_nor_changes_what_an_approval_names() -> None:
    warned = refusing(Need.PACE).checked(pacing_plan())
    assert not warned.is_blocked
    assert warned.digest == pacing_plan().digest


@pytest.mark.parametrize("kind", list(PlanKind))
def test_each_kind_of_plan_takes_one_permission(kind: PlanKind) -> None:
    plan = replace(pacing_plan(), kind=kind)
    (need,) = [need for need in Need if refusing(need).checked(plan) != plan]
    assert need is NEED_OF[kind]


def test_what_is_submitted_keeps_the_warning() -> None:
    desk = ReviewDesk()
    submitting = replace(desk.submitting, permission=refusing(Need.PACE))
    proposal = submitting.submit(desk.plan(), "Ana", "Answers well.")
    assert CHECK_NAME in [check.name for check in proposal.plan.checks]


def test_only_what_was_not_told_and_is_missing_is_listed() -> None:
    tenant = MemoryTenant(FrozenClock(NOW), CAMPAIGNS)
    tenant.lacks = {Need.RULES: EDIT, Need.SETTINGS: EDIT}
    told = {Need.RULES: (), Need.SETTINGS: object(), Need.DAY: None}
    assert lacks_of(tenant, told) == {Need.RULES: EDIT}
