"""What makes no difference between two wordings, and where each character of a comparable word comes from."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.base.typography import comparable, on_one_line, origins, words_of

SAME = [
    ("it\u2019s", "it's"),
    ("\u2018now\u2019", "'now'"),
    ("\u201cnow\u201d", '"now"'),
    ("\u00abnow\u00bb", '"now"'),
    ("19\u201322 May", "19-22 May"),
    ("now\u2014or never", "now--or never"),
    ("a non\u2011tariff measure", "a non-tariff measure"),
    ("and so on\u2026", "and so on..."),
    ("22,\u00a0he said", "22, he said"),
    ("10\u202f000", "10 000"),
    ("nego\u00adtiation", "negotiation"),
    ("word\u200bbreak", "wordbreak"),
    ("Nguye\u0302\u0303n", "Nguy\u1ec5n"),
    ("se\u00ad\u0301rieux", "s\u00e9rieux"),
    (" two\n\t lines ", "two lines"),
]

DIFFERENT = [
    ("Held", "held"),
    ("Nguyen", "Nguy\u1ec5n"),
    ("it's", "its"),
    ("now.", "now"),
    ("non-tariff", "non tariff"),
    ("non-tariff", "nontariff"),
    ('"now"', "'now'"),
    ("now...", "now.."),
    ("\uff11\uff12", "12"),
]

texts = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("ae'\"-. \u2019\u2014\u2026\u00ad\u0301"))
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_ways_to_set_one_wording_are_the_same(one, other):
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_wording_is_not(one, other):
    assert comparable(one) != comparable(other)


@given(texts)
def test_law_what_is_comparable_stays_as_it_is(text):
    assert comparable(comparable(text)) == comparable(text)


@given(texts, st.sampled_from(["NFC", "NFD"]))
def test_law_the_unicode_form_makes_no_difference(text, form):
    assert comparable(unicodedata.normalize(form, text)) == comparable(text)


@given(texts)
@example("e\u0301\u0958")
@example("\u1112\u1161\u11ab")
def test_law_each_character_of_a_comparable_word_comes_from_a_piece_of_the_word(text):
    for start, end in words_of(text):
        word = text[start:end]
        places = origins(word)
        assert len(places) == len(comparable(word)) > 0
        for letter, (first, last) in zip(comparable(word), places, strict=True):
            assert letter in comparable(word[first:last])


@given(texts)
def test_law_the_words_of_a_text_are_those_of_its_comparable_form(text):
    assert [comparable(text[start:end]) for start, end in words_of(text)] == comparable(text).split()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("step\nup", "step up"),
        ("step \t up", "step up"),
        ("22,\u00a0he \u201csaid\u201d nego\u00adtiation", "22,\u00a0he \u201csaid\u201d nego\u00adtiation"),
    ],
)
def test_a_text_on_one_line_keeps_every_character_but_line_breaks_and_runs_of_white_space(text, line):
    assert on_one_line(text) == line
