"""The pages of the figures, of two moments compared, and of a search."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from ledger.dates import When
from ledger.domain.clocks import Clocks, Moment, check_order
from ledger.domain.figures.given import Measure
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
from ledger.web.listing.answers import FIGURES
from ledger.web.listing.narrowing import Listed, listed
from ledger.web.request import Request

FOLD = 100  # values of a measure, shown before "show more"
CHANGES = 60  # shown before "show more", with their evidence


class Series(NamedTuple):
    """A measure and its shown values, of `total`.

    Its chart has the newest of all its values, in order of day: `charted`, of `known`. A step ends where the next value
    begins, so a filter takes no value out of it.
    """

    measure: Measure
    values: list[MeasuredValue]
    total: int
    charted: list[MeasuredValue]
    known: int


class SeriesShown(NamedTuple):
    """Measures with their values as of `day`; `names` are those of the voices that the figures are of."""

    day: str
    series: list[Series]
    proofs: Proofs
    names: Mapping[str, str] = MappingProxyType({})


class FiguresPage(NamedTuple):
    """The values as a list, and by their measures."""

    listed: Listed
    shown: SeriesShown


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


def figures(request: Request) -> FiguresPage | Listed:
    """Every value of each measure; the page shows them by measure, newest first, and data are the list alone."""
    every = every_figure(request.views)
    found = listed(request, every, FIGURES)
    if request.as_data:
        return found
    matching = {one.value: one.rows for one in found.facet("measure").choices}
    chosen = found.facet("measure").chosen
    series = [
        Series(one, _of(found.rows, one), matching.get(one.slug, 0), (its := _of(every, one))[-FOLD:], len(its))
        for one in measures(request.views)
        if (not chosen or one.slug == chosen) and (not found.narrowed or matching.get(one.slug))
    ]
    return FiguresPage(found, SeriesShown(request.day, series, found.proofs, _names(request, series)))


def series_of(request: Request, values: list[MeasuredValue]) -> SeriesShown:
    """Values of one entry or measure, by measure: the newest of each."""
    series = []
    for one in measures(request.views):
        if its := _of(values, one):
            shown = request.part("everything", its, FOLD, newest=True)
            series.append(Series(one, shown, len(its), shown, len(its)))
    rest_on = evidence.proofs(request.views, [value.slug for one in series for value in one.values])
    return SeriesShown(request.day, series, rest_on, _names(request, series))


def _of(values: list[MeasuredValue], measure: Measure) -> list[MeasuredValue]:
    return [one for one in values if one.figure.measure == measure.slug]


def _names(request: Request, series: list[Series]) -> dict[str, str]:
    """The names of the voices that the charted values are of."""
    return {voice: request.views.name_of(voice) for one in series for value in one.charted for voice in value.figure.by}


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
        check_order(earlier, later)
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
