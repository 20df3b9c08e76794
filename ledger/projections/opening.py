"""Opens the views for a question: brings them up to date first, or replays the part that the clocks select.

If the views are up to date, they are opened without the log, and neither the event-sourcing library nor sqlite-utils
is imported.
"""

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ledger.base.desks import say
from ledger.base.errors import AlreadyThere, NoFolder, ReadOnlyPlace
from ledger.base.files import is_there
from ledger.base.sqlite import refusing
from ledger.base.text import minute
from ledger.domain.clocks import Clocks
from ledger.domain.names import chosen
from ledger.errors import NotWritable
from ledger.log import store
from ledger.log.errors import ConnectionLost, ServerAway
from ledger.log.store import Head
from ledger.projections.errors import ViewsBusy
from ledger.views.database import ViewsPool, last_seen, open_if_current, path_beside
from ledger.views.reader import Reader

if TYPE_CHECKING:
    from ledger.log.log import Log

OpenLog = Callable[[], "AbstractContextManager[Log]"]
Progress = Callable[[int], None]
R = TypeVar("R", bound=Reader)
PAUSE = 1.0  # seconds until a server that cannot be reached is tried again


def head(ledger: Path) -> tuple[Head, str]:
    """The head of a ledger's log, and "".

    If its server cannot be reached, it is the head that the views on this machine have seen, with a sentence that says
    so to the user.
    """
    try:
        return store.head(ledger), ""
    except ServerAway:
        seen = last_seen(path_beside(ledger))
        if seen is None:
            raise
    ledger_id, position, seal, recorded_at = seen
    at = f", recorded {minute(recorded_at)} UTC" if recorded_at else ""
    told = f"The server cannot be reached, so this is the record as of position {position}{at}."
    say(told)
    return Head(ledger_id, position, seal), told


def negotiations(ledger: Path) -> list[str]:
    """The slugs of the negotiations in a ledger, in alphabetical order; from the views if its server is away."""
    try:
        with store.opened(ledger) as log:
            return log.negotiations()
    except ServerAway:
        current = open_if_current(path_beside(ledger), *head(ledger)[0])
        if current is None:
            raise
    with closing(Reader(current, "")) as views:
        return views.negotiations()


def wait(ledger: Path, position: int, seconds: float) -> bool:
    """Wait until a log has events after a position, at most some seconds; return whether it has."""
    try:
        with store.opened(ledger) as log:
            return log.wait(position, seconds)
    except (ServerAway, ConnectionLost):
        time.sleep(min(seconds, PAUSE))
        return False


class Opener:
    """Opens the views of the ledger at `path`; `head` is the head of its log, `pool` has views that stay open."""

    def __init__(self, path: Path, head: Head, log: OpenLog, progress: Progress, pool: ViewsPool | None = None) -> None:
        self._path = path
        self._head = head
        self._log = log
        self._progress = progress
        self._pool = pool

    def up_to_date(self) -> sqlite3.Connection:
        """The views of the whole log; the log is read only if they are behind."""
        current = open_if_current(path_beside(self._path), *self._head, pool=self._pool)
        if current is not None:
            return current
        from ledger.projections import projector, tables

        views = path_beside(self._path)
        with self._log() as log:
            work = partial(projector.catch_up, log, head=self._head, progress=self._progress)
            try:
                db = tables.write_views(views, work, self._pool)
            except (NotWritable, ReadOnlyPlace):
                if os.access(views.parent, os.W_OK):
                    raise
                db = tables.open_views(None)  # a read-only folder: the views of this question stay in memory
                work(db)
        connection: sqlite3.Connection = db.conn
        connection.execute("BEGIN")  # the whole question reads one state, whatever other processes write
        return connection

    def reader(self, cls: type[R], day: str = "") -> R:
        """A reader of the views of the whole log; they stay open after it is closed, if there is a pool."""
        connection = self.up_to_date()
        reader = cls(connection, day)
        if self._pool is not None:
            reader.release = self._pool.lend(connection)
        return reader

    def replayed(self, clocks: Clocks, negotiation: str) -> sqlite3.Connection:
        """The views of one negotiation, from the cache or replayed from the part of the log that the clocks select."""
        from ledger.projections import replays

        negotiation = self._chosen(negotiation)
        upto = self.position_at(clocks.recorded_by)
        position = self._head.position if upto is None else min(upto, self._head.position)

        def fill(path: Path | None) -> sqlite3.Connection:
            return self._replay(path, negotiation, Clocks(None, clocks.reported_by, position))

        return replays.replayed(self._path, self._head.ledger_id, negotiation, position, clocks.reported_by, fill)

    def position_at(self, moment: str | int | None) -> int | None:
        """The position of the last event recorded by a day or time (UTC, ISO 8601); an `int` is returned unchanged."""
        if moment is None or isinstance(moment, int):
            return moment
        last = f"{moment}T23:59:59.999999Z" if len(moment) == 10 else moment
        with closing(self.reader(Reader)) as views:
            row = views.row("SELECT MAX(position) FROM log WHERE recorded_at <= ?", last)
        return row[0] or 0 if row else 0

    def rebuild(self, *, accept: bool) -> int:
        """Rebuild the views from the log, delete every cached replay, and return the position of the log.

        A log that is not the one the views saw is refused unless `accept` is set.
        """
        from ledger.projections import projector, replays, tables

        with self._log() as log:
            work = partial(projector.rebuild, log, head=self._head, progress=self._progress, accept=accept)
            tables.write_views(path_beside(self._path), work).close()
            replays.forget(self._path)
            return log.position()

    def replay_into(self, path: Path, clocks: Clocks) -> None:
        """Write the views as of a moment to a new database at `path`, which must not exist yet."""
        if is_there(path):
            raise AlreadyThere(path=path)
        if not path.parent.is_dir():
            raise NoFolder(path=path, folder=path.parent)
        selected = clocks._replace(recorded_by=self.position_at(clocks.recorded_by))
        with refusing(path, ViewsBusy), closing(self._replay(path, "", selected)):
            pass

    def _chosen(self, named: str) -> str:
        """The named negotiation, else the only one; the log is read only if the views are behind."""
        current = open_if_current(path_beside(self._path), *self._head)
        if current is None:
            with self._log() as log:
                return chosen(named, log.negotiations())
        with closing(Reader(current, "")) as views:
            views.choose(named)
            return views.negotiation

    def _replay(self, path: Path | None, negotiation: str, clocks: Clocks) -> sqlite3.Connection:
        from ledger.projections import projector, tables

        db = tables.open_views(path)
        current = self.up_to_date() if path is not None and path_beside(self._path).exists() else None
        with self._log() as log, closing(current) if current is not None else nullcontext():
            if current is None or not projector.rewind(log, current, db, clocks, negotiation):
                projector.replay(log, db, self._head.ledger_id, clocks, self._progress, negotiation)
        connection: sqlite3.Connection = db.conn
        return connection
