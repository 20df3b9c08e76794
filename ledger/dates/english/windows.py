"""The rules for one day or window: 4 June, Friday, early June, the third quarter.

Promises: a day that does not exist is refused with the nearest real day; a phrase that could mean two windows is
refused with both.
"""

from calendar import monthrange
from datetime import date, timedelta

from ledger.dates.calendar import MONTHS, WEEKDAYS
from ledger.dates.conventions import CONVENTIONS
from ledger.dates.english.spelling import DAY, DAYS_AWAY, MONTH, SEASON_NAME, WEEKDAY, YEAR
from ledger.dates.phrase import Saying, Window, WindowRules, one_day, part_of, week_around, whole_months


def _month_day(saying: Saying, weekday: str | None, month: str, day: str, year: str | None) -> Window:
    of_year, of_month = int(year or saying.assume_year()), MONTHS.index(month) + 1
    number = int(day.rstrip("dhnrst"))
    length = monthrange(of_year, of_month)[1]
    found = date(of_year, of_month, max(1, min(number, length)))
    other_year = "" if year else " Add the year if another is meant."
    nearest_day = f"{month.title()} {of_year} has {length} days; the nearest real day is {found}.{other_year}"
    saying.require(found.day == number, nearest_day)
    is_a = WEEKDAYS[found.weekday()]
    rightly = weekday in (None, is_a)
    saying.require(rightly, f"{found} is a {is_a.title()}: drop the weekday, or correct the date.")
    return one_day(found)


def _day_month(saying: Saying, weekday: str | None, day: str, month: str, year: str | None) -> Window:
    return _month_day(saying, weekday, month, day, year)


def _in_numbers(saying: Saying, one: str, other: str, year: str) -> Window:
    """A date in numbers, if only one order of day and month is possible: 13/04/2025."""
    orders = dict.fromkeys([(one, other), (other, one)])
    months = [(day, MONTHS[int(month) - 1]) for day, month in orders if 1 <= int(month) <= 12]
    days = [_month_day(saying, None, month, day, year) for day, month in months]
    if len(days) == 2:
        saying.two_ways(*days)
    return days[0] if days else saying.refuse()


def _days_away(saying: Saying, name: str) -> Window:
    return one_day(saying.today + timedelta(DAYS_AWAY[name]))


def _day_by_name_and_date(saying: Saying, name: str, said: str) -> Window:
    day = _days_away(saying, name)
    found = saying.in_year(day.first.year).window(said)
    saying.require(found == day, f"The day that is called {name} was {day.edtf}: drop it, or correct the date.")
    return day


def _weekday(saying: Saying, which: str | None, weekday: str) -> Window:
    number, today = WEEKDAYS.index(weekday), saying.today
    since = (today.weekday() - number) % 7
    after = today + timedelta(7 - since)
    if which == "next":
        saying.two_ways(one_day(after), one_day(after + timedelta(7)))
    if which in ("last", "past"):
        return one_day(today - timedelta(since or 7))
    if which == "this":
        this_week = today + timedelta(number - today.weekday())
        return one_day(after if saying.looking == "ahead" and this_week < today else this_week)
    return one_day(today - timedelta(since) if which is None and saying.looking == "back" else after)


def _weekday_of(saying: Saying, weekday: str, week: str) -> Window:
    return one_day(saying.window(week).first + timedelta(WEEKDAYS.index(weekday)))


def _nth_weekday(saying: Saying, which: str, weekday: str, of: str) -> Window:
    """The second Tuesday of June; the last Friday of the year."""
    whole, number = saying.window(of), WEEKDAYS.index(weekday)
    if whole.unit not in ("month", "quarter", "year"):
        saying.refuse()
    if which == "last":
        return one_day(whole.last - timedelta((whole.last.weekday() - number) % 7))
    weeks = ("first", "second", "third", "fourth").index(which)
    return one_day(whole.first + timedelta((number - whole.first.weekday()) % 7 + 7 * weeks))


def _christmas(saying: Saying, year: str | None) -> Window:
    december = _month(saying, "december", year)
    return part_of(december, CONVENTIONS["Christmas"])


