"""The part of EDTF (ISO 8601-2) that Parley stores: its grammar, its canonical form, its bounds, its words."""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from ledger.dates.calendar import MONTHS
from ledger.dates.conventions import about
from ledger.dates.errors import DateEndsBeforeItStarts, DateNotUnderstood, StoredDateNotUnderstood

LONGEST = 200
FORMS = (
    "Write it as 2025-05-22, 2025-05, 2025-05-19/2025-05-22 (lasted), [2025-06-01..2025-06-10] (some day "
    "within), [..2025-07-31] (by) or [2025-05-23..] (from)."
)

_OPEN_START, _OPEN_END = 0, date.max.toordinal() + 1


class Bounds(NamedTuple):
    """The first and the last possible day, as ordinals; an open end is _OPEN_START or _OPEN_END."""

    first: int
    last: int

    @property
    def possible(self) -> bool:
        """Whether the bounds contain any day."""
        return self.first <= self.last

    @property
    def days(self) -> float:
        """The number of days within the bounds; infinity if an end is open."""
        is_open = self.first == _OPEN_START or self.last == _OPEN_END
        return float("inf") if is_open else self.last - self.first + 1

    def meet(self, other: "Bounds") -> "Bounds":
        """The days within both bounds."""
        return Bounds(max(self.first, other.first), min(self.last, other.last))


class Point(NamedTuple):
    """A day, a month or a year in EDTF, with its mark `~`, `?` or `%`, if any."""

    text: str
    mark: str
    first: date
    last: date

    def bounds(self) -> Bounds:
        """The days that it may mean. "About" widens them by convention; "perhaps" does not, because it is a doubt."""
        wider = about(self.text) if self.mark in ("~", "%") else 0
        last = min(self.last.toordinal() + wider, date.max.toordinal())
        return Bounds(self.first.toordinal() - wider, last)

    def words(self) -> list[str]:
        month = [MONTHS[self.first.month - 1].title()] if len(self.text) > 4 else []
        day = [str(self.first.day)] if len(self.text) > 7 else []
        return [*_MARKS[self.mark], *day, *month, str(self.first.year)]


_MARKS = {"": [], "~": ["about"], "?": ["perhaps"], "%": ["perhaps", "about"]}


class Edtf(NamedTuple):
    """A parsed EDTF date: one date, one of several, some day within, or lasting. An open end is None."""

    kind: Literal["one", "of", "within", "lasting"]
    points: tuple[Point | None, ...]


def shown(text: str) -> str:
    """The text for a refusal; a long text is cut short."""
    return text if len(text) <= 60 else text[:57] + "..."


def known_edtf(edtf: str) -> Edtf:
    """Parse EDTF; any other text is refused."""
    form = edtf_of(edtf) if len(edtf) <= LONGEST else None
    if form is None:
        raise DateNotUnderstood(text=shown(edtf), suggestion=FORMS)
    return form


def _stored_edtf(edtf: str) -> Edtf:
    """Parse the EDTF of a date that was valid when it was made; the class of the refusal shows that it is damaged."""
    try:
        return known_edtf(edtf)
    except (DateNotUnderstood, DateEndsBeforeItStarts) as error:
        raise StoredDateNotUnderstood(text=shown(edtf), suggestion=FORMS) from error


@lru_cache(maxsize=4096)
def edtf_of(edtf: str) -> Edtf | None:
    """Parse EDTF; None for other text. Days that do not exist and dates that end before they start are refused."""
    text = re.sub(r" *([\[\],/]|\.\.) *", r"\1", edtf.strip())
    if doubt := re.fullmatch(r"\[([0-9-]*)\.\.([0-9-]*)\]", text):
        return _ends("within", doubt[1], doubt[2], edtf)
    if choice := re.fullmatch(r"\[([0-9-]+(?:,[0-9-]+)*)\]", text):
        points = [_point(part, edtf) for part in choice[1].split(",")]
        return Edtf("of", tuple(points)) if all(points) else None
    if "/" in text:
        start, _, end = text.partition("/")
        return _ends("lasting", start, end, edtf) if start and end else None
    point = _point(text, edtf)
    return Edtf("one", (point,)) if point else None


