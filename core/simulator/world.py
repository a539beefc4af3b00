"""The tenant as a whole: its people and calls, its campaigns, its tokens and faults, one clock.

A world is told everything it depends on and reads no setting. Whatever was written to it is
gone when the process ends; its history comes back from the seed.
"""

from core.clock import Clock, SystemClock
from core.simulator.calendar import hour_number
from core.simulator.campaigns import CAMPAIGNS, CampaignCharacter
from core.simulator.centre import DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET
from core.simulator.demand import Demand
from core.simulator.dialled import HourOfDialling
from core.simulator.faults import FaultPlan, parse_faults
from core.simulator.ledger import Ledger
from core.simulator.outbound import Outbound
from core.simulator.platform.campaign_book import CampaignBook
from core.simulator.platform.meter import Meter
from core.simulator.platform.schedule_book import ScheduleBook
from core.simulator.queues import QueueCharacter, queues_of
from core.simulator.refusals import not_found
from core.simulator.rosters import Rosters
from core.simulator.tokens import TokenOffice
from core.simulator.traits import Traits

DEFAULT_SEED = 7
USUAL = Traits()
RETAINED_DAYS = 400
"""History older than this is no longer kept, as at any tenant."""


class World:
    """One tenant.

    Parameters
    ----------
    seed : int
        The same seed gives the same history in every process and on every day.
    clock : Clock
        The present; history ends with the hour in progress.
    client_id, client_secret : str
        The one client that it knows.
    faults : iterable of str
        Names of `Fault`.
    contract_only : bool
        Offer nothing but what the tutorials describe.
    traits : Traits
        Its size, and what its client may do.

    Examples
    --------
    >>> world = World()
    >>> world.campaign(CAMPAIGNS[0].campaign_id).name
    'Winback Autumn'
    """

    def __init__(
        self,
        *,
        seed: int = DEFAULT_SEED,
        clock: Clock | None = None,
        client_id: str = DEFAULT_CLIENT_ID,
        client_secret: str = DEFAULT_CLIENT_SECRET,
        faults: tuple[str, ...] = (),
        contract_only: bool = False,
        traits: Traits = USUAL,
    ) -> None:
        self.seed = seed
        self.clock: Clock = clock or SystemClock()
        self.contract_only = contract_only
        self.faults = FaultPlan(parse_faults(faults))
        self.traits = traits
        self.tokens = TokenOffice(
            client_id, client_secret, self.clock, platform_seconds=traits.token_seconds
        )
        self.ledger = Ledger(self.clock)
        self.book = CampaignBook(self.ledger, self.clock)
        self.schedules = ScheduleBook(self.book, self.ledger, self.clock)
        self.meter = Meter(self.clock, traits.requests_a_minute)
        self.demand = Demand(seed)
        self.rosters = Rosters(seed)
        self.outbound = Outbound(seed, self.rosters)
        self._campaigns = {campaign.campaign_id: campaign for campaign in CAMPAIGNS}
        self.queues = queues_of(traits.queues)
        self._queues = {queue.queue_id: queue for queue in self.queues}

    def now(self) -> float:
        """Return the present in seconds since 1970."""
        return self.clock.now().timestamp()

    def first_hour(self) -> int:
        """Return the oldest hour on record."""
        return hour_number(self.clock.now()) - RETAINED_DAYS * 24

    def campaign(self, campaign_id: str) -> CampaignCharacter | None:
        """Return a campaign's character; None for a draft, which has never dialled.

        Raises
        ------
        Refusal
            404 where there is no such campaign.
        """
        self.ledger.read(campaign_id)
        return self._campaigns.get(campaign_id)

    def queue(self, queue_id: str) -> QueueCharacter:
        """Return a queue's character; 404 where there is none."""
        if queue_id not in self._queues:
            raise not_found("queue", queue_id)
        return self._queues[queue_id]

    def skill(self, skill_id: str) -> CampaignCharacter:
        """Return the campaign whose agents have a skill; 404 where there is none."""
        for campaign in CAMPAIGNS:
            if campaign.skill_id == skill_id:
                return campaign
        raise not_found("skill", skill_id)

    def dialling_so_far(
        self, campaign: CampaignCharacter, first_hour: int, end_hour: int
    ) -> list[HourOfDialling]:
        """Return what a campaign's dialler did up to this moment, posted or not."""
        timeline = self.ledger.timeline(campaign.campaign_id)
        return self.outbound.so_far(campaign, timeline, first_hour, end_hour, self.now())
