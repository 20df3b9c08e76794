"""The connection of one store to its PostgreSQL server, and the meaning of the server's errors.

A connection that is no longer needed stays open for the next store of the same ledger, because connecting costs more
than a question. The schema is compared when a connection is made.
"""

import atexit
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

import psycopg
from psycopg import Connection, errors

from ledger.base import desks, locking, now
from ledger.errors import Refusal
from ledger.log.errors import (
    AlreadyALedger,
    ConnectionLost,
    ForeignSchema,
    LedgerBusy,
    LedgerFromTheFuture,
    NoDatabase,
    NoLedgerHere,
    NotPermitted,
    ReadOnlyServer,
    ServerAway,
    ServerError,
    ServerRefuses,
    ServerTooOld,
)
from ledger.log.postgres import lock, parts, schema

LEAST_VERSION = 15
AWAY = 3.0  # seconds for which a server that could not be reached is not tried again
STEP = 0.2  # seconds from one attempt, to reconnect or to find new events, to the next
LONGEST_WAIT = 30.0  # seconds, after which a connection that was lost silently is noticed
MOST_IDLE = 4  # connections of one ledger that stay open for later
SETTINGS = {"connect_timeout": 10, "application_name": "parley", "tcp_user_timeout": 30_000, "client_encoding": "UTF8"}
REFUSED = ("authentication failed", "no password supplied", "pg_hba.conf", 'role "', "definition of service",
           "service file", "connection is bad: invalid", "permission denied for database")  # fmt: skip

_away: dict[str, tuple[float, ServerAway]] = {}  # when an address was tried in vain, and the refusal
_clearances: "WeakKeyDictionary[Connection[Any], parts.Clearance | None]" = WeakKeyDictionary()
_prepared: "WeakSet[Connection[Any]]" = WeakSet()
_idle: dict[str, list["Connection[Any]"]] = defaultdict(list)  # by the address, with its password


class Session:
    """An open connection to the database of the ledger whose path here is `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.address = desks.address_of(path)
        self.name = desks.shown(self.address)
        tried, refused = _away.get(self.address, (0.0, None))
        if refused is not None and time.monotonic() - tried < AWAY:
            raise refused
        try:
            self.connection = _taken(self.address) or self._connected()
        except ServerAway as refusal:
            _away[self.address] = time.monotonic(), refusal
            raise
        _away.pop(self.address, None)

    @property
    def clearance(self) -> parts.Clearance | None:
        """The part of the log that this user may read; None if that is the whole log."""
        return _clearances.get(self.connection)

    def rows(self, statement: str, *params: Any) -> list[Any]:
        """The rows of a statement. Outside of a transaction, a lost connection is made again, once."""
        with self.refusing():
            try:
                return list(self.connection.execute(statement, params, binary=True))
            except psycopg.OperationalError:
                if not self.connection.closed or self.in_block:
                    raise
                self.reconnect()
                return list(self.connection.execute(statement, params, binary=True))

    in_block = False  # whether a transaction was begun

    @contextmanager
    def block(self, begin: str) -> Iterator[None]:
        """A transaction that is rolled back at the end, unless it was committed."""
        with self.refusing():
            self.run(begin)
            self.in_block = True
            try:
                yield
            finally:
                self.in_block = False
                self.roll_back()

    def run(self, statement: str) -> "psycopg.Cursor[Any]":
        """Execute statements without parameters. Outside of a transaction, a lost connection is made again, once."""
        try:
            return self.connection.execute(statement)
        except psycopg.OperationalError:
            if not self.connection.closed or self.in_block:
                raise
            self.reconnect()
            return self.connection.execute(statement)

    def lock(self, seen: lock.SeenLog | None = None, expected: Sequence[str] = ()) -> lock.Locked:
        """Begin a transaction with the lock of all writers; return what is new to this desk.

        `expected` are streams whose newest versions are returned, too. It waits as long as `locking` says, and tells
        the user.
        """
        started = time.monotonic()
        told = False
        while True:
            left = max(locking.limit() - (time.monotonic() - started), 0.001)
            try:
                if not self.is_prepared:
                    with suppress(errors.DuplicatePreparedStatement):  # psycopg had nothing to deallocate
                        self.run(lock.PREPARED)
                    _prepared.add(self.connection)
                found = self.run(lock.statement(self.connection, min(left, locking.SILENCE), seen, expected))
                self.in_block = True
                return lock.answer(found)
            except errors.InvalidSqlStatementName:  # of another connection, made instead of a lost one
                self.roll_back()
                continue
            except errors.LockNotAvailable as error:
                self.roll_back()
                if time.monotonic() - started >= locking.limit():
                    raise LedgerBusy(path=self.name, seconds=locking.limit()) from error
            if not told:
                told = True
                locking.tell(locking.LOG)

    def wait(self, is_new: Callable[[], bool], seconds: float) -> bool:
        """Wait until something is new, at most some seconds; return whether it is.

        The server notifies of new events. A replica cannot, so it is asked from time to time.
        """
        until = time.monotonic() + seconds
        with self.refusing(), self.listening() as listens:
            while not is_new():
                left = until - time.monotonic()
                if left <= 0:
                    return False
                if listens:
                    list(self.connection.notifies(timeout=min(left, LONGEST_WAIT), stop_after=1))
                else:
                    time.sleep(min(left, STEP))
        return True

    def roll_back(self) -> None:
        """End the transaction, if there is one; the server does so itself if the connection is lost."""
        self.in_block = False
        if self.connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
            self.forget_prepared()
            with suppress(psycopg.Error):
                self.connection.execute("ROLLBACK")

    @property
    def is_prepared(self) -> bool:
        """Whether this connection has the prepared statements of a writer."""
        return self.connection in _prepared

    def forget_prepared(self) -> None:
        """Psycopg deallocates every prepared statement after ROLLBACK, ALTER or DROP."""
        _prepared.discard(self.connection)

    def reconnect(self) -> None:
        """Replace a lost connection with a new one."""
        self.connection.close()
        self.connection = self._connected()

    def close(self) -> None:
        """Keep the connection for the next store, or close it."""
        if self.in_block:
            self.connection.close()
        keep_idle(self.path, self.connection)

    @contextmanager
    def listening(self) -> Iterator[bool]:
        """Listen to the server's notifications, if it sends any: whether it does."""
        try:
            self.run(f"LISTEN {schema.CHANNEL}")
        except (errors.ReadOnlySqlTransaction, errors.FeatureNotSupported, errors.ObjectNotInPrerequisiteState):
            yield False
            return
        try:
            yield True
        finally:
            with suppress(psycopg.Error):
                self.connection.execute("UNLISTEN *")

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Turn the server's errors into refusals."""
        try:
            yield
        except psycopg.Error as error:
            raise refusal(self.name, error) from error

    def _connected(self) -> "Connection[Any]":
        connection = connected(self.path)
        try:
            with self.refusing():
                recognise(self.name, connection)
                _clearances[connection] = parts.clearance(connection)
                ((server_clock,),) = connection.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
        except BaseException:
            connection.close()
            raise
        desks.set_up(self.path)
        if warning := now.apart(server_clock):
            desks.say(warning)
        return connection


