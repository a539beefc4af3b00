"""Files that a command is given, read whole. What is in them is told by `core.exports`."""

from pathlib import Path

from core.errors import UsageError


def read_file(name: str) -> bytes:
    """Return the content of a file.

    Raises
    ------
    UsageError
        If there is no such file, or it cannot be read.
    """
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise UsageError(
            f"{name} cannot be read ({error.strerror}).", "Check its name and place."
        ) from None
