"""Merging: the events that another ledger holds and this one does not come into this one, with their keepers.

An event is known by the commitment to the bytes under which it was first recorded, so no event is taken twice, and
every ledger that has merged the same ledgers holds the same events. What they make of an entry is the matter of
`ledger.domain.filings`, and does not depend on the order of merging.

Two ledgers conflict if either holds something of an entry that contradicts the other: other content from one source,
another correction of one field, something that the other erased. Every conflict is listed, and nothing is taken until
they are settled. A ledger whose events are all known to the other never conflicts with it.
"""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from ledger.domain import rules
from ledger.domain.events import (
    EntryCorrected,
    EntryErased,
    EntryRetracted,
    Event,
    Origin,
    PersonAppointed,
    Recorded,
    Stream,
)
from ledger.domain.filings import FiledReport, as_filed, corrections, covered, field_types, filings
from ledger.domain.reports import standing
from ledger.domain.sentences import told
from ledger.errors import ProblemsFound, Refusal
from ledger.filing.errors import DiffersThere, ErasedHere, ErasedThere, SlugTaken
from ledger.filing.matching import differences
from ledger.filing.sheets import Problem
from ledger.log.commitments import commitment
from ledger.log.log import Log, Merged


class Taken(NamedTuple):
    """An event of another ledger as it is recorded in this one; `position` is the one that it has there."""

    position: int
    stream: Stream
    event: Event
    merged: Merged


class Merge(NamedTuple):
    """The events to append, in their order in the other ledger, and how many of its events this one held already."""

    taken: list[Taken]
    known: int


def merge(log: Log, theirs: Log, ours: frozenset[str]) -> Merge:
    """Everything that another ledger holds and this one does not, except the entries `ours`.

    Every conflict at once is refused as `ProblemsFound`.
    """
    taken: list[Taken] = []
    problems: list[Problem] = []
    known = 0
    for negotiation in theirs.negotiations():
        streams = [stream for stream, _ in theirs.by_stream(negotiation) if stream.slug not in ours]
        kinds = {stream.slug: stream.kind for stream in log.bearing(negotiation, [one.slug for one in streams])}
        for stream in streams:
            try:
                if (other := kinds.get(stream.slug, stream.kind)) != stream.kind:
                    raise SlugTaken(slug=stream.slug, other=other, kind=stream.kind)
                here, there = _Held(log, stream), _Held(theirs, stream)
                found = list(_taken(here, there, log.keeper))
                _refuse_conflict(here, there, found)
                taken += found
                known += len(here.ids.keys() & there.ids.keys())
            except Refusal as refusal:
                problems.append(Problem(f"{stream.kind} {stream.slug}", refusal))
    if problems:
        raise ProblemsFound(problems)
    return Merge(sorted(taken), known)


class _Held:
    """What one ledger holds of an entry; `ids` gives the version of each event, `erased` what erased others."""

    def __init__(self, log: Log, stream: Stream) -> None:
        stored = {row.version: commitment(row.state) for row in log.store.events_of(str(stream))}
        self.stream = stream
        self.newest = max(stored, default=0)
        self.records = log.stream(stream)
        self.ids = {_id(record, stored[record.version]): record.version for record in self.records}
        self.erased = {
            each: record.event
            for record in self.records
            if isinstance(record.event, EntryErased)
            for each in _erased_by(record.event)
        }
        self.standing = standing(self.records)
        self.filings = filings(self.records)
        self.corrections = corrections(self.records)
        self._id_of = {version: name for name, version in self.ids.items()}

    def corrected(self, filing: FiledReport, field: str) -> set[str]:
        """The corrections of one field of a report, by their ids."""
        return {
            self._id_of[one.record.version]
            for one in self.corrections
            if field in one.event.changes and not one.covers.isdisjoint(filing.versions)
        }

    def reports(self) -> dict[tuple[type[Event], str], list[FiledReport]]:
        """The valid reports by their type and source, without appointments: a person may get two posts at once."""
        found: dict[tuple[type[Event], str], list[FiledReport]] = {}
        for one in self.filings:
            if one.is_valid and not isinstance(one.filed, PersonAppointed):
                found.setdefault((type(one.filed), one.filed.source), []).append(one)
        return found

    def origin(self, record: Recorded) -> Origin:
        """Where an event was first recorded."""
        if record.origin is not None:
            return record.origin
        rank = next((one.rank for one in self.corrections if one.record is record), 0)
        return Origin(self._id_of[record.version], record.recorded_at, record.position, rank, record.recorded_on)


