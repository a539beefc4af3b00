"""Who may do what, and that nobody approves what they proposed."""

import itertools
from dataclasses import replace

import pytest

from core.errors import ApproverNotAllowed, SettingsError, UsageError
from core.workflow.approval import (
    PERMISSIONS,
    People,
    Person,
    Role,
    Step,
    check_allowed,
    check_decision,
    check_withdrawal,
    is_allowed,
    moves_open_to,
)
from core.workflow.lifecycle import Move
from core.workflow.plan import Check, CheckState
from tests.unit.workflow.builders import NOON, pacing_plan, proposal_in

MARA = Person("Mara", Role.SUPERVISOR)
ANA = Person("Ana", Role.PLANNER)


def test_each_role_may_do_all_that_the_one_below_it_may() -> None:
    ladder = [PERMISSIONS[role] for role in Role]
    assert all(lower < higher for lower, higher in itertools.pairwise(ladder))
    assert ladder[-1] == frozenset(Step)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.VIEWER, {Step.VIEW}),
        (Role.PLANNER, {Step.VIEW, Step.PROPOSE, Step.WITHDRAW_OWN, Step.HALT}),
        (Role.SUPERVISOR, set(Step) - {Step.SETTINGS}),
        (Role.ADMIN, set(Step)),
    ],
)
def test_a_role_may_do_exactly_this(role: Role, may: set[Step]) -> None:
    assert {step for step in Step if is_allowed(role, step)} == may


def test_a_refusal_names_the_person_the_step_and_who_could() -> None:
    with pytest.raises(ApproverNotAllowed) as refusal:
        check_allowed(ANA, Step.PUSH)
    assert str(refusal.value) == (
        "Ana is a planner and may not push. Ask somebody who is supervisor or admin."
    )


def test_with_no_roles_set_up_anybody_may_do_everything() -> None:
    anybody = People({}).person(" Jonas  Reiter ")
    assert anybody == Person("Jonas Reiter", None)
    assert all(is_allowed(anybody.role, step) for step in Step)


def test_with_no_roles_set_up_four_eyes_are_still_in_force() -> None:
    with pytest.raises(ApproverNotAllowed, match="proposed P-1001 and may not decide it too"):
        check_decision(proposal_in("submitted"), Person("Ana"), four_eyes=True)


def test_as_soon_as_roles_exist_whoever_has_none_is_refused() -> None:
    people = People({"Mara": "supervisor"})
    assert people.has_roles
    assert people.person("mara ") == MARA
    with pytest.raises(ApproverNotAllowed, match="Eve has no role here"):
        people.person("Eve")


def test_an_unknown_role_is_a_wrong_setting() -> None:
    with pytest.raises(SettingsError, match="no role boss"):
        People({"Mara": "boss"})


def test_nobody_is_not_a_name() -> None:
    with pytest.raises(UsageError, match="Nobody was named"):
        People({}).person("  ")


@pytest.mark.parametrize("name", ["ANA", " ana", "Ａna"])
def test_another_spelling_of_the_author_is_not_another_person(name: str) -> None:
    with pytest.raises(ApproverNotAllowed):
        check_decision(proposal_in("submitted"), Person(name), four_eyes=True)


def test_another_supervisor_may_decide_and_a_planner_may_not() -> None:
    check_decision(proposal_in("submitted"), MARA, four_eyes=True)
    with pytest.raises(ApproverNotAllowed, match="may not approve or reject"):
        check_decision(proposal_in("submitted"), Person("Jonas", Role.PLANNER), four_eyes=True)


def test_without_four_eyes_the_author_may_decide() -> None:
    check_decision(proposal_in("submitted"), Person("Ana", Role.ADMIN), four_eyes=False)


def test_an_author_withdraws_their_own_and_a_supervisor_anybodys() -> None:
    check_withdrawal(proposal_in("submitted"), ANA)
    check_withdrawal(proposal_in("submitted"), MARA)
    with pytest.raises(ApproverNotAllowed, match="may not withdraw proposals of others"):
        check_withdrawal(proposal_in("submitted"), Person("Jonas", Role.PLANNER))


def test_the_author_sees_withdraw_and_another_supervisor_sees_the_decision() -> None:
    submitted = proposal_in("submitted")
    assert moves_open_to(submitted, ANA, True, NOON) == (Move.WITHDRAW,)
    assert moves_open_to(submitted, MARA, True, NOON) == (
        Move.APPROVE,
        Move.REJECT,
        Move.WITHDRAW,
    )
    assert moves_open_to(proposal_in("approved"), MARA, True, NOON) == (
        Move.START_PUSH,
        Move.WITHDRAW,
    )
    assert moves_open_to(submitted, Person("Vic", Role.VIEWER), True, NOON) == ()


def test_no_approval_is_offered_for_what_is_blocked_or_too_old() -> None:
    blocked = proposal_in(
        "submitted", pacing_plan(checks=(Check("cap", CheckState.BLOCK, "Above the cap."),))
    )
    assert Move.APPROVE not in moves_open_to(blocked, MARA, True, NOON)
    old = replace(proposal_in("submitted"), expires_at=NOON)
    assert moves_open_to(old, MARA, True, NOON) == (Move.REJECT, Move.WITHDRAW)
