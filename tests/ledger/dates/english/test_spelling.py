"""The spelling that the rules expect, and the variants that make no difference."""

from datetime import date

import pytest

from ledger.dates import parse
from ledger.dates.english.spelling import plain
from tests.ledger.dates.phrases import PHRASES


def test_capitals_and_spaces_change_nothing():
    for phrase, said, looking, expected in PHRASES:
        spaced = "  " + phrase.upper().replace(" ", "\u00a0 ") + "\n"
        assert parse(spaced, date.fromisoformat(said), looking=looking).edtf == expected, phrase


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [
        ("The Beginning of Sept.", "start of september"),
        ("mid-June", "mid june"),
        ("9\u201312 June", "9 to 12 june"),
        ("2025-05-22", "22 may 2025"),
        ("2025-13-40", "2025 to 13 to 40"),
        ("the third quarter", "q3"),
        ("June/July", "june or july"),
        ("at 3:30 pm on May 22", "on may 22"),
        ("by 3:30 pm on May 22", "by may 22"),
        ("before 3:30 pm on May 22", "by may 22"),
        ("(local time) the afternoon of November 14", "november 14"),
        ("year-end", "end of year"),
    ],
)
def test_abbreviations_punctuation_and_the_time_of_day_are_spelt_one_way(typed, spelt):
    assert plain(typed) == spelt


def test_a_phrase_in_the_plain_spelling_is_spelt_so_already():
    for phrase, *_ in PHRASES:
        assert plain(plain(phrase)) == plain(phrase), phrase
