"""Positions: each party's latest statement on each issue."""

from typing import NamedTuple

from ledger.dates import When
from ledger.domain.states import Statement, known_day
from ledger.domain.voices import speakers
from ledger.views.schema import OCCURRENCE
from ledger.views.views import Views


class Position(NamedTuple):
    """A party's latest statement on an issue.

    `asking_since` is the day since which the party's own ask has been waiting, unknown if none is.
    """

    statement: Statement
    issue: str
    title: str
    party: str
    asking_since: When
    quote: str


def positions(views: Views, *, issue: str = "", party: str = "") -> list[Position]:
    """Each party's latest statement on each issue, ordered by issue and party; on one day the last one counts."""
    titles = {one.slug: one.title for one in views.issues()}
    asking = {(one.ask.issue, one.ask.asker): known_day(one.ask, one.ask.waiting_since) for one in views.asks()}
    latest: dict[tuple[str, str], Statement] = {}
    for statement in views.statements():
        for about in statement.issues:
            for speaker in speakers(statement):
                latest[about, speaker] = statement
    quotes = quoted(views)
    return [
        Position(said, about, titles.get(about, about), of, asking.get((about, of), When()), quotes.get(said.slug, ""))
        for (about, of), said in sorted(latest.items(), key=lambda one: one[0])
        if (not issue or about == issue) and (not party or of == party)
    ]


def turn_of(statement: Statement) -> tuple[str, str]:
    """The place of a statement in the order of occurrence."""
    return statement.day, statement.turn


def quoted(views: Views) -> dict[str, str]:
    """The quotations of each statement and follow-up reported by the views' day, joined into one text."""
    rows = views.rows(
        "SELECT evidence.slug, words FROM evidence JOIN log ON log.position = evidence.position"
        " WHERE evidence.negotiation = ? AND evidence.kind IN ('statement', 'follow-up') AND takes_effect <= ?"
        f" ORDER BY {OCCURRENCE}, evidence.rowid",
        views.negotiation,
        views.day,
    )
    found: dict[str, list[str]] = {}
    for slug, words in rows:
        found.setdefault(slug, []).append(words)
    return {slug: " … ".join(dict.fromkeys(words)) for slug, words in found.items()}
