"""Imprecise dates: their forms, bounds, words, and what two of them say of each other."""

from datetime import date, timedelta

import edtf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.dates import When, compatible, more_precise, parse, valid
from ledger.dates.errors import DateEndsBeforeItStarts, DateNotUnderstood

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
    ("2025-05-19/..", "2025-05-19", None, "lasting from 19 May 2025, no end given"),
    ("../2025-05-22", None, "2025-05-22", "lasting until 22 May 2025, no start given"),
    ("[2025-06-01..2025-06-10]", "2025-06-01", "2025-06-10", "between 1 and 10 June 2025"),
    ("[2025-06..2025-08]", "2025-06-01", "2025-08-31", "between June and August 2025"),
    ("[2025-12-28..2026-01-03]", "2025-12-28", "2026-01-03", "between 28 December 2025 and 3 January 2026"),
    ("[..2025-07-31]", None, "2025-07-31", "by 31 July 2025"),
    ("[..2025-07]", None, "2025-07-31", "by the end of July 2025"),
    ("[2025-05-23..]", "2025-05-23", None, "from 23 May 2025, no end given"),
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
    ("2025-05-22T10:00", "Write it as 2025-05-22"),
]

COMPATIBLE = [
    ("2025-05", "2025-05-19/2025-05-22"),
    ("2025-05-19/2025-05-22", "2025-05-19/2025-05-22"),
    ("2025-05/2025-06", "2025-05-31/2025-06-01"),
    ("2025-05-20~/2025-05-22", "2025-05-19/2025-05-22"),
    ("[2025-06-01..2025-06-10]", "2025-06-10"),
    ("[2025-06-01..2025-06-10]", "[2025-06-10..2025-06-20]"),
    ("[2025-05-21,2025-05-25]", "2025-05-25"),
    ("[2025-05-23..]", "2025-06-09/2025-06-12"),
    ("[..2025-07-31]", "[2025-05-23..]"),
    ("2025-05-20~", "2025-05-22"),
    ("2025-05-19/..", "2025-05-19/2025-05-22"),
    ("2025-05-19/..", "2025-05"),
    ("", "2025-05-22"),
]

INCOMPATIBLE = [
    ("2025-05-22", "2025-05-21"),
    ("2025-05-22", "2025-05-19/2025-05-22"),
    ("2025-05-19/2025-05-22", "2025-05-19/2025-05-21"),
    ("[2025-06-01..2025-06-10]", "2025-06-11"),
    ("[2025-05-21,2025-05-25]", "2025-05-23"),
    ("[2025-05-21,2025-05-22]", "2025-05-21/2025-05-22"),
    ("2025-05-20~", "2025-05-24"),
    ("2025-05-19/..", "2025-04"),
    ("[..2025-05-20]", "2025-05-19/2025-05-22"),
]

