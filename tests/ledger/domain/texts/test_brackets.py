"""Bracketed wordings: what is in brackets, who proposes it, and brackets that are broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.texts.brackets import Bracket, bare, brackets, is_bracketed, parsed, with_parties, written
from ledger.errors import Refusal
from tests.ledger.domain.texts.strategies import wordings


def test_a_bracket_has_its_proposers_directly_after_it():
    assert parsed("We [shall](au, nz) [may] go") == (
        "We ",
        Bracket(("shall",), ("au", "nz")),
        " ",
        Bracket(("may",)),
        " go",
    )


def test_parentheses_after_a_space_are_words():
    assert parsed("[all] (fish)") == (Bracket(("all",)), " (fish)")


def test_brackets_may_contain_brackets():
    found = list(brackets(parsed("[all [live](br) fish](au)")))
    assert [(bare(one.inside), one.by) for one in found] == [("all [live] fish", ("au",)), ("live", ("br",))]


@given(wordings)
def test_a_wording_that_is_written_and_read_again_is_the_same(wording):
    assert parsed(written(wording)) == wording


@given(st.text(alphabet="ab []()", max_size=30))
def test_a_text_that_is_read_and_written_says_the_same_or_is_refused(text):
    try:
        wording = parsed(text)
    except Refusal:
        return
    assert parsed(written(wording)) == wording
    assert is_bracketed(wording) == ("[" in text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "We [shall go",
            "Article 5: the bracket before “shall go” never closes. Close it with ] in the same paragraph.",
        ),
        ("We shall] go", "Article 5: the bracket that closes after “We shall” never opens."),
        ("We [shall]() go", "Article 5: nobody is named in the parentheses after the bracket “shall”."),
        ("[" * 21 + "]" * 21, "Article 5: brackets are nested more than 20 deep."),
    ],
)
def test_a_broken_bracket_is_refused_in_a_sentence_with_its_place(text, sentence):
    with pytest.raises(Refusal) as refused:
        parsed(text, "Article 5")
    assert str(refused.value).startswith(sentence)


def test_names_of_proposers_are_replaced_at_every_depth():
    slugs = {"Australia": "au", "Brazil": "br"}
    assert written(with_parties(parsed("[a [b](Brazil)](Australia)"), slugs.__getitem__)) == "[a [b](br)](au)"
