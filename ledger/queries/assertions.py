"""Assertions: compares each answer that the keeper asserted with the answer of the views on the same day.

Each kind of question has a class, which finds the answer in the views and the entries that bear on it. If an assertion
fails, a sentence gives the actual answer, its sources, and the events recorded since the assertion.
"""

from typing import Any

from ledger.dates import When
from ledger.domain import rules
from ledger.domain.clocks import in_order
from ledger.domain.events import AnswerAsserted, Recorded
from ledger.domain.sentences import answered, asked_of
from ledger.domain.states import Issue, Slugs
from ledger.domain.vocabulary import FORMERLY
from ledger.queries.figures import figures, latest
from ledger.views.measured import given
from ledger.views.status import AHEAD
from ledger.views.views import Views

MOST_NAMED = 3  # events recorded since, in the sentence


class AssertedQuestion:
    """The question of an assertion, on the views' day; this base class is for a question that Parley does not know."""

    def __init__(self, views: Views, asserted: AnswerAsserted) -> None:
        self.views = views
        self.about = asserted.about
        self.asserted = asserted

    def found(self) -> tuple[dict[str, Any], Slugs]:
        """The parts of the answer, named as in an assertion, and its sources; no parts if there is no answer."""
        return {}, ()

    def bearing(self) -> set[str]:
        """The slugs of the entries whose events can change the answer."""
        return {self.about}

    def answer(self) -> tuple[AnswerAsserted, Slugs]:
        """The answer, in the form of an assertion, and its sources."""
        found, sources = self.found()
        return _assert_same(self.asserted, **{"answer": "none", **found}), sources


class AboutNextRound(AssertedQuestion):
    def found(self) -> tuple[dict[str, Any], Slugs]:
        coming = self.views.next_meeting("round")
        if coming.expected:
            meeting = coming.expected.meeting
            return {"answer": meeting.slug, "expected": meeting.expected}, (meeting.expected_source,)
        return {}, coming.last_held.sources if coming.last_held else ()

    def bearing(self) -> set[str]:
        return {label.slug for label in self.views.labels("meeting")}


class AboutMeeting(AssertedQuestion):
    def found(self) -> tuple[dict[str, Any], Slugs]:
        for status, meeting in ((one.status, one.meeting) for one in self.views.meetings()):
            if meeting.slug == self.about:
                word = self.asserted.answer if self._is_meant(status, meeting.told_as) else status
                return {"answer": word, "expected": meeting.expected, "held": meeting.held}, meeting.sources
        return {}, ()

    def _is_meant(self, status: str, told_as: str) -> bool:
        """Whether the asserted word fits too.

        An announced meeting is also expected. In older records, whose entries do not tell the two apart, "announced"
        was the word for both.
        """
        asserted = self.asserted.answer
        return status in AHEAD and asserted in AHEAD and (asserted == "expected" or not told_as)

    def bearing(self) -> set[str]:
        meetings = [one.meeting for one in self.views.meetings()]
        kinds = [one.kind for one in meetings if one.slug == self.about]
        return {self.about, *(one.slug for one in meetings if one.kind in kinds)}


class AboutFollowUp(AssertedQuestion):
    def found(self) -> tuple[dict[str, Any], Slugs]:
        for timing, follow_up in ((one.timing, one.follow_up) for one in self.views.follow_ups(everything=True)):
            if follow_up.slug == self.about:
                answer = self.asserted.answer
                word = answer if answer in (follow_up.status, FORMERLY.get(timing)) else timing
                return {"answer": word, "due": follow_up.due}, follow_up.sources
        return {}, ()


class AboutDeadline(AssertedQuestion):
    def found(self) -> tuple[dict[str, Any], Slugs]:
        for one in self.views.deadlines(everything=True):
            deadline = one.deadline
            if deadline.slug == self.about:
                word = deadline.status if self.asserted.answer == deadline.status else one.timing
                return {"answer": word, "due": deadline.due}, deadline.sources
        return {}, ()


class AboutIssue(AssertedQuestion):
    def found(self) -> tuple[dict[str, Any], Slugs]:
        issues = self.views.states(Issue, "issues")  # also before it is known: the keeper named it in the assertion
        found = {one.slug: {"answer": self._status(one.status), "times": one.times_raised} for one in issues}
        return found.get(self.about, {}), self._last_sources()

    def _status(self, status: str) -> str:
        """The status; an assertion that the issue is answered also holds while it is deferred."""
        return "answered" if (self.asserted.answer, status) == ("answered", "deferred") else status

    def bearing(self) -> set[str]:
        return {self.about, *self.views.touching(self.about)}

    def _last_sources(self) -> Slugs:
        said = [*in_order(self.views.statements(issue=self.about))]
        return said[-1].sources if said else ()


