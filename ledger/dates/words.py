"""Words of dates for which only a convention gives the first or the last day ("early June", "the coming weeks").

The report gives no such day. So an answer that counts or compares days does not use it as if it did.
"""

import re
from datetime import date, timedelta
from functools import cache

# Words, English and Vietnamese, of a date whose end no report gives, in no named period.
_OPEN = (
    r"\b(?:coming|next|few|several|matter of|couple of|within|in|over) (?:days|weeks|months)\b"
    r"|\b(?:days|weeks|months) ahead\b"
    r"|\b(?:những|nhung|vài|vai|mấy|ít) (?:ngày|ngay|tuần|tuan|tháng|thang)\b"
)
_OF_A_DAY = r"(?! (?:on|morning|afternoon|evening)\b)"  # "early on Friday" is a time of that day
# Words of a part of a named period, or of a day near another one.
_PART = (
    rf"\b(?:early{_OF_A_DAY}|mid|middle|beginning|start|(?:first|second|third|fourth) week|first days|spring|summer"
    r"|autumn|fall|winter|around|about|approximately|roughly|circa|đầu|dau|giữa|giua|khoảng|khoang|mùa|mua)\b"
)
# Words of the last part of a named period: only its beginning is a convention.
_LAST = rf"\b(?:late{_OF_A_DAY}|end|last (?:week|days)|cuối|cuoi)\b"
# Words of a part that begins within a named period, and of a time before the day on which they were said.
_WITHIN = (
    r"\b(?:mid|middle|(?:second|third|fourth) week|second half|spring|summer|autumn|fall|winter"
    r"|around|about|approximately|roughly|circa|giữa|giua|nửa cuối|khoảng|khoang|mùa|mua)\b"
)
_PAST = (
    r"\b(?:recent|past|last few|last several) (?:few |several |couple of )?(?:days|weeks|months)\b"
    r"|\b(?:ngày|ngay|tuần|tuan|tháng|thang) (?:qua|gần đây|gan day)\b"
)
_OF_MONTHS = 45  # days: parts of two months, such as late June or early July, are shorter
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def over_after(first: date | None, last: date | None, edtf: str, phrase: str) -> date | None:
    """The last day that a date in these words may mean; None if no day surely comes after it.

    `first` and `last` are its bounds. If its end is a convention, that is the last day of the month that contains the
    date, or else of the year.
    """
    if last is None or not phrase or _DAY.fullmatch(edtf):
        return last
    if _compiled(_OPEN).search(phrase):
        return None
    if not (_compiled(_PART).search(phrase) or "~" in edtf):
        return last
    in_a_month = first is None or (first.year, first.month) == (last.year, last.month)
    after = date(last.year + (last.month == 12), last.month % 12 + 1, 1) if in_a_month else date(last.year + 1, 1, 1)
    return after - timedelta(1)


def begins(first: date | None, last: date | None, edtf: str, phrase: str) -> date | None:
    """The first day that a date in these words may mean; None if every day is surely after some day that it may mean.

    `first` and `last` are its bounds. If its beginning is a convention, that is the first day of the month in which it
    begins, or of the year, if the date is longer than parts of two months.
    """
    if first is None or not phrase or _DAY.fullmatch(edtf):
        return first
    if _compiled(_PAST).search(phrase):
        return None
    if not (_compiled(f"{_LAST}|{_WITHIN}").search(phrase) or "~" in edtf):
        return first
    return first.replace(day=1) if last and (last - first).days < _OF_MONTHS else first.replace(month=1, day=1)


def conventional(first: date | None, last: date | None, edtf: str, phrase: str) -> bool:
    """Whether only a convention gives the first or the last day of a date in these words."""
    if not phrase or _DAY.fullmatch(edtf):
        return False
    begins = first is not None and _compiled(_LAST).search(phrase) is not None
    return begins or over_after(first, last, edtf, phrase) != last


@cache
def _compiled(words: str) -> re.Pattern[str]:
    """The pattern, compiled when a date with a phrase is first asked about."""
    return re.compile(words, re.IGNORECASE)
