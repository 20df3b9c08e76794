"""The projection: from the streams of a negotiation to the rows of the views, by the folds. Pure.

Spans become rows of the history tables; the tables that keep no history (entries, log, evidence, mentions,
search) are told from the same accounts, each row with the columns of its table in their order (see `tables.py`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from ledger.dates import When
from ledger.domain import events
from ledger.domain.copies import Text, families
from ledger.domain.events import Stream
from ledger.domain.folds import FOLDS, issue, meeting
from ledger.domain.kinds import HAPPENING, tables_of
from ledger.domain.reports import Account, Publication, Standing, Streams, accounts, standing
from ledger.domain.states import ALWAYS, Contest, Span, joined
from ledger.projections.index_rows import add_plain_rows


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
            folded.spans[tables_of(stream.kind)[0].name] += states
        if stream.kind in HAPPENING:
            folded.spans["contested"] += _contests(spans)
        if stream.kind == "statement":
            for span in states:
                for slug in span.state.issues:
                    said[slug].append(span)
        if stream.kind == "meeting":
            folded.spans["forecasts"] += _clipped(meeting.forecasts(stream.slug, known), as_of)
        add_plain_rows(folded.rows, stream, records, stood, known, publications=publications, as_of=as_of)
    return folded, said


def fold_issues(
    named: Mapping[str, list[Account]],
    said: Mapping[str, Iterable[Span]],
    as_of: str | None,
    past: Mapping[str, issue.IssueFold] = MappingProxyType({}),
) -> Folded:
    """Fold the issues, and the asks on them, from their names and the statements that touch them, or on from a past."""
    folded = Folded(defaultdict(list), defaultdict(list))
    for slug in dict.fromkeys([*named, *said]):
        found = issue.fold(slug, named.get(slug, []), said.get(slug, []), past.get(slug, issue.NOTHING))
        folded.spans["issues"] += _clipped(found.issue, as_of)
        folded.spans["asks"] += _clipped(found.asks, as_of)
        folded.spans["issue_snapshots"].append(Span(found.snapshot, ALWAYS, ""))
    return folded


def fold_entry(stream: Stream, known: list[Account], settled: dict[str, int]) -> list[Span]:
    """The spans of one entry's states, whatever its kind; issues have none of their own."""
    return _states(_fold(stream, known, settled))


def _fold(stream: Stream, known: list[Account], settled: dict[str, int]) -> list[Span]:
    fold = FOLDS.get(stream.kind)
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
