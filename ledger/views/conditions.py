"""The conditions of statements as of a day, each with what was said of it, and what happened since to its entry.

A condition is about an issue, a follow-up, a meeting or an ask. The later events that count are that the issue was
settled or agreed, the follow-up ended, the meeting was held, or the ask was accepted.

Whether that meets the condition is for the reader: "if Russia rejects a ceasefire", "should the talks collapse" and
"once the text is signed" are about the same entry, and its acceptance meets none of them. No answer says that a
condition is met, or not met, except as the word of those who said so.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from ledger.base.text import capital, listed, marked, on_condition
from ledger.dates import When, surely_after
from ledger.domain.clocks import comes_after, in_order
from ledger.domain.states import Ask, FollowUp, Issue, Link, Meeting, Slugs, Statement
from ledger.domain.vocabulary import ACTS, MEETS, MEETS_NOT, Role, guess
from ledger.domain.voices import UNATTRIBUTED, represented, speakers
from ledger.views.ahead import Ahead
from ledger.views.links import replaced
from ledger.views.status import AskOnTheDay, by_voices, outcome

SETTLED = ("settled", "agreed")  # the statuses of an issue on which all that was asked is granted
_SETTLES = (Role.ACCEPTS, Role.SETTLES)
OF_CONDITIONS = f"AND relation IN {(MEETS, MEETS_NOT)}"  # of links
_OF_A_SAYING = ("by", "on_behalf_of", "act", "on", "reported_by", "meets")  # the fields that its words rest on


class ConditionSaid(NamedTuple):
    """That somebody says of a condition that it is met, or not met (`says`), in the statement `statement`.

    `on` is when, `reported_by` who told of it, `sources` report it, `inferred` is the record keeper's inference in it.
    `told` has this in words, but for the statement: `said by Viet Nam on 26 May 2025 to be met, in wire`.
    """

    says: str
    statement: str
    by: Slugs
    on_behalf_of: Slugs
    on: When
    reported_by: str
    sources: Slugs
    inferred: str
    told: str

    @property
    def in_full(self) -> str:
        """`said by Viet Nam on 26 May 2025 to be met, in wire, see vn-met`."""
        return f"{self.told}, see {self.statement}"


class ConditionOnTheDay(NamedTuple):
    """A condition of a statement: its words, and the entry that they are about, "" if there is none.

    `sayings` are what was said of the condition, in order.

    `since` says what happened to that entry after the statement: settled, agreed, done, done late, lapsed, dropped,
    superseded, held or accepted. `since_by` is the entry that shows it, `since_on` its date, and `since_inferred` the
    record keeper's inference in that entry. `since_told` has who says so, and in which sources. They are empty if no
    entry shows any of this, which does not say whether the condition is met. `unless_after` is a position of the same
    party on the issue that may be later, and without conditions.
    """

    statement: Statement
    words: str
    about: str
    since: str = ""
    since_by: str = ""
    since_on: When = When()
    since_inferred: str = ""
    since_told: str = ""
    unless_after: str = ""
    sayings: tuple[ConditionSaid, ...] = ()

    @property
    def shown(self) -> str:
        """What was said of it, the later event in words, and the position that may be later; "" if there is none.

        `since then: agreed on 3 June 2025, according to Viet Nam, in daily, see vn-yes`.
        """
        happened = f"{marked(self.since, self.since_inferred)} {self.since_on.clause()}".rstrip() + self.since_told
        since = f"since then: {happened}, see {self.since_by}" if self.since else ""
        return "; ".join(filter(None, [*(one.in_full for one in self.sayings), since, self.doubt]))

    @property
    def doubt(self) -> str:
        """`unless vn-asks is later`, if the party may have taken another position since; else ""."""
        return f"unless {self.unless_after} is later" if self.unless_after else ""

    @property
    def told(self) -> str:
        """The words, what was said of them, and what happened since to the entry that they are about."""
        return f"{self.as_stated} ({self.shown})" if self.shown else self.as_stated

    @property
    def as_stated(self) -> str:
        """The words, marked if the record keeper inferred the condition, and not all of the statement."""
        said = self.statement
        return marked(self.words, (said.inferred_in and guess(said.inferred, said.inferred_in, "conditional_on")) or "")


class Since(NamedTuple):
    """A later event about an entry, the entry that shows it, its date, and who says so in which sources.

    `told` follows the event: `, according to Viet Nam, in daily`.
    """

    since: str
    since_by: str
    since_on: When
    inferred: str
    told: str


def conditions(views: Ahead, *, of: str = "", about: str = "") -> list[ConditionOnTheDay]:
    """The conditions of the statements made by the day, in order; of one statement, or about one entry."""
    those = f"{'AND slug = ? ' if of else ''}AND conditional_on != '[]'"
    said = views.states(Statement, "statements", those, *([of] if of else []), order="day, turn")
    return conditions_of(views, said, about)


def conditions_of(views: Ahead, said: Iterable[Statement], about: str = "") -> list[ConditionOnTheDay]:
    """The conditions of these statements."""
    found = [
        ConditionOnTheDay(one, words, on, *(_since(views, one, on) or ()))
        for one in said
        for words, on in zip(one.conditional_on, one.conditional_about, strict=True)
        if about in ("", on)
    ]
    of_each = sayings(views, {one.statement.slug for one in found})
    return [one._replace(sayings=of_each.get(one.statement.slug, ())) for one in found]


def sayings(views: Ahead, of: Collection[str]) -> dict[str, tuple[ConditionSaid, ...]]:
    """What was said by the day of the conditions of these statements, by their slugs, in order.

    A statement that another replaces says nothing any more.
    """
    those = f"{OF_CONDITIONS} AND target IN (SELECT value FROM json_each(?))", json.dumps(sorted(of))
    named = views.states(Link, "links", *those) if of else []
    gone = replaced(views) if named else {}
    saying = json.dumps([one.slug for one in named if one.slug not in gone])
    found: dict[str, tuple[ConditionSaid, ...]] = {}
    listed_in = "AND slug IN (SELECT value FROM json_each(?))"
    for one in views.states(Statement, "statements", listed_in, saying, order="day, turn") if named else ():
        for link in [link for link in named if link.slug == one.slug]:
            found[link.target] = (*found.get(link.target, ()), _saying(views, one, link))
    return found


def _saying(views: Ahead, said: Statement, link: Link) -> ConditionSaid:
    """What a statement says of a condition, by one of its links."""
    says = "met" if link.relation == MEETS else "not met"
    inferred = guess(said.inferred, said.inferred_in, *_OF_A_SAYING)
    told = _who_said(views, said) + marked(f"{says.removesuffix('met')}to be met", inferred)
    if (number := len(views.conditioned.get(link.target, ()))) > 1:
        told += f", this condition or another of the {number}"
    told += f"{_within(link.sources)}{views.denied_by(said.slug)}"
    of_it = said.by, said.on_behalf_of, said.said_on, said.reported_by, link.sources, inferred
    return ConditionSaid(says, said.slug, *of_it, told)


def _who_said(views: Ahead, said: Statement) -> str:
    """`said by Ann Lee (ch), for China, on 3 June 2025, as told by Viet Nam, `, before what was said."""
    by = "without a named speaker"
    if UNATTRIBUTED not in said.by:
        spoke_for = listed(map(views.in_sentence, represented(said)))
        by = f"by {listed(map(views.in_sentence, said.by))}{f', for {spoke_for},' if spoke_for else ''}"
    told = views.told_by(said.reported_by)
    return f"said {by} {said.said_on.clause()}".rstrip() + (f"{told}, " if told else " ")


def said_since(views: Ahead, was: Link | None, link: Link) -> str:
    """The sentence for what somebody says of a condition and had not said before; "" if it is known.

    `We will cut them, conditional on: the list comes. Said by Viet Nam on 26 May 2025 to be met, in wire, see vn-met`.
    """
    said = views.states(Statement, "statements", "AND slug = ?", link.target) if was is None else []
    of_it = [one for one in sayings(views, [link.target]).get(link.target, ()) if one.statement == link.slug]
    told = [one.in_full for one in of_it if (one.says == "met") == (link.relation == MEETS)]
    return f"{on_condition(said[0].says, said[0].conditional_on)}. {capital(told[0])}" if said and told else ""


def with_sayings(views: Ahead, asks: Iterable[AskOnTheDay]) -> list[AskOnTheDay]:
    """The asks, with what was said of the conditions of their requests and of the answers."""
    found = [*asks]
    of = {one.ask.last_statement for one in found if one.conditional_on}
    each = ((one.ask.answered_in, one.answers_conditional_on) for one in found)
    of |= {slug for answers in each for slug, words in zip(*answers, strict=True) if words}
    of |= {one.ask.answer_statement for one in found if one.answered_on}
    said = {slug: "; ".join(one.in_full for one in of_it) for slug, of_it in sayings(views, of).items()}
    return [_with_sayings(one, said) for one in found] if said else found


def _with_sayings(one: AskOnTheDay, said: Mapping[str, str]) -> AskOnTheDay:
    ask, told = one.ask, one.answers_conditional_on
    each = (
        f"{words}; {said[slug]}" if slug in said else words for slug, words in zip(ask.answered_in, told, strict=True)
    )
    return one._replace(
        conditions_said=said.get(ask.last_statement, ""),
        answers_conditional_on=tuple(each),
        answer_conditions_said=said.get(ask.answer_statement, ""),
    )


def in_force(views: Ahead) -> list[ConditionOnTheDay]:
    """The conditions of the statements that are still a party's position on an issue, or that take no position."""
    found = conditions(views)
    issues = views.states(Issue, "issues", order="slug") if found else []
    held = {slug for one in issues for slug in one.positions}
    besides = {
        other: slug
        for one in issues
        for slug, others in zip(one.positions, one.besides, strict=True)
        for other in others.split()
    }
    gone = replaced(views)
    in_doubt = {slug: later for slug, later in besides.items() if slug not in held and slug not in gone}
    return [
        one._replace(unless_after=in_doubt.get(one.statement.slug, ""))
        for one in found
        if one.statement.slug in held | in_doubt.keys()
        or not (takes_a_position(one.statement) or one.statement.slug in gone)
    ]


