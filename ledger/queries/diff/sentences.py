"""The sentences of differences, with the names, titles and sources of the second moment."""

import sqlite3
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from ledger.base.text import capital, listed, marked
from ledger.dates import When, due_in_words, reported
from ledger.domain.figures.given import FigureGiven
from ledger.domain.states import Ask, Contest, Issue, Slugs
from ledger.domain.vocabulary import ACTS, ends_wait, in_unknown_order, reply
from ledger.domain.voices import Membership, Person, according_to, parties
from ledger.queries.figures import given_by, with_conditions
from ledger.queries.promises import promised
from ledger.queries.replies import answered, withdrawal
from ledger.queries.texts import reworded, tabled
from ledger.views.ahead import is_silent, moved
from ledger.views.conditions import said_since
from ledger.views.links import replaced
from ledger.views.parties import days_held, role_in_words
from ledger.views.rows import selected, slugs
from ledger.views.status import (
    EXPECTED,
    AskOnTheDay,
    AskStatement,
    DeadlineOnTheDay,
    FollowUpOnTheDay,
    MeetingOnTheDay,
    by_voices,
    in_full,
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


class ChangeSentences:
    """Writes them for the views of the second moment; `titles` are those of the issues that changed.

    `by_day` means that the moments are days of the same views: then only what happened between them is a change.
    `first` is the day (ISO) of the first moment, "" if that is a moment of the recorded clock. The sentences say
    what may have happened by then, and only became known since.
    """

    def __init__(self, views: Views, titles: dict[str, str], *, by_day: bool, first: str = "") -> None:
        self._views = views
        self._titles = titles
        self._by_day = by_day
        self._first = first
        self._statements: dict[str, sqlite3.Row | None] = {}
        self._replaced = replaced(views)
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
            "contested": self._contested,
            "correction": self._correction,
        }

    def says(self, kind: str, was: Any, is_: Any) -> str:
        """The sentence for a change from `was` to `is_` (None = absent); "" if it has no sentence."""
        if is_ is None:
            by = self._replaced.get(was.ask.last_statement) if kind == "ask" else ""
            if by:
                asker, title = self._views.in_sentence(was.ask.asker), self._title(was.ask.issue)
                return capital(f"{asker} no longer asks (replaced by {by}): {title}")
            return _GONE[kind](self._views, was) if kind in _GONE else ""
        return self._says[kind](was, is_) if kind in self._says else ""

    def source(self, thing: Any) -> str:
        """The newest source of a thing."""
        match thing:
            case LogRow() | Membership():
                return thing.source
            case Person():
                sources = thing.posts_in
            case sqlite3.Row():
                sources = slugs(thing["sources"])
            case AskOnTheDay():
                waits = thing.days_waiting is not None
                statement = self._statement(thing.ask.last_statement if waits else thing.ask.answer_statement)
                sources = slugs(statement["sources"]) if statement else ()
            case Issue():
                statement = self._statement(thing.rests_on[-1]) if thing.rests_on else None
                sources = slugs(statement["sources"]) if statement else ()
            case FollowUpOnTheDay():
                sources = thing.follow_up.sources if thing.follow_up.is_closed else thing.follow_up.agreed_in
            case DeadlineOnTheDay():
                sources = thing.deadline.sources
            case MeetingOnTheDay():
                sources = (thing.superseded_by or thing.meeting).status_in
            case _:
                sources = thing.sources
        return sources[-1] if sources else ""

    def _ask(self, was: AskOnTheDay | None, is_: AskOnTheDay) -> str:
        ask, title = is_.ask, self._title(is_.ask.issue)
        asker = self._views.in_sentence(ask.asker)
        says = []
        if was is not None and was.ask.last_statement in self._replaced and was.ask.first_asked != ask.first_asked:
            was = None  # another ask, in its place
        if was is None or was.ask.times < ask.times:
            again = self._among(ask) if ask.times > 1 else ""
            on = self._said(ask.last_statement, ask.last_asked)
            words = self._words(ask.last_statement) if again else ""  # what is asked again may not be the same
            asked = self._asking(ask.last_statement, ask.to)
            says.append(f"{asker} {asked} {on}: {title}{words}{again}")
        if ask.last_answer and (
            was is None or (was.ask.last_answer, was.ask.answer_statement) != (ask.last_answer, ask.answer_statement)
        ):
            by = self._listed(ask.last_answer_by)
            row = self._statement(ask.answer_statement)
            inferred = self._views.read(AskStatement, [row])[0].guessed if row else ""
            on = self._said(ask.answer_statement, ask.last_answer)
            # Both sides said so, and nobody answers itself; or it was said to nobody in particular.
            to_nobody = ask.asker in parties(ask.last_answer_by) or not (row and slugs(row["to"]))
            if to_nobody or not ends_wait(ask.last_answer_act):
                also = "".join(
                    f"; {self._views.in_sentence(party)} {ACTS[act].verb} earlier or later"
                    for party, act in zip(ask.other_answers_by, ask.other_answers, strict=True)
                )
                says.append(f"{marked(f'{by} {ACTS[ask.last_answer_act].verb} {on}{also}', inferred)}: {title}")
            else:
                act = answered(self._with_tellers(is_), self._views)
                says.append(f"{by} answered {asker} {on} ({act}): {title}")
        if len(says) > 1 and ask.unless and not ask.unnamed:
            says[1] = f"earlier or later, {says[1]}"
        elif len(says) > 1 and ask.waiting_since and (ask.last_answer == ask.last_end or ask.unnamed):
            says.reverse()  # it was asked again after the answer
        is_new = ask.ended_in and (was is None or was.ask.ended_in != ask.ended_in)
        if is_new and (ended := withdrawal(self._with_tellers(is_), self._views)):
            of_several = f"{ended}: {title}{self._words(ask.ended_in)}"
            says.append(f"{asker} {f'withdrew its request: {title}' if ask.status == 'withdrawn' else of_several}")
        return capital("; ".join(says))

    @staticmethod
    def _among(ask: Ask) -> str:
        """` (the last of 3 times on record)`, or that neither a date nor a link tells whether it is the last."""
        which, order = ("the last", "") if ask.surely_last else ("one", "; no date tells their order")
        return f" ({which} of {ask.times} times on record{order})"

    def _with_tellers(self, one: AskOnTheDay) -> AskOnTheDay:
        """The ask with who reported each answer, and what the keeper inferred in it."""
        slugs_told = (one.ask.answer_statement, one.ask.ended_in, *one.ask.answered_in)
        rows = [row for slug in slugs_told if slug and (row := self._statement(slug)) is not None]
        said = {row["slug"]: self._views.read(AskStatement, [row])[0] for row in rows}
        return in_full(one, {}, said)

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
            return f"Replaced by {is_.replaced_by}: {says}" if was is None or not was.replaced_by else ""
        if was is None:
            owners = self._listed(is_.every_owner) or "no owner"
            due = f", {due_in_words(follow_up.due) if follow_up.due else is_.timing}" * bool(follow_up.due or is_open)
            since = (
                f", {is_.timing}" * ("past due" in is_.timing) if is_open else f"; since then {is_.left}{is_.ended_by}"
            )
            on = f" {follow_up.agreed_on.clause()}" * bool(follow_up.agreed_on)
            known = self._reported_on(follow_up.slug, "FollowUpAgreed", follow_up.agreed_on, dated=bool(on))
            return f"{capital(follow_up.told_as)}{on}: {says} – {owners}{due}{since}{known}"
        if (was.left, was.ended_by) != (is_.left, is_.ended_by) and not is_open:
            known = self._reported_on(follow_up.slug, "FollowUpClosed", follow_up.closed_on)
            return f"{capital(is_.left)}: {says}{is_.ended_by}{known}"
        if is_open and (ended := [one for one in is_.parts if one not in was.parts]):
            whose, left = self._listed(one.owner for one in ended), self._listed(follow_up.owners)
            says = is_._replace(ended="").clause
            return f"{capital(ended[-1].outcome)} for {whose}, not reported of {left}: {says}"
        if len(was.follow_up.reaffirmed) < len(follow_up.reaffirmed):
            due = f"; {due_in_words(follow_up.due)}" if follow_up.due != was.follow_up.due else ""
            return f"{capital(follow_up.told_as)} again on {When(follow_up.reaffirmed[-1]).describe()}: {says}{due}"
        if was.timing != is_.timing and "past due" in is_.timing:
            due = due_in_words(follow_up.due)
            return f"Now {is_.timing}, with no report {self._by_then} that it was done: {says} – {due}"
        return ""

    def _deadline(self, was: DeadlineOnTheDay | None, is_: DeadlineOnTheDay) -> str:
        deadline = is_.deadline
        says = is_.clause
        due = f"due {deadline.due.describe(limit=True)}" if deadline.due else "no date"
        if is_.replaced_by:
            return f"Deadline replaced by {is_.replaced_by}: {says}" if was is None or not was.replaced_by else ""
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
        if move.how == "reaffirmed":
            return ""
        dates = f"{before.describe(limit=True) or 'no date'} → {due.removeprefix('due ')}"
        return f"Deadline {move.how}: {says}, {dates}{self._reported_on(deadline.slug, 'DeadlineSet', deadline.set_on)}"

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
            if move.how != "reaffirmed":
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
                return f"{name}, {expected}: {in_words(status, is_.superseded_by, is_.replaced_by)}"
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

    def _known_since(self, when: When, *, dated: bool = False) -> str:
        """` (on 22 May 2025, not reported by 25 May 2025)`: of what may have happened by the first day; else "".

        `dated`: the sentence has the date already.
        """
        ended = when.ends[0]  # what lasts counts from its end
        if not self._first or (ended and ended.isoformat() > self._first):
            return ""
        first = When(self._first).describe()
        if self._by_day:
            return f" (perhaps by {first} already)"
        surely = when.latest is not None and when.latest.isoformat() <= self._first
        on = f"{when.clause()}, " if surely and not dated else ""
        return f" ({on}not reported by {first})"

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

    def _listed(self, voices: Iterable[str]) -> str:
        return listed(map(self._views.in_sentence, voices))

    def _measure(self, slug: str) -> str:
        """The title of a measure."""
        found = self._views.held("title", "measures", "AND slug = ?", slug)
        return str(found[0]["title"]) if found else slug

    def _title(self, issue: str) -> str:
        """The title of an issue; it is cached if the issue changed together with the ask."""
        if issue not in self._titles:
            found = self._views.held("title", "issues", "AND slug = ?", issue)
            self._titles[issue] = found[0]["title"] if found else issue
        return self._titles[issue]

    def _said(self, statement: str, day: str) -> str:
        """When a statement of a day was made: `on 22 May 2025`, `by 3 June 2025, as told by the Chair`."""
        row = self._statement(statement)
        if row is None:
            return reported(When(), day).clause()
        when = reported(When(row["on"], row["on_phrase"]), day).clause()
        return f"{when}{self._views.told_and_denied(row['reported_by'], statement)}"

    def _asking(self, statement: str, to: Slugs) -> str:
        """The verb of a statement that makes an ask, and its addressees: `proposed to Viet Nam`."""
        row = self._statement(statement)
        return self._views.asking(row["act"] if row else "asked", to)

    def _words(self, statement: str) -> str:
        """`: Lower the tariffs`: what a statement says, after the title of its issue."""
        row = self._statement(statement)
        return f": {self._views.read(AskStatement, [row])[0].told}".rstrip(".") if row and row["says"] else ""

    def _statement(self, slug: str) -> sqlite3.Row | None:
        """The fields of a statement that sentences use; cached, because a sentence and its source both need them."""
        if slug not in self._statements:
            found = self._views.held(f"{selected(AskStatement)}, [to]", "statements", "AND slug = ?", slug)
            self._statements[slug] = found[0] if found else None
        return self._statements[slug]
