"""The part of EDTF that Parley stores: its forms, their bounds and words, and the refusals."""

from datetime import date

import edtf
import pytest
from hypothesis import given, settings

from ledger.dates import When, parse, valid
from ledger.dates.errors import DateEndsBeforeItStarts, DateNotUnderstood
from tests.ledger.dates.strategies import days, whens

# EDTF, earliest, latest, words
FORMS = [
    ("2025-05-22", "2025-05-22", "2025-05-22", "22 May 2025"),
    ("2025-11", "2025-11-01", "2025-11-30", "November 2025"),
    ("2024-02", "2024-02-01", "2024-02-29", "February 2024"),
    ("2025", "2025-01-01", "2025-12-31", "2025"),
    ("2025-05-19/2025-05-22", "2025-05-19", "2025-05-22", "19 to 22 May 2025"),
    ("2025-05-30/2025-06-02", "2025-05-30", "2025-06-02", "30 May to 2 June 2025"),
    ("2025-12-28/2026-01-03", "2025-12-28", "2026-01-03", "28 December 2025 to 3 January 2026"),
    ("2025-05-19/2025-06", "2025-05-19", "2025-06-30", "19 May 2025 to June 2025"),
    ("2025-05/2025-05", "2025-05-01", "2025-05-31", "May to May 2025"),
    ("2024/2025", "2024-01-01", "2025-12-31", "2024 to 2025"),
    ("2025-05-19~/2025-05-22", "2025-05-16", "2025-05-22", "about 19 May 2025 to 22 May 2025"),
    ("2025-05-19/..", "2025-05-19", None, "from 19 May 2025"),
    ("../2025-05-22", None, "2025-05-22", "until 22 May 2025, start not reported"),
    ("[2025-06-01..2025-06-10]", "2025-06-01", "2025-06-10", "between 1 and 10 June 2025"),
    ("[2025-06..2025-08]", "2025-06-01", "2025-08-31", "between June and August 2025"),
    ("[2025-12-28..2026-01-03]", "2025-12-28", "2026-01-03", "between 28 December 2025 and 3 January 2026"),
    ("[..2025-07-31]", None, "2025-07-31", "on or before 31 July 2025"),
    ("[..2025-07]", None, "2025-07-31", "in or before July 2025"),
    ("[2025-05-23..]", "2025-05-23", None, "on or after 23 May 2025"),
    ("[2025-05-21,2025-05-22]", "2025-05-21", "2025-05-22", "21 or 22 May 2025"),
    ("[2025-05-21,2025-06-03,2025-06-04]", "2025-05-21", "2025-06-04", "21 May, 3 or 4 June 2025"),
    ("[2025,2025-03]", "2025-01-01", "2025-12-31", "2025 or March 2025"),
    ("2025-05-20~", "2025-05-17", "2025-05-23", "about 20 May 2025"),
    ("2025-06~", "2025-05-22", "2025-07-10", "about June 2025"),
    ("2025~", "2024-10-02", "2026-04-01", "about 2025"),
    ("2025-05-20?", "2025-05-20", "2025-05-20", "perhaps 20 May 2025"),
    ("2025-05-20%", "2025-05-17", "2025-05-23", "perhaps about 20 May 2025"),
    ("", None, None, "date unknown"),
]

NOT_CANONICAL = [
    ("[2025-05-22, 2025-05-21]", "[2025-05-21,2025-05-22]"),
    ("[2025-05-22,2025-05-22]", "2025-05-22"),
    ("[2025-05-22]", "2025-05-22"),
    ("[2025-05-22..2025-05-22]", "2025-05-22"),
    ("2025-05-22/2025-05-22", "2025-05-22"),
    (" 2025-05-19 / 2025-05-22 ", "2025-05-19/2025-05-22"),
    ("[ .. 2025-07-31 ]", "[..2025-07-31]"),
]

