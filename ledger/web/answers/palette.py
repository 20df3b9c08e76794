"""The answer of the command palette: the pages and entries whose name, alias or words match the typed text."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ledger.base.names import WORD, fold
from ledger.base.text import capital
from ledger.domain.kinds import KINDS
from ledger.domain.vocabulary import plain
from ledger.errors import Refusal
from ledger.queries.search import search_best
from ledger.web.request import Request

MOST = 12  # matches
NAMED = ("party", "person", "issue", "meeting", "measure", "text", "source")  # few, and known by their names


class Match(NamedTuple):
    """A page or an entry: what it is, its name, and its address at the same moment."""

    kind: str
    label: str
    address: str


class Palette(NamedTuple):
    """The best matches of the typed text, and the page with all matches of its words."""

    typed: str
    matches: list[Match]
    search: str


def palette(request: Request, pages: Mapping[str, str]) -> Palette:
    """The best matches: names that begin with the typed text, names that contain it, and then entries by their words.

    `pages` are the headings of the pages, by their addresses.
    """
    typed = request.query.get("q", "").strip()
    words = WORD.findall(fold(typed))
    ranked: dict[str, tuple[int, int, Match]] = {}
    for nth, (match, names) in enumerate(_named(request, pages)):
        ranks = [rank for name in names if (rank := _rank(name, words)) is not None]
        if ranks:
            ranked[match.address] = (min(ranks), nth, match)
    found = [match for _, _, match in sorted(ranked.values(), key=lambda one: one[:2])][:MOST]
    if words and len(found) < MOST:
        known = {one.address for one in found}
        found += [one for one in _by_words(request, typed) if one.address not in known][: MOST - len(found)]
    return Palette(typed, found, request.link("search", q=typed))


def _named(request: Request, pages: Mapping[str, str]) -> Iterator[tuple[Match, list[str]]]:
    """The pages, and the entries that are known by their names, each with all of its names."""
    for page, heading in pages.items():
        yield Match("Page", heading, request.link(page)), [heading]
    views = request.views
    titles = {one.meeting.slug: views.titled(one.meeting) for one in views.meetings()}
    for kind in NAMED:
        aliases = views.aliases(kind) if KINDS[kind].named else {}
        for one in views.labels(kind):
            label = titles.get(one.slug, one.label) if kind == "meeting" else one.label
            match = Match(capital(plain(kind)), label, request.entry(kind, one.slug))
            yield match, [label, one.slug.replace("-", " "), *aliases.get(one.slug, ())]


def _rank(name: str, typed: list[str]) -> int | None:
    """How well a name matches the folded words: 0 if it begins with them; None if a word is not in it."""
    words = WORD.findall(fold(name))
    if [*map(str.startswith, words, typed)] == [True] * len(typed) and len(words) >= len(typed):
        return 0 if typed else 2
    if all(any(word.startswith(one) for word in words) for one in typed):
        return 1
    return None


def _by_words(request: Request, typed: str) -> list[Match]:
    """The entries whose reports have the words; the last may be only the beginning of a word."""
    try:
        found, _ = search_best(request.views, f"{typed}*", "", MOST)
    except Refusal:
        return []
    return [
        Match(capital(plain(one.kind)), request.label(one.kind, one.slug), request.entry(one.kind, one.slug))
        for one in found
    ]
