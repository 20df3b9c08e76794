"""The log of a ledger in a PostgreSQL database: a store with one connection, whose writers take turns under one lock.

An append is durable as soon as the server has committed it. If the connection is lost while the server commits, the
store asks over a new connection whether the events are there. Reading needs only psycopg; the first append loads the
event-sourcing library's recorder.
"""

import time
import uuid
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import psycopg

from ledger.base import desks, locking
from ledger.errors import Refusal
from ledger.log import store
from ledger.log.acknowledged import AcknowledgingStore
from ledger.log.commitments import leaf_of
from ledger.log.errors import (
    AlreadyALedger,
    ConnectionLost,
    DamagedLedger,
    LedgerNotEmpty,
    NoLedgerHere,
    PerhapsRecorded,
    ReadsAPart,
    ServerAway,
)
from ledger.log.postgres import parts, schema
from ledger.log.postgres.server import Session, connected, recognise, refusal
from ledger.log.store import Head, KeptPart, Stored

if TYPE_CHECKING:
    from eventsourcing.persistence import StoredEvent

    from ledger.log.postgres.recorder import ServerRecorder

BATCH = 2_000  # events that are read at once
STEP = 0.2  # seconds from one attempt, to reconnect or to find new events, to the next
LONGEST_WAIT = 30.0  # seconds, after which a connection that was lost silently is noticed
COLUMNS = "notification_id, originator_id, originator_version, topic, state"
SELECT = f"SELECT {COLUMNS} FROM parley.stored_events"
COPY = f"COPY parley.stored_events ({COLUMNS}) FROM STDIN (FORMAT binary)"
# The seconds by which a replica may be behind its main server: 0 if it has replayed all that it receives; else NULL.
LAG = """
CASE WHEN pg_is_in_recovery() THEN
    CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() AND EXISTS (SELECT 1 FROM pg_stat_wal_receiver)
    THEN 0 ELSE coalesce(extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::float8, -1) END
END
"""
HEAD = f"""
SELECT (SELECT ledger_id FROM parley.identity), coalesce((SELECT max(notification_id) FROM parley.stored_events), 0),
    (SELECT count(*) FROM parley.erasures), pg_relation_filenode('parley.stored_events')::bigint,
    (SELECT oid::bigint FROM pg_database WHERE datname = current_database()), {LAG}
"""
# The same of the part of a reader. Its identity changes with each writing of the whole part.
HEAD_OF_PART = """
SELECT ledger_id, coalesce((SELECT max(notification_id) FROM parley.stored_events), 0), made, rank::bigint,
    (SELECT oid::bigint FROM pg_database WHERE datname = current_database()), {lag}
FROM parley.readers WHERE rank = {rank}
"""
PART = "(SELECT * FROM parley.parts WHERE rank = {rank}) AS stored_events"
# The name after all names under a negotiation begins with `0`, which follows `/`.
NEGOTIATIONS = """
WITH RECURSIVE found (name) AS (
    (SELECT split_part(originator_id, '/', 1) FROM parley.stored_events ORDER BY originator_id LIMIT 1)
    UNION ALL
    SELECT (SELECT split_part(originator_id, '/', 1) FROM parley.stored_events
            WHERE originator_id >= found.name || '0' COLLATE "C" ORDER BY originator_id LIMIT 1)
    FROM found WHERE name IS NOT NULL
)
SELECT name FROM found WHERE name IS NOT NULL
"""
NEWEST_VERSIONS = """
SELECT name, newest FROM (
    SELECT name, (SELECT originator_version FROM parley.stored_events WHERE originator_id = name
                  ORDER BY originator_version DESC LIMIT 1) AS newest
    FROM unnest(%s::text[]) AS name
) AS asked WHERE newest IS NOT NULL
"""


def open_store(path: Path) -> "PostgresStore":
    """Open a ledger on a server; refused if there is none."""
    return PostgresStore(path)


def is_there(path: Path) -> bool:
    """Whether there is a ledger at the address."""
    try:
        open_store(path).close()
    except NoLedgerHere:
        return False
    return True


def create(path: Path) -> None:
    """Create the schema and the roles of an empty ledger with a new identity, all or nothing."""
    name = desks.shown(desks.address_of(path))
    connection = connected(path)
    try:
        with connection.transaction():
            schema.create(connection, str(uuid.uuid4()))
    except psycopg.errors.DuplicateSchema as error:
        recognise(name, connection)
        raise AlreadyALedger(path=name) from error
    except psycopg.Error as error:
        raise refusal(name, error) from error
    finally:
        connection.close()
    desks.set_up(path)


