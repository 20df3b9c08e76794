"""Matches entries with the record: an entry is known, new, or contradicts an earlier report from its own source."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ledger.domain.errors import EntryWasRetracted
from ledger.domain.events import REPEATED, Event, Stream
from ledger.domain.filings import as_filed
from ledger.domain.sentences import told
from ledger.filing.errors import FiledDifferently
from ledger.filing.lookup import Lookup
from ledger.filing.sheets import Problem


class EntryRead(NamedTuple):
    """An event that may be filed, with its stream, and where it was typed."""

    where: str
    stream: Stream
    event: Event


class Matched(NamedTuple):
    """The new entries, the number of known ones, and a problem for each that contradicts its own source."""

    new: list[EntryRead]
    known: int
    problems: list[Problem]


class Earlier(NamedTuple):
    """A report in the record: as filed, and as corrected; and whether it is valid."""

    filed: Event
    corrected: Event
    is_valid: bool

    def says(self, event: Event) -> bool:
        return same(self.filed, event) or same(self.corrected, event)


def set_apart(lookup: Lookup, entries: Iterable[EntryRead]) -> Matched:
    """Match the entries of one source with its reports in the record.

    A source may give several accounts of one entry. An account that is already in the record, or comes twice, is
    skipped, even if it was retracted: filing a file again does not take a retraction back. Another account is new if
    the entries also repeat all valid reports in the record; if not, it changes a report.
    """
    unmatched: list[EntryRead] = []
    given: dict[Stream, list[Event]] = {}
    remaining: dict[tuple[Stream, type[Event]], list[Earlier]] = {}
    problems: list[Problem] = []
    known = 0
    for entry in entries:
        where, stream, event = entry
        if stream not in given and not lookup.records(stream):
            given[stream] = [event]
            unmatched.append(entry)
            continue
        before = given.setdefault(stream, [])
        pool = remaining.setdefault((stream, type(event)), reports_of_record(lookup, stream, event))
        match = next((one for one in pool if one.says(event)), None)
        if match is not None:
            pool.remove(match)
            gone = lookup.standing(stream).retracted
            if gone is not None and not where:  # typed by a person, who might think that it counts again
                problems.append(Problem(where, EntryWasRetracted(slug=stream.slug, reason=gone.reason)))
        if match is not None or any(same(one, event) for one in before):
            known += 1
        else:
            unmatched.append(entry)
        before.append(event)
    new: list[EntryRead] = []
    for entry in unmatched:
        others = [one for one in remaining.get((entry.stream, type(entry.event)), ()) if one.is_valid]
        if others and not isinstance(entry.event, REPEATED):
            problems.append(Problem(entry.where, _filed_differently(others[-1], entry)))
        else:
            new.append(entry)
    return Matched(new, known, problems)


def _filed_differently(earlier: Earlier, entry: EntryRead) -> FiledDifferently:
    source = entry.event.source or "an earlier entry"
    difference = "; ".join(differences(earlier.corrected, entry.event))
    return FiledDifferently(slug=entry.stream.slug, source=source, difference=difference)


def reports_of_record(lookup: Lookup, stream: Stream, event: Event) -> list[Earlier]:
    """The reports in the stream with the type and the source of the event."""
    records = lookup.records(stream)
    valid = {report.version: report.event for report in lookup.standing(stream).valid} if records else {}
    return [
        Earlier(record.event, valid.get(record.version, record.event), record.version in valid)
        for record in records
        if type(record.event) is type(event) and record.event.source == event.source
    ]


def same(one: Event, other: Event) -> bool:
    """Whether two events say the same; a place of a quotation, known only with the source's text, does not matter."""
    return type(one) is type(other) and not any(differences(one, other))


def differences(old: Event, new: Event) -> Iterator[str]:
    """The differences of two filings of one report, field by field, as text."""
    one, other = as_filed(old), as_filed(new)
    for name in one.__struct_fields__:
        before, now = getattr(one, name), getattr(other, name)
        if before != now:
            yield f"{name.replace('_', ' ')} was {told(before)}, now {told(now)}"
    before, now = getattr(old, "sha256", ""), getattr(new, "sha256", "")
    if before and now and before != now:
        yield f"sha256 was {before}, now {now}"
