"""The SQLite store: implements the protocol of `ledger.log.store` over one connection.

One write transaction has the write lock from the first rule checked to the last event stored, so nothing that a rule
saw changes before its event is written. Durability is always synchronous FULL. Reading needs only `sqlite3`; the first
append loads the event-sourcing library's recorder.
"""

import re
import sqlite3
import time
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.base import locking
from ledger.base.files import inode, is_there
from ledger.base.sqlite import holds, wipe
from ledger.errors import Refusal
from ledger.log.acknowledged import AcknowledgingStore
from ledger.log.errors import DamagedLedger, LedgerNotEmpty, NoReadersOfAFile
from ledger.log.merkle import Frontier
from ledger.log.sqlite import file
from ledger.log.sqlite.file import create
from ledger.log.store import Head, KeptPart, Stored

if TYPE_CHECKING:
    from eventsourcing.persistence import StoredEvent

    from ledger.log.sqlite.recorder import AppendOnlyRecorder

__all__ = ["SqliteStore", "create", "is_there", "open_store"]

COLUMNS = (int, str, int, str, bytes)  # position, stream, version, type, state
POLL = 0.2  # seconds
MOST_NAMES = 500  # in one query
IDENTITY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
UNCLEANED = "uncleaned"  # the table that marks an erasure whose traces must still be wiped


def open_store(path: Path) -> "SqliteStore":
    """Open a ledger file; refused if it is not a ledger."""
    return SqliteStore(path)


