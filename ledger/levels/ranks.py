"""The level of each event: the one that the keeper gave it, and at least those of all that it rests on or names.

An entry is as open as its most open report. A report is at least at the level of its source, of the entries that it
names, and of the event that it follows (an end is at most as open as the beginning). So the part of the log at or below
any level is a log that the rules allow, in which nothing names what is above.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ledger.domain import events
from ledger.domain.events import EntryErased, LevelSet, Recorded, Stream
from ledger.domain.filings import covered
from ledger.domain.reports import is_upkeep
from ledger.levels.references import named
from ledger.levels.scheme import Levels

Records = Mapping[Stream, Sequence[Recorded]]

# The class of event that a reader must see of an entry before one of this class.
FOLLOWS: dict[type[events.Event], type[events.Event]] = {
    events.FollowUpClosed: events.FollowUpAgreed,
    events.DeadlineEnded: events.DeadlineSet,
    events.TaskDone: events.TaskNoted,
    events.MeetingCalledOff: events.MeetingAnnounced,
    events.PersonLeftPost: events.PersonAppointed,
    events.WordingReported: events.VersionTabled,
    events.RoleReported: events.PartyNamed,
    events.PersonAppointed: events.PersonNamed,
    events.SourceTextFrozen: events.SourceRegistered,
}


class Ranks:
    """The rank of each event of some entries of one negotiation; `streams` must have all that they name."""

    def __init__(self, streams: Records, levels: Levels) -> None:
        self._levels = levels
        self._entries = {stream: _Entry(stream, records, levels) for stream, records in streams.items()}
        self._stream_of = {stream.slug: stream for stream in streams}
        # Least ranks first, and raised until nothing changes: entries may name one another in a circle.
        while sum(self._raise(entry) for entry in self._entries.values()):
            pass

    def of(self, record: Recorded) -> int:
        """The rank of an event."""
        return self._entries[record.stream].ranks[record.version]

    def of_entry(self, slug: str) -> int:
        """The rank of an entry, which is that of its most open report; 0 if there is no such entry."""
        stream = self._stream_of.get(slug)
        return self._entries[stream].rank() if stream is not None else 0

    def of_erased(self, stream: Stream) -> dict[int, int]:
        """The ranks of an entry's erased events, by their versions."""
        return self._entries[stream].erased

    def above(self, record: Recorded) -> tuple[str, int]:
        """The highest of the entries that an event names, with its rank; its own entry if it names no other."""
        names = self._entries[record.stream].names[record.version]
        others = [(self.of_entry(slug), slug) for slug in names if slug in self._stream_of]
        rank, slug = max(others, default=(self.of(record), record.stream.slug))
        return slug, rank

    def _raise(self, entry: "_Entry") -> bool:
        """Raise the ranks of an entry's events to those of the entries they rest on; return whether any has changed."""
        before = dict(entry.ranks)
        whole = Stream(entry.stream.negotiation, "negotiation", entry.stream.negotiation)
        floor = self.of_entry(whole.slug) if whole in self._entries and whole != entry.stream else 0
        for record in entry.records:
            others = [self.of_entry(slug) for slug in entry.names[record.version] if slug != entry.stream.slug]
            entry.ranks[record.version] = max([entry.own(record), entry.follows(record), floor, *others])
        return entry.ranks != before


class _Entry:
    """The events of one entry, and their ranks as far as they are known."""

    def __init__(self, stream: Stream, records: Sequence[Recorded], levels: Levels) -> None:
        self.stream = stream
        self.records = records
        self.reports = [one for one in records if not is_upkeep(one)]
        self.names = {one.version: named(one.event) for one in records}
        self.ranks = {one.version: 0 for one in records}
        erasures = [one.event for one in records if isinstance(one.event, EntryErased)]
        self.erased = {one.version: levels.rank(one.level) for event in erasures for one in event.erased}
        self._levels = levels
        sets = sorted((one for one in records if isinstance(one.event, LevelSet)), key=turn)
        self._set = sets[-1] if sets else None

    def rank(self) -> int:
        """The rank of the most open report; the highest if none is left."""
        of_reports = [self.ranks[one.version] for one in self.reports]
        return min([*of_reports, *self.erased.values()], default=self._levels.top)

    def own(self, record: Recorded) -> int:
        """The rank that the keeper gave an event, or that it has by default."""
        event: Any = record.event
        if isinstance(event, LevelSet):
            return max(self._levels.rank(event.level), self._levels.rank(event.was))
        if is_upkeep(record):
            return 0
        if self._set is not None and turn(record) < turn(self._set):
            return self._levels.rank(self._set.event.level)
        if event.level:
            return self._levels.rank(event.level)
        own = self.stream.kind == "task" or getattr(event, "kind", "") == "note"
        return max(self._levels.default_rank(own=own), self._before(record))

    def _before(self, record: Recorded) -> int:
        """The rank that an entry had before a report: a later one without a level does not reveal it."""
        if self._set is not None:
            return self._levels.rank(self._set.event.level)
        if self.erased:
            return self.rank()
        return self.ranks[self.reports[0].version] if record is not self.reports[0] else 0

    def follows(self, record: Recorded) -> int:
        """The rank of the event that an event follows in its own entry."""
        event: Any = record.event
        match event:
            case events.EntryCorrected():  # it has the old values of every report that it corrects
                return max((self._at(one) for one in covered(record, self.records)), default=0)
            case events.EntryRetracted() | events.EntryReinstated():
                return min((self._at(one) for one in covered(record, self.records)), default=0)
            case EntryErased():
                ranks = [self.erased[one.version] for one in event.erased]
                return min([*ranks, *([self._levels.rank(event.level)] if event.elsewhere else [])], default=0)
            case LevelSet():
                return self.rank()
        needed = FOLLOWS.get(type(event))
        return min((self._at(one.version) for one in self.reports if type(one.event) is needed), default=0)

    def _at(self, version: int) -> int:
        return self.ranks.get(version, self.erased.get(version, 0))


def turn(record: Recorded) -> tuple[bool, str]:
    """The place of an event in the order of filing; one that is about to be recorded comes last."""
    return not record.first.recorded_at, record.filed


def level_given(records: Sequence[Recorded]) -> str:
    """The level that the keeper gave an entry, last of all; "" if none was given."""
    given = [one for one in records if isinstance(one.event, LevelSet)]
    if not given:
        return records[0].event.level if records else ""
    return sorted(given, key=turn)[-1].event.level


def reached(
    streams: Iterable[Stream],
    read: Callable[[Stream], Sequence[Recorded]],
    find: Callable[[Sequence[str]], Iterable[Stream]],
) -> dict[Stream, Sequence[Recorded]]:
    """The events of some entries of one negotiation, and of every entry that they name, directly or through others.

    `find` gives the streams of the entries with some slugs.
    """
    found: dict[Stream, Sequence[Recorded]] = {}
    waiting = [*streams]
    waiting += [Stream(one.negotiation, "negotiation", one.negotiation) for one in waiting[:1]]
    asked: set[str] = set()
    while waiting:
        slugs: set[str] = set()
        for stream in waiting:
            if stream not in found and (records := read(stream)):
                found[stream] = records
                slugs |= {slug for one in records for slug in named(one.event)}
        waiting = [*find(sorted(slugs - asked))]
        asked |= slugs
    return found