def _ends(kind: Literal["within", "lasting"], start: str, end: str, edtf: str) -> Edtf | None:
    """The two ends, each "" or ".." if open; at least one is needed."""
    first, last = _point(start, edtf), _point(end, edtf)
    understood = (first or start in ("", "..")) and (last or end in ("", ".."))
    if not understood or first is last:
        return None
    if first and last and last.last < first.first:
        other_way = canonical(Edtf(kind, (last, first)))
        raise DateEndsBeforeItStarts(text=shown(edtf), suggestion=f"Reversed, it is {other_way}.")
    return Edtf(kind, (first, last))


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
    last = first.replace(month=month or 12, day=monthrange(year, month or 12)[1])
    if match[3] and not 1 <= day <= last.day:
        nearest = last if day else first
        raise DateNotUnderstood(text=shown(edtf), suggestion=f"The nearest real day is {nearest}.")
    return Point(text, match[4], first.replace(day=day or 1), last.replace(day=day or last.day))


def canonical(form: Edtf) -> str:
    """The canonical spelling of a date in EDTF."""
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
def bounds_of(edtf: str) -> tuple[Bounds, ...]:
    """The possible days, one pair for each choice; for a duration, its possible starts and then its possible ends."""
    if not edtf:
        return (Bounds(_OPEN_START, _OPEN_END),)
    form = _stored_edtf(edtf)
    bounds = [point.bounds() if point else Bounds(_OPEN_START, _OPEN_END) for point in form.points]
    if form.kind == "within":
        return (Bounds(bounds[0].first, bounds[1].last),)
    if form.kind == "lasting":
        whole = Bounds(bounds[0].first, bounds[1].last)
        return (bounds[0].meet(whole), bounds[1].meet(whole))
    return tuple(bounds)


def as_day(ordinal: int) -> date | None:
    """The day of an ordinal; None for an open end."""
    return None if ordinal in (_OPEN_START, _OPEN_END) else date.fromordinal(ordinal)


@lru_cache(maxsize=4096)
def in_words(edtf: str, *, limit: bool = False) -> str:
    """The date in words: `19 to 22 May 2025`.

    If only the last possible day is known: `on or before 3 June 2025`; if it is a `limit`, such as a due date:
    `by 3 June 2025`. A duration of which only the end is known: `until 3 June 2025, start not reported`.
    """
    if not edtf:
        return "date unknown"
    form = _stored_edtf(edtf)
    first, last = form.points[0], form.points[-1]
    if first is None or last is None:
        return _open_in_words(form.kind, first, last, limit=limit)
    *others, final = [_said(point, last) for point in form.points if point]
    joined = {"within": " and ", "lasting": " to ", "of": " or ", "one": ""}[form.kind]
    return ("between " if form.kind == "within" else "") + ", ".join(others) + joined + final


def _open_in_words(kind: str, first: Point | None, last: Point | None, *, limit: bool) -> str:
    if first and kind == "lasting":
        return f"from {_said(first, first)}"
    if first:
        return f"{'on' if len(first.text) == 10 else 'in'} or after {_said(first, first)}"
    if last and kind != "lasting":
        is_day = len(last.text) == 10
        by, until = ("by", "by the end of") if limit else ("on or before", "in or before")
        return f"{by if is_day else until} {_said(last, last)}"
    return f"until {_said(last, last)}, start not reported" if last else ""


def _said(point: Point, last: Point) -> str:
    """The words of a point, without the month and year if the last point repeats them."""
    words, ending = point.words(), last.words()
    if point is last or point.mark or last.mark or len(words) != len(ending):
        return " ".join(words)
    while len(words) > 1 and words[-1] == ending[-1]:
        words, ending = words[:-1], ending[:-1]
    return " ".join(words)