def _new_year(saying: Saying) -> Window:
    return whole_months(saying.today.year + (saying.looking == "ahead"), 1, 12, "year")


def _edge_of(saying: Saying, which: str, of: str) -> Window:
    whole = saying.window(of)
    return one_day(whole.first if which == "first" else whole.last)


def _month(saying: Saying, month: str, year: str | None) -> Window:
    number = MONTHS.index(month) + 1
    return whole_months(int(year or saying.assume_year()), number, number, "month")


def _day_of(saying: Saying, day: str, month: str) -> Window:
    whole, number = saying.window(month), int(day.rstrip("dhnrst"))
    found = whole.first + timedelta(max(number, 1) - 1)
    rightly = found.day == number and found <= whole.last
    saying.require(rightly, f"{whole.edtf} has {whole.last.day} days.")
    return one_day(found)


def _year(saying: Saying, year: str) -> Window:
    return whole_months(int(year), 1, 12, "year")


def _this_last_next(saying: Saying, which: str | None, unit: str) -> Window:
    step = {"before last": -2, "last": -1, "next": 1, "after next": 2}.get(which or "this", 0)
    if unit == "week":
        whole = week_around(saying.today + timedelta(7 * step))
    else:
        length = {"month": 1, "quarter": 3, "year": 12}[unit]
        start = (saying.today.month - 1) // length * length + 1 + step * length
        whole = whole_months(saying.today.year, start, start + length - 1, unit)
    # An event of this week happened by the day of the report; a month or a year is written by its name.
    past = saying.looking == "back" and step == 0 and unit in ("week", "quarter")
    return whole._replace(last=saying.today) if past else whole


def _after_next(saying: Saying, unit: str, which: str) -> Window:
    return _this_last_next(saying, which, unit)


def _week_of(saying: Saying, said: str) -> Window:
    return week_around(saying.window(said).first)


def _weekend(saying: Saying, which: str | None) -> Window:
    past = which == "last" or (which != "coming" and saying.looking == "back" and saying.today.weekday() < 5)
    weekends = [part_of(week_around(saying.today + timedelta(days)), CONVENTIONS["weekend"]) for days in (-7, 0, 7)]
    if which == "next":
        saying.two_ways(weekends[1], weekends[2])
    return weekends[0 if past else 1]


def _weekend_of(saying: Saying, said: str) -> Window:
    return part_of(week_around(saying.window(said).first), CONVENTIONS["weekend"])


def _quarter(saying: Saying, number: str, of: str | None) -> Window:
    whole = saying.window(of) if of else None
    if whole and whole.unit != "year":
        saying.refuse()
    year = whole.first.year if whole else saying.assume_year()
    return whole_months(year, int(number) * 3 - 2, int(number) * 3, "quarter")


def _season(saying: Saying, name: str, year: str | None) -> Window:
    if name == "winter" and year:
        saying.two_ways(_season_of(int(year) - 1, name), _season_of(int(year), name))
    return _season_of(int(year or saying.assume_year()), name)


def _season_of(year: int, name: str) -> Window:
    return whole_months(year, CONVENTIONS[name].first, CONVENTIONS[name].last, "quarter")


def _which(saying: Saying, which: str, name: str) -> Window:
    """The named month or season; refuses "next June" before this year's, and "last June" after this year's.

    "This past June" is the last that is over, and "coming June" is the first that is not.
    """

    def window(year: int) -> Window:
        return _month(saying, name, str(year)) if name in MONTHS else _season_of(year, name)

    this, ahead = window(saying.today.year), which in ("next", "coming")
    if which == "this":
        return this
    other = window(saying.today.year + (1 if ahead else -1))
    if not (this.first > saying.today if ahead else this.last < saying.today):
        return other
    return this if which in ("coming", "past") else saying.two_ways(this, other)


def _of_year(saying: Saying, said: str, year: str) -> Window:
    return saying.in_year(saying.window(year).first.year).window(said)


