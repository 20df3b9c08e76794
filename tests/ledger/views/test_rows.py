"""States as rows and back, without loss."""

import sqlite3
from contextlib import closing
from datetime import date
from typing import NamedTuple, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.dates import When
from ledger.domain.states import Slugs
from ledger.views.rows import Evidence, LogRow, columns, from_row, period_of, periods, selected, to_row, to_values
from ledger.views.schema import HISTORIES

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
whens = st.builds(When, st.sampled_from(["", "2025-05-22", "[2025-06-01..2025-06-10]", "2025-05-19/..", "2025~"]), text)
VALUES = {
    str: text,
    str | None: st.none() | text,
    int: st.integers(-(2**63), 2**63 - 1),
    int | None: st.none() | st.integers(0, 999),
    bool: st.booleans(),
    When: whens,
    Slugs: st.lists(text, max_size=3).map(tuple),
}
STATES = [*dict.fromkeys(state for state, _ in HISTORIES.values()), LogRow, Evidence]


class Stood(NamedTuple):
    """A small state."""

    on: When
    by: Slugs
    number: int | None


@pytest.mark.parametrize("cls", STATES, ids=lambda cls: cls.__name__)
@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_a_state_read_from_its_row_is_the_same_state(cls, data):
    state = cls(*(data.draw(VALUES[hint]) for hint in get_type_hints(cls).values()))
    names = ", ".join(f"[{name}]" for name in columns(cls))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute(f"CREATE TABLE held ({names})")
        values = to_values(state)
        connection.execute(f"INSERT INTO held VALUES ({', '.join('?' * len(values))})", values)
        (row,) = connection.execute(f"SELECT {selected(cls)}, 'more' FROM held")
    assert from_row(cls, row) == state


def test_a_date_has_its_bounds_in_columns_of_their_own():
    found = to_row(Stood(When("[2025-06-01..2025-06-10]", "early June"), ("us", "vn"), None))
    assert found == {
        "on": "[2025-06-01..2025-06-10]",
        "on_phrase": "early June",
        "on_earliest": "2025-06-01",
        "on_latest": "2025-06-10",
        "by": '["us", "vn"]',
        "number": None,
    }
    assert list(found) == list(columns(Stood))


def test_an_open_date_has_no_bound_on_its_open_side():
    assert to_values(Stood(When("2025-05-19/.."), (), 2)) == ["2025-05-19/..", "", "2025-05-19", "", "[]", 2]


days = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat)


@given(st.lists(days, min_size=3, max_size=3).map(sorted))
def test_a_span_is_found_by_each_of_its_days(drawn):
    first, day, over = drawn
    assert period_of(first, "") in periods(day)
    if day < over:
        assert period_of(first, over) in periods(day)


def test_a_day_does_not_find_the_short_spans_of_other_years():
    of_2020 = {period_of(f"2020-{month:02}-01", f"2020-{month:02}-28") for month in range(1, 13)}
    assert of_2020.isdisjoint(periods("2025-05-22"))
