"""One mechanism for every list: the address narrows it by facets, a period and words, sorts it, and names its page.

A facet counts its values among the rows that match everything else in the address, so that each number says what a
choice would show. A facet, a value or a column that is unknown is refused in a sentence.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from ledger import dates
from ledger.base.names import fold
from ledger.dates import When
from ledger.domain.vocabulary import known, plain
from ledger.domain.voices import UNATTRIBUTED
from ledger.queries.search import spans, terms
from ledger.views.measured import measures
from ledger.views.parties import memberships, with_members
from ledger.views.views import Views
from ledger.web import evidence
from ledger.web.evidence import Proofs
from ledger.web.listing.errors import DaysReversed, NoDayNamed, NoSuchListPage
from ledger.web.request import Request

ROWS = 100  # of a page
SECTION = 20  # rows of a section, if there are several
FEW = 7  # choices, shown as links; if there are more, in a field
BLOCS = ("party", "addressee", "awaited")  # the facets whose values may be blocs
MOST = 40  # choices in a field; if there are more, any name can be typed, and the commonest are suggested


class Facet(NamedTuple):
    """A property that narrows a list: its name in the address, and what a row has of it, of which its values are read.

    `kind` is the kind of entry that a value names. Otherwise a value is a word: one of `words`, which maps it to what
    people read, or, if there are none, any that the list contains.
    """

    name: str
    heading: str
    of: Callable[[Any], tuple[str, ...]]
    kind: str = ""
    words: Mapping[str, str] = {}
    read: Callable[[tuple[str, ...]], Iterable[str]] = tuple

    def values(self, row: Any) -> Iterable[str]:
        """The values that a row has."""
        return self.read(self.of(row))


class SortColumn(NamedTuple):
    """A column of a list, and the key by which its rows are sorted; rows without one come last."""

    name: str
    heading: str
    key: Callable[[Any, Views], Any]
    numeric: bool = False


class ListOf(NamedTuple):
    """The definition of a list.

    row: the type of its rows. noun: what a row is, in the singular and the plural. says: the words of a row that are
    searched. on, period: the date of a row, and what the page calls it. about: the entry whose evidence a row shows.
    backwards: the page shows the last row first. most: the rows of a page. sections: the facet whose values are the
    sections of the page, which shows the first `SECTION` rows of each until one of them is chosen.
    """

    row: type
    noun: tuple[str, str]
    facets: Sequence[Facet]
    columns: Sequence[SortColumn]
    says: Callable[[Any, Views], str]
    on: Callable[[Any], When] | None = None
    period: str = ""
    about: Callable[[Any], str] | None = None
    backwards: bool = False
    most: int = ROWS
    sections: str = ""


class Choice(NamedTuple):
    """A value of a facet, as people read it, and the number of rows that it would show."""

    value: str
    label: str
    rows: int


class Narrowing(NamedTuple):
    """A facet of a list: its choices, and the chosen value, "" if none is.

    shape: the way a page offers them: as `links`, in a field to `choose` from or, if there are many, one to `type` in.
    """

    name: str
    heading: str
    chosen: str
    label: str
    choices: list[Choice]
    shape: str


class ListAsked(NamedTuple):
    """The list that an address asks for: words, days, the column to sort by ("-when": from its end), and the page.

    `members`: a chosen bloc includes its members.
    """

    words: str
    since: str
    until: str
    sort: str
    page: int
    members: bool = False


class Listed(NamedTuple):
    """A list: the shown rows, the number of all that match, and of those without any narrowing.

    `first` is the place of the first shown row, from 1. `undated` matching rows are left out because they have no date.
    `blocs`: there are blocs whose members may be included.
    """

    rows: list[Any]
    total: int
    of: int
    undated: int
    first: int
    pages: int
    asked: ListAsked
    facets: list[Narrowing]
    proofs: Proofs
    blocs: bool = False

    @property
    def last(self) -> int:
        """The place of the last shown row."""
        return self.first + len(self.rows) - 1

    def facet(self, name: str) -> Narrowing:
        """One of the facets."""
        return next(one for one in self.facets if one.name == name)

    @property
    def narrowed(self) -> dict[str, str]:
        """The filters of the list in readable words, by their names in the address."""
        found = {one.name: f"{one.heading}: {one.label}" for one in self.facets if one.chosen}
        if self.asked.members and any(one.chosen and one.name in BLOCS for one in self.facets):
            found |= {"members": "with the members of a bloc"}
        found |= {"words": f"Words: {self.asked.words}"} if self.asked.words else {}
        found |= {"from": f"from {When(self.asked.since).describe()}"} if self.asked.since else {}
        return found | ({"to": f"to {When(self.asked.until).describe()}"} if self.asked.until else {})


def listed(request: Request, rows: Sequence[Any], of: ListOf) -> Listed:
    """The rows that the address asks for, page by page; JSON and files contain all of them."""
    views = request.views
    chosen = {facet.name: _chosen(request, facet, rows) for facet in of.facets}
    asked = _asked(request, of)
    found, counts, undated = _narrowed(views, rows, of, chosen, asked)
    if asked.sort:
        found = _sorted(views, found, of, asked.sort)
    elif of.backwards and not request.as_data:
        found = found[::-1]
    whole = request.whole("everything")
    in_sections = of.sections and not chosen[of.sections] and not whole
    pages = 1 if whole or in_sections else max(1, -(-len(found) // of.most))
    if asked.page > pages and not whole:
        raise NoSuchListPage(typed=request.query["page"], pages=pages)
    first = 0 if whole else (asked.page - 1) * of.most
    shown = found if whole else found[first : first + of.most]
    if in_sections:
        by = next(one.values for one in of.facets if one.name == of.sections)
        shown = _first_of_each(found, by, of.most if request.published else SECTION)  # a published page has no filters
    return Listed(
        rows=shown,
        total=len(found),
        of=len(rows),
        undated=undated,
        first=first + 1,
        pages=pages,
        asked=asked,
        facets=[_narrowing(request, one, chosen[one.name], counts[one.name]) for one in of.facets],
        proofs=evidence.proofs(views, map(of.about, shown)) if of.about else {},
        blocs=any(one.kind == "party" for one in of.facets) and any(one.role == "member" for one in memberships(views)),
    )


def _chosen(request: Request, facet: Facet, rows: Sequence[Any]) -> str:
    """The value of a facet that the address names, "" if none; refused if there is no such entry or word."""
    typed = request.query.get(facet.name, "").strip()
    if not typed or typed == UNATTRIBUTED:
        return typed
    if facet.kind:
        return request.views.find([facet.kind], typed)
    words = facet.words or dict.fromkeys(word for row in rows for word in facet.values(row))
    return known(facet.heading.lower(), typed, words)


def _asked(request: Request, of: ListOf) -> ListAsked:
    query = request.query
    today = date.fromisoformat(request.today)
    days = {name: typed for name in ("from", "to") if of.on and (typed := query.get(name, "").strip())}
    read = {name: dates.parse(typed, today) for name, typed in days.items()}
    for name, when in read.items():
        if not (when.earliest or when.latest):
            raise NoDayNamed(typed=days[name], name=name)
    since, until = read.get("from", When()), read.get("to", When())
    first, last = str(since.earliest or since.latest or ""), str(until.latest or until.earliest or "")
    if first and last and first > last:
        raise DaysReversed(since=first, until=last)
    sort = query.get("sort", "")
    if sort:
        known("column", sort.removeprefix("-"), [one.name for one in of.columns])
    typed = query.get("page", "") or "1"
    if not (typed.isdecimal() and typed.isascii() and int(typed[:9]) > 0):
        raise NoSuchListPage(typed=typed, pages="the number of a page")
    members = query.get("members", "")
    if members:
        known("choice of members", members, ("yes",))
    return ListAsked(query.get("words", "").strip(), first, last, sort, int(typed[:9]), members == "yes")


def _narrowed(
    views: Views, rows: Sequence[Any], of: ListOf, chosen: Mapping[str, str], asked: ListAsked
) -> tuple[list[Any], dict[str, Counter[str]], int]:
    """The rows that match; the values of each facet among those that match everything else; those without a date."""
    wanted = terms(asked.words)
    active = [
        (one.name, one.values, _meant(views, one, chosen[one.name], asked)) for one in of.facets if chosen[one.name]
    ]
    found: list[Any] = []
    but_for: dict[str, list[Any]] = {name: [] for name, _, _ in active}  # the rows that only this facet leaves out
    undated = 0
    for row in rows:
        failing = [name for name, values, meant in active if meant.isdisjoint(values(row))]
        if len(failing) > 1 or (asked.words and not _holds(of.says(row, views), wanted)):
            continue
        if (asked.since or asked.until) and of.on:
            on = of.on(row)
            if not on:
                undated += not failing
                continue
            if not _within(on, asked):
                continue
        (but_for[failing[0]] if failing else found).append(row)
    counts = {one.name: _counted((*found, *but_for.get(one.name, ())), one) for one in of.facets}
    return found, counts, undated


def _first_of_each(rows: Sequence[Any], of: Callable[[Any], Iterable[str]], most: int) -> list[Any]:
    """The first rows of each section, in the order of the rows."""
    seen: Counter[str] = Counter()
    shown = []
    for row in rows:
        seen.update(of(row))
        if any(seen[value] <= most for value in of(row)):
            shown.append(row)
    return shown


def _counted(rows: Iterable[Any], facet: Facet) -> Counter[str]:
    """The number of rows that have each value; thousands of rows have few different values."""
    counts: Counter[str] = Counter()
    for having, number in Counter(map(facet.of, rows)).items():
        counts.update(dict.fromkeys(facet.read(having), number))
    return counts


def _meant(views: Views, facet: Facet, chosen: str, asked: ListAsked) -> frozenset[str]:
    """The values of a facet that match the chosen one: itself and, for a bloc, its members on the day if asked for."""
    return frozenset(with_members(views, chosen) if facet.kind == "party" and asked.members else (chosen,))


def _holds(text: str, wanted: Sequence[Any]) -> bool:
    folded = fold(text)
    return all(one.words[0] in folded for one in wanted) and all(spans(text, [one]) for one in wanted)


def _within(on: When, asked: ListAsked) -> bool:
    """Whether the date may lie in the period."""
    first, last = str(on.earliest or ""), str(on.latest or "9999")
    return (not asked.until or first <= asked.until) and last >= asked.since


def _sorted(views: Views, rows: Sequence[Any], of: ListOf, sort: str) -> list[Any]:
    column = next(one for one in of.columns if one.name == sort.removeprefix("-"))
    keyed = [(column.key(row, views), row) for row in rows]
    with_key = [(fold(key) if isinstance(key, str) else key, row) for key, row in keyed if key not in (None, "")]
    ordered = sorted(with_key, key=lambda one: one[0], reverse=sort.startswith("-"))
    return [row for _, row in ordered] + [row for key, row in keyed if key in (None, "")]


def _narrowing(request: Request, facet: Facet, chosen: str, counts: Counter[str]) -> Narrowing:
    names = _names(request, facet)
    values = dict.fromkeys((*facet.words, *counts)) if facet.words else counts
    choices = [Choice(value, names(value), counts[value]) for value in values if counts[value] or value == chosen]
    if chosen and chosen not in counts and chosen not in values:
        choices.append(Choice(chosen, names(chosen), 0))
    if not facet.words:
        choices.sort(key=lambda one: (-one.rows, fold(one.label), one.value))
    few = len(choices) <= FEW and facet.kind in ("", "party", "measure")
    shape = "links" if few else "choose" if len(choices) <= MOST else "type"
    return Narrowing(facet.name, facet.heading, chosen, names(chosen) if chosen else "", choices, shape)


def _names(request: Request, facet: Facet) -> Callable[[str], str]:
    """The function from a value of a facet to what people read."""
    views = request.views
    if not facet.kind:
        return lambda value: facet.words.get(value, plain(value))
    if facet.kind == "meeting":
        titles = {one.meeting.slug: views.titled(one.meeting) for one in views.meetings()}
    elif facet.kind == "person":
        titles = {one.slug: one.name for one in views.people()}
    elif facet.kind == "issue":
        titles = {one.slug: one.title for one in views.issues()}
    elif facet.kind == "measure":
        titles = {one.slug: one.title for one in measures(views)}
    else:
        return views.name_of
    return lambda value: titles.get(value, value)
