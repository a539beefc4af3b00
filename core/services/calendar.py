"""Keeping the calendar: the operator's own days, and opening hours that correct the learned ones.

Who may propose may change them. A change and its audit entry are one transaction. Forecasts made
before stay as they are; those made after go by it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.clock import Clock
from core.forecasting.forecast import SeriesKind
from core.history.centre import Centre
from core.history.days import OwnDay
from core.history.opening import OpeningHours
from core.history.told import WHOLE_CENTRE, NotedDay, NotedOpening, Scope, Told
from core.ports import UnitOfWork, UnitOfWorkFactory
from core.record_ports import CalendarBook
from core.workflow.approval import People, Step, check_allowed
from core.workflow.audit import AuditEvent
from core.workflow.proposal import clean_text

DAYS_CHANGED = "calendar.changed"
HOURS_CHANGED = "opening.changed"
CENTRE_NAME = "the whole centre"
LONGEST_LABEL = 120


def told_of(book: CalendarBook, base: Told, kind: SeriesKind, series_id: str) -> Told:
    """Return all that was said of a series' time.

    Hours told of the series win over those told of the whole centre.

    Parameters
    ----------
    book : CalendarBook
        What the store holds.
    base : Told
        What settings and options tell: the country, and own days where they were given for once
        in place of those stored.
    kind : SeriesKind
        What the series counts.
    series_id : str
        Campaign or queue.
    """
    own_days = base.days.own_days or tuple(noted.day for noted in book.own_days())
    told = {noted.scope: noted.opening for noted in book.opening_hours()}
    opening = told.get(Scope(kind.value, series_id)) or told.get(WHOLE_CENTRE)
    return replace(base, days=replace(base.days, own_days=own_days), opening=opening)


@dataclass(frozen=True, slots=True)
class KeepCalendar:
    """Reads and changes what people say of the centre's time.

    Parameters
    ----------
    unit_of_work : UnitOfWorkFactory
        The store.
    clock : Clock
        Tells when something was said.
    people : People
        Who may say it.
    centre : Centre
        Clock and country, as the settings have them.
    """

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    people: People
    centre: Centre

    def centre_of(self, kind: SeriesKind, series_id: str) -> Centre:
        """Return the centre with all that was said of a series' time."""
        with self.unit_of_work() as work:
            return replace(
                self.centre, told=told_of(work.calendar, self.centre.told, kind, series_id)
            )

    def own_days(self) -> tuple[NotedDay, ...]:
        """Return the operator's own days, the earliest first."""
        with self.unit_of_work() as work:
            return work.calendar.own_days()

    def opening_hours(self) -> tuple[NotedOpening, ...]:
        """Return the opening hours told, those of the whole centre first."""
        with self.unit_of_work() as work:
            return work.calendar.opening_hours()

    def change_days(
        self,
        shown: Collection[OwnDay],
        wanted: Collection[OwnDay],
        *,
        by: str,
        reason: str = "",
    ) -> int:
        """Bring the days that a person was shown to those that they want.

        Days that somebody else changed meanwhile, and this person did not, stay as they are.

        Parameters
        ----------
        shown, wanted : collection of OwnDay
            Before and after the person's edit.
        by, reason : str
            Who, and why.

        Returns
        -------
        int
            How many days were added or removed.

        Raises
        ------
        ApproverNotAllowed
            If the person's role does not allow it.
        ConcurrentEdit
            If somebody else changed the same day meanwhile; nothing is changed then.
        """
        person = self.people.person(by)
        check_allowed(person, Step.PROPOSE)
        wanted = [replace(day, label=_label(day)) for day in wanted]
        removed = sorted(set(shown) - set(wanted))
        added = sorted(set(wanted) - set(shown))
        if not removed and not added:
            return 0
        at = self.clock.now()
        with self.unit_of_work() as work:
            for day in removed:
                work.calendar.remove_day(day)
            for day in added:
                work.calendar.add_day(NotedDay(day, person.name, at))
            what = f"Own days: {len(added)} added, {len(removed)} removed."
            facts = {"added": [_fact(day) for day in added]}
            facts["removed"] = [_fact(day) for day in removed]
            self._note(work, DAYS_CHANGED, person.name, CENTRE_NAME, what, reason, facts)
            work.commit()
        return len(removed) + len(added)

    def tell_opening(
        self,
        scope: Scope,
        name: str,
        opening: OpeningHours | None,
        *,
        by: str,
        reason: str = "",
    ) -> None:
        """Say in which hours of the week a series or the whole centre is open.

        Parameters
        ----------
        scope : Scope
            The series, or the whole centre.
        name : str
            What it is called, for the audit.
        opening : OpeningHours or None
            None to have them learned from history again.
        by, reason : str
            Who, and why.

        Raises
        ------
        ApproverNotAllowed
            If the person's role does not allow it.
        """
        person = self.people.person(by)
        check_allowed(person, Step.PROPOSE)
        at = self.clock.now()
        with self.unit_of_work() as work:
            before = _told_of_scope(work.calendar, scope)
            if before == opening:
                return
            if opening is None:
                work.calendar.forget_opening(scope)
                what = "Opening hours are learned from history again."
            else:
                work.calendar.tell_opening(NotedOpening(scope, opening, person.name, at))
                what = f"Opening hours: {opening.text}{_since_text(opening)}."
            facts = {
                "kind": scope.kind,
                "seriesId": scope.series_id,
                "before": f"{before.text}{_since_text(before)}" if before else "learned",
            }
            shown_name = CENTRE_NAME if scope.is_whole_centre else name
            self._note(work, HOURS_CHANGED, person.name, shown_name, what, reason, facts)
            work.commit()

    def _note(
        self,
        work: UnitOfWork,
        step: str,
        person: str,
        object_name: str,
        what: str,
        reason: str,
        facts: Mapping[str, Any],
    ) -> None:
        work.audit.append(
            AuditEvent(
                at=self.clock.now(),
                step=step,
                proposal_id="",
                person=person,
                object_name=object_name,
                what=what,
                reason=clean_text(reason),
                facts=facts,
            )
        )


def _told_of_scope(book: CalendarBook, scope: Scope) -> OpeningHours | None:
    found = (noted.opening for noted in book.opening_hours() if noted.scope == scope)
    return next(found, None)


def _since_text(opening: OpeningHours) -> str:
    return f", from {opening.since.isoformat()} on" if opening.since else ""


def _label(day: OwnDay) -> str:
    return " ".join(clean_text(day.label).split())[:LONGEST_LABEL]


def _fact(day: OwnDay) -> dict[str, str]:
    part = "" if day.is_whole_day else day.span
    return {
        "date": day.date.isoformat(),
        "part": part,
        "kind": day.kind.word,
        "label": day.label,
    }
