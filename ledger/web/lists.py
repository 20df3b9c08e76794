"""The pages of the figures, of two moments compared, and of a search."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from ledger.dates import When
from ledger.domain.clocks import Clocks, Moment
from ledger.domain.states import Measure
from ledger.errors import Refusal
from ledger.queries.diff import diff
from ledger.queries.figures import MeasuredValue
from ledger.queries.figures import figures as every_figure
from ledger.queries.search import Found, search_best, spans, terms
from ledger.views.asking import looks, moments
from ledger.views.measured import measures
from ledger.web import evidence
from ledger.web.errors import NoLooksInABrowser
from ledger.web.evidence import Proofs
from ledger.web.front import TOLD, SourcedDifference
from ledger.web.request import Request

FOLD = 100  # values of a measure, shown before "show more"
CHANGES = 60  # shown before "show more", with their evidence


class Series(NamedTuple):
    """A measure and its shown values, in order of day."""

    measure: Measure
    values: list[MeasuredValue]


class FiguresPage(NamedTuple):
    """The measures as of `day`, with the shown values; `shown` of `total` values, the newest of each measure.

    `names` are those of the voices that the figures are of.
    """

    day: str
    series: list[Series]
    shown: int
    total: int
    proofs: Proofs
    names: Mapping[str, str] = MappingProxyType({})


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


def figures(request: Request) -> FiguresPage:
    """Every value of each measure."""
    return figures_page(request, every_figure(request.views), measures(request.views))


def figures_page(request: Request, found: list[MeasuredValue], of: list[Measure]) -> FiguresPage:
    """The values that were found, by their measures."""
    shown = found if request.whole("everything") else _newest(found)
    series = [Series(one, [value for value in shown if value.figure.measure == one.slug]) for one in of]
    proofs = evidence.proofs(request.views, [one.slug for one in shown])
    names = {voice: request.views.name_of(voice) for value in shown for voice in value.figure.by}
    return FiguresPage(request.day, series, len(shown), len(found), proofs, names)


def _newest(found: list[MeasuredValue]) -> list[MeasuredValue]:
    """The newest values of each measure, as many as a list shows."""
    left = Counter(one.figure.measure for one in found)
    shown = []
    for one in found:
        if left[one.figure.measure] <= FOLD:
            shown.append(one)
        left[one.figure.measure] -= 1
    return shown


def changes(request: Request) -> ChangesPage:
    """The changes between two moments; by default from the round before the day to the day."""
    since = request.compared_with()
    first = request.query.get("from", "") or (since.slug if since else "")
    second = request.query.get("to", "") or request.day
    first, second = (request.moment_of(one) if (one := request.tick(text)) else text for text in (first, second))
    if not first:
        return ChangesPage("", second, [], [], 0, "", {})
    try:
        earlier, later = (moment(request, text) for text in (first, second))
        with (
            request.opening.views(earlier.clocks, request.negotiation) as before,
            request.opening.views(later.clocks, request.negotiation) as after,
        ):
            kinds = TOLD if earlier.clocks[1:] == later.clocks[1:] else (*TOLD, "correction")
            found = diff(before, after, kinds)
            rows = request.part("everything", found, CHANGES)
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
    ended = request.tick(text)
    if ended is not None:
        return Moment(request.asked._replace(as_of=ended.day), f"{ended.label} ({When(ended.day).describe()})")
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
