"""The gateway of the tutorial dialect: a reader and a writer that share one connection.

Nothing is sent before the first call, and nothing is known here but how the parts fit together.
"""

from collections.abc import Sequence

import httpx

from core.clock import Clock
from core.tenants import tutorial_wire as wire
from core.tenants.exchange import DEADLINE_SECONDS, Exchange
from core.tenants.http import Transport, product_headers
from core.tenants.oauth import ClientCredentials
from core.tenants.retry import Sleeper, SystemSleeper, WaitReport, wait_in_silence
from core.tenants.seen import SeenPermissions
from core.tenants.tutorial_reader import TutorialReader
from core.tenants.tutorial_writer import TutorialWriter
from core.units import CampaignId, QueueId, SkillId


def connect_tutorial(
    api_url: str,
    login_url: str,
    client_id: str,
    client_secret: str,
    clock: Clock,
    *,
    known_queues: Sequence[QueueId] = (),
    known_skill: SkillId | None = None,
    known_campaign: CampaignId | None = None,
    seen: SeenPermissions | None = None,
    transport: httpx.BaseTransport | None = None,
    sleeper: Sleeper | None = None,
    on_wait: WaitReport = wait_in_silence,
    deadline_seconds: float = DEADLINE_SECONDS,
) -> tuple[TutorialReader, TutorialWriter]:
    """Return the two halves of the gateway; nothing is sent before the first call.

    Parameters
    ----------
    api_url, login_url : str
        Whole addresses; the token is asked for at the second.
    client_id, client_secret : str
        Of the client credentials grant.
    clock : Clock
        Tells the age of the token.
    known_queues, known_skill, known_campaign
        What the settings name, see `TutorialReader`.
    seen : SeenPermissions, optional
        What the tenant was seen to allow; it takes in what is seen from now on.
    transport : httpx.BaseTransport, optional
        Instead of the network.
    sleeper : Sleeper, optional
        Passes waits; the machine's own time by default.
    on_wait : callable
        Told before each wait: seconds, the attempt that follows, attempts in all, why.
    deadline_seconds : float
        For one question, all pages, tries and waits included. Unit: seconds.

    Returns
    -------
    tuple of TutorialReader and TutorialWriter
        ``reader.close()`` closes the connections of both.
    """
    own_sleeper = sleeper or SystemSleeper()
    credentials = ClientCredentials(
        f"{login_url.rstrip('/')}{wire.TOKEN_PATH}",
        client_id,
        client_secret,
        wire.SCOPES,
        clock,
        product_headers(),
    )
    sender = Transport(api_url, credentials, clock, transport)
    told = seen or SeenPermissions(clock)
    exchange = Exchange(sender, credentials, own_sleeper, on_wait, told, deadline_seconds)
    reader = TutorialReader(
        exchange,
        clock,
        known_queues=known_queues,
        known_skill=known_skill,
        known_campaign=known_campaign,
    )
    return reader, TutorialWriter(exchange, clock)
