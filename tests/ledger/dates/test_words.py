"""The words of dates whose days only a convention gives."""

from datetime import date

import pytest
from hypothesis import given

from ledger.dates import When, parse
from tests.ledger.dates.strategies import whens

SAID = date(2025, 5, 22)


@pytest.mark.parametrize(
    ("phrase", "convention"),
    [
        *((one, True) for one in ("early June", "late June", "by mid-June", "in the coming weeks", "end of June")),
        *((one, False) for one in ("by the end of June", "June", "June 10", "Q3 2025", "within 90 days", "next week")),
    ],
)
def test_a_convention_gives_a_day_of_a_date_whose_words_give_neither_day_nor_period(phrase, convention):
    assert parse(phrase, SAID, looking="ahead").is_conventional is convention


@given(whens)
def test_no_day_of_a_date_without_words_is_a_convention(when):
    assert not When(when.edtf).is_conventional
