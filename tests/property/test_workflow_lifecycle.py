"""Laws of review: no push without approval of exactly that plan, one event for each change."""

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from core.errors import DashboardError, OutcomeUnknown, PayloadRejected, TenantUnreachable
from core.workflow.approval import is_same_person
from core.workflow.audit import chained, verify_chain
from core.workflow.lifecycle import TABLE, Move, moves_from
from core.workflow.moving import move
from core.workflow.plan import Plan
from core.workflow.proposal import Proposal, ProposalState, draft_proposal
from tests.unit.services.review_desk import Fault, ReviewDesk
from tests.unit.workflow.builders import NOON, campaign_plan, pacing_plan

PEOPLE = st.sampled_from(["Ana", "ANA", "Mara", "Jonas"])
RATES = st.sampled_from([0.2, 0.25, 0.31, 0.45])
FAULTS = st.sampled_from(
    [
        None,
        OutcomeUnknown("The answer was lost."),
        TenantUnreachable("No answer."),
        PayloadRejected("Out of bounds."),
        RuntimeError("the process died"),
    ]
)


PUSHABLE = (ProposalState.APPROVED, ProposalState.PUSHING)


class Review(RuleBasedStateMachine):
    """People propose, decide, push and verify in any order, while the tenant misbehaves."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = ReviewDesk()
        self.writes_of: Counter[str] = Counter()

    def ids(self, *states: ProposalState) -> list[str]:
        with self.desk.store() as work:
            return [proposal.proposal_id for proposal in work.proposals.all(states)]

    @rule(person=PEOPLE, rate=RATES)
    def propose_pacing(self, person: str, rate: float) -> None:
        with suppress(DashboardError):
            self.desk.submitted(self.desk.plan({"predictive.answerRate": rate}), person)

    @rule(person=PEOPLE, name=st.sampled_from(["Quiet", "Calm"]))
    def propose_campaign(self, person: str, name: str) -> None:
        with suppress(DashboardError):
            self.desk.submitted(campaign_plan(name), person)

    @precondition(lambda self: self.ids(ProposalState.SUBMITTED))
    @rule(data=st.data(), person=PEOPLE)
    def approve(self, data: st.DataObject, person: str) -> None:
        waiting = self.ids(ProposalState.SUBMITTED)
        with suppress(DashboardError):
            self.desk.reviewing.approve(data.draw(st.sampled_from(waiting)), person)

    @precondition(lambda self: self.ids())
    @rule(data=st.data(), person=PEOPLE, kind=st.sampled_from(["approve", "reject", "withdraw"]))
    def decide_on_anything(self, data: st.DataObject, person: str, kind: str) -> None:
        decision = getattr(self.desk.reviewing, kind)
        with suppress(DashboardError):
            decision(data.draw(st.sampled_from(self.ids())), person, "Because.")

    @precondition(lambda self: self.ids(ProposalState.APPROVED))
    @rule(data=st.data(), rate=RATES)
    def tamper_with_the_plan(self, data: st.DataObject, rate: float) -> None:
        approved = self.ids(ProposalState.APPROVED)
        proposal = self.desk.proposal(data.draw(st.sampled_from(approved)))
        if proposal.plan.base is not None:
            other = self.desk.plan({"predictive.answerRate": rate, "predictive.dropRate": 0.001})
            kept = replace(proposal, plan=other)
            # As if by hand in the database: neither version nor audit tell of it.
            self.desk.store._shared.state.proposals[proposal.proposal_id] = kept  # type: ignore[attr-defined]

    @precondition(lambda self: self.ids(*PUSHABLE))
    @rule(data=st.data(), before=FAULTS, after=FAULTS, reads=st.lists(FAULTS, max_size=4))
    def push(
        self,
        data: st.DataObject,
        before: Fault | None,
        after: Fault | None,
        reads: list[Fault | None],
    ) -> None:
        self.desk.moody.before_write, self.desk.moody.after_write = before, after
        self.desk.moody.reads = list(reads)
        self.push_and_count(data.draw(st.sampled_from(self.ids(*PUSHABLE))))
        self.desk.moody.before_write = self.desk.moody.after_write = None
        self.desk.moody.reads = []

    @precondition(lambda self: self.ids())
    @rule(data=st.data())
    def push_anything(self, data: st.DataObject) -> None:
        self.push_and_count(data.draw(st.sampled_from(self.ids())))

    def push_and_count(self, proposal_id: str) -> None:
        earlier = len(self.desk.tenant.writes)
        with suppress(DashboardError, RuntimeError):
            self.desk.pushing.push(proposal_id, "Mara")
        self.writes_of[proposal_id] += len(self.desk.tenant.writes) - earlier

    @precondition(lambda self: self.ids())
    @rule(data=st.data(), reads=st.lists(FAULTS, max_size=3))
    def verify(self, data: st.DataObject, reads: list[Fault | None]) -> None:
        earlier = len(self.desk.tenant.writes)
        self.desk.moody.reads = list(reads)
        with suppress(DashboardError, RuntimeError):
            self.desk.verifying.verify(data.draw(st.sampled_from(self.ids())))
        self.desk.moody.reads = []
        assert len(self.desk.tenant.writes) == earlier

    @rule(rate=RATES)
    def somebody_else_changes_the_campaign(self, rate: float) -> None:
        self.desk.tenant.change_as_somebody_else("c-1", {"predictive.answerRate": rate})

    @rule(minutes=st.sampled_from([1, 90, 600]))
    def time_passes(self, minutes: int) -> None:
        self.desk.clock.move(timedelta(minutes=minutes))
        self.desk.reviewing.expire_old()

    @invariant()
    def no_proposal_is_ever_written_twice(self) -> None:
        assert all(count <= 1 for count in self.writes_of.values())

    @invariant()
    def no_push_begins_without_another_persons_approval_of_that_very_plan(self) -> None:
        approvals: dict[str, tuple[str, str]] = {}
        for entry in self.desk.entries():
            event = entry.event
            if event.step == "proposal.approved":
                approvals[event.proposal_id] = (event.person, event.facts["digest"])
            if event.step == "push.started":
                person, digest = approvals[event.proposal_id]
                assert digest == event.facts["digest"]
                author = self.desk.proposal(event.proposal_id).author
                assert not is_same_person(person, author)

    @invariant()
    def every_change_has_one_audit_entry(self) -> None:
        events = Counter(entry.event.proposal_id for entry in self.desk.entries())
        for proposal_id in self.ids():
            assert events[proposal_id] == self.desk.proposal(proposal_id).version

    @invariant()
    def a_campaign_has_at_most_one_open_proposal(self) -> None:
        proposals = [self.desk.proposal(proposal_id) for proposal_id in self.ids()]
        open_targets = Counter(each.plan.target_name for each in proposals if each.is_open)
        assert all(count == 1 for count in open_targets.values())


TestReview = Review.TestCase
TestReview.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)


def edited(plan: Plan, rate: float) -> Plan:
    return replace(plan, payload={"predictive": {"answerRate": rate}})


@given(st.data(), st.lists(st.booleans(), max_size=12))
def test_no_order_of_moves_reaches_a_push_that_was_not_approved(
    data: st.DataObject, edits: list[bool]
) -> None:
    proposal: Proposal = draft_proposal("P-1001", pacing_plan(), "Ana", "Why.", NOON)
    events = 0
    for is_edited in edits:
        possible = moves_from(proposal.state) or tuple(Move)
        name = data.draw(st.sampled_from(possible) | st.sampled_from(Move))
        if is_edited:
            proposal = replace(proposal, plan=edited(proposal.plan, 0.5 + events / 100))
        try:
            after, event = move(proposal, name, by="Mara", at=NOON, reason="Because.")
        except DashboardError:
            continue
        assert after.state is TABLE[proposal.state][name]
        assert (event.facts["from"], event.facts["to"]) == (proposal.state, after.state)
        if after.state is ProposalState.PUSHING:
            assert after.approval is not None
            assert after.approval.digest == after.plan.digest
        events += 1
        assert after.version == events
        proposal = after


@given(
    st.lists(st.text(max_size=20), min_size=1, max_size=8),
    st.data(),
    st.sampled_from(["reason", "person", "what", "step", "object_name", "proposal_id"]),
)
def test_any_word_changed_in_any_entry_breaks_the_chain(
    reasons: list[str], data: st.DataObject, name: str
) -> None:
    event = move(
        draft_proposal("P-1001", pacing_plan(), "Ana", "Why.", NOON),
        Move.SUBMIT,
        by="Ana",
        at=NOON,
        reason="Why.",
    )[1]
    entries = []
    for reason in reasons:
        entries.append(chained(entries[-1] if entries else None, replace(event, reason=reason)))
    assert verify_chain(entries).ok
    place = data.draw(st.integers(0, len(entries) - 1))
    other = replace(entries[place].event, **{name: getattr(entries[place].event, name) + "!"})
    entries[place] = replace(entries[place], event=other)
    assert verify_chain(entries).first_broken == place + 1
