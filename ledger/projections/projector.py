"""The projector: turns the log, or the part of it that the clocks select, into the rows of the views.

Rows and position are written in one transaction, so the views always match one position of the log. Catching up refolds
the entries that new events touch; a rebuild and a replay run the same folds over everything. Deleted views are rebuilt
exactly as they were.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext

from sqlite_utils import Database

from ledger.base import locking
from ledger.base.collector import uncollected
from ledger.base.sqlite import wipe
from ledger.domain.clocks import EVERYTHING, Clocks
from ledger.domain.events import EntryErased
from ledger.log.log import Log
from ledger.log.store import Head
from ledger.projections import tables, witness, workers
from ledger.projections.negotiation import Part, fold_negotiation
from ledger.projections.refold import events_left_out, refold, refold_without
from ledger.projections.sources import undated_up_to
from ledger.views import checksum

FEW = 3  # views are rewound if at most a third of the events is left out
Progress = Callable[[int], None]  # called with the number of projected events


def rebuild(log: Log, db: Database, head: Head, progress: Progress = lambda _: None, *, accept: bool = False) -> None:
    """Rebuild the views from the whole log; refused if it is not the log that they saw, unless `accept` is set."""
    with _writing(db):
        seen = not accept and witness.are_of(db, head.ledger_id)
        _fill(log, db, head, EVERYTHING, progress, seen=seen)


def catch_up(log: Log, db: Database, head: Head, progress: Progress = lambda _: None) -> None:
    """Bring the views to the head of the log; views of another ledger or schema version are rebuilt.

    Refused if the log is not the one that the views saw. After an erasure they are rebuilt and their old pages wiped.
    """
    with _writing(db):
        erasing = _catch_up(log, db, head, progress)
    if erasing:
        wipe(db.conn)
        checksum.stamp(db.conn)


def replay(
    log: Log,
    db: Database,
    ledger_id: str,
    clocks: Clocks,
    progress: Progress = lambda _: None,
    negotiation: str = "",
) -> None:
    """Fill an empty views database from the part of the log that the clocks select: one negotiation or all."""
    with _writing(db):
        _fill(log, db, Head(ledger_id, log.position(), ""), clocks, progress, negotiation)


def rewind(log: Log, views: sqlite3.Connection, db: Database, clocks: Clocks, negotiation: str) -> bool:
    """Fill an empty views database with one negotiation of newer `views` as of a moment, if that is faster.

    Its rows are copied, and the entries with events that the clocks leave out are folded again. That is faster if these
    events are few.
    """
    by, position = clocks.reported_by, clocks.position
    if not negotiation or position is None or clocks.as_of is not None:
        return False
    left_out = events_left_out(views, negotiation, position, by)
    [every] = views.execute("SELECT COUNT(*) FROM log WHERE negotiation = ?", (negotiation,)).fetchone()
    if left_out is None or len(left_out) * FEW > every:
        return False
    [ledger_id] = views.execute("SELECT ledger_id FROM upkeep").fetchone()
    alone = views.execute("SELECT MIN(negotiation), MAX(negotiation) FROM entries").fetchone() == (negotiation,) * 2
    if alone:
        views.backup(db.conn)
        checksum.unstamp(db.conn)  # that of `views`, which was compared when they were opened
    with _writing(db):
        if not alone:
            tables.copy(db, views, negotiation)
        undated = 0 if by is None else undated_up_to(log, db, negotiation, position)
        refold_without(log, db, left_out, position, by)
        db.conn.execute("DELETE FROM leaves")
        witness.remember(db, ledger_id, witness.Remembered(position), undated)
    return True


def _catch_up(log: Log, db: Database, head: Head, progress: Progress) -> bool:
    """Bring the views to the head of the log; return whether something was erased since they were written."""
    if not witness.are_of(db, head.ledger_id):
        _fill(log, db, head, EVERYTHING, progress)
        return False
    looked_over = witness.look_over(log, db, head.seal)
    seen = witness.remembered(db).position
    reached = log.position()  # events filed after this, even on the same streams, wait for the next catch-up
    if reached - seen > seen:  # most events are new, so a rebuild is faster
        _fill(log, db, head, EVERYTHING, progress, seen=True)
        return False
    fresh = list(log.since(seen, reached))
    if any(isinstance(record.event, EntryErased) for record in fresh):
        db.conn.execute("PRAGMA secure_delete=ON")
        _fill(log, db, head, EVERYTHING, progress, seen=True)
        return True
    for _ in refold(log, db, fresh, reached):
        progress(reached)
    witness.remember(db, head.ledger_id, witness.follow(log, db, reached, head.seal, looked_over))
    return False


@uncollected()
def _fill(
    log: Log, db: Database, head: Head, clocks: Clocks, progress: Progress, only: str = "", *, seen: bool = False
) -> None:
    """Fill every table from the log. With `seen`, the log is refused if it was rewritten since the views saw it."""
    reached = log.position() if clocks.position is None else min(clocks.position, log.position())
    with _folded(log, [only] if only else log.negotiations(), reached, clocks) as parts:
        tables.create(db, but=witness.TABLES if seen else ())
        known = witness.Remembered(reached)
        if clocks == EVERYTHING:
            known = witness.follow_again(log, db, reached, head.seal)
        undated = _store(db, parts, progress)
    tables.index(db)
    witness.remember(db, head.ledger_id, known, undated)


def _folded(
    log: Log, negotiations: Sequence[str], reached: int, clocks: Clocks
) -> AbstractContextManager[Iterator[Part]]:
    """The rows of each negotiation; several processes fold a large log, but this process folds a selection."""
    if clocks == EVERYTHING:
        return workers.folding(log, negotiations, reached)
    return nullcontext(part for one in negotiations for part in fold_negotiation(log, one, reached, clocks))


def _store(db: Database, parts: Iterable[Part], progress: Progress) -> int:
    """Write the rows of the parts as they come; return how many of their events are undated."""
    done = undated = 0
    for part in parts:
        for name, rows in part.rows.items():
            tables.insert(db, name, rows)
        done += part.events
        undated += part.undated
        if part.events:
            progress(done)
    return undated


@contextmanager
def _writing(db: Database) -> Iterator[None]:
    """A transaction on undamaged views, with the write lock from its start, so that processes take turns."""
    locking.begin(db.conn, locking.VIEWS)
    try:
        checksum.compare(db.conn)
        checksum.unstamp(db.conn)
        with db.atomic():
            yield
        db.conn.execute("COMMIT")
        checksum.stamp(db.conn)
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        raise
