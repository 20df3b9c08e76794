"""Full-text search: the entries that contain the words, best first, each with a passage and the words found in it.

Words are folded, so "nguyen" finds and marks "Nguyễn". Typed text is never interpreted as an FTS5 query: it is split
into words here, and each goes into the query as a quoted string of letters and digits.
"""

import json
import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple

from ledger.base.names import WORD, fold, fold_each
from ledger.dates import When, reported
from ledger.domain.states import ALWAYS, Slugs
from ledger.queries.errors import NothingToSearch, TooManyWords
from ledger.views.rows import PHRASE
from ledger.views.views import Views

MOST_TERMS = 50  # FTS5 refuses an expression nested deeper than 256
LONGEST_PASSAGE = 160
_OWN_WORDS = ("says", "title", "name", "quote", "about", "post", "place", "publisher", "reason", "alias")
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)|([^\s"“”„«»]+)')
_WEIGHTS = "4.0, 1.0"  # the words of the entry count more than the slugs it refers to
# By position, so that no row of another negotiation is read, however many of them contain the words.
_OF_THE_NEGOTIATION = (
    "search.rowid BETWEEN (SELECT MIN(position) FROM log WHERE negotiation = ?)"
    " AND (SELECT MAX(position) FROM log WHERE negotiation = ?)"
    " AND +search.rowid IN (SELECT position FROM log WHERE negotiation = ?)"
)


class Term(NamedTuple):
    """Folded words that must follow one another; with `prefix`, the last is only the beginning of a word."""

    words: Slugs
    prefix: bool


class Found(NamedTuple):
    """An entry that contains every term.

    `day` is the day from which the matching report counts, "" for names; `on` is its date as reported. `where` is the
    field of the passage (says, quote, title, by…), `text` for the frozen text of a source. `hits` are the words found
    in it, as written there.
    """

    kind: str
    slug: str
    day: str
    on: When
    where: str
    passage: str
    hits: Slugs


def terms(typed: str) -> list[Term]:
    """The terms in typed text: words in quotation marks are a phrase, `word*` is a prefix; nothing else is special."""
    found = []
    for quoted, bare in _QUOTED.findall(typed):
        piece = quoted or bare
        words = tuple(WORD.findall(fold(piece)))
        if words:
            found.append(Term(words, piece.rstrip().endswith("*")))
    return list(dict.fromkeys(found))


def search(views: Views, typed: str, kind: str = "") -> list[Found]:
    """The entries with a report, by the views' day, that contains every term; refused if there is no term."""
    return search_best(views, typed, kind, None)[0]


def search_best(views: Views, typed: str, kind: str, most: int | None) -> tuple[list[Found], int]:
    """The best results of `search`, at most `most`, and the number of all results."""
    wanted = terms(typed)
    if not wanted:
        raise NothingToSearch(typed=typed)
    if len(wanted) > MOST_TERMS:
        raise TooManyWords(count=len(wanted), most=MOST_TERMS)
    rows = views.rows(
        "SELECT kind, slug, valid_from, passages,"
        " (SELECT occurred_as_it_stands FROM log WHERE log.position = search.rowid) AS occurred,"
        f" (SELECT {PHRASE} FROM log WHERE log.position = search.rowid) AS phrase"
        " FROM search CROSS JOIN reports ON reports.position = search.rowid WHERE search MATCH ?"
        f" AND {_OF_THE_NEGOTIATION} AND valid_from <= ? AND (? = '' OR kind = ?)"
        f" ORDER BY bm25(search, {_WEIGHTS}), valid_from DESC, slug, passages",
        " AND ".join(map(_quoted, wanted)),
        *[views.negotiation] * 3,
        views.day,
        kind,
        kind,
    )
    best: dict[tuple[str, str], Any] = {}
    for row in rows:
        if views.knows(row["slug"]):
            best.setdefault((row["kind"], row["slug"]), row)
    found = []
    for row in islice(best.values(), most):
        where, passage = _passage(json.loads(row["passages"]), wanted)
        hits = tuple(dict.fromkeys(passage[start:end] for start, end in spans(passage, wanted)))
        day = "" if row["valid_from"] == ALWAYS else row["valid_from"]
        on = reported(When(row["occurred"], row["phrase"]), day)
        found.append(Found(row["kind"], row["slug"], day, on, where, passage, hits))
    if kind not in ("", "source"):
        return found, len(best)
    texts = {slug: passages for slug, passages in _in_texts(views, wanted).items() if ("source", slug) not in best}
    shown = [*texts][: None if most is None else most - len(found)]
    published = {one.slug: one.published for one in views.sources()} if shown else {}
    found += [_in_text(views, slug, published.get(slug, When()), texts[slug], wanted) for slug in shown]
    return found, len(best) + len(texts)


def _in_texts(views: Views, wanted: Sequence[Term]) -> dict[str, dict[int, int]]:
    """The sources whose frozen text contains every term, best first: the passages, each with how many it contains."""
    reached: dict[str, set[Term]] = {}
    passages: dict[str, dict[int, int]] = {}
    for term in wanted:
        rows = views.rows(
            "SELECT id, source FROM texts CROSS JOIN passages ON id = texts.rowid WHERE texts MATCH ?"
            " AND negotiation = ? AND valid_from <= ?",
            _quoted(term),
            views.negotiation,
            views.day,
        )
        for passage, source in rows:
            reached.setdefault(source, set()).add(term)
            of_source = passages.setdefault(source, {})
            of_source[passage] = of_source.get(passage, 0) + 1
    best = {slug: max(passages[slug].values()) for slug, terms in reached.items() if len(terms) == len(wanted)}
    order = sorted(best, key=lambda slug: (-best[slug], -len(passages[slug]), slug))
    return {slug: passages[slug] for slug in order}


def _in_text(views: Views, slug: str, published: When, passages: dict[int, int], wanted: Sequence[Term]) -> Found:
    """A source with the passage that contains the most terms."""
    first = min(passages, key=lambda one: (-passages[one], one))
    [row] = views.rows("SELECT words, valid_from FROM passages WHERE id = ?", first)
    hits = tuple(dict.fromkeys(row["words"][start:end] for start, end in spans(row["words"], wanted)))
    return Found("source", slug, row["valid_from"], published, "text", row["words"], hits)


def spans(text: str, wanted: Iterable[Term]) -> list[tuple[int, int]]:
    """The places of the terms in the original text, in order; adjacent places are joined."""
    folded = fold_each(text)
    places = [place for place, letters in enumerate(folded) for _ in letters]
    tokens = list(WORD.finditer("".join(folded)))
    words = [token.group() for token in tokens]
    hit: set[int] = set()
    for term in wanted:
        for first in range(len(words) - len(term.words) + 1):
            if _matches(term, words[first : first + len(term.words)]):
                start, end = tokens[first].start(), tokens[first + len(term.words) - 1].end()
                hit.update(range(places[start], places[end - 1] + 1))
    # A mark that folds to nothing belongs to the letter before it.
    for place, letters in enumerate(folded):
        if not letters and place - 1 in hit:
            hit.add(place)
    found: list[tuple[int, int]] = []
    for place in sorted(hit):
        if found and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found


def marked(passage: str, wanted: Sequence[Term], room: int = LONGEST_PASSAGE) -> str:
    """The passage with every hit in brackets, cut to about `room` characters around the first hit."""
    found = spans(passage, wanted)
    start = max(0, min((found[0][0] if found else 0) - room // 3, len(passage) - room))
    start = passage.rfind(" ", 0, start) + 1 if start else 0
    end = passage.find(" ", start + room)
    end = end if end >= 0 else len(passage)
    pieces, done = [], start
    for first, last in found:
        if first >= start and last <= end:
            pieces += [passage[done:first], "[", passage[first:last], "]"]
            done = last
    pieces.append(passage[done:end])
    return ("… " if start else "") + "".join(pieces) + (" …" if end < len(passage) else "")


def _quoted(term: Term) -> str:
    return f'"{" ".join(term.words)}"{" *" if term.prefix else ""}'


def _matches(term: Term, words: Sequence[str]) -> bool:
    last = words[-1].startswith(term.words[-1]) if term.prefix else words[-1] == term.words[-1]
    return last and tuple(words[:-1]) == term.words[:-1]


def _passage(passages: Sequence[Sequence[str]], wanted: Sequence[Term]) -> tuple[str, str]:
    """The field and the text of the passage, among an entry's own words, with the most terms; of several, the first.

    If the terms occur only among the slugs that the entry refers to, the passage is those slugs and the entry's own
    words.
    """

    def hits(one: Sequence[str]) -> int:
        return sum(bool(spans(one[1], [term])) for term in wanted)

    own = [one for one in passages if one[0] in _OWN_WORDS]
    best = max(own, key=hits, default=("", ""))
    if hits(best):
        return best[0], best[1]
    where, slugs = max((one for one in passages if one[0] not in _OWN_WORDS), key=hits)
    words = min(own, key=lambda one: _OWN_WORDS.index(one[0]), default=("", ""))[1]
    return where, f"{slugs}: {words}" if words else slugs
