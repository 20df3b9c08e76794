"""The append-only recorder: the event-sourcing library's SQLite recorder over a ledger file.

One write transaction holds the write lock from the first rule checked to the last event stored, so what
a rule saw is still true when its event is written. Durability is never less than synchronous FULL.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
)

from ledger.base import locking
from ledger.log.sqlite import file

MOST_NAMES = 500  # asked for at once


class Connections(SQLiteConnectionPool):
    """The library's pool; its connections keep the statements they prepared, of which the library's keep but one."""

    def _create_connection(self) -> SQLiteConnection:
        connection = sqlite3.connect(
            self.db_name,
            timeout=self.lock_timeout or locking.LOCK_TIMEOUT,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA journal_mode=WAL")
        connection.row_factory = sqlite3.Row
        return SQLiteConnection(connection, self.max_age)


class AppendOnlyRecorder(SQLiteApplicationRecorder):
    """Stores events under declared positions and never changes one; the file itself refuses that too."""

    def __init__(self, datastore: SQLiteDatastore, events_table_name: str = "stored_events") -> None:
        super().__init__(datastore, events_table_name)
        datastore.pool = Connections(db_name=datastore.pool.db_name, lock_timeout=datastore.pool.lock_timeout)
        self.insert_events_statement = (
            f"INSERT INTO {events_table_name} (originator_id, originator_version, topic, state) VALUES (?,?,?,?)"
        )
        # A connection that stays out of the pool, to write with alone; opened now, as long as the file is recognised.
        self._writer: SQLiteCursor = datastore.pool.get_connection().cursor()
        self._writer.execute("PRAGMA synchronous=FULL")
        self._writer.execute("PRAGMA trusted_schema=OFF")
        self._writer.execute("PRAGMA busy_timeout=0")  # who waits for the lock waits by `waiting`
        self.is_writing = False

    def construct_create_table_statements(self) -> list[str]:
        """None: `stores/file.py` creates the whole file at once."""
        return []

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock; everything inserted inside is committed at the end, or nothing is."""
        cursor = self._writer.sqlite_cursor
        locking.until_free(lambda: cursor.execute("BEGIN IMMEDIATE"), locking.LOG)
        self.is_writing = True
        try:
            yield
            cursor.execute("COMMIT")
        except BaseException:
            cursor.connection.rollback()
            raise
        finally:
            self.is_writing = False

    def version(self) -> int:
        """What changes whenever another connection than the one that writes here has changed the file."""
        found: int = self._writer.sqlite_cursor.execute("PRAGMA data_version").fetchone()[0]
        return found

    def recognise(self, path: Path) -> None:
        """Refuse what the file has become unless it is still a ledger."""
        file.recognise(path, self._writer.sqlite_cursor.connection)

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        if not self.is_writing:
            with self.writing():
                return self.insert_events(stored_events, **kwargs)
        return self._insert_events(self._writer, stored_events, **kwargs)

    def erase(self, tombstones: Sequence[tuple[bytes, int]]) -> None:
        """Put what is left of them in the place of the stored bytes at some positions; only inside `writing`.

        The guard against updates is taken down and put up again within the transaction. The mark `uncleaned` stays
        until the file's free pages have been cleaned, too.
        """
        assert self.is_writing
        cursor = self._writer.sqlite_cursor
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {file.UNCLEANED} (position INTEGER)")
        cursor.execute("DROP TRIGGER stored_events_are_never_updated")
        cursor.executemany("UPDATE stored_events SET state = ? WHERE rowid = ?", tombstones)
        cursor.execute(file.NEVER_UPDATED)

    def schema(self) -> tuple[int, int]:
        """What changes whenever the file's tables or triggers do, and its format."""
        versions = "SELECT schema_version, user_version FROM pragma_schema_version, pragma_user_version"
        found = self._all(versions, ())[0]
        return found[0], found[1]

    def settle(self) -> None:
        """Bring what is committed out of the write-ahead log into the file, and cut the log to nothing."""
        self._all("PRAGMA wal_checkpoint(TRUNCATE)", ())

    def newest_state(self) -> bytes | None:
        """The stored bytes of the newest event, None in an empty log. Read inside the write lock."""
        found = self._all("SELECT state FROM stored_events ORDER BY rowid DESC LIMIT 1", ())
        return found[0][0] if found else None

    def newest_versions(self, names: Sequence[str]) -> dict[str, int]:
        """The version of the newest event of each of the streams that has any."""
        found: dict[str, int] = {}
        for start in range(0, len(names), MOST_NAMES):
            some = names[start : start + MOST_NAMES]
            marks = ",".join("?" * len(some))
            found |= self._all(
                "SELECT originator_id, MAX(originator_version) FROM stored_events"
                f" WHERE originator_id IN ({marks}) GROUP BY originator_id",
                some,
            )
        return found

    def streams(self, prefix: str) -> list[str]:
        """The names of all streams that start with `prefix`, which ends in a slash."""
        return [
            row[0]
            for row in self._all(
                "SELECT originator_id FROM stored_events WHERE originator_id >= ? AND originator_id < ?"
                " AND originator_version = 1 ORDER BY originator_id",
                (prefix, prefix[:-1] + "0"),
            )
        ]

    def rows(self, where: str, params: Sequence[Any], order: str) -> Iterator[tuple[Any, ...]]:
        """Stored rows, as plain as SQLite gives them: for reading many at once."""
        with self._reading() as cursor:
            cursor.row_factory = None
            yield from cursor.execute(f"SELECT * FROM stored_events WHERE {where} ORDER BY {order}", params)

    def _all(self, statement: str, params: Sequence[Any]) -> list[Any]:
        if self.is_writing:
            return self._writer.sqlite_cursor.execute(statement, params).fetchall()
        with self._reading() as cursor:
            return cursor.execute(statement, params).fetchall()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Cursor]:
        """A cursor to read with; inside `writing`, of the connection that writes."""
        if self.is_writing:
            yield self._writer.sqlite_cursor.connection.cursor()
        else:
            with self.datastore.get_connection(commit=False) as connection:
                yield connection.cursor().sqlite_cursor
