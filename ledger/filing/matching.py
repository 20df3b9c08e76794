"""Matching what is filed with what is of record: the same, something new, or other content under the same slug."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ledger.domain.events import Event, PersonAppointed, Stream
from ledger.domain.filings import as_filed
from ledger.domain.sentences import told
from ledger.filing.errors import FiledDifferently
from ledger.filing.lookup import Lookup
from ledger.filing.sheets import Problem


class EntryRead(NamedTuple):
    """An event that may be filed, the stream that it belongs in, and where it was typed."""

    where: str
    stream: Stream
    event: Event


class Matched(NamedTuple):
    """The drafts that are new, how many were of record already, and those that contradict their own source."""

    new: list[EntryRead]
    known: int
    problems: list[Problem]


class Earlier(NamedTuple):
    """A report of record: as it was filed, and as it is after corrections."""

    filed: Event
    corrected: Event

    def says(self, event: Event) -> bool:
        return same(self.filed, event) or same(self.corrected, event)


def set_apart(lookup: Lookup, drafts: Iterable[EntryRead]) -> Matched:
    """Match the drafts of one source with its reports of record.

    A source may give several accounts of one entry. An account that is of record, or was given before among the drafts,
    is passed over. Another one is new only if every report of record was given too; otherwise it changes a report.
    """
    unmatched: list[EntryRead] = []
    given: dict[Stream, list[Event]] = {}
    remaining: dict[tuple[Stream, type[Event]], list[Earlier]] = {}
    known = 0
    for draft in drafts:
        _, stream, event = draft
        if stream not in given and not lookup.records(stream):
            given[stream] = [event]
            unmatched.append(draft)
            continue
        before = given.setdefault(stream, [])
        pool = remaining.setdefault((stream, type(event)), reports_of_record(lookup, stream, event))
        match = next((one for one in pool if one.says(event)), None)
        if match is not None:
            pool.remove(match)
        if match is not None or any(same(one, event) for one in before):
            known += 1
        else:
            unmatched.append(draft)
        before.append(event)
    new: list[EntryRead] = []
    problems: list[Problem] = []
    for draft in unmatched:
        others = remaining.get((draft.stream, type(draft.event)))
        if others and not isinstance(draft.event, PersonAppointed):
            problems.append(Problem(draft.where, _filed_differently(others[-1], draft)))
        else:
            new.append(draft)
    return Matched(new, known, problems)


def _filed_differently(earlier: Earlier, draft: EntryRead) -> FiledDifferently:
    source = draft.event.source or "an earlier entry"
    difference = "; ".join(differences(earlier.corrected, draft.event))
    return FiledDifferently(slug=draft.stream.slug, source=source, difference=difference)


def reports_of_record(lookup: Lookup, stream: Stream, event: Event) -> list[Earlier]:
    """The reports of the stream that are of the event's type and source."""
    records = lookup.records(stream)
    corrected = {report.version: report.event for report in lookup.standing(stream).reports} if records else {}
    return [
        Earlier(record.event, corrected[record.version])
        for record in records
        if record.version in corrected and type(record.event) is type(event) and record.event.source == event.source
    ]


def same(one: Event, other: Event) -> bool:
    """Whether two events say the same; it does not matter for which of them the source's text was at hand."""
    return type(one) is type(other) and not any(differences(one, other))


def differences(old: Event, new: Event) -> Iterator[str]:
    """What a second filing of one report changes, field by field."""
    one, other = as_filed(old), as_filed(new)
    for name in one.__struct_fields__:
        before, now = getattr(one, name), getattr(other, name)
        if before != now:
            yield f"{name.replace('_', ' ')} was {told(before)}, now {told(now)}"
    before, now = getattr(old, "sha256", ""), getattr(new, "sha256", "")
    if before and now and before != now:
        yield f"sha256 was {before}, now {now}"
