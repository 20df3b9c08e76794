"""Positions: each party's last statement on each issue, and the table of the positions that the parties hold."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from ledger.base.text import few, listed
from ledger.dates import When
from ledger.domain.clocks import follows, in_order, known_day, surely_made_by
from ledger.domain.states import Issue, Slugs, Statement
from ledger.domain.vocabulary import MEETS, MEETS_NOT
from ledger.domain.voices import among, jointly_with, speakers
from ledger.queries.entry import LinkShown, linked
from ledger.queries.replies import considering, replies
from ledger.views.conditions import conditions_of
from ledger.views.measured import figures_told
from ledger.views.schema import OCCURRENCE
from ledger.views.status import AskOnTheDay, awaited, standing_of
from ledger.views.views import Views

BETWEEN = "” “"  # of the quotations of two sources in one text


class Position(NamedTuple):
    """A party's last statement on an issue, as far as the dates show.

    `asking_since` is the day since which the party's own ask has been waiting, unknown if none is. `jointly_with` are
    the other parties that made the statement: its words, conditions and figures are those of all of them. `besides`
    are the party's other statements on the issue that may be later: nobody reported their order. If somebody else tells
    the last one, `own` are those of them that a source reports directly. `unless` is as in `AskOnTheDay`. `role` is
    that of a party that does not negotiate, such as mediator. `asks_in` is the statement that last made the ask, one of
    `asks_times`; `asks_apart`: the party made others on the issue. `asks_reported_by` is who reported it, if the party
    or the source did not.
    """

    statement: Statement
    issue: str
    title: str
    party: str
    asking_since: When
    quote: str
    jointly_with: Slugs = ()
    besides: Slugs = ()
    unless: str = ""
    role: str = ""
    asks_in: str = ""
    asks_reported_by: str = ""
    asks_times: int = 0
    asks_apart: bool = False
    own: Slugs = ()

    @property
    def order(self) -> str:
        """` (not known to be later than a and b)`; "" if it is certainly the last."""
        return order_of(self.besides, self.own)


class TableCell(NamedTuple):
    """A party's position on an issue: the last statement in which it took one, even if remarks followed.

    `conditions` are the conditions of the statement in words, and what happened since. `waits_for` are the parties
    that have not answered the party's ask; `waits_since` is the day since which it waits. `links` are the links
    of the statement in words, from either end: `depends on data-flows (open)`, `reaffirmed by vn-again on 3 June 2025`.
    `jointly_with` are the other parties that made the statement, and `besides` the party's other positions that may be
    later, as in `Position`. `figures` are those of the statement in words, with who told of them.
    """

    statement: Statement
    issue: str
    title: str
    status: str
    party: str
    conditions: Slugs
    waits_for: Slugs
    waits_since: When
    links: Slugs = ()
    jointly_with: Slugs = ()
    besides: Slugs = ()
    figures: Slugs = ()

    @property
    def order(self) -> str:
        """As in `Position`."""
        return order_of(self.besides)


class TableRow(NamedTuple):
    """An issue, with the position of each party that holds one; `between` says who waits for whom, and how long."""

    issue: Issue
    cells: list[TableCell]
    between: Slugs

    @property
    def by_party(self) -> dict[str, TableCell]:
        return {cell.party: cell for cell in self.cells}


class PositionTable(NamedTuple):
    """The issues on which a party holds a position, and the parties that hold one."""

    parties: Slugs
    rows: list[TableRow]


def order_of(besides: Slugs, own: Slugs = ()) -> str:
    """` (not known to be later than a and b; reported directly: b)`; "" if nothing may be later."""
    direct = f"; reported directly: {listed(own)}" if own else ""
    return f" (not known to be later than {few(besides, 'others')}{direct})" if besides else ""


def table(views: Views, issue: str = "", waiting: Sequence[AskOnTheDay] | None = None) -> PositionTable:
    """The positions that the parties hold as of the views' day, on every issue or on one.

    `waiting` are the asks that wait on the day, if they were read before.
    """
    every = views.states(Issue, "issues", order="slug")  # one with a position is known by the day
    issues = [one for one in every if one.positions and issue in ("", one.slug)]
    wanted = json.dumps([slug for one in issues for slug in one.positions])
    those = "AND slug IN (SELECT value FROM json_each(?))"
    said = {one.slug: one for one in views.states(Statement, "statements", those, wanted)}
    on_condition: dict[str, Slugs] = {}
    for condition in conditions_of(views, said.values()):
        slug = condition.statement.slug
        on_condition[slug] = (*on_condition.get(slug, ()), condition.told)
    links_of = linked(views, said)
    others = {one.other.slug for links in links_of.values() for one in links if one.other.kind == "statement"}
    issues_of = {one.slug: one.issues for one in views.states(Statement, "statements", those, json.dumps([*others]))}

    def concerns(one: LinkShown, issue: str) -> bool:
        """Whether a link belongs in the row of an issue: not one with a statement on other issues alone.

        What was said of a condition is told with the condition.
        """
        of_condition = one.link.relation in (MEETS, MEETS_NOT) and one.link.slug == one.other.slug
        return issue in (issues_of.get(one.other.slug) or [issue]) and not of_condition

    waiting = views.asks() if waiting is None else waiting
    asks = _asked_by(waiting)
    waits: dict[str, list[str]] = {}
    for ask in sorted(waiting, key=lambda one: one.ask.asker):
        waits.setdefault(ask.ask.issue, []).append(_waits(views, ask))
    figures_of, rows = figures_told(views), []
    for one in issues:
        cells = [
            _cell(
                one,
                party,
                said[slug],
                on_condition.get(slug, ()),
                asks(one.slug, party, slug),
                tuple(link.in_words for link in links_of.get(slug, ()) if concerns(link, one.slug)),
                tuple(besides.split()),
                tuple(f"{one}{views.refused(slug)}" for one in figures_of(said[slug])),
            )
            for party, slug, besides in sorted(zip(one.holding, one.positions, one.besides, strict=True))
            if slug in said
        ]
        rows.append(TableRow(one, cells, tuple(waits.get(one.slug, ()))))
    return PositionTable(tuple(sorted({cell.party for row in rows for cell in row.cells})), rows)


def _cell(
    issue: Issue,
    party: str,
    said: Statement,
    conditional_on: Slugs,
    asked: AskOnTheDay | None,
    links: Slugs,
    besides: Slugs,
    figures: Slugs,
) -> TableCell:
    ask = asked.ask if asked else None
    awaits, since = (awaited(ask), known_day(ask, ask.waiting_since)) if ask else ((), When())
    of_issue = said, issue.slug, issue.title, standing_of(issue)
    return TableCell(
        *of_issue, party, conditional_on, awaits, since, links, jointly_with(said, party), besides, figures
    )


def _asked_by(asks: Sequence[AskOnTheDay]) -> Callable[[str, str, str], AskOnTheDay | None]:
    """Finds the ask of a party on an issue: of separate requests, the one in a statement, or else the longest."""
    longest = {(one.ask.issue, one.ask.asker): one for one in reversed(asks)}
    made = {
        (one.ask.issue, one.ask.asker, slug): one
        for one in asks
        for slug in (one.ask.first_statement, one.ask.last_statement)
    }
    return lambda issue, party, said: made.get((issue, party, said)) or longest.get((issue, party))


def _waits(views: Views, one: AskOnTheDay) -> str:
    """`Viet Nam waits for the United States, 10 days`, with the request if there are several, and who considers it."""
    others = listed(map(views.in_sentence, awaited(one.ask))) or "an answer"
    considers = f" ({replies(one, views)})" if considering(one.ask) else ""
    about = f" ({one.ask.last_statement})" if one.requests > 1 else ""
    return f"{views.with_role(one.ask.asker)} waits for {others}, {one.waited}{about}{considers}"


def positions(views: Views, *, issue: str = "", party: str | Slugs = "") -> list[Position]:
    """Each party's last statement on each issue, by issue and party; of one day, the last in order counts."""
    titles = {one.slug: one.title for one in views.issues()}
    asks = _asked_by(views.asks())
    made: dict[tuple[str, str], list[Statement]] = {}
    for statement in views.statements():
        for about in statement.issues:
            for speaker in speakers(statement):
                made.setdefault((about, speaker), []).append(statement)
    quotes = quoted(views)
    found = (
        _position(said, before, titles.get(about, about), about, of, asks(about, of, said.slug), quotes)
        for (about, of), (*before, said) in (
            (key, _perhaps_last([*in_order(one)])) for key, one in sorted(made.items())
        )
        if (not issue or about == issue) and (not party or among(party, [of]))
    )
    return [one._replace(role=views.role_of(one.party)) for one in found]


