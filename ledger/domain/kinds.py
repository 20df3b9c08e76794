"""The kinds of entry, in one table that every room uses.

A new kind is a row here, its events in `events`, its states in `states`, its fold in `folds` and its form in
`filing.forms`. Nothing here imports a library, so that questions can use it.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from ledger.domain import states
from ledger.domain.figures.given import Measure
from ledger.domain.texts.provision import DraftText, Provision, WordingGiven
from ledger.domain.voices import Membership, Person


class Span(NamedTuple):
    """A state and its days: valid from `valid_from` until the day before `valid_to` ("" = still valid)."""

    state: Any
    valid_from: str
    valid_to: str


def spans(steps: Iterable[tuple[str, Any]]) -> list[Span]:
    """The spans of states, from pairs (day, state) in order of days: the last of a day counts, and None ends a span."""
    turning: list[tuple[str, Any]] = []
    for day, state in dict(steps).items():
        if not turning or turning[-1][1] != state:
            turning.append((day, state))
    ends = [day for day, _ in turning[1:]] + [""]
    held = zip(turning, ends, strict=False)  # without steps there is an end but no start
    return [Span(state, day, end) for (day, state), end in held if state is not None]


class Table(NamedTuple):
    """A table of the views: the state whose spans it stores, and the column with the entry's slug."""

    name: str
    state: Any
    key: str = "slug"


class Kind(NamedTuple):
    """One kind of entry.

    `events` are the names of the events in its stream. The first of its `tables` stores its state; a kind without
    tables has no state. `named`: users may type its name or an alias. `happens`: it happens on a day, and several
    sources may disagree about it.
    """

    plural: str
    events: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    named: bool = False
    happens: bool = False


# The events that report only how an entry ended; their sentences do not name it.
ENDS = ("FollowUpClosed", "DeadlineEnded", "MeetingCalledOff")

KINDS: dict[str, Kind] = {
    "negotiation": Kind("negotiations", ("NegotiationOpened",)),
    "party": Kind(
        "parties",
        ("PartyNamed", "RoleReported"),
        (Table("parties", states.Party), Table("memberships", Membership, "party")),
        named=True,
    ),
    "person": Kind(
        "people", ("PersonNamed", "PersonAppointed", "PersonLeftPost"), (Table("people", Person),), named=True
    ),
    "issue": Kind(
        "issues",
        ("IssueNamed",),
        (
            Table("issues", states.Issue),
            Table("asks", states.Ask, "issue"),
            Table("requests", states.Ask, "issue"),  # of asks that consist of several, or were asked again since
            # Only the newest is stored: a later statement resumes from it.
            Table("issue_snapshots", states.IssueSnapshot, "issue"),
        ),
        named=True,
    ),
    "measure": Kind("measures", ("MeasureNamed",), (Table("measures", Measure),), named=True),
    "source": Kind("sources", ("SourceRegistered", "SourceTextFrozen"), (Table("sources", states.Source),)),
    "meeting": Kind(
        "meetings",
        ("MeetingAnnounced", "MeetingReported", "MeetingCalledOff"),
        (Table("meetings", states.Meeting), Table("forecasts", states.Forecast, "meeting")),
        happens=True,
    ),
    "statement": Kind("statements", ("StatementReported",), (Table("statements", states.Statement),), happens=True),
    "follow-up": Kind(
        "follow-ups",
        ("FollowUpAgreed", "FollowUpClosed"),
        (Table("follow_ups", states.FollowUp),),
        happens=True,
    ),
    "deadline": Kind(
        "deadlines",
        ("DeadlineSet", "DeadlineEnded"),
        (Table("deadlines", states.Deadline), Table("forecasts", states.Forecast, "meeting")),
        happens=True,
    ),
    "task": Kind("tasks", ("TaskNoted", "TaskDone"), (Table("tasks", states.Task),)),
    "text": Kind(
        "draft texts",
        ("VersionTabled", "WordingReported"),
        (
            Table("draft_texts", DraftText),
            Table("provisions", Provision, "text"),
            Table("wordings", WordingGiven, "text"),
        ),
        happens=True,
    ),
    "assertion": Kind("assertions", ("AnswerAsserted",)),
}

# The kind of entry that each event belongs to; an event that may occur in any stream belongs to none.
KIND_OF = {event: kind for kind, of in KINDS.items() for event in of.events}
HAPPENING = tuple(kind for kind, of in KINDS.items() if of.happens)


def tables_of(kind: str) -> tuple[Table, ...]:
    """The tables with the states of an entry of this kind; none for a kind that Parley does not know."""
    return KINDS[kind].tables if kind in KINDS else ()
