"""The lists of the pages: what narrows each of them, its columns, and the words that are searched.

A name in the address says what its value is: a party, a person, an issue. Where a command has the same filter, both
give the same rows.
"""

from collections.abc import Callable, Iterable
from typing import Any

from ledger.base.text import minute
from ledger.dates import When
from ledger.domain.clocks import known_day
from ledger.domain.kinds import KINDS
from ledger.domain.states import Issue, Source, Statement
from ledger.domain.texts.provision import DraftText
from ledger.domain.vocabulary import (
    ACTS,
    ENDINGS,
    ISSUE_STATUSES,
    MEETING_KINDS,
    OUTCOMES,
    QUESTIONS,
    meeting_name,
    plain,
)
from ledger.domain.voices import Person
from ledger.queries.gaps import KINDS as GAPS
from ledger.queries.gaps import Gap
from ledger.queries.promises import Promise
from ledger.queries.tasks import TaskOnTheDay
from ledger.views.rows import LogRow
from ledger.views.status import AskOnTheDay, DeadlineOnTheDay, FollowUpOnTheDay, MeetingOnTheDay, awaited, in_words
from ledger.views.weight import WeighedContest
from ledger.web.listing.narrowing import Facet, ListOf, SortColumn

WITH_EVIDENCE = 50  # rows of a page, where each has its sources and quotations
OPEN = {"yes": "yes", "no": "no"}
TIMINGS = (
    "past due",
    "possibly past due",
    "due",
    "open",
    "no date",
    "standing",
    *OUTCOMES,
    "replaced",
)  # of follow-ups
ENDED = ("due", "possibly passed", "passed", "no date", *ENDINGS, "replaced")  # of deadlines


def _words(words: Iterable[str]) -> dict[str, str]:
    return {word: plain(word) for word in words}


def _statuses(of: str) -> tuple[str, ...]:
    return tuple(word for word in QUESTIONS[of].answers if word != "none")


HELD_OR_NOT = _statuses("meeting")


def _parties(voices: Callable[[Any], Iterable[str]]) -> Callable[[Any], Iterable[str]]:
    return lambda row: [voice.partition("/")[0] for voice in voices(row)]


def _party(voices: Callable[[Any], Iterable[str]], heading: str = "Party", name: str = "party") -> Facet:
    return Facet(name, heading, _parties(voices), "party")


def _person(voices: Callable[[Any], Iterable[str]], heading: str = "Person") -> Facet:
    return Facet("person", heading, lambda row: [one for v in voices(row) if (one := v.partition("/")[2])], "person")


def _issue(issues: Callable[[Any], Iterable[str]]) -> Facet:
    return Facet("issue", "Issue", issues, "issue")


def _open(is_open: Callable[[Any], bool], heading: str = "Open") -> Facet:
    return Facet("open", heading, lambda row: ("yes" if is_open(row) else "no",), words=OPEN)


def _day(when: When) -> str:
    """The key of a date: its last possible day, else its first."""
    return str(when.latest or when.earliest or "")


STATEMENTS = ListOf(
    Statement,
    ("statement", "statements"),
    [
        _party(lambda one: one.by, "By party"),
        _person(lambda one: one.by, "By person"),
        _party(lambda one: one.to, "To", "addressee"),
        Facet("act", "Act", lambda one: (one.act,), words=_words(ACTS)),
        _issue(lambda one: one.issues),
        Facet("at", "At meeting", lambda one: (one.at,) if one.at else (), "meeting"),
    ],
    [
        SortColumn("date", "Date", lambda one, _: one.order),
        SortColumn("who", "Who", lambda one, views: views.names_of(one.by)),
        SortColumn("act", "Act", lambda one, _: one.act),
        SortColumn("what", "What", lambda one, _: one.told),
    ],
    lambda one, views: f"{one.told} {views.names_of(one.by)}",
    lambda one: one.said_on,
    "Said",
    lambda one: str(one.slug),
    backwards=True,
    most=WITH_EVIDENCE,
)

