"""Numbers as reports write them, in digits and in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.figures import numbers
from ledger.domain.figures.errors import FigureReadsTwoWays

READ = [
    ("46", "", "46"),
    ("1,234,567", "", "1234567"),
    ("1.234.567", "", "1234567"),
    ("1,234.5", "", "1234.5"),
    ("1.234,5", "", "1234.5"),
    ("1 234 567", "", "1234567"),
    ("1.5", "", "1.5"),
    ("1,5", "", "1.5"),
    ("0,125", "", "0.125"),
    ("1,234", "en", "1234"),
    ("1.234", "en", "1.234"),
    ("1,234", "de", "1.234"),
    ("1.234", "vi", "1234"),
    ("1,234", "en-GB", "1234"),
    ("-5", "", "-5"),
]


@pytest.mark.parametrize(("digits", "language", "number"), READ)
def test_separators_group_or_are_decimal_as_in_the_language(digits, language, number):
    assert numbers.decimal_of(digits, language, digits) == Decimal(number)


@pytest.mark.parametrize(("digits", "first", "second"), [("1,234", "1234", "1.234"), ("20.000", "20000", "20")])
def test_a_number_that_reads_two_ways_is_refused_with_both(digits, first, second):
    with pytest.raises(FigureReadsTwoWays, match=f"two meanings: {first} or {second}\\."):
        numbers.decimal_of(digits, "", digits)


WORDS = [
    ("twenty-five percent", 25, " percent"),
    ("one hundred and twenty ships", 120, " ships"),
    ("three billion", 3_000_000_000, ""),
    ("a dozen boats", 12, " boats"),
    ("half the fleet", Decimal("0.5"), " the fleet"),
    ("two hundred thousand", 200_000, ""),
    ("a hundred and two boats", 102, " boats"),
    ("a million tonnes", 1_000_000, " tonnes"),
    ("two dozen boats", 24, " boats"),
    ("four five", 4, " five"),
    ("450m", 450_000_000, ""),
    ("3 lakh", 300_000, ""),
]


@pytest.mark.parametrize(("text", "number", "left"), WORDS)
def test_words_and_scales_are_read(text, number, left):
    found = numbers.read(text, "", text)
    assert found is not None
    assert (found[0], found[2]) == (number, left)


@pytest.mark.parametrize("text", ["", "percent", "hundredfold", "a few", "several million", "third"])
def test_what_is_no_number_is_not_read(text):
    assert numbers.read(text, "", text) is None


@given(st.decimals(min_value=0, max_value=10**12, places=3), st.sampled_from(["en", "de", "vi", "fr"]))
def test_a_number_written_in_a_language_is_read_as_itself(number, language):
    grouped = f"{number.normalize():,f}"
    if language != "en":
        grouped = grouped.translate(str.maketrans(",.", ".,"))
    assert numbers.decimal_of(grouped, language, grouped) == number
