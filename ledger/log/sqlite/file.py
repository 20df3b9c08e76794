"""What a ledger file is, without the event-sourcing library: create it, recognise it, read its head.

Questions go through here to learn whether the views are up to date, so nothing heavy is imported.
A ledger is created complete or not at all: it is prepared beside its place and then linked to it, so two
processes that create one ledger at once cannot both succeed, and nobody opens half of one.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from ledger.base import locking
from ledger.base.errors import AlreadyThere
from ledger.base.files import is_there, new_file
from ledger.base.sqlite import distrust
from ledger.errors import NotWritable, Refusal
from ledger.log.errors import (
    AlreadyALedger,
    DamagedLedger,
    ForeignSchema,
    LedgerBusy,
    LedgerFromTheFuture,
    LedgerNotEmpty,
    NoLedgerHere,
    NotALedger,
    ReadOnlyPlace,
)
from ledger.log.sqlite.schema import differences

APPLICATION_ID = 0x50524C59  # "PRLY"
FORMAT = 1

# `rowid` is declared, since SQLite may renumber an implicit one on VACUUM, and AUTOINCREMENT never gives
# a number twice; it keeps that name because the event-sourcing library selects positions by it.
NEVER_UPDATED = """
CREATE TRIGGER stored_events_are_never_updated BEFORE UPDATE ON stored_events
BEGIN SELECT RAISE(ABORT, 'the log is append-only: a stored event is never updated'); END
""".strip()
UNCLEANED = "uncleaned"  # the mark of an erasure whose traces are still to be cleaned away
SCHEMA = f"""
CREATE TABLE stored_events (
    rowid INTEGER PRIMARY KEY AUTOINCREMENT,
    originator_id TEXT NOT NULL,
    originator_version INTEGER NOT NULL,
    topic TEXT NOT NULL,
    state BLOB NOT NULL,
    UNIQUE (originator_id, originator_version)
);
CREATE TABLE identity (ledger_id TEXT NOT NULL);
{NEVER_UPDATED};
CREATE TRIGGER stored_events_are_never_deleted BEFORE DELETE ON stored_events
BEGIN SELECT RAISE(ABORT, 'the log is append-only: a stored event is never deleted'); END;
CREATE TRIGGER stored_events_are_never_replaced BEFORE INSERT ON stored_events
WHEN EXISTS (SELECT 1 FROM stored_events WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM stored_events
             WHERE originator_id = NEW.originator_id AND originator_version = NEW.originator_version)
BEGIN SELECT RAISE(ABORT, 'the log is append-only: a stored event is never replaced'); END;
"""


def create(path: Path, ledger_id: str = "") -> None:
    """Create an empty ledger at `path`, with a new identity if none is given; refused where anything is."""
    import uuid  # not at the top: questions pass through this module

    try:
        with new_file(path) as draft, closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={FORMAT}")
            connection.executescript(f"BEGIN; {SCHEMA}")
            connection.execute("INSERT INTO identity VALUES (?)", (ledger_id or str(uuid.uuid4()),))
            connection.execute("COMMIT")
    except AlreadyThere:
        raise AlreadyALedger(path=path) from None
    except sqlite3.Error as error:
        raise NotWritable(path=path, why=str(error)) from error


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A read-only connection to the ledger at `path`, recognised as one; refused when it is not."""
    connection = _open(path)
    try:
        with refusing(path):
            connection.execute("PRAGMA query_only=ON")
            distrust(connection)
            recognise(path, connection)
            yield connection
    finally:
        connection.close()


def recognise(path: Path, connection: sqlite3.Connection) -> None:
    """Refuse the database unless it is a ledger, of a format that is known, with the schema it was made with."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        raise NotALedger(path=path)
    if version > FORMAT:
        raise LedgerFromTheFuture(path=path, version=version, known=FORMAT)
    if what := differences(connection, SCHEMA):
        raise ForeignSchema(path=path, what=what)


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn what SQLite says of the file into a refusal with a way out."""
    try:
        yield
    except sqlite3.Error as error:
        raise refusal(path, error) from error


