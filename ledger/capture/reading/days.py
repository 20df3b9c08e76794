"""Finds date phrases in a sentence, and reads them relative to the day of publication.

`ledger.dates` reads them. A phrase that it does not understand has no date: nothing is guessed.
"""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from ledger.base.patterns import CAPITAL, cased, compiled
from ledger.dates import When, parse
from ledger.errors import Refusal

MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
_MONTH = rf"(?:{'|'.join(MONTHS)}|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
_TO = r"(?:\s*(?:-|–|to|and|through|until|or)\s*)"
_YEAR = r"(?:,?\s+\d{4})"
_PART = (
    r"(?:early|mid|late|mid-to-late|the end of|beginning of|middle of|end of|first half of|second half of|"
    r"latter half of|start of)"
)
_SEASON = r"(?:winter|spring|summer|autumn|fall)"
_UNIT = r"(?:days?|weeks?|months?|years?)"
_COUNT = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|thirty|sixty|ninety|several)"
_OF_DAY = r"(?:\s+(?:morning|afternoon|evening|night))?"
_LIMIT = (
    r"(?:no later than|not later than|by|before|until|till|within|around|about|towards?|in|at|from|during|since|"
    r"as early as)"
)
# Days and ranges of days, then parts of months, seasons and years, then relative phrases; the first that fits counts.
_PHRASES = (
    rf"(?:(?:on|from|between|by|before|after|until|since|around|about|as of|no later than|not later than|starting|"
    rf"beginning)\s+)?(?:{_WEEKDAY},?\s+)?(?:the\s+(?:morning|afternoon|evening) of\s+)?(?:the\s+)?(?:"
    rf"{_MONTH}\s+{_DAY}{_TO}(?:{_MONTH}\s+)?{_DAY}{_YEAR}?|{_DAY}{_TO}{_DAY}\s+{_MONTH}{_YEAR}?|"
    rf"{_DAY}\s+{_MONTH}{_TO}{_DAY}\s+{_MONTH}{_YEAR}?|{_MONTH}\s+{_DAY}{_YEAR}?|{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}?|"
    r"20\d\d-\d\d-\d\d)",
    rf"(?:{_LIMIT}\s+)?(?:the\s+)?{_PART}[\s-]+(?:of\s+)?(?:(?:this|next|last)\s+)?(?:{_MONTH}(?!\s+\d{{1,2}}\b){_YEAR}?|month|year|"
    r"week|20\d\d)",
    rf"(?:{_LIMIT}\s+)?(?:the\s+)?(?:first|second|third|fourth|last|final|final)\s+(?:week|quarter)\s+of\s+"
    rf"(?:(?:the|this|next) (?:month|year)|{_MONTH}{_YEAR}?|20\d\d)",
    rf"(?:{_LIMIT}\s+)?(?:the\s+)?(?:week of\s+(?:the\s+)?"
    rf"(?:{_MONTH}\s+{_DAY}|{_DAY}\s+(?:of\s+)?{_MONTH}){_YEAR}?|Q[1-4]\s+20\d\d)",
    rf"(?:later|earlier|early|late)\s+(?:this|in(?:\s+the)?|last|next)\s+(?:month|week|year|{_MONTH}|{_SEASON})",
    rf"(?:in|by|before|until|during|since|for)\s+(?:early\s+|late\s+|mid-)?{_MONTH}(?!\s+\d{{1,2}}\b){_YEAR}?",
    r"(?:in|by|before|until|no later than)\s+(?:early\s+|late\s+|mid-)?20\d\d",
    rf"(?:in|by)\s+(?:the\s+)?(?:early\s+|late\s+)?{_SEASON}(?:\s+(?:of\s+)?20\d\d(?:/(?:20)?\d\d)?)?",
    rf"(?:in\s+)?(?:the\s+)?{_SEASON}\s+(?:of\s+)?20\d\d(?:/(?:20)?\d\d)?",
    r"(?:no later than|by|at|before|towards)\s+(?:the\s+)?(?:end|beginning|middle|close) of (?:the|this|next) "
    r"(?:year|month|week|quarter)",
    r"(?:by|before)\s+(?:the\s+)?(?:year-end|year’s end|year's end|month-end)",
    rf"(?:by|before)\s+close of business\s+(?:on\s+)?{_WEEKDAY}",
    rf"(?:in|within|during|over)\s+(?:the\s+)?(?:next|coming|following)\s+(?:\w+\s+)?{_UNIT}",
    rf"within\s+{_COUNT}\s+(?:(?:calendar|working|business)\s+)?{_UNIT}(?:\s+of\s+(?:the\s+)?\w+)?|within\s+(?:the\s+)?"
    r"(?:week|month|year)",
    rf"in\s+{_COUNT}\s+{_UNIT}(?:[’']s?)?(?:\s+time)?(?=[.,;]|\s+(?:in|at|to|and)\b|$)",
    rf"{_COUNT}\s+{_UNIT}\s+ago",
    rf"(?:(?:by|before|until|on)\s+)?(?:last|next|this|the following|the previous)\s+"
    rf"(?:{_WEEKDAY}{_OF_DAY}|week|weekend|month|year|quarter|{_SEASON}|{_MONTH})",
    r"(?:before|by|until|ahead of|after)\s+(?:Christmas|(?:the )?New Year(?!’s|'s))",
    rf"(?<=\bthe ){_MONTH}(?=\s+(?:talks|round|meeting|session|summit|negotiations)\b)",
    r"(?:over|at)\s+the\s+weekend|this\s+(?:morning|afternoon|evening)|(?:(?:late|early)\s+)?last\s+night",
    rf"this\s+(?:coming|past)\s+(?:{_WEEKDAY}|week|weekend)",
    rf"(?:on\s+)?{_WEEKDAY}\s+and\s+{_WEEKDAY}(?!\s+\w+day)",
    rf"(?:from\s+)?{_WEEKDAY}\s*(?:-|–|to|until|through)\s*{_WEEKDAY}|between\s+{_WEEKDAY}\s+and\s+{_WEEKDAY}",
    rf"(?:(?:on|by|until|before|from|since|after)\s+)?{_WEEKDAY}{_OF_DAY}",
    r"(?:within|in|during|by the end of)\s+this\s+(?:quarter|week|month|year)",
    r"today|yesterday|tomorrow|tonight|the (?:following|next|same|previous) day",
)
_ANY = rf"\b(?:{'|'.join(_PHRASES)})\b"
_OR = compiled(r"\s+or\s+")
_ALONE = rf"(?:in\s+)?(?:{_PART}\s+)?(?:{_DAY}\s+)?(?:{_MONTH}{_YEAR}?|{_SEASON})\b"  # "or April", after "in March"
_TELLING = compiled(
    rf"\d|{'|'.join(MONTHS)}|\w+day|\b(?:today|yesterday|tomorrow|tonight|days?|weeks?|weekend"
    rf"|months?|years?|quarter|christmas|morning|afternoon|evening|night|{_SEASON})\b"
)

