"""The log of a ledger in a PostgreSQL database: a store with one connection, whose writers take turns under one lock.

An append is durable as soon as the server has committed it. If the connection is lost while the server commits, the
store asks over a new connection whether the events are there. Reading needs only psycopg; the first append loads the
event-sourcing library's recorder.
"""

import time
import uuid
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
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
from ledger.log.merkle import Frontier
from ledger.log.postgres import parts, schema
from ledger.log.postgres.lock import Locked, SeenLog
from ledger.log.postgres.server import STEP, Session, connected, keep_idle, recognise, refusal
from ledger.log.postgres.statements import COPY, NEGOTIATIONS, NEWEST_VERSIONS, SELECT, behind, head_of, part_of
from ledger.log.store import Head, KeptPart, Stored

if TYPE_CHECKING:
    from eventsourcing.persistence import StoredEvent

    from ledger.log.postgres.recorder import ServerRecorder

BATCH = 2_000  # events that are read at once
FEW = 20  # events that are sent with the commit
SMALL = 50_000  # bytes of their states


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
    with ExitStack() as on_failure:
        on_failure.callback(connection.close)
        try:
            with connection.transaction():
                schema.create(connection, str(uuid.uuid4()))
        except psycopg.errors.DuplicateSchema as error:
            recognise(name, connection)
            raise AlreadyALedger(path=name) from error
        except psycopg.Error as error:
            raise refusal(name, error) from error
        on_failure.pop_all()
    keep_idle(path, connection)
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
        self._unsent: list[StoredEvent] = []  # the events that go to the server with the commit
        self._seen: SeenLog | None = None
        self._locked: Locked | None = None  # under the lock
        self._position = 0  # of the newest event, under the lock
        self._expected: frozenset[str] = frozenset()  # streams whose newest versions came with the lock

    @property
    def name(self) -> str:
        return self._session.name

    @property
    def _open(self) -> Session:
        """The session, at a server that has all events which were appended."""
        self._send()
        return self._session

    def close(self) -> None:
        self._session.close()
        self._acknowledged.close()

    # Identity.

    def head(self) -> Head:
        return self._head_and_leaf(0)[0]

    def checked_head(self) -> Head:
        known = self._acknowledged.noted()
        head, leaf = self._head_and_leaf(known.position if known is not None else 0)
        if known is not None and known.ledger_id == head.ledger_id:
            self._refuse_unless(known, leaf)
        return head

    def refuse_if_cut(self) -> None:
        self.checked_head()

    def _head_and_leaf(self, place: int) -> tuple[Head, bytes | None]:
        """The head, and the leaf of the event at a position."""
        of = self._session.clearance
        ((ledger_id, position, erasures, file, database, lag, leaf),) = self._rows(head_of(of and of.rank), place)
        if lag is not None:
            desks.say(f"A replica of the server answers, as of position {position}{behind(lag)}.")
        if ledger_id is None:
            raise DamagedLedger(path=self.name, why="it has no identity")
        return Head(ledger_id, position, f"{erasures} {database} {file} {position}"), leaf

    def position(self) -> int:
        if self.is_writing:
            return self._position
        position: int = self._rows("SELECT coalesce(max(notification_id), 0) FROM parley.stored_events")[0][0]
        return position

    def wait(self, position: int, seconds: float) -> bool:
        return self._session.wait(lambda: self.position() > position, seconds)

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
        if self._expected.issuperset(streams):
            known = self._locked.versions if self._locked is not None else {}
            return {name: known[name] for name in streams if name in known}
        return dict(self._rows(NEWEST_VERSIONS.format("%s"), [*streams]))

    def newest(self) -> Stored | None:
        if self._locked is not None and not self._appended and (found := self._locked.newest):
            return found
        return next(map(Stored._make, self._rows(f"{SELECT} ORDER BY notification_id DESC LIMIT 1")), None)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        with self._session.block("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"):
            yield

    # Writing.

    @contextmanager
    def writing(self, expected: Sequence[str] = ()) -> Iterator[None]:
        if of := self._session.clearance:
            raise ReadsAPart(path=self.name, level=of.level)
        with self._session.refusing():
            self._locked = self._session.lock(self._seen, expected)
            self._position = self._locked.position
            self._expected = frozenset(expected)
            self.is_writing = True
            try:
                yield
                self._commit()
                self._acknowledge()
            finally:
                self._session.roll_back()
                self.is_writing = False
                self._locked, self._expected, self._unsent = None, frozenset(), []
                self._appended.clear()

    def changed_streams(self) -> Collection[str] | None:
        found, connection = self._locked, self._session.connection
        assert found is not None
        news = self._seen.news(found, connection) if self._seen is not None else None
        if news is None:
            recognise(self.name, connection)
            self._ledger_id, self._frontier = "", Frontier()  # another log may have been restored into it
            self._seen = None
        for one in news or ():
            if self._frontier.size == one.position - 1:
                self._frontier.append(one.leaf)
        if self._seen is None or news:
            self._seen = found.seen(connection, self._seen)
        return None if news is None else {one.stream for one in news}

    def append(self, events: "Sequence[StoredEvent]") -> Sequence[int]:
        """Append events: a few are sent with the commit, unless another question comes first."""
        assert self.is_writing
        positions = range(self._position + 1, self._position + len(events) + 1)
        self._unsent += events
        self._expected = frozenset()
        self._note(positions, events)
        if len(self._unsent) > FEW or sum(len(one.state) for one in self._unsent) > SMALL:
            self._send()
        self._position += len(events)
        return [*positions]

    def _send(self) -> None:
        """Send the events that were appended."""
        events, self._unsent = self._unsent, []
        if events:
            self._inserting().insert_events(events, after=self._appended[-1][0] - len(events))

    def _inserting(self) -> "ServerRecorder":
        if self._recorder is None:
            from ledger.log.postgres.recorder import ServerRecorder

            self._recorder = ServerRecorder(lambda: self._session.connection)
        return self._recorder

    def parts(self) -> Sequence[KeptPart]:
        return parts.kept(self._open.rows) if self._locked is not None and self._locked.has_parts else ()

    def keep_parts(self, levels: Sequence[str]) -> None:
        assert self._locked is not None
        if not self._locked.has_parts:
            schema.add_parts(self._open.connection, levels)
            self._session.forget_prepared()
            self._locked, self._seen = self._locked._replace(has_parts=True), None

    def erase(self, tombstones: Mapping[int, bytes]) -> None:
        assert self._locked is not None
        left = dict(self._open.rows("SELECT * FROM parley.erase(%s::bigint[])", [*tombstones]))
        if left != tombstones:  # the server makes them of its own bytes
            raise DamagedLedger(path=self.name, why="the commitments of erased events are not those of their bytes")
        self._locked, self._seen = self._locked._replace(state=None), None

    def fill(self, ledger_id: str, events: Iterable[Stored]) -> None:
        with self.writing():
            if self._position:
                raise LedgerNotEmpty(path=self.name)
            self._open.rows("UPDATE parley.identity SET ledger_id = %s RETURNING 1", ledger_id)
            self._open.run("ALTER TABLE parley.stored_events DISABLE TRIGGER events_are_appended")
            self.extend(events)
            self._open.run("ALTER TABLE parley.stored_events ENABLE TRIGGER events_are_appended")
            self._session.forget_prepared()

    def extend(self, events: Iterable[Stored]) -> None:
        assert self.is_writing
        with self._open.connection.cursor() as cursor, cursor.copy(COPY) as copy:
            copy.set_types(["int8", "text", "int8", "text", "bytea"])
            for row in events:
                copy.write_row(row)
                self._position = row.position
        self._seen = None

    # Erasure's traces.

    def is_uncleaned(self) -> bool:
        return bool(self._open.rows("SELECT 1 FROM parley.erasures WHERE NOT cleaned LIMIT 1"))

    def wipe(self) -> bool:
        """Write the table again without the erased content. The server's log and replicas are out of reach."""
        self._open.rows("SELECT parley.rewrite()")
        if self._open.rows("SELECT 1 WHERE to_regclass('parley.parts') IS NOT NULL"):
            self._open.rows("SELECT parley.rewrite_parts()")
        return True

    def holds(self, words: bytes) -> bool:
        """Whether the log contains these bytes: nobody can search the server's files over a connection."""
        statement = "SELECT 1 FROM parley.stored_events WHERE position(%s IN state) > 0 OR position(%s IN"
        return bool(self._open.rows(f"{statement} convert_to(originator_id, 'UTF8')) > 0 LIMIT 1", words, words))

    def unmark(self) -> None:
        self._open.rows("UPDATE parley.erasures SET cleaned = true WHERE NOT cleaned RETURNING 1")

    # Upkeep.

    def settle(self) -> None:
        """Do nothing: the server looks after its files."""

    def damage(self) -> list[str]:
        statement = "SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()"
        failures = self._open.rows(statement)[0][0] or 0
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
        log = "parley.stored_events" if of is None else part_of(of.rank)
        return self._open.rows(statement.replace("parley.stored_events", log), *params)

    def _commit(self) -> None:
        """Commit; if the connection is lost meanwhile, find out whether the server has committed."""
        try:
            if not self._session.is_prepared:
                self._send()
            unsent, self._unsent = self._unsent, []  # never sent over another connection
            insert = self._inserting().statement(unsent, self._position - len(unsent)) + "; " if unsent else ""
            self._session.connection.execute(f"{insert}COMMIT")
            self._session.in_block = False
        except psycopg.OperationalError:
            if not self._session.connection.closed:
                raise
            if not self._is_committed():
                raise ConnectionLost(path=self.name) from None
        if self._seen is not None and self._appended and self._appended[0][0] == self._seen.position + 1:
            position, leaf = self._appended[-1]
            self._seen = self._seen._replace(position=position, leaf=leaf)

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
