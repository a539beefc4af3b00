"""Laying named adjustments over forecasts: role-checked, stored with who and when, audited.

A stored forecast is never changed: what an adjustment does is worked out where it is looked at.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from core.clock import Clock
from core.documents import JsonObject
from core.errors import UsageError
from core.forecasting.adjustments import (
    Adjustment,
    AdjustmentAction,
    adjusted_forecast,
    amount_words,
)
from core.forecasting.forecast import Forecast, SeriesKind
from core.ports import UnitOfWork, UnitOfWorkFactory
from core.workflow.approval import People, Step, check_allowed
from core.workflow.audit import AuditEvent
from core.workflow.proposal import clean_text

MOST_PER_SERIES = 50
LONGEST_NAME = 80
LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class AdjustmentWish:
    """What somebody wants to lay over a forecast; see `core.forecasting.adjustments.Adjustment`.

    Parameters
    ----------
    kind, series_id, series_name
        Of which series.
    name, action, amount, start, end, note
        As an adjustment has them.
    """

    kind: SeriesKind
    series_id: str
    series_name: str
    name: str
    action: AdjustmentAction
    amount: float
    start: datetime
    end: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Adjusting:
    """Keeps what people lay over the forecasts of one tenant.

    Parameters
    ----------
    unit_of_work : UnitOfWorkFactory
        The store.
    clock : Clock
        Tells when.
    people : People
        Who may: whoever may propose.
    """

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    people: People

    def of_series(self, kind: SeriesKind, series_id: str) -> tuple[Adjustment, ...]:
        """Return the adjustments of a series, those that are off among them."""
        with self.unit_of_work() as work:
            return work.adjustments.of_series(kind, series_id)

    def over(self, forecast: Forecast) -> Forecast:
        """Return the forecast that planning uses; see `adjusted_forecast`."""
        return adjusted_forecast(forecast, self.of_series(forecast.kind, forecast.series_id))

    def add(self, wish: AdjustmentWish, by: str) -> Adjustment:
        """Lay an adjustment and return it.

        Raises
        ------
        ApproverNotAllowed
            If the person's role does not allow to propose.
        UsageError
            If it cannot be meant, or there are too many.
        """
        author = self._author(by)
        adjustment = Adjustment(
            f"A-{uuid4().hex[:12]}",
            wish.kind,
            wish.series_id,
            clean_text(wish.name)[:LONGEST_NAME],
            wish.action,
            wish.amount,
            wish.start,
            wish.end,
            clean_text(wish.note)[:LONGEST_NOTE],
            True,
            author,
            self.clock.now(),
        )
        adjustment.check()
        with self.unit_of_work() as work:
            if len(work.adjustments.of_series(wish.kind, wish.series_id)) >= MOST_PER_SERIES:
                raise UsageError(
                    f"{wish.series_name} has {MOST_PER_SERIES} adjustments already.",
                    "Remove those that are over.",
                )
            work.adjustments.add(adjustment)
            self._note(work, adjustment, "added", wish.series_name)
            work.commit()
        return adjustment

    def switch(self, adjustment_id: str, is_on: bool, by: str, series_name: str) -> Adjustment:
        """Switch an adjustment on or off and return it as it is now."""
        author = self._author(by)
        with self.unit_of_work() as work:
            known = work.adjustments.get(adjustment_id)
            if known.is_on is is_on:
                return known
            changed = replace(
                known,
                is_on=is_on,
                author=author,
                changed_at=self.clock.now(),
                version=known.version + 1,
            )
            work.adjustments.save(changed)
            self._note(work, changed, "changed", series_name)
            work.commit()
        return changed

    def remove(self, adjustment_id: str, by: str, series_name: str) -> None:
        """Remove an adjustment; the audit keeps what it was."""
        author = self._author(by)
        with self.unit_of_work() as work:
            known = work.adjustments.get(adjustment_id)
            work.adjustments.remove(adjustment_id)
            gone = replace(known, author=author, changed_at=self.clock.now())
            self._note(work, gone, "removed", series_name)
            work.commit()

    def _author(self, by: str) -> str:
        person = self.people.person(by)
        check_allowed(person, Step.PROPOSE)
        return person.name

    def _note(self, work: UnitOfWork, adjustment: Adjustment, what: str, series_name: str) -> None:
        state = "on" if adjustment.is_on else "off"
        told = {
            "added": f"Adjustment laid over the forecast: {adjustment.name}",
            "changed": f"Adjustment switched {state}: {adjustment.name}",
            "removed": f"Adjustment removed: {adjustment.name}",
        }[what]
        work.audit.append(
            AuditEvent(
                at=adjustment.changed_at,
                step=f"adjustment.{what}",
                proposal_id="",
                person=adjustment.author,
                object_name=series_name,
                what=f"{told}, {amount_words(adjustment)}",
                reason=adjustment.note,
                facts=_facts(adjustment),
            )
        )


def _facts(adjustment: Adjustment) -> JsonObject:
    return {
        "adjustmentId": adjustment.adjustment_id,
        "kind": adjustment.kind.value,
        "seriesId": adjustment.series_id,
        "action": adjustment.action.value,
        "amount": adjustment.amount,
        "start": adjustment.start.isoformat(),
        "end": adjustment.end.isoformat(),
        "isOn": adjustment.is_on,
        "version": adjustment.version,
    }