class SqliteStore(AcknowledgingStore):
    """One open ledger file. SQLite's errors become refusals."""

    errors = (OSError, Refusal, sqlite3.Error)

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.is_writing = False
        self._opened = file.connect(path)
        self._waits = True  # SQLite itself, for a lock; a writer waits in `locking.until_free` instead
        self._recorder: AppendOnlyRecorder | None = None
        self._seen: int | None = None
        with file.refusing(path):
            self._file = inode(path)
            self._schema = self._schema_version()

    def close(self) -> None:
        self._opened.close()
        self._acknowledged.close()

    # Identity.

    def head(self) -> Head:
        with file.refusing(self.path):
            found = self.path.stat()
            position = self.position()
            schema, _ = self._schema_version()
        return Head(self._identity(), position, f"{schema} {found.st_ino} {found.st_size} {found.st_mtime_ns}")

    def position(self) -> int:
        with file.refusing(self.path):
            return self._connection.execute("SELECT MAX(rowid) FROM stored_events").fetchone()[0] or 0

    def wait(self, position: int, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while self.position() <= position:
            if time.monotonic() >= until:
                return False
            time.sleep(min(POLL, seconds))
        return True

    def is_in_place(self) -> bool:
        try:
            return inode(self.path) == self._file
        except OSError:
            return False

    def is_as_recognised(self) -> bool:
        try:
            return self._schema_version() == self._schema
        except sqlite3.Error:
            return False

    # Reading.

    def events(self, after: int = 0, upto: int | None = None) -> Generator[Stored, None, None]:
        if upto is None:
            yield from self._stored("rowid > ? ORDER BY rowid", after)
        else:
            yield from self._stored("rowid > ? AND rowid <= ? ORDER BY rowid", after, upto)

    def events_of(self, stream: str) -> Iterator[Stored]:
        return self._stored("originator_id = ? ORDER BY originator_version", stream)

    def events_under(self, name: str, upto: int | None = None) -> Iterator[Stored]:
        order = "ORDER BY originator_id, originator_version"
        if upto is None:
            return self._stored(f"originator_id >= ? AND originator_id < ? {order}", *_under(name))
        return self._stored(f"originator_id >= ? AND originator_id < ? AND rowid <= ? {order}", *_under(name), upto)

    def streams_under(self, name: str) -> list[str]:
        return self._names(
            "originator_id >= ? AND originator_id < ? AND originator_version = 1 ORDER BY originator_id", *_under(name)
        )

    def negotiations(self) -> list[str]:
        found: list[str] = []
        after = ""
        while following := self._names("originator_id >= ? ORDER BY originator_id LIMIT 1", after):
            found.append(following[0].partition("/")[0])
            after = _under(found[-1])[1]
        return sorted(found)

    def newest_versions(self, streams: Sequence[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        with file.refusing(self.path):
            for start in range(0, len(streams), MOST_NAMES):
                some = streams[start : start + MOST_NAMES]
                found |= self._connection.execute(
                    "SELECT originator_id, MAX(originator_version) FROM stored_events"
                    f" WHERE originator_id IN ({','.join('?' * len(some))}) GROUP BY originator_id",
                    some,
                )
        return found

    def newest(self) -> Stored | None:
        return next(self._stored("TRUE ORDER BY rowid DESC LIMIT 1"), None)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        with file.refusing(self.path):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.rollback()

    # Writing.

    @contextmanager
    def writing(self, expected: Sequence[str] = ()) -> Iterator[None]:
        with file.refusing(self.path):
            if self._recorder is None:
                self._prepare_to_write()
            if self._waits:
                self._opened.execute("PRAGMA busy_timeout=0")
                self._waits = False
            locking.until_free(lambda: self._opened.execute("BEGIN IMMEDIATE"), locking.LOG)
            self.is_writing = True
            try:
                yield
                self._opened.execute("COMMIT")
                self._acknowledge()
            except BaseException:
                self._connection.rollback()
                raise
            finally:
                self.is_writing = False
                self._appended.clear()

    def changed_streams(self) -> Collection[str] | None:
        version: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        if version == self._seen:
            return ()
        schema = self._schema_version()
        self._ledger_id, self._frontier = "", Frontier()  # another log may have been restored into it
        if schema != self._schema:
            file.recognise(self.path, self._connection)
        self._schema, self._seen = schema, version
        return None

    def append(self, events: "Sequence[StoredEvent]") -> Sequence[int]:
        assert self.is_writing and self._recorder is not None
        positions = self._recorder.insert_events(events)
        self._note(positions, events)
        return positions

    def parts(self) -> Sequence[KeptPart]:
        return ()

    def keep_parts(self, levels: Sequence[str]) -> None:
        raise NoReadersOfAFile(path=self.path)

    def erase(self, tombstones: Mapping[int, bytes]) -> None:
        assert self.is_writing
        self._seen = None  # the schema changes
        self._connection.execute("PRAGMA secure_delete=ON")
        self._connection.execute(f"CREATE TABLE IF NOT EXISTS {UNCLEANED} (position INTEGER)")
        self._connection.execute("DROP TRIGGER stored_events_are_never_updated")
        self._connection.executemany(
            "UPDATE stored_events SET state = ? WHERE rowid = ?",
            [(tombstone, position) for position, tombstone in tombstones.items()],
        )
        self._connection.execute(file.NEVER_UPDATED)

    def fill(self, ledger_id: str, events: Iterable[Stored]) -> None:
        with self.writing():
            if self.position():
                raise LedgerNotEmpty(path=self.path)
            self.extend(events)
            self._connection.execute("UPDATE identity SET ledger_id = ?", (ledger_id,))

    def extend(self, events: Iterable[Stored]) -> None:
        assert self.is_writing
        self._connection.executemany("INSERT INTO stored_events VALUES (?, ?, ?, ?, ?)", events)

    # Erasure's traces.

    def is_uncleaned(self) -> bool:
        with file.refusing(self.path):
            marked = "SELECT 1 FROM sqlite_master WHERE name = ?"
            return self._connection.execute(marked, (UNCLEANED,)).fetchone() is not None

    def wipe(self) -> bool:
        with file.refusing(self.path):
            return wipe(self._connection)

    def holds(self, words: bytes) -> bool:
        return holds(self.path, words)

    def unmark(self) -> None:
        with file.refusing(self.path):
            self._connection.execute(f"DROP TABLE IF EXISTS {UNCLEANED}")

    # Upkeep.

    def settle(self) -> None:
        with file.refusing(self.path):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def damage(self) -> list[str]:
        with file.refusing(self.path):
            found = [row[0] for row in self._connection.execute("PRAGMA integrity_check(10)")]
        return [] if found == ["ok"] else found

    def copy_to(self, path: Path) -> None:
        with file.refusing(path), closing(sqlite3.connect(path.absolute(), isolation_level=None)) as copy:
            self._connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file that needs no other, even in a read-only folder

    # Inside.

    @property
    def _connection(self) -> sqlite3.Connection:
        """The connection. Outside of `writing`, SQLite waits again: switching for each append would cost a tenth."""
        if not (self._waits or self.is_writing):
            self._opened.execute(f"PRAGMA busy_timeout={int(locking.limit() * 1000)}")
            self._waits = True
        return self._opened

    def _identity(self) -> str:
        with file.refusing(self.path):
            found = self._connection.execute("SELECT ledger_id FROM identity").fetchone()
        if found is None or not IDENTITY.fullmatch(str(found[0])):  # file names contain it
            raise DamagedLedger(path=self.path, why="it has no valid identity")
        return str(found[0])

    def _stored(self, which: str, *params: Any) -> Iterator[Stored]:
        with file.refusing(self.path):
            for row in self._connection.execute(f"SELECT * FROM stored_events WHERE {which}", params):
                yield Stored(*row) if tuple(map(type, row)) == COLUMNS else self._converted(row)

    def _converted(self, row: Sequence[Any]) -> Stored:
        """The event in a row with text in place of bytes; refused if another value has the wrong type."""
        if tuple(map(type, row[:4])) != COLUMNS[:4]:
            raise DamagedLedger(path=self.path, why=f"position {row[0]} has a value of the wrong type")
        return stored(row)

    def _names(self, which: str, *params: str) -> list[str]:
        with file.refusing(self.path):
            rows = self._connection.execute(f"SELECT originator_id FROM stored_events WHERE {which}", params)
            names = [row[0] for row in rows]
        if not all(isinstance(name, str) for name in names):
            raise DamagedLedger(path=self.path, why="the name of a stream is not text")
        return names

    def _schema_version(self) -> tuple[int, int]:
        """A number that changes whenever the file's tables or triggers change, and its format."""
        versions = "SELECT schema_version, user_version FROM pragma_schema_version, pragma_user_version"
        found: tuple[int, int] = self._connection.execute(versions).fetchone()
        return found

    def _prepare_to_write(self) -> None:
        from ledger.log.sqlite.recorder import AppendOnlyRecorder

        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._recorder = AppendOnlyRecorder(self._connection, self.path)


def stored(row: Sequence[Any]) -> Stored:
    """The event in a row of the log's table; text in place of bytes is encoded."""
    one = Stored(*row)
    return one if isinstance(one.state, bytes) else one._replace(state=str(one.state).encode())


def _under(name: str) -> tuple[str, str]:
    """The range of the stream names under a name: from the first to just after the last, because `0` follows `/`."""
    return f"{name}/", f"{name}0"
