"""Every error an operator can meet, in one tree.

::

    DashboardError
    ├── SettingsError                 a setting is missing or wrong
    ├── UsageError                    a command or an address asks for what cannot be
    ├── TenantError
    │   ├── TenantUnreachable         no answer within the deadline
    │   ├── TenantRefused             the tenant answered no
    │   │   ├── AuthenticationFailed  401, after one renewal of the token
    │   │   ├── PermissionMissing     403
    │   │   ├── TenantRecordMissing   404
    │   │   ├── PayloadRejected       400: the message and the fields sent
    │   │   ├── RateLimited           429, past the last try
    │   │   └── StaleRevision         409: changed since it was read
    │   ├── TenantBroken              5xx, past the last try
    │   ├── UnexpectedPayload         an answer that cannot be read
    │   └── OutcomeUnknown            a write whose answer was lost
    ├── DataError
    │   ├── FrameContractBroken       a frame without the columns or values agreed
    │   ├── FileRejected              a file with file, line and column named
    │   ├── TooLittleHistory          how many hours there are and are needed
    │   └── CapacityUnknown           no schedule: unknown, never zero
    ├── WorkflowError
    │   ├── TransitionRefused         the lifecycle has no such move from here
    │   ├── ApproverNotAllowed        the person lacks the role, or proposed it
    │   ├── PlanChangedAfterApproval  the digest is not the approved one
    │   ├── ProposalStale             the tenant changed since the proposal was made
    │   ├── ProposalExpired           too old to decide or to push
    │   └── LimitBroken               a limit in force forbids it
    └── StoreError
        ├── RecordNotFound            no such record
        └── ConcurrentEdit            somebody else was first

A message says what happened, to what, and what to do next. Facts are attributes, not prose to
parse. Secrets, tokens and contact data never become part of an error.
"""

from collections.abc import Mapping


class DashboardError(Exception):
    """Any failure that is told to a person.

    Parameters
    ----------
    what : str
        What happened, and to what. One sentence.
    next_step : str
        What to do next. One sentence, or empty where nothing can be done.

    Examples
    --------
    >>> str(DashboardError("The file is empty.", "Export it again."))
    'The file is empty. Export it again.'
    """

    def __init__(self, what: str, next_step: str = "") -> None:
        super().__init__(what, next_step)
        self.what = what
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.what} {self.next_step}".strip()


class SettingsError(DashboardError):
    """A setting is missing or wrong; all missing ones are named at once."""


class UsageError(DashboardError):
    """A command or an address asks for something that cannot be."""


class TenantError(DashboardError):
    """The tenant did not do what was asked."""


class TenantUnreachable(TenantError):
    """No answer within the deadline: no network, wrong address, or too slow."""


class TenantRefused(TenantError):
    """The tenant understood and said no.

    Parameters
    ----------
    what, next_step : str
        See `DashboardError`.
    status : int
        The HTTP status of the answer.
    told : str
        What the tenant itself said, its code first; empty where it said nothing.
    """

    def __init__(self, what: str, next_step: str = "", *, status: int = 0, told: str = "") -> None:
        super().__init__(what, next_step)
        self.status = status
        self.told = told


class AuthenticationFailed(TenantRefused):
    """401: the credentials or the scopes; tried with a fresh token before."""


class PermissionMissing(TenantRefused):
    """403: the role behind the credentials lacks a permission."""

    def __init__(self, what: str, next_step: str = "", *, permission: str = "") -> None:
        super().__init__(what, next_step, status=403)
        self.permission = permission


class TenantRecordMissing(TenantRefused):
    """404: the tenant has no such campaign, queue or operation."""


class PayloadRejected(TenantRefused):
    """400: the tenant refuses the fields that were sent; nothing changed."""

    def __init__(
        self,
        what: str,
        next_step: str = "",
        *,
        fields: Mapping[str, object] | None = None,
        told: str = "",
    ) -> None:
        super().__init__(what, next_step, status=400, told=told)
        self.fields = dict(fields or {})


class RateLimited(TenantRefused):
    """429, and the last try or the deadline is past.

    Parameters
    ----------
    what, next_step : str
        See `DashboardError`.
    retry_after_seconds : float or None
        The wait that the tenant asks for, where it says. Unit: seconds.
    """

    def __init__(
        self, what: str, next_step: str = "", *, retry_after_seconds: float | None = None
    ) -> None:
        super().__init__(what, next_step, status=429)
        self.retry_after_seconds = retry_after_seconds


class StaleRevision(TenantRefused):
    """409: the object changed at the tenant since it was read."""


class TenantBroken(TenantError):
    """The tenant answers with 5xx, and the last try is past."""


class UnexpectedPayload(TenantError):
    """The tenant answered with something that cannot be read."""


class OutcomeUnknown(TenantError):
    """A write went out and its answer was lost: only reading back can tell."""


class DataError(DashboardError):
    """The data cannot carry what was asked of it."""


class FrameContractBroken(DataError):
    """A frame lacks a column, or holds a value that its contract forbids."""


class FileRejected(DataError):
    """A file was refused; file, line and column are named, nothing was lost."""


class TooLittleHistory(DataError):
    """Fewer hours of history than the method needs.

    Parameters
    ----------
    what, next_step : str
        See `DashboardError`.
    have_hours, need_hours : int
        Unit: hours.
    """

    def __init__(
        self, what: str, next_step: str = "", *, have_hours: int = 0, need_hours: int = 0
    ) -> None:
        super().__init__(what, next_step)
        self.have_hours = have_hours
        self.need_hours = need_hours


class CapacityUnknown(DataError):
    """The tenant has no schedule for the hours asked about."""


class WorkflowError(DashboardError):
    """A rule of review forbids the step."""


class TransitionRefused(WorkflowError):
    """The proposal's state has no such move."""


class ApproverNotAllowed(WorkflowError):
    """The person's role does not allow it, or four eyes are needed."""


class PlanChangedAfterApproval(WorkflowError):
    """What would be pushed is not what was approved."""


class ProposalStale(WorkflowError):
    """The tenant changed since the proposal was made."""


class ProposalExpired(WorkflowError):
    """The proposal is past its time."""


class LimitBroken(WorkflowError):
    """A limit in force forbids the proposal."""


class StoreError(DashboardError):
    """The store failed, or does not hold what was asked for."""


class RecordNotFound(StoreError):
    """There is no such record."""


class ConcurrentEdit(StoreError):
    """Somebody else changed the record first."""
