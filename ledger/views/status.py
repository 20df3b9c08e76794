"""The status on a given day: of a follow-up (past due), a meeting (unconfirmed, overtaken, next), an ask (waiting).

States come from events, but a follow-up becomes past due merely because time passes. So the status is not stored: pure
functions compute it from a state and a day when a question is asked.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from ledger.base.text import capital, days, marked, on_condition
from ledger.dates import When, reported, surely_after
from ledger.domain.states import Ask, Contest, FollowUp, Forecast, Issue, Meeting, Slugs, Statement, Task
from ledger.domain.vocabulary import SERIES, ends_wait, meeting_name
from ledger.views.ahead import DeadlineOnTheDay, by_another
from ledger.views.conditions import ConditionOnTheDay
from ledger.views.rows import AskStatement, Entry


class AskOnTheDay(NamedTuple):
    """An ask, and the days for which it has waited for an answer; null if it is not waiting, else the least possible.

    `unless` is "answered" or "withdrawn" if the record has a statement that may have ended the wait by the day.
    `longer`: it may have waited longer, because a request may have been made earlier.
    `title` is that of its issue. The fields from `says` to `act` are those of the statement that last made it, as in
    `AskStatement`, and those with `answer` those of the last answer. Those with `answers` are, in parallel to the
    addressees, who reported their answers, and what the keeper inferred in them. `besides` are the other issues on
    which the statement asked and that were answered since, each with the answer: `Free boots: accepted`.
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
    answers_reported_by: Slugs = ()
    answers_inferred: Slugs = ()

    @property
    def standing(self) -> str:
        """The status of the ask, marked if it rests on a statement in which the record keeper inferred something."""
        return marked(self.ask.status, "".join(self.ask.rests_on_inferred))

    @property
    def heard(self) -> str:
        """The word before the date of the last reply: `answered`, unless that says only that the ask is considered."""
        return "answered" if ends_wait(self.ask.last_answer_act) else "last reply"

    @property
    def told(self) -> str:
        """Its words, with its conditions, marked if the record keeper inferred something in it."""
        return marked(on_condition(self.says, self.conditional_on), self.inferred) if self.says else ""

    @property
    def waited(self) -> str:
        """In words: `20 days`, `at least 20 days`, `at least 20 days, unless answered`; "" if it is not waiting."""
        waited = days(self.days_waiting)
        if waited and self.longer:
            waited = f"at least {waited}" if self.days_waiting else "today or longer"
        return f"{waited}, unless {self.unless}" if self.unless else waited


class Deferral(NamedTuple):
    """A statement that deferred an ask, and the ask, which is neither waiting nor answered since."""

    deferred: Statement
    asked: AskOnTheDay


class FollowUpOnTheDay(NamedTuple):
    """A follow-up with its timing and the things that it lacks.

    timing: past due (its latest possible day has passed, and no report says that it was done), possibly past due (only
    its earliest has), due, open (its date has a start alone), no date, standing, replaced (by the entry `replaced_by`),
    or its outcome. lacks: owner, date.
    """

    follow_up: FollowUp
    timing: str
    lacks: tuple[str, ...]
    replaced_by: str = ""

    @property
    def left(self) -> str:
        """The timing as people read it: `due`, `done late`, `replaced by new-plan`."""
        late = self.timing == "done" and surely_after(self.follow_up.closed_on, self.follow_up.due)
        return "done late" if late else by_another(self.timing, self.replaced_by)


class MeetingOnTheDay(NamedTuple):
    """A meeting with its status on the day: as in its state, or unconfirmed, overtaken (superseded) or replaced.

    `superseded_by` is the first meeting that was held instead of one that is overtaken; otherwise it is null.
    `replaced_by` is the entry that replaces one that was expected.
    """

    meeting: Meeting
    status: str
    superseded_by: Meeting | None = None
    replaced_by: str = ""