class AboutAsk(AboutIssue):
    def found(self) -> tuple[dict[str, Any], Slugs]:
        found: dict[str, Any] = {"times": 0, "waiting": False}
        for one in self.views.asks(everything=True, by=self.asserted.asker, whole=True):
            ask, waited = one.ask, one.days_waiting
            if ask.issue == self.about:
                since, status = When(ask.waiting_since), self._status(ask.status)
                found = {"answer": status, "times": ask.times, "waiting": waited is not None, "since": since}
        return found, self._last_sources()


class AboutFigure(AssertedQuestion):
    def found(self) -> tuple[dict[str, Any], Slugs]:
        counting = [one.figure for one in latest(figures(self.views, self.about))]
        wanted = [one for one in counting if one.amount.describe() == self.asserted.answer]
        found = next(iter(wanted or counting), None)
        return ({"answer": found.amount.describe()}, found.sources) if found else ({}, ())

    def bearing(self) -> set[str]:
        entries = (one.entry.partition("/")[2] for one in given(self.views, self.about))
        return {self.about, *entries}


QUESTIONS: dict[str, type[AssertedQuestion]] = {
    "next-round": AboutNextRound,
    "meeting": AboutMeeting,
    "follow-up": AboutFollowUp,
    "deadline": AboutDeadline,
    "figure": AboutFigure,
    "issue": AboutIssue,
    "ask": AboutAsk,
}


def failure(views: Views, made: Recorded) -> str:
    """Why an assertion fails on the views' day, in a sentence or two; "" if it holds."""
    asserted = made.event
    assert isinstance(asserted, AnswerAsserted)
    question = QUESTIONS.get(asserted.question, AssertedQuestion)(views, asserted)
    answer, sources = question.answer()
    if holds(asserted, answer):
        return ""
    by = f" (by {', '.join(sources)})" if sources else ""
    since = _recorded_since(views, made, question.bearing())
    recorded = f"Recorded since: {since}." if since else "Nothing that bears on it was recorded since."
    day, wanted = When(views.day).describe(), answered(asserted)
    return f"As of {day} {asked_of(asserted)} must be {wanted}; it is {_instead(answer, asserted)}{by}. {recorded}"


def holds(asserted: AnswerAsserted, answer: AnswerAsserted) -> bool:
    """Whether the answer has every asserted part; two dates are equal if they may mean the same days."""
    return all(_same(getattr(asserted, name), getattr(answer, name)) for name in _parts(asserted))


def _same(wanted: Any, found: Any) -> bool:
    if isinstance(wanted, When):
        ends = (found.earliest, found.latest, found.is_duration)
        return bool(found) and (wanted.earliest, wanted.latest, wanted.is_duration) == ends
    return bool(wanted == found)


def _parts(asserted: AnswerAsserted) -> list[str]:
    """The names of the asserted parts of the answer."""
    return [rules.ASSERTED[field] for field in rules.asserted(asserted)]


def _assert_same(asserted: AnswerAsserted, **parts: Any) -> AnswerAsserted:
    """An assertion about the same question, with these parts of the answer."""
    return AnswerAsserted(question=asserted.question, about=asserted.about, asker=asserted.asker, **parts)


def _instead(answer: AnswerAsserted, asserted: AnswerAsserted) -> str:
    """The actual values of the asserted parts, in words; "none" if there is no answer."""
    if answer.answer == "none":
        return "none"
    parts = {name: getattr(answer, name) for name in _parts(asserted)}
    unknown = [name for name, value in parts.items() if value == When()]
    lacking = ["not waiting for an answer" if name == "since" else f"{name} on an unknown date" for name in unknown]
    return ", ".join(dict.fromkeys(filter(None, [answered(_assert_same(asserted, **parts)), *lacking])))


def _recorded_since(views: Views, made: Recorded, bearing: set[str]) -> str:
    """The events that bear on the answer, recorded after the assertion was made or corrected, newest last."""
    log = views.log(later=True)
    last = max((event.position for event in log if event.slug == made.stream.slug), default=made.position)
    sources = {event.source for event in log if event.slug in bearing}
    since = [
        f"#{event.position} {event.event} {event.slug}{f' from {event.source}' if event.source else ''}"
        for event in log
        if event.position > last
        and (
            (event.is_upkeep and event.slug in bearing | sources)
            or (event.slug in bearing and event.stands and event.takes_effect <= views.day)
        )
    ]
    more = f"{len(since) - MOST_NAMED} more, " if len(since) > MOST_NAMED else ""
    return more + ", ".join(since[-MOST_NAMED:])
