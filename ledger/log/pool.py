"""A log kept open from one call to the next, for as long as its database is the one that was opened.

Opening a log and closing it costs several times as much as an event. No log is shared: a caller that finds it taken
gets one of its own. None stays open across a fork, since a child would not hold the locks that SQLite believes it
holds.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakSet

from ledger.log.log import Log


class LogPool:
    """The open logs of one ledger that nobody is using, until the pool is closed or forgotten."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: list[Log] = []
        _POOLS.add(self)

    @contextmanager
    def taken(self, keeper: str, *, to_write: bool) -> Iterator[Log]:
        """The log for one caller alone; it goes back to the pool unless something went wrong."""
        log = self._idle_one(to_write) or Log(self.path)
        log.keeper = keeper
        try:
            yield log
        except BaseException:
            log.close()
            raise
        self._idle.append(log)

    def close(self) -> None:
        """Close what is not in use; the next caller opens the log again."""
        while self._idle:
            self._idle.pop().close()

    def _idle_one(self, to_write: bool) -> Log | None:
        """An idle log that can still be used: `writing` sees by itself whether the schema is as it was recognised."""
        try:
            log = self._idle.pop()
        except IndexError:
            return None
        if log.store.is_in_place() and (to_write or log.store.is_as_recognised()):
            return log
        log.store.settle()  # else the file that is there now would be read with the write-ahead log of this one
        log.close()
        return None

    def __del__(self) -> None:
        self.close()


_POOLS: WeakSet[LogPool] = WeakSet()


def _close_all() -> None:
    for pool in list(_POOLS):
        pool.close()


if hasattr(os, "register_at_fork"):  # not everywhere is there a fork
    os.register_at_fork(before=_close_all)
