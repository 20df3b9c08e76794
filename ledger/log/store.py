"""The protocol of a database of the log, in named questions, and the table that says which database has which ledger.

A `Store` is one open ledger database. It knows streams by their names (`talks/party/us`) and events as stored bytes; it
knows nothing of negotiations' rules and takes no SQL. The SQLite store is in `ledger.log.sqlite`; another database
needs a module with `create` and `open_store`, a line in `STORES`, and must pass `tests/ledger/log/store_suite.py`.

A store refuses what it cannot do, with the sentences of `ledger.log.errors`. Nothing heavy is imported, since every
question asks a store for its head.
"""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from eventsourcing.persistence import StoredEvent

# The start of a ledger's name, and the module of its store; the first that fits is used.
STORES = (("", "ledger.log.sqlite.store"),)


class Stored(NamedTuple):
    """An event as it is stored; `type` is its stored name with the version of its form."""

    position: int
    stream: str
    version: int
    type: str
    state: bytes


class Head(NamedTuple):
    """The ledger's identity and the position of its newest event (0 when there is none).

    seal: words that change whenever the database does; the first of them changes whenever its schema does.
    """

    ledger_id: str
    position: int
    seal: str


class Store(Protocol):
    """One open database of a log, for one caller at a time: two threads do not use it at once.

    What is read lazily is read to its end, or dropped, before `writing` begins.
    """

    @property
    def path(self) -> Path:
        """The name that the store was opened by."""

    @property
    def is_writing(self) -> bool:
        """Whether this store holds the write lock."""

    def close(self) -> None:
        """Close the database; a closed store is not used again."""

    # Which database this is.

    def head(self) -> Head:
        """Where the log stands."""

    def refuse_if_cut(self) -> None:
        """Refuse a log that no longer holds the newest event that it acknowledged, where that can be told."""

    def accept(self) -> None:
        """Take the present newest event as the newest that was acknowledged."""

    def position(self) -> int:
        """The position of the newest event; 0 in an empty log. A watcher asks this to learn whether events came."""

    def is_in_place(self) -> bool:
        """Whether the database under this name is still the one that was opened."""

    def is_as_recognised(self) -> bool:
        """Whether the database still has the schema that was recognised when it was opened."""

    # Reading. Events come in the order of recording, or within streams in the order of versions.

    def events(self, after: int = 0, upto: int | None = None) -> Generator[Stored, None, None]:
        """The events after a position and up to another, in the order of recording."""

    def events_of(self, stream: str) -> Iterator[Stored]:
        """The events of one stream, oldest first."""

    def events_under(self, name: str, upto: int | None = None) -> Iterator[Stored]:
        """The events of every stream under a name (`talks`, `talks/party`), stream by stream, up to a position."""

    def streams_under(self, name: str) -> list[str]:
        """The names of the streams under a name, in alphabetical order."""

    def negotiations(self) -> list[str]:
        """The first part of every stream's name, in alphabetical order."""

    def newest_versions(self, streams: Sequence[str]) -> dict[str, int]:
        """The version of the newest event of each of these streams that has any."""

    def newest(self) -> Stored | None:
        """The newest event; None in an empty log."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Read everything inside as of one moment, while others go on writing."""

    # Writing.

    def writing(self) -> AbstractContextManager[None]:
        """Hold the write lock; everything written inside is committed at the end, or nothing is.

        A process that must wait for the lock waits by `ledger.base.locking`, and is refused after the limit.
        """

    def has_changed(self) -> bool:
        """Whether anybody else has written since this was last asked, or it is the first time.

        Asked inside `writing`; refused where the database has changed into something that is not a ledger.
        """

    def append(self, events: Sequence["StoredEvent"]) -> Sequence[int]:
        """Store new events at the end, inside `writing`; their positions, each larger than any given before."""

    def erase(self, tombstones: Mapping[int, bytes]) -> None:
        """Put tombstones in place of the stored bytes at these positions, inside `writing`, and mark the database.

        The mark stays until `unmark`, so an erasure that is broken off before its traces are wiped is noticed.
        """

    def fill(self, ledger_id: str, events: Iterable[Stored]) -> None:
        """Take the identity and the events of another log as they are, all or nothing; refused unless this is empty."""

    # Erasure's traces.

    def is_uncleaned(self) -> bool:
        """Whether the mark of an erasure is there."""

    def wipe(self) -> bool:
        """Overwrite everything that was erased or freed, wherever the database keeps it; whether that succeeded."""

    def holds(self, words: bytes) -> bool:
        """Whether the database holds these bytes anywhere, also where no event has them any more."""

    def unmark(self) -> None:
        """Take the mark of an erasure away."""

    # Upkeep.

    def settle(self) -> None:
        """Move what is committed to the main file of the database, so that reading it needs no other file."""

    def damage(self) -> list[str]:
        """The faults that the database itself finds in its files."""

    def copy_to(self, path: Path) -> None:
        """Write the ledger, as of one moment, to a new SQLite ledger file that is whole by itself."""


class StoreModule(Protocol):
    """The functions of a store's module."""

    def create(self, path: Path) -> None:
        """Create an empty ledger with a new identity, complete or not at all; refused where anything is."""

    def open_store(self, path: Path) -> Store:
        """Open a ledger, recognised as one; refused when it is not."""


def create(path: Path) -> None:
    """Create an empty ledger with a new identity, complete or not at all; refused where anything is."""
    _module(path).create(path)


def open_store(path: Path) -> Store:
    """Open a ledger, recognised as one; refused when it is not."""
    return _module(path).open_store(path)


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    """Open a ledger and close it in the end."""
    store = open_store(path)
    try:
        yield store
    finally:
        store.close()


def head(path: Path) -> Head:
    """Where the log of a ledger stands; refused where it no longer holds what it acknowledged last."""
    with opened(path) as store:
        store.refuse_if_cut()
        return store.head()


def _module(path: Path) -> StoreModule:
    name = next(module for start, module in STORES if str(path).startswith(start))
    return cast("StoreModule", import_module(name))
