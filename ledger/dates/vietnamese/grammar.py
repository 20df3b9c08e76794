"""The rules for ambiguous Vietnamese phrases: `tuần qua` always, `thang sau` and `toi 14/11` without diacritics.

Promise: each is refused with both of its readings.
"""

from ledger.dates.calendar import moved
from ledger.dates.phrase import (
    Reading,
    ReadingRules,
    Saying,
    Window,
    WindowRules,
    ending,
    week_around,
    whole_months,
)


def _next_month_or_june(saying: Saying) -> Window:
    """`tháng sau` is next month, `tháng sáu` is June."""
    today, ahead = saying.today, saying.looking == "ahead"
    this_june = whole_months(today.year, 6, 6, "month")
    over, to_come = this_june.last < today, this_june.first > today
    june = whole_months(today.year + (1 if ahead and over else -1 if to_come and not ahead else 0), 6, 6, "month")
    following = whole_months(today.year, today.month + 1, today.month + 1, "month")
    return june if june == following else saying.two_ways(following, june)


def _evening_or_until(saying: Saying, said: str) -> Reading:
    """`tối 14/11` is the evening of that day, `tới 14/11` is by that day."""
    day = saying.read(said)
    if saying.settled and day.last is not None:
        saying.two_ways(day, ending(day.last))
    return day


def _last_or_past(saying: Saying, unit: str) -> Reading:
    """`tuần qua` is last week, or the seven days up to today."""
    today = saying.today
    year, month = today.year, today.month
    last = {
        "week": week_around(moved(today, -1, "week")),
        "month": whole_months(year, month - 1, month - 1, "month"),
        "year": whole_months(year - 1, 1, 12, "year"),
    }
    saying.two_ways(last[unit], Window(moved(today, -1, unit), today, "days"))


READINGS: ReadingRules = (
    (r"toi (.+)", _evening_or_until),
    (r"(?:in |over |during )?(week|month|year) qua", _last_or_past),
)
WINDOWS: WindowRules = ((r"thang sau", _next_month_or_june),)
