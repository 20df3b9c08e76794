"""The axis: its labels are in order, inside the window, few enough to be read, and name each year once."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ledger.web.drawings.axis import axis_of, days_from, ordinal

LAST = date.max.toordinal()


@given(st.integers(1, LAST), st.integers(1, 400_000))
def test_labels_are_in_order_inside_the_window_and_at_most_sixteen(first: int, length: int) -> None:
    last = min(first + length, LAST)
    found = [*axis_of(first, last)]
    days = [day.toordinal() for day, _ in found]
    assert all(one < other for one, other in pairwise(days))
    assert all(first <= day <= last for day in days)
    assert len(found) <= 16


@given(st.integers(1, LAST - 800), st.integers(1, 800))
def test_each_year_is_named_at_its_first_label(first: int, length: int) -> None:
    years: list[int] = []
    for day, label in axis_of(first, first + length):
        assert (day.year not in years) == label.endswith(str(day.year))
        years.append(day.year)


def test_days_from_another_stay_within_the_calendar() -> None:
    assert days_from("2026-02-28", 1) == "2026-03-01"
    assert days_from("9999-12-31", 1) == "9999-12-31"
    assert ordinal("0001-01-01") == 1