def _id(record: Recorded, committed: str) -> str:
    return record.origin.id if record.origin is not None else committed


def _erased_by(event: EntryErased) -> list[str]:
    """The ids of the events that were erased."""
    return [one.origin or one.sha256 for one in event.erased] + [*event.elsewhere]


def _taken(here: _Held, there: _Held, keeper: str) -> Iterator[Taken]:
    """The events of an entry that are only there, about versions that are right here."""
    versions: dict[int, int] = {}
    newest = here.newest
    for name, version in there.ids.items():
        if name in here.ids:
            versions[version] = here.ids[name]
    for record in there.records:
        if record.version in versions:
            continue
        event = _carried(record, there.records, versions)
        if event is not None:
            newest += 1
            versions[record.version] = newest
            by = record.recorded_by if record.recorded_by == keeper else f"{record.recorded_by}, merged by {keeper}"
            yield Taken(record.position, here.stream, event, Merged(by, there.origin(record)))


def _carried(record: Recorded, records: list[Recorded], versions: dict[int, int]) -> Event | None:
    """An event as it is recorded here; None for a correction or a retraction of reports that were erased."""
    event = record.event
    if isinstance(event, EntryErased):
        return msgspec.structs.replace(event, erased=(), elsewhere=tuple(_erased_by(event)))
    if not isinstance(event, EntryCorrected | EntryRetracted):
        return event
    reports = tuple(sorted(versions[one] for one in covered(record, records) if one in versions))
    if not reports:
        return None
    if isinstance(event, EntryCorrected) and event.of:
        return msgspec.structs.replace(event, of=reports[0])
    return msgspec.structs.replace(event, reports=reports)


def _refuse_conflict(here: _Held, there: _Held, taken: list[Taken]) -> None:
    """Refuse to merge two ledgers that contradict each other about an entry; which one merges makes no difference."""
    if here.ids.keys() <= there.ids.keys() or there.ids.keys() <= here.ids.keys():
        return
    slug = here.stream.slug
    for one, other, refusal in ((here, there, ErasedThere), (there, here, ErasedHere)):
        for erasure in _erasures(one, other):
            raise refusal(slug=slug, reason=erasure.reason)
    for difference in (*_reported_otherwise(here, there), *_corrected_otherwise(here, there)):
        raise DiffersThere(slug=slug, difference=difference)
    merged = [
        Recorded(0, here.stream, number, "", "", one.event, "", one.merged.origin)
        for number, one in enumerate(taken, here.newest + 1)
    ]
    rules.agree(here.stream.kind, slug, standing([*here.records, *merged]))


def _erasures(one: _Held, other: _Held) -> Iterator[EntryErased]:
    """What erased, in the other ledger, something that this one still holds."""
    yield from (other.erased[name] for name in one.ids if name in other.erased)
    if other.standing.erased is not None and other.standing.wholly_erased and one.standing.reports:
        yield other.standing.erased


def _reported_otherwise(here: _Held, there: _Held) -> Iterator[str]:
    """The differences between reports of one source, unless one ledger holds all that the other does.

    They are compared as filed and, where that differs, as corrected.
    """
    elsewhere = there.reports()
    for key, ours in here.reports().items():
        theirs = elsewhere.get(key, [])
        pairs = [
            ([one.filed for one in ours], [one.filed for one in theirs]),
            ([as_filed(one.report.event) for one in ours], [as_filed(one.report.event) for one in theirs]),
        ]
        if all({*mine} - {*yours} and {*yours} - {*mine} for mine, yours in pairs):
            mine, yours = pairs[1]
            first = next(one for one in mine if one not in yours)
            yield "; ".join(differences(first, next(one for one in yours if one not in mine)))


def _corrected_otherwise(here: _Held, there: _Held) -> Iterator[str]:
    """The fields of a report that each ledger corrected to another value, not knowing of the other's correction."""
    elsewhere = {one.filed: one for one in there.filings}
    for ours in here.filings:
        if (theirs := elsewhere.get(ours.filed)) is None:
            continue
        for name in field_types(type(ours.filed)):
            mine, yours = getattr(ours.report.event, name), getattr(theirs.report.event, name)
            by_us, by_them = here.corrected(ours, name), there.corrected(theirs, name)
            are_two_texts = name == "sha256" and mine and yours
            if mine != yours and (are_two_texts or (by_us - by_them and by_them - by_us)):
                yield f"{name.replace('_', ' ')} is {told(mine)} here, {told(yours)} there"
