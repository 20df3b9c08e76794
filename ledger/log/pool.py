"""Keeps a log open between calls, as long as its database file has not been replaced.

Opening and closing a log costs several times as much as an event. Logs are not shared: if the open log is in use, a
caller gets another one. No log stays open across a fork, because a child would not have the locks that SQLite assumes.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakSet

from ledger.log.log import Log


class LogPool:
    """The idle open logs of one ledger, until the pool is closed or garbage-collected."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: list[Log] = []
        _POOLS.add(self)

    @contextmanager
    def taken(self, keeper: str, *, to_write: bool) -> Iterator[Log]:
        """Lend a log to one caller; it returns to the pool unless an error occurs."""
        log = self._idle_one(to_write) or Log(self.path)
        log.keeper = keeper
        try:
            yield log
        except BaseException:
            log.close()
            raise
        self._idle.append(log)

    def close(self) -> None:
        """Close the idle logs; the next caller opens the log again."""
        while self._idle:
            self._idle.pop().close()

    def _idle_one(self, to_write: bool) -> Log | None:
        """An idle log that is still usable; `writing` itself checks whether the schema has changed."""
        try:
            log = self._idle.pop()
        except IndexError:
            return None
        if log.store.is_in_place() and (to_write or log.store.is_as_recognised()):
            return log
        log.store.settle()  # otherwise the new file would be read with the write-ahead log of this one
        log.close()
        return None

    def __del__(self) -> None:
        self.close()


_POOLS: WeakSet[LogPool] = WeakSet()


def _close_all() -> None:
    for pool in list(_POOLS):
        pool.close()


if hasattr(os, "register_at_fork"):  # some systems have no fork
    os.register_at_fork(before=_close_all)
