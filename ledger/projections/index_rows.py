"""The rows of an entry that are not states: its name, its events, its quotations, and its text for searching."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec

from ledger.base.names import fold_words
from ledger.domain import events
from ledger.domain.events import Event, Quote, Recorded, Stream
from ledger.domain.kinds import Span
from ledger.domain.quotations import frozen
from ledger.domain.reports import (
    Account,
    Publication,
    Standing,
    is_upkeep,
    meeting_of,
    occurred,
    reported_on,
    takes_effect,
)
from ledger.domain.sentences import label, tell
from ledger.domain.states import ALWAYS
from ledger.projections.passages import in_full_text, passages_of

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]  # by table
_UNSEARCHED = (events.SourceTextFrozen, *events.INTERNAL)  # nobody said a task or agreed on it


def add_index_rows(
    rows: Rows,
    stream: Stream,
    records: list[Recorded],
    stood: Standing,
    known: list[Account],
    states: list[Span],
    publications: Mapping[str, Publication],
    *,
    everything: bool,
) -> None:
    """Add the rows of one entry to the rows of each table; without `everything`, only for reports in `known`."""
    name = _label(stream, stood)
    rows["entries"].append(_entry_row(stream, records, stood, known, publications, _unless_said(name, stream, states)))
    rows["log"] += _log_rows(stream, records, known, publications, everything=everything)
    rows["evidence"] += _evidence_rows(stream, known, publications)
    for account in known:
        if not isinstance(account.event, _UNSEARCHED):
            texts = _texts(stream, name, account)
            rows["reports"].append((account.position, *stream, account.day, _ENCODER.encode(texts).decode()))
            rows["search"].append(full_text(account.position, texts))
    if stream.kind == "source":
        passages = passages_of(stream, known)
        rows["passages"] += passages
        rows["texts"] += map(in_full_text, passages)
    if stream.kind == "statement":
        issues = {issue for report in stood.reports for issue in getattr(report.event, "issues", ())}
        rows["mentions"] += [(stream.negotiation, issue, stream.slug) for issue in sorted(issues)]
    dating = {at for report in stood.reports if (at := meeting_of(report.event))}
    rows["dated_by"] += [(stream.negotiation, at, stream.kind, stream.slug) for at in sorted(dating)]


def _entry_row(
    stream: Stream,
    records: list[Recorded],
    stood: Standing,
    known: list[Account],
    publications: Mapping[str, Publication],
    name: str | None,
) -> Row:
    retracted = stood.retracted.reason if stood.retracted else ""
    erased = stood.erased.reason if stood.erased is not None and stood.wholly_erased else ""
    first = known[0].day if known else ALWAYS
    if first == ALWAYS:
        first = min((_known_from(report, publications) for report in stood.reports), default=records[0].first_day)
    return (*stream, name, first, retracted, erased, len(stood.reports), records[-1].position, _notice(stood))


def _known_from(record: Recorded, publications: Mapping[str, Publication]) -> str:
    """The day from which a report counts; for names and others that always count, the day of recording."""
    day = takes_effect(record.event, reported_on(record, publications.get(record.event.source)))
    return record.first_day if day == ALWAYS and record.stream.kind != "negotiation" else day


def _log_rows(
    stream: Stream,
    records: list[Recorded],
    known: list[Account],
    publications: Mapping[str, Publication],
    *,
    everything: bool,
) -> list[Row]:
    """A row for each event, including those whose content was erased."""
    rows = []
    effective = {account.position: account for account in known}
    for record in records:
        account = effective.get(record.position)
        if isinstance(record.event, events.EntryErased):
            rows += [_erased_row(stream, one, record.event) for one in record.event.erased]
        if account is not None or everything or is_upkeep(record):
            rows.append(_log_row(record, account, publications))
    return rows


def _label(stream: Stream, stood: Standing) -> str:
    """The name of an entry: from the last report that gives it one, else its slug."""
    names = (label(report.event) for report in reversed(stood.reports))
    return next(filter(None, names), stream.slug)


def _notice(stood: Standing) -> str:
    """The notice of a negotiation; "" for any other entry."""
    return next((str(getattr(report.event, "notice", "")) for report in reversed(stood.reports)), "")


def _unless_said(name: str, stream: Stream, states: list[Span]) -> str | None:
    """The name of an entry; None if it equals the words of a statement's last state, which `LABEL` looks up."""
    return None if stream.kind == "statement" and states and states[-1].state.says == name else name


def _log_row(record: Recorded, account: Account | None, publications: Mapping[str, Publication]) -> Row:
    """The row of an event, with its sentence as recorded and, if a correction changed it, as corrected."""
    position, (negotiation, kind, slug), version, recorded_at, recorded_by, event, _, origin = record
    when, sentence = occurred(event), tell(event)
    if account is None:
        reported, day = reported_on(record, publications.get(event.source)), ""
        as_it_stands, occurred_as_it_stands = None, ""
    else:
        reported, day = account.reported, account.day
        as_it_stands, occurred_as_it_stands = None, when.edtf
        if account.event is not event:
            told, occurred_as_it_stands = tell(account.event), occurred(account.event).edtf
            as_it_stands = told if told != sentence else None
    return (
        position, recorded_at, recorded_by, negotiation, kind, slug, version, record.type, event.source,
        when.edtf, when.phrase, reported, day, int(account is not None), sentence, as_it_stands, occurred_as_it_stands,
        getattr(event, "of", 0), record.day, record.filed if origin is not None else "",
    )  # fmt: skip


