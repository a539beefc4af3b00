"""What screens see of the desk: the services they look through, without the wiring behind them.

`core.bootstrap.Services` is one; a page passes its own on as it is. Screens read stored results,
decide and word; what changes something goes through `submit`, `review`, `push` or `verify`, which
check again by themselves.
"""

from typing import Protocol

from core.clock import Clock
from core.ports import Tenant, UnitOfWorkFactory
from core.services.adjustments import Adjusting
from core.services.calendar import KeepCalendar
from core.services.day_plans import DayPlans
from core.services.desk import Desk
from core.services.directory import Directory
from core.services.drafting import Drafting
from core.services.drift import Retraining
from core.services.forecast import Forecasting
from core.services.history import History
from core.services.live import Live
from core.services.permission import PushPermission
from core.services.push import PushProposal
from core.services.recommend import Recommending
from core.services.review import ReviewProposal
from core.services.scoring import Scoring
from core.services.staffing import Staffing
from core.services.submit import SubmitProposal
from core.services.verify import VerifyProposal
from core.services.work import BackgroundWork
from core.settings import Settings
from core.workflow.approval import People, Person, Step, is_allowed


class Context(Protocol):
    """Everything a screen may ask; a screen's functions take it first."""

    @property
    def settings(self) -> Settings:
        """The settings in force; a screen takes single values out of it."""
        ...

    @property
    def clock(self) -> Clock:
        """Tells the present."""
        ...

    @property
    def unit_of_work(self) -> UnitOfWorkFactory:
        """The store, for reading."""
        ...

    @property
    def tenant(self) -> Tenant:
        """The tenant's reading half. Who asks it waits for it: see `core.screens.recent`."""
        ...

    @property
    def people(self) -> People:
        """Who has which role."""
        ...

    @property
    def directory(self) -> Directory:
        """Campaigns and queues, with the time they were read."""
        ...

    @property
    def history(self) -> History:
        """What was read of the past; `stored` asks the tenant for nothing."""
        ...

    @property
    def calendar(self) -> KeepCalendar:
        """Keeps what people say of days and opening hours."""
        ...

    @property
    def forecasting(self) -> Forecasting:
        """Makes forecasts; a page begins them through `desk`."""
        ...

    @property
    def recommending(self) -> Recommending:
        """Makes recommendations."""
        ...

    @property
    def drafting(self) -> Drafting:
        """Makes campaign drafts."""
        ...

    @property
    def staffing(self) -> Staffing:
        """Tells the agents ahead, and keeps those entered by hand."""
        ...

    @property
    def live(self) -> Live:
        """Reads campaigns as they run."""
        ...

    @property
    def day_plans(self) -> DayPlans:
        """Carries plans of a day out; a page only halts them."""
        ...

    @property
    def permission(self) -> PushPermission:
        """Tells whether plans may be pushed."""
        ...

    @property
    def submit(self) -> SubmitProposal:
        """Stores proposals."""
        ...

    @property
    def review(self) -> ReviewProposal:
        """Stores decisions."""
        ...

    @property
    def push(self) -> PushProposal:
        """Brings approved proposals to the tenant; a page begins it as background work."""
        ...

    @property
    def verify(self) -> VerifyProposal:
        """Reads back what was pushed."""
        ...

    @property
    def work(self) -> BackgroundWork:
        """Long work, seen from every session."""
        ...

    @property
    def desk(self) -> Desk:
        """Begins forecasts and readings in the background."""
        ...

    @property
    def adjusting(self) -> Adjusting:
        """Keeps what people lay over forecasts."""
        ...

    @property
    def scoring(self) -> Scoring:
        """Scores forecasts; a page begins it as background work."""
        ...

    @property
    def retraining(self) -> Retraining:
        """Makes forecasts anew that are old or drift."""
        ...


def may(person: Person, step: Step) -> bool:
    """Return whether somebody may take a step; who gave no name may only look.

    Examples
    --------
    >>> may(Person("Ana"), Step.PROPOSE), may(Person(""), Step.PROPOSE), may(Person(""), Step.VIEW)
    (True, False, True)
    """
    return step is Step.VIEW or (bool(person.name) and is_allowed(person.role, step))