def _portion(saying: Saying, which: str, of: str) -> Window:
    whole = saying.window(of)
    wider = {"start": "early", "end": "late"}.get(which, which)
    part = CONVENTIONS.get(f"{which} {whole.unit}") or CONVENTIONS.get(f"{wider} {whole.unit}")
    if whole.unit == "day":
        return whole
    return part_of(whole, part) if part else saying.refuse()


def _half(saying: Saying, which: str, of: str | None) -> Window:
    return _portion(saying, f"{which} half", of or str(saying.assume_year()))


def _counted(saying: Saying, which: str, of: str) -> Window:
    """A week or some days counted from the start or the end of a longer window."""
    whole, part = saying.window(of), CONVENTIONS[which]
    if whole.unit not in ("month", "quarter", "year"):
        saying.refuse()
    day_0 = whole.last if which.startswith("last") else whole.first - timedelta(1)
    return Window(day_0 + timedelta(part.first), day_0 + timedelta(part.last), "days")


def _later(saying: Saying, of: str) -> Window:
    whole = saying.window(of)
    saying.require(whole.last >= saying.today, f"{whole.edtf} was over when it was said.")
    return whole if whole.first >= saying.today else Window(saying.today, whole.last, "days")


def _earlier(saying: Saying, of: str) -> Window:
    whole = saying.window(of)
    saying.require(whole.first <= saying.today, f"{whole.edtf} had not begun when it was said.")
    return whole if whole.last <= saying.today else Window(whole.first, saying.today, "days")


_THIS_LAST_NEXT_YEAR = "((?:this|last|next) year)"
WINDOWS: WindowRules = (
    (rf"(?:({WEEKDAY}) )?({MONTH}) ({DAY})(?: ({YEAR}))?", _month_day),
    (rf"(?:({WEEKDAY}) )?({DAY})(?: of)? ({MONTH})(?: ({YEAR}))?", _day_month),
    (rf"([0-9]{{1,2}})/([0-9]{{1,2}})/({YEAR})", _in_numbers),
    ("(" + "|".join(DAYS_AWAY) + ")", _days_away),
    ("(" + "|".join(DAYS_AWAY) + ") (.+)", _day_by_name_and_date),
    (rf"(?:(?:this )?(this|last|past|next|coming) )?({WEEKDAY})", _weekday),
    (rf"({WEEKDAY})(?: of)? ((?:this|last|next) week|week (?:of|after|before) .+)", _weekday_of),
    (rf"(first|second|third|fourth|last) ({WEEKDAY}) (?:of|in) (.+)", _nth_weekday),
    (r"(first|last) day of (.+)", _edge_of),
    (r"new year", _new_year),
    (rf"christmas(?: ({YEAR}))?", _christmas),
    (rf"({DAY}) of ((?:this|next|last) month)", _day_of),
    (rf"({MONTH})(?: of)?(?: ({YEAR}))?", _month),
    (rf"({YEAR})", _year),
    (r"(?:(this|last|next) )?(week|month|quarter|year)", _this_last_next),
    (r"(week|month|quarter|year) (after next|before last)", _after_next),
    (r"week (?:of|starting|start|beginning|commencing) (.+)", _week_of),
    (r"(?:(this|last|next|coming) )?weekend", _weekend),
    (r"weekend of (.+)", _weekend_of),
    (r"q([1-4])(?:(?: of)? (.+))?", _quarter),
    (rf"({SEASON_NAME})(?:(?: of)? ({YEAR}))?", _season),
    (rf"(?:(?:this )?(?=past|coming))?(this|last|past|next|coming) ({MONTH}|{SEASON_NAME})", _which),
    (rf"(.*\b(?:{MONTH}|{SEASON_NAME})\b.*?)(?: of)? {_THIS_LAST_NEXT_YEAR}", _of_year),
    (r"(early|mid|late|start|end)(?: of| in| on)? (.+)", _portion),
    (r"(first|second) half(?:(?: of)? (.+))?", _half),
    (r"((?:first|second|third|fourth|last) week|(?:first|last) days) (?:of|in) (.+)", _counted),
    (r"later(?: in| on)? (.+)", _later),
    (r"earlier(?: in| on)? (.+)", _earlier),
)
