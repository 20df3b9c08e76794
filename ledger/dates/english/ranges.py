"""The rules for phrases with two sides, and for durations: May 19 to 22, 21 or 22 May, from June 10 on.

Promises: a side is never more precise than it was said, except for the month and year of the other side; a range never
ends before it starts.
"""

import re
from datetime import timedelta

from ledger.dates.calendar import WEEKDAYS
from ledger.dates.conventions import CONVENTIONS
from ledger.dates.edtf import shown
from ledger.dates.english.spelling import DAY, MONTH, SEASON_NAME, WEEKDAY, YEAR
from ledger.dates.errors import DateEndsBeforeItStarts
from ledger.dates.phrase import Reading, ReadingRules, Saying, Window, ending, exactly, one_day, part_of, starting

_YEARLY = rf"{MONTH}(?! {YEAR})|{SEASON_NAME}$|q[1-4]$|half$"


def _month_of(side: str) -> str:
    """The month in which a side names a day; "" if it names none."""
    found = re.search(rf"\b{DAY}(?: of)? ({MONTH})|({MONTH}) {DAY}(?![0-9])", side)
    return (found[1] or found[2]) if found else ""


def _lend(one: str, other: str) -> tuple[str, str]:
    """Copy to each side the words that only the other has: May 19 to 22; early or mid June; this week or next."""
    one, other = (re.sub(r"^(?:on|in|at|during) ", "", side) for side in (one, other))
    bare_day = rf"(?:{WEEKDAY} )?{DAY}"
    if re.fullmatch(rf"{bare_day}(?: {YEAR})?", other) and (month := _month_of(one)):
        other = re.sub("(?=[0-9])", month + " ", other, count=1)
    elif re.fullmatch(bare_day, one) and (month := _month_of(other)):
        one = re.sub("(?=[0-9])", month + " ", one, count=1)
    elif re.fullmatch("early|mid|late|start|first|second|third", one):
        one = f"{one} {other.partition(' ')[2]}"
    elif (unit := re.search(r"\b(?:week|weekend|month|quarter|year)$", one)) and re.search(r"(?:^|\b)next$", other):
        other = f"{other} {unit[0]}"
    elif (unit := re.fullmatch(r"next (week|month|year)", one)) and re.fullmatch(f"(?:{unit[1]}|one) after", other):
        other = f"{unit[1]} after next"
    if (year := re.search(" (?:this|last|next) year$", other)) and re.search(_YEARLY, one) and "year" not in one:
        one += year[0]
    return one, other


def _two(saying: Saying, one: str, other: str) -> tuple[Window, Window]:
    """Both sides. A year that only one side names applies to both, across New Year if needed."""
    one, other = _lend(one, other)
    named = [int(match[0]) if (match := re.search(rf"\b{YEAR}\b", side)) else None for side in (one, other)]
    first = saying.in_year(named[1]).window(one)
    second = saying.in_year(named[0]).window(other)
    if second.last >= first.first:
        return first, second
    if one in WEEKDAYS and other in WEEKDAYS:
        return _weekdays_in_turn(saying, first, second)
    if named[1] and not named[0]:
        first = saying.in_year(named[1] - 1).window(one)
    elif not named[1]:
        second = saying.in_year((named[0] or saying.year) + 1).window(other)
    if (second.last - first.first).days not in range(CONVENTIONS["over New Year"].last + 1):
        advice = "Put the earlier date first, or add the years."
        raise DateEndsBeforeItStarts(text=shown(saying.text), suggestion=advice)
    return first, second


def _weekdays_in_turn(saying: Saying, first: Window, second: Window) -> tuple[Window, Window]:
    if saying.looking == "back":
        return one_day(first.first - timedelta(7)), second
    return first, one_day(second.first + timedelta(7))


def _side(window: Window) -> str:
    """One side of a duration: the day, month or year that EDTF writes for the window; "" if it has none."""
    if window.named:
        return window.edtf
    month = window.first.isoformat()[:7]
    return month if window.last.isoformat()[:7] == month else ""


def _lasting(saying: Saying, one: str, other: str) -> Reading:
    """A duration from one side to the other; some day within, if EDTF cannot write one: early to mid June."""
    first, second = _two(saying, one, other)
    if not (_side(first) and _side(second)) or not (first.named or second.named):
        return exactly(Window(first.first, second.last, "days"))
    return Reading(f"{_about_a_day(first)}/{_about_a_day(second)}", first.first, second.last)


def _about_a_day(window: Window) -> str:
    """The side of a duration; a week or less is about its middle day, which is never narrower than the window."""
    length = (window.last - window.first).days
    short = not window.named and length <= 2 * CONVENTIONS["about a day"].last
    return f"{window.first + timedelta(length // 2)}~" if short else _side(window)


def _between(saying: Saying, one: str, other: str) -> Reading:
    if saying.lasting:
        return _lasting(saying, one, other)
    first, second = _two(saying, one, other)
    named = f"[{first.edtf}..{second.edtf}]" if first.named and second.named else ""
    return Reading(named or f"[{first.first}..{second.last}]", first.first, second.last)


def _either(saying: Saying, one: str, other: str) -> Reading:
    first, second = _two(saying, one, other)
    if first.named and second.named:
        return Reading(f"[{first.edtf},{second.edtf}]", first.first, second.last)
    saying.require((second.first - first.last).days <= 1, "")
    return Reading(f"[{first.first}..{second.last}]", first.first, second.last)


def _both(saying: Saying, one: str, other: str) -> Reading:
    """Two consecutive days are one duration; any other two are two dates."""
    first, second = _two(saying, one, other)
    together = first.unit == second.unit == "day" and (second.first - first.last).days == 1
    saying.require(together, "Those are two dates: file two entries, or say between, or, or to.")
    return Reading(f"{first.edtf}/{second.edtf}", first.first, second.last)


def lasting_from(saying: Saying, said: str) -> Reading:
    """A duration from a window on; on or after its first day, if EDTF cannot write the duration: from next week."""
    window = saying.window(said)
    side = _side(window)
    return Reading(f"{side}/..", window.first, None) if side else starting(window.first)


def lasting_until(saying: Saying, said: str) -> Reading:
    """A duration up to a window, without a start; on or before its last day, if EDTF cannot write the duration."""
    window = saying.window(said)
    return Reading(f"../{window.edtf}", None, window.last) if window.named else ending(window.last)


def _beginning(saying: Saying, said: str) -> Reading:
    """Beginning July 1 means from that day on; beginning July may also mean the beginning of July."""
    since, window = lasting_from(saying, said), saying.window(said)
    part = CONVENTIONS.get(f"early {window.unit}")
    if part is not None and saying.settled:
        saying.two_ways(part_of(window, part), since)
    return since


_FROM = "(?:with effect from|from|starting|effective|as of|as from)"
RANGES: ReadingRules = (
    (r"between (.+?) and (.+)", _between),
    (r"(?:from )?(.+?) (?:to|until|through|up to) (.+)", _lasting),
    (r"(?:either )?(.+?) or (.+)", _either),
    (r"(.+?) and (.+)", _both),
    (rf"{_FROM}(?: on| in| from| as of)? (.+?)(?: on| onwards?)?", lasting_from),
    (r"beginning (?:from|on|in) (.+)", lasting_from),
    (r"beginning (.+)", _beginning),
)
