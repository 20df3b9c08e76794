"""A date whose end only a convention gives is not said to be over on the day after that end."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from ledger.dates import When, parse, surely_after, surely_begins, surely_late, surely_over, valid
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


@pytest.mark.parametrize(
    ("phrase", "language", "first"),
    [
        ("June 10", "en", "2025-06-10"),
        ("June", "en", "2025-06-01"),
        ("next week", "en", "2025-05-26"),
        ("early June", "en", "2025-06-01"),
        ("first week of June", "en", "2025-06-01"),
        ("late June", "en", "2025-06-01"),
        ("mid-June", "en", "2025-06-01"),
        ("around June 10", "en", "2025-06-01"),
        ("late June or early July", "en", "2025-06-01"),
        ("summer 2025", "en", "2025-01-01"),
        ("late 2025", "en", "2025-01-01"),
        ("cuối tháng 6", "vi", "2025-06-01"),
    ],
)
def test_a_date_surely_begins_no_later_than_any_usual_meaning_of_its_words(phrase, language, first):
    assert surely_begins(parse(phrase, SAID, looking="ahead", language=language)) == date.fromisoformat(first)


def test_what_was_done_in_recent_days_has_no_sure_beginning():
    recent = When("[2025-05-15..2025-05-22]", "in recent days")
    assert surely_begins(recent) is None
    assert not surely_after(recent, valid("2025-05-01"))


@pytest.mark.parametrize(
    ("later", "earlier", "surely"),
    [
        ("late June", "June 5", False),
        ("late June", "May 31", True),
        ("June 12", "early June", False),
        ("July 1", "early June", True),
        ("late June", "early June", True),  # their words have this order, wherever the one ends and the other begins
        ("early July", "late June", True),
        ("June 11", "June 10", True),
        ("July", "June", True),
    ],
)
def test_a_day_that_only_a_convention_gives_does_not_tell_an_order(later, earlier, surely):
    one, other = (parse(phrase, SAID, looking="ahead") for phrase in (later, earlier))
    assert surely_after(one, other) is surely
    assert not surely_after(other, one)


@given(whens, whens)
def test_no_date_is_surely_after_another_unless_all_its_days_are(one, other):
    assert not surely_after(one, other) or (one.earliest > other.latest and not surely_after(other, one))
    first = surely_begins(one)
    assert first is None or first <= one.earliest


@pytest.mark.parametrize("phrase", ["ended early on Friday", "ended late on 16 May"])
def test_early_or_late_on_a_day_is_a_time_of_that_day_and_no_convention(phrase):
    ended = parse(phrase, SAID)
    assert not ended.is_conventional
    assert ended.brief() == "until 2025-05-16"
