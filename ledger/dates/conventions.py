"""The conventional meanings of imprecise words.

Promise: every number that a rule uses is here, once, with its reason; docs/dates.md shows the whole table.
"""

from typing import NamedTuple


class Convention(NamedTuple):
    """Numbers that the grammar uses, their wording in the documentation, and the reason for them."""

    first: int
    last: int
    says: str
    reason: str


_DAYS, _MONTHS = "days {first} to {last}", "months {first} to {last}"
_THIRD, _HALF = "a third; the last includes the rest", "a half; the second includes the rest"
_FROM_1ST, _WIDEST = (
    "seven days counted from the 1st, on any weekday",
    "Monday is day 1; the widest usual sense",
)
_OF_QUARTER, _SEASON = "a third of three months, also of a season", "whole months, northern hemisphere"
_ONWARDS, _AROUND = "from the day it was said until {last} days later", "{last} days either side"
_COARSE = "the coarser the date, the wider"

CONVENTIONS = {
    "early month": Convention(1, 10, _DAYS, _THIRD),
    "mid month": Convention(11, 20, _DAYS, _THIRD),
    "late month": Convention(21, 31, _DAYS, _THIRD),
    "first half month": Convention(1, 15, _DAYS, _HALF),
    "second half month": Convention(16, 31, _DAYS, _HALF),
    "first week": Convention(1, 7, _DAYS, _FROM_1ST),
    "second week": Convention(8, 14, _DAYS, _FROM_1ST),
    "third week": Convention(15, 21, _DAYS, _FROM_1ST),
    "fourth week": Convention(22, 28, _DAYS, _FROM_1ST),
    "last week": Convention(-6, 0, "the last seven days", "the same, counted from the end"),
    "first days": Convention(1, 7, _DAYS, "a week, as with the coming days"),
    "last days": Convention(-6, 0, "the last seven days", "a week, as with the coming days"),
    "early week": Convention(1, 3, _DAYS, _WIDEST),
    "mid week": Convention(2, 4, _DAYS, _WIDEST),
    "late week": Convention(4, 7, _DAYS, _WIDEST),
    "weekend": Convention(6, 7, _DAYS, "Saturday and Sunday; a week starts on Monday (ISO 8601)"),
    "Christmas": Convention(24, 26, "{first} to {last} December", "the widest usual sense; before it: by the 24th"),
    "early year": Convention(1, 4, _MONTHS, _THIRD),
    "mid year": Convention(5, 8, _MONTHS, _THIRD),
    "late year": Convention(9, 12, _MONTHS, _THIRD),
    "start year": Convention(1, 1, "January", "nearer the turn of the year than early"),
    "end year": Convention(12, 12, "December", "nearer the turn of the year than late"),
    "first half year": Convention(1, 6, _MONTHS, _HALF),
    "second half year": Convention(7, 12, _MONTHS, _HALF),
    "early quarter": Convention(1, 1, "its first month", _OF_QUARTER),
    "mid quarter": Convention(2, 2, "its second month", _OF_QUARTER),
    "late quarter": Convention(3, 3, "its third month", _OF_QUARTER),
    "spring": Convention(3, 5, "March to May", _SEASON),
    "summer": Convention(6, 8, "June to August", _SEASON),
    "autumn": Convention(9, 11, "September to November", _SEASON),
    "winter": Convention(12, 14, "December to February", _SEASON + "; with a year it has two meanings"),
    "coming days": Convention(0, 7, _ONWARDS, "a week; recent days: the same backwards"),
    "coming weeks": Convention(0, 28, _ONWARDS, "four weeks; recent weeks: the same backwards"),
    "coming months": Convention(0, 92, _ONWARDS, "three months; recent months: the same backwards"),
    "about a day": Convention(3, 3, _AROUND, _COARSE),
    "about a month": Convention(10, 10, _AROUND, _COARSE),
    "about a year": Convention(91, 91, _AROUND, _COARSE),
    "in N days": Convention(0, 6, "up to {last}: that day; more: about", "few days are counted exactly"),
    "over New Year": Convention(0, 183, "at most {last} days", "a longer range without years is probably reversed"),
    "soon": Convention(0, 0, "from the day it was said, no end", "no day was named, so never past due"),
    "later this": Convention(0, 0, "from the day it was said to the end", "later that day is possible"),
    "earlier this": Convention(0, 0, "from the start to the day it was said", "earlier that day is possible"),
    "on Friday": Convention(
        0, 0, "back: up to that day; ahead: after that day", "news reports name today by its weekday"
    ),
    "this Friday": Convention(0, 0, "of that week; ahead, if past, of the next", "it can be said of today"),
    "since, from": Convention(0, 0, "lasts from then, no end", "it begins then and goes on"),
    "until": Convention(
        0, 0, "the same as by; of a meeting that was held, lasts until then", "else a deadline is meant"
    ),
    "before": Convention(0, 0, "up to the day before it starts", "before the end of: by its last day"),
}


def about(edtf: str) -> int:
    """The number of days by which "about" widens a day, a month or a year."""
    return CONVENTIONS["about a " + {4: "year", 7: "month", 10: "day"}[len(edtf.rstrip("~%"))]].last