ASKS = ListOf(
    AskOnTheDay,
    ("ask", "asks"),
    [
        _open(lambda one: bool(one.ask.waiting_since), "Waiting"),
        _party(lambda one: (one.ask.asker,), "Asked by"),
        _party(lambda one: one.ask.to, "Asked of", "addressee"),
        _party(lambda one: awaited(one.ask), "Waits for", "awaited"),
        _issue(lambda one: (one.ask.issue,)),
        Facet("status", "Status", lambda one: (one.ask.status,), words=_words(_statuses("ask"))),
    ],
    [
        SortColumn("waiting", "Waiting", lambda one, _: one.days_waiting),
        SortColumn("who", "Who", lambda one, views: views.name_of(one.ask.asker)),
        SortColumn("to", "To whom", lambda one, views: views.names_of(one.ask.to)),
        SortColumn("what", "What", lambda one, _: one.told or one.title),
        SortColumn("last", "Asked", lambda one, _: one.ask.last_asked),
        SortColumn("times", "Times", lambda one, _: one.ask.times, numeric=True),
        SortColumn("answer", "Answer", lambda one, _: one.ask.last_answer),
    ],
    lambda one, views: f"{one.told} {one.title} {views.names_of((one.ask.asker, *one.ask.to))}",
    lambda one: one.said_on,
    "Asked",
    lambda one: str(one.ask.last_statement),
    most=WITH_EVIDENCE,
)

FOLLOW_UPS = ListOf(
    FollowUpOnTheDay,
    ("follow-up", "follow-ups"),
    [
        _open(lambda one: one.follow_up.status in ("open", "standing") and not one.replaced_by),
        Facet("status", "Timing", lambda one: (one.timing,), words=_words(TIMINGS)),
        _party(lambda one: one.follow_up.owners, "Owner"),
        _person(lambda one: one.follow_up.owners),
        _issue(lambda one: one.follow_up.issues),
    ],
    [
        SortColumn("due", "Due", lambda one, _: _day(one.follow_up.due)),
        SortColumn("what", "What", lambda one, _: one.told),
        SortColumn("agreed", "Agreed", lambda one, _: _day(one.follow_up.agreed_on)),
    ],
    lambda one, views: f"{one.told} {views.names_of(one.follow_up.owners)}",
    lambda one: one.follow_up.due,
    "Due",
    lambda one: str(one.follow_up.slug),
    most=WITH_EVIDENCE,
)

DEADLINES = ListOf(
    DeadlineOnTheDay,
    ("deadline", "deadlines"),
    [
        _open(lambda one: one.is_open, "Ahead"),
        Facet("status", "Timing", lambda one: (one.timing,), words=_words(ENDED)),
        _party(lambda one: one.deadline.owners, "Owner"),
        _person(lambda one: one.deadline.owners),
        _issue(lambda one: one.deadline.issues),
    ],
    [
        SortColumn("due", "Due", lambda one, _: _day(one.deadline.due)),
        SortColumn("what", "What", lambda one, _: one.deadline.told),
        SortColumn("set", "Set", lambda one, _: _day(one.deadline.set_on)),
    ],
    lambda one, views: f"{one.deadline.told} {one.deadline.basis} {views.names_of(one.deadline.owners)}",
    lambda one: one.deadline.due,
    "Due",
    lambda one: str(one.deadline.slug),
)

TASKS = ListOf(
    TaskOnTheDay,
    ("task", "tasks"),
    [
        _open(lambda one: one.task.status == "open"),
        Facet("status", "Timing", lambda one: (one.timing,)),
        Facet("for", "For", lambda one: (one.task.assignee,) if one.task.assignee else ()),
    ],
    [
        SortColumn("due", "Due", lambda one, _: _day(one.task.due)),
        SortColumn("what", "What", lambda one, _: one.task.says),
        SortColumn("for", "For", lambda one, _: one.task.assignee),
    ],
    lambda one, _: f"{one.task.says} {one.task.assignee}",
    lambda one: one.task.due,
    "Due",
)

