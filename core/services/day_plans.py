"""Plans of a day in force: each hour is pushed in its time, by the one path to a tenant write.

The worker calls `push_due`. A slot's push is a proposal of its own, within the hours and bounds
that a person approved, and goes out through `PushProposal` with all of its guards. Before it, the
campaign is read: where somebody else changed what the day sets, the day goes stale; where a limit
in force forbids the values, the day is paused. A slot whose time has passed is missed, never late.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from core.campaigns import CampaignSnapshot
from core.clock import Clock
from core.documents import JsonObject
from core.errors import DashboardError, PlanChangedAfterApproval
from core.ports import CampaignReader, UnitOfWork, UnitOfWorkFactory
from core.services.moves import record_move
from core.services.push import PushProposal
from core.services.work import Report
from core.units import CampaignId
from core.workflow.approval import PROGRAM, People, Person, Step, check_allowed
from core.workflow.day_hour import hour_plan, slot_start_of
from core.workflow.day_plan import DayPlan, Slot, day_of, within_leave
from core.workflow.lifecycle import Move
from core.workflow.moving import move
from core.workflow.plan import Plan, PlanKind
from core.workflow.proposal import Conflict, Proposal, ProposalState, draft_proposal
from core.workflow.verification import has_former_values, has_proposed_values

IN_FORCE = (ProposalState.APPROVED, ProposalState.PAUSED)

Forbids = Callable[[CampaignSnapshot, JsonObject], str]
"""Returns why a limit in force forbids fields on a campaign; empty where none does."""

PlanAnew = Callable[[Proposal, Slot], JsonObject | None]
"""Returns the fields that planning anew would set in a slot; None to keep to the approved ones."""


def forbid_nothing(current: CampaignSnapshot, fields: JsonObject) -> str:  # noqa: ARG001
    """Return that nothing is forbidden."""
    return ""


def keep_as_approved(proposal: Proposal, slot: Slot) -> JsonObject | None:  # noqa: ARG001
    """Return None: the approved values."""
    return None


@dataclass(frozen=True, slots=True)
class DayPlans:
    """Carries plans of a day out, and halts them.

    Parameters
    ----------
    unit_of_work : UnitOfWorkFactory
        The store.
    clock : Clock
        Tells which slot it is.
    people : People
        Who may halt.
    reader : CampaignReader
        The tenant, read only.
    pushing : PushProposal
        The one path to a write.
    forbids : callable
        The limits in force.
    plan_anew : callable
        Plans the rest of the day from what came so far.
    """

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    people: People
    reader: CampaignReader
    pushing: PushProposal
    forbids: Forbids = forbid_nothing
    plan_anew: PlanAnew = keep_as_approved

    def pause(self, proposal_id: str, person: str, reason: str = "") -> Proposal:
        """Return a plan of a day after which nothing is pushed until it is resumed."""
        return self._halt(proposal_id, Move.PAUSE, person, Step.HALT, reason)

    def resume(self, proposal_id: str, person: str, reason: str = "") -> Proposal:
        """Return a paused plan of a day, in force again."""
        return self._halt(proposal_id, Move.RESUME, person, Step.PUSH, reason)

    def stop(self, proposal_id: str, person: str, reason: str = "") -> Proposal:
        """Return a plan of a day of which nothing is pushed any more."""
        return self._halt(proposal_id, Move.STOP, person, Step.HALT, reason)

    def in_force(self) -> tuple[Proposal, ...]:
        """Return the plans of a day that are approved or paused, newest first."""
        with self.unit_of_work() as work:
            return tuple(_days(work))

    def pushes_of(self, proposal_id: str) -> tuple[Proposal, ...]:
        """Return the pushes of a plan of a day, newest first."""
        with self.unit_of_work() as work:
            return _pushes(work, proposal_id)

    def push_due(self, report: Report) -> str:
        """Push what is due of every plan in force, and return in a sentence what was done.

        A plan that cannot go on does not stop the others; what stands in its way is told.

        Raises
        ------
        DashboardError
            The last obstacle, where nothing else was done.
        """
        days, told, obstacle = self.in_force(), [], None
        for number, proposal in enumerate(days):
            report(number, len(days), proposal.proposal_id)
            try:
                told.append(self._advance(proposal.proposal_id))
            except DashboardError as error:
                obstacle = error
                told.append(f"{proposal.proposal_id}: {error.what}")
        if obstacle is not None and len(days) == 1:
            raise obstacle
        return " ".join(filter(None, told)) or "No hour is due."

    def _halt(self, proposal_id: str, name: Move, person: str, step: Step, reason: str) -> Proposal:
        who: Person = self.people.person(person)
        check_allowed(who, step)
        with self.unit_of_work() as work:
            proposal = work.proposals.get(proposal_id)
            moved = record_move(work, self.clock, proposal, name, who.name, reason=reason)
            work.commit()
        return moved

    def _advance(self, proposal_id: str) -> str:
        with self.unit_of_work() as holder:
            if not holder.hold(f"day {proposal_id}"):
                return ""
            with self.unit_of_work() as work:
                proposal = work.proposals.get(proposal_id)
                pushes = _pushes(work, proposal_id)
            if proposal.state not in IN_FORCE:
                return ""
            day, now = day_of(proposal.plan.payload), self.clock.now()
            if now >= day.end:
                return self._finish(proposal, day, pushes)
            slot = day.slot_at(now)
            if proposal.state is ProposalState.PAUSED or slot is None:
                return ""
            return self._push_slot(proposal, day, slot, pushes)

    def _push_slot(
        self, proposal: Proposal, day: DayPlan, slot: Slot, pushes: tuple[Proposal, ...]
    ) -> str:
        own = next(
            (p for p in pushes if slot_start_of(p.plan, proposal.proposal_id) == slot.start), None
        )
        is_waiting = own is not None and own.state is ProposalState.APPROVED
        if slot.is_late(self.clock.now()) or (own is not None and not is_waiting):
            return ""
        if own is None:
            own = self._offer_slot(proposal, day, slot, pushes)
            if own is None:
                return f"{proposal.proposal_id} was halted."
        pushed = self.pushing.push_as(own.proposal_id, PROGRAM)
        return f"{proposal.proposal_id}: {slot.start:%H:%M} UTC is {pushed.state.value}."

    def _offer_slot(
        self, proposal: Proposal, day: DayPlan, slot: Slot, pushes: tuple[Proposal, ...]
    ) -> Proposal | None:
        """Store the push of a slot, approved with the day; None where the day was halted."""
        _check_digest(proposal)
        current = self.reader.read_campaign(CampaignId(proposal.plan.target_id))
        if not _is_as_left(proposal, pushes, current):
            conflict = Conflict(current.document, current.revision, current.read_at)
            message = "Somebody else changed what this plan sets; nothing further is pushed."
            self._note(proposal, Move.MARK_STALE, message, conflict)
            return None
        wanted = self.plan_anew(proposal, slot) if day.replanning else None
        fields, held = within_leave(day, slot, wanted or slot.fields)
        reason = self.forbids(current, fields)
        if reason:
            self._note(proposal, Move.PAUSE, reason, None)
            return None
        note = f"Held to what was approved: {', '.join(held)}." if held else ""
        return self._store_push(proposal, slot, hour_plan(proposal, slot, fields, current, note))

    def _store_push(self, proposal: Proposal, slot: Slot, plan: Plan) -> Proposal:
        """Store a slot's push with the approval that covers it: the day's."""
        approval, now = proposal.approval, self.clock.now()
        by = approval.approver if approval else ""
        covered = f"Within {proposal.proposal_id}, approved by {by}."
        facts = {"dayPlan": proposal.proposal_id, "dayDigest": proposal.plan.digest}
        with self.unit_of_work() as work:
            draft = replace(
                draft_proposal(work.proposals.next_id(), plan, proposal.author, covered, now),
                expires_at=slot.end,
            )
            submitted, offered = move(
                draft, Move.SUBMIT, by=PROGRAM.name, at=now, reason=covered, facts=facts
            )
            approved, covered_by = move(
                submitted, Move.APPROVE, by=by, at=now, reason=covered, facts=facts
            )
            work.proposals.add(approved)
            work.audit.append(offered)
            work.audit.append(covered_by)
            work.commit()
        return approved

    def _finish(self, proposal: Proposal, day: DayPlan, pushes: tuple[Proposal, ...]) -> str:
        done = {slot_start_of(each.plan, proposal.proposal_id) for each in pushes}
        missed = [slot.start.isoformat() for slot in day.slots() if slot.start not in done]
        with self.unit_of_work() as work:
            facts: JsonObject = {"pushes": len(done), "missed": missed}
            record_move(work, self.clock, proposal, Move.FINISH, PROGRAM.name, facts=facts)
            work.commit()
        return f"{proposal.proposal_id} is finished; {len(missed)} of its slots were missed."

    def _note(
        self, proposal: Proposal, name: Move, message: str, conflict: Conflict | None
    ) -> None:
        with self.unit_of_work() as work:
            record_move(
                work,
                self.clock,
                proposal,
                name,
                PROGRAM.name,
                reason=message,
                facts={"message": message},
                conflict=conflict,
            )
            work.commit()


def _days(work: UnitOfWork) -> list[Proposal]:
    return [each for each in work.proposals.all(IN_FORCE) if each.plan.kind is PlanKind.DAY]


def _pushes(work: UnitOfWork, proposal_id: str) -> tuple[Proposal, ...]:
    return tuple(
        each for each in work.proposals.all() if slot_start_of(each.plan, proposal_id) is not None
    )


def _check_digest(proposal: Proposal) -> None:
    if proposal.approval is None or proposal.approval.digest != proposal.plan.digest:
        raise PlanChangedAfterApproval(
            f"What {proposal.proposal_id} would push is not what was approved.",
            "Propose it anew and have it approved.",
        )


def _is_as_left(
    proposal: Proposal, pushes: tuple[Proposal, ...], current: CampaignSnapshot
) -> bool:
    """Whether the fields that a day sets are as its last push left them, or as it found them."""
    last = next((each for each in pushes if each.state is ProposalState.VERIFIED), None)
    if last is not None:
        return has_proposed_values(last.plan, current.document)
    first = day_of(proposal.plan.payload).slots()[0]
    found = hour_plan(proposal, first, first.fields, current)
    return has_former_values(replace(found, base=proposal.plan.base), current.document)
