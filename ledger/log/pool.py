"""Keeps a log open between calls, as long as its database file has not been replaced.

Opening and closing a log costs several times as much as an event. If the open log is in use, a caller gets another one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ledger.base.idle import Idle
from ledger.log.log import Log


class LogPool(Idle[Log]):
    """The idle open logs of one ledger."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    @contextmanager
    def taken(self, keeper: str, *, to_write: bool) -> Iterator[Log]:
        """Lend a log to one caller; it returns to the pool unless an error occurs."""
        log = self._usable(to_write) or Log(self.path)
        log.keeper = keeper
        try:
            yield log
        except BaseException:
            log.close()
            raise
        self.put(log)

    def _usable(self, to_write: bool) -> Log | None:
        """An idle log that is still usable; `writing` itself checks whether the schema has changed."""
        log = self.take()
        if log is None or (log.store.is_in_place() and (to_write or log.store.is_as_recognised())):
            return log
        log.store.settle()  # otherwise the new file would be read with the write-ahead log of this one
        log.close()
        return None
