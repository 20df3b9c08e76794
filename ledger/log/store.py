"""The protocol of a database for the log, and the table of the available databases.

A `Store` is one open ledger database. It knows streams by their names (`talks/party/us`) and events as stored bytes; it
does not know the rules of negotiations and takes no SQL. The SQLite store is in `ledger.log.sqlite`, and the one on a
PostgreSQL server in `ledger.log.postgres`, where the path of a ledger is that of its desk on this machine
(`ledger.base.desks`). Another database needs a module like theirs (`StoreModule`), a line in `STORES`, and must pass
`tests/ledger/log/store_suite.py`.

The refusals of a store are in `ledger.log.errors`. This module imports nothing heavy, because every question asks a
store for its head.
"""

from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from ledger.log.errors import NoPostgres

if TYPE_CHECKING:
    from eventsourcing.persistence import StoredEvent

# The end of a ledger's path, and the module of its store; the first match is used.
STORES = ((".desk", "ledger.log.postgres.store"), ("", "ledger.log.sqlite.store"))


class Stored(NamedTuple):
    """A stored event; `type` is its stored name with the version of its form."""

    position: int
    stream: str
    version: int
    type: str
    state: bytes


class Head(NamedTuple):
    """The ledger's identity and the position of its newest event (0 if there is none).

    seal: words that change whenever the database changes; the first word changes whenever its schema changes.
    """

    ledger_id: str
    position: int
    seal: str


class KeptPart(Protocol):
    """The part of a log at or below a level, which a server keeps for readers as a log of its own.

    Its events have positions and versions without gaps.
    """

    @property
    def rank(self) -> int:
        """The rank of the level."""

    @property
    def upto(self) -> int:
        """The position of the whole log up to which the part was written."""

    def position(self) -> int:
        """The position of its newest event."""

    def newest_versions(self, streams: Sequence[str]) -> dict[str, int]:
        """The version of the newest event of each of these streams in the part, without those that have none."""

    def write(self, rows: Iterable[Stored], upto: int, *, again: bool) -> None:
        """Append events to the part, or write all of it again, inside `writing`."""


