"""Parsing of phrases in any language: the year that they leave out, and laws for every text."""

import re
from contextlib import suppress
from datetime import date, timedelta

import edtf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.dates import When, parse, valid
from ledger.dates.calendar import MONTHS
from ledger.dates.errors import DateEndsBeforeItStarts, DateNeedsADay, DateNotUnderstood, DateReadsTwoWays
from ledger.dates.languages import LANGUAGES
from ledger.errors import Refusal
from tests.ledger.dates.phrases import PHRASES, SAID
from tests.ledger.dates.strategies import edtfs
from tests.thorough import THOROUGH

DATE_REFUSALS = (DateEndsBeforeItStarts, DateNeedsADay, DateNotUnderstood, DateReadsTwoWays)
WORDS = """
    early mid late end of the first second half week quarter q3 h1 by before after since from to and or
    between about perhaps in on next last this coming later earlier may june 22 19 30 2025 2026 friday
    weekend month year summer winter days weeks within ago two a an today soon - / , . 2025-05-22 31 0 99
    day at least latest
"""

VIETNAMESE = """
    đầu giữa cuối nửa sau trước từ đến tới tối toi và hoặc khoảng ngày tháng tuần quý năm nay qua mai hôm sáng chiều
    thứ hai ba tư sáu chủ nhật 6 22 19 30 2025 22/5 19-22/5 22-5 6/2025 iii những vài trong vòng nữa cách đây kể hết
    thang sau dau nam tu den , - / ( ) 13 0 lúc 9h 12:00 giờ
"""

words = st.sampled_from(WORDS.split())
runs = st.one_of(
    st.tuples(st.just("en"), st.lists(words, max_size=9)),
    st.tuples(st.just("vi"), st.lists(st.sampled_from([*VIETNAMESE.split(), "june", "by"]), max_size=9)),
)
month_days = st.dates(date(2024, 1, 1), date(2028, 12, 31)).filter(lambda day: (day.month, day.day) != (2, 29))
days_said = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@given(month_days, days_said)
def test_looking_ahead_gives_the_first_that_has_not_passed(day, said_on):
    found = parse(f"{MONTHS[day.month - 1]} {day.day}", said_on, looking="ahead").latest
    assert said_on <= found < said_on + timedelta(367)
    assert (found.month, found.day) == (day.month, day.day)


@given(month_days, days_said)
def test_looking_back_gives_the_last_that_has_begun(day, said_on):
    found = parse(f"{day.day} {MONTHS[day.month - 1]}", said_on, looking="back").earliest
    assert said_on - timedelta(367) < found <= said_on
    assert (found.month, found.day) == (day.month, day.day)


@given(st.sampled_from(MONTHS), st.sampled_from(["early {}", "mid-{}", "late {}", "{}", "by mid-{}"]), days_said)
def test_a_window_ahead_has_not_ended_and_a_window_back_has_begun(month, phrase, said_on):
    ahead, back = (parse(phrase.format(month), said_on, looking=way) for way in ("ahead", "back"))
    assert ahead.latest >= said_on
    assert (back.earliest or back.latest) <= said_on


@given(st.text(max_size=60), st.sampled_from(list(LANGUAGES)))
@settings(max_examples=120 * THOROUGH, deadline=None)
def test_any_text_is_read_or_refused_by_name(text, language):
    with suppress(*DATE_REFUSALS):
        assert isinstance(parse(text, SAID, language=language), When)


@given(runs, st.sampled_from([None, SAID, date(1000, 1, 1), date(9999, 12, 31), date.min]))
@settings(max_examples=300 * THOROUGH, deadline=None)
def test_any_run_of_date_words_is_read_as_valid_edtf_or_refused_by_name(run, said_on):
    language, phrase = run
    for looking in ("ahead", "back"):
        try:
            when = parse(" ".join(phrase), said_on, looking=looking, language=language)
        except Refusal as refusal:
            assert isinstance(refusal, DATE_REFUSALS)
        else:
            assert valid(when.edtf).edtf == when.edtf


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


@pytest.mark.parametrize("phrase", ["early June 2025", "by August 1, 2025", "Q3 2025", "Thursday, May 22, 2025"])
def test_a_phrase_with_its_year_needs_no_day(phrase):
    assert parse(phrase)


def test_beyond_the_calendar_is_refused_in_words():
    with pytest.raises(DateNotUnderstood, match="1000 to 9999"):
        parse("in the coming weeks", date(9999, 12, 30))
    with pytest.raises(DateNotUnderstood):
        parse("last year", date(1000, 1, 1))


@pytest.mark.parametrize("language", ["vi", "vi-VN", "VI", "vie"])
def test_the_language_of_a_source_says_in_which_its_phrases_are_read(language):
    assert parse("đầu tháng 6", SAID, looking="ahead", language=language).edtf == "[2025-06-01..2025-06-10]"


@given(edtfs.filter(lambda text: text), st.sampled_from(list(LANGUAGES)))
def test_edtf_is_the_same_in_every_language(text, language):
    assert parse(text, language=language) == parse(text)


def test_a_language_without_rules_of_its_own_is_read_as_english():
    assert parse("early June", SAID, looking="ahead", language="en") == parse("early June", SAID, looking="ahead")
    assert parse("early June", SAID, language="eo") == parse("early June", SAID)
