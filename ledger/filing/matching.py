"""Matching what is filed with what was filed before: the same, something new, or something else under one slug."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from ledger.domain.errors import EntryWasRetracted
from ledger.domain.events import Event, PersonAppointed, Quote, SourceRegistered, Stream
from ledger.domain.sentences import told
from ledger.filing.errors import FiledDifferently
from ledger.filing.lookup import Lookup
from ledger.filing.sheets import Filled, Problem, Sheet

Draft = tuple[Filled, Stream, Event]  # a filled-in form, the stream it belongs in, the event that it stands for


def apart(lookup: Lookup, sheet: Sheet, drafts: Iterable[Draft], problems: list[Problem]) -> tuple[list[Draft], int]:
    """Set apart what is new from what was filed before; what differs from what this source said before is a problem.

    A source may give several accounts of one entry. They are matched with those of record: equal ones are passed
    over, and only when every one of record is matched is another one new.
    """
    earlier: dict[tuple[Stream, type[Event]], list[Earlier]] = {}
    unmatched: list[Draft] = []
    of_stream: dict[Stream, list[Event]] = {}
    already = 0
    for draft in drafts:
        _, stream, event = draft
        if stream not in of_stream and not lookup.records(stream):
            unmatched.append(draft)
            of_stream[stream] = [event]
            continue
        pool = earlier.setdefault((stream, type(event)), of_record(lookup, stream, event))
        match = next((one for one in pool if one.is_(event)), None)
        if match is not None:
            already += 1
            pool.remove(match)
            of_stream.setdefault(stream, []).append(event)
        elif any(same(one, event) for one in of_stream.get(stream, ())):
            already += 1
        else:
            unmatched.append(draft)
            of_stream.setdefault(stream, []).append(event)
    fresh = []
    gone = lookup.stands(lookup.stream("source", sheet.source_slug)).retracted if sheet.source_slug else None
    for draft in unmatched:
        filled, stream, event = draft
        other = earlier.get((stream, type(event))) if earlier else None
        if other and not isinstance(event, PersonAppointed):
            problems.append(Problem(filled.where, otherwise(filled.slug, other[-1], event)))
        elif event.source and gone:
            problems.append(Problem(filled.where, EntryWasRetracted(slug=event.source, reason=gone.reason)))
        else:
            fresh.append(draft)
    return fresh, already


def otherwise(slug: str, earlier: "Earlier", event: Event) -> FiledDifferently:
    """The refusal of other content than the same source, or the naming itself, gave before."""
    source = event.source or "an earlier entry"
    return FiledDifferently(slug=slug, source=source, difference="; ".join(differences(earlier.stands, event)))


class Earlier(NamedTuple):
    """A report of record: as it was filed, and as it stands after corrections."""

    filed: Event
    stands: Event

    def is_(self, event: Event) -> bool:
        return same(self.filed, event) or same(self.stands, event)


def of_record(lookup: Lookup, stream: Stream, event: Event) -> list[Earlier]:
    """What the event's source has said before on the stream, in events of the same type."""
    records = lookup.records(stream)
    stands = {report.version: report.event for report in lookup.stands(stream).reports} if records else {}
    return [
        Earlier(record.event, stands[record.version])
        for record in records
        if record.version in stands and type(record.event) is type(event) and record.event.source == event.source
    ]


def same(one: Event, other: Event) -> bool:
    """Whether two events say the same, whether or not the text was at hand to find the quotes in."""
    return type(one) is type(other) and _bare(one, other) == _bare(other, one)


def _bare(event: Event, other: Event) -> Event:
    """The event without what depends on the text being at hand, for it or for the other."""
    bare: dict[str, Any] = {"quotes": tuple(Quote(quote.words) for quote in event.quotes)}
    if isinstance(event, SourceRegistered) and isinstance(other, SourceRegistered):
        bare |= {"text": "", "sha256": event.sha256 if other.sha256 else ""}
    return msgspec.structs.replace(event, **bare)


def differences(old: Event, new: Event) -> Iterator[str]:
    """What another filing of one report changes, field by field."""
    one, other = _bare(old, new), _bare(new, old)
    for name in one.__struct_fields__:
        before, now = getattr(one, name), getattr(other, name)
        if before != now:
            yield f"{name.replace('_', ' ')} was {told(before)}, now {told(now)}"
