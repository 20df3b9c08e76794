"""The list pages: issues, meetings, follow-ups, deadlines, own tasks, figures, people and others."""

from collections import Counter
from datetime import date
from typing import Any, NamedTuple

from ledger.dates import When
from ledger.domain.clocks import Clocks, Moment
from ledger.domain.states import Issue, Measure, Person, Source
from ledger.errors import Refusal
from ledger.queries import tasks as own_tasks
from ledger.queries.diff import diff
from ledger.queries.figures import MeasuredValue
from ledger.queries.figures import figures as every_figure
from ledger.queries.search import Found, search_best, spans, terms
from ledger.views.ahead import DeadlineOnTheDay
from ledger.views.asking import looks, moments
from ledger.views.measured import measures
from ledger.views.parties import PartyOnTheDay
from ledger.views.parties import parties as parties_of
from ledger.views.status import FollowUpOnTheDay, MeetingOnTheDay
from ledger.web import evidence
from ledger.web.errors import NoLooksInABrowser
from ledger.web.evidence import Proofs
from ledger.web.front import TOLD, SourcedDifference
from ledger.web.request import Request

FOLD = 200  # rows of a list, shown before "show more"


class Listed(NamedTuple):
    """The shown rows of a list, and the number of all its rows."""

    rows: list[Any]
    total: int


class Who(NamedTuple):
    """The parties and the shown people; `counts` are the numbers of all people, by party ("" = no named party)."""

    parties: list[PartyOnTheDay]
    people: list[Person]
    counts: dict[str, int]


class Board(NamedTuple):
    """The shown follow-ups in columns by their timing; the most urgent column comes first.

    `counts` are the numbers of all follow-ups of each column.
    """

    columns: dict[str, list[FollowUpOnTheDay]]
    counts: dict[str, int]
    proofs: Proofs


class DeadlinesPage(NamedTuple):
    """The shown deadlines, and the number of all."""

    rows: list[DeadlineOnTheDay]
    total: int
    proofs: Proofs


class Series(NamedTuple):
    """A measure and its shown values, in order of day."""

    measure: Measure
    values: list[MeasuredValue]


class FiguresPage(NamedTuple):
    """The measures as of `day`, with the shown values; `shown` of `total` values, the newest of each measure."""

    day: str
    series: list[Series]
    shown: int
    total: int
    proofs: Proofs


class ChangesPage(NamedTuple):
    """The shown changes between two moments, and the number of all; `refused` is the reason if a moment is unclear."""

    before: str
    after: str
    told: list[str]
    changes: list[SourcedDifference]
    total: int
    refused: str
    proofs: Proofs


class Hit(NamedTuple):
    """A found entry; its passage is cut into runs, and every second run is a match."""

    found: Found
    runs: list[str]


class Hits(NamedTuple):
    """A search, its shown results and the number of all; `refused` is the reason if the search was not possible."""

    typed: str
    kind: str
    hits: list[Hit]
    total: int
    refused: str


def issues(request: Request) -> Listed:
    """The issues; those without a statement come last."""
    found: list[Issue] = sorted(request.views.issues(), key=lambda one: one.status == "named")
    return _listed(request, found)


def meetings(request: Request) -> Listed:
    """Every meeting, latest first; undated meetings come last."""
    found: list[MeetingOnTheDay] = request.views.meetings()[::-1]
    return _listed(request, sorted(found, key=lambda one: not (one.meeting.held or one.meeting.expected)))


def sources(request: Request) -> Listed:
    """The sources known by the day, latest first."""
    found: list[Source] = request.views.sources()
    return _listed(request, found[::-1])


def people(request: Request) -> Who:
    """The parties and all named people, with their posts on the day."""
    parties, found = parties_of(request.views), request.views.people()
    named = {one.slug for one in parties}
    counts = Counter(one.party if one.party in named else "" for one in found)
    return Who(parties, _listed(request, found).rows, dict(counts))


def figures(request: Request) -> FiguresPage:
    """Every value of each measure."""
    return figures_page(request, every_figure(request.views), measures(request.views))


def figures_page(request: Request, found: list[MeasuredValue], of: list[Measure]) -> FiguresPage:
    """The values that were found, by their measures."""
    shown = found if request.whole("everything") else _newest(found)
    series = [Series(one, [value for value in shown if value.figure.measure == one.slug]) for one in of]
    proofs = evidence.proofs(request.views, [one.slug for one in shown])
    return FiguresPage(request.day, series, len(shown), len(found), proofs)


