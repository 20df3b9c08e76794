"""The lists of entries: what narrows each of them, its columns, and the words that are searched; all lists by page.

A name in the address says what its value is: a party, a person, an issue. Where a command has the same filter, both
give the same rows.
"""

from ledger.domain.clocks import known_day
from ledger.domain.states import Issue, Source, Statement
from ledger.domain.texts.provision import DraftText
from ledger.domain.vocabulary import ACTS, ENDINGS, ISSUE_STATUSES, MEETING_KINDS, OUTCOMES, meeting_name
from ledger.domain.voices import Person
from ledger.queries.tasks import TaskOnTheDay
from ledger.views.status import (
    AskOnTheDay,
    DeadlineOnTheDay,
    FollowUpOnTheDay,
    MeetingOnTheDay,
    awaited,
    date_of,
    in_words,
)
from ledger.web.listing.answers import CONTESTED, FIGURES, GAPS_FOUND, LOG, PROMISES
from ledger.web.listing.facets import (
    OPEN,
    WITH_EVIDENCE,
    by_issue,
    by_open,
    by_party,
    by_person,
    day_of,
    statuses_of,
    words_of,
)
from ledger.web.listing.narrowing import Facet, ListOf, SortColumn

TIMINGS = (
    "past due",
    "possibly past due",
    "due",
    "open",
    "no date",
    "standing",
    *OUTCOMES,
    "done late",
    "replaced",
)  # of follow-ups
ENDED = ("due", "possibly passed", "passed", "no date", *ENDINGS, "replaced")  # of deadlines
HELD_OR_NOT = statuses_of("meeting")

STATEMENTS = ListOf(
    Statement,
    ("statement", "statements"),
    [
        by_party(lambda one: one.by, "By party"),
        by_person(lambda one: one.by, "By person"),
        by_party(lambda one: one.to, "To", "addressee"),
        Facet("act", "Act", lambda one: (one.act,), words=words_of(ACTS)),
        by_issue(lambda one: one.issues),
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
        by_open(lambda one: bool(one.ask.waiting_since), "Waiting"),
        by_party(lambda one: (one.ask.asker,), "Asked by"),
        by_party(lambda one: one.ask.to, "Asked of", "addressee"),
        by_party(lambda one: awaited(one.ask), "Waits for", "awaited"),
        by_issue(lambda one: (one.ask.issue,)),
        Facet("status", "Status", lambda one: (one.ask.status,), words=words_of(statuses_of("ask"))),
    ],
    [
        SortColumn("waiting", "Waiting", lambda one, _: one.days_waiting),
        SortColumn("who", "Who", lambda one, views: views.name_of(one.ask.asker)),
        SortColumn("to", "To whom", lambda one, views: views.to_whom(one.ask.to)),
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
        by_open(lambda one: one.is_open),
        Facet("status", "Timing", lambda one: (one.timing,), words=words_of(TIMINGS)),
        by_party(lambda one: one.follow_up.owners, "Owner"),
        by_person(lambda one: one.follow_up.owners),
        by_issue(lambda one: one.follow_up.issues),
    ],
    [
        SortColumn("due", "Due", lambda one, _: day_of(one.follow_up.due)),
        SortColumn("what", "What", lambda one, _: one.told),
        SortColumn("agreed", "Agreed", lambda one, _: day_of(one.follow_up.agreed_on)),
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
        by_open(lambda one: one.is_open, "Ahead"),
        Facet("status", "Timing", lambda one: (one.timing,), words=words_of(ENDED)),
        by_party(lambda one: one.deadline.owners, "Owner"),
        by_person(lambda one: one.deadline.owners),
        by_issue(lambda one: one.deadline.issues),
    ],
    [
        SortColumn("due", "Due", lambda one, _: day_of(one.deadline.due)),
        SortColumn("what", "What", lambda one, _: one.told),
        SortColumn("set", "Set", lambda one, _: day_of(one.deadline.set_on)),
    ],
    lambda one, views: f"{one.told} {one.deadline.basis} {views.names_of(one.deadline.owners)}",
    lambda one: one.deadline.due,
    "Due",
    lambda one: str(one.deadline.slug),
)

TASKS = ListOf(
    TaskOnTheDay,
    ("task", "tasks"),
    [
        by_open(lambda one: one.task.status == "open"),
        Facet("status", "Timing", lambda one: (one.timing,)),
        Facet("for", "For", lambda one: (one.task.assignee,) if one.task.assignee else ()),
    ],
    [
        SortColumn("due", "Due", lambda one, _: day_of(one.task.due)),
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
        Facet("kind", "Kind of meeting", lambda one: (one.meeting.kind,), words=words_of(MEETING_KINDS)),
        Facet("status", "Status", lambda one: (one.status,), words={one: in_words(one) for one in HELD_OR_NOT}),
        by_party(lambda one: (*one.meeting.parties, *one.meeting.people)),
        by_person(lambda one: one.meeting.people),
        by_issue(lambda one: one.meeting.issues),
    ],
    [
        SortColumn("when", "When", lambda one, _: day_of(date_of(one.meeting))),
        SortColumn("what", "Meeting", lambda one, _: (one.meeting.kind, one.meeting.number or 0)),
        SortColumn("status", "Status", lambda one, _: one.status),
        SortColumn("who", "Who", lambda one, views: views.names_of(one.meeting.sides)),
        SortColumn("place", "Place", lambda one, _: one.meeting.place),
    ],
    lambda one, views: " ".join(
        (meeting_name(one.meeting.kind, one.meeting.number), views.names_of(one.meeting.sides), one.meeting.place)
    ),
    lambda one: date_of(one.meeting),
    "Held or expected",
)

ISSUES = ListOf(
    Issue,
    ("issue", "issues"),
    [
        Facet("status", "Status", lambda one: (one.status,), words=words_of(ISSUE_STATUSES)),
        by_party(lambda one: one.raised_by, "Raised by"),
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
        by_party(lambda one: (one.account_of,) if one.account_of else (), "Account of"),
        Facet("publisher", "Publisher", lambda one: (one.publisher,) if one.publisher else ()),
    ],
    [
        SortColumn("published", "Published", lambda one, _: day_of(one.published)),
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
    [by_party(lambda one: one.tabled_by, "Tabled by")],
    [
        SortColumn("what", "Text", lambda one, _: one.title or one.slug),
        SortColumn("version", "Version", lambda one, _: len(one.versions)),
        SortColumn("tabled", "Tabled", lambda one, _: day_of(one.tabled_on)),
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
        by_party(lambda one: (one.party,) if one.party else ()),
        Facet("body", "Body", lambda one: ("yes" if one.body else "no",), words=OPEN),
    ],
    [
        SortColumn("name", "Name", lambda one, _: one.name),
        SortColumn("party", "Party", lambda one, views: views.name_of(one.party) if one.party else ""),
        SortColumn("post", "Post", lambda one, _: one.post or one.left),
        SortColumn("since", "Since", lambda one, _: day_of(one.since)),
        SortColumn("until", "Until", lambda one, _: day_of(one.until)),
    ],
    lambda one, _: " ".join((one.name, *one.aliases, one.post, one.left, one.also_reported)),
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
    "figures": FIGURES,
    "log": LOG,
}
