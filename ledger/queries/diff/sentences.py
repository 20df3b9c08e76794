"""The sentences of differences, with the names, titles and sources of the second moment."""

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any

from ledger.base.text import capital, marked
from ledger.dates import When, due_in_words, reported
from ledger.domain.figures.given import FigureGiven
from ledger.domain.states import Ask, Contest, Issue, Link, Statement
from ledger.domain.vocabulary import in_unknown_order, reply
from ledger.domain.voices import Membership, Person, according_to, parties
from ledger.queries.diff.spoken import SpokenSentences, is_asked
from ledger.queries.figures import given_by, with_conditions
from ledger.queries.promises import promised
from ledger.queries.texts import reworded, tabled
from ledger.views.ahead import is_silent, moved
from ledger.views.conditions import said_since
from ledger.views.parties import days_held, role_in_words
from ledger.views.status import (
    EXPECTED,
    AskOnTheDay,
    DeadlineOnTheDay,
    FollowUpOnTheDay,
    MeetingOnTheDay,
    by_voices,
    in_place,
    in_words,
    left_of,
    standing_of,
    until_of,
    when_expected,
)
from ledger.views.views import LogRow, Views


def _no_longer(views: Views, was: Membership) -> str:
    return f"{views.name_of(was.party)}: no longer {role_in_words(views, was)}"


# The sentences for things that no longer exist.
_GONE: dict[str, Callable[[Views, Any], str]] = {
    "contested": lambda _, was: f"No longer contested: {was.kind} {was.field}",
    "role": _no_longer,
}


