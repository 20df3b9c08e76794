"""The projection: from the streams of a negotiation to the rows of the views, by the folds. Pure.

Spans become rows of the history tables; the tables that keep no history (entries, log, evidence, mentions,
search) are told from the same accounts, each row with the columns of its table in their order (see `tables.py`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from ledger.base.names import fold as fold_name
from ledger.dates import When
from ledger.domain import events
from ledger.domain.copies import Text, families
from ledger.domain.events import Event, Recorded, Stream
from ledger.domain.folds import follow_up, issue, meeting, names, statement
from ledger.domain.reports import (
    Account,
    Publication,
    Standing,
    accounts,
    occurred,
    reported_on,
    standing,
)
from ledger.domain.sentences import label, tell
from ledger.domain.states import ALWAYS, Contest, Span, joined

Streams = Mapping[Stream, list[Recorded]]


class Folded(NamedTuple):
    """What the folds make of some entries of one negotiation: history spans and plain rows, by table."""

    spans: dict[str, list[Span]]
    rows: dict[str, list[tuple[Any, ...]]]


def fold_entries(
    streams: Streams, publications: Mapping[str, Publication], as_of: str | None
) -> tuple[Folded, dict[str, list[Span]]]:
    """Fold every entry but the issues; also, by issue, the spans of the statements that touch it."""
    folded = Folded(defaultdict(list), defaultdict(list))
    said: dict[str, list[Span]] = defaultdict(list)
    for stream, records in streams.items():
        stood = standing(records)
        known = _until(accounts(stood, publications), as_of)
        spans = _clipped(_fold(stream, known, stood.settled), as_of)
        states = joined(_states(spans))
        if states:
            folded.spans[TABLE[stream.kind]] += states
        if stream.kind in _CONTESTABLE:
            folded.spans["contested"] += _contests(spans)
        if stream.kind == "statement":
            for span in states:
                for slug in span.state.issues:
                    said[slug].append(span)
        if stream.kind == "meeting":
            folded.spans["forecasts"] += _clipped(meeting.forecasts(stream.slug, known), as_of)
        _plain_rows(folded, stream, records, stood, known, publications=publications, as_of=as_of)
    return folded, said


def fold_issues(
    named: Mapping[str, list[Account]],
    said: Mapping[str, Iterable[Span]],
    as_of: str | None,
    past: Mapping[str, issue.Folded] = MappingProxyType({}),
) -> Folded:
    """Fold the issues, and the asks on them, from their names and the statements that touch them, or on from a past."""
    folded = Folded(defaultdict(list), defaultdict(list))
    for slug in dict.fromkeys([*named, *said]):
        found = issue.fold(slug, named.get(slug, []), said.get(slug, []), past.get(slug, issue.NOTHING))
        folded.spans["issues"] += _clipped(found.issue, as_of)
        folded.spans["asks"] += _clipped(found.asks, as_of)
        folded.spans["conversations"].append(Span(found.heard, ALWAYS, ""))
    return folded


_FOLDS: dict[str, Any] = {
    "party": names.fold_party,
    "person": names.fold_person,
    "source": names.fold_source,
    "meeting": meeting.fold,
    "statement": statement.fold,
    "follow-up": follow_up.fold,
}
TABLE = {
    "party": "parties",
    "person": "people",
    "source": "sources",
    "meeting": "meetings",
    "statement": "statements",
    "follow-up": "follow_ups",
}
_CONTESTABLE = ("meeting", "statement", "follow-up")


def fold_entry(stream: Stream, known: list[Account], settled: dict[str, int]) -> list[Span]:
    """The spans of one entry's states, whatever its kind; issues have none of their own."""
    return _states(_fold(stream, known, settled))


def _fold(stream: Stream, known: list[Account], settled: dict[str, int]) -> list[Span]:
    fold = _FOLDS.get(stream.kind)
    return fold(stream.slug, known, settled) if fold and known else []


