"""Imprecise dates: EDTF (ISO 8601-2) with the phrase it was reported in, and the days it may mean.

Promises: a date is never made more precise than it was reported; its bounds are ordered; its EDTF is
canonical, so reading what was printed gives the same date. tests/ledger/test_dates.py states these as laws.
Mind: `a/b` lasted from a to b; `[a..b]` happened some day between.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from ledger.dates import english
from ledger.dates.english import FORMS, MONTHS, about, month_length, shown
from ledger.dates.errors import DateEndsBeforeItStarts, DateNotUnderstood
from ledger.errors import Refusal

LONGEST = 200
_OPEN_START, _OPEN_END = 0, date.max.toordinal() + 1


@dataclass(frozen=True, slots=True)
class When:
    """An imprecise date. `edtf` is canonical, "" when unknown; `phrase` is "" when EDTF itself was typed."""

    edtf: str = ""
    phrase: str = ""

    def __bool__(self) -> bool:
        return self.edtf != ""

    @property
    def is_duration(self) -> bool:
        """Whether it lasted from one date to another, rather than happened some day."""
        return "/" in self.edtf

    @property
    def earliest(self) -> date | None:
        """The first possible day; None when unknown or unbounded."""
        return _bounds(self.edtf)[0]

    @property
    def latest(self) -> date | None:
        """The last possible day; None when unknown or unbounded."""
        return _bounds(self.edtf)[1]

    @property
    def starts_by(self) -> date | None:
        """The day by which it had started; of one that did not last, its latest day."""
        return _as_day(_spans(self.edtf)[0].last) if self.is_duration else self.latest

    @property
    def ends_by(self) -> date | None:
        """The day by which it had ended; the same as `latest`."""
        return self.latest

    def describe(self) -> str:
        """For people: `22 May 2025`, `"early June" (between 1 and 10 June 2025)`."""
        words = _in_words(self.edtf)
        if not self.phrase:
            return words
        phrase = "".join(letter for letter in self.phrase if letter.isprintable())
        if not phrase or phrase.lower() == words.lower():
            return words
        return f'"{phrase}" ({words})'


def parse(text: str, said_on: date | None = None, *, looking: Literal["ahead", "back"] = "back") -> When:
    """EDTF, or a phrase of readouts relative to the day it was said; empty text is the unknown date.

    `looking` chooses the year or week where a phrase names none: ahead for what is expected, back for
    what happened. Raises DateNotUnderstood, DateReadsTwoWays, DateNeedsADay, DateEndsBeforeItStarts.
    """
    if len(text) > LONGEST:
        raise DateNotUnderstood(text=shown(text), suggestion=f"Use at most {LONGEST} characters.")
    words = " ".join(text.split()).strip("\"' \u2018\u2019\u201c\u201d")
    if _form(words) or not words:
        return valid(words)
    edtf = english.read(words, said_on, looking)
    return When(valid(edtf).edtf, words)


@lru_cache(maxsize=4096)
def stated(text: str) -> When | None:
    """The date where the text is EDTF that can be kept; None where it has to be parsed."""
    try:
        form = _form(text)
    except Refusal:
        return None
    return When(_canonical(form)) if form else None


def valid(edtf: str) -> When:
    """EDTF only, made canonical. Raises DateNotUnderstood or DateEndsBeforeItStarts."""
    if edtf.strip() == "":
        return When()
    return When(_canonical(_known_form(edtf)))


def compatible(a: When, b: When) -> bool:
    """Whether both could be true of one thing. What lasted fits a doubt that can hold all of it."""
    if not a or not b:
        return True
    spans, others = _spans(a.edtf), _spans(b.edtf)
    if a.is_duration and b.is_duration:
        return _can_last(spans[0].meet(others[0]), spans[1].meet(others[1]))
    if b.is_duration:
        spans, others = others, spans
    if a.is_duration or b.is_duration:
        return any(_can_last(spans[0].meet(doubt), spans[1].meet(doubt)) for doubt in others)
    return any(span.meet(other).possible for span in spans for other in others)


def _can_last(start: "_Span", end: "_Span") -> bool:
    return start.possible and end.possible and start.first <= end.last


def surely_after(one: When, other: When) -> bool:
    """Whether the one is after the other however imprecise both are; never where either has no such end."""
    return one.earliest is not None and other.latest is not None and one.earliest > other.latest


def more_precise(a: When, b: When) -> When:
    """The narrower: known, then lasting, then of fewest days; `b` where they tie."""
    return a if _vagueness(a) < _vagueness(b) else b


def _vagueness(when: When) -> tuple[int, float]:
    if not when:
        return (2, 0)
    return (0 if when.is_duration else 1, sum(span.days for span in _spans(when.edtf)))


class _Span(NamedTuple):
    """Possible days as ordinals, both included; open ends are _OPEN_START and _OPEN_END."""

    first: int
    last: int

    @property
    def possible(self) -> bool:
        return self.first <= self.last

    @property
    def days(self) -> float:
        is_open = self.first == _OPEN_START or self.last == _OPEN_END
        return float("inf") if is_open else self.last - self.first + 1

    def meet(self, other: "_Span") -> "_Span":
        return _Span(max(self.first, other.first), min(self.last, other.last))


class _Point(NamedTuple):
    """One date of a form: a day, a month or a year, with its mark `~`, `?`, `%` or none."""

    text: str
    mark: str
    first: date
    last: date

    def span(self) -> _Span:
        """About widens it by convention; uncertain does not: it doubts the source, not the day."""
        wider = about(self.text) if self.mark in ("~", "%") else 0
        last = min(self.last.toordinal() + wider, date.max.toordinal())
        return _Span(self.first.toordinal() - wider, last)

    def words(self) -> list[str]:
        month = [MONTHS[self.first.month - 1].title()] if len(self.text) > 4 else []
        day = [str(self.first.day)] if len(self.text) > 7 else []
        return [*_MARKS[self.mark], *day, *month, str(self.first.year)]


_MARKS = {"": [], "~": ["about"], "?": ["perhaps"], "%": ["perhaps", "about"]}


class _Form(NamedTuple):
    """`kind`: one, of (one of these), within (a doubt) or lasting. A point is None where open."""

    kind: Literal["one", "of", "within", "lasting"]
    points: tuple[_Point | None, ...]


def _known_form(edtf: str) -> _Form:
    form = _form(edtf) if len(edtf) <= LONGEST else None
    if form is None:
        raise DateNotUnderstood(text=shown(edtf), suggestion=FORMS)
    return form


@lru_cache(maxsize=4096)
def _form(edtf: str) -> _Form | None:
    """The parts of EDTF, None when it is not EDTF at all. Refuses no days and backward dates."""
    text = re.sub(r" *([\[\],/]|\.\.) *", r"\1", edtf.strip())
    if doubt := re.fullmatch(r"\[([0-9-]*)\.\.([0-9-]*)\]", text):
        return _ends("within", doubt[1], doubt[2], edtf)
    if choice := re.fullmatch(r"\[([0-9-]+(?:,[0-9-]+)*)\]", text):
        points = [_point(part, edtf) for part in choice[1].split(",")]
        return _Form("of", tuple(points)) if all(points) else None
    if "/" in text:
        start, _, end = text.partition("/")
        return _ends("lasting", start, end, edtf) if start and end else None
    point = _point(text, edtf)
    return _Form("one", (point,)) if point else None


def _ends(kind: Literal["within", "lasting"], start: str, end: str, edtf: str) -> _Form | None:
    """Both ends, "" or ".." where open; one of them must be there."""
    first, last = _point(start, edtf), _point(end, edtf)
    understood = (first or start in ("", "..")) and (last or end in ("", ".."))
    if not understood or first is last:
        return None
    if first and last and last.last < first.first:
        other_way = _canonical(_Form(kind, (last, first)))
        raise DateEndsBeforeItStarts(text=shown(edtf), suggestion=f"The other way round it is {other_way}.")
    return _Form(kind, (first, last))


def _point(part: str, edtf: str) -> _Point | None:
    match = re.fullmatch(r"([1-9][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)", part)
    if match is None:
        return None
    year, month, day = (int(number or 0) for number in match.groups()[:3])
    text = part.rstrip("~?%")
    if match[2] and not 1 <= month <= 12:
        suggestion = f"Months are 01 to 12; write a season as [{year}-06..{year}-08]."
        raise DateNotUnderstood(text=shown(edtf), suggestion=suggestion)
    first = date(year, month or 1, 1)
    last = first.replace(month=month or 12, day=month_length(year, month or 12))
    if match[3] and not 1 <= day <= last.day:
        nearest = last if day else first
        raise DateNotUnderstood(text=shown(edtf), suggestion=f"The nearest real day is {nearest}.")
    return _Point(text, match[4], first.replace(day=day or 1), last.replace(day=day or last.day))


def _canonical(form: _Form) -> str:
    texts = [point.text + point.mark if point else ".." for point in form.points]
    if form.kind == "lasting":
        return texts[0] if texts[0] == texts[1] and len(texts[0]) == 10 else "/".join(texts)
    if form.kind == "of":
        texts = sorted(set(texts))
    if len(set(texts)) == 1:
        return texts[0]
    if form.kind == "of":
        return f"[{','.join(texts)}]"
    return "[" + "..".join(text.strip(".") for text in texts) + "]"


@lru_cache(maxsize=4096)
def _spans(edtf: str) -> tuple[_Span, ...]:
    """Of a duration its possible starts, then its possible ends; else the possible days."""
    if not edtf:
        return (_Span(_OPEN_START, _OPEN_END),)
    form = _known_form(edtf)
    spans = [point.span() if point else _Span(_OPEN_START, _OPEN_END) for point in form.points]
    if form.kind == "within":
        return (_Span(spans[0].first, spans[1].last),)
    if form.kind == "lasting":
        whole = _Span(spans[0].first, spans[1].last)
        return (spans[0].meet(whole), spans[1].meet(whole))
    return tuple(spans)


@lru_cache(maxsize=4096)
def _bounds(edtf: str) -> tuple[date | None, date | None]:
    """The first and the last possible day; None where unknown or unbounded."""
    spans = _spans(edtf)
    return _as_day(min(span.first for span in spans)), _as_day(max(span.last for span in spans))


def _as_day(ordinal: int) -> date | None:
    return None if ordinal in (_OPEN_START, _OPEN_END) else date.fromordinal(ordinal)


@lru_cache(maxsize=4096)
def _in_words(edtf: str) -> str:
    if not edtf:
        return "date unknown"
    form = _known_form(edtf)
    first, last = form.points[0], form.points[-1]
    if first is None or last is None:
        return _open_in_words(form.kind, first, last)
    *others, final = [_said(point, last) for point in form.points if point]
    joined = {"within": " and ", "lasting": " to ", "of": " or ", "one": ""}[form.kind]
    return ("between " if form.kind == "within" else "") + ", ".join(others) + joined + final


def _open_in_words(kind: str, first: _Point | None, last: _Point | None) -> str:
    lasting = "lasting " if kind == "lasting" else ""
    if first:
        return f"{lasting}from {_said(first, first)}, no end given"
    if last and not lasting:
        return f"by {_said(last, last)}" if len(last.text) == 10 else f"by the end of {_said(last, last)}"
    return f"lasting until {_said(last, last)}, no start given" if last else ""


def _said(point: _Point, last: _Point) -> str:
    """The words of the point, without the month and year that the last one, of its own kind, will name."""
    words, ending = point.words(), last.words()
    if point is last or point.mark or last.mark or len(words) != len(ending):
        return " ".join(words)
    while len(words) > 1 and words[-1] == ending[-1]:
        words, ending = words[:-1], ending[:-1]
    return " ".join(words)
