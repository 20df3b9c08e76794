"""Imprecise dates: their words, their bounds, and their comparison."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.dates import When, compatible, due_in_words, more_precise, parse, reported, valid
from ledger.dates.errors import DateNotUnderstood
from ledger.dates.languages import LANGUAGES
from tests.ledger.dates.strategies import edtfs, whens

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


def test_a_date_without_a_start_reads_after_held_and_names_what_is_not_reported():
    when = When("../2018-04-06", "ended on Friday")
    assert when.describe() == 'until 6 April 2018 ("ended on Friday"; its start is not reported)'
    assert (when.ahead(), when.brief()) == (when.describe(), "until 2018-04-06")
    assert When("../2018-04").describe() == "until April 2018, start not reported"


@pytest.mark.parametrize(
    ("edtf", "phrase"),
    [
        ("2025-05-21", "on May 21"), ("2025-05-21", "May 21st, 2025"), ("2025-05-21", "ngày 21/5"),
        ("2025-05-21", "on Wednesday"), ("2025-06-10", "on Tuesday (June 10)"), ("2025-05-21", "Wednesday, May 21"),
        ("2025-05", "in May"),
        ("2025-11-12/2025-11-14", "from November 12 to 14"), ("[2025-11-12..2025-11-14]", "from November 12 to 14"),
        ("[..2025-05-31]", "by May 31"), ("[..2025-05-31]", "on or before May 31"),
        ("2025-05-21", "2025.05.21"), ("2025-11-20", "Nov 20"),
        ("2025-09-15/2025-09-17", "from Sept. 15 to 17"),
    ],
)  # fmt: skip
def test_a_phrase_that_adds_nothing_to_its_date_is_left_out(edtf, phrase):
    assert When(edtf, phrase).describe() == When(edtf).describe()


@pytest.mark.parametrize(
    ("edtf", "phrase"),
    [
        ("2025-05-22", "On the final day of talks"), ("2025-05-31", "by May 31"), ("[..2025-05-30]", "before May 31"),
        ("[..2025-05-31]", "before the end of May"),
        ("2025-05-21~", "around May 21"), ("2025-06-10", "on Monday (June 10)"),
        ("2025-05-23", "next Friday"), ("2025-05-22", "ngày 21/5"),
        ("2025-11-20", "Oct 20"), ("2025-05-20", "Ma 20"),
    ],
)  # fmt: skip
def test_a_phrase_that_says_more_or_something_else_is_shown(edtf, phrase):
    assert When(edtf, phrase).describe() == f'"{phrase}" ({When(edtf).describe()})'


def test_the_words_of_the_report_are_kept_without_needless_spaces_and_quotation_marks():
    assert parse(" \u201clater  this November\u201d ", date(2025, 5, 22)).phrase == "later this November"
    assert parse("2025-05-22").phrase == ""


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


@given(whens)
def test_the_bounds_of_a_date_are_ordered(when):
    assert when.earliest is None or when.latest is None or when.earliest <= when.latest
    assert when.starts_by is None or when.ends_by is None or when.starts_by <= when.ends_by


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
@pytest.mark.parametrize("language", LANGUAGES)
def test_reading_a_description_gives_the_same_bounds(language, text):
    when = valid(text)
    again = parse(when.describe(), language=language) if when else when
    assert (again.earliest, again.latest) == (when.earliest, when.latest)
    assert again.is_duration == when.is_duration


@pytest.mark.parametrize(
    ("edtf", "brief", "clause"),
    [
        ("2025-05-22", "2025-05-22", "on 22 May 2025"),
        ("2025-05", "2025-05", "in May 2025"),
        ("[..2025-06-03]", "2025-06-03 or earlier", "on or before 3 June 2025"),
        ("[..2025-06]", "2025-06 or earlier", "in or before June 2025"),
        ("[2025-06-10..]", "from 2025-06-10", "on or after 10 June 2025"),
        ("[2025-05-21..2025-05-31]", "2025-05-21..31", "between 21 and 31 May 2025"),
        ("[2025-05-28..2025-06-10]", "2025-05-28..06-10", "between 28 May and 10 June 2025"),
        ("[2025-12-28..2026-01-03]", "2025-12-28..2026-01-03", "between 28 December 2025 and 3 January 2026"),
        ("", "", "date unknown"),
    ],
)
def test_a_date_for_a_column_and_for_a_sentence_is_as_exact_as_it_was_reported(edtf, brief, clause):
    assert (When(edtf).brief(), When(edtf).clause()) == (brief, clause)


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (When("2025-06-09"), "on 9 June 2025"),
        (When("2025-06"), "in June 2025"),
        (When("2025-06-09/2025-06-11"), "from 9 to 11 June 2025"),
        (When("[2025-06-01..2025-06-10]", "early June"), 'for "early June" (between 1 and 10 June 2025)'),
        (When("[2025-06-16..2025-06-22]", "next week"), '"next week" (between 16 and 22 June 2025)'),
        (When("[..2025-06-30]", "by the end of June"), '"by the end of June" (by 30 June 2025)'),
    ],
)
def test_what_lies_ahead_is_told_with_one_preposition(when, told):
    assert when.ahead() == told


def test_what_has_no_date_happened_some_day_up_to_the_day_on_which_it_counts():
    assert reported(When(), "2025-06-03") == When("[..2025-06-03]")
    assert reported(When("2025-05"), "2025-05-31") == When("2025-05")
    assert reported(When(), "") == When()


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (When("2025-06-03"), "due 3 June 2025"),
        (
            When("[2025-11-14..2025-11-21]", "in the coming days"),
            'due "in the coming days" (between 14 and 21 November 2025)',
        ),
        (When("[..2025-06-03]", "before June 4"), 'due "before June 4" (by 3 June 2025)'),
        (When("2025-08-01/..", "as of August 1"), "from 1 August 2025"),
        (When("2025-05-22/.."), "from 22 May 2025"),
    ],
)
def test_a_date_with_a_start_alone_is_not_called_due(due: When, said: str) -> None:
    assert due_in_words(due) == said


@given(whens)
def test_only_a_limit_that_lies_ahead_reads_as_a_deadline(when):
    bare = When(when.edtf)
    assert not re.search(r"\bby\b", f"{bare.describe()} {bare.clause()} {bare.brief()}")
    if bare.earliest is None and bare.latest and not bare.is_duration:
        assert due_in_words(bare).startswith("due by ") and bare.ahead().startswith("by ")


@pytest.mark.parametrize(
    ("edtf", "column"),
    [
        ("2025/..", "from 2025"),
        ("../2025-06", "until 2025-06"),
        ("2025-11/2026-01", "2025-11..2026-01"),
        ("[2025-05..]", "from 2025-05"),
        ("[..2025-06]", "2025-06 or earlier"),
        ("2025-05-19/..", "from 2025-05-19"),
        ("[..2025-06-03]", "2025-06-03 or earlier"),
        ("[2025-05-21..2025-05-31]", "2025-05-21..31"),
    ],
)
def test_a_column_has_no_day_of_a_date_that_was_reported_without_one(edtf, column):
    assert valid(edtf).brief() == column


@pytest.mark.parametrize(
    ("phrase", "clause", "brief"),
    [
        ("early June", '"early June" (between 1 and 10 June 2025)', "about 2025-06-01..10"),
        ("by mid-June", '"by mid-June" (on or before 20 June 2025)', "about 2025-06-20 or earlier"),
        ("late June", '"late June" (between 21 and 30 June 2025)', "about 2025-06-21..30"),
        ("June 10", "on 10 June 2025", "2025-06-10"),
        ("between June 3 and 5", "between 3 and 5 June 2025", "2025-06-03..05"),
        ("June", "in June 2025", "2025-06"),
    ],
)
def test_days_that_only_a_convention_gives_are_not_shown_as_if_the_report_gave_them(phrase, clause, brief):
    when = parse(phrase, date(2025, 5, 22), looking="ahead")
    assert (when.clause(), when.brief()) == (clause, brief)
