"""What the views remember of the log, so that a rewritten log is noticed at the next question.

Beside their rows the views keep the hash of each event's leaf in the log's Merkle tree, the tree's right edge, its
root, and the seal of the log's file as it was. As long as the seal is the same, so is the log. When it has changed,
the newest event that was seen and a block of earlier ones, each time the next, are hashed again; when the file's
schema was changed, which is what it takes to get round its guards, everything is.
"""

import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import islice
from typing import NamedTuple, NoReturn

from sqlite_utils import Database

from ledger.log.commitments import leaf_of
from ledger.log.log import Log
from ledger.log.merkle import Frontier
from ledger.projections import tables
from ledger.projections.errors import LogCutBack, LogRewritten

TABLES = ("leaves", "upkeep")
BLOCK = 1_024  # events hashed again at a time: a few milliseconds


class Remembered(NamedTuple):
    """What the views remember of the log: the position they are of, and the tree up to there."""

    position: int
    root: str
    peaks: bytes
    seal: str
    looked_over: int


def remembered(db: Database) -> Remembered | None:
    """What the views remember, None when they are new."""
    row = db.conn.execute("SELECT position, root, peaks, seal, looked_over FROM upkeep").fetchone()
    return Remembered(*row) if row else None


def look_over(log: Log, db: Database, seal: str) -> int:
    """Compare the log with what is remembered of it, as far as a changed seal asks for; how far the round has come."""
    known = remembered(db)
    if known is None or known.seal == seal:
        return known.looked_over if known else 0
    refuse_cut_back(log, known.position)
    if known.seal.partition(" ")[0] != seal.partition(" ")[0]:
        compare(log, db, 0, known.position)
        return 0
    compare(log, db, max(known.position - 1, 0), known.position)
    end = min(known.looked_over + BLOCK, known.position)
    compare(log, db, known.looked_over, end)
    return end if end < known.position else 0  # and from the first event again, though more are added every time


def refuse_cut_back(log: Log, position: int) -> None:
    """Refuse a log with fewer events than were seen."""
    head = log.position()
    if head < position:
        raise LogCutBack(path=log.path, head=head, seen=position)


def compare(log: Log, db: Database, after: int, upto: int) -> None:
    """Refuse a log in which an event after one position and up to another is not the one that was seen there."""
    seen = db.conn.execute(
        "SELECT position, leaf FROM leaves WHERE position > ? AND position <= ? ORDER BY position", (after, upto)
    )
    with closing(log.store.events(after, upto)) as found:
        for position, was in seen:
            row = next(found, None)
            if row is None or row.position != position or leaf_of(row) != was:
                _refuse_rewritten(log, db, position)


def _refuse_rewritten(log: Log, db: Database, position: int) -> NoReturn:
    """Refuse a log with another event at a position; the views, when their leaves are not those of their root."""
    known, frontier = remembered(db), Frontier()
    for (leaf,) in db.conn.execute("SELECT leaf FROM leaves ORDER BY position"):
        frontier.append(leaf)
    if known is None or (frontier.size, frontier.root().hex()) != (known.position, known.root):
        raise sqlite3.DatabaseError("malformed: the leaves are not those of the root")
    raise LogRewritten(path=log.path, position=position)


def follow(log: Log, db: Database, upto: int, seal: str, looked_over: int = 0) -> Remembered:
    """Remember the events up to a position that are not remembered yet; what is remembered then."""
    known = remembered(db) or Remembered(0, "", b"", "", 0)
    frontier = Frontier(known.position, known.peaks)
    _remember(db, _leaves(log, known.position, upto, frontier))
    return Remembered(upto, frontier.root().hex(), frontier.peaks(), seal, looked_over)


def follow_anew(log: Log, db: Database, upto: int, seal: str) -> Remembered:
    """Go through every event up to a position: refuse one that is not what was seen there, remember the others."""
    known = remembered(db)
    if known is not None:
        refuse_cut_back(log, known.position)
    frontier = Frontier()
    with closing(_leaves(log, 0, upto, frontier)) as leaves:
        for was in db.conn.execute("SELECT position, leaf FROM leaves ORDER BY position"):
            if next(leaves, None) != was:
                _refuse_rewritten(log, db, was[0])
        _remember(db, leaves)
    return Remembered(upto, frontier.root().hex(), frontier.peaks(), seal, 0)


def _leaves(log: Log, after: int, upto: int, frontier: Frontier) -> Generator[tuple[int, bytes], None, None]:
    """The leaf of each event after one position and up to another, once it is in the tree."""
    for row in log.store.events(after, upto):
        leaf = leaf_of(row)
        frontier.append(leaf)
        yield row.position, leaf


def _remember(db: Database, leaves: Iterator[tuple[int, bytes]]) -> None:
    """Remember leaves, a block at a time."""
    while block := list(islice(leaves, BLOCK)):
        tables.insert_leaves(db, block)
