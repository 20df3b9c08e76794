"""The conditions of statements as of a day, each with the entry that shows that it is met.

A condition is about an issue, a follow-up, a meeting or an ask. It is met if, after the statement, the issue was
settled or agreed, the follow-up done before its due date had passed, the meeting held, or the ask accepted. Without an
entry that shows this, a condition is not met.

A condition that something does not happen ("if no duty is imposed") is not read as met or unmet, because the events may
be just what the condition excludes. The outcome then says only what happened.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from ledger.base.patterns import once
from ledger.base.text import marked
from ledger.dates import When, surely_after, surely_late
from ledger.domain.states import Ask, FollowUp, Issue, Meeting, Statement
from ledger.domain.vocabulary import ACTS, Role
from ledger.domain.voices import speakers
from ledger.views.links import replaced
from ledger.views.reader import Reader

SETTLED = ("settled", "agreed")  # the statuses of an issue on which all that was asked is granted
_SETTLES = (Role.ACCEPTS, Role.SETTLES)
# Words of a condition that something does not happen, or is not there, in English and Vietnamese.
_EXCLUDES = (
    r"\b(?:(?:not?|never)(?! (?:later|earlier|more|less|fewer|only)\b)|none|nothing|nobody|no-one|neither|nor|without"
    r"|unless|absent|absence|lack|barring|failing|fails?|failed|failure|cannot|refrains?|abstains?"
    r"|không|khong|chưa|chẳng|trừ khi|tru khi|thiếu|vắng)\b|n[’']t\b"
)


class ConditionOnTheDay(NamedTuple):
    """A condition of a statement: its words, and the entry that they are about, "" if there is none.

    `met` says how it was met after the statement: settled, agreed, done, held or accepted. `met_by` is the entry that
    shows it, `met_on` its date, and `met_inferred` the record keeper's inference in that entry. They are empty if no
    entry shows that the condition is met. For a condition that something does not happen they are always empty, and
    `turned` says what happened: `done on 20 May 2025, by duty-notice`.
    """

    statement: Statement
    words: str
    about: str
    met: str = ""
    met_by: str = ""
    met_on: When = When()
    met_inferred: str = ""
    turned: str = ""

    @property
    def shown(self) -> str:
        """The outcome since the statement: `met: agreed on 3 June 2025, by vn-yes`; "" if there is none."""
        if self.turned:
            return f"since then: {self.turned}"
        met = marked(self.met, self.met_inferred)
        return f"met: {met} {self.met_on.clause()}, by {self.met_by}" if self.met else ""

    @property
    def outcome(self) -> str:
        """Whether it is met: met, not met on record, or unclear."""
        return "unclear" if _excludes(self.words) else "met" if self.met else "not met on record"

    @property
    def told(self) -> str:
        """The words, and the entry that shows that the condition is met, or the events since."""
        return f"{self.words} ({self.shown})" if self.shown else self.words


class Met(NamedTuple):
    """The manner in which a condition was met, the entry that shows it, and its date."""

    met: str
    met_by: str
    met_on: When
    inferred: str


def conditions(views: Reader, *, of: str = "", about: str = "") -> list[ConditionOnTheDay]:
    """The conditions of the statements made by the day, in order; of one statement, or about one entry."""
    those = f"AND conditional_on != '[]'{' AND slug = ?' if of else ''}"
    said = views.states(Statement, "statements", those, *([of] if of else []), order="day, turn")
    return conditions_of(views, said, about)


def conditions_of(views: Reader, said: Iterable[Statement], about: str = "") -> list[ConditionOnTheDay]:
    """The conditions of these statements."""
    return [
        _on_the_day(one, words, on, _met(views, one, on))
        for one in said
        for words, on in zip(one.conditional_on, one.conditional_about, strict=True)
        if about in ("", on)
    ]


def _excludes(words: str) -> bool:
    """Whether a condition is that something does not happen."""
    return once(_EXCLUDES, re.IGNORECASE).search(words) is not None


def _on_the_day(statement: Statement, words: str, about: str, met: Met | None) -> ConditionOnTheDay:
    if met is None or not _excludes(words):
        return ConditionOnTheDay(statement, words, about, *(met or ()))
    turned = f"{marked(met.met, met.inferred)} {met.met_on.clause()}, by {met.met_by}"
    return ConditionOnTheDay(statement, words, about, turned=turned)


def in_force(views: Reader) -> list[ConditionOnTheDay]:
    """The conditions of the statements that are still a party's position on an issue, or that take no position."""
    found = conditions(views)
    held = {slug for one in views.states(Issue, "issues", order="slug") for slug in one.positions} if found else set()
    gone = replaced(views)
    return [
        one
        for one in found
        if one.statement.slug in held or not (takes_a_position(one.statement) or one.statement.slug in gone)
    ]