REFUSED = [
    ("2025-02-30", "The nearest real day is 2025-02-28."),
    ("2025-05-00", "The nearest real day is 2025-05-01."),
    ("2025-04-31/2025-05-02", "The nearest real day is 2025-04-30."),
    ("2025-13", "Months are 01 to 12"),
    ("2025-22", "write a season as [2025-06..2025-08]"),
    ("[..]", "Write it as 2025-05-22"),
    ("../..", "Write it as 2025-05-22"),
    ("2025-05-19/", "Write it as 2025-05-22"),
    ("[2025-05-22", "Write it as 2025-05-22"),
    ("[2025-05~..2025-07]", "Write it as 2025-05-22"),
    ("0999", "Write it as 2025-05-22"),
    ("12025", "Write it as 2025-05-22"),
    ("\u0662\u0660\u0662\u0665", "Write it as 2025-05-22"),
]


def day(text):
    return text and date.fromisoformat(text)


@pytest.mark.parametrize(("text", "earliest", "latest", "words"), FORMS)
def test_every_form_has_bounds_and_words(text, earliest, latest, words):
    when = valid(text)
    assert when == When(text)
    assert (when.earliest, when.latest) == (day(earliest), day(latest))
    assert when.describe() == words
    assert bool(when) == (text != "")
    assert when.is_duration == ("/" in text)


@pytest.mark.parametrize(("text", "canonical"), NOT_CANONICAL)
def test_edtf_is_made_canonical(text, canonical):
    assert valid(text) == parse(text) == When(canonical)


def test_a_time_of_day_is_no_part_of_the_date_but_stays_in_its_words():
    with pytest.raises(DateNotUnderstood):
        valid("2025-05-22T10:00")
    assert parse("2025-05-22T10:00") == When("2025-05-22", "2025-05-22T10:00")


@pytest.mark.parametrize(("text", "advice"), REFUSED)
def test_what_is_no_date_is_refused_with_a_suggestion(text, advice):
    for read in (valid, parse):
        with pytest.raises(DateNotUnderstood) as refusal:
            read(text)
        assert advice in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "other_way"),
    [
        ("2025-05-22/2025-05-19", "2025-05-19/2025-05-22"),
        ("[2025-08..2025-06]", "[2025-06..2025-08]"),
        ("2025-05-22~/2025-05-21~", "2025-05-21~/2025-05-22~"),
    ],
)
def test_what_ends_before_it_starts_is_refused_with_the_other_way_round(text, other_way):
    for read in (valid, parse):
        with pytest.raises(DateEndsBeforeItStarts, match="ends before it starts") as refusal:
            read(text)
        assert other_way in str(refusal.value)


def test_a_phrase_is_no_edtf():
    with pytest.raises(DateNotUnderstood):
        valid("early June 2025")


def test_a_text_too_long_is_refused_and_not_shown_in_full():
    for read in (valid, parse):
        with pytest.raises(DateNotUnderstood) as refusal:
            read("2025-05-22," * 100_000)
        assert len(str(refusal.value)) < 400


@given(whens)
def test_reading_what_was_printed_gives_the_same_date(when):
    assert valid(when.edtf) == parse(when.edtf) == When(when.edtf)


@given(whens)
@settings(max_examples=50, deadline=None)
def test_every_date_is_edtf_to_another_reader_of_it(when):
    assert when.edtf == "" or edtf.parse_edtf(when.edtf)


@given(days, days)
@settings(max_examples=10, deadline=None)
def test_the_other_reader_of_edtf_finds_the_same_bounds(one, other):
    first, last = sorted([one, other])
    for text in {f"{first}/{last}", f"[{first}..{last}]", first, first[:7], first[:4]} - {f"[{first}..{first}]"}:
        oracle, when = edtf.parse_edtf(text), valid(text)
        assert when.earliest == date(*oracle.lower_strict()[:3])
        assert when.latest == date(*oracle.upper_strict()[:3])
