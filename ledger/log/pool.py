"""A log kept open from one call to the next, for as long as its file is the one that was opened.

Opening a log and closing it costs several times as much as an event. Nobody shares one: who calls while it is taken
gets one of their own. None is open across a fork, since a child would not hold the locks that SQLite believes it does.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakSet

from ledger.log.log import Log


class KeptLog:
    """The open log of a ledger file, until it is closed or forgotten."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: list[Log] = []
        _KEPT.add(self)

    @contextmanager
    def taken(self, keeper: str, *, to_write: bool) -> Iterator[Log]:
        """The log for one caller alone; kept for the next one unless something went wrong."""
        log = self._idle_one(to_write) or Log(self.path)
        log.keeper = keeper
        try:
            yield log
        except BaseException:
            log.close()
            raise
        self._idle.append(log)

    def close(self) -> None:
        """Close what is not in use; who takes the log next opens it anew."""
        while self._idle:
            self._idle.pop().close()

    def _idle_one(self, to_write: bool) -> Log | None:
        try:
            log = self._idle.pop()
        except IndexError:
            return None
        if log.is_of_its_file() and (to_write or log.is_as_recognised()):
            return log
        log.settle()  # else the file that is there now would be read with the write-ahead log of this one
        log.close()
        return None

    def __del__(self) -> None:
        self.close()


_KEPT: WeakSet[KeptLog] = WeakSet()


def _close_all() -> None:
    for kept in list(_KEPT):
        kept.close()


if hasattr(os, "register_at_fork"):  # not everywhere is there a fork
    os.register_at_fork(before=_close_all)