class PostgresStore(AcknowledgingStore):
    """The open log of one ledger on a server. The server's errors become refusals."""

    errors = (OSError, Refusal, psycopg.Error)
    most_to_read = 5_000

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.is_writing = False
        self._session = Session(path)
        self._recorder: ServerRecorder | None = None
        self._position = 0  # of the newest event, under the lock
        self._erasures = 0
        self._seen: tuple[int, int] | None = None  # the newest position and the number of erasures
        self._has_parts = False  # under the lock

    @property
    def name(self) -> str:
        return self._session.name

    def close(self) -> None:
        self._session.close()
        self._acknowledged.close()

    # Identity.

    def head(self) -> Head:
        of = self._session.clearance
        found = self._rows(HEAD_OF_PART.format(rank=of.rank, lag=LAG) if of else HEAD)
        ((ledger_id, position, erasures, file, database, lag),) = found
        if lag is not None:
            desks.say(f"A replica of the server answers, as of position {position}{_behind(lag)}.")
        if ledger_id is None:
            raise DamagedLedger(path=self.name, why="it has no identity")
        return Head(ledger_id, position, f"{erasures} {database} {file} {position}")

    def position(self) -> int:
        position: int = self._rows("SELECT coalesce(max(notification_id), 0) FROM parley.stored_events")[0][0]
        return position

    def wait(self, position: int, seconds: float) -> bool:
        """The server notifies of new events; a replica cannot, so it is asked from time to time."""
        until = time.monotonic() + seconds
        with self._session.refusing(), self._session.listening() as listens:
            while self.position() <= position:
                left = until - time.monotonic()
                if left <= 0:
                    return False
                if listens:
                    list(self._session.connection.notifies(timeout=min(left, LONGEST_WAIT), stop_after=1))
                else:
                    time.sleep(min(left, STEP))
        return True

    def is_in_place(self) -> bool:
        return not self._session.connection.closed

    def is_as_recognised(self) -> bool:
        try:
            return bool(self._session.rows("SELECT 1 FROM parley.identity"))
        except Refusal:
            return False

    # Reading.

    def events(self, after: int = 0, upto: int | None = None) -> Generator[Stored, None, None]:
        statement = (
            f"{SELECT} WHERE notification_id > %s AND notification_id <= %s ORDER BY notification_id LIMIT {BATCH}"
        )
        last = self.position() if upto is None else upto
        while after < last:
            batch = self._rows(statement, after, last)
            yield from map(Stored._make, batch)
            if len(batch) < BATCH:
                return
            after = batch[-1][0]

    def events_of(self, stream: str) -> Iterator[Stored]:
        return self._in_order("originator_id = %s", stream)

    def events_under(self, name: str, upto: int | None = None) -> Iterator[Stored]:
        last = self.position() if upto is None else upto
        return self._in_order(
            "originator_id >= %s AND originator_id < %s AND notification_id <= %s", f"{name}/", f"{name}0", last
        )

    def streams_under(self, name: str) -> list[str]:
        statement = (
            "SELECT originator_id FROM parley.stored_events WHERE originator_id >= %s AND originator_id < %s"
            " AND originator_version = 1 ORDER BY originator_id"
        )
        return [row[0] for row in self._rows(statement, f"{name}/", f"{name}0")]

    def negotiations(self) -> list[str]:
        return sorted(row[0] for row in self._rows(NEGOTIATIONS))

    def newest_versions(self, streams: Sequence[str]) -> dict[str, int]:
        return dict(self._rows(NEWEST_VERSIONS, [*streams])) if streams else {}

    def newest(self) -> Stored | None:
        return next(map(Stored._make, self._rows(f"{SELECT} ORDER BY notification_id DESC LIMIT 1")), None)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        with self._session.block("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"):
            yield

    # Writing.

    @contextmanager
    def writing(self) -> Iterator[None]:
        if of := self._session.clearance:
            raise ReadsAPart(path=self.name, level=of.level)
        with self._session.refusing():
            self._position, self._erasures, self._has_parts = self._session.lock()
            self.is_writing = True
            try:
                yield
                self._commit()
                self._acknowledge()
            finally:
                self._session.roll_back()
                self.is_writing = False
                self._appended.clear()

    def has_changed(self) -> bool:
        if self._seen == (self._position, self._erasures):
            return False
        recognise(self.name, self._session.connection)
        self._ledger_id = ""  # another log may have been restored into it
        self._seen = self._position, self._erasures
        return True

    def append(self, events: "Sequence[StoredEvent]") -> Sequence[int]:
        assert self.is_writing
        if self._recorder is None:
            from ledger.log.postgres.recorder import ServerRecorder

            self._recorder = ServerRecorder(lambda: self._session.connection)
        positions = self._recorder.insert_events(events, after=self._position)
        self._position += len(positions)
        self._note(positions, events)
        return [*positions]

    def parts(self) -> Sequence[KeptPart]:
        return parts.kept(self._session.rows) if self._has_parts else ()

    def keep_parts(self, levels: Sequence[str]) -> None:
        assert self.is_writing
        if not self._has_parts:
            schema.add_parts(self._session.connection, levels)
            self._has_parts = True
            self._seen = None

    def erase(self, tombstones: Mapping[int, bytes]) -> None:
        assert self.is_writing
        left = dict(self._session.rows("SELECT * FROM parley.erase(%s::bigint[])", [*tombstones]))
        if left != tombstones:  # the server makes them of its own bytes
            raise DamagedLedger(path=self.name, why="the commitments of erased events are not those of their bytes")
        self._seen = None

    def fill(self, ledger_id: str, events: Iterable[Stored]) -> None:
        with self.writing():
            if self._position:
                raise LedgerNotEmpty(path=self.name)
            self._session.rows("UPDATE parley.identity SET ledger_id = %s RETURNING 1", ledger_id)
            self._session.run("ALTER TABLE parley.stored_events DISABLE TRIGGER events_are_appended")
            self.extend(events)
            self._session.run("ALTER TABLE parley.stored_events ENABLE TRIGGER events_are_appended")

    def extend(self, events: Iterable[Stored]) -> None:
        assert self.is_writing
        with self._session.connection.cursor() as cursor, cursor.copy(COPY) as copy:
            copy.set_types(["int8", "text", "int8", "text", "bytea"])
            for row in events:
                copy.write_row(row)
        self._seen = None

    # Erasure's traces.

    def is_uncleaned(self) -> bool:
        return bool(self._session.rows("SELECT 1 FROM parley.erasures WHERE NOT cleaned LIMIT 1"))

    def wipe(self) -> bool:
        """Write the table again without what was erased. The server's write-ahead log and replicas are out of reach."""
        self._session.rows("SELECT parley.rewrite()")
        if self._session.rows("SELECT 1 WHERE to_regclass('parley.parts') IS NOT NULL"):
            self._session.rows("SELECT parley.rewrite_parts()")
        return True

    def holds(self, words: bytes) -> bool:
        """Whether the log contains these bytes: nobody can search the server's files over a connection."""
        statement = "SELECT 1 FROM parley.stored_events WHERE position(%s IN state) > 0 OR position(%s IN"
        return bool(self._session.rows(f"{statement} convert_to(originator_id, 'UTF8')) > 0 LIMIT 1", words, words))

    def unmark(self) -> None:
        self._session.rows("UPDATE parley.erasures SET cleaned = true WHERE NOT cleaned RETURNING 1")

    # Upkeep.

    def settle(self) -> None:
        """Do nothing: the server looks after its files."""

    def damage(self) -> list[str]:
        statement = "SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()"
        failures = self._session.rows(statement)[0][0] or 0
        return [f"the server has found {failures} pages with a wrong checksum"] if failures else []

    def copy_to(self, path: Path) -> None:
        with TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
            draft = Path(folder) / "copy.db"
            store.create(draft)
            with self.snapshot(), store.opened(draft) as copy:
                copy.fill(self._identity(), self.events())
                copy.copy_to(path)

    # Inside.

    def _rows(self, statement: str, *params: Any) -> list[Any]:
        """The rows of a statement about the log, which is only a part of it for a reader."""
        of = self._session.clearance
        log = "parley.stored_events" if of is None else PART.format(rank=of.rank)
        return self._session.rows(statement.replace("parley.stored_events", log), *params)

    def _commit(self) -> None:
        """Commit; if the connection is lost meanwhile, find out whether the server has committed."""
        try:
            self._session.connection.execute("COMMIT")
            self._session.in_block = False
        except psycopg.OperationalError:
            if not self._session.connection.closed:
                raise
            if not self._is_committed():
                raise ConnectionLost(path=self.name) from None
        self._seen = self._seen and (self._position, self._erasures)

    def _is_committed(self) -> bool:
        """Whether the newest event of a commit without an answer is in the log; refused if nobody can tell."""
        self._session.in_block = False
        started = time.monotonic()
        while self._appended:
            with suppress(ServerAway, ConnectionLost):
                self._session.reconnect()
                self._session.lock()  # after the earlier connection's transaction has ended
                position, leaf = self._appended[-1]
                row = next(self.events(position - 1, position), None)
                return row is not None and leaf_of(row) == leaf
            if time.monotonic() - started > locking.limit():
                break
            time.sleep(STEP)
        raise PerhapsRecorded(path=self.name)

    def _identity(self) -> str:
        return self.head().ledger_id

    def _in_order(self, which: str, *params: Any) -> Iterator[Stored]:
        """Events by stream and version, in batches."""
        order = f"ORDER BY originator_id, originator_version LIMIT {BATCH}"
        after: tuple[Any, ...] = ()
        while True:
            more = "AND (originator_id, originator_version) > (%s, %s)" if after else ""
            batch = self._rows(f"{SELECT} WHERE {which} {more} {order}", *params, *after)
            yield from map(Stored._make, batch)
            if len(batch) < BATCH:
                return
            after = batch[-1][1], batch[-1][2]


def _behind(lag: float) -> str:
    """How far a replica is behind, for a sentence; "" if it has all that it can know of."""
    if lag < 0:
        return "; it does not know how far it is behind"
    return f"; the newest change that it has is {lag:.0f} s old" if lag else ""