_PLACES = rf"(?:{CAPITAL}[\w.’'-]*(?:,?[ /](?:{CAPITAL}[\w.’'-]*|of|de|el)){{0,4}},?\s+)?"
_DATED = rf"\(?(?:{_MONTH}\s+{_DAY}|{_DAY}\s+{_MONTH}){_YEAR}?\)?\.?"
_DATELINE = cased(  # "OSLO, March 14 (Daily) -", and without a dash if the town is in capitals
    rf"{_PLACES}{_DATED}\s*(?:\([^()]{{2,40}}\)|/[^/]{{2,20}}/)?\s*(?:[-–—:]+|(?<=\)))\s+|"
    r"[A-Z][A-Z .,’'/-]+[A-Z]\s*\([A-Z][\w .]{1,20}\)\s*[-–—:]+\s+|"
    rf"[A-Z][A-Z .,’'/-]+[A-Z],?\s+(?:{CAPITAL}\w+,\s+)?{_DATED}\s+(?={CAPITAL})"
)
# "last year's dispute" dates the dispute alone; "Monday's talks" gives the day of the talks.
_OF_A_THING = compiled(
    r"(?:’s|'s)\s+(?!(?:[\w-]+\s+){0,3}?(?:meetings?|talks|rounds?|sessions?|negotiations?|summit|calls?|conference|"
    r"consultations?|discussions?|dialogue|visit|conversation|plenary|statement|announcement|remarks|briefing|interview|"
    r"speech|communiqu\w+)\b)"
)
# "two days before the deadline of 20 March", "a week after Canada closed its ports on March 4": some other day.
_COUNTED_FROM = (
    r"\b(?:(?:days?|weeks?|months?|years?|hours?) (?:after|before|ahead of|following|prior to)|eve of)\b[^,.;]{0,60}$"
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
        due = r"(?:by|before|within|until|till|at the end|(?:in|over) the (?:next|coming)|no later|not later)"
        return bool(re.match(due, self.words, re.IGNORECASE))

    @property
    def is_start(self) -> bool:
        """Whether the phrase gives the day from which something applies: "as of 1 October"."""
        return self.when.edtf.endswith("/..")


def days(
    text: str, published: date | None, looking: Literal["ahead", "back"] = "back", last: date | None = None
) -> list[Day]:
    """The date phrases of a sentence, in their order; "the following day" is the day after `last`."""
    if not _TELLING.search(text):
        return []
    found: list[Day] = []
    for start, end in _places(text):
        words = text[start:end]
        when = _read(words, published, looking)
        if last is not None and words.lower() in ("the following day", "the next day"):
            when = When((last + timedelta(days=1)).isoformat(), words)
        if len(when.edtf) == 10:
            last = when.latest  # "on 2 April … and withdrew it the following day"
        found.append(Day(start, end, words, when))
    return found


def dateline(text: str) -> int:
    """The end of the dateline of a sentence; 0 if it has none."""
    found = _DATELINE.match(text)
    return found.end() if found else 0


def telling(found: list[Day], text: str) -> list[Day]:
    """The date phrases of a sentence that may date what it tells: not its dateline, nor "last year's dispute"."""
    begins = dateline(text)
    return [
        day
        for day in found
        if day.start >= begins and not _OF_A_THING.match(text, day.end) and not counted_from(text[: day.start])
    ]


def counted_from(before: str) -> bool:
    """Whether the words before a day or a meeting count from it: "a week after the talks in Oslo ended"."""
    return bool(compiled(_COUNTED_FROM).search(before))


@lru_cache(maxsize=64)
def _places(text: str) -> tuple[tuple[int, int], ...]:
    """The places of the date phrases of a sentence; two that "or" joins are one: "late October or early November"."""
    found: list[tuple[int, int]] = []
    for match in compiled(_ANY).finditer(text):
        if not found or match.start() >= found[-1][1]:
            found.append((match.start(), _end_of_both(text, match.end())))
    return tuple(found)


def _end_of_both(text: str, end: int) -> int:
    """The end of the phrase that "or" joins to the one that ends here: "late October or early November"."""
    more = _OR.match(text, end)
    other = more and (compiled(_ANY).match(text, more.end()) or compiled(_ALONE).match(text, more.end()))
    return other.end() if other else end


def _last(weekday: str, words: str, published: date | None) -> When:
    """The day of "last Friday"; unknown if it may be of this week or of the week before."""
    if published is None or WEEKDAYS.index(weekday) < published.weekday():
        return When()
    back = (published.weekday() - WEEKDAYS.index(weekday)) % 7 or 7
    return When((published - timedelta(days=back)).isoformat(), words)


def _coming_week(published: date, words: str) -> When:
    """The days of "this coming week": the next week, from Friday on; before, perhaps this one."""
    monday = published + timedelta(days=7 - published.weekday())
    first = monday if published.weekday() >= WEEKDAYS.index("Friday") else published
    return When(f"[{first.isoformat()}..{(monday + timedelta(days=6)).isoformat()}]", words)


def _goes_on(first: str, last: str, published: date) -> bool:
    """Whether the day of publication is one of the days from one weekday to another, but not their last."""
    begins, ends = WEEKDAYS.index(first.capitalize()), WEEKDAYS.index(last.capitalize())
    return (published.weekday() - begins) % 7 < (ends - begins) % 7


@lru_cache(maxsize=1_000)
def _read(words: str, published: date | None, looking: Literal["ahead", "back"]) -> When:
    plain = " ".join(words.split())
    if winter := re.search(r"winter (?:of )?(20\d\d)/(?:20)?\d\d", plain, re.IGNORECASE):
        year = int(winter[1])
        return When(f"[{year}-12-01..{date(year + 1, 3, 1) - timedelta(days=1)}]", plain)
    if weekday := re.search(rf"\blast ({_WEEKDAY})", plain, re.IGNORECASE):
        return _last(weekday[1].capitalize(), plain, published)
    if published and compiled(r"this coming week$").match(plain):
        return _coming_week(published, plain)
    lasting = re.fullmatch(rf"(?:from |between )?({_WEEKDAY})\b.*\b({_WEEKDAY})", plain, re.IGNORECASE)
    if lasting and published and _goes_on(lasting[1], lasting[2], published):
        return When()  # "from Tuesday to Thursday", said on a Wednesday: of this week, of the last or of the next
    weekday = re.fullmatch(rf"(?:on )?({_WEEKDAY})", plain, re.IGNORECASE)
    unclear = (published.weekday() + (1 if looking == "back" else 0)) % 7 if published else None
    if weekday and WEEKDAYS.index(weekday[1].capitalize()) == unclear:
        return When()  # ambiguous: the next day, or six days ago; to come, the day of the report, or a week later
    plain = re.sub(rf"{_WEEKDAY},? (?=the \d|\d|{_MONTH})", "", plain, flags=re.IGNORECASE)  # "Thursday, 5 May"
    plain = re.sub(r"^not later", "no later", plain, flags=re.IGNORECASE)
    for attempt in (plain, re.sub(r"^(?:on|in|at|for|from|the|this) (?:the )?", "", plain, flags=re.IGNORECASE)):
        try:
            return parse(attempt, published, looking=looking)
        except Refusal:
            continue
    return When()
