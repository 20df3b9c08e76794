"""The log: appends and reads events.

`recorded_at` and `recorded_by` are set only here, and `recorded_at` never goes back, whatever the clock does. The
storage of the events is in `ledger.log.store`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from eventsourcing.persistence import StoredEvent

from ledger.base import now
from ledger.base.names import is_slug
from ledger.domain.events import Event, Origin, Recorded, Stream
from ledger.domain.kinds import KINDS
from ledger.log.commitments import erased, tombstone
from ledger.log.errors import UnreadableStoredEvent
from ledger.log.mapper import EventMapper
from ledger.log.store import Store, Stored, open_store

T = TypeVar("T")
BATCH = 1_000
FEW = 10  # slugs: for so few it is not worth checking first whether the negotiation has any entries
MOST_REMEMBERED = 16_000_000  # stored bytes
MOST_VERSIONS = 10_000


class Merged(NamedTuple):
    """The keeper who recorded an event, perhaps in another ledger, and the place where it was first recorded."""

    keeper: str
    origin: Origin


class Log:
    """The append-only log of one ledger.

    An open log caches the streams read under the write lock, until another connection writes or an error occurs.
    """

    def __init__(self, path: Path, keeper: str = "") -> None:
        self.path = path
        self.keeper = keeper
        self.store = open_store(path)
        self.before_commit: Callable[[Store], None] | None = None  # what else is written in the same transaction
        self._mapper = EventMapper()
        self._newest_at = ""
        self._versions: dict[str, int] = {}
        self._made: dict[Stream, Any] = {}
        self._size = 0

    @property
    def name(self) -> str:
        """The name of the ledger in sentences."""
        return self.store.name

    def close(self) -> None:
        self.store.close()

    # Writing.

    @contextmanager
    def writing(self, negotiation: str = "", slugs: Collection[str] = ()) -> Iterator[None]:
        """Hold the write lock: nothing read inside changes before `append` writes; all events are written or none.

        The entries with these slugs in the negotiation will probably be looked up.
        """
        try:
            with self.store.writing(_names(negotiation, slugs) if len(slugs) <= FEW else ()):
                changed = self.store.changed_streams()
                if changed is None:
                    self.store.refuse_if_cut()
                    self._forget()
                elif changed:
                    self._newest_at = ""
                    self._made = {stream: made for stream, made in self._made.items() if str(stream) not in changed}
                self._versions.clear()
                yield
                if self.before_commit is not None:
                    self.before_commit(self.store)
        except BaseException:
            self._forget()
            raise

    def append(self, entries: Sequence[tuple[Stream, Event]], merged: Sequence[Merged] = ()) -> list[Recorded]:
        """Append the events in order, with the time and the keeper, and return them as recorded.

        `merged` says of each event by whom and where it was recorded, if they come from another ledger.
        """
        if not self.store.is_writing:
            with self.writing():
                return self.append(entries, merged)
        recorded_at = self._time_to_record()
        recorded_on = now.day_of(recorded_at)
        recorded_on = "" if recorded_on == recorded_at[:10] else recorded_on
        recorded: list[Recorded] = []
        for start in range(0, len(entries), BATCH):
            batch = entries[start : start + BATCH]
            names = [str(stream) for stream, _ in batch]
            self._look_up_versions(names)
            stamped = []
            for number, (name, (stream, event)) in enumerate(zip(names, batch, strict=True), start):
                self._versions[name] = version = self._versions[name] + 1
                keeper, origin = merged[number] if merged else (self.keeper, None)
                stamped.append(Recorded(0, stream, version, recorded_at, keeper, event, recorded_on, origin))
                self._made.pop(stream, None)
            positions = self.store.append(self._mapper.stored(stamped))
            recorded += [Recorded(found, *one[1:]) for one, found in zip(stamped, positions, strict=True)]
        self._newest_at = recorded_at
        return recorded

    def append_stored(self, rows: Sequence[Stored]) -> None:
        """Append events that are already in their stored form, as they are; their versions must follow."""
        with self.writing():
            self.store.append([StoredEvent(row.stream, row.version, row.type, row.state) for row in rows])

    def erase(self, rows: Iterable[Stored]) -> None:
        """Replace the stored bytes of these events with their commitments; must be called inside `writing`."""
        self._forget()
        self.store.erase({row.position: tombstone(row.state) for row in rows})

    # Reading. Erased events are left out.

    def position(self) -> int:
        """The position of the newest event; 0 in an empty log."""
        return self.store.position()

    def stream(self, stream: Stream) -> list[Recorded]:
        """All events of one stream, oldest first."""
        return list(self._read(self.store.events_of(str(stream))))

    def remembered(self, stream: Stream, make: Callable[[Sequence[Recorded]], T]) -> T:
        """The result of `make` for a stream's events; under the write lock it is cached until something changes."""
        if not self.store.is_writing:
            return make(self.stream(stream))
        found: T | None = self._made.get(stream)
        if found is None:
            rows = list(self.store.events_of(str(stream)))
            self._size += sum(len(row.state) for row in rows)
            if self._size > MOST_REMEMBERED:
                self._made.clear()
                self._size = 0
            self._made[stream] = found = make(list(self._read(rows)))
        return found

    def since(self, position: int, upto: int | None = None) -> Iterator[Recorded]:
        """The events after `position`, up to `upto`, in the order of recording."""
        return self._read(self.store.events(position, upto))

    def by_stream(
        self, negotiation: str, upto: int | None = None, kind: str = ""
    ) -> Iterator[tuple[Stream, list[Recorded]]]:
        """The streams of a negotiation, of one kind or all, with their events up to a position, oldest first."""
        rows = self.store.events_under(f"{negotiation}/{kind}" if kind else negotiation, upto)
        for stream, records in groupby(self._read(rows), key=attrgetter("stream")):
            yield stream, list(records)

    def negotiations(self) -> list[str]:
        """The slugs of the negotiations in this ledger, in alphabetical order."""
        return [one for one in self.store.negotiations() if is_slug(one)]  # the ledger has a stream of its own

    def bearing(self, negotiation: str, slugs: Collection[str]) -> list[Stream]:
        """The streams of the entries with these slugs in the negotiation; the rules allow at most one for each slug."""
        if len(slugs) > FEW and next(self.store.events_under(negotiation), None) is None:
            return []
        names = _names(negotiation, slugs)
        found: list[Stream] = []
        for start in range(0, len(names), BATCH):
            some = names[start : start + BATCH]
            self._look_up_versions(some)
            found += [Stream.named(name) for name in some if self._versions[name]]
        return found

    def slugs(self, negotiation: str, kind: str) -> list[str]:
        """The slugs of all entries of a kind, in alphabetical order."""
        return [Stream.named(name).slug for name in self.store.streams_under(f"{negotiation}/{kind}")]

    # Inside.

    def _read(self, rows: Iterable[Stored]) -> Iterator[Recorded]:
        return (self._mapper.recorded(row) for row in rows if not erased(row.state))

    def _look_up_versions(self, names: Sequence[str]) -> None:
        """Cache the version of each stream's newest event (0 if it has none), which cannot change under the lock."""
        if not self.store.is_writing or len(self._versions) > MOST_VERSIONS:
            self._versions.clear()
        new = [name for name in names if name not in self._versions]
        if new:
            self._versions |= dict.fromkeys(new, 0)
            self._versions |= self.store.newest_versions(new)

    def _time_to_record(self) -> str:
        """The present time, or that of the newest event if the clock was set back; the user is warned of a leap."""
        moment = now.now()
        present = moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
        if not self._newest_at:
            newest = self.store.newest()
            if newest is None:
                return present
            try:
                self._newest_at = self._mapper.stamp(newest.state).recorded_at
                now.warn_of_leap(self._newest_at, moment)
            except (ValueError, TypeError) as error:
                raise UnreadableStoredEvent(position=newest.position, why=error) from error
        return max(present, self._newest_at)

    def _forget(self) -> None:
        """Clear the cache."""
        self._newest_at = ""
        self._versions.clear()
        self._made.clear()
        self._size = 0


def _names(negotiation: str, slugs: Iterable[str]) -> list[str]:
    """The names of the streams that entries with these slugs may have."""
    return [f"{negotiation}/{kind}/{slug}" for slug in filter(is_slug, slugs) for kind in KINDS]