def _newest(found: list[MeasuredValue]) -> list[MeasuredValue]:
    """The newest values of each measure, as many as a list shows."""
    left = Counter(one.figure.measure for one in found)
    shown = []
    for one in found:
        if left[one.figure.measure] <= FOLD:
            shown.append(one)
        left[one.figure.measure] -= 1
    return shown


def deadlines(request: Request) -> DeadlinesPage:
    """Every deadline: those that lie ahead, nearest first, and then those that passed or ended."""
    rows, total = _listed(request, request.views.deadlines(everything=True))
    return DeadlinesPage(rows, total, evidence.proofs(request.views, [one.deadline.slug for one in rows]))


def tasks(request: Request) -> Listed:
    """The tasks of the keeper's own side, nearest first; those that are done come last."""
    return _listed(request, own_tasks.nearest_first(own_tasks.tasks(request.views, everything=True)))


COLUMNS = ("overdue", "possibly overdue", "due", "open", "no date", "standing", "closed")


def follow_ups(request: Request) -> Board:
    """All follow-ups, by their timing."""
    found = request.views.follow_ups(everything=True)
    rows, _ = _listed(request, found, 100)
    counts = Counter(map(_column, found))
    columns = {name: [one for one in rows if _column(one) == name] for name in COLUMNS if counts[name]}
    return Board(columns, dict(counts), evidence.proofs(request.views, [one.follow_up.slug for one in rows]))


def _column(one: FollowUpOnTheDay) -> str:
    return one.timing if one.timing in COLUMNS else "closed"


def changes(request: Request) -> ChangesPage:
    """The changes between two moments; by default from the round before the day to the day."""
    since = request.compared_with()
    first = request.query.get("from", "") or (since.slug if since else "")
    second = request.query.get("to", "") or request.day
    if not first:
        return ChangesPage("", second, [], [], 0, "", {})
    try:
        earlier, later = (moment(request, text) for text in (first, second))
        with (
            request.opening.views(earlier.clocks, request.negotiation) as before,
            request.opening.views(later.clocks, request.negotiation) as after,
        ):
            kinds = TOLD if earlier.clocks[1:] == later.clocks[1:] else (*TOLD, "mended")
            found = diff(before, after, kinds)
            rows = request.part("everything", found, FOLD)
            changed = [
                SourcedDifference(one, evidence.entry_of(one, after, before), evidence.of_difference(after, one))
                for one in rows
            ]
            rest_on = evidence.proofs(after, [one.rests_on for one in changed])
    except Refusal as refusal:
        return ChangesPage(first, second, [], [], 0, str(refusal), {})
    return ChangesPage(first, second, [earlier.told, later.told], changed, len(found), "", rest_on)


def moment(request: Request, text: str) -> Moment:
    """The moment that a text names, relative to the page's day, and no later than the page on the other two clocks.

    So a permanent address always compares the same two moments, whatever words name them.
    """
    if text == looks.LAST_LOOK:
        raise NoLooksInABrowser()
    ended = next((one.day for one in request.met if one.slug == text), None)
    if ended is not None:
        return Moment(request.asked._replace(as_of=ended), f"{text} ({When(ended).describe()})")
    moment = moments.read(request.views, text, date.fromisoformat(request.day))
    recorded = [request.ledger.position_at(moment.clocks.recorded_by), request.asked.recorded_by]
    position = min((one for one in recorded if one is not None), default=None)
    reported = min(filter(None, (moment.clocks.reported_by, request.asked.reported_by)), default=None)
    return moment._replace(clocks=Clocks(moment.clocks.as_of, reported, position))


def search(request: Request) -> Hits:
    """A full-text search of the record as of the day."""
    typed, kind = request.query.get("q", ""), request.query.get("kind", "")
    if not typed.strip():
        return Hits("", kind, [], 0, "")
    try:
        most = None if request.whole("everything") else 50
        found, count = search_best(request.views, typed, kind, most)
    except Refusal as refusal:
        return Hits(typed, kind, [], 0, str(refusal))
    return Hits(typed, kind, [Hit(one, _runs(one, typed)) for one in found], count, "")


def _runs(found: Found, typed: str) -> list[str]:
    """The passage cut into runs, alternately text that does not match and text that does."""
    runs, at = [], 0
    for start, end in spans(found.passage, terms(typed)):
        runs += [found.passage[at:start], found.passage[start:end]]
        at = end
    return [*runs, found.passage[at:]]


def _listed(request: Request, found: list[Any], fold: int = FOLD) -> Listed:
    return Listed(request.part("everything", found, fold), len(found))