def _perhaps_last(said: Sequence[Statement]) -> list[Statement]:
    """Those of a party's statements in order that may be its last: no other replaces them or certainly came later."""
    replaced, found = {slug for one in said for slug in one.linked("replaces")}, list[Statement]()
    for one in [one for one in said if one.slug not in replaced] or said:
        found = [*(other for other in found if not follows(one, other.slug, other.day, surely_made_by(other))), one]
    return found


def _position(
    said: Statement,
    before: Sequence[Statement],
    title: str,
    about: str,
    party: str,
    asks: AskOnTheDay | None,
    quotes: Mapping[str, str],
) -> Position:
    return Position(
        statement=said,
        issue=about,
        title=title,
        party=party,
        asking_since=known_day(asks.ask, asks.ask.waiting_since) if asks else When(),
        quote=quotes.get(said.slug, ""),
        jointly_with=jointly_with(said, party),
        besides=tuple(one.slug for one in before),
        unless=asks.unless if asks else "",
        asks_in=asks.ask.last_statement if asks else "",
        asks_reported_by=asks.reported_by if asks else "",
        asks_times=asks.ask.times if asks else 0,
        asks_apart=asks is not None and asks.requests > 1,
        own=tuple(one.slug for one in before if _is_own(one, party)) if not _is_own(said, party) else (),
    )


def _is_own(said: Statement, party: str) -> bool:
    """Whether nobody but the party itself, or the source, reports a statement."""
    return not said.reported_by or among(party, [said.reported_by])


def quoted(views: Views, said: Collection[str] | None = None) -> dict[str, str]:
    """The quotations of each statement and follow-up reported by the views' day, joined into one text.

    `said` are the slugs of the statements that are wanted, if not all are.
    """
    those = " AND (evidence.kind = 'follow-up' OR evidence.slug IN (SELECT value FROM json_each(?)))"
    rows = views.rows(
        "SELECT evidence.slug, log.source, words FROM evidence JOIN log ON log.position = evidence.position"
        " WHERE evidence.negotiation = ? AND evidence.kind IN ('statement', 'follow-up') AND takes_effect <= ?"
        f"{'' if said is None else those} ORDER BY {OCCURRENCE}, evidence.rowid",
        *(views.negotiation, views.day, *([] if said is None else [json.dumps([*said])])),
    )
    found: dict[str, dict[str, dict[str, None]]] = {}
    for slug, source, words in rows:
        found.setdefault(slug, {}).setdefault(source, {})[words] = None
    # No quotation has the words of two sources.
    return {slug: BETWEEN.join(" … ".join(words) for words in of_it.values()) for slug, of_it in found.items()}
