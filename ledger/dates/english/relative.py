"""The rules that count from the day it was said: soon, in the coming weeks, within 90 days, two weeks ago.

Promises: a window starts or ends on the day it was said, unless another is named; a few days are counted exactly, and
more are read as approximate.
"""

from datetime import timedelta

from ledger.dates.calendar import moved
from ledger.dates.conventions import CONVENTIONS, about
from ledger.dates.english.spelling import COUNT, COUNTS, UNIT
from ledger.dates.phrase import Reading, ReadingRules, Saying, Window, ending, exactly, one_day, starting, whole_months


def _soon(saying: Saying) -> Reading:
    return starting(saying.today)


def _recently(saying: Saying) -> Reading:
    return ending(saying.today)


def _coming(saying: Saying, unit: str) -> Reading:
    return exactly(Window(saying.today, saying.today + timedelta(CONVENTIONS[f"coming {unit}"].last), "days"))


def _recent(saying: Saying, unit: str) -> Reading:
    return exactly(Window(saying.today - timedelta(CONVENTIONS[f"coming {unit}"].last), saying.today, "days"))


def _count(count: str | None) -> int:
    return COUNTS[count] if count in COUNTS else int(count or 1)


def _coming_hours(saying: Saying) -> Reading:
    return exactly(Window(saying.today, saying.today + timedelta(1), "days"))


def _within(saying: Saying, count: str | None, unit: str, of: str | None = None) -> Reading:
    base = saying.window(of) if of else one_day(saying.today)
    return exactly(Window(base.first, moved(base.last, _count(count), unit), "days"))


def _within_working_days(saying: Saying, count: str, of: str | None = None) -> Reading:
    """Working days are Monday to Friday; as some of them may be holidays, the last day is approximate."""
    base = saying.window(of) if of else one_day(saying.today)
    last, left = base.last, _count(count)
    while left:
        last += timedelta(1)
        left -= last.weekday() < SATURDAY
    return Reading(f"{base.first}/{last}~", base.first, last)


def _within_past(saying: Saying, count: str | None, unit: str) -> Reading:
    return exactly(Window(moved(saying.today, -_count(count), unit), saying.today, "days"))


def _in_days_or_months(saying: Saying, count: str, unit: str, sign: int = 1) -> Reading:
    day = moved(saying.today, sign * _count(count), unit)
    if unit in ("month", "year"):
        month = whole_months(day.year, day.month, day.month, "month")
        return Reading(month.edtf + "~", month.first, month.last)
    exact = abs((day - saying.today).days) <= CONVENTIONS["in N days"].last
    return Reading(day.isoformat() + ("" if exact else "~"), day, day)


def _in_so_many(saying: Saying, fewest: str, most: str, unit: str) -> Reading:
    first, last = (_in_days_or_months(saying, count, unit) for count in (fewest, most))
    wider = [timedelta(about(end.edtf) if end.edtf.endswith("~") else 0) for end in (first, last)]
    if not (first.first and last.last and first.first <= last.last):
        saying.refuse()
    return exactly(Window(max(first.first - wider[0], saying.today), last.last + wider[1], "days"))


def _within_so_many(saying: Saying, fewest: str, most: str, unit: str) -> Reading:
    return _within(saying, most, unit)


def _ago(saying: Saying, count: str, unit: str) -> Reading:
    return _in_days_or_months(saying, count, unit, -1)


SATURDAY = 5  # as `date.weekday` counts
FROM_TODAY: ReadingRules = (
    (r"(?:very )?soon|shortly|promptly|immediately|before long", _soon),
    (r"(?:as )?(?:soon|early|quickly) as possible", _soon),
    (r"near future|due (?:course|time)|an? (?:early|later) (?:date|time)|coming (?:time|period)", _soon),
    (r"(?:an? )?(?:earliest|early) (?:opportunity|possible (?:date|time))|(?:time|period) ahead", _soon),
    (r"recently|lately|already", _recently),
    (r"(?:(?:in|within|over|during|coming|next|few|several|a|matter of) ){1,5}(days|weeks|months)", _coming),
    (r"(?:(?:in|within|over|next|coming|few|several|a|matter of) ){1,5}hours", _coming_hours),
    (r"(?:recent|(?:past|last)(?: few| several)?) (days|weeks|months)", _recent),
    (r"(?:a )?(?:few|several) (days|weeks|months) ago", _recent),
    (rf"within (?:next |coming )?(?:a )?{COUNT} {UNIT}(?: (?:of|from|after) (.+))?", _within),
    (rf"within (?:next |coming )?{COUNT} working days?(?: (?:of|from|after) (.+))?", _within_working_days),
    (rf"(?:next|coming) {COUNT} {UNIT}", _within),
    (rf"coming(?: {COUNT})? (week|month|year)", _within),
    (rf"(?:last|past) {COUNT} {UNIT}", _within_past),
    (rf"past(?: {COUNT})? (week|month|year)", _within_past),
    (rf"(?:within|(?:in|over) (?:next|coming)) {COUNT} (?:to|or) {COUNT} {UNIT}", _within_so_many),
    (rf"in (?:about |around )?{COUNT} (?:to|or) {COUNT} {UNIT}(?: time)?", _in_so_many),
    (rf"in (?:about |around )?(?:a )?{COUNT} {UNIT}(?: time)?", _in_days_or_months),
    (rf"(?:a )?{COUNT} {UNIT} (?:from today|hence)", _in_days_or_months),
    (rf"(?:a )?{COUNT} {UNIT} ago", _ago),
)
