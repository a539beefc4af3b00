"""Locks on files, which the operating system takes back when their holder dies.

POSIX only. A lock excludes other threads of this process as well as other processes.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FileLock:
    """A lock that somebody holds.

    The file exists only while it is held, so that no old lock files gather.
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the lock back."""
        # Removed while it is still held: whoever waits at the removed file notices in `_is_at`.
        self._path.unlink(missing_ok=True)
        # Said outright, for a forked child may have inherited the descriptor.
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        os.close(self._descriptor)


def try_lock(path: Path) -> FileLock | None:
    """Return the lock of a path, or None where another holds it."""
    return _lock(path, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a path inside the block; wait for it where another holds it."""
    lock = _lock(path, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if lock is not None:
            lock.release()


def _lock(path: Path, operation: int) -> FileLock | None:
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, operation)
        except BlockingIOError:
            os.close(descriptor)
            return None
        except BaseException:
            os.close(descriptor)
            raise
        if _is_at(descriptor, path):
            return FileLock(path, descriptor)
        os.close(descriptor)


def _is_at(descriptor: int, path: Path) -> bool:
    """Whether the locked file is still the one at the path, and not a removed one."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
