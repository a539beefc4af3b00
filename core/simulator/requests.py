"""What every operation needs of a request: the world it is about, and leave to go on."""

from starlette.requests import Request

from core.simulator.faults import REQUESTS_PER_TOKEN, Fault
from core.simulator.refusals import bad_request
from core.simulator.world import World


def world_of(request: Request) -> World:
    """Return the world that a request is about."""
    world = request.app.state.world
    assert isinstance(world, World)
    return world


def authorise(request: Request, scope: str = "") -> None:
    """Check a request's token; 401 or 403 where it does not serve.

    Parameters
    ----------
    request : Request
        The request.
    scope : str
        What is needed; empty: any token will do.
    """
    world = world_of(request)
    dies_early = world.faults.is_on(Fault.EXPIRING_TOKEN)
    world.tokens.require(
        request.headers.get("authorization", ""),
        scope,
        most_uses=REQUESTS_PER_TOKEN if dies_early else 0,
    )


def whole_parameter(request: Request, name: str, default: int, most: int) -> int:
    """Return a query parameter from 1 to `most`; 400 where it is none."""
    text = request.query_params.get(name, str(default))
    value = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if not 1 <= value <= most:
        raise bad_request(f"{name} must be a whole number from 1 to {most}.", field=name)
    return value