def connected(path: Path) -> "Connection[Any]":
    """A new connection to the database of the ledger at `path`, which need not have a log yet."""
    address = desks.address_of(path)
    name = desks.shown(address)
    try:
        settings: dict[str, Any] = {key: value for key, value in SETTINGS.items() if key not in address}
        connection = psycopg.connect(address, autocommit=True, **settings)
    except psycopg.ProgrammingError as error:  # the address itself; libpq's message may repeat a part of it
        raise ServerRefuses(path=name, why="the address has a part that is not known") from error
    except psycopg.OperationalError as error:
        raise _not_connected(name, error) from error
    version = connection.info.server_version // 10_000
    if version < LEAST_VERSION:
        connection.close()
        raise ServerTooOld(path=name, version=version, least=LEAST_VERSION)
    return connection


def recognise(name: str, connection: "Connection[Any]") -> None:
    """Refuse the database unless it has a log of a known format, with exactly Parley's schema."""
    there = connection.execute(  # names in what the server describes depend on its path
        "SELECT to_regclass('parley.identity') IS NOT NULL, to_regnamespace('parley'),"
        " set_config('search_path', 'pg_catalog, pg_temp', false)"
    ).fetchone()
    if there is None or there[1] is None:
        raise NoLedgerHere(path=name)
    if not there[0]:
        raise ForeignSchema(path=name, what="it has a schema 'parley' that is not a log")
    found = connection.execute("SELECT format FROM parley.identity").fetchone()
    if found is not None and found[0] > schema.FORMAT:
        raise LedgerFromTheFuture(path=name, version=found[0], known=schema.FORMAT)
    if what := schema.differences(row[0] for row in connection.execute(schema.OBJECTS)):
        raise ForeignSchema(path=name, what=what)


def refusal(name: str, error: psycopg.Error) -> Refusal:
    """The refusal for an error of the server of the ledger with this name."""
    why = _first_line(error)
    if isinstance(error, errors.LockNotAvailable):
        return LedgerBusy(path=name, seconds=locking.limit())
    if isinstance(error, errors.ReadOnlySqlTransaction):
        return ReadOnlyServer(path=name)
    if isinstance(error, errors.InsufficientPrivilege):
        return NotPermitted(user="this user", what=f"do this ({why}). Ask the owner of the ledger for the role.")
    if isinstance(error, errors.DuplicateSchema):
        return AlreadyALedger(path=name)
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return ConnectionLost(path=name)
    return ServerError(path=name, why=why)


def _not_connected(name: str, error: psycopg.Error) -> Refusal:
    why = _first_line(error)
    if "database" in why and "does not exist" in why:
        return NoDatabase(path=name, why=why)
    if any(sign in why for sign in REFUSED):
        return ServerRefuses(path=name, why=why)
    return ServerAway(path=name, why=why)


def _first_line(error: psycopg.Error) -> str:
    """The server's message in one line, without the address."""
    said = error.diag.message_primary or next(iter(str(error).strip().splitlines()), "") or type(error).__name__
    return said.rpartition("FATAL:")[2].strip().rstrip(".")


def _taken(address: str) -> "Connection[Any] | None":
    """An idle connection to an address; one that was lost meanwhile is found out when it is used."""
    while _idle[address]:
        with suppress(IndexError):
            connection = _idle[address].pop()
            if not connection.closed:
                return connection
    return None


def keep_idle(path: Path, connection: "Connection[Any]") -> None:
    """Keep a connection for the next store of the ledger at `path`, or close it if there are enough."""
    idle = _idle[desks.address_of(path)]
    if connection.closed or len(idle) >= MOST_IDLE:
        connection.close()
    else:
        idle.append(connection)


def close_idle() -> None:
    """Close the connections that nobody uses."""
    for idle in _idle.values():
        while idle:
            idle.pop().close()


atexit.register(close_idle)
if hasattr(os, "register_at_fork"):  # a child must not use the connections of its parent
    os.register_at_fork(before=close_idle)