class Store(Protocol):
    """One open database of a log, for one caller at a time: two threads must not use it at once.

    Iterators must be exhausted or dropped before `writing` begins.
    """

    @property
    def path(self) -> Path:
        """The path under which the store was opened."""

    @property
    def name(self) -> str:
        """The name of the ledger in sentences: its path, or its address without a password."""

    @property
    def is_writing(self) -> bool:
        """Whether this store holds the write lock."""

    def close(self) -> None:
        """Close the database; a closed store must not be used again."""

    # Which database this is.

    def head(self) -> Head:
        """The head of the log."""

    def checked_head(self) -> Head:
        """The head of the log; refused as by `refuse_if_cut`."""

    def refuse_if_cut(self) -> None:
        """Refuse a log that has lost the newest event that it acknowledged, if that can be determined."""

    def acknowledged(self) -> tuple[int, bytes] | None:
        """The position and the root of the tree that was acknowledged last; None if none is known."""

    def accept(self) -> None:
        """Note the present newest event as the newest acknowledged one."""

    def position(self) -> int:
        """The position of the newest event; 0 in an empty log. A watcher polls it for new events."""

    def wait(self, position: int, seconds: float) -> bool:
        """Wait until there are events after a position, at most some seconds; return whether there are any."""

    def is_in_place(self) -> bool:
        """Whether the database at this path is still the one that was opened."""

    def is_as_recognised(self) -> bool:
        """Whether the database still has the schema that it had when it was opened."""

    # Reading. Events come in the order of recording, or within streams in the order of versions.

    def events(self, after: int = 0, upto: int | None = None) -> Generator[Stored, None, None]:
        """The events after one position, up to another, in the order of recording."""

    def events_of(self, stream: str) -> Iterator[Stored]:
        """The events of one stream, oldest first."""

    def events_under(self, name: str, upto: int | None = None) -> Iterator[Stored]:
        """The events of every stream under a name (`talks`, `talks/party`), stream by stream, up to a position."""

    def streams_under(self, name: str) -> list[str]:
        """The names of the streams under a name, in alphabetical order."""

    def negotiations(self) -> list[str]:
        """The first part of every stream's name, in alphabetical order."""

    def newest_versions(self, streams: Sequence[str]) -> dict[str, int]:
        """The version of the newest event of each of these streams, without those that have no events."""

    def newest(self) -> Stored | None:
        """The newest event; None in an empty log."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Read one snapshot inside this block, while others continue to write."""

    # Writing.

    def writing(self, expected: Sequence[str] = ()) -> AbstractContextManager[None]:
        """Hold the write lock; the writes inside are committed together at the end, or not at all.

        A waiting process uses `ledger.base.locking`, and is refused after the limit. `expected` are streams whose
        newest versions will probably be asked for: a server returns them with the lock.
        """

    def changed_streams(self) -> Collection[str] | None:
        """The streams to which others have written since the last call; None if anything may have changed.

        None for the first call. Call it inside `writing`, before anything is written; refused if the database is no
        longer a valid ledger.
        """

    def append(self, events: Sequence["StoredEvent"]) -> Sequence[int]:
        """Append new events, inside `writing`, and return their positions, each larger than any before."""

    def parts(self) -> Sequence[KeptPart]:
        """The parts that the database keeps for readers, inside `writing`; the most open first."""

    def keep_parts(self, levels: Sequence[str]) -> None:
        """Keep a part for the readers of each of these levels but the last, inside `writing`; refused for a file."""

    def erase(self, tombstones: Mapping[int, bytes]) -> None:
        """Replace the stored bytes at these positions with tombstones, inside `writing`, and mark the database.

        The mark stays until `unmark`, so an erasure that is interrupted before its traces are wiped is noticed.
        """

    def fill(self, ledger_id: str, events: Iterable[Stored]) -> None:
        """Copy the identity and events of another log unchanged, all or nothing; refused unless this one is empty."""

    def extend(self, events: Iterable[Stored]) -> None:
        """Append events of the same log, as it is elsewhere, unchanged; inside `writing`."""

    # Erasure's traces.

    def is_uncleaned(self) -> bool:
        """Whether the database has the mark of an unfinished erasure."""

    def wipe(self) -> bool:
        """Overwrite all erased and freed content in the files of the database; return whether that succeeded."""

    def holds(self, words: bytes) -> bool:
        """Whether the files of the database contain these bytes, even outside of events."""

    def unmark(self) -> None:
        """Remove the mark of an erasure."""

    # Upkeep.

    def settle(self) -> None:
        """Move committed events to the main file of the database, so that reading it needs no other file."""

    def damage(self) -> list[str]:
        """The faults that the database finds in its own files."""

    def copy_to(self, path: Path) -> None:
        """Write a snapshot of the ledger to a new SQLite ledger file that needs no other file."""


class StoreModule(Protocol):
    """The functions that the module of a store must have."""

    def is_there(self, path: Path) -> bool:
        """Whether there is anything at `path`."""

    def create(self, path: Path) -> None:
        """Create an empty ledger with a new identity, complete or not at all; refused if `path` exists."""

    def open_store(self, path: Path) -> Store:
        """Open a ledger; refused if it is not one."""


def is_there(path: Path) -> bool:
    """Whether there is anything at `path`: a ledger, or something else in its place."""
    return _module(path).is_there(path)


def create(path: Path) -> None:
    """Create an empty ledger with a new identity, complete or not at all; refused if `path` exists."""
    _module(path).create(path)


def open_store(path: Path) -> Store:
    """Open a ledger; refused if it is not one."""
    return _module(path).open_store(path)


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    """Open a ledger, and close it after the block."""
    store = open_store(path)
    try:
        yield store
    finally:
        store.close()


def head(path: Path) -> Head:
    """The head of a ledger's log; refused if the log has lost its newest acknowledged event."""
    with opened(path) as store:
        return store.checked_head()


def _module(path: Path) -> StoreModule:
    name = next(module for end, module in STORES if str(path).endswith(end))
    try:
        return cast("StoreModule", import_module(name))
    except ImportError as missing:
        raise NoPostgres(missing=missing) from missing
