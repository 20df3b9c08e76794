"""What a ledger file is, without the event-sourcing library: create it, recognise it, read its head.

Questions go through here to learn whether the views are up to date, so nothing heavy is imported.
A ledger is created complete or not at all: it is prepared beside its place and then linked to it, so two
processes that create one ledger at once cannot both succeed, and nobody opens half of one.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ledger.errors import (
    AlreadyALedger,
    DamagedLedger,
    ForeignSchema,
    LedgerBusy,
    LedgerFromTheFuture,
    NoLedgerHere,
    NotALedger,
    NotWritable,
    ReadOnlyPlace,
)
from ledger.stores.schema import differences, distrust

APPLICATION_ID = 0x50524C59  # "PRLY"
FORMAT = 1
LOCK_TIMEOUT = 30  # seconds; four writers on one file were seen to wait up to 4

# `rowid` is declared, since SQLite may renumber an implicit one on VACUUM, and AUTOINCREMENT never gives
# a number twice; it keeps that name because the event-sourcing library selects positions by it.
SCHEMA = """
CREATE TABLE stored_events (
    rowid INTEGER PRIMARY KEY AUTOINCREMENT,
    originator_id TEXT NOT NULL,
    originator_version INTEGER NOT NULL,
    topic TEXT NOT NULL,
    state BLOB NOT NULL,
    UNIQUE (originator_id, originator_version)
);
CREATE TABLE identity (ledger_id TEXT NOT NULL);
CREATE TRIGGER stored_events_are_never_updated BEFORE UPDATE ON stored_events
BEGIN SELECT RAISE(ABORT, 'the log is append-only: a stored event is never updated'); END;
CREATE TRIGGER stored_events_are_never_deleted BEFORE DELETE ON stored_events
BEGIN SELECT RAISE(ABORT, 'the log is append-only: a stored event is never deleted'); END;
CREATE TRIGGER stored_events_are_never_replaced BEFORE INSERT ON stored_events
WHEN EXISTS (SELECT 1 FROM stored_events WHERE rowid = NEW.rowid)
  OR EXISTS (SELECT 1 FROM stored_events
             WHERE originator_id = NEW.originator_id AND originator_version = NEW.originator_version)
BEGIN SELECT RAISE(ABORT, 'the log is append-only: a stored event is never replaced'); END;
"""


def create(path: Path) -> None:
    """Create an empty ledger at `path`; refused when anything is there already."""
    if is_there(path):
        raise AlreadyALedger(path=path)
    if not path.parent.is_dir():
        raise NotWritable(path=path, why="its folder does not exist")
    import uuid  # not at the top: questions pass through this module

    ledger_id = str(uuid.uuid4())
    draft = path.with_name(f".{path.name}.{ledger_id[:8]}")
    try:
        connection = sqlite3.connect(draft, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={FORMAT}")
            connection.executescript(f"BEGIN; {SCHEMA}")
            connection.execute("INSERT INTO identity VALUES (?)", (ledger_id,))
            connection.execute("COMMIT")
        finally:
            connection.close()
        os.link(draft, path)
    except FileExistsError:
        raise AlreadyALedger(path=path) from None
    except (sqlite3.Error, OSError) as error:
        raise NotWritable(path=path, why=str(error)) from error
    finally:
        for left in (draft, Path(f"{draft}-wal"), Path(f"{draft}-shm")):
            left.unlink(missing_ok=True)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A read-only connection to the ledger at `path`, recognised as one; refused when it is not."""
    connection = _open(path)
    try:
        with refusing(path):
            connection.execute("PRAGMA query_only=ON")
            distrust(connection)
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        if application != APPLICATION_ID:
            raise NotALedger(path=path)
        if version > FORMAT:
            raise LedgerFromTheFuture(path=path, version=version, known=FORMAT)
        with refusing(path):
            if what := differences(connection, SCHEMA):
                raise ForeignSchema(path=path, what=what)
            yield connection
    finally:
        connection.close()


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn what SQLite says of the file into a refusal with a way out."""
    try:
        yield
    except sqlite3.Error as error:
        raise refusal(path, error) from error


def refusal(path: Path, error: Exception) -> Exception:
    """The refusal that an SQLite error on the file at `path` amounts to."""
    said = str(error)
    if "locked" in said or "busy" in said:
        return LedgerBusy(path=path, seconds=LOCK_TIMEOUT)
    if "not a database" in said:
        return NotALedger(path=path)
    if "readonly" in said:
        return ReadOnlyPlace(path=path)
    if "malformed" in said or "no such table" in said or "corrupt" in said:
        return DamagedLedger(path=path, why=said)
    return NotWritable(path=path, why=said)


def head(path: Path) -> tuple[str, int]:
    """The ledger's identity and the position of its newest event (0 when there is none)."""
    with reading(path) as connection:
        identity = connection.execute("SELECT ledger_id FROM identity").fetchone()
        position = connection.execute("SELECT MAX(rowid) FROM stored_events").fetchone()[0]
    if identity is None:
        raise DamagedLedger(path=path, why="it has no identity")
    return identity[0], position or 0


def is_there(path: Path) -> bool:
    """Whether anything is at `path`; refused where nothing can be named so."""
    if any(words in str(path.absolute()) for words in (":memory:", "mode=memory")):
        raise NotWritable(path=path, why="such a name is taken for a database in memory")
    try:
        return path.exists()
    except OSError as error:
        raise NotWritable(path=path, why=error.strerror) from error


def _open(path: Path) -> sqlite3.Connection:
    if not is_there(path):
        raise NoLedgerHere(path=path)
    if not path.is_file():  # a pipe or a device could keep SQLite waiting
        raise NotALedger(path=path)
    with refusing(path):
        # Absolute, since SQLite gives `:memory:` and `file:…` a meaning of their own.
        return sqlite3.connect(path.absolute(), timeout=LOCK_TIMEOUT, isolation_level=None)