class NextMeeting(NamedTuple):
    """The next meeting of a kind with every expectation so far; if none is expected, the last one held.

    `lapsed` is the last expectation of the kind that came to nothing; `others` are the meetings of other kinds that are
    expected or in progress. `under_way` is that of the kind in progress. `surely_last`: no other may have been later.
    """

    kind: str
    expected: MeetingOnTheDay | None
    forecasts: list[Forecast]
    quote: str
    last_held: Meeting | None
    lapsed: MeetingOnTheDay | None
    others: list[MeetingOnTheDay]
    under_way: Meeting | None = None
    surely_last: bool = True

    @property
    def last_one(self) -> str:
        """`The last one`, or `One of the last`."""
        return "The last one" if self.surely_last else "One of the last"

    @property
    def slugs(self) -> Slugs:
        """The meetings that are in progress and expected."""
        both = self.under_way, self.expected.meeting if self.expected else None
        return tuple(one.slug for one in both if one)


class State(NamedTuple):
    """The status of the negotiation on a day, for one page; `entries` is the number of all entries by the day."""

    negotiation: str
    title: str
    notice: str
    day: str
    deadlines: list[DeadlineOnTheDay]
    next_round: NextMeeting
    other_meetings: list[MeetingOnTheDay]
    unresolved: list[Issue]
    asks: list[AskOnTheDay]
    deferred: list[Deferral]
    conditions: list[ConditionOnTheDay]
    follow_ups: list[FollowUpOnTheDay]
    contested: list[Contest]
    last_entries: list[Entry]
    entries: int


_NONE: Mapping[Any, Any] = MappingProxyType({})
_Besides = Mapping[tuple[str, str], Slugs]
_SINCE = {"proposed": "new proposal since", "asked": "asked since"}


def standing_of(issue: Issue, said: str = "") -> str:
    """The status of an issue in words, followed by `said`; for a lasting status, also the later proposal.

    It is marked if it rests on a statement in which the record keeper inferred something.
    """
    lasts = issue.raised_since and issue.status in ("narrowed", "agreed in principle")
    since = f"; {_SINCE.get(issue.raised_since, 'raised since')}" if lasts else ""
    return f"{marked(issue.status, ''.join(issue.rests_on_inferred))}{said}{since}"


UNDER_WAY = ("in progress", "in progress or over")
AHEAD = ("announced", "expected")  # the statuses of a meeting whose time has not passed
EXPECTED = (*AHEAD, "unconfirmed")  # the statuses of a meeting that may still be held


def waiting(ask: Ask, day: str, perhaps: Collection[str] = ()) -> AskOnTheDay:
    """The ask, and the least number of days for which it has waited since the first request after the last answer.

    `perhaps` has what may have happened to it by the day, and counts only later: `asked`, `answered`, `withdrawn`.
    """
    if not ask.waiting_since:
        return AskOnTheDay(ask, None)
    since = ask.surely_since or ask.waiting_since
    unless = next((end for end in ("answered", "withdrawn") if end in perhaps), "")
    return AskOnTheDay(
        ask,
        (date.fromisoformat(day) - date.fromisoformat(since)).days,
        unless=unless or ("" if ask.surely_since else "answered"),
        longer=since != ask.waiting_since or since in ask.bounds or "asked" in perhaps,
    )


def in_full(one: AskOnTheDay, title: str, said: Mapping[str, AskStatement], besides: _Besides = _NONE) -> AskOnTheDay:
    """The ask in full; `besides` are, by statement and asker, the issues on which it asked and was answered."""
    asked, answer = said.get(one.ask.last_statement), said.get(one.ask.answer_statement)
    found = AskOnTheDay(one.ask, one.days_waiting, title, *asked[1:-1]) if asked else one._replace(title=title)
    others = besides.get((one.ask.last_statement, one.ask.asker), ()) if one.ask.waiting_since else ()
    each = [said.get(slug) for slug in one.ask.answered_in]
    found = found._replace(
        said_on=reported(found.said_on, one.ask.last_asked),
        besides=others,
        unless=one.unless,
        longer=one.longer,
        answers_reported_by=tuple(answer.reported_by if answer else "" for answer in each),
        answers_inferred=tuple(answer.inferred if answer else "" for answer in each),
    )
    if answer is None:
        return found._replace(answer_said_on=reported(When(), one.ask.last_answer))
    return found._replace(
        answered_on=answer.conditional_on,
        answer_said_on=reported(answer.on, one.ask.last_answer),
        answer_reported_by=answer.reported_by,
        answer_inferred=answer.inferred,
    )


def awaited(ask: Ask) -> Slugs:
    """The addressees that have not answered since they were last asked."""
    return tuple(party for party, since in zip(ask.to, ask.waits, strict=True) if since)