def _states(spans: list[Span]) -> list[Span]:
    """The spans of the states, without the contests that some folds give beside them."""
    return [Span(state[0] if type(state) is tuple else state, start, end) for state, start, end in spans]


def _contests(spans: list[Span]) -> list[Span]:
    """The contests that stand beside the states, each for as long as it was the same."""
    found: dict[Contest, list[Span]] = {}
    for span in spans:
        for contest in span.state[1]:
            found.setdefault(contest, []).append(span._replace(state=contest))
    return [span for of_contest in found.values() for span in joined(of_contest)]


def _plain_rows(
    folded: Folded,
    stream: Stream,
    records: list[Recorded],
    stood: Standing,
    known: list[Account],
    *,
    publications: Mapping[str, Publication],
    as_of: str | None,
) -> None:
    """The rows of the tables that keep no history: entries, log, evidence, mentions, search."""
    if as_of is not None and not known:
        return
    rows = folded.rows
    name = _label(stream, stood)
    retracted = stood.retracted.reason if stood.retracted else ""
    erased = stood.erased.reason if stood.erased is not None and stood.wholly_erased else ""
    first = known[0].day if known else ""
    rows["entries"].append((*stream, name, first, retracted, erased, len(stood.reports), records[-1].position))
    effective = {account.position: account for account in known}
    for record in records:
        account = effective.get(record.position)
        if account is not None:
            rows["evidence"] += _evidence(record)
        elif isinstance(record.event, events.EntryErased):
            rows["log"] += [_erased_row(stream, one, record.event) for one in record.event.erased]
        elif as_of is not None and not is_upkeep(record):
            continue
        rows["log"].append(_log_row(record, account, publications))
    rows["search"] += [_search_row(stream, name, account) for account in known]
    if stream.kind == "statement":
        mentioned = {slug for report in stood.reports for slug in getattr(report.event, "issues", ())}
        rows["mentions"] += [(stream.negotiation, slug, stream.slug) for slug in sorted(mentioned)]


def _label(stream: Stream, stood: Standing) -> str:
    """The name of an entry: by the last of its reports that gives it one, else its slug."""
    for report in reversed(stood.reports):
        if (name := label(stream.kind, stream.slug, report.event)) != stream.slug:
            return name
    return stream.slug


def is_upkeep(record: Recorded) -> bool:
    """Whether the event mends the record rather than reports anything."""
    return isinstance(record.event, events.UPKEEP)


def _log_row(record: Recorded, account: Account | None, publications: Mapping[str, Publication]) -> tuple[Any, ...]:
    """The row of an event, told as it was recorded and, where it stands, as it does now."""
    position, (negotiation, kind, slug), version, recorded_at, recorded_by, event = record
    when, sentence = occurred(event), tell(event)
    if account is None:
        reported, day = reported_on(event, publications.get(event.source), recorded_at), ""
        as_it_stands, occurred_as_it_stands = "", ""
    else:
        reported, day = account.reported, account.day
        as_it_stands, occurred_as_it_stands = sentence, when.edtf
        if account.event is not event:
            as_it_stands, occurred_as_it_stands = tell(account.event), occurred(account.event).edtf
    return (
        position, recorded_at, recorded_by, negotiation, kind, slug, version, record.type, event.source,
        when.edtf, when.phrase, reported, day, int(account is not None), sentence, as_it_stands, occurred_as_it_stands,
        getattr(event, "of", 0),
    )  # fmt: skip


def _erased_row(stream: Stream, one: events.Erased, erasure: events.EntryErased) -> tuple[Any, ...]:
    """The row of an event whose content is gone: what the erasure says of it."""
    heading = (one.position, one.recorded_at, one.recorded_by, *stream, one.version, one.type)
    reporting = ("", "", "", "")
    return (*heading, *reporting, "", 0, tell(erasure), "", "", 0)


def _evidence(record: Recorded) -> list[tuple[Any, ...]]:
    return [
        (*record.stream, record.position, record.event.source, quote.words, quote.start, quote.end, int(quote.verified))
        for quote in record.event.quotes
    ]


