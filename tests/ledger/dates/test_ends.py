"""A date whose end only a convention gives is not said to be over on the day after that end."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from ledger.dates import parse, surely_late, surely_over, valid
from tests.ledger.dates.strategies import whens

SAID = date(2025, 5, 22)


@pytest.mark.parametrize(
    ("phrase", "language", "last"),
    [
        ("June 10", "en", "2025-06-10"),
        ("by June 10", "en", "2025-06-10"),
        ("within 90 days", "en", "2025-08-20"),
        ("next week", "en", "2025-06-01"),
        ("by the end of June", "en", "2025-06-30"),
        ("late June", "en", "2025-06-30"),
        ("Q3 2025", "en", "2025-09-30"),
        ("early June", "en", "2025-06-30"),
        ("by mid-June", "en", "2025-06-30"),
        ("first week of June", "en", "2025-06-30"),
        ("around June 10", "en", "2025-06-30"),
        ("in two weeks", "en", "2025-06-30"),
        ("early next year", "en", "2026-12-31"),
        ("summer 2025", "en", "2025-12-31"),
        ("trong vòng 90 ngày", "vi", "2025-08-20"),
        ("cuối tháng 6", "vi", "2025-06-30"),
        ("đầu tháng 6", "vi", "2025-06-30"),
        ("giua thang 6", "vi", "2025-06-30"),
    ],
)
def test_a_date_is_surely_over_once_no_usual_meaning_of_its_words_lies_ahead(phrase, language, last):
    when = parse(phrase, SAID, looking="ahead", language=language)
    end = date.fromisoformat(last)
    assert not surely_over(when, end)
    assert surely_over(when, end + timedelta(1))
    assert surely_late(valid((end + timedelta(1)).isoformat()), when)
    assert not surely_late(valid(last), when)


@pytest.mark.parametrize(
    ("phrase", "language"),
    [
        ("in the coming weeks", "en"),
        ("over the next few months", "en"),
        ("within days", "en"),
        ("soon", "en"),
        ("trong những ngày tới", "vi"),
        ("nhung tuan toi", "vi"),
    ],
)
def test_what_has_no_named_period_is_never_surely_over(phrase, language):
    assert not surely_over(parse(phrase, SAID, looking="ahead", language=language), date(2035, 1, 1))


@given(whens)
def test_a_date_is_not_surely_over_before_its_last_possible_day(when):
    if when.latest is not None:
        assert not surely_over(when, when.latest)
    else:
        assert not surely_over(when, date.max)
