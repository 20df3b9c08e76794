"""Counting along the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.dates.calendar import months_on, moved

days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
counts = st.integers(-600, 600)


@pytest.mark.parametrize(
    ("day", "count", "unit", "then"),
    [
        ("2025-01-31", 1, "month", "2025-02-28"),
        ("2024-01-31", 1, "month", "2024-02-29"),
        ("2025-12-15", 1, "month", "2026-01-15"),
        ("2024-02-29", 1, "year", "2025-02-28"),
        ("2025-05-22", -2, "week", "2025-05-08"),
        ("2025-05-22", 1, "fortnight", "2025-06-05"),
        ("2025-05-22", 10, "day", "2025-06-01"),
    ],
)
def test_a_day_is_moved_along_the_calendar(day, count, unit, then):
    assert moved(date.fromisoformat(day), count, unit) == date.fromisoformat(then)


@given(days, counts)
def test_months_on_is_the_same_day_or_the_last_of_a_shorter_month(day, months):
    then = months_on(day, months)
    assert (then.year - day.year) * 12 + then.month - day.month == months
    assert then.day == day.day or (then.day < day.day and (then + timedelta(1)).day == 1)


@given(days, counts)
def test_months_on_and_back_is_never_a_later_day(day, months):
    assert months_on(months_on(day, months), -months) <= day
