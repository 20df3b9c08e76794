"""The conditions of statements as of a day, each with what happened since to the entry that it is about.

A condition is about an issue, a follow-up, a meeting or an ask. The later events that count are that the issue was
settled or agreed, the follow-up ended, the meeting was held, or the ask was accepted.

Whether that meets the condition is for the reader: "if Russia rejects a ceasefire", "should the talks collapse" and
"once the text is signed" are about the same entry, and its acceptance meets none of them. No answer says that a
condition is met, or not met.
"""

from collections.abc import Iterable
from typing import NamedTuple

from ledger.base.text import marked
from ledger.dates import When, surely_after
from ledger.domain.states import Ask, FollowUp, Issue, Meeting, Statement
from ledger.domain.vocabulary import ACTS, Role
from ledger.domain.voices import speakers
from ledger.views.links import replaced
from ledger.views.reader import Reader
from ledger.views.status import ends_in, outcome

SETTLED = ("settled", "agreed")  # the statuses of an issue on which all that was asked is granted
_SETTLES = (Role.ACCEPTS, Role.SETTLES)


class ConditionOnTheDay(NamedTuple):
    """A condition of a statement: its words, and the entry that they are about, "" if there is none.

    `since` says what happened to that entry after the statement: settled, agreed, done, done late, lapsed, dropped,
    superseded, held or accepted. `since_by` is the entry that shows it, `since_on` its date, and `since_inferred` the
    record keeper's inference in that entry. They are empty if no entry shows any of this. Whether the condition is met
    is not said.
    """

    statement: Statement
    words: str
    about: str
    since: str = ""
    since_by: str = ""
    since_on: When = When()
    since_inferred: str = ""

    @property
    def shown(self) -> str:
        """The later event in words: `since then: agreed on 3 June 2025, see vn-yes`; "" if there is none."""
        if not self.since:
            return ""
        happened = f"{marked(self.since, self.since_inferred)} {self.since_on.clause()}".rstrip()
        return f"since then: {happened}, see {self.since_by}"

    @property
    def told(self) -> str:
        """The words, and what happened since to the entry that they are about."""
        return f"{self.words} ({self.shown})" if self.shown else self.words


class Since(NamedTuple):
    """A later event about an entry, the entry that shows it, and its date."""

    since: str
    since_by: str
    since_on: When
    inferred: str


def conditions(views: Reader, *, of: str = "", about: str = "") -> list[ConditionOnTheDay]:
    """The conditions of the statements made by the day, in order; of one statement, or about one entry."""
    those = f"AND conditional_on != '[]'{' AND slug = ?' if of else ''}"
    said = views.states(Statement, "statements", those, *([of] if of else []), order="day, turn")
    return conditions_of(views, said, about)


def conditions_of(views: Reader, said: Iterable[Statement], about: str = "") -> list[ConditionOnTheDay]:
    """The conditions of these statements."""
    return [
        ConditionOnTheDay(one, words, on, *(_since(views, one, on) or ()))
        for one in said
        for words, on in zip(one.conditional_on, one.conditional_about, strict=True)
        if about in ("", on)
    ]


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


def _since(views: Reader, statement: Statement, about: str) -> Since | None:
    """The later event about the entry that a condition is about; None if no entry shows one."""
    for issue in views.states(Issue, "issues", order="slug") if about else ():
        if issue.slug == about:
            return _settled(views, statement, issue)
    for follow_up in views.states(FollowUp, "follow_ups", "AND slug = ?", about) if about else ():
        how = outcome(follow_up.status, follow_up.closed_on, follow_up.due, "", ends_in(follow_up.other_ends))
        ended = Since(how, about, follow_up.closed_on, follow_up.inferred)
        return _after(statement, ended) if follow_up.is_closed else None
    for meeting in views.states(Meeting, "meetings", "AND slug = ? AND status = 'held'", about) if about else ():
        return _after(statement, Since("held", about, meeting.held_by_all, meeting.inferred))
    for asked in views.states(Statement, "statements", "AND slug = ?", about) if about else ():
        return _accepted(views, statement, asked)
    return None


def _after(statement: Statement, ended: Since) -> Since | None:
    return ended if surely_after(ended.since_on, statement.said_on) else None


def _settled(views: Reader, statement: Statement, issue: Issue) -> Since | None:
    """The statement with which an issue was settled or agreed after the one with the condition."""
    if issue.status not in SETTLED or issue.unless or (since := _settled_since(views, issue.slug)) < statement.day:
        return None
    on_it = "AND day >= ? AND slug IN (SELECT statement FROM mentions WHERE negotiation = ? AND issue = ?)"
    asked = on_it, statement.day, views.negotiation, issue.slug
    said = [one for one in views.states(Statement, "statements", *asked, order="day, turn") if issue.slug in one.issues]
    settling = [one for one in said if _settles(one) and one.order > statement.order]
    by_then = [one for one in settling if one.day <= since]
    shows = by_then[-1:] or settling[:1]
    status = f"{issue.status} on conditions" if issue.conditional else issue.status
    return Since(status, shows[0].slug, shows[0].said_on, shows[0].inferred) if shows else None


def _settled_since(views: Reader, issue: str) -> str:
    """The day since which an issue has been settled or agreed."""
    row = views.row(
        f"SELECT MAX(valid_to) FILTER (WHERE valid_to <= ? AND status NOT IN {SETTLED}), MIN(valid_from)"
        " FROM issues WHERE negotiation = ? AND slug = ? AND valid_from <= ?",
        *(views.day, views.negotiation, issue, views.day),
    )
    return str(row[0] or row[1] or "") if row else ""


def _accepted(views: Reader, statement: Statement, asked: Statement) -> Since | None:
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
    return Since("accepted", last.slug, last.said_on, last.inferred)


def _settles(statement: Statement) -> bool:
    return statement.act in ACTS and ACTS[statement.act].role in _SETTLES
