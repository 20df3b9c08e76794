"""The views' memory of the log, so that the next question notices a rewritten log.

The views store the hash of each event's leaf in the Merkle tree of the log, the right edge of the tree, its root, and
the seal of the log's file. While the seal is the same, the log is the same. If the seal has changed, the newest event
that the views saw and one block of earlier events, a different block each time, are hashed again. If the schema of the
file has changed, which is the only way to bypass its triggers, all events are hashed again.
"""

import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import islice
from typing import NamedTuple, NoReturn

from sqlite_utils import Database

from ledger.log.commitments import leaf_of
from ledger.log.errors import AcknowledgedChanged, DamagedLedger
from ledger.log.log import Log
from ledger.log.merkle import Frontier
from ledger.projections.errors import LogCutBack, LogRewritten
from ledger.views.schema import SCHEMA_VERSION

TABLES = ("leaves", "upkeep")
BLOCK = 1_024  # events hashed again at a time: a few milliseconds


class Remembered(NamedTuple):
    """The views' memory of the log: the position that they reach, and the tree up to that position.

    `looked_over` is the position up to which the present round has compared the log.
    """

    position: int
    root: str = ""
    peaks: bytes = b""
    seal: str = ""
    looked_over: int = 0


def are_of(db: Database, ledger_id: str) -> bool:
    """Whether the views belong to this ledger and have the present schema version."""
    if not db["upkeep"].exists():
        return False
    found = db.conn.execute("SELECT schema_version, ledger_id FROM upkeep").fetchone()
    return found is not None and tuple(found) == (SCHEMA_VERSION, ledger_id)


def remembered(db: Database) -> Remembered:
    """The views' memory; None for new views."""
    row = db.conn.execute("SELECT position, root, peaks, seal, looked_over FROM upkeep").fetchone()
    return Remembered(*row) if row else Remembered(0)


def remember(db: Database, ledger_id: str, known: Remembered, undated: int = 0) -> None:
    """Store the views' memory of the log, in the transaction that wrote their rows.

    `undated` is the number of events without a known publication.
    """
    db.conn.execute("DELETE FROM upkeep")
    row = (SCHEMA_VERSION, ledger_id, known.position, undated, known.seal, known.root, known.peaks, known.looked_over)
    db.conn.execute(f"INSERT INTO upkeep VALUES ({', '.join('?' * len(row))})", row)


def look_over(log: Log, db: Database, seal: str) -> int:
    """Compare the log with the views' memory, as far as the seal requires; return the end of the compared block."""
    known = remembered(db)
    if known.seal == seal:
        return known.looked_over
    _refuse_cut_back(log, known.position)
    if known.seal.partition(" ")[0] != seal.partition(" ")[0]:  # the schema
        compare(log, db, 0, known.position)
        return 0
    compare(log, db, max(known.position - 1, 0), known.position)
    end = min(known.looked_over + BLOCK, known.position)
    compare(log, db, known.looked_over, end)
    return end if end < known.position else 0  # the next round starts at the first event


def compare(log: Log, db: Database, after: int, upto: int) -> None:
    """Refuse the log if an event after one position and up to another is not the event that was seen there."""
    seen = db.conn.execute(
        "SELECT position, leaf FROM leaves WHERE position > ? AND position <= ? ORDER BY position", (after, upto)
    )
    with closing(log.store.events(after, upto)) as found:
        for position, leaf in seen:
            row = next(found, None)
            if row is None or row.position != position or leaf_of(row) != leaf:
                _refuse_rewritten(log, db, position)


def follow(log: Log, db: Database, upto: int, seal: str, looked_over: int) -> Remembered:
    """Remember the new events up to a position, and return the new memory."""
    known = remembered(db)
    frontier = Frontier(known.position, known.peaks)
    _insert(db, _leaves(log, known.position, upto, frontier))
    return Remembered(upto, frontier.root().hex(), frontier.peaks(), seal, looked_over)


def follow_again(log: Log, db: Database, upto: int, seal: str) -> Remembered:
    """Compare every event up to a position with the event seen there, and remember the new ones.

    The log is also compared with what was acknowledged, and its file is checked: indexes may be damaged.
    """
    _refuse_cut_back(log, remembered(db).position)
    if found := log.store.damage():
        raise DamagedLedger(path=log.name, why=found[0])
    acknowledged = log.store.acknowledged()
    frontier = Frontier()
    with closing(_leaves(log, 0, upto, frontier)) as leaves:
        for seen in db.conn.execute("SELECT position, leaf FROM leaves ORDER BY position"):
            if next(leaves, None) != seen:
                _refuse_rewritten(log, db, seen[0])
        _insert(db, _as_acknowledged(log, leaves, frontier, acknowledged))
    return Remembered(upto, frontier.root().hex(), frontier.peaks(), seal)


def _as_acknowledged(
    log: Log, leaves: Iterator[tuple[int, bytes]], frontier: Frontier, acknowledged: tuple[int, bytes] | None
) -> Iterator[tuple[int, bytes]]:
    """The leaves as they are added to a tree; refused if the tree is not the one that was acknowledged."""
    position, root = acknowledged or (0, b"")
    for leaf in leaves:
        if frontier.size == position and frontier.root() != root:
            raise AcknowledgedChanged(path=log.name, position=position)
        yield leaf


def _refuse_cut_back(log: Log, position: int) -> None:
    """Refuse the log if it has fewer events than the views have seen."""
    head = log.position()
    if head < position:
        raise LogCutBack(path=log.name, head=head, seen=position)


def _refuse_rewritten(log: Log, db: Database, position: int) -> NoReturn:
    """Refuse the log because of the event at a position; or the views, if their leaves do not match their root."""
    known, frontier = remembered(db), Frontier()
    for (leaf,) in db.conn.execute("SELECT leaf FROM leaves ORDER BY position"):
        frontier.append(leaf)
    if (frontier.size, frontier.root().hex()) != (known.position, known.root):
        raise sqlite3.DatabaseError("malformed: the leaves do not match the root")
    raise LogRewritten(path=log.name, position=position)


def _leaves(log: Log, after: int, upto: int, frontier: Frontier) -> Generator[tuple[int, bytes], None, None]:
    """The leaf of each event after one position and up to another; each is also added to the tree."""
    for row in log.store.events(after, upto):
        leaf = leaf_of(row)
        frontier.append(leaf)
        yield row.position, leaf


def _insert(db: Database, leaves: Iterator[tuple[int, bytes]]) -> None:
    """Store leaves, a block at a time."""
    while block := list(islice(leaves, BLOCK)):
        db.conn.executemany("INSERT INTO leaves VALUES (?, ?)", block)
