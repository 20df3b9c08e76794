"""Pages that list: issues, meetings, people, sources, follow-ups, what changed, what was found, the negotiations."""

from contextlib import closing
from datetime import date
from typing import Any, NamedTuple

from ledger.dates import When
from ledger.domain.clocks import Clocks, Moment
from ledger.domain.states import Issue, Party, Person, Source
from ledger.errors import Refusal
from ledger.queries import search as searching
from ledger.queries.diff import diff
from ledger.queries.search import Found
from ledger.views import moments
from ledger.views.status import FollowUpOnTheDay, MeetingOnTheDay
from ledger.web import evidence
from ledger.web.errors import NoLooksInABrowser
from ledger.web.evidence import Proofs
from ledger.web.front import TOLD, Change
from ledger.web.request import Desk, Opening

FOLD = 200  # rows of a list shown before "show all"


class Listed(NamedTuple):
    """Rows of a list and how many more there are."""

    rows: list[Any]
    more: int


class Who(NamedTuple):
    """The parties and everybody named."""

    parties: list[Party]
    people: list[Person]
    more: int


class Board(NamedTuple):
    """The follow-ups in columns by what the day makes of them, in the order in which they need somebody to act."""

    columns: dict[str, list[FollowUpOnTheDay]]
    more: int
    proofs: Proofs


class Compared(NamedTuple):
    """What changed from one moment to another; `refused` says why a moment could not be read."""

    before: str
    after: str
    told: list[str]
    changes: list[Change]
    more: int
    refused: str
    proofs: Proofs


class Hit(NamedTuple):
    """An entry found, its passage cut into runs, every second of them a hit."""

    found: Found
    runs: list[str]


class Hits(NamedTuple):
    """What was looked for and what was found; `refused` says why nothing could be."""

    typed: str
    kind: str
    hits: list[Hit]
    more: int
    refused: str


def issues(desk: Desk) -> Listed:
    """The issues; those that nobody has spoken of yet come last."""
    found: list[Issue] = sorted(desk.views.issues(), key=lambda one: one.status == "named")
    return _listed(desk, found)


def meetings(desk: Desk) -> Listed:
    """Every meeting, the latest first, those without a date last."""
    found: list[MeetingOnTheDay] = desk.views.meetings()[::-1]
    return _listed(desk, sorted(found, key=lambda one: not (one.meeting.held or one.meeting.expected)))


def sources(desk: Desk) -> Listed:
    """The sources published by the day, the latest first."""
    found: list[Source] = desk.views.sources()
    return _listed(desk, found[::-1])


def people(desk: Desk) -> Who:
    """Who is who, with the posts held on the day."""
    rows, more = _listed(desk, desk.views.people())
    return Who(desk.views.parties(), rows, more)


COLUMNS = ("overdue", "possibly overdue", "due", "no date", "standing", "closed")


def follow_ups(desk: Desk) -> Board:
    """The board."""
    rows, more = _listed(desk, desk.views.follow_ups(everything=True), 100)
    columns: dict[str, list[FollowUpOnTheDay]] = {name: [] for name in COLUMNS}
    for one in rows:
        columns[one.timing if one.timing in columns else "closed"].append(one)
    filled = {name: column for name, column in columns.items() if column}
    return Board(filled, more, evidence.proofs(desk.views, [one.follow_up.slug for one in rows]))


def changes(desk: Desk, opening: Opening) -> Compared:
    """The difference of two moments, told; by default from the last meeting before the day to the day."""
    since = desk.neighbours()[0]
    first = desk.query.get("from", "") or (since.slug if since else "")
    second = desk.query.get("to", "") or desk.day
    if not first:
        return Compared("", second, [], [], 0, "", {})
    try:
        told = [_moment(desk, text) for text in (first, second)]
        with (
            closing(opening.views(told[0].clocks, desk.negotiation)) as before,
            closing(opening.views(told[1].clocks, desk.negotiation)) as after,
        ):
            kinds = TOLD if told[0].clocks[1:] == told[1].clocks[1:] else (*TOLD, "mended")
            rows = diff(before, after, kinds)
            count, most = len(rows), None if desk.query.get("all") else FOLD
            rows = rows[:most]
            changed = [Change(one, evidence.of_difference(after, one)) for one in rows]
            rest_on = evidence.proofs(after, [one.rests_on for one in changed])
    except Refusal as refusal:
        return Compared(first, second, [], [], 0, str(refusal), {})
    return Compared(first, second, [one.told for one in told], changed, count - len(rows), "", rest_on)


def _moment(desk: Desk, text: str) -> Moment:
    """A moment as a person names it, seen from the page's day and no later than the page on the clock of recording.

    So a page that names its clocks compares the same two moments for ever, whatever words name them.
    """
    if text == moments.LAST_LOOK:
        raise NoLooksInABrowser()
    ended = next((one.day for one in desk.ticks if one.slug == text), None)
    if ended is not None:
        return Moment(desk.asked._replace(as_of=ended), f"{text} ({When(ended).describe()})")
    moment = moments.read(desk.ledger, text, date.fromisoformat(desk.day), desk.negotiation)
    recorded = [desk.ledger.position_at(moment.clocks.recorded_by), desk.asked.recorded_by]
    position = min((one for one in recorded if one is not None), default=None)
    reported = min(filter(None, (moment.clocks.reported_by, desk.asked.reported_by)), default=None)
    return moment._replace(clocks=Clocks(moment.clocks.as_of, reported, position))


def search(desk: Desk) -> Hits:
    """Full text over what the record says by the day."""
    typed, kind = desk.query.get("q", ""), desk.query.get("kind", "")
    if not typed.strip():
        return Hits("", kind, [], 0, "")
    try:
        found, count = searching.search_some(desk.views, typed, kind, None if desk.query.get("all") else 50)
    except Refusal as refusal:
        return Hits(typed, kind, [], 0, str(refusal))
    return Hits(typed, kind, [Hit(one, _runs(one, typed)) for one in found], count - len(found), "")


def _runs(found: Found, typed: str) -> list[str]:
    """The passage cut into what is no hit and what is one, by turns."""
    runs, at = [], 0
    for start, end in searching.spans(found.passage, searching.terms(typed)):
        runs += [found.passage[at:start], found.passage[start:end]]
        at = end
    return [*runs, found.passage[at:]]


def _listed(desk: Desk, found: list[Any], fold: int = FOLD) -> Listed:
    shown = found if desk.query.get("all") else found[:fold]
    return Listed(shown, len(found) - len(shown))
