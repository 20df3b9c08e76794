"""Months, weekdays, and counting along the calendar.

Promises: a day counted on by months is a real day, the last of a month that is too short for it.
"""

from datetime import date, timedelta

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def month_length(year: int, month: int) -> int:
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1] + leap


def months_on(day: date, months: int) -> date:
    """The same day so many months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


def moved(day: date, count: int, unit: str) -> date:
    if unit in ("month", "year"):
        return months_on(day, count * (12 if unit == "year" else 1))
    return day + timedelta(count * {"day": 1, "week": 7, "fortnight": 14}[unit])