def takes_a_position(statement: Statement) -> bool:
    """Whether a statement takes a position on an issue, which a later one replaces."""
    return bool(statement.issues) and statement.act in ACTS and ACTS[statement.act].role.takes_a_position


def _since(views: Ahead, statement: Statement, about: str) -> Since | None:
    """The later event about the entry that a condition is about; None if no entry shows one."""
    for issue in views.states(Issue, "issues", order="slug") if about else ():
        if issue.slug == about:
            return _settled(views, statement, issue)
    for follow_up in views.states(FollowUp, "follow_ups", "AND slug = ?", about) if about else ():
        [one] = views.timed([follow_up])
        how = outcome(follow_up.status, follow_up.closed_on, follow_up.due, "", one.other_ends)
        by = f"{one.ended_by}{_within(views.closed_in(about))}{views.denials(about)}"
        ended = Since(how, about, one.ended_on, follow_up.inferred, by)
        return _after(statement, ended) if follow_up.is_closed else None
    for meeting in views.states(Meeting, "meetings", "AND slug = ? AND status = 'held'", about) if about else ():
        by = f"{views.how_told(meeting)}{_within(meeting.status_in)}"
        return _after(statement, Since("held", about, meeting.held_by_all, meeting.inferred, by))
    for asked in views.states(Statement, "statements", "AND slug = ?", about) if about else ():
        return _accepted(views, statement, asked)
    return None


