"""EDTF (ISO 8601-2), as far as Parley keeps it: its grammar, its canonical form, its bounds, its words."""

import re
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from ledger.dates.english import FORMS, MONTHS, about, month_length, shown
from ledger.dates.errors import DateEndsBeforeItStarts, DateNotUnderstood

LONGEST = 200

_OPEN_START, _OPEN_END = 0, date.max.toordinal() + 1


class Span(NamedTuple):
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

    def meet(self, other: "Span") -> "Span":
        return Span(max(self.first, other.first), min(self.last, other.last))


class Point(NamedTuple):
    """One date of a form: a day, a month or a year, with its mark `~`, `?`, `%` or none."""

    text: str
    mark: str
    first: date
    last: date

    def span(self) -> Span:
        """About widens it by convention; uncertain does not: it doubts the source, not the day."""
        wider = about(self.text) if self.mark in ("~", "%") else 0
        last = min(self.last.toordinal() + wider, date.max.toordinal())
        return Span(self.first.toordinal() - wider, last)

    def words(self) -> list[str]:
        month = [MONTHS[self.first.month - 1].title()] if len(self.text) > 4 else []
        day = [str(self.first.day)] if len(self.text) > 7 else []
        return [*_MARKS[self.mark], *day, *month, str(self.first.year)]


_MARKS = {"": [], "~": ["about"], "?": ["perhaps"], "%": ["perhaps", "about"]}


class Form(NamedTuple):
    """`kind`: one, of (one of these), within (a doubt) or lasting. A point is None where open."""

    kind: Literal["one", "of", "within", "lasting"]
    points: tuple[Point | None, ...]


def known_form(edtf: str) -> Form:
    form = form_of(edtf) if len(edtf) <= LONGEST else None
    if form is None:
        raise DateNotUnderstood(text=shown(edtf), suggestion=FORMS)
    return form


@lru_cache(maxsize=4096)
def form_of(edtf: str) -> Form | None:
    """The parts of EDTF, None when it is not EDTF at all. Refuses no days and backward dates."""
    text = re.sub(r" *([\[\],/]|\.\.) *", r"\1", edtf.strip())
    if doubt := re.fullmatch(r"\[([0-9-]*)\.\.([0-9-]*)\]", text):
        return _ends("within", doubt[1], doubt[2], edtf)
    if choice := re.fullmatch(r"\[([0-9-]+(?:,[0-9-]+)*)\]", text):
        points = [_point(part, edtf) for part in choice[1].split(",")]
        return Form("of", tuple(points)) if all(points) else None
    if "/" in text:
        start, _, end = text.partition("/")
        return _ends("lasting", start, end, edtf) if start and end else None
    point = _point(text, edtf)
    return Form("one", (point,)) if point else None


def _ends(kind: Literal["within", "lasting"], start: str, end: str, edtf: str) -> Form | None:
    """Both ends, "" or ".." where open; one of them must be there."""
    first, last = _point(start, edtf), _point(end, edtf)
    understood = (first or start in ("", "..")) and (last or end in ("", ".."))
    if not understood or first is last:
        return None
    if first and last and last.last < first.first:
        other_way = canonical(Form(kind, (last, first)))
        raise DateEndsBeforeItStarts(text=shown(edtf), suggestion=f"The other way round it is {other_way}.")
    return Form(kind, (first, last))


def _point(part: str, edtf: str) -> Point | None:
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
    return Point(text, match[4], first.replace(day=day or 1), last.replace(day=day or last.day))


def canonical(form: Form) -> str:
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
def spans_of(edtf: str) -> tuple[Span, ...]:
    """Of a duration its possible starts, then its possible ends; else the possible days."""
    if not edtf:
        return (Span(_OPEN_START, _OPEN_END),)
    form = known_form(edtf)
    spans = [point.span() if point else Span(_OPEN_START, _OPEN_END) for point in form.points]
    if form.kind == "within":
        return (Span(spans[0].first, spans[1].last),)
    if form.kind == "lasting":
        whole = Span(spans[0].first, spans[1].last)
        return (spans[0].meet(whole), spans[1].meet(whole))
    return tuple(spans)


def as_day(ordinal: int) -> date | None:
    return None if ordinal in (_OPEN_START, _OPEN_END) else date.fromordinal(ordinal)


@lru_cache(maxsize=4096)
def in_words(edtf: str) -> str:
    if not edtf:
        return "date unknown"
    form = known_form(edtf)
    first, last = form.points[0], form.points[-1]
    if first is None or last is None:
        return _open_in_words(form.kind, first, last)
    *others, final = [_said(point, last) for point in form.points if point]
    joined = {"within": " and ", "lasting": " to ", "of": " or ", "one": ""}[form.kind]
    return ("between " if form.kind == "within" else "") + ", ".join(others) + joined + final


def _open_in_words(kind: str, first: Point | None, last: Point | None) -> str:
    lasting = "lasting " if kind == "lasting" else ""
    if first:
        return f"{lasting}from {_said(first, first)}, no end given"
    if last and not lasting:
        return f"by {_said(last, last)}" if len(last.text) == 10 else f"by the end of {_said(last, last)}"
    return f"lasting until {_said(last, last)}, no start given" if last else ""


def _said(point: Point, last: Point) -> str:
    """The words of the point, without the month and year that the last one, of its own kind, will name."""
    words, ending = point.words(), last.words()
    if point is last or point.mark or last.mark or len(words) != len(ending):
        return " ".join(words)
    while len(words) > 1 and words[-1] == ending[-1]:
        words, ending = words[:-1], ending[:-1]
    return " ".join(words)
