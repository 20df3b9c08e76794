"""The status of an ask on a day: for how long it has waited, and what was asked and answered."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from ledger.base.text import counted, days, doubted, listed, marked, on_condition
from ledger.dates import When, reported
from ledger.domain.clocks import surely_by, which_request
from ledger.domain.states import Ask, Issue, Slugs, Statement
from ledger.domain.vocabulary import OF_THE_ACT, ends_wait, guess, guessed_mark


class AskStatement(NamedTuple):
    """The fields of a statement that lists of asks show for the ask that it made."""

    slug: str
    says: str
    by: Slugs
    at: str
    sources: Slugs
    inferred: str
    conditional_on: Slugs
    on: When
    reported_by: str
    act: str
    issues: Slugs
    day: str
    inferred_in: Slugs

    @property
    def guessed(self) -> str:
        """The keeper's inference, if it is about what the statement does, and not only about its words or the like."""
        return guess(self.inferred, self.inferred_in, *OF_THE_ACT)

    @property
    def told(self) -> str:
        """Its words, with its conditions, marked as what the record keeper inferred."""
        return f"{on_condition(self.says, self.conditional_on)}{guessed_mark(self.inferred, self.inferred_in)}"


class AskOnTheDay(NamedTuple):
    """An ask, and the days for which it has waited for an answer; null if it is not waiting, else the least possible.

    `unless` is "answered" or "withdrawn" if the record has a statement that may have ended the wait by the day, else as
    in `Ask`. `longer`: it may have waited longer, because a request may have been made earlier. `title` is that of its
    issue, `asker_role` the role in which an asker that does not negotiate speaks, such as mediator. The fields from
    `says` to `act` are those of the statement that last made it, as in `AskStatement`, and those with `answer` those of
    the last answer. Those with `answers` are, in parallel to the addressees, who reported their answers, what the
    keeper inferred in them, when those other than the last answer were given, in words, and their conditions.
    `besides` are the other issues on which the statement asked and that were answered since, each with the answer:
    `Free boots: accepted`; `also_on` are the titles of all others on which it asked the same. Those with `ended` are
    of the statement in `ended_in`. `answered_on` are the conditions of the last answer; `conditions_inferred`: of that
    answer, the keeper inferred these. What was said of the conditions of the request, such as that they are met, is in
    `conditions_said`, of those of the last answer in `answer_conditions_said`.
    `requests` is the number of separate requests by the asker on the issue; each is an ask of its own.
    """

    ask: Ask
    days_waiting: int | None
    title: str = ""
    says: str = ""
    said_by: Slugs = ()
    at: str = ""
    sources: Slugs = ()
    inferred: str = ""
    conditional_on: Slugs = ()
    said_on: When = When()
    reported_by: str = ""
    act: str = ""
    answered_on: Slugs = ()
    answer_said_on: When = When()
    answer_reported_by: str = ""
    answer_inferred: str = ""
    besides: Slugs = ()
    unless: str = ""
    longer: bool = False
    inferred_in: Slugs = ()
    conditions_inferred: bool = False
    answers_reported_by: Slugs = ()
    answers_inferred: Slugs = ()
    answers_said_on: Slugs = ()
    answers_conditional_on: Slugs = ()
    conditions_said: str = ""
    answer_conditions_said: str = ""
    ended_act: str = ""
    ended_on: When = When()
    ended_reported_by: str = ""
    asker_role: str = ""
    requests: int = 1
    also_on: Slugs = ()

    @property
    def standing(self) -> str:
        """The status of the ask, marked if it rests on a statement in which the record keeper inferred something."""
        return standing_of_ask(self.ask._replace(unless=self.unless))

    @property
    def heard(self) -> str:
        """The word before the date of the reply: `answered`, unless that says only that the ask is considered."""
        return "answered" if ends_wait(self.ask.last_answer_act) else "reply"

    @property
    def silence(self) -> str:
        """That no end of its wait is on record; for one that may have come since, that it is not known to have."""
        return _SILENCES.get(self.unless, "no answer known to have come")

    @property
    def last(self) -> str:
        """The word before the date of its latest request, such as `last`: as of `which_request`."""
        return which_request(self.ask.times, surely_last=self.ask.surely_last)

    @property
    def among(self) -> str:
        """`, one of 2 requests` on the issue, `, the last of 3 times on record`, whose words may differ; or ""."""
        if self.requests > 1:
            return f", one of {self.requests} requests"
        which = "the last" if self.last == "last" else "one"
        return f", {which} of {self.ask.times} times on record" if self.ask.times > 1 else ""

    @property
    def elsewhere(self) -> str:
        """`the same words also on Ferries`: the other issues on which its words are an ask, too; else ""."""
        return f"the same words also on {listed(self.also_on)}" if self.also_on else ""

    @property
    def told(self) -> str:
        """Its words, with its conditions and what was said of them, marked if the keeper inferred something in it."""
        mark = guessed_mark(self.inferred, self.inferred_in)
        said = f" ({self.conditions_said})" if self.conditions_said else ""
        return f"{on_condition(self.says, self.conditional_on)}{mark}{said}" if self.says else ""

    @property
    def waited(self) -> str:
        """In words: `20 days`, `at least 20 days`, `at least 20 days, unless answered`; "" if it is not waiting.

        It is marked if the keeper inferred something in an earlier request, since which the ask waits.
        """
        waited = days(self.days_waiting)
        if waited and self.longer:
            waited = f"at least {waited}" if self.days_waiting else "since today or earlier"
        return doubted(marked(waited, self.waited_inferred), self.unless) if waited else ""

    @property
    def waited_inferred(self) -> str:
        """The request since which it waits, if the keeper inferred something in it and it is not the last one."""
        first, last = self.ask.waiting_in, self.ask.last_statement
        return first if first != last and first in self.ask.rests_on_inferred else ""

    @property
    def waits(self) -> str:
        """As `waited`, in a sentence: `waiting for 20 days`, `waiting since today or earlier`."""
        if not self.waited:
            return ""
        since = "for" if self.days_waiting else "" if self.longer else "since"
        return f"waiting {since} {self.waited}".replace("  ", " ")


