"""Figures in the words of reports."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.figures.amount import Amount
from ledger.domain.figures.reading import LONGEST, parse, same_unit, usual_unit
from ledger.errors import Refusal

READ = [
    ("46 percent", Amount("46", "46", unit="percent"), ""),
    ("46%", Amount("46", "46", unit="percent"), ""),
    ("25 per cent tariff on cars", Amount("25", "25", unit="percent"), ""),
    ("US$3.2 billion", Amount("3200000000", "3200000000", unit="US$"), ""),
    ("$3.2bn", Amount("3200000000", "3200000000", unit="$"), ""),
    ("about 3.2 billion dollars", Amount("3200000000", "3200000000", about=True, unit="$"), ""),
    ("EUR 450m", Amount("450000000", "450000000", unit="€"), ""),
    ("10 of the 20 chapters", Amount("10", "10", whole="20", unit="chapters"), ""),
    ("two of the nine articles", Amount("2", "2", whole="9", unit="articles"), ""),
    ("Four of nine", Amount("4", "4", whole="9"), ""),
    ("2 of the nine articles", Amount("2", "2", whole="9", unit="articles"), ""),
    ("at least twenty-one of thirty-four articles", Amount("21", "", whole="34", unit="articles"), ""),
    ("none of its nine articles", Amount("0", "0", whole="9", unit="articles"), ""),
    ("ten percent of the nine articles", Amount("10", "10", unit="percent"), ""),
    ("four to five percent", Amount("4", "5", unit="percent"), ""),
    ("zero to five percent", Amount("0", "5", unit="percent"), ""),
    ("zero of the nine articles", Amount("0", "0", whole="9", unit="articles"), ""),
    ("four-five percent", Amount("4", "5", unit="percent"), ""),
    ("5 percent to 6 percent", Amount("5", "6", unit="percent"), ""),
    ("twenty-one to twenty-four ships", Amount("21", "24", unit="ships"), ""),
    ("10 chapters out of 20", Amount("10", "10", whole="20", unit="chapters"), ""),
    ("10/20", Amount("10", "10", whole="20"), ""),
    ("2.40 euros per tonne", Amount("2.40", "2.40", unit="€", per="tonne"), ""),
    ("zero", Amount("0", "0"), ""),
    ("duty-free", Amount("0", "0"), ""),
    ("4–5", Amount("4", "5"), ""),
    ("between 4 and 5 percent", Amount("4", "5", unit="percent"), ""),
    ("from 4 to 5 percent", Amount("4", "5", unit="percent"), ""),
    ("US$1.2–1.5 billion a year from 1 July 2026", Amount("1200000000", "1500000000", unit="US$", per="year"),
     "1 July 2026"),
    ("at least 20 percent", Amount("20", "", unit="percent"), ""),
    ("not below 20 percent", Amount("20", "", unit="percent"), ""),
    ("would not fall below 300 cubic metres", Amount("300", "", unit="cubic metres"), ""),
    ("will not exceed 6 percent", Amount("", "6", unit="percent"), ""),
    ("no higher than 6 percent", Amount("", "6", unit="percent"), ""),
    ("not run for more than one year", Amount("", "1", unit="year"), ""),
    ("should not run for more than one year", Amount("", "1", unit="year"), ""),
    ("will last no longer than 90 days", Amount("", "90", unit="days"), ""),
    ("no longer than 90 days", Amount("", "90", unit="days"), ""),
    ("not sail with fewer than four hands", Amount("4", "", unit="hands"), ""),
    ("12 crowns an hour", Amount("12", "12", unit="crowns", per="hour"), ""),
    ("not extend beyond 18 months", Amount("", "18", unit="months"), ""),
    ("would not take less than two years", Amount("2", "", unit="years"), ""),
    ("20 percent or more", Amount("20", "", unit="percent"), ""),
    ("more than twenty ships", Amount("20", "", beyond=True, unit="ships"), ""),
    ("no more than 12 percent", Amount("", "12", unit="percent"), ""),
    ("up to 90 days", Amount("", "90", unit="days"), ""),
    ("as high as 5 per cent", Amount("", "5", unit="percent"), ""),
    ("6, not 8 per cent", Amount("6", "6", unit="percent"), ""),
    ("20 per cent per annum", Amount("20", "20", unit="percent", per="year"), ""),
    ("20 percent from 2027", Amount("20", "20", unit="percent"), "2027"),
    ("2.5 million tonnes annually", Amount("2500000", "2500000", unit="tonnes", per="year"), ""),
]  # fmt: skip


@pytest.mark.parametrize(("words", "amount", "start"), READ)
def test_a_figure_is_read_from_its_words(words, amount, start):
    assert parse(words) == (amount, start)


REFUSED = [
    ("", "is not understood"),
    ("a lot", "is not understood"),
    ("not rule out more than 5 percent", "is not understood"),
    ("not only more than 5 percent", "is not understood"),
    ("several percent", "is not understood"),
    ("12 of 10 chapters", "larger than its whole: 12 of 10"),
    ("ten of nine articles", "larger than its whole: 10 of 9"),
    ("half of the nine articles", "is not understood"),
    ("two or three articles", "is not understood"),
    ("5 percent to 20 tonnes", "is not understood"),
    ("two boats of nine harbours", "is not understood"),
    ("5–4 percent", "ends below its start"),
    ("1,234", "two meanings: 1234 or 1.234"),
    ("at least up to 5", "is not understood"),
    ("at least 4–5 percent", "is not understood"),
    ("x" * (LONGEST + 1), "is not understood"),
]


@pytest.mark.parametrize(("words", "why"), REFUSED)
def test_what_is_no_figure_is_refused_with_the_reason(words, why):
    with pytest.raises(Refusal, match=why):
        parse(words)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(words):
    try:
        amount = parse(words, "en").amount
    except Refusal:
        return
    assert amount.low or amount.high


@pytest.mark.parametrize(
    ("typed", "unit"), [("%", "percent"), ("per cent", "percent"), ("USD", "US$"), ("Tonnes", "tonnes")]
)
def test_a_unit_has_one_form(typed, unit):
    assert usual_unit(typed) == unit


def test_singular_and_plural_are_one_unit():
    assert same_unit("chapter", "chapters")
    assert not same_unit("percent", "percentage points")
