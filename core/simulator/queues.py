"""The 24 queues: when they are open, how much comes in, and what is peculiar about each.

Facts only; `demand` turns them into contacts.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from core.simulator.calendar import HolidayRule, OpeningHours, weekly
from core.simulator.centre import stable_id
from core.simulator.seeds import chance
from core.simulator.shapes import EVENING, FLAT, MORNING, OFFICE, ROUND_THE_CLOCK, DayShape

_OFFICE_WEEK: Final = weekly((8, 18))
_LONG_WEEK: Final = weekly((8, 20), (8, 20))
_ALWAYS: Final = weekly((0, 24), (0, 24), (0, 24), on_holidays=HolidayRule.REDUCED)

_EVEN_WEEK: Final = (1.14, 1.04, 1.0, 0.98, 0.9, 0.55, 0.6)
_MONDAY_WEEK: Final = (1.75, 1.05, 0.85, 0.8, 0.72, 0.4, 0.4)
_FLAT_WEEK: Final = (1.02, 1.01, 1.0, 1.0, 0.99, 0.98, 1.0)
_HOME_WEEK: Final = (1.0, 0.95, 0.95, 0.95, 1.0, 1.15, 1.2)


@dataclass(frozen=True)
class QueueCharacter:
    """What one queue is like.

    Parameters
    ----------
    name : str
        As supervisors call it.
    per_hour : float
        Mean contacts of an open hour in 2026. Unit: contacts.
    opening : OpeningHours
        Outside of them nobody can call and no record is kept.
    shape : DayShape
        Spread over the day.
    weekdays : tuple of float
        Level of each weekday, Monday first.
    yearly_swing : float
        Height of the yearly wave, as a share of the mean; positive: highest in winter.
    yearly_growth : float
        Growth from year to year, as a share: 0.3 is 30 per cent.
    steadiness : float
        Shape of the gamma that mixes the hours; small is rough.
    day_noise : float
        Log standard deviation of what a whole day has in common.
    storm_factor : float
        Level of the one outlier day in about 200; 1: there is none.
    shift_factor : float
        Level from which the queue jumps back and forth every 18 weeks; 1: it does not.
    handled_share : float
        Contacts that reach an agent, on a quiet day.
    """

    name: str
    per_hour: float
    opening: OpeningHours = _OFFICE_WEEK
    shape: DayShape = OFFICE
    weekdays: tuple[float, ...] = _EVEN_WEEK
    yearly_swing: float = 0.06
    yearly_growth: float = 0.02
    steadiness: float = 60.0
    day_noise: float = 0.07
    storm_factor: float = 1.0
    shift_factor: float = 1.0
    handled_share: float = 0.95

    @property
    def queue_id(self) -> str:
        """The tenant's id."""
        return stable_id("queue", self.name)


QUEUES: Final = (
    QueueCharacter("Technical support", 92, _LONG_WEEK, yearly_swing=0.12, storm_factor=2.3),
    QueueCharacter("Billing", 58, weekdays=_MONDAY_WEEK, day_noise=0.09),
    QueueCharacter("Claims North", 44, yearly_swing=0.1, storm_factor=2.8, day_noise=0.1),
    QueueCharacter("Claims South", 36, shift_factor=1.5, storm_factor=2.2),
    QueueCharacter("New contracts", 47, _LONG_WEEK, EVENING, _HOME_WEEK),
    QueueCharacter("Moves & cancellations", 33, yearly_swing=-0.18),
    QueueCharacter(
        "Heating emergency",
        21,
        _ALWAYS,
        ROUND_THE_CLOCK,
        _HOME_WEEK,
        yearly_swing=0.55,
        storm_factor=2.6,
        day_noise=0.12,
        handled_share=0.98,
    ),
    QueueCharacter(
        "Water damage",
        9,
        _ALWAYS,
        ROUND_THE_CLOCK,
        _FLAT_WEEK,
        yearly_swing=0.2,
        storm_factor=4.0,
        steadiness=25.0,
    ),
    QueueCharacter("Appointments", 74, _LONG_WEEK, MORNING, yearly_swing=0.15),
    QueueCharacter("Installation scheduling", 28, shape=MORNING, yearly_swing=-0.1),
    QueueCharacter("Boiler maintenance", 39, weekdays=_MONDAY_WEEK, yearly_swing=0.3),
    QueueCharacter("Warranty", 24, day_noise=0.08),
    QueueCharacter("Spare parts", 19, shape=FLAT, weekdays=_FLAT_WEEK),
    QueueCharacter("Smart meters", 26, _LONG_WEEK, yearly_growth=0.65),
    QueueCharacter("Landline legacy", 31, yearly_growth=-0.4),
    QueueCharacter("Complaints", 17, _LONG_WEEK, steadiness=20.0, day_noise=0.14),
    QueueCharacter("Business customers", 52, shape=FLAT, weekdays=_FLAT_WEEK, day_noise=0.05),
    QueueCharacter("Landlords", 27, shape=FLAT),
    QueueCharacter("Solar advice", 22, _LONG_WEEK, EVENING, yearly_swing=-0.3, yearly_growth=0.25),
    QueueCharacter("Evening sales", 41, weekly((14, 22), (12, 20)), EVENING, _HOME_WEEK),
    QueueCharacter("Partner hotline", 23, weekly((8, 18), friday=(8, 14)), FLAT, _FLAT_WEEK),
    QueueCharacter("English desk", 2, steadiness=8.0),
    QueueCharacter("VIP desk", 2, _LONG_WEEK, FLAT, _FLAT_WEEK, steadiness=8.0),
    QueueCharacter("Training", 0),
)
"""Every queue, the largest not always first. "Training" has never had a contact."""


@lru_cache(maxsize=4)
def queues_of(count: int) -> tuple[QueueCharacter, ...]:
    """Return the queues of a tenant of some size.

    Parameters
    ----------
    count : int
        How many. Beyond the 24 that are described above they are variants of these.

    Returns
    -------
    tuple of QueueCharacter
        With names and ids of their own.

    Examples
    --------
    >>> [queue.name for queue in queues_of(26)[22:]]
    ['VIP desk', 'Training', 'Technical support 2', 'Billing 2']
    """
    busy = [queue for queue in QUEUES if queue.per_hour]
    variants = [
        replace(
            busy[number % len(busy)],
            name=f"{busy[number % len(busy)].name} {number // len(busy) + 2}",
            per_hour=busy[number % len(busy)].per_hour * (0.4 + chance(0, "size", "queue", number)),
        )
        for number in range(max(count - len(QUEUES), 0))
    ]
    return (*QUEUES, *variants)[:count]