def guessed(meeting: Meeting, *fields: str) -> str:
    """What the keeper inferred in a meeting, if one of these fields rests on that alone."""
    return meeting.inferred if not meeting.inferred_in or {*fields} & {*meeting.inferred_in} else ""


def longest_first(asks: Iterable[AskOnTheDay]) -> list[AskOnTheDay]:
    """The asks that are waiting, longest first; then the others, by issue and asker."""

    def wait(one: AskOnTheDay) -> tuple[int, str, str]:
        days = -1 if one.days_waiting is None else one.days_waiting
        return -days, one.ask.issue, one.ask.asker

    return sorted(asks, key=wait)


def timed(follow_up: FollowUp, day: str, replaced_by: str = "") -> FollowUpOnTheDay:
    """The follow-up with its timing on the day; one that is open, or standing, may have been replaced."""
    if replaced_by and follow_up.status in ("open", "standing"):
        return FollowUpOnTheDay(follow_up, "replaced", (), replaced_by)
    lacks = [] if follow_up.owners else ["owner"]
    if not follow_up.due and follow_up.status == "open":
        lacks.append("date")
    return FollowUpOnTheDay(follow_up, timing_of(follow_up, day), tuple(lacks))


def timing_of(one: FollowUp | Task, day: str) -> str:
    """Whether it is past due (no report says that it was done), possibly past due, due, undated; else its status."""
    if one.status != "open":
        return one.status
    due, today = one.due, date.fromisoformat(day)
    if not due:
        return "no date"
    if due.latest is None:
        return "open"  # "soon" has no end: never due
    if due.latest < today:
        return "past due"
    # A date without a first day ("before 1 August"), or within some days, can be met until its last day.
    begun = due.earliest is not None and due.earliest < today and not one.within
    return "possibly past due" if begun else "due"


_URGENCY = ("past due", "possibly past due", "due", "open", "no date", "standing")


def most_urgent_first(follow_ups: Iterable[FollowUpOnTheDay]) -> list[FollowUpOnTheDay]:
    """The follow-ups, with those past due first, by due date, and the closed ones last."""

    def urgency(one: FollowUpOnTheDay) -> tuple[int, str, str]:
        rank = _URGENCY.index(one.timing) if one.timing in _URGENCY else len(_URGENCY)
        latest = one.follow_up.due.latest
        return rank, latest.isoformat() if latest else "9999", one.follow_up.slug

    return sorted(follow_ups, key=urgency)


def judged(meetings: Sequence[Meeting], day: str, replaced: Mapping[str, str] = _NONE) -> list[MeetingOnTheDay]:
    """Each meeting with its status on the day; `meetings` are all of one negotiation, `replaced` their replacements."""
    held = [meeting for meeting in meetings if meeting.status == "held" and meeting.kind in SERIES]
    found = {meeting.slug: _judged(meeting, held, day, replaced.get(meeting.slug, "")) for meeting in meetings}
    for slug, one in found.items():  # a meeting expected before another one that was held or superseded
        other = found.get(one.meeting.before)
        if other and one.status in AHEAD and other.status in (*UNDER_WAY, "held", "overtaken"):
            found[slug] = one._replace(status="unconfirmed")
    return [*found.values()]


def _judged(meeting: Meeting, held: Sequence[Meeting], day: str, replaced_by: str) -> MeetingOnTheDay:
    if meeting.status in UNDER_WAY and any(_came_after(one, meeting) for one in held):
        return MeetingOnTheDay(meeting, "held")  # no report says when it ended
    if meeting.status not in AHEAD:
        return MeetingOnTheDay(meeting, meeting.status)
    if replaced_by:
        return MeetingOnTheDay(meeting, "replaced", replaced_by=replaced_by)
    if later := superseding(meeting, held):
        return MeetingOnTheDay(meeting, "overtaken", later)
    latest = meeting.expected.latest
    passed = latest is not None and latest < date.fromisoformat(day)
    return MeetingOnTheDay(meeting, "unconfirmed" if passed else meeting.status)


def in_words(status: str, superseded_by: Meeting | None = None, replaced_by: str = "", *, dated: bool = True) -> str:
    """The status of a meeting as people read it: `superseded by round 5 (12 to 14 November 2025)`."""
    if replaced_by:
        return by_another(status, replaced_by)
    by = f" by {meeting_name(superseded_by.kind, superseded_by.number)}" if superseded_by else ""
    when = f" ({When(superseded_by.held.edtf).describe()})" if dated and superseded_by and superseded_by.held else ""
    return f"{'superseded' if status == 'overtaken' else status}{by}{when}"