def refusal(path: Path, error: Exception, busy: type[Refusal] = LedgerBusy) -> Refusal:
    """The refusal that an SQLite error on the file at `path` amounts to; `busy` when another process keeps it."""
    said = str(error)
    if locking.is_busy(error):
        return busy(path=path, seconds=locking.limit())
    if "not a database" in said:
        return NotALedger(path=path)
    if "readonly" in said:
        return ReadOnlyPlace(path=path)
    if "malformed" in said or "no such table" in said or "corrupt" in said:
        return DamagedLedger(path=path, why=said)
    return NotWritable(path=path, why=said)


class Stored(NamedTuple):
    """An event as it is stored; `type` is its stored name with the version of its form."""

    position: int
    stream: str
    version: int
    type: str
    state: bytes

    @classmethod
    def of(cls, row: Sequence[Any]) -> "Stored":
        """The event of a row of the log's table; text that was put in the place of bytes is taken as bytes."""
        stored = cls._make(row)
        return stored if isinstance(stored.state, bytes) else stored._replace(state=str(stored.state).encode())


class Head(NamedTuple):
    """The ledger's identity and the position of its newest event (0 when there is none).

    seal: what changes whenever the file does (its schema's version, place, size and time of change): where it is as it
    was, so is the log.
    """

    ledger_id: str
    position: int
    seal: str


def head(path: Path) -> Head:
    """Where the ledger stands."""
    with reading(path) as connection:
        found = path.stat()
        ledger_id = _identity(path, connection)
        position = connection.execute("SELECT MAX(rowid) FROM stored_events").fetchone()[0]
        schema = connection.execute("PRAGMA schema_version").fetchone()[0]
    return Head(ledger_id, position or 0, f"{schema} {found.st_ino} {found.st_size} {found.st_mtime_ns}")


@contextmanager
def snapshot(path: Path) -> Iterator[tuple[sqlite3.Connection, str]]:
    """The ledger at `path` as of one moment, while others go on writing, and its identity."""
    with reading(path) as connection:
        connection.execute("BEGIN")
        yield connection, _identity(path, connection)


def _identity(path: Path, connection: sqlite3.Connection) -> str:
    found = connection.execute("SELECT ledger_id FROM identity").fetchone()
    if found is None:
        raise DamagedLedger(path=path, why="it has no identity")
    return str(found[0])


def stored(connection: sqlite3.Connection, after: int = 0) -> Iterator[Stored]:
    """The events after a position as they are stored, in the order of recording."""
    return map(Stored.of, connection.execute("SELECT * FROM stored_events WHERE rowid > ? ORDER BY rowid", (after,)))


def uncleaned(connection: sqlite3.Connection) -> bool:
    """Whether the traces of an erasure are still to be cleaned away."""
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (UNCLEANED,)).fetchone()
    return found is not None


@contextmanager
def filling(path: Path) -> Iterator[Callable[[Stored], object]]:
    """Fill a new ledger that nobody else knows of yet with events as they were stored elsewhere."""
    connection = _open(path)
    try:
        with refusing(path):
            connection.execute("BEGIN IMMEDIATE")
            yield partial(connection.execute, "INSERT INTO stored_events VALUES (?, ?, ?, ?, ?)")
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def take_over(source: Path, path: Path) -> None:
    """Take the identity and the events of another ledger into an empty one, all or nothing."""
    connection = _open(path)
    try:
        with refusing(path):
            connection.execute("ATTACH ? AS source", (str(source),))
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("SELECT 1 FROM main.stored_events").fetchone():
                raise LedgerNotEmpty(path=path)
            connection.execute("INSERT INTO main.stored_events SELECT * FROM source.stored_events ORDER BY rowid")
            connection.execute("UPDATE main.identity SET ledger_id = (SELECT ledger_id FROM source.identity)")
            connection.execute("COMMIT")
    finally:
        connection.close()


def _open(path: Path) -> sqlite3.Connection:
    if not is_there(path):
        raise NoLedgerHere(path=path)
    if not path.is_file():  # a pipe or a device could keep SQLite waiting
        raise NotALedger(path=path)
    with refusing(path):
        # Absolute, since SQLite gives `:memory:` and `file:…` a meaning of their own.
        return sqlite3.connect(path.absolute(), timeout=locking.limit(), isolation_level=None)