class ChangeSentences(SpokenSentences):
    """Writes them for the views of the second moment."""

    def __init__(self, views: Views, titles: dict[str, str], *, by_day: bool, first: str = "") -> None:
        super().__init__(views, titles, by_day=by_day, first=first)
        self._says: dict[str, Callable[[Any, Any], str]] = {
            "ask": self._ask,
            "issue": self._issue,
            "promise": partial(promised, views),
            "denial": partial(promised, views),
            "condition": partial(said_since, views),
            "follow-up": self._follow_up,
            "deadline": self._deadline,
            "meeting": self._meeting,
            "role": self._role,
            "post": self._post,
            "figure": self._figure,
            "text": partial(tabled, views),
            "provision": partial(reworded, views),
            "statement": self._spoken,
            "contested": self._contested,
            "correction": self._correction,
        }

    def says(self, kind: str, was: Any, is_: Any) -> str:
        """The sentence for a change from `was` to `is_` (None = absent); "" if it has no sentence."""
        if is_ is None:
            by = self._replaced.get(was.ask.last_statement) if kind == "ask" else ""
            if by:
                asker, title = self._views.in_sentence(was.ask.asker), self._title(was.ask.issue)
                return capital(f"{asker} no longer asks (replaced by {self._views.called(by)}): {title}")
            return _GONE[kind](self._views, was) if kind in _GONE else ""
        return self._says[kind](was, is_) if kind in self._says else ""

    def tells(self, was: Any, is_: Any) -> set[str]:
        """The statements that the sentence of a difference tells."""
        match is_:
            case AskOnTheDay():
                return _made_by(is_) - (_made_by(was) if was is not None else set())
            case Issue():
                return {*is_.rests_on}
            case FigureGiven():
                return {is_.entry.partition("/")[2]}
            case Statement() | Link():
                return {is_.slug}
        return set()

    def source(self, was: Any, is_: Any) -> str:
        """The newest source of a thing; of a statement, the one whose words its sentence tells."""
        thing = was if is_ is None else is_
        match thing:
            case LogRow() | Membership():
                return thing.source
            case Person():
                sources = thing.posts_in
            case sqlite3.Row():
                return self._source_of(thing)
            case AskOnTheDay():
                asked = is_ is not None and is_asked(was, is_)
                return self._source_of(self._statement(thing.ask.last_statement if asked else _newest(thing.ask)))
            case Issue():
                return self._source_of(self._statement(thing.rests_on[-1])) if thing.rests_on else ""
            case FollowUpOnTheDay():
                sources = thing.follow_up.sources if thing.follow_up.is_closed else thing.follow_up.agreed_in
            case DeadlineOnTheDay():
                sources = thing.deadline.sources
            case MeetingOnTheDay():
                sources = (thing.superseded_by or thing.meeting).status_in
            case _:
                sources = thing.sources
        return sources[-1] if sources else ""

    def _issue(self, was: Issue | None, is_: Issue) -> str:
        if is_.status in ("named", "noted") or (was is not None and standing_of(was) == standing_of(is_)):
            return ""
        before = standing_of(was) if was is not None else "not recorded"
        by = self._views.as_told(according_to(is_))
        said = f", {'raised by' if is_.status in ('open', 'withdrawn') else 'according to'} {by}" if by else ""
        if is_.status in ("answered", "deferred"):  # an answer is the act of the party that gave it, whoever reports it
            answers, by_it = zip(is_.other_answers_by, is_.other_answers, strict=True), parties(is_.last_answer_by)
            also = [act for party, act in answers if party in by_it]
            others = in_unknown_order(also, is_.last_answer_act).removeprefix(", ")
            how = others if is_.last_answer_act == is_.status else reply(is_.last_answer_act, also)
            said = f" by {by}{f' ({how})' if how else ''}"
        row = self._statement(is_.rests_on[-1]) if is_.rests_on else None
        known = self._known_since(reported(When(row["on"], row["on_phrase"]), row["day"])) if row else ""
        return f"{is_.title}: {before} → {standing_of(is_, said)}{known}"

    def _follow_up(self, was: FollowUpOnTheDay | None, is_: FollowUpOnTheDay) -> str:
        follow_up = is_.follow_up
        says = is_.clause
        is_open = follow_up.status in ("open", "standing")
        if is_.replaced_by:
            return f"Replaced by {is_.replacement}: {says}" if was is None or not was.replaced_by else ""
        if was is None:
            owners = self._listed(is_.every_owner) or "no owner"
            due = f", {due_in_words(follow_up.due) if follow_up.due else is_.timing}" * bool(follow_up.due or is_open)
            since = (
                f", {is_.timing}" * ("past due" in is_.timing) if is_open else f"; since then {is_.left}{is_.ended_by}"
            )
            on = f" {follow_up.agreed_on.clause()}" * bool(follow_up.agreed_on)
            known = self._reported_on(follow_up.slug, "FollowUpAgreed", follow_up.agreed_on, dated=bool(on))
            return f"{capital(follow_up.told_as)}{on}: {is_.bare_clause} – {owners}{due}{since}{known}"
        if (was.left, was.ended_by) != (is_.left, is_.ended_by) and not is_open:
            known = self._reported_on(follow_up.slug, "FollowUpClosed", follow_up.closed_on)
            return f"{capital(is_.left)}: {says}{is_.ended_by}{known}"
        if is_open and (ended := [one for one in is_.parts if one not in was.parts]):
            whose, left = self._listed(one.owner for one in ended), self._listed(follow_up.owners)
            says = is_._replace(ended="").clause
            return f"{capital(ended[-1].outcome)} for {whose}, not reported of {left}: {says}"
        if len(was.follow_up.reaffirmed) < len(follow_up.reaffirmed):
            due = f"; {due_in_words(follow_up.due)}" if follow_up.due != was.follow_up.due else ""
            on = When(follow_up.reaffirmed[-1]).clause()
            return f"{capital(follow_up.told_as)} again {on}".rstrip() + f": {is_.bare_clause}{due}"
        if was.timing != is_.timing and "past due" in is_.timing:
            due = due_in_words(follow_up.due)
            return f"Now {is_.timing}, with no report {self._by_then} that it was done: {says} – {due}"
        return ""

    def _deadline(self, was: DeadlineOnTheDay | None, is_: DeadlineOnTheDay) -> str:
        deadline = is_.deadline
        says = is_.clause
        due = f"due {deadline.due.describe(limit=True)}" if deadline.due else "no date"
        if is_.replaced_by:
            return f"Deadline replaced by {is_.replacement}: {says}" if was is None or not was.replaced_by else ""
        ended = f"{is_.timing}{by_voices(deadline.ended_by, self._views.in_sentence)}"
        if was is None:
            owners = f"{names}; " if (names := self._listed(deadline.owners)) else ""
            since = f"; since then {ended}" if deadline.status != "open" or is_.timing == "passed" else ""
            on = f" set {deadline.set_on.clause()}" if deadline.set_on else ""
            known = self._reported_on(deadline.slug, "DeadlineSet", deadline.set_on, dated=bool(on))
            return f"Deadline{on}: {says} – {owners}{due}{since}{known}"
        if was.timing != is_.timing and (deadline.status != "open" or is_.timing == "passed"):
            known = (
                self._reported_on(deadline.slug, "DeadlineEnded", deadline.ended_on)
                if deadline.status != "open"
                else ""
            )
            return f"Deadline {ended}: {says} – {due}{known}"
        before = self._date_before(deadline.slug, was.deadline.due, deadline.due)
        move = moved(before, deadline.due, of_deadline=True)
        if move.how == "reaffirmed" or self._says_no_date(deadline.slug, before, deadline.due):
            again = self._again(deadline.slug, deadline.dates - was.deadline.dates, before, "due")
            return f"Deadline {again}: {says}" if again else ""
        dates = f"{before.describe(limit=True) or 'no date'} → {due.removeprefix('due ')}"
        return f"Deadline {move.how}: {says}, {dates}{self._reported_on(deadline.slug, 'DeadlineSet', deadline.set_on)}"

    def _says_no_date(self, slug: str, before: When, now: When) -> bool:
        """Whether it has no date any more because it was reported again without one after the date had passed.

        So it is too if it was called off or ended in between. Then nothing has moved.
        """
        dates = self._views.forecasts(slug)
        if now or not before or not dates or not is_silent(dates[-1]):
            return False
        log = self._views.log(slug, named=False)
        said = next((one.takes_effect for one in log if one.position == dates[-1].position), "")
        over = any(one.event in ("MeetingCalledOff", "DeadlineEnded") for one in log)
        return over or (before.latest is not None and before.latest.isoformat() < said)

    def _again(self, slug: str, more: int, before: When, word: str) -> str:
        """`reported again on 20 May 2026 by Viet Nam, in daily, without a date; before, due 3 June 2026`.

        A report that gives the same date says that it is as before. `more` is the number of further reports that
        announce it, or set it. The text is "" if there are none.
        """
        dates = self._views.forecasts(slug)
        if more < 1 or not dates:
            return ""
        one = dates[-1]
        by = f" by {self._listed(one.by)}" if one.by else ""
        on = f" {one.said_on.clause()}" if one.said_on else ""
        told = f"{on}{by}{self._views.told_by(one.reported_by)}, in {one.source}"
        date = f"{word} {before.describe(limit=True)}" if before else "no date given"
        date = f"without a date; before, {date}" if before and is_silent(one) else f"{date} as before"
        return f"reported again{told}, {date}"

    def _date_before(self, slug: str, was: When, now: When) -> When:
        """The date that was replaced by the present one: of several changes between the moments, the last counts."""
        dates = [one.expected for one in self._views.forecasts(slug) if not is_silent(one)]
        return dates[-2] if was.edtf != now.edtf and dates[1:] and dates[-1].edtf == now.edtf else was

    def _meeting(self, was: MeetingOnTheDay | None, is_: MeetingOnTheDay) -> str:
        meeting, status = is_.meeting, is_.status
        name = capital(self._views.name_of_meeting(meeting))
        told = f"{in_place(meeting)}{self._views.how_told(meeting)}"
        when = when_expected(self._views.to_tell(meeting))
        expected = f"expected{f' {when}' if when else ', no date given'}{told}"
        known = self._reported_on(meeting.slug, "MeetingAnnounced", meeting.expected_on) if status in EXPECTED else ""
        if was is not None and {was.status, status} <= {*EXPECTED}:
            before = self._date_before(meeting.slug, was.meeting.expected, meeting.expected)
            move = moved(before, meeting.expected)
            if move.how == "reaffirmed" or self._says_no_date(meeting.slug, before, meeting.expected):
                more = meeting.expectations - was.meeting.expectations
                again = self._again(meeting.slug, more, before, "expected") if was.status == status or not when else ""
                if again:
                    return f"{name} {again}{told}"
            else:
                reason = f" ({meeting.reason})" if meeting.reason else ""
                dates = f"{before.describe(limit=True) or 'no date'} → {when or 'no date'}"
                return f"{name} {move.how}: {dates}{told}{reason}{known}"
        if was is not None and was.status == status:
            return ""
        match status:
            case "announced":
                announced = f"announced{is_.as_announced}{';' if is_.as_announced else ','}"
                return f"{name} {announced} {expected if when else f'no date given{told}'}{known}"
            case "expected":
                return f"{name} {expected}{known}"
            case "held":
                return f"{name} held, {meeting.held_in_words}{told}{self._known_since(meeting.held, dated=True)}"
            case "unconfirmed":
                return f"{name} {expected}, with no report {self._by_then} that it was held"
            case "called off" | "postponed":
                known = self._reported_on(meeting.slug, "MeetingCalledOff", When())
                return f"{self._views.told(is_)}{self._views.denials(meeting.slug)}{known}"
            case "overtaken" | "replaced":
                return f"{name}, {expected}: {in_words(status, is_.superseded_by, is_.replacement)}"
        return f"{name} {status}{told}"

    @property
    def _by_then(self) -> str:
        """`by 13 June 2025`: up to when reports count at the second moment."""
        by = self._views.reported_by or (self._views.day if self._by_day else "")
        return f"by {When(by).describe() or 'then'}"

    def _reported_on(self, slug: str, event: str, when: When, *, dated: bool = False) -> str:
        """As `_known_since`, of an event: its own date, or that of the newest report of its kind about an entry."""
        if when or not self._first:
            return self._known_since(when, dated=dated)
        found = [one for one in self._views.log(slug, named=False) if one.event == event][-1:]
        return "".join(self._known_since(reported(When(one.occurred), one.takes_effect)) for one in found)

    def _role(self, was: Membership | None, is_: Membership) -> str:
        """The role. If nobody reports when it began, it does not count as a change from one day to another."""
        if (was is None and self._by_day and not is_.since) or (was is not None and days_held(was) == days_held(is_)):
            return ""
        name, role = self._views.name_of(is_.party), role_in_words(self._views, is_)
        return marked(f"{name}: {role} {days_held(is_)}".rstrip(), is_.inferred)

    def _post(self, was: Person | None, is_: Person) -> str:
        """The posts that a person left or holds now. If nobody reports since when, the change has no day."""
        left = (was.left, was.until, was.left_because) if was is not None else ("", When(), "")
        name, says = self._views.name_of(f"{is_.party}/{is_.slug}" if is_.party else is_.slug), []
        if is_.left and (is_.left, is_.until, is_.left_because) != left:
            day, why = until_of(is_), f": {is_.left_because}" if is_.left_because else ""
            says.append(f"{name}: no longer {left_of(is_)}{f', {day}' if day else ''}{why}")
        if is_.post and (was is None or is_.post != was.post) and (is_.since or not self._by_day):
            says.append(f"{name}: {is_.post}{f' since {is_.since.describe()}' if is_.since else ''}")
        return "; ".join(says)

    def _figure(self, was: FigureGiven | None, is_: FigureGiven) -> str:
        if was is not None and was.told == is_.told:
            return ""
        before = f", was {was.told}" if was is not None else ""
        given = with_conditions(self._views, is_, given_by(self._views, is_))
        says = f"{self._measure(is_.measure)}: {is_.told}{before} ({given})"
        return marked(says, is_.inferred)

    def _contested(self, was: Contest | None, is_: Contest) -> str:
        if was is not None:
            return ""
        return f"Contested: {is_.kind} {is_.field.replace('_', ' ')}, {self._views.accounts_of(is_)}"

    def _correction(self, was: LogRow | None, is_: LogRow) -> str:
        return is_.sentence

    def _measure(self, slug: str) -> str:
        """The title of a measure."""
        found = self._views.held("title", "measures", "AND slug = ?", slug)
        return str(found[0]["title"]) if found else slug


def _made_by(one: AskOnTheDay) -> set[str]:
    """The statements that gave an ask what its sentence tells."""
    ask = one.ask
    return {ask.last_statement, ask.answer_statement, ask.ended_in, *ask.answered_in}


def _newest(ask: Ask) -> str:
    """The statement that last changed an ask: its request, its answer, or what its asker ended it with."""
    asked, *ends = [
        (ask.last_asked, ask.last_statement),
        (ask.last_answer, ask.answer_statement),
        (ask.last_end, ask.ended_in),
    ]
    made = [*ends, asked] if ask.waiting_since else [asked, *ends]  # in order, if they were made on one day
    return sorted((one for one in made if one[1]), key=lambda one: one[0])[-1][1]
