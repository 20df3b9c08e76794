"""Imprecise dates: EDTF (ISO 8601-2) with the phrase in which it was reported, and the days it may mean.

Promises: a date is never made more precise than it was reported; its bounds are ordered; its EDTF is canonical, so
parsing a printed date gives the same date. tests/ledger/dates/test_when.py states these as laws.
Note the difference: `a/b` lasted from a to b; `[a..b]` happened on some day between.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from ledger.dates.calendar import MONTHS, WEEKDAYS
from ledger.dates.edtf import LONGEST, Bounds, as_day, bounds_of, canonical, edtf_of, in_words, known_edtf, shown
from ledger.dates.errors import DateNotUnderstood
from ledger.dates.words import begins, conventional, over_after
from ledger.errors import Refusal


@dataclass(frozen=True, slots=True)
class When:
    """An imprecise date. `edtf` is canonical, "" if unknown; `phrase` is "" if EDTF itself was typed."""

    edtf: str = ""
    phrase: str = ""

    def __bool__(self) -> bool:
        return self.edtf != ""

    @property
    def is_duration(self) -> bool:
        """Whether it lasted from one date to another, instead of happening on some day."""
        return "/" in self.edtf

    @property
    def lacks_start(self) -> bool:
        """Whether it lasted until a date, from a day that no report gives."""
        return self.edtf.startswith("../")

    @property
    def lacks_end(self) -> bool:
        """Whether it lasted from a date, until a day that no report gives."""
        return self.edtf.endswith("/..")

    @property
    def earliest(self) -> date | None:
        """The first possible day; None if unknown or unbounded."""
        return _bounds(self.edtf)[0]

    @property
    def latest(self) -> date | None:
        """The last possible day; None if unknown or unbounded."""
        return _bounds(self.edtf)[1]

    @property
    def starts(self) -> tuple[date | None, date | None]:
        """The first and the last day on which it can have started; the same as its bounds unless it is a duration."""
        if not self.is_duration:
            return self.earliest, self.latest
        start = bounds_of(self.edtf)[0]
        return as_day(start.first), as_day(start.last)

    @property
    def ends(self) -> tuple[date | None, date | None]:
        """The first and the last day on which it can have ended; the same as its bounds unless it is a duration."""
        if not self.is_duration:
            return self.earliest, self.latest
        end = bounds_of(self.edtf)[1]
        return as_day(end.first), as_day(end.last)

    @property
    def starts_by(self) -> date | None:
        """The day by which it had started; the latest day unless it is a duration."""
        return as_day(bounds_of(self.edtf)[0].last) if self.is_duration else self.latest

    @property
    def ends_by(self) -> date | None:
        """The day by which it had ended; the same as `latest`."""
        return self.latest

    @property
    def is_conventional(self) -> bool:
        """Whether only a convention gives its first or its last day, as those of "early June"."""
        return self.phrase != "" and conventional(self.earliest, self.latest, self.edtf, self.phrase)

    @property
    def hour(self) -> str:
        """The time of day in the phrase, with its zone, as written; "" if there is none."""
        if not _MAY_NAME_AN_HOUR.search(self.phrase):
            return ""
        from ledger.dates.hours import apart

        return apart(self.phrase)[1]

    def worded(self, words: str) -> "When":
        """The same date with other words of the report; it keeps its time of day if they contain none."""
        other = When(self.edtf, words)
        return When(self.edtf, f"{words}, {self.hour}") if self.hour and not other.hour else other

    def describe(self, *, limit: bool = False) -> str:
        """For people: `22 May 2025`, `"early June" (between 1 and 10 June 2025)`, `14 August 2025, 12:00 Geneva`.

        The phrase is left out where it adds nothing to the date, apart from its time of day. If only the last possible
        day is known: `on or before 3 June 2025`; a `limit`, which lies ahead when it is given, is `by 3 June 2025`. If
        only the end of a duration is known: `until 6 April 2018 ("ended on Friday"; its start is not reported)`.
        """
        words = in_words(self.edtf, limit=limit)
        phrase = "".join(letter for letter in self.phrase if letter.isprintable())
        if not phrase:
            return words
        if _adds_nothing(self):
            return f"{words}, {self.hour}" if self.hour else words
        if self.lacks_start:  # so that it reads after "held"
            return f'{words.partition(",")[0]} ("{phrase}"; its start is not reported)'
        return f'"{phrase}" ({words})'

    def brief(self) -> str:
        """For a column, without the phrase: `2025-05-22`, `2025-05`, `2025-06-03 or earlier`, `2025-05-21..31`, or "".

        Days that only a convention gives say so: `about 2025-06-01..10` for "early June". A duration of which only the
        end is known: `until 2025-06-03`.
        """
        if _ONE.fullmatch(self.edtf):
            return self.edtf
        if ends := _MONTHS_OR_YEARS.fullmatch(self.edtf):  # no day of them was reported
            first, last = ends[1] or "", ends[2] or ""
            return f"{first}..{last}" if first and last else self._before(last) if last else f"from {first}"
        first, last = (day.isoformat() if day else "" for day in (self.earliest, self.latest))
        about = "about " if self.is_conventional else ""
        if not first or not last:
            return self._before(f"{about}{last}") if last else f"from {about}{first}" if first else ""
        shared = 8 if first[:8] == last[:8] else 5 if first[:5] == last[:5] else 0
        return f"{about}{first}..{last[shared:]}" if first != last else first

    def _before(self, last: str) -> str:
        return f"until {last}" if self.lacks_start else f"{last} or earlier"

    def ahead(self) -> str:
        """For a sentence about what lies ahead: `on 22 May 2025`, `for "early June" (between 1 and 10 June 2025)`."""
        words = self.describe(limit=True)
        if self.lacks_start:
            return words
        if not words.startswith('"'):
            clause = f"from {words}" if self.is_duration and words[:1].isdigit() else self._clause(limit=True)
            return f"{clause}, {self.hour}" if self.hour else clause
        return words if words[1:].partition(" ")[0].lower() in _ALONE else f"for {words}"

    def clause(self) -> str:
        """For a sentence, without the phrase: `on 22 May 2025`, `in May 2025`, `on or before 3 June 2025`.

        Days that only a convention gives have it: `"early June" (between 1 and 10 June 2025)`.
        """
        return self._clause(limit=False)

    def _clause(self, *, limit: bool) -> str:
        if self.is_conventional:
            return self.describe(limit=limit)
        one, words = _ONE.fullmatch(self.edtf), in_words(self.edtf, limit=limit)
        return f"{'on' if one[1] else 'in'} {words}" if one else words


def ends_on(when: When, day: str) -> bool:
    """Whether the date begins or ends exactly on that day (ISO)."""
    return day in when.edtf.split("/")


def as_limit(due: When) -> When:
    """A deadline as the day with which it is compared: "by 14 April" is 14 April, and no earlier day counts."""
    return When(due.edtf[3:-1]) if due.edtf.startswith("[..") else due


def reported(when: When, day: str) -> When:
    """The date as reported; if no report gives one, some day up to the day (ISO) on which it counts."""
    return when or When(f"[..{day}]" if day else "")


_ONE = re.compile(r"\d{4}(?:-\d{2}(-\d{2})?)?")
# A range with a month or a year at each end that it has: `2025/..`, `2025-11/2026-01`, `[..2025-06]`.
_MONTHS_OR_YEARS = re.compile(r"\[?(\d{4}(?:-\d{2})?)?(?:/\.\.|\.\./|\.\.|/)(\d{4}(?:-\d{2})?)?\]?")


# Every time of day contains one of these; the rules are loaded only if the phrase does.
_MAY_NAME_AN_HOUR = re.compile(r"\d ?[:.aphgluo]|noon|midday|midnight|đêm|dem|close of|end of .*day", re.I)


@lru_cache(maxsize=4096)
def _adds_nothing(when: When) -> bool:
    """Whether the phrase says no more than the date, apart from a time of day: `on May 21`, `ngày 21/5`, `Friday`."""
    phrase = when.phrase
    if when.hour:
        from ledger.dates.hours import apart

        phrase = apart(phrase)[0].replace("@", " ")
    numbers = {number.lstrip("0") for number in re.findall(r"\d+", when.edtf)}
    known = {*re.findall(r"\w+", in_words(when.edtf, limit=True).lower()), *numbers} | _JOINING
    if when.earliest and when.earliest == when.latest:
        known.add(WEEKDAYS[when.earliest.weekday()])
    if not _ONE.fullmatch(when.edtf):
        known |= _RANGING
    return {_whole(word) for word in re.findall(r"\w+", phrase.lower().replace("on or before", "by"))} <= known


def _whole(word: str) -> str:
    """A month, or the number of a day, as a date in words has it: `sept` is September, and `21st` is 21."""
    if (number := re.fullmatch(r"0*(\d+)(?:st|nd|rd|th)?", word)) is not None:
        return number[1]
    months = [month for month in _MONTHS if month.startswith(word)] if len(word) > 2 else []
    return months[0] if months else word


_MONTHS = [month.lower() for month in MONTHS]
# Words of a phrase that only join its days, months and years; those of a range say nothing new about a range.
_JOINING = {"on", "at", "the", "of", "in", "ngày", "tháng", "năm"}
_ALONE = {
    *("after", "around", "as", "at", "before", "between", "by", "during", "for", "from", "in", "no", "not", "on"),
    *("once", "shortly", "since", "some", "soon", "till", "towards", "until", "when", "within"),
    *("later", "next", "this", "today", "tomorrow", "tonight"),
    *("trong", "trước", "sau", "vào", "từ", "khoảng"),
}  # the first words of a phrase for a time that takes no preposition
_RANGING = {"by", "as", "since", "from", "to", "and", "between", "until", "till", "during", "từ", "đến", "trong"}


def parse(
    text: str,
    said_on: date | None = None,
    *,
    looking: Literal["ahead", "back"] = "back",
    language: str = "en",
    lasting: bool = False,
) -> When:
    """Parse EDTF, or a phrase of a readout relative to the day it was said; empty text is the unknown date.

    `looking` chooses the year or week if a phrase names none: ahead for expected dates, back for past ones. `language`
    is the ISO 639 code of the phrase's language. If `lasting`, as for a meeting that was held, "between" two days means
    from one to the other, and otherwise some day within. The time of day stays in the phrase.
    Raises DateNotUnderstood, DateReadsTwoWays, DateNeedsADay or DateEndsBeforeItStarts.
    """
    if len(text) > LONGEST:
        raise DateNotUnderstood(text=shown(text), suggestion=f"Use at most {LONGEST} characters.")
    words = " ".join(text.split()).strip("\"' \u2018\u2019\u201c\u201d")
    if edtf_of(words) or not words:
        return valid(words)
    from ledger.dates import languages  # imported only for phrases

    edtf = languages.read(words, said_on, looking, language, lasting=lasting)
    return When(valid(edtf).edtf, words)


@lru_cache(maxsize=4096)
def stated(text: str) -> When | None:
    """The date if the text is valid EDTF; None otherwise."""
    try:
        form = edtf_of(text)
    except Refusal:
        return None
    return When(canonical(form)) if form else None


def valid(edtf: str) -> When:
    """Parse EDTF only. Raises DateNotUnderstood or DateEndsBeforeItStarts."""
    if edtf.strip() == "":
        return When()
    return When(canonical(known_edtf(edtf)))


def compatible(a: When, b: When) -> bool:
    """Whether both dates could be true of one event. A duration fits an imprecise date that can contain all of it."""
    if not a or not b:
        return True
    spans, others = bounds_of(a.edtf), bounds_of(b.edtf)
    if a.is_duration and b.is_duration:
        return _can_last(spans[0].meet(others[0]), spans[1].meet(others[1]))
    if b.is_duration:
        spans, others = others, spans
    if a.is_duration or b.is_duration:
        return any(_can_last(spans[0].meet(doubt), spans[1].meet(doubt)) for doubt in others)
    return any(span.meet(other).possible for span in spans for other in others)


def _can_last(start: Bounds, end: Bounds) -> bool:
    return start.possible and end.possible and start.first <= end.last


def surely_after(one: When, other: When) -> bool:
    """Whether the first date must be after the second; False if a bound that decides it is open.

    A bound that only a convention gives decides it only between two such dates: late June is after early June, but not
    surely after 20 June.
    """
    if one.is_conventional and other.is_conventional:
        return wholly_after(one, other)
    first, over = surely_begins(one), over_after(other.earliest, other.latest, other.edtf, other.phrase)
    return first is not None and over is not None and first > over


def wholly_after(one: When, other: When) -> bool:
    """Whether all days of the first date are after those of the second, with the days that conventions give."""
    return one.earliest is not None and other.latest is not None and one.earliest > other.latest


def surely_begins(when: When) -> date | None:
    """The first day on which it may lie, even if only a convention gives its first day; None if there is none."""
    return begins(when.earliest, when.latest, when.edtf, when.phrase)


def due_in_words(due: When) -> str:
    """`due 22 May 2025`. A date with only a start, such as "soon", has no "due": `"soon" (from 22 May 2025)`."""
    return f"due {due.describe(limit=True)}" if due.latest else due.describe()


def covers(outer: When, inner: When) -> bool:
    """Whether the window of the first date has room for the whole window of the second; an open bound has no limit."""
    begins = outer.earliest is None or (inner.earliest is not None and outer.earliest <= inner.earliest)
    ends = outer.latest is None or (inner.latest is not None and inner.latest <= outer.latest)
    return begins and ends


def hull(dates: Iterable[When]) -> When:
    """Some day from the first possible day of the dates to the last; an open end of one is open."""
    firsts, lasts = zip(*((one.earliest, one.latest) for one in dates), strict=True)
    first, last = ("" if None in days else end(days).isoformat() for end, days in ((min, firsts), (max, lasts)))
    return valid(f"[{first}..{last}]") if first or last else When()


def more_precise(a: When, b: When) -> When:
    """The more precise date: known before unknown, then durations, then the fewest days; `b` in a tie.

    Of the same days, those that a report gives are more precise than those that the keeper read out of "two days".
    """
    if a.edtf == b.edtf:
        return a if _adds_nothing(a) and not _adds_nothing(b) else b
    return a if _vagueness(a) < _vagueness(b) else b


def joined(a: When, b: When) -> When:
    """The more precise date of one occasion; from the start that one gives to the end that the other gives.

    Only days are joined: a vaguer start or end ("from early June") is told in its own words.
    """
    start, end = (a, b) if a.lacks_end else (b, a)
    first, last = start.edtf.removesuffix("/.."), end.edtf.removeprefix("../")
    if start.lacks_end and end.lacks_start and all(one.count("-") == 2 and one.isascii() for one in (first, last)):
        return When(f"{first}/{last}")
    return more_precise(a, b)


def gives_an_end(one: When, of: When) -> bool:
    """Whether a date with only a start, or only an end, gives the start or the end of another."""
    if one.lacks_end:
        return of.edtf.startswith(one.edtf.removesuffix(".."))
    return one.lacks_start and of.edtf.endswith(one.edtf.removeprefix(".."))


def _vagueness(when: When) -> tuple[int, float]:
    if not when:
        return (2, 0)
    return (0 if when.is_duration else 1, sum(span.days for span in bounds_of(when.edtf)))


@lru_cache(maxsize=4096)
def _bounds(edtf: str) -> tuple[date | None, date | None]:
    """The first and the last possible day; None if unknown or unbounded."""
    spans = bounds_of(edtf)
    return as_day(min(span.first for span in spans)), as_day(max(span.last for span in spans))