def _after(statement: Statement, ended: Since) -> Since | None:
    return ended if surely_after(ended.since_on, statement.said_on) else None


def _settled(views: Ahead, statement: Statement, issue: Issue) -> Since | None:
    """The statement with which an issue was settled or agreed after the one with the condition."""
    if issue.status not in SETTLED or issue.unless or (since := _settled_since(views, issue.slug)) < statement.day:
        return None
    on_it = "AND slug IN (SELECT statement FROM mentions WHERE negotiation = ? AND issue = ?) AND day >= ?"
    asked = on_it, views.negotiation, issue.slug, statement.day
    said = in_order(one for one in views.states(Statement, "statements", *asked) if issue.slug in one.issues)
    settling = [one for one in said if _settles(one) and comes_after(one, statement)]
    by_then = [one for one in settling if one.day <= since]
    shows = by_then[-1:] or settling[:1]
    status = f"{issue.status} on conditions" if issue.conditional else issue.status
    return _shown_by(views, status, shows[0]) if shows else None


def _settled_since(views: Ahead, issue: str) -> str:
    """The day since which an issue has been settled or agreed."""
    row = views.row(
        f"SELECT MAX(valid_to) FILTER (WHERE valid_to <= ? AND status NOT IN {SETTLED}), MIN(valid_from)"
        " FROM issues WHERE negotiation = ? AND slug = ? AND valid_from <= ?",
        *(views.day, views.negotiation, issue, views.day),
    )
    return str(row[0] or row[1] or "") if row else ""


def _accepted(views: Ahead, statement: Statement, asked: Statement) -> Since | None:
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
        if _settles(one) and comes_after(one, statement)
    ]
    last = next(reversed([*in_order(answers)]), None)
    if last is None or len(answers) != len(asks):
        return None
    return _shown_by(views, "accepted", last)


def _shown_by(views: Ahead, what: str, said: Statement) -> Since:
    """What a statement did, according to its speakers."""
    by = by_voices(said.on_behalf_of or said.by, views.in_sentence)
    told = f"{by}{views.told_and_denied(said.reported_by, said.slug)}{_within(said.sources)}"
    return Since(what, said.slug, said.said_on, said.inferred, told)


def _within(sources: Sequence[str]) -> str:
    """`, in daily, wire`."""
    return f", in {', '.join(sources)}" if sources else ""


def _settles(statement: Statement) -> bool:
    return statement.act in ACTS and ACTS[statement.act].role in _SETTLES