class Deferral(NamedTuple):
    """A statement that deferred an ask, and the ask, which is neither waiting nor answered since."""

    deferred: Statement
    asked: AskOnTheDay


_NONE: Mapping[Any, Any] = MappingProxyType({})
_Besides = Mapping[tuple[str, str], Mapping[str, str]]
_GRANTED = ("agreed", "agreed in principle", "narrowed", "partly settled", "settled")
_SILENCES = {"": "no answer on record", "withdrawn": "not known to be withdrawn"}
_SINCE = {"proposed": "new proposal", "asked": "asked"}


def standing_of(issue: Issue, said: str = "") -> str:
    """The status of an issue in words, followed by `said`; for a lasting status, also the later proposal.

    What was agreed or settled on conditions says so. It is marked if it rests on a statement in which the record keeper
    inferred something.
    """
    lasts = issue.raised_since and issue.status in ("narrowed", "agreed in principle")
    order = "since" if issue.raised_surely else "earlier or later"
    since = f"; {_SINCE.get(issue.raised_since, 'raised')} {order}" if lasts else ""
    status = f"{issue.status} on conditions" if issue.conditional and issue.status in _GRANTED else issue.status
    standing = marked(doubted(status, issue.unless), "".join(issue.rests_on_inferred))
    return f"{standing}{said}{since}"


def standing_of_ask(ask: Ask) -> str:
    """The status of an ask in words, marked if the record keeper inferred something in a statement it rests on."""
    return marked(doubted(ask.status, ask.unless), "".join(ask.rests_on_inferred))


def waiting(ask: Ask, day: str, perhaps: Collection[str] = ()) -> AskOnTheDay:
    """The ask, and the least number of days for which it has waited since the first request after the last answer.

    `perhaps` has what may have happened to it by the day, and counts only later: `asked`, `answered`, `withdrawn`.
    """
    if not ask.waiting_since:
        return AskOnTheDay(ask, None, unless=ask.unless)
    since = surely_waits_since(ask)
    unless = next((end for end in ("answered", "withdrawn") if end in perhaps), "")
    return AskOnTheDay(
        ask,
        max(0, (date.fromisoformat(day) - date.fromisoformat(since)).days),
        unless=unless or ask.unless,
        longer=since != ask.waiting_since or since in ask.bounds or "asked" in perhaps,
    )


