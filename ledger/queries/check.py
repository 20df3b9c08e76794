"""Checks a record: finds the assertions that no longer hold and the contradictions within the record.

Nothing is refused here: every finding is returned as data, in the order of recording. The checks are pure functions of
the events in the log; only the assertions need the views.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from ledger.base.text import listed
from ledger.base.typography import comparable
from ledger.dates import When, surely_after
from ledger.domain import events, rules
from ledger.domain.events import AnswerAsserted, Event, Recorded, Stream
from ledger.domain.quotations import FrozenText, fingerprint
from ledger.domain.reports import Publication, Standing, Streams, accounts, held_days, is_upkeep, linked_days, standing
from ledger.domain.vocabulary import QUESTIONS
from ledger.domain.voices import UNATTRIBUTED
from ledger.errors import Refusal
from ledger.queries.assertions import failure
from ledger.views.views import Views


class Finding(NamedTuple):
    """Something wrong with the record. `position` is the position of the event at fault.

    kind: assertion (it does not hold), reference (to an entry that is not recorded or was retracted), speaker (named
    for a party that the person does not speak for), circle (an entry that leads back to itself by what it waits on,
    depends on or replaces), date (outside the dates of the meeting), due (before it was
    agreed), rule (broken by the reports left after a retraction), quote (not in the frozen text), text (its SHA-256
    differs).
    """

    kind: str
    slug: str
    says: str
    position: int


class Checked(NamedTuple):
    """The findings, and how much was checked. `unverified` counts the quotes from sources without a text."""

    problems: list[Finding]
    assertions: int
    events: int
    quotes: int
    unverified: int


class Examined(NamedTuple):
    """The findings of a check of one negotiation's streams that do not depend on the day.

    days: the position of each valid report, and the day from which it counts. upkeep: the positions of what corrects
    and retracts. asserted: the assertions, which are checked on a day. found: the findings about everything else.
    quotes: the position of the report of each quote, and whether its source has a text.
    """

    days: list[tuple[int, str]]
    upkeep: list[int]
    asserted: list[Recorded]
    found: list[Finding]
    quotes: list[tuple[int, bool]]


def examine(streams: Streams, publications: Mapping[str, Publication], everything: Streams | None = None) -> Examined:
    """The faults of some streams; they may refer to any entry in `everything`, also to one published later."""
    stood = {stream: standing(records) for stream, records in streams.items()}
    entries = {stream: standing(records) for stream, records in everything.items()} if everything else stood
    records = {record.position: record for of_stream in streams.values() for record in of_stream}
    held = held_days(streams, publications)
    made_by = linked_days(streams, publications, held)
    known = [
        account
        for stream, found in stood.items()
        for account in accounts(found, publications, held, made_by.get(stream.slug, ""))
    ]
    reported = [records[account.position]._replace(event=account.event) for account in known]
    upkeep = [record for record in records.values() if is_upkeep(record)]
    at_hand = {one.stream.slug for one in reported if getattr(one.event, "text", "")}
    return Examined(
        days=[(account.position, account.day) for account in known],
        upkeep=[record.position for record in upkeep],
        asserted=[one for one in reported if isinstance(one.event, AnswerAsserted)],
        found=[
            *references([*reported, *upkeep], entries),
            *unconditional(reported, entries),
            *speakers(reported, entries),
            *circles(reported),
            *dates(reported),
            *dues(reported),
            *rules_broken(reported),
            *quotes(reported),
            *texts(reported),
        ],
        quotes=[(one.position, one.event.source in at_hand) for one in reported for _ in one.event.quotes],
    )


def check_as_of(views: Views, examined: Examined, until: str | None = None, today: str = "") -> Checked:
    """Everything wrong with what was examined, up to the day `until` if one is given.

    An assertion about no particular day is checked as of `today`, by default the day of the views.
    """
    today = today or views.day
    counted = {*examined.upkeep, *(position for position, day in examined.days if until is None or day <= until)}
    asserted = [one for one in examined.asserted if until is None or _day_of(one, today) <= until]
    found = [*assertions(views, asserted, today), *examined.found]
    named = [one._replace(says=views.named(one.says)) for one in found if one.position in counted]
    quoting = [at_hand for position, at_hand in examined.quotes if position in counted]
    return Checked(
        problems=sorted(named, key=lambda one: (one.position, one.kind)),
        assertions=len(asserted),
        events=len(counted),
        quotes=sum(quoting),
        unverified=len(quoting) - sum(quoting),
    )


def assertions(views: Views, asserted: Iterable[Recorded], today: str) -> Iterator[Finding]:
    """The assertions that fail on the day that they are about."""
    for one in asserted:
        if says := failure(views.at(_day_of(one, today)), one):
            yield _at(one, "assertion", says)


def references(recorded: Iterable[Recorded], entries: Mapping[Stream, Standing]) -> Iterator[Finding]:
    """The events that refer to an entry that is not recorded or was retracted."""
    kinds = {(stream.negotiation, stream.slug): stream.kind for stream in entries}

    @cache  # thousands of events refer to a few parties, issues and sources
    def wrong(negotiation: str, named: str, slug: str) -> str:
        kind = named or kinds.get((negotiation, slug), "entry")
        stood = entries.get(Stream(negotiation, kind, slug))
        if stood is None or not stood.reports:
            return f"It refers to the {kind} {slug}, which is not recorded."
        why = stood.retracted.reason if stood.retracted is not None else None
        return "" if why is None else f"It refers to the {kind} {slug}, which was retracted ({why})."

    for one in recorded:
        for named, slug in dict.fromkeys(referred(one.event)):
            if says := wrong(one.stream.negotiation, named, slug):
                yield _at(one, "reference", says)


def unconditional(reported: Iterable[Recorded], entries: Mapping[Stream, Standing]) -> Iterator[Finding]:
    """The statements that say that a condition of another is met, which has none, as after a correction or a merge."""
    for one in reported:
        for slug in getattr(one.event, "meets", ()):
            stood = entries.get(Stream(one.stream.negotiation, "statement", slug))
            if stood and not any(getattr(report.event, "conditional_on", ()) for report in stood.reports):
                yield _at(one, "reference", f"It speaks of a condition of {slug}, which has none.")


# The fields of events that contain slugs of other entries, with the kind of entry.
_SINGLE = {
    "source": "source", "at": "meeting", "before": "meeting", "party": "party", "asker": "party", "account_of": "party",
    "derived_from": "source", "of_party": "party",
}  # fmt: skip
_OF_ANY_KIND = ("waits_on", "reaffirms", "answers", "denies", "depends_on", "replaces", "meets")
_ONE_WAY = ("waits_on", "depends_on", "replaces")
_LISTS = {"parties": "party", "issues": "issue"} | dict.fromkeys(_OF_ANY_KIND, "")
_VOICES = ("by", "on_behalf_of", "to", "owners")


class _Fields(NamedTuple):
    """The fields of a class of events that name others: one slug or several, with their kind, and voices."""

    single: list[tuple[str, str]]
    lists: list[tuple[str, str]]
    voices: list[str]
    conditions: bool
    people: bool


@cache
def _fields_of(kind: type[Event]) -> _Fields:
    has = {*kind.__struct_fields__}
    single, lists = ([one for one in of.items() if one[0] in has] for of in (_SINGLE, _LISTS))
    return _Fields(single, lists, [one for one in _VOICES if one in has], "conditional_on" in has, "people" in has)


def referred(event: Event) -> Iterator[tuple[str, str]]:
    """The entries that an event refers to, as kind and slug; "" for the kind if it may be any."""
    fields = _fields_of(type(event))
    for name, kind in fields.single:
        if slug := getattr(event, name):
            yield kind, slug
    for name, kind in fields.lists:
        for slug in getattr(event, name):
            yield kind, slug
    if fields.conditions:
        yield from (("", one.on) for one in getattr(event, "conditional_on", ()) if one.on)
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


def voices(event: Event) -> list[str]:
    """The voices that an event names as speaker, addressee, owner or participant."""
    fields = _fields_of(type(event))
    found = [voice for name in fields.voices for voice in getattr(event, name) if voice != UNATTRIBUTED]
    return found + [one.who for one in getattr(event, "people", ())] if fields.people else found


def speakers(reported: Iterable[Recorded], entries: Mapping[Stream, Standing]) -> Iterator[Finding]:
    """The people named for one party but recorded only for others."""

    @cache
    def wrong(negotiation: str, voice: str) -> str:
        party, slash, person = voice.partition("/")
        stood = entries.get(Stream(negotiation, "person", person)) if slash else None
        parties = rules.spoken_for(stood) if stood else []
        if not parties or party in parties:
            return ""
        return f"{{{voice}}} is named for {party}, but recorded only for {listed(parties)}."

    for one in reported:
        for voice in dict.fromkeys(voices(one.event)):
            if says := wrong(one.stream.negotiation, voice):
                yield _at(one, "speaker", says)


def circles(reported: Sequence[Recorded]) -> Iterator[Finding]:
    """The entries that lead back to themselves, which can happen if two ledgers were merged."""
    for field in _ONE_WAY:
        onward: dict[str, list[str]] = defaultdict(list)
        leading = [(one, leads) for one in reported if (leads := getattr(one.event, field, ()))]
        for one, leads in leading:
            onward[one.stream.slug] += leads
        for one, leads in leading:
            if path := rules.circle(one.stream.slug, leads, onward.__getitem__):
                yield _at(one, "circle", f"It {field.replace('_', ' ')} itself: {' → '.join(path)}.")


def dates(reported: Sequence[Recorded]) -> Iterator[Finding]:
    """The statements and agreements made at a meeting but dated outside all reported dates of the meeting."""
    held: dict[str, list[When]] = {}
    for one in reported:
        if isinstance(one.event, events.MeetingReported) and one.event.held:
            held.setdefault(one.stream.slug, []).append(one.event.held)
    for one in reported:
        spans = held.get(getattr(one.event, "at", ""))
        on = getattr(one.event, "on", When()) if spans else When()
        if spans and on and all(surely_after(on, span) or surely_after(span, on) for span in spans):
            when = " or ".join(dict.fromkeys(span.describe() for span in spans))
            says = f"It is dated {on.describe()}, but {getattr(one.event, 'at', '')} was held {when}."
            yield _at(one, "date", says)


def dues(reported: Iterable[Recorded]) -> Iterator[Finding]:
    """The follow-ups that were due before they were agreed."""
    for one in reported:
        event = one.event
        if isinstance(event, events.FollowUpAgreed) and surely_after(event.on, event.due):
            says = f"It is due {event.due.describe(limit=True)}, before it was agreed on {event.on.describe()}."
            yield _at(one, "due", says)


def rules_broken(reported: Iterable[Recorded]) -> Iterator[Finding]:
    """The entries whose remaining reports break a rule, because other reports were retracted with their source."""
    left: dict[Stream, list[Recorded]] = {}
    for one in sorted(reported, key=lambda one: one.position):
        left.setdefault(one.stream, []).append(one)
    for stream, reports in left.items():
        try:
            rules.consistent(stream.kind, stream.slug, Standing(reports, None, {}))
        except Refusal as refusal:
            yield _at(reports[-1], "rule", str(refusal))


def quotes(reported: Sequence[Recorded]) -> Iterator[Finding]:
    """The quotes that are not in their source's frozen text, or not at the recorded place."""
    frozen = {one.stream.slug: text for one in reported if (text := getattr(one.event, "text", ""))}
    prepared: dict[str, FrozenText] = {}
    for one in reported:
        source, text = one.event.source, frozen.get(one.event.source, "")
        for quote in one.event.quotes if text else ():
            if quote.verified and comparable(text[quote.start : quote.end]) == comparable(quote.words):
                continue
            whole = prepared.setdefault(source, FrozenText(text))
            if quote.verified or whole.find(quote.words) is None:
                where = f" at {quote.start}–{quote.end}" if quote.verified else ""
                yield _at(one, "quote", f"{source} does not contain the quote {quote.words!r}{where}.")


def texts(reported: Iterable[Recorded]) -> Iterator[Finding]:
    """The sources whose frozen text does not have the recorded SHA-256."""
    for one in reported:
        event = one.event
        if not isinstance(event, events.SourceRegistered | events.SourceTextFrozen):
            continue
        if event.text and fingerprint(event.text) != event.sha256:
            says = f"Its text has the SHA-256 {fingerprint(event.text)}, but {event.sha256 or 'none'} was recorded."
            yield _at(one, "text", says)


def _at(recorded: Recorded, kind: str, says: str) -> Finding:
    return Finding(kind, recorded.stream.slug, says, recorded.position)


def _day_of(made: Recorded, otherwise: str) -> str:
    """The day that an assertion is about; `otherwise` if it is about no particular day."""
    latest = made.event.as_of.latest if isinstance(made.event, AnswerAsserted) else None
    return latest.isoformat() if latest else otherwise
