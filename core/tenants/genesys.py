"""The gateway of the platform dialect: a reader and a writer that share one connection.

Nothing is sent before the first call, and nothing is known here but how the parts fit together.
"""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import httpx

from core.campaigns import QuerySize
from core.clock import Clock
from core.tenants import genesys_wire as wire
from core.tenants.exchange import DEADLINE_SECONDS, Exchange
from core.tenants.genesys_history import SizedQueries
from core.tenants.genesys_reader import GenesysReader
from core.tenants.genesys_writer import GenesysWriter
from core.tenants.http import Transport, product_headers
from core.tenants.oauth import ClientCredentials, SecretIn
from core.tenants.pace import Pace
from core.tenants.retry import Sleeper, SystemSleeper, WaitReport, wait_in_silence
from core.tenants.seen import SeenPermissions

UTC_ZONE = ZoneInfo("UTC")


def forget(size: QuerySize) -> None:
    """Keep a size that was learned for this process only."""


def connect_genesys(
    api_url: str,
    login_url: str,
    client_id: str,
    client_secret: str,
    clock: Clock,
    *,
    zone: ZoneInfo = UTC_ZONE,
    query_size: QuerySize | None = None,
    remember: Callable[[QuerySize], None] = forget,
    seen: SeenPermissions | None = None,
    transport: httpx.BaseTransport | None = None,
    sleeper: Sleeper | None = None,
    on_wait: WaitReport = wait_in_silence,
    deadline_seconds: float = DEADLINE_SECONDS,
) -> tuple[GenesysReader, GenesysWriter]:
    """Return the two halves of the gateway; nothing is sent before the first call.

    Parameters
    ----------
    api_url, login_url : str
        Whole addresses; the token is asked for at the second.
    client_id, client_secret : str
        Of the client credentials grant.
    clock : Clock
        Tells the age of the token.
    zone : ZoneInfo
        Of the centre.
    query_size : QuerySize, optional
        What worked before.
    remember : callable
        Given each size that is learned.
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
    tuple of GenesysReader and GenesysWriter
        ``reader.close()`` closes the connections of both.
    """
    own_sleeper = sleeper or SystemSleeper()
    credentials = ClientCredentials(
        f"{login_url.rstrip('/')}{wire.TOKEN_PATH}",
        client_id,
        client_secret,
        (),
        clock,
        product_headers(),
        SecretIn.HEADER,
    )
    pace = Pace(own_sleeper, clock)
    sender = Transport(api_url, credentials, clock, transport, pace.note)
    told = seen or SeenPermissions(clock)
    exchange = Exchange(sender, credentials, own_sleeper, on_wait, told, deadline_seconds, pace)
    queries = SizedQueries(exchange, query_size or QuerySize(), remember)
    return GenesysReader(exchange, queries, clock, zone), GenesysWriter(exchange, clock)