def surely_waits_since(ask: Ask) -> str:
    """The day since which an ask has surely waited for an answer.

    That of its first request after the last answer; where only a convention gives that day ("early September"), the
    day by which that request was surely made, or that of the last request if it is known and nobody has answered since.
    """
    since = ask.surely_since or ask.waiting_since
    surely = surely_by(ask, since)
    again = since < ask.last_asked < surely and ask.last_asked not in ask.bounds
    return ask.last_asked if again and all(ask.waits) else surely


def in_full(
    one: AskOnTheDay, titles: Mapping[str, str], said: Mapping[str, AskStatement], besides: _Besides = _NONE
) -> AskOnTheDay:
    """The ask in full, with the `titles` of issues.

    `besides` has, by statement and asker, the issues on which it asked and was answered.
    """
    ask = one.ask
    also_answered = besides.get((ask.last_statement, ask.asker), {}) if ask.waiting_since else {}
    asked, answer = said.get(ask.last_statement), said.get(ask.answer_statement)
    each = [said.get(slug) for slug in ask.answered_in]
    found = one._replace(
        title=titles.get(ask.issue, ""),
        said_on=reported(asked.on if asked else When(), ask.last_asked),
        answer_said_on=reported(answer.on if answer else When(), ask.last_answer),
        besides=tuple(also_answered.values()),
        also_on=tuple(
            titles.get(issue, issue)
            for issue in (asked.issues if asked else ())
            if issue != ask.issue and issue not in also_answered
        ),
        answers_reported_by=tuple(answer.reported_by if answer else "" for answer in each),
        answers_inferred=tuple(answer.guessed if answer else "" for answer in each),
        answers_said_on=tuple(
            reported(answer.on, answer.day).clause() if answer and answer.slug != ask.answer_statement else ""
            for answer in each
        ),
        answers_conditional_on=tuple(conditions_of(answer) if answer else "" for answer in each),
        **(_ending(said[ask.ended_in]) if ask.ended_in in said else {}),
        **(_of_request(asked) if asked else {}),
    )
    if answer is None:
        return found
    return found._replace(
        answered_on=answer.conditional_on,
        answer_reported_by=answer.reported_by,
        answer_inferred=answer.guessed,
        conditions_inferred=bool(answer.inferred_in and guess(answer.inferred, answer.inferred_in, "conditional_on")),
    )


def conditions_of(said: Any) -> str:
    """The conditions of a statement in one text, marked if the keeper inferred these and not all of it."""
    guessed = said.inferred_in and guess(said.inferred, said.inferred_in, "conditional_on")
    return marked("; ".join(said.conditional_on), guessed or "") if said.conditional_on else ""


def _of_request(said: AskStatement) -> dict[str, Any]:
    """The fields of an ask that are those of the statement that last made it; its day may be unknown."""
    return {
        "says": said.says,
        "said_by": said.by,
        "at": said.at,
        "sources": said.sources,
        "inferred": said.inferred,
        "inferred_in": said.inferred_in,
        "conditional_on": said.conditional_on,
        "reported_by": said.reported_by,
        "act": said.act,
    }


def _ending(said: AskStatement) -> dict[str, Any]:
    """The fields of an ask that are those of the statement with which the asker itself ended it."""
    when = reported(said.on, said.day)
    return {"ended_act": said.act, "ended_on": when, "ended_reported_by": said.reported_by}


def awaited(ask: Ask) -> Slugs:
    """The addressees that have not answered since they were last asked."""
    return tuple(party for party, since in zip(ask.to, ask.waits, strict=True) if since)


def made_in(asks: Collection[AskOnTheDay]) -> str:
    """`, made in 4 statements`: after the number of asks, if one statement made several of them; else ""."""
    statements = len({one.ask.last_statement for one in asks})
    return f", made in {counted(statements, 'statement')}" if statements < len(asks) else ""


def longest_first(asks: Iterable[AskOnTheDay]) -> list[AskOnTheDay]:
    """The asks that are waiting, longest first; then the others, by issue and asker."""

    def wait(one: AskOnTheDay) -> tuple[int, str, str]:
        days = -1 if one.days_waiting is None else one.days_waiting
        return -days, one.ask.issue, one.ask.asker

    return sorted(asks, key=wait)
