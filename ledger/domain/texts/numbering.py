"""Divides a text into its provisions by their numbers, and reads the number of a provision.

A line begins a provision: `Article 5` with its heading, `5.2` or `2.` (in Article 5), `(a)` (in the paragraph before),
`5.2(a)`, or `Annex A`. Other lines continue the provision before them; blank lines do not matter. Text before the first
number, such as the title, is left out; a preamble begins with a line `Preamble`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from ledger.domain.texts.brackets import parsed
from ledger.domain.texts.errors import NoNumberedProvisions, NotAProvisionNumber, ProvisionHasNoWords, ProvisionTwice

PREAMBLE = "Preamble"
_ARTICLE = r"(?i)(?P<open>\[?)(?P<kind>article|annex)\s+(?P<number>\d+[a-z]?|[A-Z]|[IVXL]+)\b\s*[.:–—-]*\s*(?P<rest>.*)"
_POINTS = r"(?:\([a-z]{1,5}\))"
_FULL = rf"(?P<open>\[?)(?P<number>\d+[a-z]?(?:(?:\.\d+[a-z]?)+{_POINTS}*|{_POINTS}+))\.?\s+(?P<rest>\S.*)"
_PARAGRAPH = r"(?P<open>\[?)(?P<number>\d+[a-z]?)[.)]\s+(?P<rest>\S.*)"
_POINT = r"(?P<open>\[?)\((?P<number>[a-z]{1,5})\)\s+(?P<rest>\S.*)"
_NUMBER = (
    r"(?i)(?:article\s+)?(?P<number>(?:annex [a-z0-9]+|preamble|\d+[a-z]?)(?:\.\d+[a-z]?)*)"
    r"(?P<points>(?:\s*\([a-z]{1,5}\))*)"
)
_ROMAN = "[ivxl]+"
compiled = cache(re.compile)  # when they are first used, because most commands read no text under negotiation
_HEADING_ENDS = (".", ";", ":", ",", "]", ")")


class Numbered(NamedTuple):
    """A provision of a text: its number, its words with brackets, and the heading of the article it begins."""

    number: str
    words: str
    heading: str = ""


def divided(text: str) -> list[Numbered]:
    """The provisions of a text, in order; refused if a bracket is broken, a number occurs twice, or there is none."""
    reading = _Reading()
    for line in text.splitlines():
        if words := " ".join(line.split()):
            reading.read(words)
    return refuse_broken(reading.found())


def refuse_broken(provisions: list[Numbered]) -> list[Numbered]:
    """The provisions, refused if a bracket is broken, a number occurs twice, or there is none."""
    for one in provisions:
        parsed(one.words, place_of(one.number))
        if not one.words and not one.heading:
            raise ProvisionHasNoWords(place=place_of(one.number))
    counts = Counter(one.number for one in provisions)
    for number, count in counts.items():
        if count > 1:
            raise ProvisionTwice(place=place_of(number))
    if not provisions:
        raise NoNumberedProvisions()
    return provisions


def number_of(typed: str) -> str:
    """The number of a provision in its usual form: `article 5.2 (A)` is `5.2(a)`."""
    found = compiled(_NUMBER).fullmatch(" ".join(typed.split()))
    if found is None:
        raise NotAProvisionNumber(text=typed)
    number, points = found.group("number"), found.group("points").replace(" ", "").lower()
    if number.lower().startswith("annex"):
        number = f"Annex {number[len('annex ') :].upper()}"
    return (PREAMBLE + number[len(PREAMBLE) :] if number.lower().startswith("preamble") else number) + points


def place_of(number: str) -> str:
    """The place of a provision in words: `Article 5, paragraph 2(a)`."""
    article, _, paragraph = number.partition(".")
    named = article_named(article)
    return f"{named}, paragraph {paragraph}" if paragraph else named


def article_of(number: str) -> str:
    """The article that contains a provision: `5` for `5.2(a)`."""
    return number.partition(".")[0].partition("(")[0]


def article_named(article: str) -> str:
    """The name of an article: `Article 5`, `Annex A`, `Preamble`."""
    return article if article.startswith(("Annex", PREAMBLE)) else f"Article {article}"


def lines_of(provisions: Iterable[Numbered]) -> Iterator[tuple[str, str]]:
    """For each provision, the line of its article if it begins one, and its own line; "" where there is none.

    `divided` reads the provisions again from these lines.
    """
    before = ""
    for number, words, heading in provisions:
        article = article_of(number)
        named = article_named(article)
        above = named if heading in ("", named) else f"{named} – {heading}"
        within = number[len(article) :].removeprefix(".")
        if article in (number, PREAMBLE):
            own = words
        elif article.startswith("Annex"):
            own = f"{within} {words}" if within.startswith("(") else f"{within}. {words}"
        else:
            own = f"{number} {words}"
        yield ("" if article == before else above), own
        before = article


class _Reading:
    """The provisions read so far; each has its number and its lines."""

    def __init__(self) -> None:
        self._article = self._paragraph = self._letter = ""
        self._headings: dict[str, str] = {}
        self._lines: dict[int, tuple[str, list[str]]] = {}  # a number may occur twice, which is refused later

    def read(self, line: str) -> None:
        """Read one line, with single spaces."""
        if found := compiled(_ARTICLE).fullmatch(line):
            self._begin_article(found)
        elif line.lower().rstrip(":.") == PREAMBLE.lower():
            self._article, self._paragraph, self._letter = PREAMBLE, "", ""
            self._headings[PREAMBLE] = PREAMBLE
        elif found := compiled(_FULL).fullmatch(line):
            paragraph, *points = found["number"].split("(")
            self._article, self._paragraph = article_of(paragraph), paragraph
            self._letter = points[0].rstrip(")") if points else ""
            self._begin(found["number"], found["open"] + found["rest"])
        elif self._article and (found := compiled(_PARAGRAPH).fullmatch(line)):
            self._begin_paragraph(f"{self._article}.{found['number']}", found)
        elif found := compiled(_PARAGRAPH).fullmatch(line):
            self._begin_paragraph(found["number"], found)
        elif (self._paragraph or self._article) and (found := compiled(_POINT).fullmatch(line)):
            self._begin_point(found)
        elif self._article == PREAMBLE:
            self._begin(f"{PREAMBLE}.{len(self._lines) + 1}", line)
        elif self._lines:
            self._lines[len(self._lines) - 1][1].append(line)

    def found(self) -> list[Numbered]:
        """The provisions, without the articles that are only a heading above paragraphs of their own."""
        every = [Numbered(number, " ".join(lines).strip()) for number, lines in self._lines.values()]
        headed: set[str] = set()
        kept = []
        for one in every:
            article = article_of(one.number)
            if not one.words and any(article_of(other.number) == article and other is not one for other in every):
                continue
            heading = self._headings.get(article, "") if article not in headed else ""
            headed.add(article)
            kept.append(one._replace(heading=heading))
        return kept

    def _begin_article(self, found: re.Match[str]) -> None:
        number = found["number"]
        self._article = number if found["kind"].lower() == "article" else f"Annex {number.upper()}"
        self._paragraph = self._letter = ""
        rest = found["rest"].strip()
        is_heading = not rest.endswith(_HEADING_ENDS) and not found["open"]
        if is_heading:
            self._headings[self._article] = rest
        self._begin(self._article, "" if is_heading else found["open"] + rest)

    def _begin_paragraph(self, number: str, found: re.Match[str]) -> None:
        self._paragraph, self._letter = number, ""
        self._begin(number, found["open"] + found["rest"])

    def _begin_point(self, found: re.Match[str]) -> None:
        """Begin a point: (i) after (h) is a letter, in any other place a Roman number below a letter."""
        point, within = found["number"], self._paragraph or self._article
        if (
            self._letter
            and re.fullmatch(_ROMAN, point)
            and not (len(point) == 1 and ord(point) - ord(self._letter) == 1)
        ):
            self._begin(f"{within}({self._letter})({point})", found["open"] + found["rest"])
            return
        self._letter = point
        self._begin(f"{within}({point})", found["open"] + found["rest"])

    def _begin(self, number: str, words: str) -> None:
        self._lines[len(self._lines)] = (number, [words] if words else [])
