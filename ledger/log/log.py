"""The log: events appended and read.

The truth of a ledger. `recorded_at` and `recorded_by` are set here and nowhere else, and `recorded_at` never goes
back, whatever the clock does.
"""

import os
import sqlite3
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from eventsourcing.application import Application
from eventsourcing.persistence import Mapper, PersistenceError
from eventsourcing.utils import Environment

from ledger.base import locking, now
from ledger.base.files import inode
from ledger.base.names import is_slug
from ledger.domain.events import Event, Recorded, Stream
from ledger.domain.kinds import KINDS
from ledger.log.commitments import erased, tombstone
from ledger.log.errors import UnreadableStoredEvent
from ledger.log.mapper import Envelope, EventMapper, Fact
from ledger.log.memory import Memory
from ledger.log.sqlite.file import Stored, reading, refusal, uncleaned
from ledger.log.sqlite.recorder import AppendOnlyRecorder

BATCH = 1_000
FEW = 10  # slugs that are looked up without asking first whether there are any
MOST_REMEMBERED = 16_000_000  # bytes of what is stored
MOST_VERSIONS = 10_000
NOTHING: Memory[Stream, Any] = Memory(0)


class Journal(Application[str]):
    """The event-sourced application: the library's, configured from nothing but its arguments."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            {
                "PERSISTENCE_MODULE": "eventsourcing.sqlite",
                "APPLICATION_RECORDER_TOPIC": "ledger.log.sqlite.recorder:AppendOnlyRecorder",
                "ORIGINATOR_ID_TYPE": "text",
                "SQLITE_DBNAME": os.fspath(path.resolve()),
                "SQLITE_LOCK_TIMEOUT": str(max(1, round(locking.limit()))),  # whole seconds, and 0 means 5
                "CREATE_TABLE": "no",
            }
        )

    def construct_env(self, name: str, env: Any = None) -> Environment:
        """The given settings alone: a variable of the user's environment must not change where events go."""
        return Environment(name, env)

    def construct_mapper(self) -> Mapper[str]:
        return EventMapper()