# a, b, the narrower
PRECISION = [
    ("2025-05", "2025-05-22", "2025-05-22"),
    ("2025-05-22", "2025-05", "2025-05-22"),
    ("2025-05", "2025-05-19/2025-05-22", "2025-05-19/2025-05-22"),
    ("2025-05-19/2025-05-22", "2025-05", "2025-05-19/2025-05-22"),
    ("2025-05-19/2025-05-22", "2025-05/2025-05", "2025-05-19/2025-05-22"),
    ("2025-05-19/..", "2025-05-19/2025-05-22", "2025-05-19/2025-05-22"),
    ("[2025-05-21,2025-05-25]", "[2025-05-21..2025-05-25]", "[2025-05-21,2025-05-25]"),
    ("[..2025-07-31]", "[2025-05-23..]", "[2025-05-23..]"),
    ("[..2025-07-31]", "2025", "2025"),
    ("2025", "", "2025"),
    ("", "2025", "2025"),
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


def test_a_date_made_up_in_code_is_refused_when_it_is_used():
    with pytest.raises(DateNotUnderstood):
        _ = When("nonsense").latest


def test_a_duration_started_by_and_ended_by_its_own_latest_bounds():
    when = valid("2025-05/2025-06-12")
    assert (when.starts_by, when.ends_by) == (date(2025, 5, 31), date(2025, 6, 12))
    when = valid("2025-06/2025-06-12")
    assert (when.starts_by, when.ends_by) == (date(2025, 6, 12), date(2025, 6, 12))
    when = valid("2025-05-19/..")
    assert (when.starts_by, when.ends_by) == (date(2025, 5, 19), None)


def test_what_did_not_last_started_and_ended_by_its_latest_bound():
    when = valid("[2025-06-01..2025-06-10]")
    assert when.starts_by == when.ends_by == when.latest


def test_a_phrase_is_described_in_its_own_words_and_in_days():
    when = When("[2025-06-01..2025-06-10]", "early June")
    assert when.describe() == '"early June" (between 1 and 10 June 2025)'
    assert When("", "to be announced").describe() == '"to be announced" (date unknown)'


def test_a_phrase_that_says_the_same_is_not_repeated():
    assert parse("22 may 2025").describe() == "22 May 2025"


@pytest.mark.parametrize(("a", "b"), COMPATIBLE)
def test_dates_that_could_both_be_true_are_compatible(a, b):
    assert compatible(When(a), When(b)) and compatible(When(b), When(a))


@pytest.mark.parametrize(("a", "b"), INCOMPATIBLE)
def test_dates_that_cannot_both_be_true_are_not_compatible(a, b):
    assert not compatible(When(a), When(b)) and not compatible(When(b), When(a))


@pytest.mark.parametrize(("a", "b", "narrower"), PRECISION)
def test_the_narrower_date_is_the_more_precise(a, b, narrower):
    assert more_precise(When(a), When(b)) == When(narrower)


def test_of_two_equally_precise_dates_the_second_is_taken():
    assert more_precise(When("2025-05-22", "May 22"), When("2025-05-22")) == When("2025-05-22")


days = st.dates(date(1000, 1, 1), date(9999, 12, 31)).map(date.isoformat)
points = st.tuples(days, st.sampled_from([10, 7, 4])).map(lambda cut: cut[0][: cut[1]])
marked = st.tuples(points, st.sampled_from(["", "~", "?", "%"])).map("".join)
in_order = st.tuples(st.sampled_from([10, 7, 4]), days, days).map(
    lambda drawn: sorted(text[: drawn[0]] for text in drawn[1:])
)
edtfs = st.one_of(
    st.just(""),
    marked,
    in_order.map("/".join),
    marked.map(lambda text: text + "/.."),
    marked.map(lambda text: "../" + text),
    in_order.map(lambda ends: f"[{ends[0]}..{ends[1]}]"),
    points.map(lambda text: f"[{text}..]"),
    points.map(lambda text: f"[..{text}]"),
    st.lists(points, min_size=1, max_size=4).map(lambda texts: f"[{','.join(texts)}]"),
)
whens = st.builds(lambda text, phrase: When(valid(text).edtf, phrase), edtfs, st.text(max_size=20))


@given(whens)
def test_reading_what_was_printed_gives_the_same_date(when):
    assert valid(when.edtf) == parse(when.edtf) == When(when.edtf)


@given(whens)
@settings(max_examples=50, deadline=None)
def test_every_date_is_edtf_to_another_reader_of_it(when):
    assert when.edtf == "" or edtf.parse_edtf(when.edtf)


@given(whens)
def test_the_bounds_of_a_date_are_ordered(when):
    assert when.earliest is None or when.latest is None or when.earliest <= when.latest
    assert when.starts_by is None or when.ends_by is None or when.starts_by <= when.ends_by


@given(days, days)
@settings(max_examples=10, deadline=None)
def test_the_other_reader_of_edtf_finds_the_same_bounds(one, other):
    first, last = sorted([one, other])
    for text in {f"{first}/{last}", f"[{first}..{last}]", first, first[:7], first[:4]} - {f"[{first}..{first}]"}:
        oracle, when = edtf.parse_edtf(text), valid(text)
        assert when.earliest == date(*oracle.lower_strict()[:3])
        assert when.latest == date(*oracle.upper_strict()[:3])


@given(whens, whens)
def test_compatibility_holds_both_ways(a, b):
    assert compatible(a, b) == compatible(b, a)


@given(whens)
def test_every_date_is_compatible_with_itself_and_with_the_unknown(when):
    assert compatible(when, when) and compatible(when, When())


@given(
    st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    st.integers(0, 60),
    st.dates(date(2025, 1, 1), date(2026, 12, 31)),
)
def test_a_day_within_a_doubt_is_compatible_and_more_precise(start, length, other):
    doubt = When(valid(f"[{start}..{start + timedelta(length)}]").edtf)
    assert compatible(doubt, When(f"{other}")) == (start <= other <= start + timedelta(length))
    assert more_precise(doubt, When(f"{other}")) == When(f"{other}")


@given(whens, whens)
def test_the_more_precise_of_two_dates_is_one_of_them_and_better_known(a, b):
    chosen = more_precise(a, b)
    assert chosen in (a, b)
    assert bool(chosen) == (bool(a) or bool(b))


@given(whens)
def test_no_description_holds_a_character_that_cannot_be_seen(when):
    assert when.describe().isprintable()


@given(edtfs.filter(lambda text: not any(mark in text for mark in (",", "~/", "?/", "%/", "/.", "./", "..]"))))
def test_reading_a_description_gives_the_same_bounds(text):
    when = valid(text)
    again = parse(when.describe()) if when else when
    assert (again.earliest, again.latest) == (when.earliest, when.latest)
    assert again.is_duration == when.is_duration
