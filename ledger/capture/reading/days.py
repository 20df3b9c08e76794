"""Finds date phrases in a sentence, and reads them relative to the day of publication.

`ledger.dates` reads them. A phrase that it does not understand has no date: nothing is guessed.
"""

import re
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple

from ledger.dates import When, parse
from ledger.errors import Refusal

MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
_MONTH = rf"(?:{'|'.join(MONTHS)}|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
_TO = r"(?:\s*(?:-|–|to|and|through|until)\s*)"
_YEAR = r"(?:,?\s+\d{4})"
_PART = (
    r"(?:early|mid|late|mid-to-late|beginning of|middle of|end of|first half of|second half of|latter half of|start of)"
)
_SEASON = r"(?:winter|spring|summer|autumn|fall)"
_UNIT = r"(?:days?|weeks?|months?|years?)"
# Days and ranges of days, then parts of months, seasons and years, then relative phrases; the first that fits counts.
_PHRASES = (
    rf"(?:(?:on|from|between|by|before|after|until|since|around|about|as of)\s+)?(?:the\s+)?(?:"
    rf"{_MONTH}\s+{_DAY}{_TO}(?:{_MONTH}\s+)?{_DAY}{_YEAR}?|{_DAY}{_TO}{_DAY}\s+{_MONTH}{_YEAR}?|"
    rf"{_DAY}\s+{_MONTH}{_TO}{_DAY}\s+{_MONTH}{_YEAR}?|{_MONTH}\s+{_DAY}{_YEAR}?|{_DAY}\s+{_MONTH}{_YEAR}?)",
    rf"(?:(?:in|at|by|before|until|towards?|around)\s+)?(?:the\s+)?{_PART}[\s-]+(?:this\s+)?{_MONTH}{_YEAR}?",
    rf"(?:later|earlier)\s+(?:this|in)\s+(?:month|week|year|{_MONTH})",
    rf"(?:in|by|before|until|during|since)\s+(?:early\s+|late\s+|mid-)?{_MONTH}{_YEAR}?",
    r"(?:in|by|before|until)\s+(?:early\s+|late\s+|mid-)?20\d\d",
    rf"(?:in|by)\s+(?:the\s+)?{_SEASON}(?:\s+(?:of\s+)?20\d\d(?:/(?:20)?\d\d)?)?",
    r"(?:by|at|before)\s+(?:the\s+)?(?:end|beginning|middle) of (?:the|this|next) (?:year|month|week|quarter)",
    rf"(?:in|within|during)\s+(?:the\s+)?(?:next|coming)\s+(?:\w+\s+)?{_UNIT}|in the coming (?:days|weeks|months)",
    r"within\s+(?:\d+|\w+)\s+(?:days|weeks|months)",
    rf"(?:on\s+)?(?:last|next|this|the following|the previous)\s+(?:{_WEEKDAY}|week|month|year|quarter|{_SEASON})",
    rf"(?:on\s+)?{_WEEKDAY}",
    r"today|yesterday|tomorrow|tonight|the (?:following|next|same|previous) day",
)
_TELLING = re.compile(
    rf"\d|{'|'.join(MONTHS)}|\w+day|\b(?:today|yesterday|tomorrow|tonight|days?|weeks?"
    rf"|months?|years?|quarter|{_SEASON})\b",
    re.IGNORECASE,
)


class Day(NamedTuple):
    """A date phrase at text[start:end] of its sentence; `when` is unknown if the phrase was not understood."""

    start: int
    end: int
    words: str
    when: When

    @property
    def is_due(self) -> bool:
        """Whether the phrase gives a deadline."""
        due = r"(?:by|before|within|until|at the end|in the (?:next|coming)|no later|in the interim)"
        return bool(re.match(due, self.words, re.IGNORECASE))


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_PHRASES)})\b", re.IGNORECASE)


def days(
    text: str, published: date | None, looking: Literal["ahead", "back"] = "back", last: date | None = None
) -> list[Day]:
    """The date phrases of a sentence, in their order; "the following day" is the day after `last`."""
    if not _TELLING.search(text):
        return []
    found = []
    for match in _pattern().finditer(text):
        words = match.group()
        when = _read(words, published, looking)
        if last is not None and words.lower() in ("the following day", "the next day"):
            when = When((last + timedelta(days=1)).isoformat(), words)
        found.append(Day(match.start(), match.end(), words, when))
    return found


def _read(words: str, published: date | None, looking: Literal["ahead", "back"]) -> When:
    plain = " ".join(words.split())
    if re.search(rf"\blast {_WEEKDAY}", plain, re.IGNORECASE):
        return When()  # ambiguous: of this week or of the week before
    for attempt in (plain, re.sub(r"^(?:on|in|at|from|the|this) (?:the )?", "", plain, flags=re.IGNORECASE)):
        try:
            return parse(attempt, published, looking=looking)
        except Refusal:
            continue
    return When()
