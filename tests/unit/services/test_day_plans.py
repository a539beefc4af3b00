"""A plan of a day: approved once, pushed hour by hour in its time, halted by one word."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from core.campaigns import CampaignSnapshot
from core.documents import JsonObject
from core.errors import (
    ApproverNotAllowed,
    OutcomeUnknown,
    TenantUnreachable,
    TransitionRefused,
)
from core.services.day_plans import DayPlans, PlanAnew, forbid_nothing, keep_as_approved
from core.services.work import Report
from core.units import CampaignId
from core.workflow.day_plan import Bounds, Replanning, Slot
from core.workflow.plan import Plan
from core.workflow.proposal import Proposal, ProposalState
from tests.unit.services.review_desk import ReviewDesk
from tests.unit.workflow.builders import NOON, day_plan

DROP = "predictive.dropRate"
HOUR = timedelta(hours=1)
FIRST = NOON + HOUR


def nobody(done: int, steps: int, step: str) -> None:
    """Report to nobody."""


REPORT: Report = nobody


@dataclass
class DayDesk(ReviewDesk):
    """A desk with a day in force whose hours begin at 13:00."""

    anew: PlanAnew = keep_as_approved
    forbidden: str = ""

    @property
    def days(self) -> DayPlans:
        return DayPlans(
            self.store,
            self.clock,
            self.people,
            self.moody,
            self.pushing,
            self._forbids if self.forbidden else forbid_nothing,
            self.anew,
        )

    def _forbids(self, current: CampaignSnapshot, fields: JsonObject) -> str:
        return self.forbidden

    def day(self, *targets: float, replanning: Replanning | None = None) -> Proposal:
        plan = day_plan(
            *targets or (0.021, 0.022), first=FIRST, document=self.campaign(), replanning=replanning
        )
        return self.approved(plan)

    def at(self, hours: float) -> "DayDesk":
        """Move to some hours after 13:00."""
        self.clock.move(FIRST + timedelta(hours=hours) - self.clock.now())
        return self

    def tick(self) -> str:
        return self.days.push_due(REPORT)

    def drop_rate(self) -> float:
        return float(self.campaign()["predictive"]["dropRate"])


def test_nothing_is_pushed_before_its_hour() -> None:
    desk = DayDesk()
    desk.day()
    desk.at(-0.01).tick()
    assert (desk.drop_rate(), desk.tenant.writes) == (0.02, [])


def test_each_hour_is_pushed_once_in_its_time_and_read_back() -> None:
    desk = DayDesk()
    desk.day(0.021, 0.022)
    desk.at(0).tick()
    desk.at(0.1).tick()
    assert (desk.drop_rate(), len(desk.tenant.writes)) == (0.021, 1)
    desk.at(1.0).tick()
    assert (desk.drop_rate(), len(desk.tenant.writes)) == (0.022, 2)
    states = [each.state for each in desk.days.pushes_of("P-1001")]
    assert states == [ProposalState.VERIFIED, ProposalState.VERIFIED]


def test_every_push_is_a_proposal_of_its_own_that_names_the_day_and_its_approver() -> None:
    desk = DayDesk()
    day = desk.day()
    desk.at(0).tick()
    (push,) = desk.days.pushes_of(day.proposal_id)
    assert push.approval is not None
    assert (push.approval.approver, push.approval.digest) == ("Mara", push.plan.digest)
    assert push.plan.evidence["dayPlan"]["digest"] == day.plan.digest
    own = [entry.event for entry in desk.entries() if entry.event.proposal_id == push.proposal_id]
    assert [event.step for event in own] == [
        "proposal.submitted",
        "proposal.approved",
        "push.started",
        "proposal.reread",
        "push.finished",
        "push.verified",
    ]
    assert own[0].person == own[2].person == "dialcast"
    assert own[1].facts["dayPlan"] == day.proposal_id


def test_a_day_that_nobody_approved_pushes_nothing() -> None:
    desk = DayDesk()
    desk.submitted(day_plan(first=FIRST, document=desk.campaign()))
    desk.at(0).tick()
    assert desk.tenant.writes == []


def test_a_day_is_not_pushed_whole() -> None:
    desk = DayDesk()
    desk.day()
    with pytest.raises(TransitionRefused):
        desk.pushing.push("P-1001", "Mara")
    assert desk.tenant.writes == []


def test_nothing_is_pushed_late() -> None:
    desk = DayDesk()
    desk.day(0.021, 0.022)
    desk.at(0.25).tick()
    assert desk.tenant.writes == []
    desk.at(1.0).tick()
    assert desk.drop_rate() == 0.022


def test_a_finished_day_tells_which_slots_were_missed() -> None:
    desk = DayDesk()
    desk.day(0.021, 0.022)
    desk.at(1.0).tick()
    desk.at(2.0).tick()
    assert desk.proposal().state is ProposalState.FINISHED
    last = desk.entries()[-1].event
    assert (last.step, last.facts["missed"]) == ("day.finished", [FIRST.isoformat()])


@pytest.mark.parametrize("halt", ["pause", "stop"])
def test_halting_needs_no_approval_and_nothing_is_pushed_afterwards(halt: str) -> None:
    desk = DayDesk(roles={"Ana": "planner", "Mara": "supervisor"})
    desk.day()
    getattr(desk.days, halt)("P-1001", "Ana", "The line is down.")
    desk.at(0).tick()
    assert desk.tenant.writes == []
    assert desk.entries()[-1].event.reason == "The line is down."


def test_a_resumed_day_goes_on_with_the_hour_at_hand() -> None:
    desk = DayDesk()
    desk.day(0.021, 0.022)
    desk.days.pause("P-1001", "Ana")
    desk.at(0).tick()
    desk.at(1.0)
    desk.days.resume("P-1001", "Mara")
    desk.tick()
    assert (desk.drop_rate(), len(desk.tenant.writes)) == (0.022, 1)


def test_a_planner_may_halt_and_not_resume_and_a_viewer_neither() -> None:
    desk = DayDesk(roles={"Ana": "planner", "Mara": "supervisor", "Vera": "viewer"})
    desk.day()
    with pytest.raises(ApproverNotAllowed):
        desk.days.stop("P-1001", "Vera")
    desk.days.pause("P-1001", "Ana")
    with pytest.raises(ApproverNotAllowed):
        desk.days.resume("P-1001", "Ana")
    assert desk.proposal().state is ProposalState.PAUSED


def test_a_day_goes_stale_where_somebody_else_changed_what_it_sets() -> None:
    desk = DayDesk()
    desk.day(0.021, 0.022)
    desk.at(0).tick()
    current = desk.tenant.read_campaign(CampaignId("c-1"))
    desk.tenant.writer.update_campaign(current, {"predictive": {"dropRate": 0.03}})
    desk.at(1.0).tick()
    stale = desk.proposal()
    assert (stale.state, desk.drop_rate()) == (ProposalState.STALE, 0.03)
    assert stale.conflict is not None
    assert stale.conflict.document["predictive"]["dropRate"] == 0.03


def test_a_change_of_another_field_does_not_stop_a_day() -> None:
    desk = DayDesk()
    desk.day(0.021, 0.022)
    desk.at(0).tick()
    current = desk.tenant.read_campaign(CampaignId("c-1"))
    desk.tenant.writer.update_campaign(current, {"predictive": {"maxAttempts": 7}})
    desk.at(1.0).tick()
    assert desk.drop_rate() == 0.022


def test_a_day_is_paused_where_a_limit_in_force_forbids_its_values() -> None:
    desk = DayDesk(forbidden="0.021 is above the cap of 0.01.")
    desk.day()
    desk.at(0).tick()
    paused = desk.proposal()
    assert (paused.state, desk.tenant.writes) == (ProposalState.PAUSED, [])
    assert desk.entries()[-1].event.reason == "0.021 is above the cap of 0.01."


def test_planning_anew_stays_within_the_approved_bounds_and_says_where_it_was_held() -> None:
    def wants_more(proposal: Proposal, slot: Slot) -> JsonObject:
        return {DROP: 0.09}

    desk = DayDesk(anew=wants_more)
    desk.day(0.021, replanning=Replanning(15, {DROP: Bounds(0.01, 0.025)}))
    desk.at(0).tick()
    assert desk.drop_rate() == 0.025
    desk.anew = lambda proposal, slot: {DROP: 0.015}
    desk.at(0.25).tick()
    assert desk.drop_rate() == 0.015
    newest, first = desk.days.pushes_of("P-1001")
    assert first.plan.evidence["dayPlan"]["note"] == f"Held to what was approved: {DROP}."
    assert newest.plan.evidence["dayPlan"]["note"] == ""


def test_without_leave_a_day_is_not_planned_anew() -> None:
    desk = DayDesk(anew=lambda proposal, slot: {DROP: 0.09})
    desk.day(0.021)
    desk.at(0).tick()
    assert desk.drop_rate() == 0.021


def test_a_tenant_that_is_down_is_told_and_the_hour_is_pushed_when_it_answers_in_time() -> None:
    desk = DayDesk()
    desk.day()
    desk.moody.reads = [TenantUnreachable("No answer.")]
    with pytest.raises(TenantUnreachable):
        desk.at(0).tick()
    desk.at(0.1).tick()
    assert (desk.drop_rate(), len(desk.tenant.writes)) == (0.021, 1)


def test_a_write_that_never_arrived_is_sent_again_only_while_its_slot_is_in_time() -> None:
    desk = DayDesk()
    desk.day()
    desk.moody.before_write = OutcomeUnknown("The answer was lost.")
    desk.at(0)
    with pytest.raises(Exception, match="P-1002"):
        desk.tick()
    desk.tick()
    assert (desk.drop_rate(), len(desk.tenant.writes)) == (0.021, 1)


def test_a_lost_answer_is_settled_by_reading_and_never_sent_twice() -> None:
    desk = DayDesk()
    desk.day()
    desk.moody.after_write = OutcomeUnknown("The answer was lost.")
    desk.at(0).tick()
    desk.tick()
    assert (desk.drop_rate(), len(desk.tenant.writes)) == (0.021, 1)
    assert desk.days.pushes_of("P-1001")[0].state is ProposalState.VERIFIED


def test_values_that_are_there_already_are_noted_and_not_sent() -> None:
    desk = DayDesk()
    desk.day(0.02, 0.022)
    desk.at(0).tick()
    assert desk.tenant.writes == []
    assert desk.days.pushes_of("P-1001")[0].state is ProposalState.VERIFIED


def test_an_edited_day_is_not_pushed() -> None:
    desk = DayDesk()
    day = desk.day(0.021)
    other: Plan = day_plan(0.03, first=FIRST, document=desk.campaign())
    with desk.store() as work:
        from dataclasses import replace

        work.proposals.save(replace(day, plan=other, version=day.version + 1))
        work.commit()
    with pytest.raises(Exception, match="not what was approved"):
        desk.at(0).tick()
    assert desk.tenant.writes == []
