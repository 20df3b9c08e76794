"""The axis of a drawing along time: days as numbers, and the labels for which there is room."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ledger.dates.calendar import MONTHS

STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000)  # months from one label to the next
DAYS = {1: 13, 2: 26, 7: 91}  # days from one label to the next, and the longest window that has such labels


class AxisTick(NamedTuple):
    """A label on the axis."""

    x: float
    label: str


def ordinal(day: str) -> int:
    """A day (ISO) as a number of days."""
    return date.fromisoformat(day).toordinal()


def days_from(day: str, by: int) -> str:
    """The day that is some days from another, within the calendar."""
    number = ordinal(day) + by
    return date.fromordinal(number).isoformat() if 1 <= number <= date.max.toordinal() else day


def axis_of(first: int, last: int) -> Iterator[tuple[date, str]]:
    """The beginnings of days, weeks, months, quarters or years, with as many labels as there is room for."""
    year = 0
    for then, label in _ticks(first, last):
        yield then, label if then.year == year or label.isdigit() else f"{label} {then.year}"
        year = then.year


def _ticks(first: int, last: int) -> Iterator[tuple[date, str]]:
    days = next((step for step, longest in DAYS.items() if last - first <= longest), 0)
    if days:
        monday = (7 - date.fromordinal(first).weekday()) % 7
        for day in range(first + (monday if days == 7 else 0), min(last, date.max.toordinal()) + 1, days):
            then = date.fromordinal(day)
            yield then, f"{then.day} {MONTHS[then.month - 1][:3].title()}"
        return
    months = (last - first) / 30.4
    step = next(step for step in STEPS if months / step <= 12)
    begins = date.fromordinal(first)
    number = (begins.year * 12 + begins.month - 1) // step * step + step
    while (number // 12) < 10_000 and (then := date(number // 12, number % 12 + 1, 1)).toordinal() <= last:
        yield then, str(then.year) if then.month == 1 else MONTHS[then.month - 1][:3].title()
        number += step
