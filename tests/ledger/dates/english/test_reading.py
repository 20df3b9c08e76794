"""What a phrase is read as, relative to the day it was said."""

import re
from datetime import date

import edtf
import pytest

from ledger.dates import When, parse, valid
from tests.ledger.dates.english.examples import PHRASES, SAID


@pytest.mark.parametrize(("phrase", "said", "looking", "expected"), PHRASES)
def test_a_phrase_is_read_relative_to_the_day_it_was_said(phrase, said, looking, expected):
    when = parse(phrase, date.fromisoformat(said), looking=looking)
    assert when.edtf == expected


def test_what_a_phrase_is_read_as_is_canonical_and_its_bounds_are_ordered():
    for *_, text in PHRASES:
        when = valid(text)
        assert when == When(text)
        assert when.earliest is None or when.latest is None or when.earliest <= when.latest, text


def test_what_a_phrase_is_read_as_is_edtf_to_another_reader_of_it():
    """One of each shape: the other reader is slow, and that the digits make a day is tested above."""
    shapes = {re.sub("[0-9]", "0", text): text for *_, text in PHRASES if text}
    for text in shapes.values():
        assert edtf.parse_edtf(text), text


def test_capitals_and_spaces_change_nothing():
    for phrase, said, looking, expected in PHRASES:
        spaced = "  " + phrase.upper().replace(" ", "\u00a0 ") + "\n"
        assert parse(spaced, date.fromisoformat(said), looking=looking).edtf == expected, phrase


def test_the_words_of_the_report_are_kept_without_needless_spaces_and_quotation_marks():
    assert parse(" \u201clater  this November\u201d ", SAID).phrase == "later this November"
    assert parse("2025-05-22").phrase == ""
    assert parse("to be announced") == When("", "to be announced")
    assert not parse("to be announced")


def test_may_19_to_22_is_never_the_year_2022():
    assert parse("May 19 to 22", SAID) == When("2025-05-19/2025-05-22", "May 19 to 22")


@pytest.mark.parametrize("phrase", ["early June 2025", "by August 1, 2025", "Q3 2025", "Thursday, May 22, 2025"])
def test_a_phrase_with_its_year_needs_no_day(phrase):
    assert parse(phrase)
