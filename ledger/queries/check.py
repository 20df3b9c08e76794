"""Checking a record: what was asserted and no longer holds, and what in the record does not fit together.

Nothing here refuses: every problem is found and returned as data, in the order of recording. The checks are pure
functions of what the log holds, but for the assertions, which ask the views what a person would ask them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ledger.dates import When, surely_after
from ledger.domain import events, rules
from ledger.domain.events import AnswerAsserted, Event, Stream
from ledger.domain.quotations import FrozenText, fingerprint, normalised
from ledger.domain.reports import Publication, Standing, Streams, accounts, is_upkeep, standing
from ledger.domain.sentences import answered, asked_of
from ledger.domain.vocabulary import QUESTIONS
from ledger.domain.voices import with_names
from ledger.errors import Refusal
from ledger.views.views import Views

MOST_NAMED = 3  # of the events recorded since


class Problem(NamedTuple):
    """Something wrong with the record. `position` is that of the event it was found at.

    kind: assertion (no longer holds), reference (to an entry that does not stand), speaker (for a party they are not
    of record for), date (outside that of the meeting), due (before it was agreed), rule (broken by what stands),
    quote (not in the frozen text), text (not that of its SHA-256).
    """

    kind: str
    slug: str
    says: str
    position: int


class Checked(NamedTuple):
    """What is wrong, and how much was looked at. `unverified` quotes rest on a text that is not at hand."""

    problems: list[Problem]
    assertions: int
    events: int
    quotes: int
    unverified: int


class Reported(NamedTuple):
    """An event of an entry as it stands after corrections."""

    stream: Stream
    position: int
    event: Any

    def problem(self, kind: str, says: str) -> Problem:
        return Problem(kind, self.stream.slug, says, self.position)


def check(
    views: Views,
    streams: Streams,
    publications: Mapping[str, Publication],
    everything: Streams | None = None,
    until: str | None = None,
    today: str = "",
) -> Checked:
    """Everything wrong with the streams of one negotiation, by a day where one is given.

    `streams` are those that the clocks select; `everything` is what references may lead to, whenever published. What is
    asserted of no day is asserted of `today`, by default the day of the views.
    """
    today = today or views.day
    stood = {stream: standing(records) for stream, records in streams.items()}
    entries = {stream: standing(records) for stream, records in (everything or streams).items()}
    known = [(stream, account) for stream in streams for account in accounts(stood[stream], publications)]
    reported = [Reported(stream, account.position, account.event) for stream, account in known]
    by_then = {account.position for _, account in known if until is None or account.day <= until}
    upkeep = [
        Reported(stream, record.position, record.event)
        for stream, records in streams.items()
        for record in records
        if is_upkeep(record)
    ]
    asserted = [one for one in reported if isinstance(one.event, AnswerAsserted)]
    asserted = [one for one in asserted if until is None or _day(one.event, today) <= until]
    found = [
        *assertions(views, asserted, today),
        *references([*reported, *upkeep], entries),
        *speakers(reported, entries),
        *dates(reported),
        *dues(reported),
        *rules_broken(reported, stood),
        *quotes(reported),
        *texts(reported),
    ]
    by_then |= {one.position for one in upkeep}
    named = [one._replace(says=with_names(one.says, views.name_of)) for one in found if one.position in by_then]
    at_hand = {one.stream.slug for one in reported if getattr(one.event, "text", "")}
    quoting = [one.event.source in at_hand for one in reported if one.position in by_then for _ in one.event.quotes]
    return Checked(
        problems=sorted(named, key=lambda one: (one.position, one.kind)),
        assertions=len(asserted),
        events=len(by_then),
        quotes=sum(quoting),
        unverified=len(quoting) - sum(quoting),
    )


# Assertions.


def assertions(views: Views, asserted: Iterable[Reported], today: str) -> Iterator[Problem]:
    """The assertions that do not hold, with what is so instead, by which source, and what was recorded since."""
    for one in asserted:
        day = _day(one.event, today)
        then = views.at(day)
        is_so, sources = answer(then, one.event)
        if holds(one.event, is_so):
            continue
        by = f" (by {', '.join(sources)})" if sources else ""
        wanted, instead = answered(one.event), _instead(is_so, one.event)
        since = _since(then, one)
        recorded = f"Recorded since: {since}." if since else "Nothing that bears on it was recorded since."
        says = f"As of {When(day).describe()} {asked_of(one.event)} must be {wanted}; it is {instead}{by}. {recorded}"
        yield one.problem("assertion", says)


def holds(asserted: AnswerAsserted, is_so: AnswerAsserted) -> bool:
    """Whether the answer is what was asserted, in all that was; dates are the same when they may mean the same days."""
    return all(_same(getattr(asserted, name), getattr(is_so, name)) for name in _names(asserted))


def answer(views: Views, asserted: AnswerAsserted) -> tuple[AnswerAsserted, tuple[str, ...]]:
    """What the views answer to the question on their day, as an assertion would put it; and by which sources."""
    found: dict[str, Any] = {}
    sources: tuple[str, ...] = ()
    match asserted.question:
        case "next-round":
            coming = views.next_meeting("round")
            if coming.expected:
                meeting = coming.expected.meeting
                found = {"answer": meeting.slug, "expected": meeting.expected}
                sources = (meeting.expected_source,)
            elif coming.last_held:
                sources = coming.last_held.sources
        case "meeting":
            for one in views.meetings():
                if one.meeting.slug == asserted.about:
                    found = {"answer": one.status, "expected": one.meeting.expected, "held": one.meeting.held}
                    sources = one.meeting.sources
        case "follow-up":
            for task in views.follow_ups(everything=True):
                if task.follow_up.slug == asserted.about:
                    word = task.follow_up.status if asserted.answer == task.follow_up.status else task.timing
                    found = {"answer": word, "due": task.follow_up.due}
                    sources = task.follow_up.sources
        case "issue":
            for issue in views.issues():
                if issue.slug == asserted.about:
                    found = {"answer": issue.status, "times": issue.times_raised}
            sources = _last_sources(views, asserted.about)
        case "ask":
            found = {"times": 0, "waiting": False}
            for asked in views.asks(everything=True, by=asserted.asker):
                if asked.ask.issue == asserted.about:
                    waiting, since = asked.days_waiting is not None, When(asked.ask.waiting_since)
                    found = {"answer": asked.ask.status, "times": asked.ask.times, "waiting": waiting, "since": since}
            sources = _last_sources(views, asserted.about)
    known = {"answer": "none", **found}
    return AnswerAsserted(question=asserted.question, about=asserted.about, asker=asserted.asker, **known), sources


def _day(asserted: AnswerAsserted, otherwise: str) -> str:
    """The day that an assertion is about; one without a day is about the day that it is checked on."""
    latest = asserted.as_of.latest
    return latest.isoformat() if latest else otherwise


def _names(asserted: AnswerAsserted) -> list[str]:
    return [rules.ASSERTED[field] for field in rules.asserted(asserted)]


def _instead(is_so: AnswerAsserted, asserted: AnswerAsserted) -> str:
    """The answer, as far as something was asserted of it, in words; where there is none, that is the whole answer."""
    if is_so.answer == "none":
        return "none"
    kept = {name: getattr(is_so, name) for name in _names(asserted)}
    said = answered(AnswerAsserted(question=is_so.question, about=is_so.about, asker=is_so.asker, **kept))
    unknown = [name for name, value in kept.items() if value == When()]
    lacking = [_NOT_WAITING if name == "since" else f"{name} on no known date" for name in unknown]
    return ", ".join(dict.fromkeys(part for part in [said, *lacking] if part))


_NOT_WAITING = "not waiting for an answer"


def _same(wanted: Any, found: Any) -> bool:
    if isinstance(wanted, When):
        ends = (found.earliest, found.latest, found.is_duration)
        return bool(found) and (wanted.earliest, wanted.latest, wanted.is_duration) == ends
    return bool(wanted == found)


def _last_sources(views: Views, issue: str) -> tuple[str, ...]:
    said = views.statements(issue=issue)
    return said[-1].sources if said else ()


def _since(views: Views, one: Reported) -> str:
    """The events recorded since the assertion was made, or last mended, that bear on its answer; newest last."""
    about = one.event.about
    match one.event.question:
        case "next-round":
            bearing = {label.slug for label in views.labels("meeting")}
        case "meeting":
            meetings = [found.meeting for found in views.meetings()]
            kind = next((meeting.kind for meeting in meetings if meeting.slug == about), "")
            bearing = {about, *(meeting.slug for meeting in meetings if meeting.kind == kind)}
        case "follow-up":
            bearing = {about}
        case _:
            bearing = {about, *views.touching(about)}
    log = views.log()
    made = max((event.position for event in log if event.slug == one.stream.slug), default=one.position)
    sources = {event.source for event in log if event.slug in bearing}
    found = [
        f"#{event.position} {event.event} {event.slug}{f' from {event.source}' if event.source else ''}"
        for event in log
        if event.position > made
        and (
            (event.slug in bearing and (event.is_upkeep or (event.stands and event.takes_effect <= views.day)))
            or (event.slug in sources and event.is_upkeep)
        )
    ]
    more = f"{len(found) - MOST_NAMED} more, " if len(found) > MOST_NAMED else ""
    return more + ", ".join(found[-MOST_NAMED:])


# What fits together.


def references(reported: Iterable[Reported], entries: Mapping[Stream, Standing]) -> Iterator[Problem]:
    """The events that refer to an entry that is not of record, or was retracted."""
    for one in reported:
        for kind, slug in dict.fromkeys(referred(one.event)):
            stood = entries.get(Stream(one.stream.negotiation, kind, slug))
            if stood is None or not stood.reports:
                yield one.problem("reference", f"It refers to the {kind} {slug}, which is not of record.")
            elif stood.retracted is not None:
                why = stood.retracted.reason
                yield one.problem("reference", f"It refers to the {kind} {slug}, which was retracted ({why}).")


_LISTS = {"parties": "party", "issues": "issue"}
_SINGLE = {"source": "source", "at": "meeting", "party": "party", "asker": "party"} | {
    "account_of": "party",
    "derived_from": "source",
}


def referred(event: Event) -> Iterator[tuple[str, str]]:
    """The entries that an event refers to, as kind and slug."""
    for name, kind in _SINGLE.items():
        if slug := getattr(event, name, ""):
            yield kind, slug
    for name, kind in _LISTS.items():
        yield from ((kind, slug) for slug in getattr(event, name, ()))
    for voice in voices(event):
        party, slash, person = voice.partition("/")
        yield "party", party
        if slash:
            yield "person", person
    if isinstance(event, AnswerAsserted) and event.question in QUESTIONS:
        question = QUESTIONS[event.question]
        if question.about:
            yield question.about, event.about
        elif event.answer not in ("", "none"):
            yield "meeting", event.answer


def voices(event: Event) -> Iterator[str]:
    """Everybody an event names as speaking, spoken to, owning or taking part."""
    for name in ("by", "on_behalf_of", "to", "owners"):
        yield from getattr(event, name, ())
    for attendee in getattr(event, "people", ()):
        yield attendee.who


def speakers(reported: Iterable[Reported], entries: Mapping[Stream, Standing]) -> Iterator[Problem]:
    """People named for a party while they are of record for others only."""
    for one in reported:
        for voice in dict.fromkeys(voices(one.event)):
            party, slash, person = voice.partition("/")
            stood = entries.get(Stream(one.stream.negotiation, "person", person)) if slash else None
            parties = rules.spoken_for(stood) if stood else []
            if parties and party not in parties:
                says = f"{{{voice}}} is named for {party}, and is of record for {' and '.join(parties)}."
                yield one.problem("speaker", says)


def dates(reported: Sequence[Reported]) -> Iterator[Problem]:
    """What was said or agreed at a meeting on a day that no report of the meeting allows."""
    held: dict[str, list[When]] = {}
    for one in reported:
        if isinstance(one.event, events.MeetingReported) and one.event.held:
            held.setdefault(one.stream.slug, []).append(one.event.held)
    for one in reported:
        on, spans = getattr(one.event, "on", When()), held.get(getattr(one.event, "at", ""), [])
        if on and spans and all(_apart(on, span) for span in spans):
            when = " or ".join(dict.fromkeys(span.describe() for span in spans))
            yield one.problem("date", f"It is of {on.describe()}, at {one.event.at}, which was held {when}.")


def dues(reported: Iterable[Reported]) -> Iterator[Problem]:
    """Follow-ups that were due before they were agreed."""
    for one in reported:
        event = one.event
        if isinstance(event, events.FollowUpAgreed) and surely_after(event.on, event.due):
            says = f"It is due {event.due.describe()}, before it was agreed on {event.on.describe()}."
            yield one.problem("due", says)


def rules_broken(reported: Iterable[Reported], stood: Mapping[Stream, Standing]) -> Iterator[Problem]:
    """The entries of which what stands could not be filed: part of it was retracted with its source."""
    left: dict[Stream, set[int]] = {}
    for one in reported:
        left.setdefault(one.stream, set()).add(one.position)
    for stream, positions in left.items():
        reports = [report for report in stood[stream].reports if report.position in positions]
        try:
            rules.consistent(stream.kind, stream.slug, stood[stream]._replace(reports=reports))
        except Refusal as refusal:
            yield Problem("rule", stream.slug, str(refusal), max(positions))


def quotes(reported: Sequence[Reported]) -> Iterator[Problem]:
    """Quotes that do not stand in their source's frozen text, or not where they are said to."""
    frozen = {one.stream.slug: one.event.text for one in reported if getattr(one.event, "text", "")}
    prepared: dict[str, FrozenText] = {}
    for one in reported:
        text = frozen.get(one.event.source, "")
        for quote in one.event.quotes if text else ():
            if quote.verified and normalised(text[quote.start : quote.end]) == normalised(quote.words):
                continue
            whole = prepared.setdefault(one.event.source, FrozenText(text))
            if quote.verified or whole.find(quote.words) is None:
                where = f" at {quote.start}–{quote.end}" if quote.verified else ""
                yield one.problem("quote", f"{one.event.source} does not say {quote.words!r}{where}.")


def texts(reported: Iterable[Reported]) -> Iterator[Problem]:
    """Sources whose frozen text is not the one that their SHA-256 is of."""
    for one in reported:
        event = one.event
        if isinstance(event, events.SourceRegistered) and event.text and fingerprint(event.text) != event.sha256:
            says = f"Its text has the SHA-256 {fingerprint(event.text)}, and {event.sha256 or 'none'} was recorded."
            yield one.problem("text", says)


def _apart(one: When, other: When) -> bool:
    """Whether no day of the one can be a day of the other."""
    return surely_after(one, other) or surely_after(other, one)
