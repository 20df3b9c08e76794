"""Joining: what a colleague filed into another ledger comes into this one, entry by entry, by slug and content.

An event that is of record here is passed over, whoever recorded it. An entry that both hold with different content is a
conflict: all of them are listed and nothing is taken until they are settled, by a correction or by keeping ours.
"""

from typing import NamedTuple

import msgspec

from ledger.domain import rules
from ledger.domain.events import EntryCorrected, EntryErased, EntryRetracted, Event, Recorded, Stream
from ledger.domain.reports import standing
from ledger.errors import ProblemsFound, Refusal
from ledger.filing.errors import DiffersThere, ErasedThere, SlugTaken
from ledger.filing.lookup import Lookup
from ledger.filing.matching import differences, reports_of_record, same
from ledger.filing.sheets import Problem
from ledger.log.log import Log


class Joined(NamedTuple):
    """The events to append, who recorded each, and how many were of record already."""

    events: list[tuple[Stream, Event]]
    keepers: list[str]
    known: int


def join(log: Log, theirs: Log, ours: frozenset[str]) -> Joined:
    """What of another log this one does not hold; every conflict at once as `ProblemsFound`."""
    joined = Joined([], [], 0)
    problems: list[Problem] = []
    for negotiation in theirs.negotiations():
        visit = _Visit(log, theirs, negotiation, ours)
        records = [record for _, of_stream in theirs.by_stream(negotiation) for record in of_stream]
        for record in sorted(records, key=lambda one: one.position):
            try:
                visit.take(record)
            except Refusal as refusal:
                visit.refused.add(record.stream)
                problems.append(Problem(f"{record.stream.kind} {record.stream.slug}", refusal))
        joined.events.extend(visit.events)
        joined.keepers.extend(visit.keepers)
        joined = joined._replace(known=joined.known + visit.known_already)
    if problems:
        raise ProblemsFound(problems)
    return joined


class _Visit:
    """One negotiation of theirs, event by event in their order."""

    def __init__(self, log: Log, theirs: Log, negotiation: str, ours: frozenset[str]) -> None:
        self.events: list[tuple[Stream, Event]] = []
        self.keepers: list[str] = []
        self.known_already = 0
        self.refused: set[Stream] = set()
        self._keeper = log.keeper
        self._lookup = Lookup(log, negotiation)
        self._ours = ours
        self._stands = {
            stream: {report.version: report.event for report in standing(records).reports}
            for stream, records in theirs.by_stream(negotiation)
        }
        self._versions: dict[tuple[Stream, int], int] = {}

    def take(self, record: Recorded) -> None:
        """Pass over what is of record here, or plan to append it; refused when the two ledgers disagree."""
        stream, event = record.stream, record.event
        if stream.slug in self._ours or stream in self.refused:
            return
        if (kind := self._lookup.kind_of(stream.slug)) not in (None, stream.kind):
            raise SlugTaken(slug=stream.slug, other=kind, kind=stream.kind)
        if isinstance(event, EntryCorrected) and event.of:
            event = msgspec.structs.replace(event, of=self._versions.get((stream, event.of), 0))
        version = self._of_record(record, event)
        if version is not None:
            self._versions[stream, record.version] = version
            self.known_already += 1
            return
        rules.check(stream.kind, stream.slug, self._lookup.standing(stream), event)
        self._lookup.add(stream, event)
        self._versions[stream, record.version] = self._lookup.records(stream)[-1].version
        rules.consistent(stream.kind, stream.slug, self._lookup.standing(stream))
        self.events.append((stream, event))
        merged = "" if record.recorded_by == self._keeper else f", merged by {self._keeper}"
        self.keepers.append(record.recorded_by + merged)

    def _of_record(self, record: Recorded, event: Event) -> int | None:
        """The version under which an event of theirs stands here already, None when it does not."""
        stream = record.stream
        here = self._lookup.standing(stream)
        match event:
            case EntryErased():
                if here.reports:
                    raise ErasedThere(slug=stream.slug, reason=event.reason)
                return 0
            case EntryRetracted():
                return 0 if here.retracted is not None else None
            case EntryCorrected():
                return self._corrected(stream, event)
        filed = [one for one in self._lookup.records(stream) if one.position]
        for one in filed:
            if same(one.event, event):
                return one.version
        as_theirs_stands = self._stands[stream].get(record.version, event)
        earlier = reports_of_record(self._lookup, stream, event)
        for before in earlier:
            if before.says(event) or before.says(as_theirs_stands):
                return next((each.version for each in filed if each.event is before.filed), 0)
        if any(before.filed is each.event for before in earlier for each in filed):
            told = "; ".join(differences(earlier[-1].corrected, as_theirs_stands))
            raise DiffersThere(slug=stream.slug, difference=told)
        return None

    def _corrected(self, stream: Stream, event: EntryCorrected) -> int | None:
        """A correction is of record when what it mends says so here, and in conflict when that says something else."""
        meant = [one for one in self._lookup.standing(stream).reports if event.of in (0, one.version)]
        for name, change in event.changes.items():
            held = [msgspec.to_builtins(getattr(one.event, name)) for one in meant if hasattr(one.event, name)]
            if all(value == change.new for value in held):
                continue
            believed = change.old["each"] if isinstance(change.old, dict) and "each" in change.old else [change.old]
            for value in held:
                if value not in believed and value != change.new:
                    told = f"{name} is {value!r} here and was corrected to {change.new!r} there"
                    raise DiffersThere(slug=stream.slug, difference=told)
            return None
        return 0
