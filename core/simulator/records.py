"""History as it goes over the wire: in pages, with repeated and out-of-order records.

Real tenants' answers are like that; which records are affected depends on the seed, the entity
and the hour only. Values are not touched here.
"""

import base64
import binascii
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from core.documents import JsonObject
from core.simulator.calendar import hour_text
from core.simulator.demand import HourOfContacts
from core.simulator.dialled import HourOfDialling
from core.simulator.queries import HistoryQuery
from core.simulator.refusals import bad_request
from core.simulator.seeds import chance

_REPEATED_SHARE: Final = 0.015
_LATE_SHARE: Final = 0.02
_OTHER_KEY_SHARE: Final = 0.05


class Hourly(Protocol):
    """Anything of one hour."""

    @property
    def hour(self) -> int:
        """Hour since 1970, UTC."""
        ...


OneHour = TypeVar("OneHour", bound=Hourly)


@dataclass(frozen=True)
class Page:
    """Where an answer begins, and at which moment history is looked at.

    Parameters
    ----------
    offset : int
        Records before it.
    as_of : float
        Seconds since 1970. All pages of one question see the same moment.
    """

    offset: int
    as_of: float

    def token(self, digest: str) -> str:
        """Return an opaque text that `read_page` reads."""
        return base64.urlsafe_b64encode(f"{self.offset}/{self.as_of!r}/{digest}".encode()).decode()


def read_page(query: HistoryQuery, now: float) -> Page:
    """Return the page that a question asks for.

    Parameters
    ----------
    query : HistoryQuery
        The question.
    now : float
        Seconds since 1970; the moment for a first page.

    Returns
    -------
    Page

    Raises
    ------
    Refusal
        400 for a token that was not given for this question.
    """
    if not query.page_token:
        return Page(0, now)
    try:
        parts = base64.urlsafe_b64decode(query.page_token.encode()).decode().split("/")
        offset, as_of, digest = int(parts[0]), float(parts[1]), parts[2]
    except (binascii.Error, ValueError, IndexError):
        offset, as_of, digest = -1, math.nan, ""
    if offset < 0 or digest != query.digest or not as_of <= now:
        raise bad_request("The page token does not belong to this query.", field="pageToken")
    return Page(offset, as_of)


def disordered(seed: int, entity: str, hours: Iterable[OneHour]) -> list[OneHour]:
    """Return hours as the tenant sends them: a few repeated, a few too late.

    Parameters
    ----------
    seed : int
        The world's seed.
    entity : str
        Id of the queue or campaign.
    hours : iterable
        In order, each once.

    Returns
    -------
    list
        Every hour at least once.
    """
    placed: list[tuple[float, OneHour]] = []
    for index, one in enumerate(hours):
        is_late = chance(seed, entity, "out of order", one.hour) < _LATE_SHARE
        placed.append((index + 2.5 * is_late, one))
        if chance(seed, entity, "repeated", one.hour) < _REPEATED_SHARE:
            placed.append((index + 4.5, one))
    return [one for _, one in sorted(placed, key=lambda pair: pair[0])]


def outbound_record(hour: HourOfDialling, metrics: Sequence[str]) -> JsonObject:
    """Return one hour of a campaign as the tenant writes it.

    Examples
    --------
    >>> outbound_record(HourOfDialling(24, 300, 100, 70, 1, 9, 9, 40, 720), ["answerRate"])
    {'interval': '1970-01-02T00:00:00.000Z', 'answerRate': 0.3333}
    """
    values = {
        "offered": hour.attempts,
        "answered": hour.answered,
        "answerRate": round(hour.answered / hour.attempts, 4),
    }
    return {"interval": hour_text(hour.hour), **{metric: values[metric] for metric in metrics}}


def queue_record(
    seed: int, queue_id: str, hour: HourOfContacts, metrics: Sequence[str]
) -> JsonObject:
    """Return one hour of a queue as the tenant writes it.

    Parameters
    ----------
    seed : int
        The world's seed.
    queue_id : str
        The queue.
    hour : HourOfContacts
        What came.
    metrics : sequence of str
        What is wanted of it.

    Returns
    -------
    JsonObject
        Some records name their start ``dateFrom`` instead of ``intervalFrom``.

    Examples
    --------
    >>> queue_record(7, "q", HourOfContacts(24, 5, 4), ["contactCount"])["contactCount"]
    5
    """
    is_other = chance(seed, queue_id, "other key", hour.hour) < _OTHER_KEY_SHARE
    values = {"contactCount": hour.contacts, "handleCount": hour.handled}
    return {
        "dateFrom" if is_other else "intervalFrom": hour_text(hour.hour),
        "intervalTo": hour_text(hour.hour + 1),
        "queueId": queue_id,
        **{metric: values[metric] for metric in metrics},
    }
