"""A phrase with the day it was said, and what the rules make of it: a span of days, then a reading.

Promises: a refusal names the phrase as it was typed and says what to write instead.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple, NoReturn

from ledger.dates.calendar import month_length, months_on
from ledger.dates.conventions import Convention
from ledger.dates.english.advice import FORMS, nearest, shown
from ledger.dates.errors import DateNeedsADay, DateNotUnderstood, DateReadsTwoWays


class Span(NamedTuple):
    """Days of the calendar, both ends included; `unit` is day, week, month, quarter, year, or days."""

    first: date
    last: date
    unit: str

    @property
    def named(self) -> bool:
        """EDTF has a name for it: it need not be written as a range."""
        return self.unit in ("day", "month", "year")

    @property
    def edtf(self) -> str:
        size = {"day": 10, "month": 7, "year": 4}.get(self.unit)
        return self.first.isoformat()[:size] if size else f"[{self.first}..{self.last}]"


class Reading(NamedTuple):
    """EDTF and its bounds, None where it is open."""

    edtf: str
    first: date | None
    last: date | None


# Patterns of whole phrases, the first that matches wins; its groups are what the rule is given.
SpanRules = tuple[tuple[str, Callable[..., Span]], ...]
ReadingRules = tuple[tuple[str, Callable[..., Reading]], ...]


class Saying:
    """One phrase, the day it was said, and the year to assume where it names none."""

    def __init__(self, text: str, said_on: date | None, looking: str) -> None:
        self.text, self.said_on, self.looking = text, said_on, looking
        self.year = said_on.year if said_on else 2000
        self.year_assumed = False
        self.settled = False  # while the year is being sought, `require` lets everything pass

    @property
    def today(self) -> date:
        if self.said_on is None:
            raise DateNeedsADay(text=shown(self.text), suggestion="Say on which day it was said. " + FORMS)
        return self.said_on

    def assume_year(self) -> int:
        self.year_assumed = True
        return self.year

    def in_year(self, year: int) -> "Saying":
        """The same, where another part of the phrase has named the year."""
        other = Saying(self.text, self.said_on, self.looking)
        other.year, other.settled = year, self.settled
        return other

    def refuse(self, suggestion: str = "") -> NoReturn:
        raise DateNotUnderstood(text=shown(self.text), suggestion=suggestion or nearest(self.text))

    def require(self, holds: bool, suggestion: str) -> None:
        if self.settled and not holds:
            self.refuse(suggestion)

    def two_ways(self, one: Span, other: Span) -> NoReturn:
        meant = "Write the one that was meant."
        raise DateReadsTwoWays(text=shown(self.text), first=one.edtf, second=other.edtf, suggestion=meant)


def one_day(day: date) -> Span:
    return Span(day, day, "day")


def week_around(day: date) -> Span:
    monday = day - timedelta(day.weekday())
    return Span(monday, monday + timedelta(6), "week")


def whole_months(year: int, first: int, last: int, unit: str) -> Span:
    """Whole months of the year; month 13 is the next January."""
    start, end = months_on(date(year, 1, 1), first - 1), months_on(date(year, 1, 1), last - 1)
    return Span(start, end.replace(day=month_length(end.year, end.month)), unit)


def part_of(whole: Span, part: Convention) -> Span:
    if whole.unit in ("week", "month"):
        first, last = whole.first + timedelta(part.first - 1), whole.first + timedelta(part.last - 1)
        return Span(first, min(last, whole.last), "days")
    first_month, last_month = (whole.first.month - 1 + number for number in (part.first, part.last))
    return whole_months(whole.first.year, first_month, last_month, "month" if part.first == part.last else "days")


def exactly(span: Span) -> Reading:
    return Reading(span.edtf, span.first, span.last)


def starting(day: date) -> Reading:
    return Reading(f"[{day}..]", day, None)


def ending(day: date) -> Reading:
    return Reading(f"[..{day}]", None, day)
