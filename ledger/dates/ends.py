"""Whether a date is surely over: an end that only a convention gives ("early June", "the coming weeks") may lie later.

A report that names no last day does not say that something is late on the day after the conventional one. So a task due
in early June is surely late only when June is over, and one due in the coming weeks never is.
"""

import re
from datetime import date, timedelta
from functools import cache

from ledger.dates.when import When, surely_after

# Words, English and Vietnamese, of a date whose end no report gives, in no named period.
_OPEN = (
    r"\b(?:coming|next|few|several|matter of|couple of|within|in|over) (?:days|weeks|months)\b"
    r"|\b(?:days|weeks|months) ahead\b"
    r"|\b(?:những|nhung|vài|vai|mấy|ít) (?:ngày|ngay|tuần|tuan|tháng|thang)\b"
)
# Words of a part of a named period, or of a day near another one.
_PART = (
    r"\b(?:early|mid|middle|beginning|start|(?:first|second|third|fourth) week|first days|spring|summer|autumn|fall"
    r"|winter|around|about|approximately|roughly|circa|đầu|dau|giữa|giua|khoảng|khoang|mùa|mua)\b"
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def surely_over_after(when: When) -> date | None:
    """The last day on which the date may still lie ahead; None if no day is surely after it.

    If its end is a convention, that is the last day of the month that contains the date, or else of the year.
    """
    last = when.latest
    if last is None or not when.phrase or _DAY.fullmatch(when.edtf):
        return last
    if _compiled(_OPEN).search(when.phrase):
        return None
    if not (_compiled(_PART).search(when.phrase) or "~" in when.edtf):
        return last
    first = when.earliest
    in_a_month = first is None or (first.year, first.month) == (last.year, last.month)
    after = date(last.year + (last.month == 12), last.month % 12 + 1, 1) if in_a_month else date(last.year + 1, 1, 1)
    return after - timedelta(1)


def surely_over(when: When, day: date) -> bool:
    """Whether the date is surely over on a day."""
    last = surely_over_after(when)
    return last is not None and last < day


def surely_late(done: When, due: When) -> bool:
    """Whether a task done on one date was surely done after the date by which it was due."""
    return surely_after(done, due) and done.earliest is not None and surely_over(due, done.earliest)


@cache
def _compiled(words: str) -> re.Pattern[str]:
    """The pattern, compiled when a date with a phrase is first asked about."""
    return re.compile(words, re.IGNORECASE)