def _search_row(stream: Stream, name: str, account: Account) -> tuple[Any, ...]:
    """One report as it can be searched: its words, and the slugs it names; the passages keep the words as written.

    Words that were corrected away are not found: they say what the source never said.
    """
    passages, tags = _passages(account.event), _tags(account.event)
    if stream.kind in _NAMED and name not in [words for _, words in passages]:
        passages.append(("name", name))  # a report that a person holds a post is looked for under the person's name
    tags.append(("slug", stream.slug))
    folded = fold_name(" ".join([words for _, words in passages]))
    named = fold_name(" ".join([slugs for _, slugs in tags]))
    return (account.position, folded, named, _ENCODER.encode(passages + tags).decode(), account.day, *stream)


_NAMED = ("party", "person", "issue", "source")
_ENCODER = msgspec.json.Encoder()


def _having(*names: str) -> dict[type[Event], list[tuple[str, str]]]:
    """By class of event, those of the fields that it has, each with how it is called."""
    return {
        cls: [(name, name.replace("_", " ")) for name in names if name in cls.__struct_fields__]
        for cls in events.STREAM_KIND
    }


_WORDS = _having("title", "name", "says", "about", "post", "place", "publisher", "reason")
_SLUGS = _having("by", "on_behalf_of", "to", "owners", "issues", "parties", "party")


def _passages(event: Event) -> list[tuple[str, str]]:
    """The words of an event that a person might look for, each with what it is."""
    found = [(called, words) for field, called in _WORDS[type(event)] if (words := getattr(event, field))]
    found += [("alias", alias) for alias in getattr(event, "aliases", ())]
    found += [("quote", quote.words) for quote in event.quotes]
    return found


def _tags(event: Event) -> list[tuple[str, str]]:
    """The slugs that an event names: whoever looks for Greer wants what Greer said, too."""
    found = []
    for field, called in _SLUGS[type(event)]:
        if value := getattr(event, field):
            found.append((called, value if isinstance(value, str) else ", ".join(value)))
    if people := getattr(event, "people", ()):
        found.append(("people", ", ".join([attendee.who for attendee in people])))
    return found


def publications_of(streams: Streams) -> dict[str, Publication]:
    """When the sources among the streams were published."""
    return {
        stream.slug: _publication(standing(records)) for stream, records in streams.items() if stream.kind == "source"
    }


def _publication(stood: Standing) -> Publication:
    event = stood.reports[-1].event if stood.reports else None
    published = event.published if isinstance(event, events.SourceRegistered) else When()
    return Publication(published, stood.retracted is not None)


def families_of(streams: Streams) -> list[tuple[str, ...]]:
    """The rows of the families of the sources among the streams; what was retracted is in none."""
    stood = {stream: standing(records) for stream, records in streams.items() if stream.kind == "source"}
    texts = [_text(stream.slug, found) for stream, found in stood.items() if found.reports and not found.retracted]
    negotiation = next(iter(streams)).negotiation if streams else ""
    return [(negotiation, *family) for family in families(texts)]


def _text(slug: str, stood: Standing) -> Text:
    event: Any = stood.reports[-1].event
    published = event.published.latest.isoformat() if event.published.latest else ""
    return Text(slug, event.text, event.sha256, event.account_of, event.derived_from, published)


def issues_of(streams: Streams, publications: Mapping[str, Publication]) -> dict[str, list[Account]]:
    """The accounts that name the issues among the streams."""
    return {
        stream.slug: accounts(standing(records), publications)
        for stream, records in streams.items()
        if stream.kind == "issue"
    }


def _until(known: list[Account], as_of: str | None) -> list[Account]:
    return known if as_of is None else [account for account in known if account.day <= as_of]


def _clipped(spans: list[Span], as_of: str | None) -> list[Span]:
    """The spans that began by a day; the one that held then holds on."""
    if as_of is None:
        return spans
    return [
        span._replace(valid_to="" if span.valid_to > as_of else span.valid_to)
        for span in spans
        if span.valid_from <= as_of
    ]
