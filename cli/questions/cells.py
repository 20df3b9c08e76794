"""The cells of lists: speakers, the days of requests, the answers to them, meetings, and dates."""

from collections.abc import Sequence

from ledger.base.text import counted, listed, marked, times
from ledger.dates import When
from ledger.domain.clocks import known_day, request_on, which_request
from ledger.domain.states import Ask, Issue, Statement
from ledger.domain.vocabulary import meeting_name
from ledger.domain.voices import represented
from ledger.queries.replies import answered, last_answer, replies, withdrawal
from ledger.views.status import (
    AskOnTheDay,
    FollowUpOnTheDay,
    MeetingOnTheDay,
    and_before,
    guessed,
    met_in_words,
    took_place,
)
from ledger.views.views import Views


def who_said(views: Views, said: Statement) -> str:
    """The speakers of a statement, for whom they spoke, and who reported and denied it."""
    spoke_for = listed(map(views.in_sentence, represented(said)))
    by = f"{views.names_of(said.by)}, for {spoke_for}" if spoke_for else views.names_of(said.by)
    return f"{by}{views.told_and_denied(said.reported_by, said.slug)}"


def raised(one: Issue) -> str:
    """The day on which an issue was raised; of several, the latest."""
    day = known_day(one, one.last_raised)
    return request_on(which_request(one.times_raised, surely_last=one.surely_last), day.brief())


def latest_ask(one: AskOnTheDay) -> str:
    """The day on which an ask was made; of several requests, the latest."""
    return request_on(one.last, one.said_on.brief())


def first_asked(ask: Ask) -> str:
    """The day of the first ask, if there was another one later."""
    return known_day(ask, ask.first_asked).brief() if ask.times > 1 else ""


def answer_to(views: Views, one: AskOnTheDay) -> str:
    """The answers of the addressees; if one party was asked, its answer with the date."""
    said = replies(one, views) or f"{one.answer_said_on.brief()} {answered(one, views)}".strip()
    return said if one.ask.last_answer else ""


def withdrew(views: Views, one: AskOnTheDay) -> str:
    """When the asker withdrew a request, under the heading `Withdrew`."""
    return withdrawal(one, views).removeprefix("withdrew ")


def perhaps_waiting(asks: Sequence[AskOnTheDay]) -> list[str]:
    """The sentence that counts the asks that may wait too, because no date tells whether the reply came after them."""
    count = sum(one.days_waiting is None and "open" in one.unless.split(" or ") for one in asks)
    may = f"{counted(count, 'more ask')} may wait: no date tells whether the reply came after. See --answered."
    return [may] if count else []


def ask_in_full(views: Views, one: AskOnTheDay) -> tuple[str, ...]:
    """An ask of an issue: who asked whom, how it stands, how often it was asked and answered, and its statement."""
    ask = one.ask
    first, last, answer_on = known_day(ask, ask.first_asked).brief(), one.said_on.brief(), one.answer_said_on.brief()
    days = f"first {first}, {one.last} {last}" if ask.times > 1 else last
    how = one.waits or one.standing
    reply = f"; {one.heard} {answer_on}: {answered(one, views)}" if ask.last_answer else ""
    ended = f"; {said}" if (said := withdrawal(one, views)) else ""
    told = views.told_and_denied(one.reported_by, ask.last_statement)
    also = f"; {one.elsewhere}" if one.elsewhere else ""
    asked = f"asked {times(ask.times)} on record, {days}{told}{reply}{ended}{also}"
    return (views.addressed(ask.asker, ask.to), how, asked, ask.last_statement)


def answer_on(views: Views, one: Issue) -> str:
    """The day of the answer, and who gave it; "" if there was nothing to answer."""
    said = last_answer(one, views)
    return f"{known_day(one, one.last_answer).brief()} {said}".strip() if said else ""


def date_cell(when: When, *, limit: bool = False) -> str:
    """A date in a column: a day in EDTF, a span in words, an imprecise date with the reported phrase.

    For a `limit`, such as a due date, see `When.describe`.
    """
    if not when:
        return ""
    if when.edtf == str(when.earliest):
        return f"{when.edtf} {when.hour}".rstrip()
    return When(when.edtf).describe() if when.is_duration else when.describe(limit=limit)


def due_cell(when: When) -> str:
    """A date in a column that lies ahead when it is given: due, or expected."""
    return date_cell(when, limit=True)


def met_on(views: Views, one: MeetingOnTheDay) -> str:
    """When a meeting was held or is expected; marked if reports differ on that."""
    meeting = views.to_tell(one.meeting)
    if took_place(meeting):
        return (date_cell(meeting.held) or met_in_words(meeting)) + one.rival
    return and_before(due_cell(meeting.expected), meeting) + one.rival


def status_of_meeting(views: Views, one: MeetingOnTheDay) -> str:
    """The status of a meeting, and who denied it."""
    return f"{one.in_words}{views.denials(one.meeting.slug)}"


def met(views: Views, one: MeetingOnTheDay) -> str:
    """The kind and number of a meeting, who told of it, and on what it depends; marked if its row has an inference."""
    shown = "status", "kind", "number", "held", "expected", "place", "parties", "people"
    name = f"{meeting_name(one.meeting.kind, one.meeting.number)}{one.by}"
    return marked(name, guessed(one.meeting, *shown)) + views.needs(one.meeting)


def ending(views: Views, one: FollowUpOnTheDay) -> str:
    """The timing of a follow-up, according to whom it ended, and who denied it: `done, according to Viet Nam`."""
    return f"{one.left}{one.ended_by}{views.denials(one.follow_up.slug)}"
