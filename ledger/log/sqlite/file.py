"""A ledger file: its schema, its creation, opening and recognition, and the meaning of SQLite's errors.

A ledger is created complete or not at all: it is written as a draft and then linked to its path, so if two processes
create the same ledger at once, only one succeeds, and nobody opens half of it. A file is opened only if it has exactly
the schema that Parley creates.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from ledger.base import locking, sqlite
from ledger.base.descriptors import DatabaseConnection
from ledger.base.errors import AlreadyThere
from ledger.base.files import drafts_in, is_there, new_file
from ledger.errors import NotWritable, Refusal
from ledger.log.errors import (
    AlreadyALedger,
    DamagedLedger,
    ForeignSchema,
    LedgerBusy,
    LedgerFromTheFuture,
    NoLedgerHere,
    NotALedger,
    SeveralNames,
)
from ledger.log.sqlite.schema import differences

APPLICATION_ID = 0x50524C59  # "PRLY"
FORMAT = 1

# `rowid` is declared, because SQLite may renumber an implicit one on VACUUM, and with AUTOINCREMENT, so that no number
# is used twice. The column has that name because the event-sourcing library selects positions by it.
NEVER_UPDATED = """
CREATE TRIGGER stored_events_are_never_updated BEFORE UPDATE ON stored_events
BEGIN SELECT RAISE(ABORT, 'the log is append-only: a stored event is never updated'); END
""".strip()
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


def create(path: Path) -> None:
    """Create an empty ledger at `path` with a new identity; refused if `path` exists."""
    import uuid  # not at the top, because questions import this module

    try:
        with new_file(path) as draft, closing(sqlite3.connect(draft.absolute(), isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={FORMAT}")
            connection.executescript(f"BEGIN; {SCHEMA}")
            connection.execute("INSERT INTO identity VALUES (?)", (str(uuid.uuid4()),))
            connection.execute("COMMIT")
    except AlreadyThere:
        raise AlreadyALedger(path=path) from None
    except sqlite3.Error as error:
        raise NotWritable(path=path, why=str(error)) from error


def connect(path: Path) -> sqlite3.Connection:
    """Connect to the ledger at `path`; refused if it is not a ledger."""
    if not is_there(path):
        raise NoLedgerHere(path=path)
    if not path.is_file():  # a pipe or a device could keep SQLite waiting
        raise NotALedger(path=path)
    _refuse_second_name(path)
    with refusing(path):
        # Absolute, because `:memory:` and `file:…` are special to SQLite. A pool may pass the connection to any thread.
        connection = sqlite3.connect(
            path.absolute(),
            timeout=locking.limit(),
            isolation_level=None,
            check_same_thread=False,
            factory=DatabaseConnection,
        )
        try:
            sqlite.distrust(connection)
            recognise(path, connection)
        except UnicodeDecodeError as error:  # SQLite's own message quotes a damaged schema
            connection.close()
            raise DamagedLedger(path=path, why="its schema is not text") from error
        except BaseException:
            connection.close()
            raise
        return connection


def _refuse_second_name(path: Path) -> None:
    """Refuse a file with several names (hard links), because each would have its own write-ahead log.

    A draft that a killed process left next to it is such a name; it is deleted.
    """
    for draft in drafts_in(path.parent) if path.stat().st_nlink > 1 else ():
        if draft.name.startswith(f".{path.name}.") and draft.samefile(path):
            draft.unlink(missing_ok=True)
    if (names := path.stat().st_nlink) > 1:
        raise SeveralNames(path=path, names=names)


def recognise(path: Path, connection: sqlite3.Connection) -> None:
    """Refuse the database unless it is a ledger of a known format with exactly Parley's schema."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        raise NotALedger(path=path)
    if version > FORMAT:
        raise LedgerFromTheFuture(path=path, version=version, known=FORMAT)
    if what := differences(connection, SCHEMA):
        raise ForeignSchema(path=path, what=what)


class refusing:  # noqa: N801 (a context manager; a generator would cost each append several times as much)
    """Turn SQLite's errors on the ledger at `path` into refusals."""

    __slots__ = ("path",)

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        """Do nothing: only errors matter."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, sqlite3.Error):
            raise refusal(self.path, error) from error


def refusal(path: Path, error: Exception) -> Refusal:
    """The refusal for an SQLite error on the ledger at `path`."""
    said = str(error)
    if "not a database" in said:
        return NotALedger(path=path)
    if any(sign in said for sign in ("malformed", "no such table", "corrupt", "Could not decode to UTF-8")):
        return DamagedLedger(path=path, why=said)
    return sqlite.refusal(path, error, LedgerBusy)
