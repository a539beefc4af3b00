"""Review's inbox says what waits, for whom, and what went wrong."""

from datetime import timedelta

import pytest

from core.screens.inbox import DECIDED, MINE, MOST_SHOWN, OPEN, REMEMBERED_FOR, inbox
from core.workflow.approval import Person
from core.workflow.proposal import LIFETIMES, PlanKind, ProposalState
from tests.support.desk import (
    LOYALTY,
    PLANNER,
    SUPERVISOR,
    VIEWER,
    Desk,
    filled_desk,
    settings_for,
)
from tests.support.proposals import (
    IN_STATE,
    approved,
    drafted,
    drifted,
    proposed,
    rejected,
    stale,
    stored,
    verified,
)


def seen(desk: Desk, person: str = SUPERVISOR):
    return inbox(desk.services, desk.services.people.person(person) if person else Person(""))


def test_an_empty_inbox_is_calm(desk: Desk) -> None:
    box = seen(desk)
    assert box.headline == "Nothing waits: nothing was proposed yet"
    assert box.tabs == {OPEN: "Open 0", MINE: "Mine 0", DECIDED: "Decided 0"}


def test_what_waits_is_counted_in_the_headline(desk: Desk) -> None:
    proposed(desk)
    drafted(desk)
    assert seen(desk).headline == "2 proposals wait for a decision"


def test_each_kind_of_waiting_has_its_words(desk: Desk) -> None:
    stale(desk)
    approved(desk, LOYALTY)
    drafted(desk)
    assert seen(desk).headline == (
        "1 proposal waits for a decision; 1 is approved and not pushed yet; 1 went stale and must"
        " be proposed again"
    )


def test_the_last_decision_stands_where_nothing_waits(desk: Desk) -> None:
    done = verified(desk)
    assert seen(desk).headline == (
        f"Nothing waits. Last decision: {done.proposal_id}, verified Wed 25 Nov, 11:20"
    )


def test_an_entry_says_what_it_does_who_proposed_it_and_when_it_expires(desk: Desk) -> None:
    waiting = proposed(desk)
    desk.clock.move(timedelta(minutes=38))
    entry = seen(desk).lists[OPEN][0]
    assert entry.proposal_id == waiting.proposal_id
    assert entry.target == "Winback Autumn"
    assert entry.lines == (
        "Answer rate 25.0\u202f% → 10.0\u202f%, 1 more",
        "Paul Novak, 38 min ago · expires 15:20",
    )


def test_a_draft_says_how_many_windows_it_has(desk: Desk) -> None:
    number = len(drafted(desk).plan.payload["schedule"])
    assert seen(desk).lists[OPEN][0].lines[0] == f"Campaign draft, {number} low-volume windows"


@pytest.mark.parametrize("state", [s for s in IN_STATE])
def test_a_proposal_is_open_or_decided_and_always_its_authors(
    desk: Desk, state: ProposalState
) -> None:
    proposal = IN_STATE[state](desk)
    box = seen(desk, PLANNER)
    is_open = state not in (
        ProposalState.VERIFIED,
        ProposalState.REJECTED,
        ProposalState.WITHDRAWN,
        ProposalState.EXPIRED,
    )
    assert [e.proposal_id for e in box.lists[OPEN]] == ([proposal.proposal_id] if is_open else [])
    assert len(box.lists[DECIDED]) == (0 if is_open else 1)
    assert [e.proposal_id for e in box.lists[MINE]] == [proposal.proposal_id]
    assert box.list_of(proposal.proposal_id) == (OPEN if is_open else DECIDED)


def test_what_was_proposed_since_settles_what_went_stale(desk: Desk) -> None:
    old = stale(desk)
    new = proposed(desk)
    box = seen(desk)
    assert [e.proposal_id for e in box.lists[OPEN]] == [new.proposal_id]
    assert old.proposal_id in {e.proposal_id for e in box.lists[DECIDED]}


def test_a_drift_that_nobody_minds_leaves_the_inbox_after_a_day(desk: Desk) -> None:
    drifted(desk)
    assert len(seen(desk).lists[OPEN]) == 1
    desk.clock.move(REMEMBERED_FOR + timedelta(minutes=1))
    assert len(seen(desk).lists[OPEN]) == 0


def test_looking_marks_what_is_too_old_as_expired(desk: Desk) -> None:
    waiting = proposed(desk)
    desk.clock.move(LIFETIMES[PlanKind.PACING])
    assert seen(desk).lists[OPEN] == []
    assert stored(desk, waiting.proposal_id).state is ProposalState.EXPIRED


def test_what_was_decided_a_moment_ago_stays_in_sight(desk: Desk) -> None:
    gone = rejected(desk)
    box = seen(desk)
    assert [e.proposal_id for e in box.entries(OPEN, gone.proposal_id)] == [gone.proposal_id]
    assert box.entries(OPEN, "P-9999") == ()


def test_a_long_list_is_cut_and_says_how_much_is_hidden(desk: Desk) -> None:
    for _ in range(MOST_SHOWN + 2):
        rejected(desk)
    box = seen(desk)
    assert len(box.entries(DECIDED)) == MOST_SHOWN
    assert box.hidden(DECIDED) == 2
    oldest = box.lists[DECIDED][-1].proposal_id
    assert box.entries(DECIDED, oldest)[0].proposal_id == oldest


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (VIEWER, "You are Vera Lind, viewer · somebody who is a supervisor decides"),
        (PLANNER, "You are Paul Novak, planner · somebody who is a supervisor decides"),
        (SUPERVISOR, "You are Sofia Brandt, supervisor · you may approve what others proposed"),
        ("", "Give your name at the top to propose or to decide"),
    ],
)
def test_the_provenance_says_who_looks_and_what_they_may(
    desk: Desk, person: str, words: str
) -> None:
    assert seen(desk, person).provenance == (
        f"{words} · Wed 25 Nov 2026, 11:20 Europe/Berlin (CET)"
    )


def test_without_four_eyes_one_may_approve_whatever_is_proposed() -> None:
    desk = filled_desk(settings=settings_for(DIALCAST_FOUR_EYES="0"))
    assert "you may approve whatever is proposed" in seen(desk).provenance
