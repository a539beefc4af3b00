"""How many agents there will be: the tenant's schedule, and what people entered by hand.

An hour entered by hand stands in place of the schedule's, and says so wherever it is shown. An
hour that nobody tells about stays unknown; it is never zero.
"""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from core.clock import Clock
from core.errors import UsageError
from core.frames import CAPACITY
from core.ports import CapacityReader, UnitOfWorkFactory
from core.staffing import AgentsByHand, Capacity, with_hours_by_hand
from core.units import SkillId
from core.workflow.approval import People, Step, check_allowed
from core.workflow.audit import AuditEvent
from core.workflow.proposal import clean_text

CHANGED = "capacity.changed"
MOST_AGENTS = 100_000


@dataclass(frozen=True, slots=True)
class Staffing:
    """Reads the agents ahead, and keeps those entered by hand.

    Parameters
    ----------
    unit_of_work : UnitOfWorkFactory
        The store.
    reader : CapacityReader
        The tenant's schedule.
    clock : Clock
        Tells when something was entered.
    people : People
        Who may enter it.
    """

    unit_of_work: UnitOfWorkFactory
    reader: CapacityReader
    clock: Clock
    people: People

    def agents(self, skill_id: str, start: datetime, end: datetime) -> Capacity:
        """Return the agents by hour in [start, end); `TenantError` where they cannot be read."""
        return self.with_entered(
            skill_id, self.reader.agents_scheduled(SkillId(skill_id), start, end), start, end
        )

    def with_entered(
        self, skill_id: str, capacity: Capacity, start: datetime, end: datetime
    ) -> Capacity:
        """Return a capacity of the tenant's with the hours entered by hand in their place."""
        return with_hours_by_hand(capacity, self.entered(skill_id, start, end))

    def entered(self, skill_id: str, start: datetime, end: datetime) -> tuple[AgentsByHand, ...]:
        """Return the hours entered by hand in [start, end), in order."""
        with self.unit_of_work() as work:
            return work.capacity.told(SkillId(skill_id), start, end)

    def enter(self, skill_id: str, hours: pd.DataFrame, *, by: str, reason: str = "") -> int:
        """Store agents by hour in place of those entered before; return how many hours.

        Parameters
        ----------
        skill_id : str
            Skill or queue.
        hours : DataFrame
            `core.frames.CAPACITY`.
        by, reason : str
            Who, and why; both go into the audit.

        Raises
        ------
        ApproverNotAllowed
            If the person's role does not allow it.
        UsageError
            If there is no hour, or a number that no team has.
        """
        person = self.people.person(by)
        check_allowed(person, Step.PROPOSE)
        told = CAPACITY.check(hours)
        if told.empty:
            raise UsageError("There is no hour to enter.", "Give at least one hour with agents.")
        odd = told[~told["agents"].between(0, MOST_AGENTS)]
        if not odd.empty:
            raise UsageError(
                f"{odd['agents'].iloc[0]:g} agents cannot be entered.",
                f"Give 0 to {MOST_AGENTS} agents.",
            )
        at = self.clock.now()
        entries = [
            AgentsByHand(ds.to_pydatetime(), float(agents), person.name, at)
            for ds, agents in zip(told["ds"], told["agents"], strict=True)
        ]
        what = f"Agents entered by hand for {_hours(len(entries))}."
        facts = {each.ds.isoformat(): each.agents for each in entries}
        with self.unit_of_work() as work:
            work.capacity.tell(SkillId(skill_id), entries)
            work.audit.append(
                AuditEvent(at, CHANGED, "", person.name, skill_id, what, clean_text(reason), facts)
            )
            work.commit()
        return len(entries)

    def forget(
        self, skill_id: str, start: datetime, end: datetime, *, by: str, reason: str = ""
    ) -> int:
        """Forget the hours entered in [start, end); return how many there were.

        Raises
        ------
        ApproverNotAllowed
            If the person's role does not allow it.
        """
        person = self.people.person(by)
        check_allowed(person, Step.PROPOSE)
        with self.unit_of_work() as work:
            hours = [each.ds for each in work.capacity.told(SkillId(skill_id), start, end)]
            if not hours:
                return 0
            work.capacity.forget(SkillId(skill_id), hours)
            what = f"Agents entered by hand forgotten for {_hours(len(hours))}."
            work.audit.append(
                AuditEvent(
                    self.clock.now(),
                    CHANGED,
                    "",
                    person.name,
                    skill_id,
                    what,
                    clean_text(reason),
                    {"hours": [ds.isoformat() for ds in hours]},
                )
            )
            work.commit()
        return len(hours)


def _hours(count: int) -> str:
    return "1 hour" if count == 1 else f"{count} hours"
