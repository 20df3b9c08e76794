"""What the views remember of the log, so that a rewritten log is noticed at the next question.

Beside their rows the views keep the hash of each event's leaf in the log's Merkle tree, the tree's right edge, its
root, and the seal of the log's file as it was. As long as the seal is the same, so is the log. When it has changed,
the newest event that was seen and a block of earlier ones, each time the next, are hashed again; when the file's
schema was changed, which is what it takes to get round its guards, everything is.
"""

import sqlite3
from contextlib import closing
from typing import NamedTuple

from sqlite_utils import Database

from ledger import tables
from ledger.commitments import leaf_of
from ledger.errors import LogCutBack, LogRewritten
from ledger.log import Log
from ledger.merkle import Frontier

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
    head = log.head()
    if head < position:
        raise LogCutBack(path=log.path, head=head, seen=position)


def compare(log: Log, db: Database, after: int, upto: int) -> None:
    """Refuse a log in which an event after one position and up to another is not the one that was seen there."""
    seen = db.conn.execute(
        "SELECT position, leaf FROM leaves WHERE position > ? AND position <= ? ORDER BY position", (after, upto)
    )
    with closing(log.stored(after, upto)) as found:
        for position, was in seen:
            row = next(found, None)
            if row is None or row.position != position or leaf_of(row) != was:
                _refuse_damaged(db)
                raise LogRewritten(path=log.path, position=position)


def _refuse_damaged(db: Database) -> None:
    """Call the views damaged when the leaves they remember are not those of the root they remember."""
    known, frontier = remembered(db), Frontier()
    for (leaf,) in db.conn.execute("SELECT leaf FROM leaves ORDER BY position"):
        frontier.append(leaf)
    if known is None or (frontier.size, frontier.root().hex()) != (known.position, known.root):
        raise sqlite3.DatabaseError("malformed: the leaves are not those of the root")


def follow(log: Log, db: Database, upto: int, seal: str, looked_over: int = 0) -> Remembered:
    """Remember the events up to a position that are not remembered yet; what is remembered then."""
    known = remembered(db) or Remembered(0, "", b"", "", 0)
    frontier = Frontier(known.position, known.peaks)
    fresh = []
    for row in log.stored(known.position, upto):
        fresh.append((row.position, leaf_of(row)))
        frontier.append(fresh[-1][1])
        if len(fresh) == BLOCK:
            tables.insert_leaves(db, fresh)
            fresh.clear()
    tables.insert_leaves(db, fresh)
    return Remembered(upto, frontier.root().hex(), frontier.peaks(), seal, looked_over)
