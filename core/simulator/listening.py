"""Where the simulator listens: loopback, and nowhere else."""

import errno
import socket
from typing import Final

from core.errors import SettingsError

LOOPBACK: Final = "127.0.0.1"


def listen_on(port: int) -> socket.socket:
    """Return a socket that listens at a port of loopback.

    Parameters
    ----------
    port : int
        0: any free one.

    Raises
    ------
    SettingsError
        If the port is taken or cannot be.
    """
    # Named as TCP, so that asyncio turns Nagle's algorithm off: else each answer takes 40 ms more.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            raise SettingsError(
                f"Port {port} on {LOOPBACK} is taken.",
                "Stop what listens there, or choose another one with --port.",
            ) from error
        raise SettingsError(
            f"Port {port} on {LOOPBACK} cannot be used: {error}.", "Choose another with --port."
        ) from error
    return listener


def address_of(listener: socket.socket) -> str:
    """Return the address of a listening socket, without a slash at the end."""
    return f"http://{LOOPBACK}:{listener.getsockname()[1]}"