class Log:
    """The append-only log of one ledger file."""

    def __init__(self, path: Path, keeper: str = "") -> None:
        self.path = path
        self.keeper = keeper
        with self._refusing(), reading(path):
            self._file = inode(path)
            self._journal = Journal(path)
            recorder = self._journal.recorder
            assert isinstance(recorder, AppendOnlyRecorder)
            self._recorder = recorder
            self._schema = recorder.schema()
        self._seen: int | None = None
        self.memory: Memory[Stream, Any] = NOTHING  # what was made of streams that are as they were; while writing
        self._memory: Memory[Stream, Any] = Memory(MOST_REMEMBERED)
        self._newest_at = ""
        self._versions: dict[str, int] = {}
        mapper = self._journal.mapper
        assert isinstance(mapper, EventMapper)
        self._mapper = mapper

    def close(self) -> None:
        self._journal.close()

    def settle(self) -> None:
        """Bring what is committed out of the write-ahead log into the file itself."""
        with self._refusing():
            self._recorder.settle()

    def is_of_its_file(self) -> bool:
        """Whether the file at its path is still the one that was opened."""
        try:
            return inode(self.path) == self._file
        except OSError:
            return False

    def is_as_recognised(self) -> bool:
        """Whether the file still has the schema with which it was recognised; `writing` sees to that by itself."""
        try:
            return self._recorder.schema() == self._schema
        except (sqlite3.Error, PersistenceError):
            return False

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock: what is read inside is still so when `append` writes; all of it or nothing."""
        try:
            with self._recorder.writing():
                self._recall()
                yield
        except BaseException as error:
            self._forget()
            if isinstance(error, sqlite3.Error | PersistenceError):
                raise refusal(self.path, error) from error
            raise
        finally:
            self.memory = NOTHING

    def append(self, entries: Sequence[tuple[Stream, Event]], keepers: Sequence[str] = ()) -> list[Recorded]:
        """Append the events in order, stamped with the time and the keeper; the positions they got.

        `keepers` are those of the events one by one, where another has recorded them elsewhere.
        """
        if not self._recorder.is_writing:
            with self.writing():
                return self.append(entries, keepers)
        recorded_at = self._time_to_record()
        recorded = []
        for start in range(0, len(entries), BATCH):
            batch = entries[start : start + BATCH]
            names = [str(stream) for stream, _ in batch]
            self._look_up_versions(names)
            facts = []
            for number, (name, (_, event)) in enumerate(zip(names, batch, strict=True), start):
                self._versions[name] = version = self._versions[name] + 1
                keeper = keepers[number] if keepers else self.keeper
                facts.append(Fact(name, version, Envelope(recorded_at, keeper, os.urandom(16).hex(), event)))
            positions = self._recorder.insert_events([self._mapper.to_stored_event(fact) for fact in facts]) or ()
            for (stream, event), fact, position in zip(batch, facts, positions, strict=True):
                keeper = fact.envelope.recorded_by
                recorded.append(Recorded(position, stream, fact.originator_version, recorded_at, keeper, event))
                self._memory.forget(stream)
        self._newest_at = recorded_at
        return recorded

    def erase(self, rows: Iterable[Stored]) -> None:
        """Leave of the stored bytes of these events only the commitments; inside `writing`."""
        self._forget()
        self._recorder.erase([(tombstone(row.state), row.position) for row in rows])

    def uncleaned(self) -> bool:
        """Whether the traces of an erasure are still to be cleaned away."""
        with reading(self.path) as connection:
            return uncleaned(connection)

    def stored(self, after: int = 0, upto: int | None = None) -> Generator[Stored, None, None]:
        """The events as they are stored, erased ones among them, in the order of recording."""
        where, params = ("rowid > ?", [after]) if upto is None else ("rowid > ? AND rowid <= ?", [after, upto])
        with self._refusing():
            yield from map(Stored.of, self._recorder.rows(where, params, "rowid"))

    def stored_of(self, stream: Stream) -> list[Stored]:
        """The events of one stream as they are stored, oldest first."""
        with self._refusing():
            rows = self._recorder.rows("originator_id = ?", (str(stream),), "originator_version")
            return [Stored.of(row) for row in rows]

    def head(self) -> int:
        """The position of the newest event; 0 in an empty log."""
        with self._refusing():
            return self._recorder.max_notification_id() or 0

    def stream(self, stream: Stream) -> list[Recorded]:
        """All events of one stream, oldest first."""
        return list(self._read("originator_id = ?", (str(stream),), "originator_version"))

    def since(self, position: int, upto: int | None = None) -> Iterator[Recorded]:
        """The events after `position` (and no later than `upto`) in the order of recording."""
        if upto is None:
            return self._read("rowid > ?", (position,), "rowid")
        return self._read("rowid > ? AND rowid <= ?", (position, upto), "rowid")

    def by_stream(
        self, negotiation: str, upto: int | None = None, kind: str = ""
    ) -> Iterator[tuple[Stream, list[Recorded]]]:
        """Every stream of a negotiation, of one kind or of all, with its events, oldest first, up to a position."""
        within = f"{negotiation}/{kind}" if kind else negotiation
        where, params = "originator_id >= ? AND originator_id < ?", [f"{within}/", f"{within}0"]
        if upto is not None:
            where, params = f"{where} AND rowid <= ?", [*params, upto]  # type: ignore[list-item]
        rows = self._read(where, params, "originator_id, originator_version")
        for stream, records in groupby(rows, key=attrgetter("stream")):
            yield stream, list(records)

    def negotiations(self) -> list[str]:
        """The slugs of the negotiations in this ledger, in alphabetical order."""
        found: list[str] = []
        after = ""
        while True:
            with self._refusing():
                rows = list(self._recorder.rows("originator_id >= ?", (after,), "originator_id LIMIT 1"))
            if not rows:
                return sorted(found)
            negotiation = Stored.of(rows[0]).stream.partition("/")[0]
            found.append(negotiation)
            after = f"{negotiation}0"

    def bearing(self, negotiation: str, slugs: Collection[str]) -> list[Stream]:
        """The streams of the entries that bear these slugs in the negotiation; one a slug at most by the rules."""
        if len(slugs) > FEW and not self._holds(negotiation):
            return []
        names = [f"{negotiation}/{kind}/{slug}" for slug in filter(is_slug, slugs) for kind in KINDS]
        found: list[Stream] = []
        with self._refusing():
            for start in range(0, len(names), BATCH):
                some = names[start : start + BATCH]
                self._look_up_versions(some)
                found += [Stream.named(name) for name in some if self._versions[name]]
        return found

    def slugs(self, negotiation: str, kind: str) -> list[str]:
        """The slugs of all entries of a kind, in alphabetical order."""
        with self._refusing():
            return [Stream.named(name).slug for name in self._recorder.streams(f"{negotiation}/{kind}/")]

    def _holds(self, negotiation: str) -> bool:
        """Whether anything is of record in the negotiation."""
        within = (f"{negotiation}/", f"{negotiation}0")
        with self._refusing():
            return any(self._recorder.rows("originator_id >= ? AND originator_id < ?", within, "originator_id LIMIT 1"))

    def _read(self, where: str, params: Iterable[Any], order: str) -> Iterator[Recorded]:
        with self._refusing():
            for row in map(Stored.of, self._recorder.rows(where, tuple(params), order)):
                if not erased(row.state):
                    yield self._recorded(row)

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        """Turn what SQLite, or the library for it, says of the file into a refusal with a way out."""
        try:
            yield
        except (sqlite3.Error, PersistenceError) as error:
            raise refusal(self.path, error) from error

    def _recorded(self, row: Stored) -> Recorded:
        envelope = self._mapper.told(row)
        try:
            stream = Stream.named(row.stream)
        except ValueError as error:
            raise UnreadableStoredEvent(position=row.position, why=error) from error
        return Recorded(row.position, stream, row.version, envelope.recorded_at, envelope.recorded_by, envelope.event)

    def _look_up_versions(self, names: Sequence[str]) -> None:
        """Have at hand the version of the newest event of each stream, 0 where it has none; true while locked."""
        if not self._recorder.is_writing or len(self._versions) > MOST_VERSIONS:
            self._versions.clear()
        new = [name for name in names if name not in self._versions]
        if new:
            self._versions |= dict.fromkeys(new, 0)
            self._versions |= self._recorder.newest_versions(new)

    def _time_to_record(self) -> str:
        """Now, or the time of the newest event when the clock was set back since."""
        present = now.now().isoformat(timespec="microseconds").replace("+00:00", "Z")
        if not self._newest_at:
            newest = self._recorder.newest_state()
            if newest is None:
                return present
            try:
                self._newest_at = self._mapper.stamp(newest).recorded_at
            except ValueError as error:
                raise UnreadableStoredEvent(position=self.head(), why=error) from error
        return max(present, self._newest_at)

    def _recall(self) -> None:
        """At the start of writing: go on with what is known of the file, unless anybody else has changed it since."""
        version = self._recorder.version()
        if version != self._seen:
            self._forget()
            schema = self._recorder.schema()
            if schema != self._schema:
                self._recorder.recognise(self.path)
            self._schema, self._seen = schema, version
        self._versions.clear()
        self.memory = self._memory

    def _forget(self) -> None:
        """Read anew whatever is asked next."""
        self._seen = None
        self._newest_at = ""
        self._memory.clear()
        self._versions.clear()