def told(one: MeetingOnTheDay) -> str:
    """A meeting that came to nothing: `Round 3, expected "early June": superseded by round 5`."""
    reason = f" ({one.meeting.reason})" if one.status == "called off" and one.meeting.reason else ""
    return f"{title_of(one.meeting)}: {in_words(one.status, one.superseded_by, one.replaced_by)}{reason}"


def _came_after(held: Meeting, begun: Meeting) -> bool:
    """Whether a meeting that was held came after one that had begun, in the same series."""
    if held.kind != begun.kind:
        return False
    if held.number is not None and begun.number is not None:
        return held.number > begun.number
    first, other = begun.held.starts_by, held.held.earliest
    return first is not None and other is not None and other > first


def _overtakes(held: Meeting, announced: Meeting) -> bool:
    """Whether a meeting that was held comes later in the same series: by number, else by date."""
    if held.kind != announced.kind:
        return False
    if held.number is not None and announced.number is not None:
        return held.number > announced.number
    passed = announced.expected.latest or announced.expected_on.latest
    return passed is not None and held.held.earliest is not None and held.held.earliest > passed


def superseding(announced: Meeting, meetings: Iterable[Meeting]) -> Meeting | None:
    """The first meeting held that supersedes an announced one; None if there is none."""
    later = [one for one in meetings if one.status == "held" and one.kind in SERIES and _overtakes(one, announced)]
    return min(later, key=lambda one: (str(one.held.earliest), one.number or 0), default=None)


def title_of(meeting: Meeting) -> str:
    """A meeting by its kind, number and date: `Round 3, expected "early June"`."""
    name = capital(meeting_name(meeting.kind, meeting.number))
    if meeting.held:
        return f"{name}, {meeting.held.describe()}"
    return f"{name}, expected {meeting.expected.describe()}" if meeting.expected else name


def next_of_kind(meetings: Iterable[MeetingOnTheDay], kind: str) -> MeetingOnTheDay | None:
    """The expected meeting of a kind ("" = any) that comes first; meetings without a date come last."""
    expected = [one for one in meetings if one.status in EXPECTED and (not kind or one.meeting.kind == kind)]
    return min(expected, key=_soonest, default=None)


def last_lapsed(meetings: Iterable[MeetingOnTheDay], kind: str) -> MeetingOnTheDay | None:
    """The last expectation of a kind that came to nothing: the meeting was superseded or called off."""
    over = ("overtaken", "called off", "replaced")
    lapsed = [one for one in meetings if one.status in over and (not kind or one.meeting.kind == kind)]
    return max(lapsed, key=lambda one: (str(one.meeting.expected.latest or ""), one.meeting.slug), default=None)


def expected_after(meetings: Iterable[MeetingOnTheDay], *slugs: str) -> list[MeetingOnTheDay]:
    """The other meetings that are expected or in progress, earliest first."""
    wanted = (*EXPECTED, *UNDER_WAY)
    return sorted((one for one in meetings if one.status in wanted and one.meeting.slug not in slugs), key=_soonest)


def last_held(meetings: Iterable[MeetingOnTheDay], kind: str) -> Meeting | None:
    """The last meeting of a kind that was held."""
    held = [
        one.meeting
        for one in meetings
        if one.status == "held" and one.meeting.held.latest is not None and (not kind or one.meeting.kind == kind)
    ]
    return max(held, key=lambda meeting: (str(meeting.held.latest), meeting.number or 0), default=None)


def surely_last(last: Meeting, meetings: Iterable[MeetingOnTheDay], kind: str) -> bool:
    """Whether the last meeting held of a kind certainly came after the others: by its date, or by its number."""
    held = (one.meeting for one in meetings if one.status == "held" and kind in ("", one.meeting.kind))
    return all(one == last or surely_after(last.held, one.held) or _came_after(last, one) for one in held)


def _soonest(one: MeetingOnTheDay) -> tuple[str, str, str]:
    expected = one.meeting.expected
    first = expected.earliest or expected.latest
    return str(first or "9999"), str(expected.latest or "9999"), one.meeting.slug
