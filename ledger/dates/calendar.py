"""Months, weekdays, and calendar arithmetic.

Promise: adding months to a day gives a real day; if the month is too short, it is the last day of that month.
"""

from calendar import monthrange
from datetime import date, timedelta

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def months_on(day: date, months: int) -> date:
    """The same day `months` later (earlier if negative), or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def moved(day: date, count: int, unit: str) -> date:
    """The day `count` days, weeks, fortnights, months or years later."""
    if unit in ("month", "year"):
        return months_on(day, count * (12 if unit == "year" else 1))
    return day + timedelta(count * {"day": 1, "week": 7, "fortnight": 14}[unit])
