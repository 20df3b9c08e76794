"""Amounts: shown as precisely as they were given, and compared without a sharper meaning."""

import pytest
from hypothesis import given

from ledger.domain.figures.amount import Amount, compatible, more_precise, singular
from ledger.domain.figures.reading import parse
from tests.ledger.domain.figures.strategies import amounts

SHOWN = [
    (Amount("46", "46", unit="percent"), "46 percent"),
    (Amount("3200000000", "3200000000", about=True, unit="US$"), "about US$3.2 billion"),
    (Amount("20", "", unit="percent"), "at least 20 percent"),
    (Amount("20", "", beyond=True), "more than 20"),
    (Amount("", "15000", unit="tonnes", per="year"), "at most 15,000 tonnes per year"),
    (Amount("", "5", beyond=True), "less than 5"),
    (Amount("4", "5", unit="percent"), "4–5 percent"),
    (Amount("1200000000", "1500000000", unit="US$"), "US$1.2–1.5 billion"),
    (Amount("900000", "1500000", unit="US$"), "US$900,000–1.5 million"),
    (Amount("10", "10", whole="20", unit="chapters"), "10 of 20 chapters"),
    (Amount("1234567", "1234567"), "1,234,567"),
    (Amount("2.40", "2.40", unit="€"), "€2.40"),
    (Amount("", "1", unit="years"), "at most 1 year"),
    (Amount("1", "1", unit="boxes of registers"), "1 box of registers"),
    (Amount("1", "1", whole="20", unit="chapters"), "1 of 20 chapters"),
    (Amount("1", "2", unit="years"), "1–2 years"),
    (Amount("1", "1", unit="percentage points", per="year"), "1 percentage point per year"),
    (Amount("1", "1", unit="countries"), "1 country"),
    (Amount("1.0", "1.0", unit="years"), "1.0 years"),
    (Amount("1", "1", unit="series"), "1 series"),
]


@pytest.mark.parametrize(("amount", "words"), SHOWN)
def test_an_amount_is_shown_as_it_was_given(amount, words):
    assert amount.describe() == words


@given(amounts)
def test_what_is_shown_is_read_as_the_same_amount(amount):
    read = parse(amount.describe(), "en").amount
    assert (read._replace(unit=singular(read.unit))) == amount._replace(unit=singular(amount.unit))


BOTH_TRUE = [
    ("46 percent", "46 percent"),
    ("about 50 percent", "46 percent"),
    ("at least 20 percent", "25 percent"),
    ("4–5 percent", "4.5 percent"),
    ("up to 90 days", "60 days"),
    ("20 tonnes a year", "20 tonnes a month"),
    ("10", "10 of 20"),
    ("more than 20", "20.5"),
]
NOT_BOTH = [
    ("46 percent", "45 percent"),
    ("10 of 20", "11 of 20"),
    ("10 of 20", "10 of 21"),
    ("at least 20 percent", "15 percent"),
    ("one year", "3 years"),
    ("more than 20", "20"),
    ("less than 5", "5"),
    ("less than 5", "at least 5"),
    ("about 50 percent", "40 percent"),
]


@pytest.mark.parametrize(("one", "other"), BOTH_TRUE)
def test_amounts_that_can_both_be_true_agree(one, other):
    assert compatible(parse(one, "en").amount, parse(other, "en").amount)


@pytest.mark.parametrize(("one", "other"), NOT_BOTH)
def test_amounts_that_cannot_both_be_true_do_not(one, other):
    assert not compatible(parse(one, "en").amount, parse(other, "en").amount)


@given(amounts, amounts)
def test_agreement_has_no_order_and_an_amount_agrees_with_itself(one, other):
    assert compatible(one, other) == compatible(other, one)
    assert compatible(one, one)


@given(amounts, amounts)
def test_the_more_precise_of_two_is_one_of_them(one, other):
    assert more_precise(one, other) in (one, other)
    assert more_precise(one, one) == one


def test_the_more_precise_is_the_narrower():
    exact, bound = parse("25 percent").amount, parse("at least 20 percent").amount
    assert more_precise(bound, exact) == more_precise(exact, bound) == exact