def takes_a_position(statement: Statement) -> bool:
    """Whether a statement takes a position on an issue, which a later one replaces."""
    return bool(statement.issues) and statement.act in ACTS and ACTS[statement.act].role.takes_a_position


def _met(views: Reader, statement: Statement, about: str) -> Met | None:
    """How a condition of the statement, about this entry, was met; None if no entry shows that it was."""
    for issue in views.states(Issue, "issues", order="slug") if about else ():
        if issue.slug == about:
            return _settled(views, statement, issue)
    for follow_up in views.states(FollowUp, "follow_ups", "AND slug = ? AND status = 'done'", about) if about else ():
        late = surely_late(follow_up.closed_on, follow_up.due)
        return None if late else _after(statement, Met("done", about, follow_up.closed_on, follow_up.inferred))
    for meeting in views.states(Meeting, "meetings", "AND slug = ? AND status = 'held'", about) if about else ():
        return _after(statement, Met("held", about, meeting.held_by_all, meeting.inferred))
    for asked in views.states(Statement, "statements", "AND slug = ?", about) if about else ():
        return _accepted(views, statement, asked)
    return None


def _after(statement: Statement, met: Met) -> Met | None:
    return met if surely_after(met.met_on, statement.said_on) else None


def _settled(views: Reader, statement: Statement, issue: Issue) -> Met | None:
    """The statement with which an issue was settled or agreed after the one with the condition."""
    if issue.status not in SETTLED or (since := _since(views, issue.slug)) < statement.day:
        return None
    on_it = "AND day >= ? AND slug IN (SELECT statement FROM mentions WHERE negotiation = ? AND issue = ?)"
    asked = on_it, statement.day, views.negotiation, issue.slug
    said = [one for one in views.states(Statement, "statements", *asked, order="day, turn") if issue.slug in one.issues]
    settling = [one for one in said if _settles(one) and one.order > statement.order]
    by_then = [one for one in settling if one.day <= since]
    shows = by_then[-1:] or settling[:1]
    return Met(issue.status, shows[0].slug, shows[0].said_on, shows[0].inferred) if shows else None


def _since(views: Reader, issue: str) -> str:
    """The day since which an issue has been settled or agreed."""
    row = views.row(
        f"SELECT MAX(valid_to) FILTER (WHERE valid_to <= ? AND status NOT IN {SETTLED}), MIN(valid_from)"
        " FROM issues WHERE negotiation = ? AND slug = ? AND valid_from <= ?",
        *(views.day, views.negotiation, issue, views.day),
    )
    return str(row[0] or row[1] or "") if row else ""


def _accepted(views: Reader, statement: Statement, asked: Statement) -> Met | None:
    """The answer with which the last of the asks that a statement made was accepted."""
    if asked.act not in ACTS or ACTS[asked.act].role not in (Role.RAISES, Role.OBJECTS):
        return None
    asks = [
        ask
        for issue in asked.issues
        for asker in speakers(asked)
        for ask in views.states(Ask, "asks", "AND issue = ? AND asker = ?", issue, asker)
    ]
    if not asks or any(ask.status != "agreed" for ask in asks):
        return None
    answers = [
        one
        for ask in asks
        for one in views.states(Statement, "statements", "AND slug = ?", ask.answer_statement)
        if _settles(one) and one.order > statement.order
    ]
    last = max(answers, key=lambda one: one.order, default=None)
    if last is None or len(answers) != len(asks):
        return None
    return Met("accepted", last.slug, last.said_on, last.inferred)


def _settles(statement: Statement) -> bool:
    return statement.act in ACTS and ACTS[statement.act].role in _SETTLES
