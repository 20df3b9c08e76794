"""The cells of lists: the days of requests, the answers to them, and dates."""

from ledger.base.text import marked
from ledger.dates import When
from ledger.domain.clocks import known_day, request_on, which_request
from ledger.domain.states import Ask, Issue
from ledger.domain.vocabulary import plain, reply
from ledger.domain.voices import told_of
from ledger.queries.replies import replies
from ledger.views.status import AskOnTheDay
from ledger.views.views import Views


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
    act = plain(one.ask.last_answer_act)
    alone = f"{one.answer_said_on.brief()} {act}{views.told_by(one.answer_reported_by)}".strip()
    return replies(one, views) or marked(alone, one.answer_inferred)


def answer_on(views: Views, one: Issue) -> str:
    """The day and the act of the answer, and who reported it if the party did not give it itself."""
    if not one.raised_by:  # there was nothing to answer
        return ""
    told_by = views.told_by(next(iter(told_of(one, "answered").values()), ""))
    return f"{known_day(one, one.last_answer).brief()} {reply(one.last_answer_act, one.other_answers)}{told_by}".strip()


def date_cell(when: When) -> str:
    """A date in a column: a day in EDTF, a span in words, an imprecise date with the reported phrase."""
    if not when:
        return ""
    if when.edtf == str(when.earliest):
        return f"{when.edtf} {when.hour}".rstrip()
    return When(when.edtf).describe() if when.is_duration else when.describe()
