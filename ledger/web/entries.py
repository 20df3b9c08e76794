"""The page of one entry: its state, its history, and every report with its quotes.

An issue also shows its conversation and its status over time; a source shows its frozen text with the quotes marked.
"""

from itertools import pairwise
from typing import NamedTuple

from ledger.base.text import marked
from ledger.dates import When
from ledger.domain.clocks import known_day
from ledger.domain.states import Slugs
from ledger.domain.voices import Person, among
from ledger.queries.entry import Shown, show
from ledger.queries.figures import figures
from ledger.queries.history import History, history
from ledger.views.status import MeetingOnTheDay
from ledger.views.views import Views
from ledger.web.errors import NotOfThisKind
from ledger.web.evidence import Proofs, anchor, proofs
from ledger.web.lists import SeriesShown, series_of
from ledger.web.request import Request

FOLD = 25  # lines of a section, shown before "show more"


class Piece(NamedTuple):
    """A run of a source's text, the numbers of the quotes that contain it, and the anchors of those that begin it."""

    text: str
    marks: tuple[int, ...]
    begins: tuple[str, ...]


class Rest(NamedTuple):
    """A quote from a source, numbered in the order of its text, and the entry that rests on it.

    `anchor` is the target of links to the quote; "" if they lead into the text, or to an earlier quote of the same
    words.
    """

    number: int
    kind: str
    slug: str
    label: str
    words: str
    verified: bool
    anchor: str


class Phase(NamedTuple):
    """A status of an issue and its days; `until` is the day of the page if it is the present status.

    `told` is the status, marked if it rests on a statement in which the record keeper inferred something.
    """

    status: str
    told: str
    begins: When
    since: str
    until: str


class EntryPage(NamedTuple):
    """An entry with its history. `parties` are those that speak on an issue: the columns of its conversation.

    `series` are the values of a measure, or those that an entry gives, by measure; null if there are none.

    `counts` are the numbers of all lines of the sections that a page may show in part.
    """

    shown: Shown
    history: History
    parties: Slugs
    phases: list[Phase]
    meetings: list[MeetingOnTheDay]
    people: list[Person]
    text: list[Piece]
    rests: list[Rest]
    series: SeriesShown | None
    counts: dict[str, int]
    proofs: Proofs


def entry(request: Request, kind: str, slug: str) -> EntryPage:
    """The page of an entry; refused, with the nearest slugs, if there is none of this kind."""
    views = request.views
    shown = show(views, slug)
    if shown.entry.kind != kind:
        raise NotOfThisKind.near(kind, slug, [], [one.slug for one in views.labels(kind)])
    past, meetings = history(views, slug), _meetings(views, kind, slug)
    counts = {
        "statements": len(shown.statements),
        "follow-ups": len(shown.follow_ups),
        "meetings": len(meetings),
        "conversation": len(past.conversation),
        "states": len(past.states),
    }
    shown = shown._replace(
        statements=request.part("statements", shown.statements, FOLD, newest=True),
        follow_ups=request.part("follow-ups", shown.follow_ups, FOLD),
    )
    past = past._replace(
        conversation=request.part("conversation", past.conversation, FOLD, newest=True),
        states=request.part("states", past.states, FOLD, newest=True),
    )
    text, rests = _text(request, slug, shown.state.text_length) if kind == "source" and shown.state else ([], [])
    rest_on = [slug, *(one.slug for one in shown.statements), *(one.follow_up.slug for one in shown.follow_ups)]
    rest_on += [one.deadline.slug for one in shown.deadlines]
    return EntryPage(
        shown=shown,
        history=past,
        parties=tuple(sorted({party for turn in past.conversation for party in turn.parties})),
        phases=_phases(views, slug) if kind == "issue" else [],
        meetings=request.part("meetings", meetings, FOLD, newest=True),
        people=[one for one in views.people() if one.party == slug] if kind == "party" else [],
        text=text,
        rests=rests,
        series=_figures(request, kind, slug) if shown.figures else None,
        counts=counts,
        proofs=proofs(views, rest_on),
    )


def _figures(request: Request, kind: str, slug: str) -> SeriesShown:
    """The values of a measure, or those that an entry gives, by measure."""
    found = figures(request.views, slug if kind == "measure" else "")
    if kind != "measure":
        found = [one for one in found if one.figure.entry == f"{kind}/{slug}"]
    return series_of(request, found)


def _meetings(views: Views, kind: str, slug: str) -> list[MeetingOnTheDay]:
    """The meetings that a person or party attended, or that dealt with an issue."""
    if kind in ("person", "party"):
        return [one for one in views.meetings() if among(slug, (*one.meeting.people, *one.meeting.parties))]
    return [one for one in views.meetings() if slug in one.meeting.issues] if kind == "issue" else []


def _phases(views: Views, slug: str) -> list[Phase]:
    """The statuses of an issue since the first statement on it."""
    found: list[Phase] = []
    for span in views.history("issue", slug):
        until, told = span.valid_to or views.day, marked(span.state.status, "".join(span.state.rests_on_inferred))
        if span.state.status == "named":
            continue
        if found and found[-1].status == span.state.status:
            found[-1] = found[-1]._replace(until=until, told=told)
        else:
            begins = known_day(span.state, span.valid_from)
            found.append(Phase(span.state.status, told, begins, span.valid_from, until))
    return found


def _text(request: Request, source: str, length: int) -> tuple[list[Piece], list[Rest]]:
    """The frozen text, cut where quotes begin and end, and the entries that rest on the quotes."""
    rows = request.views.rows(
        "SELECT evidence.*, verified AND checked_from <= ? AS found FROM evidence JOIN log USING (position)"
        " WHERE evidence.negotiation = ? AND evidence.source = ? AND log.takes_effect <= ?"
        " ORDER BY NOT found, start, [end], evidence.rowid",
        request.day,
        request.negotiation,
        source,
        request.day,
    )
    text = request.text_of(source) if length else ""
    placed = {number: row for number, row in enumerate(rows, start=1) if row["found"] and row["end"] <= len(text)}
    firsts: dict[str, int] = {}  # the first quote of each wording: links lead to it
    for number, row in enumerate(rows, start=1):
        firsts.setdefault(anchor(row["words"]), number)
    rests = []
    for number, row in enumerate(rows, start=1):
        its = anchor(row["words"])
        leads_here = firsts[its] == number and number not in placed
        label = request.label(row["kind"], row["slug"])
        found = bool(row["found"])
        rests.append(Rest(number, row["kind"], row["slug"], label, row["words"], found, its if leads_here else ""))
    places = [(row["start"], row["end"], number) for number, row in placed.items()]
    begin: dict[int, list[str]] = {}
    for its, number in firsts.items():
        if number in placed:
            begin.setdefault(placed[number]["start"], []).append(its)
    cuts = sorted({0, len(text), *(cut for start, end, _ in places for cut in (start, end))})
    pieces = [
        Piece(
            text[first:last],
            tuple(number for start, end, number in places if start <= first and last <= end),
            tuple(begin.get(first, ())),
        )
        for first, last in pairwise(cuts)
    ]
    return pieces, rests
