"""The rules for phrases with two sides, and for durations: May 19 to 22, 21 or 22 May, from June 10 on.

Promises: a side is never more precise than it was said, except for the month and year of the other side; a range never
ends before it starts.
"""

import re
from datetime import timedelta

from ledger.dates.calendar import WEEKDAYS
from ledger.dates.conventions import CONVENTIONS
from ledger.dates.edtf import shown
from ledger.dates.english.spelling import DAY, MONTH, WEEKDAY, YEAR
from ledger.dates.errors import DateEndsBeforeItStarts
from ledger.dates.phrase import Reading, ReadingRules, Saying, Window, exactly, one_day


def _lend(one: str, other: str) -> tuple[str, str]:
    """Copy to each side the words that only the other has: May 19 to 22; 9 to 12 June; early or mid June."""
    bare_day = rf"(?:{WEEKDAY} )?{DAY}"
    if re.fullmatch(rf"{bare_day}(?: {YEAR})?", other) and (month := re.search(MONTH, one)):
        other = re.sub("(?=[0-9])", month[0] + " ", other, count=1)
    elif re.fullmatch(bare_day, one) and (month := re.search(MONTH, other)):
        one = re.sub("(?=[0-9])", month[0] + " ", one, count=1)
    elif re.fullmatch("early|mid|late|start|first|second|third", one):
        one = f"{one} {other.partition(' ')[2]}"
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


def side_of(saying: Saying, window: Window) -> str:
    """One side of a duration: the narrowest day, month or year that contains the window."""
    for size in () if window.named else (7, 4):
        if window.first.isoformat()[:size] == window.last.isoformat()[:size]:
            return window.first.isoformat()[:size]
    return window.edtf if window.named else saying.refuse()


def _lasting(saying: Saying, one: str, other: str) -> Reading:
    """A duration from one side to the other; some day within, if EDTF has a name for neither: early to mid June."""
    first, second = _two(saying, one, other)
    if not first.named and not second.named:
        return exactly(Window(first.first, second.last, "days"))
    return Reading(f"{side_of(saying, first)}/{side_of(saying, second)}", first.first, second.last)


def _between(saying: Saying, one: str, other: str) -> Reading:
    first, second = _two(saying, one, other)
    named = f"[{first.edtf}..{second.edtf}]" if first.named and second.named else ""
    return Reading(named or f"[{first.first}..{second.last}]", first.first, second.last)


def _either(saying: Saying, one: str, other: str) -> Reading:
    first, second = _two(saying, one, other)
    if first.named and second.named:
        return Reading(f"[{first.edtf},{second.edtf}]", first.first, second.last)
    apart = (second.first - first.last).days > 1
    return saying.refuse() if apart else Reading(f"[{first.first}..{second.last}]", first.first, second.last)


def _both(saying: Saying, one: str, other: str) -> Reading:
    """Two consecutive days are one duration; any other two are two dates."""
    first, second = _two(saying, one, other)
    together = first.unit == second.unit == "day" and (second.first - first.last).days == 1
    saying.require(together, "Those are two dates: file two entries, or say between, or, or to.")
    return Reading(f"{first.edtf}/{second.edtf}", first.first, second.last)


def lasting_from(saying: Saying, said: str) -> Reading:
    window = saying.window(said)
    return Reading(f"{side_of(saying, window)}/..", window.first, None)


RANGES: ReadingRules = (
    (r"between (.+?) and (.+)", _between),
    (r"(?:from )?(.+?) (?:to|until|through|up to) (.+)", _lasting),
    (r"(?:either )?(.+?) or (.+)", _either),
    (r"(.+?) and (.+)", _both),
    (r"(?:from|starting|effective|as of|as from)(?: on| in| from)? (.+?)(?: on| onwards?)?", lasting_from),
)
