"""Merges another ledger into this one: adds the events that only the other has, with their keepers.

An event is identified by the commitment to the bytes with which it was first recorded. So no event is added twice, and
ledgers that have merged the same ledgers have the same events. `ledger.domain.filings` computes an entry from its
events in a way that does not depend on the order of merging.

Two ledgers conflict if they contradict each other about an entry: by different content from one source, by different
corrections of one field, or because one erased content that the other has. All conflicts are listed, and nothing is
merged until they are settled. A ledger never conflicts with one that has all its events. Of several ledgers that are
merged at once, one may settle the conflict of others; then their order makes no difference.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from ledger.domain import rules
from ledger.domain.events import (
    LEVELS,
    REPEATED,
    EntryCorrected,
    EntryErased,
    EntryReinstated,
    EntryRetracted,
    Event,
    Origin,
    Recorded,
    Stream,
)
from ledger.domain.filings import FiledReport, as_filed, corrections, covered, field_types, filings, retractions
from ledger.domain.reports import source_of, standing
from ledger.domain.sentences import told
from ledger.errors import ProblemsFound, Refusal
from ledger.filing.errors import DiffersThere, ErasedHere, ErasedThere, SlugTaken
from ledger.filing.matching import differences
from ledger.filing.sheets import Problem
from ledger.levels.errors import OtherLevels
from ledger.levels.scheme import levels_of
from ledger.log.commitments import commitment
from ledger.log.log import Log, Merged


class Taken(NamedTuple):
    """An event of the other ledger as it is recorded in this one; `position` is its position in the other."""

    position: int
    stream: Stream
    event: Event
    merged: Merged


def merge(log: Log, others: Sequence[Log], ours: frozenset[str], since: int = 0) -> tuple[list[Recorded], int]:
    """Append the events that only the other ledgers have, without those of the entries `ours`, in one transaction.

    Only entries with events after the position `since` of the other ledger are compared. Returns the events, and how
    many of those entries this ledger already had. A ledger in conflict is tried again after the others, because one of
    them may settle the conflict. Raises ProblemsFound with all conflicts that remain.
    """
    recorded: list[Recorded] = []
    known = 0
    left = list(others)
    while left:
        refused: list[tuple[Log, ProblemsFound]] = []
        for theirs in left:
            try:
                taken, had = _only_theirs(log, theirs, ours, since)
            except ProblemsFound as problems:
                refused.append((theirs, problems))
            else:
                recorded += log.append([(one.stream, one.event) for one in taken], [one.merged for one in taken])
                known += had
        if len(refused) == len(left):
            raise ProblemsFound([problem for theirs, found in refused for problem in _named(theirs, found, others)])
        left = [theirs for theirs, _ in refused]
    return recorded, known


def _named(theirs: Log, found: ProblemsFound, others: Sequence[Log]) -> list[Problem]:
    """The conflicts with one of the ledgers, which each names if there are several."""
    where = f"{theirs.path.name}: " if len(others) > 1 else ""
    return [Problem(f"{where}{place}", problem) for place, problem in found.problems]


def _only_theirs(log: Log, theirs: Log, ours: frozenset[str], since: int) -> tuple[list[Taken], int]:
    """The events that only the other ledger has, in its order, and how many this one has too.

    Raises ProblemsFound with all conflicts.
    """
    taken: list[Taken] = []
    problems: list[Problem] = []
    known = 0
    ours_named, theirs_named = levels_of(log.store), levels_of(theirs.store)
    if ours_named != theirs_named:
        raise OtherLevels(ours=ours_named, theirs=theirs_named)
    for negotiation, found_there in _streams(theirs, since).items():
        streams = [stream for stream in found_there if stream.slug not in ours]
        kinds = {stream.slug: stream.kind for stream in log.bearing(negotiation, [one.slug for one in streams])}
        for stream in streams:
            try:
                if (other := kinds.get(stream.slug, stream.kind)) != stream.kind:
                    raise SlugTaken(slug=stream.slug, other=other, kind=stream.kind)
                here, there = _Held(log, stream), _Held(theirs, stream)
                found = list(_taken(here, there, log.keeper, since))
                _refuse_conflict(here, there, found)
                taken += found
                known += len(here.ids.keys() & there.ids.keys())
            except Refusal as refusal:
                problems.append(Problem(f"{stream.kind} {stream.slug}", refusal))
    if problems:
        raise ProblemsFound(problems)
    return sorted(taken), known


def _streams(theirs: Log, since: int) -> dict[str, list[Stream]]:
    """The streams of each negotiation of the other ledger, or only those with events after a position."""
    if not since:
        return {one: [stream for stream, _ in theirs.by_stream(one)] for one in theirs.negotiations()}
    found: dict[str, list[Stream]] = {}
    for stream in sorted({Stream.named(row.stream) for row in theirs.store.events(since)}):
        if stream != LEVELS:
            found.setdefault(stream.negotiation, []).append(stream)
    return found


class _Held:
    """The events of an entry in one ledger.

    `ids` maps the id of each event to its version; `erased` maps the ids of erased events to their erasure.
    """

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
        self.corrections = corrections(self.records)
        self.filings = filings(self.records, self.corrections)
        self._id_of = {version: name for name, version in self.ids.items()}

    def corrected(self, filing: FiledReport, field: str) -> set[str]:
        """The ids of the corrections of one field of a report."""
        return {
            self._id_of[one.record.version]
            for one in self.corrections
            if field in one.event.changes and not one.covers.isdisjoint(filing.versions)
        }

    def reports(self, gone: set[str]) -> dict[tuple[type[Event], str], list[FiledReport]]:
        """The valid reports by type and source, except those of posts, because a person may get two at once.

        It leaves out reports whose events are all among `gone`, the ids of the events that the merge retracts.
        """
        found: dict[tuple[type[Event], str], list[FiledReport]] = {}
        for one in self.filings:
            remains = any(self._id_of[version] not in gone for version in one.versions)
            if one.is_valid and remains and not isinstance(one.filed, REPEATED):
                found.setdefault((type(one.filed), one.filed.source), []).append(one)
        return found

    def retracted(self, taken_back: set[str]) -> set[str]:
        """The reports that are retracted, by their ids; `taken_back` are retractions that do not count."""
        return {
            self._id_of[version]
            for one in retractions(self.records)
            if self._id_of[one.version] not in taken_back
            for version in covered(one, self.records)
            if version in self._id_of
        }

    def taken_back(self) -> set[str]:
        """The retractions that this ledger takes back, by their ids."""
        in_force = retractions(self.records)
        return {
            self._id_of[one.version]
            for one in self.records
            if isinstance(one.event, EntryRetracted) and one not in in_force
        }

    def origin(self, record: Recorded) -> Origin:
        """The origin of an event: where it was first recorded."""
        if record.origin is not None:
            return record.origin
        rank = next((one.rank for one in self.corrections if one.record is record), 0)
        return Origin(self._id_of[record.version], record.recorded_at, record.position, rank, record.recorded_on)


def _id(record: Recorded, committed: str) -> str:
    return record.origin.id if record.origin is not None else committed


def _erased_by(event: EntryErased) -> list[str]:
    """The ids of the erased events."""
    return [one.origin or one.sha256 for one in event.erased] + [*event.elsewhere]


def _taken(here: _Held, there: _Held, keeper: str, since: int) -> Iterator[Taken]:
    """The events of an entry that only the other ledger has; versions in them are changed to those of this ledger.

    After the position `since`, an event is left out if its keeper recorded the same here, as in a repeated filing.
    """
    versions = {version: here.ids[name] for name, version in there.ids.items() if name in here.ids}
    newest = here.newest
    for record in there.records:
        if record.version in versions:
            continue
        if since and record.position > since and (version := _same(record, here)):
            versions[record.version] = version
            continue
        event = _carried(record, there.records, versions)
        if event is not None:
            newest += 1
            versions[record.version] = newest
            by = record.recorded_by if record.recorded_by == keeper else f"{record.recorded_by}, merged by {keeper}"
            yield Taken(record.position, here.stream, event, Merged(by, there.origin(record)))


def _same(record: Recorded, here: _Held) -> int:
    """The version of the event here that has the same content and keeper; 0 if there is none."""
    same = (one.version for one in here.records if (one.recorded_by, one.event) == (record.recorded_by, record.event))
    return next(same, 0)


def _carried(record: Recorded, records: list[Recorded], versions: dict[int, int]) -> Event | None:
    """An event as this ledger records it; None if it corrects, retracts or reinstates only erased events."""
    event = record.event
    if isinstance(event, EntryErased):
        return msgspec.structs.replace(event, erased=(), elsewhere=tuple(_erased_by(event)))
    if not isinstance(event, EntryCorrected | EntryRetracted | EntryReinstated):
        return event
    reports = tuple(sorted(versions[one] for one in covered(record, records) if one in versions))
    if not reports:
        return None
    if isinstance(event, EntryReinstated):
        return msgspec.structs.replace(event, retractions=reports)
    if isinstance(event, EntryCorrected) and event.of:
        return msgspec.structs.replace(event, of=reports[0])
    return msgspec.structs.replace(event, reports=reports)


def _refuse_conflict(here: _Held, there: _Held, taken: list[Taken]) -> None:
    """Refuse to merge two ledgers that contradict each other about an entry, whichever of them merges the other."""
    if here.ids.keys() <= there.ids.keys() or there.ids.keys() <= here.ids.keys():
        return
    slug = here.stream.slug
    for one, other, refusal in ((here, there, ErasedThere), (there, here, ErasedHere)):
        for erasure in _erasures(one, other):
            raise refusal(slug=slug, reason=erasure.reason)
    differing = (*_reported_otherwise(here, there), *_corrected_otherwise(here, there), *_two_texts(here, there))
    for difference in differing:
        raise DiffersThere(slug=slug, difference=difference)
    merged = [
        Recorded(0, here.stream, number, "", "", one.event, "", one.merged.origin)
        for number, one in enumerate(taken, here.newest + 1)
    ]
    rules.agree(here.stream.kind, slug, standing([*here.records, *merged]))


def _erasures(one: _Held, other: _Held) -> Iterator[EntryErased]:
    """The erasures in the other ledger of something that this one still has."""
    yield from (other.erased[name] for name in one.ids if name in other.erased)
    if other.standing.erased is not None and other.standing.wholly_erased and one.standing.reports:
        yield other.standing.erased


def _reported_otherwise(here: _Held, there: _Held) -> Iterator[str]:
    """The differences between reports of one source, unless one ledger has all reports of the other.

    The reports must differ both as filed and as corrected.
    """
    taken_back = here.taken_back() | there.taken_back()
    gone = here.retracted(taken_back) | there.retracted(taken_back)
    elsewhere = there.reports(gone)
    for key, ours in here.reports(gone).items():
        theirs = elsewhere.get(key, [])
        pairs = [
            ([as_filed(one.filed) for one in ours], [as_filed(one.filed) for one in theirs]),
            ([as_filed(one.report.event) for one in ours], [as_filed(one.report.event) for one in theirs]),
        ]
        if all({*mine} - {*yours} and {*yours} - {*mine} for mine, yours in pairs):
            mine, yours = pairs[1]
            first = next(one for one in mine if one not in yours)
            yield "; ".join(differences(first, next(one for one in yours if one not in mine)))


def _two_texts(here: _Held, there: _Held) -> Iterator[str]:
    """The SHA-256 of the text of a source in each ledger, if they have two texts of it."""
    mine, yours = (source_of(report.event for report in one.standing.reports) for one in (here, there))
    if mine and yours and mine.sha256 and yours.sha256 and mine.sha256 != yours.sha256:
        yield f"sha256 is {mine.sha256} here, {yours.sha256} there"


def _corrected_otherwise(here: _Held, there: _Held) -> Iterator[str]:
    """The fields of a report that both ledgers corrected, to different values, without knowing of each other."""
    elsewhere = {as_filed(one.filed): one for one in there.filings}
    for ours in here.filings:
        if (theirs := elsewhere.get(as_filed(ours.filed))) is None:
            continue
        for name in field_types(type(ours.filed)):
            mine, yours = getattr(ours.report.event, name), getattr(theirs.report.event, name)
            by_us, by_them = here.corrected(ours, name), there.corrected(theirs, name)
            if mine != yours and by_us - by_them and by_them - by_us:
                yield f"{name.replace('_', ' ')} is {told(mine)} here, {told(yours)} there"
