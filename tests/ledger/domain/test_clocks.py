"""A question is asked of a day: the last one that a typed date or phrase may mean."""

from datetime import date

import pytest

from ledger.dates import When
from ledger.dates.errors import DateNotUnderstood
from ledger.domain.clocks import last_day, typed_day
from ledger.domain.errors import ClockUnclear

TODAY = date(2025, 6, 15)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2025-06-04", "2025-06-04"),
        ("June 4", "2025-06-04"),
        ("today", "2025-06-15"),
        ("May 2025", "2025-05-31"),
        ("../2025-06-04", "2025-06-04"),
    ],
)
def test_a_typed_date_is_the_last_day_that_it_may_mean(typed, day):
    assert typed_day("--as-of", typed, TODAY) == day


def test_a_date_without_a_last_day_is_refused_by_the_option_that_it_was_typed_for():
    with pytest.raises(ClockUnclear) as refused:
        typed_day("--reported-by", "2025-06-04/..", TODAY)
    assert str(refused.value) == (
        "--reported-by needs a date with a last day, and '2025-06-04/..' has none. Give a date such as 2025-06-04."
    )
    with pytest.raises(ClockUnclear, match="as-of needs a date with a last day, and 'unknown' has none"):
        last_day("as-of", When(), "unknown")


def test_what_is_not_a_date_is_refused():
    with pytest.raises(DateNotUnderstood):
        typed_day("--as-of", "smarch", TODAY)
