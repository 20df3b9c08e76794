"""The pure part of the projection: turns the streams of a negotiation into the rows of the views.

The folds of `domain` give the spans of states; each span becomes a row of a history table. `index_rows` makes the other
rows from the same accounts. The values of a row are in the order of its table's columns.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from ledger.domain.events import Stream
from ledger.domain.folds import FOLDS, forecast, text
from ledger.domain.folds.issues import issue
from ledger.domain.folds.issues.folded import NO_MEMBERSHIPS, NOTHING, IssueFold
from ledger.domain.folds.merging import Folded
from ledger.domain.folds.names import memberships
from ledger.domain.kinds import Span, tables_of
from ledger.domain.reports import Account, Held, Publication, Settled, Streams, accounts, standing
from ledger.domain.states import ALWAYS
from ledger.domain.voices import Memberships, RoleHeld
from ledger.projections.index_rows import Rows, add_index_rows
from ledger.views.rows import period_of, to_values

Said = dict[str, list[Span]]  # by issue, the spans of the statements that touch it

_OF_ENTRIES = {"contested": "contests", "figures": "figures", "links": "links"}  # tables, with the fields of `Folded`


def fold_entries(
    streams: Streams,
    publications: Mapping[str, Publication],
    held: Mapping[str, Held],
    as_of: str | None = None,
    made_by: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Rows, Said]:
    """The rows of the entries, and the statements on each issue, from which `fold_issues` makes the rows of issues.

    `made_by` has the days by which statements were made, from `linked_days`.
    """
    rows: Rows = defaultdict(list)
    said: Said = {}
    for stream, records in streams.items():
        stood = standing(records)
        every = accounts(stood, publications, held, made_by.get(stream.slug, ""))
        known = _until(every, as_of)
        spans = _clipped(_fold(stream, known, stood.settled), as_of)
        states = joined(_states(spans))
        if states:
            _add_history(rows, tables_of(stream.kind)[0].name, stream.negotiation, states)
        if spans and type(spans[0].state) is Folded:
            for table, what in _OF_ENTRIES.items():
                _add_history(rows, table, stream.negotiation, _each(spans, what))
        if stream.kind == "statement":
            for span in states:
                for slug in span.state.issues:
                    said.setdefault(slug, []).append(span)
        if stream.kind in ("meeting", "deadline"):
            forecasts = _clipped(forecast.forecasts(stream.slug, known), as_of)
            _add_history(rows, "forecasts", stream.negotiation, forecasts)
        if stream.kind == "text":
            _add_history(rows, "provisions", stream.negotiation, _clipped(text.provisions(stream.slug, known), as_of))
            _add_history(rows, "wordings", stream.negotiation, _clipped(text.wordings(stream.slug, known), as_of))
        if stream.kind == "party":  # a role without a beginning counts also before the day of its report
            _add_history(rows, "memberships", stream.negotiation, _clipped(memberships(stream.slug, every), as_of))
        if known or as_of is None:
            add_index_rows(rows, stream, records, stood, known, states, publications, everything=as_of is None)
    for table in ("log", "reports", "search", "passages", "texts"):
        rows[table].sort(key=itemgetter(0))  # by position, so that SQLite only appends
    return rows, said


def fold_issues(
    negotiation: str,
    named: Mapping[str, list[Account]],
    said: Mapping[str, Iterable[Span]],
    as_of: str | None = None,
    past: Mapping[str, IssueFold] = MappingProxyType({}),
    who: Memberships = NO_MEMBERSHIPS,
) -> Rows:
    """The rows of the issues and of the asks on them; an issue with a `past` resumes from it. `who` has the roles."""
    rows: Rows = defaultdict(list)
    for slug in dict.fromkeys([*named, *said]):
        found = issue.fold(slug, named.get(slug, []), said.get(slug, []), past.get(slug, NOTHING), who)
        _add_history(rows, "issues", negotiation, _clipped(found.issue, as_of))
        _add_history(rows, "asks", negotiation, _clipped(found.asks, as_of))
        _add_history(rows, "requests", negotiation, _clipped(found.requests, as_of))
        _add_history(rows, "issue_snapshots", negotiation, [Span(found.snapshot, ALWAYS, "")])
    return rows


def who_is_what(rows: Iterable[Sequence[Any]]) -> Memberships:
    """The roles in some rows of the table `memberships`: party, role, of, valid_from and valid_to."""
    return Memberships(RoleHeld(party, role, of, first, over or "") for party, role, of, first, over in rows)


def fold_entry(stream: Stream, known: list[Account], settled: Settled) -> list[Span]:
    """The spans of the states of one entry; none for an issue, which is folded from statements."""
    return _states(_fold(stream, known, settled))


def issues_of(streams: Streams, publications: Mapping[str, Publication]) -> dict[str, list[Account]]:
    """The accounts that name the issues among the streams."""
    return {
        stream.slug: accounts(standing(records), publications)
        for stream, records in streams.items()
        if stream.kind == "issue"
    }


def _fold(stream: Stream, known: list[Account], settled: Settled) -> list[Span]:
    fold = FOLDS.get(stream.kind)
    return fold(stream.slug, known, settled) if fold and known else []


def _states(spans: list[Span]) -> list[Span]:
    """The spans of the states alone; some folds also return contests, figures and links."""
    return [Span(state.state if type(state) is Folded else state, start, end) for state, start, end in spans]


def _each(spans: list[Span], what: str) -> list[Span]:
    """The contests, figures or links that a fold returned, as spans: one for as long as each stays the same."""
    found: dict[Any, list[Span]] = {}
    for state, start, end in spans:
        for one in getattr(state, what):
            found.setdefault(one, []).append(Span(one, start, end))
    return [span for of_one in found.values() for span in joined(of_one)]


def _add_history(rows: Rows, table: str, negotiation: str, spans: list[Span]) -> None:
    """Add spans as rows of a history table; `valid_to` is null while a state is valid."""
    if spans:
        rows[table] += [
            (negotiation, *to_values(state), start, end or None, period_of(start, end)) for state, start, end in spans
        ]


def _until(known: list[Account], as_of: str | None) -> list[Account]:
    return known if as_of is None else [account for account in known if account.day <= as_of]


def _clipped(spans: list[Span], as_of: str | None) -> list[Span]:
    """The spans that began by a day; those that ended later are open."""
    if as_of is None:
        return spans
    return [
        span._replace(valid_to="" if span.valid_to > as_of else span.valid_to)
        for span in spans
        if span.valid_from <= as_of
    ]


def joined(held: Iterable[Span]) -> list[Span]:
    """The spans of one entry, in order, with adjacent spans of an equal state joined."""
    found: list[Span] = []
    for span in held:
        if found and found[-1].valid_to == span.valid_from and found[-1].state == span.state:
            found[-1] = found[-1]._replace(valid_to=span.valid_to)
        else:
            found.append(span)
    return found
