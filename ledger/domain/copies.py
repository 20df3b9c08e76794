"""Copies: sources that print one text count as one source, however many outlets print it.

Two sources are copies if one says that it derives from the other, if their texts have the same SHA-256, or if their
texts share enough runs of words. A family is a group of sources that are joined in this way, directly or through
others. The sources of one publisher are one family too, and so are sources that credit the same agency, together with
the agency's own. In doubt, two sources count as one, so the record never claims more witnesses than there are.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from ledger.base.names import fold

# The thresholds for copies. Words are folded; punctuation and line breaks do not count.
RUN = 5  # words: most names and stock phrases are shorter, or give a text few runs
# Per cent of the shorter text's runs: outlets cut a release and add to it. Half is safe, because independent reports
# share far less, even when they quote the same people: 1 to 4 per cent in the worked example.
ENOUGH = 50
FEWEST = 20  # runs: in a shorter text a title and a phrase could make half of it, so all of its runs must be shared

# Maps the ASCII characters that separate words to a space.
_PARTING = str.maketrans({chr(code): " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")})
# Chinese and Japanese are written without spaces: each character is taken as a word.
_WORD = r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+"  # compiled when texts are first compared


class Text(NamedTuple):
    """The fields of a source that the comparison needs; `published` is its latest possible day, "" if unknown."""

    slug: str
    text: str = ""
    sha256: str = ""
    account_of: str = ""
    derived_from: str = ""
    published: str = ""
    publisher: str = ""
    credits: tuple[str, ...] = ()


class Family(NamedTuple):
    """A source, its family (named after the source published first) and the side whose account it is ("" = none)."""

    source: str
    family: str
    side: str


Families = Mapping[str, Family]


def runs(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of five folded words in a text; a shorter text is one run."""
    folded = fold(text)
    words = folded.translate(_PARTING).split() if folded.isascii() else re.findall(_WORD, folded)
    if len(words) < RUN:
        return frozenset([tuple(words)] if words else [])
    return frozenset(zip(*(words[at:] for at in range(RUN)), strict=False))


def are_copies(shared: int, one: int, other: int) -> bool:
    """Whether two texts are copies, given the number of runs in each and the number that they share."""
    shorter = min(one, other)
    return shorter > 0 and shared * 100 >= shorter * (ENOUGH if shorter >= FEWEST else 100)


def copies(texts: Iterable[Text]) -> set[tuple[str, str]]:
    """The pairs of sources whose texts are copies, whatever they declare; each equal text is paired with the first."""
    pairs: set[tuple[str, str]] = set()
    sizes: dict[str, int] = {}
    first: dict[object, str] = {}
    held: dict[tuple[str, ...], str] = {}  # each run with the first source that has it
    holders: dict[tuple[str, ...], list[str]] = {}  # and with all of them, where there are several
    for text in sorted(texts, key=_age):
        found = runs(text.text)
        for same in (found, text.sha256):
            if same and first.setdefault(same, text.slug) != text.slug:
                pairs.add((first[same], text.slug))
        if first.get(found) == text.slug:
            sizes[text.slug] = len(found)
            repeated = held.keys() & found
            for run in repeated:
                holders.setdefault(run, [held[run]]).append(text.slug)
            held |= dict.fromkeys(found - repeated, text.slug)
    shared = Counter(pair for having in holders.values() for pair in combinations(having, 2))
    return pairs | {(one, other) for (one, other), n in shared.items() if are_copies(n, sizes[one], sizes[other])}


def families(texts: Collection[Text]) -> list[Family]:
    """The family and the side of each source."""
    known = {text.slug: text for text in texts}
    alike: dict[str, set[str]] = defaultdict(set)
    for one, other in copies(texts):
        alike[one].add(other)
        alike[other].add(one)
    joined: dict[str, set[str]] = defaultdict(set, {slug: set(others) for slug, others in alike.items()})
    for text in texts:
        if text.derived_from:  # joins all that derive from the same source, even if that source is not recorded
            joined[text.slug].add(text.derived_from)
            joined[text.derived_from].add(text.slug)
    for one, other in _crediting(texts):
        joined[one].add(other)
        joined[other].add(one)

    def origins(slug: str) -> list[str]:
        """The origins of a source that is not a side's own account: the stated one, else earlier copies of its text."""
        text = known.get(slug)
        if text is None or text.account_of:
            return []
        if text.derived_from:
            return [text.derived_from]
        return [one for one in _reached(slug, alike.__getitem__) if _earlier(known[one], text)]

    first: dict[str, str] = {}  # for each source, the one after which its family is named
    found = []
    for text in texts:
        if text.slug not in first:
            members = [known[slug] for slug in _reached(text.slug, joined.__getitem__) if slug in known]
            first |= dict.fromkeys([member.slug for member in members], min(members, key=_age).slug)
        sides = {known[slug].account_of for slug in _reached(text.slug, origins) if slug in known} - {""}
        found.append(Family(text.slug, first[text.slug], sides.pop() if len(sides) == 1 else ""))
    return found


def _crediting(texts: Collection[Text]) -> Iterator[tuple[str, str]]:
    """The pairs of sources that one agency published, or that credit it: each with the first."""
    first: dict[str, str] = {}
    for text in texts:
        for name in filter(None, map(fold, (text.publisher, *text.credits))):
            yield first.setdefault(name, text.slug), text.slug


def _age(text: Text) -> tuple[str, str]:
    return text.published or "9999", text.slug


def _earlier(one: Text, other: Text) -> bool:
    return bool(one.published) and bool(other.published) and one.published <= other.published


def _reached(start: str, following: Callable[[str], Iterable[str]]) -> set[str]:
    """Everything reachable from `start`, including `start` itself."""
    found, waiting = {start}, [start]
    while waiting:
        further = set(following(waiting.pop())) - found
        found |= further
        waiting += sorted(further)
    return found