MEETINGS = ListOf(
    MeetingOnTheDay,
    ("meeting", "meetings"),
    [
        Facet("kind", "Kind of meeting", lambda one: (one.meeting.kind,), words=_words(MEETING_KINDS)),
        Facet("status", "Status", lambda one: (one.status,), words={one: in_words(one) for one in HELD_OR_NOT}),
        _party(lambda one: (*one.meeting.parties, *one.meeting.people)),
        _person(lambda one: one.meeting.people),
        _issue(lambda one: one.meeting.issues),
    ],
    [
        SortColumn("when", "When", lambda one, _: _day(one.meeting.held or one.meeting.expected)),
        SortColumn("what", "Meeting", lambda one, _: (one.meeting.kind, one.meeting.number or 0)),
        SortColumn("status", "Status", lambda one, _: one.status),
        SortColumn("who", "Who", lambda one, views: views.names_of(one.meeting.sides)),
        SortColumn("place", "Place", lambda one, _: one.meeting.place),
    ],
    lambda one, views: " ".join(
        (meeting_name(one.meeting.kind, one.meeting.number), views.names_of(one.meeting.sides), one.meeting.place)
    ),
    lambda one: one.meeting.held or one.meeting.expected,
    "Held or expected",
)

ISSUES = ListOf(
    Issue,
    ("issue", "issues"),
    [
        Facet("status", "Status", lambda one: (one.status,), words=_words(ISSUE_STATUSES)),
        _party(lambda one: one.raised_by, "Raised by"),
    ],
    [
        SortColumn("status", "Status", lambda one, _: one.status),
        SortColumn("what", "Issue", lambda one, _: one.title),
        SortColumn("raised-by", "Raised by", lambda one, views: views.names_of(one.raised_by)),
        SortColumn("times", "Times", lambda one, _: one.times_raised or None, numeric=True),
        SortColumn("raised", "Raised", lambda one, _: one.last_raised),
        SortColumn("answer", "Answer", lambda one, _: one.last_answer),
    ],
    lambda one, views: f"{one.title} {one.about} {views.names_of(one.raised_by)}",
    lambda one: known_day(one, one.last_raised),
    "Raised",
)

SOURCES = ListOf(
    Source,
    ("source", "sources"),
    [
        Facet("kind", "Kind of source", lambda one: (one.kind,)),
        Facet("text", "Text", lambda one: ("frozen" if one.text_length else "not at hand",)),
        _party(lambda one: (one.account_of,) if one.account_of else (), "Account of"),
        Facet("publisher", "Publisher", lambda one: (one.publisher,) if one.publisher else ()),
    ],
    [
        SortColumn("published", "Published", lambda one, _: _day(one.published)),
        SortColumn("what", "Source", lambda one, _: one.title),
        SortColumn("kind", "Kind", lambda one, _: one.kind),
        SortColumn("publisher", "Publisher", lambda one, _: one.publisher),
        SortColumn(
            "account-of", "Account of", lambda one, views: views.name_of(one.account_of) if one.account_of else ""
        ),
        SortColumn("text", "Text", lambda one, _: one.text_length),
    ],
    lambda one, _: f"{one.title} {one.publisher} {one.slug}",
    lambda one: one.published,
    "Published",
    backwards=True,
)

TEXTS = ListOf(
    DraftText,
    ("draft text", "draft texts"),
    [_party(lambda one: one.tabled_by, "Tabled by")],
    [
        SortColumn("what", "Text", lambda one, _: one.title or one.slug),
        SortColumn("version", "Version", lambda one, _: len(one.versions)),
        SortColumn("tabled", "Tabled", lambda one, _: _day(one.tabled_on)),
        SortColumn("who", "By", lambda one, views: views.names_of(one.tabled_by)),
        SortColumn("provisions", "Provisions", lambda one, _: one.length or None, numeric=True),
        SortColumn("brackets", "In brackets", lambda one, _: one.bracketed, numeric=True),
        SortColumn("settled", "Agreed or deleted", lambda one, _: one.settled, numeric=True),
    ],
    lambda one, views: f"{one.title} {one.slug} {one.version} {views.names_of(one.tabled_by)}",
    lambda one: one.tabled_on,
    "Tabled",
)

PEOPLE = ListOf(
    Person,
    ("person", "people"),
    [
        _party(lambda one: (one.party,) if one.party else ()),
        Facet("body", "Body", lambda one: ("yes" if one.body else "no",), words=OPEN),
    ],
    [
        SortColumn("name", "Name", lambda one, _: one.name),
        SortColumn("party", "Party", lambda one, views: views.name_of(one.party) if one.party else ""),
        SortColumn("post", "Post", lambda one, _: one.post or one.left),
        SortColumn("since", "Since", lambda one, _: _day(one.since)),
        SortColumn("until", "Until", lambda one, _: _day(one.until)),
    ],
    lambda one, _: " ".join((one.name, *one.aliases, one.post, one.left, one.also_reported)),
)