def _erased_row(stream: Stream, one: events.Erased, erasure: events.EntryErased) -> Row:
    """The row of an event whose content was erased, with the sentence of the erasure."""
    heading = (one.position, one.recorded_at, one.recorded_by, *stream, one.version, one.type)
    reporting = ("", "", "", "")
    return (*heading, *reporting, "", 0, tell(erasure), "", "", 0, one.recorded_at[:10], "")


def _evidence_rows(stream: Stream, known: list[Account], publications: Mapping[str, Publication]) -> list[Row]:
    """The quotations of the valid reports, and the day from which each was compared with its source's text."""
    return [
        (*stream, account.position, account.source, quote.words, quote.start, quote.end, int(quote.verified), checked)
        for account in known
        for quote, checked in (_checked(one, publications.get(account.source)) for one in account.event.quotes)
    ]


def _checked(quote: Quote, source: Publication | None) -> tuple[Quote, str | None]:
    """A quotation as found in its source's text, and the day from which that text was at hand: as in `Evidence`."""
    if quote.verified:
        return quote, ""
    if source is None or not source.text:
        return quote, None
    text = frozen(source.text)
    place = text.find(quote.words)
    return (Quote(text.words_at(place), *place) if place else quote), source.text_from


def _texts(stream: Stream, name: str, account: Account) -> list[tuple[str, str]]:
    """The words of one report and then the slugs that it names, as written, each with the name of its field.

    Old values of corrected fields are not among them, because the source never said them.
    """
    found = _passages(account.event)
    if stream.kind == "person" and name not in [words for _, words in found]:
        found.append(("name", name))  # people look for an appointment under the person's name
    return [*found, *_tags(account.event), ("slug", stream.slug)]


def full_text(position: int, texts: Iterable[Sequence[str]]) -> Row:
    """The row of one report for full-text search, from its texts: its words, and the slugs that it names, folded."""
    words: list[str] = []
    slugs: list[str] = []
    for field, text in texts:
        (slugs if field in _NAMES_OF_SLUGS else words).append(text)
    return position, fold_words(" ".join(words)), fold_words(" ".join(slugs))


_ENCODER = msgspec.json.Encoder()


class _Field(NamedTuple):
    """A field of events that is searched: its name, its label, and the text of each item if it is a list."""

    name: str
    called: str
    text_of: Callable[[Any], str] = str


def _plainly(*names: str) -> list[_Field]:
    """Fields whose labels are their names."""
    return [_Field(name, name.replace("_", " ")) for name in names]


def _by_class(fields: Sequence[_Field]) -> dict[type[Event], list[_Field]]:
    """For each class of event, the fields among these that it has."""
    return {cls: [one for one in fields if one.name in cls.__struct_fields__] for cls in events.STREAM_KIND}


_WORDS = _by_class([
    *_plainly("title", "name", "says", "about", "post", "place", "publisher", "reason", "words"),
    _Field("aliases", "alias"),
    _Field("conditional_on", "condition", attrgetter("words")),
    _Field("provisions", "provision", lambda one: f"{one.number} {one.words}"),
    _Field("quotes", "quote", attrgetter("words")),
])  # fmt: skip
_NAMED = [
    *_plainly("by", "on_behalf_of", "to", "owners", "issues", "parties", "party", "of_party", "reaffirms", "answers",
              "denies", "depends_on", "replaces", "meets"),
    _Field("figures", "measures", attrgetter("measure")),
    _Field("conditional_on", "conditional on", attrgetter("on")),
    _Field("people", "people", attrgetter("who")),
]  # fmt: skip
_SLUGS = _by_class(_NAMED)
_NAMES_OF_SLUGS = {"slug", *(field.called for field in _NAMED)}


def _passages(event: Event) -> list[tuple[str, str]]:
    """The searchable texts of an event, each with the name of its field."""
    found: list[tuple[str, str]] = []
    for name, called, text_of in _WORDS[type(event)]:
        if value := getattr(event, name):
            found += [(called, value)] if type(value) is str else [(called, text_of(one)) for one in value]
    return found


def _tags(event: Event) -> list[tuple[str, str]]:
    """The slugs that an event names: a search for Greer also finds what Greer said."""
    found: list[tuple[str, str]] = []
    for name, called, text_of in _SLUGS[type(event)]:
        if value := getattr(event, name):
            slugs = value if type(value) is str else ", ".join([slug for one in value if (slug := text_of(one))])
            found += [(called, slugs)] if slugs else []
    return found
