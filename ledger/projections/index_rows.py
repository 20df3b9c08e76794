"""The rows that are not states: labels, the log, quotations, full text."""

from collections.abc import Mapping
from typing import Any

import msgspec

from ledger.base.names import fold as fold_name
from ledger.domain import events
from ledger.domain.events import Event, Recorded, Stream
from ledger.domain.reports import Account, Publication, Standing, is_upkeep, occurred, reported_on
from ledger.domain.sentences import label, tell


def add_plain_rows(
    rows: dict[str, list[tuple[Any, ...]]],
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
    """The name of an entry: from the last of its reports that gives it one, else its slug."""
    names = (label(report.event) for report in reversed(stood.reports))
    return next(filter(None, names), stream.slug)


def _log_row(record: Recorded, account: Account | None, publications: Mapping[str, Publication]) -> tuple[Any, ...]:
    """The row of an event, told as it was recorded and, where it stands, as it does now."""
    position, (negotiation, kind, slug), version, recorded_at, recorded_by, event = record
    when, sentence = occurred(event), tell(event)
    if account is None:
        reported, day = reported_on(event, publications.get(event.source), recorded_at), ""
        as_it_stands, occurred_as_it_stands = None, ""
    else:
        reported, day = account.reported, account.day
        as_it_stands, occurred_as_it_stands = None, when.edtf
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
    if stream.kind == "person" and name not in [words for _, words in passages]:
        passages.append(("name", name))  # a report that a person holds a post is looked for under the person's name
    tags.append(("slug", stream.slug))
    folded = fold_name(" ".join([words for _, words in passages]))
    named = fold_name(" ".join([slugs for _, slugs in tags]))
    return (account.position, folded, named, _ENCODER.encode(passages + tags).decode(), account.day, *stream)


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