PROMISES = ListOf(
    Promise,
    ("promise", "promises"),
    [
        _open(lambda one: one.is_open),
        Facet("status", "Outcome", lambda one: (one.status,)),
        _party(lambda one: one.by, "By party"),
        _person(lambda one: one.by, "By person"),
        _party(lambda one: one.to, "To", "addressee"),
        _issue(lambda one: one.issues),
        Facet("kind", "Kind of promise", lambda one: (one.kind,)),
        Facet("word", "Account", lambda one: (one.word,) if one.word else ()),
    ],
    [
        SortColumn("outcome", "Outcome", lambda one, _: one.status),
        SortColumn("what", "What", lambda one, _: one.says),
        SortColumn("who", "Who", lambda one, views: views.names_of(one.by)),
        SortColumn("to", "To whom", lambda one, views: views.names_of(one.to)),
        SortColumn("since", "Since", lambda one, _: one.day),
    ],
    lambda one, views: f"{one.says} {views.names_of((*one.by, *one.to))}",
    lambda one: one.since,
    "Promised or agreed",
    lambda one: str(one.slug),
    most=WITH_EVIDENCE,
)

GAPS_FOUND = ListOf(
    Gap,
    ("gap", "gaps"),
    [Facet("kind", "Kind of gap", lambda one: (one.kind,), words=GAPS)],
    [
        SortColumn("kind", "Kind", lambda one, _: [*GAPS].index(one.kind)),
        SortColumn("what", "What", lambda one, _: one.says),
    ],
    lambda one, _: str(one.says),
)

LOG = ListOf(
    LogRow,
    ("event", "events"),
    [
        Facet("kind", "Kind of entry", lambda one: (one.kind,), words=_words(KINDS)),
        Facet("event", "Event", lambda one: (one.event,)),
        Facet("changes", "Changes the record", lambda one: ("yes" if one.is_upkeep else "no",), words=OPEN),
        Facet("by", "Recorded by", lambda one: (one.recorded_by,)),
        Facet("valid", "Valid", lambda one: ("yes" if one.stands else "no",), words=OPEN),
    ],
    [
        SortColumn("recorded", "Recorded", lambda one, _: minute(one.recorded_at)),
        SortColumn("what", "What", lambda one, views: views.named(one.sentence)),
        SortColumn("event", "Event", lambda one, _: one.event),
        SortColumn("by", "By", lambda one, _: one.recorded_by),
        SortColumn("position", "#", lambda one, _: one.position, numeric=True),
    ],
    lambda one, views: f"{views.named(one.sentence)} {one.slug}",
    lambda one: When(one.recorded_on),
    "Recorded",
    backwards=True,
)

CONTESTED = ListOf(
    WeighedContest,
    ("field on which reports differ", "fields on which reports differ"),
    [
        Facet("kind", "Kind of entry", lambda one: (one.contest.kind,), words=_words(KINDS)),
        Facet("field", "Field", lambda one: (one.contest.field,)),
        Facet("settled", "One is preferred", lambda one: ("yes" if one.contest.preferred else "no",), words=OPEN),
    ],
    [
        SortColumn("entry", "Entry", lambda one, views: views.label_of(one.contest.kind, one.contest.slug)),
        SortColumn("field", "Field", lambda one, _: one.contest.field),
        SortColumn("values", "Values", lambda one, _: len({*one.contest.values}), numeric=True),
        SortColumn("preferred", "Taken as", lambda one, _: one.contest.preferred),
    ],
    lambda one, views: " ".join((views.label_of(one.contest.kind, one.contest.slug), *one.contest.values)),
    about=lambda one: str(one.contest.slug),
    most=WITH_EVIDENCE,
)

LISTS = {  # by the page
    "statements": STATEMENTS,
    "asks": ASKS,
    "follow-ups": FOLLOW_UPS,
    "deadlines": DEADLINES,
    "tasks": TASKS,
    "meetings": MEETINGS,
    "issues": ISSUES,
    "sources": SOURCES,
    "texts": TEXTS,
    "people": PEOPLE,
    "promises": PROMISES,
    "gaps": GAPS_FOUND,
    "contested": CONTESTED,
    "log": LOG,
}
