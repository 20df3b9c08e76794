"""Quotes are found exactly, except for typography, or not at all."""

import time
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.base.typography import comparable, on_one_line
from ledger.domain.quotations import FrozenText, fingerprint

TEXT = "The round was held in\n  Washington D.C.\tfrom May 19 to 22,\u00a0he said. Nguye\u0302\u0303n welcomed it."


def quoted(text: str, quote: str) -> str | None:
    """The slice of the text that the quote is found at."""
    place = FrozenText(text).find(quote)
    return None if place is None else text[place.start : place.end]


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("held in Washington D.C. from May", "held in\n  Washington D.C.\tfrom May"),
        ("  held\nin ", "held in"),
        ("22, he said", "22,\u00a0he said"),
        ("ashington D", "ashington D"),
        ("Nguy\u1ec5n welcomed", "Nguye\u0302\u0303n welcomed"),
        ("Nguye\u0302\u0303n", "Nguye\u0302\u0303n"),
    ],
)
def test_white_space_and_unicode_form_make_no_difference(quote, found):
    assert quoted(TEXT, quote) == found


@pytest.mark.parametrize("quote", ["Held in", "Washington, D.C.", "from May 19 to 23", "Nguyen", "", " "])
def test_anything_else_does(quote):
    assert quoted(TEXT, quote) is None


def test_a_word_is_found_as_a_word_before_it_is_found_in_another():
    assert FrozenText("focus on the us economy").find("us") == (13, 15)
    assert FrozenText("focus on it").find("us") == (3, 5)


def test_the_first_of_several_occurrences_is_the_place():
    assert FrozenText("to meet and to talk").find("to") == (0, 2)


SET = (
    "He said: \u201cWe\u2019ll meet again\u2026 soon\u201d\u2014or so\u00a0he hoped\u2014and\n"
    "nego\u00adti\u00adations on non\u2011tariff bar\u00adriers run from 19\u201322\u00a0May."
)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("\"We'll meet again", "\u201cWe\u2019ll meet again"),
        ("We\u2019ll meet", "We\u2019ll meet"),
        ("meet again... soon", "meet again\u2026 soon"),
        ('soon"--or so he hoped-and', "soon\u201d\u2014or so\u00a0he hoped\u2014and"),
        ("negotiations on non-tariff barriers", "nego\u00adti\u00adations on non\u2011tariff bar\u00adriers"),
        ("tiations on", "ti\u00adations on"),
        ("nego", "nego"),
        ("from 19\u201222 May", "from 19\u201322\u00a0May"),
    ],
)
def test_typography_makes_no_difference_and_the_words_are_those_of_the_source(quote, found):
    assert quoted(SET, quote) == found
    text = FrozenText(SET)
    assert text.words_at(text.find(quote)) == found


@pytest.mark.parametrize("quote", ["Well meet", "soon or so", "nontariff", "1922 May", "meet again, soon", "we'll"])
def test_other_letters_or_punctuation_do(quote):
    assert quoted(SET, quote) is None


def test_part_of_a_word_that_composing_changed_is_found_where_it_stands():
    assert quoted("se\u0301rieux", "rieux") == "rieux"
    assert quoted("e\u0301\u0958", "\u00e9") == "e\u0301"
    assert quoted("\u201cNguye\u0302\u0303n\u201d", "Nguy\u1ec5n") == "Nguye\u0302\u0303n"


def test_where_letters_cannot_be_told_apart_the_whole_word_is_found():
    assert quoted("a \u1112\u1161\u11ab\u1100\u116e\u11a8 b", "\ud55c") == "\u1112\u1161\u11ab\u1100\u116e\u11a8"


def test_the_words_at_a_place_are_on_one_line():
    text = FrozenText("step\n  up\u00a0now")
    assert text.words_at(text.find("step up now")) == "step up\u00a0now"


def test_of_an_ellipsis_or_a_letter_with_its_accent_half_is_the_whole():
    assert quoted("and so on\u2026", "so on.") == "so on\u2026"


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("held in Washington from May 19", "held in Washington D.C. from May"),
        ("FROM MAY 19 TO 22", "from May 19 to 22,"),
        ("wholly unlike anything", ""),
        ("", ""),
    ],
)
def test_the_nearest_passage_is_shown_for_what_is_not_found(quote, passage):
    assert FrozenText(TEXT).nearest(quote) == passage


def test_an_empty_text_holds_nothing():
    assert FrozenText("").find("a") is None
    assert FrozenText(" \n").nearest("a") == ""


def test_the_fingerprint_is_that_of_the_bytes():
    assert fingerprint("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert fingerprint("é") == fingerprint("é".encode())
    assert fingerprint("e\u0301") != fingerprint("\u00e9")


WORDS = st.lists(st.text(st.characters(exclude_categories=("Cs", "Z", "Cc")), min_size=1, max_size=8), min_size=1)


@given(WORDS, st.data())
def test_law_any_run_of_words_is_found_and_what_is_found_reads_like_it(words, data):
    gaps = data.draw(st.lists(st.sampled_from([" ", "\n", "\t ", "\u00a0"]), min_size=len(words), max_size=len(words)))
    text = "".join(word + gap for word, gap in zip(words, gaps, strict=True))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    form = data.draw(st.sampled_from(["NFC", "NFD"]))
    quote = unicodedata.normalize(form, " ".join(words[first : last + 1]))
    assume(comparable(quote))
    found = quoted(text, quote)
    assert found is not None
    assert comparable(found) == comparable(quote)


@given(st.text(), st.text())
def test_law_what_is_found_holds_the_quote_and_lies_in_the_text(text, quote):
    place = FrozenText(text).find(quote)
    if place is not None:
        assert 0 <= place.start < place.end <= len(text)
        assert comparable(quote) in comparable(text[place.start : place.end])
        assert FrozenText(text).words_at(place) == on_one_line(text[place.start : place.end])


@given(st.text("ab \n\u00a0"), st.text("ab "))
def test_law_the_first_whole_words_else_the_first_occurrence_is_the_place(text, quote):
    words, wanted = f" {comparable(text)} ", comparable(quote)
    at = words.find(f" {wanted} ") + 1 or words.find(wanted)
    place = FrozenText(text).find(quote)
    if not wanted or at < 0:
        assert place is None
    else:
        assert comparable(text[place.start : place.end]) == wanted
        assert "".join(text[: place.start].split()) == "".join(words[:at].split())


@pytest.mark.parametrize("words", [["a"], ["a", "b"], [f"w{number}" for number in range(101)]], ids=["1", "2", "101"])
def test_no_text_makes_it_slow_to_find_the_nearest_passage(words):
    text = FrozenText(" ".join((words * 150_000)[:150_000]))
    started = time.process_time()
    text.nearest(" ".join((words * 60)[:59]) + " never")
    assert time.process_time() - started < 2


def test_of_an_endless_quotation_the_beginning_is_compared():
    text = FrozenText(" ".join(f"w{number}" for number in range(1_000)))
    started = time.process_time()
    assert text.nearest("w7 w8 w9 " * 100_000).startswith("w7 w8 w9 w10 ")
    assert time.process_time() - started < 2
