"""Parses a phrase, given the day it was said, by the rules of its language: into a window, then into a reading.

Promise: a refusal quotes the phrase as typed and says what to write instead.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple, NoReturn

from ledger.dates.calendar import months_on
from ledger.dates.conventions import Convention
from ledger.dates.edtf import FORMS, shown
from ledger.dates.errors import DateNeedsADay, DateNotUnderstood, DateReadsTwoWays


class Window(NamedTuple):
    """Days of the calendar, both ends included; `unit` is day, week, month, quarter, year, or days."""

    first: date
    last: date
    unit: str

    @property
    def named(self) -> bool:
        """Whether EDTF has a name for the window, so that it need not be written as a range."""
        return self.unit in ("day", "month", "year")

    @property
    def edtf(self) -> str:
        size = {"day": 10, "month": 7, "year": 4}.get(self.unit)
        return self.first.isoformat()[:size] if size else f"[{self.first}..{self.last}]"


class Reading(NamedTuple):
    """The reading of a phrase: its EDTF and its bounds, None if open."""

    edtf: str
    first: date | None
    last: date | None


# Patterns of whole phrases, each with its rule. The first match wins, and its groups are passed to the rule.
WindowRules = tuple[tuple[str, Callable[..., Window]], ...]
ReadingRules = tuple[tuple[str, Callable[..., Reading]], ...]


class Language(NamedTuple):
    """The rules of one language.

    `plain` normalises the spelling of a phrase for the rules. `rhythms` is a pattern of words that do not name a
    date. `examples` are phrases for a refusal to suggest; each must be understood.
    """

    plain: Callable[[str], str]
    rhythms: str
    readings: ReadingRules
    windows: WindowRules
    examples: tuple[str, ...]


compiled = cache(re.compile)  # the cache of `re` itself is slower, and too small for the rules of every language


class Saying:
    """One phrase, the day it was said, its language, and the year to assume if it names none."""

    def __init__(
        self, text: str, said_on: date | None, looking: str, language: Language, *, lasting: bool = False
    ) -> None:
        self.text, self.said_on, self.looking, self.language = text, said_on, looking, language
        self.lasting = lasting  # whether "between" two days means a duration
        self.year = said_on.year if said_on else 2000
        self.year_assumed = False
        self.settled = False  # while the year is being chosen, `require` refuses nothing

    def read(self, said: str) -> Reading:
        """The reading of the phrase or a part of it, in the plain spelling."""
        for pattern, rule in self.language.readings:
            if match := compiled(pattern).fullmatch(said):
                return rule(self, *match.groups())
        return exactly(self.window(said))

    def window(self, said: str) -> Window:
        """The day or window that a part of the phrase names."""
        for pattern, rule in self.language.windows:
            if match := compiled(pattern).fullmatch(said):
                return rule(self, *match.groups())
        return self.refuse()

    @property
    def today(self) -> date:
        """The day when the phrase was said; refused if unknown."""
        if self.said_on is None:
            raise DateNeedsADay(text=shown(self.text), suggestion="Give the day when it was said. " + FORMS)
        return self.said_on

    def assume_year(self) -> int:
        """The year to try if the phrase names none; `_settle_year` chooses the right one for the whole phrase."""
        self.year_assumed = True
        return self.year

    def in_year(self, year: int | None) -> "Saying":
        """The same saying with the year of another part of the phrase, if that part names one."""
        if year is None:
            return self
        other = Saying(self.text, self.said_on, self.looking, self.language, lasting=self.lasting)
        other.year, other.settled = year, self.settled
        return other

    def refuse(self, suggestion: str = "") -> NoReturn:
        """Refuse the phrase, by default with the nearest known phrase and the forms of EDTF."""
        raise DateNotUnderstood(text=shown(self.text), suggestion=suggestion or self._nearest() + FORMS)

    def require(self, holds: bool, suggestion: str) -> None:
        """Refuse the phrase unless `holds`; while the year is being chosen, refuse nothing."""
        if self.settled and not holds:
            self.refuse(suggestion)

    def two_ways(self, one: "Window | Reading", other: "Window | Reading") -> NoReturn:
        """Refuse a phrase that could mean either."""
        meant = "Write the one that you mean."
        raise DateReadsTwoWays(text=shown(self.text), first=one.edtf, second=other.edtf, suggestion=meant)

    def _nearest(self) -> str:
        """The example most like the phrase, as a question; "" if none is similar."""
        from difflib import get_close_matches  # imported only for a refusal

        examples = {bare(example): example for example in self.language.examples}
        near = get_close_matches(bare(self.text), examples, 1)
        return f'Did you mean "{examples[near[0]]}"? ' if near else ""


def bare(text: str) -> str:
    """The text in lower case, without diacritics."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def one_day(day: date) -> Window:
    return Window(day, day, "day")


def week_around(day: date) -> Window:
    monday = day - timedelta(day.weekday())
    return Window(monday, monday + timedelta(6), "week")


def whole_months(year: int, first: int, last: int, unit: str) -> Window:
    """Whole months of the year; month 13 is the next January."""
    start, end = months_on(date(year, 1, 1), first - 1), months_on(date(year, 1, 1), last - 1)
    return Window(start, end.replace(day=monthrange(end.year, end.month)[1]), unit)


def part_of(whole: Window, part: Convention) -> Window:
    """The part of a window that a convention selects, in days or months from its start."""
    if whole.unit in ("week", "month"):
        first, last = whole.first + timedelta(part.first - 1), whole.first + timedelta(part.last - 1)
        return Window(first, min(last, whole.last), "days")
    first_month, last_month = (whole.first.month - 1 + number for number in (part.first, part.last))
    return whole_months(whole.first.year, first_month, last_month, "month" if part.first == part.last else "days")


def exactly(window: Window) -> Reading:
    return Reading(window.edtf, window.first, window.last)


def starting(day: date) -> Reading:
    return Reading(f"[{day}..]", day, None)


def ending(day: date) -> Reading:
    return Reading(f"[..{day}]", None, day)
