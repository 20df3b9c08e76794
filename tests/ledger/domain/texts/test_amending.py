"""Proposals stand next to what they would replace; an agreement replaces the alternatives."""

import pytest
from hypothesis import given

from ledger.domain.texts import amending
from ledger.domain.texts.brackets import bare, parsed, written
from tests.ledger.domain.texts.strategies import wordings


def proposed(text: str, words: str, by: str, instead_of: str = "") -> str:
    return written(amending.proposed(parsed(text), words, (by,), instead_of))


@pytest.mark.parametrize(
    ("text", "words", "instead_of", "found"),
    [
        ("We shall go.", "should", "shall", "We [shall] [should](br) go."),
        ("We [shall](au) go.", "should", "shall", "We [shall](au) [should](br) go."),
        ("We [shall] [should](au) go.", "should", "shall", "We [shall] [should](au, br) go."),
        ("We [shall] [should](au) go.", "should", "", "We [shall] [should](au, br) go."),
        ("We shall go.", "We stay.", "", "[We shall go.] [We stay.](br)"),
        ("[We go.] [We stay.](au)", "We wait.", "", "[We go.] [We stay.](au) [We wait.](br)"),
        ("We [do [all](au)] go.", "some", "all", "We [do [all](au) [some](br)] go."),
        ("We marshall.", "should", "shall", "We marshall. [should](br)"),
        ("", "We go.", "", "[We go.](br)"),
    ],
)
def test_a_proposal_is_an_alternative_or_supports_one(text, words, instead_of, found):
    assert proposed(text, words, "br", instead_of) == found


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("We [shall] [should](br) go.", "should", "We [shall] go."),
        ("We [shall] [should](au, br) go.", "should", "We [shall] [should](au) go."),
        ("We [shall](au) [should](br) go.", "should", "We [shall](au) go."),
        ("We go.", "should", "We go."),
    ],
)
def test_what_is_withdrawn_goes_with_its_last_proposer(text, words, found):
    assert written(amending.withdrawn(parsed(text), words, ("br",))) == found


@pytest.mark.parametrize(
    ("words", "instead_of", "found"),
    [
        ("shall", "should", "We shall [now] go."),
        ("We shall go.", "", "We shall go."),
        ("may", "never", "We [shall] [should](br) [now] go."),
    ],
)
def test_agreed_words_replace_the_alternatives_or_all(words, instead_of, found):
    given_ = parsed("We [shall] [should](br) to-day [now] go.".replace(" to-day", " –"))
    assert written(amending.agreed(given_, words, instead_of)) == found.replace("[now]", "– [now]")


@pytest.mark.parametrize(
    ("text", "instead_of", "found"),
    [
        ("We [shall](au) [should](br) go.", "[shall] [should]", "We shall go."),
        ("We [shall](au) [should](br) go.", "[should](br) [shall]", "We shall go."),
        ("We [shall](au) [should](br) go.", "[should]", "We shall go."),
        ("We [shall](au) [should](br) go.", "We [shall] [should] go", "shall."),
        ("We [shall](au) [should](br) go.", "[shall](au) [should](br) go.", "We shall"),
        ("We [do [all](au) [some]] go.", "[all] [some]", "We [do shall] go."),
        ("We [shall](au) [should](br) go.", "[shall] [must]", "We [shall](au) [should](br) go."),
        ("We [shall](au) [should](br) go.", "e [shall] [should]", "We [shall](au) [should](br) go."),
        ("We [shall](au) [should](br) go.", "[shall", "We [shall](au) [should](br) go."),
    ],
)
def test_a_phrase_may_have_its_brackets_with_or_without_their_proposers(text, instead_of, found):
    assert written(amending.agreed(parsed(text), "shall", instead_of)) == found


@given(wordings)
def test_a_proposal_that_is_withdrawn_again_leaves_the_words_in_brackets(wording):
    after = amending.proposed(wording, "We agree on nothing.", ("jp",))
    words = "".join(bare(wording).split())
    left = "".join(bare(amending.withdrawn(after, "We agree on nothing.", ("jp",))).split())
    assert left in (words, f"[{words}]")


@given(wordings)
def test_proposing_twice_is_proposing_once(wording):
    text = parsed(f"{written(wording)} and must go.")
    once = amending.proposed(text, "may", ("jp",), "must")
    assert "[must] [may](jp)" in written(once)
    assert amending.proposed(once, "may", ("jp",), "must") == once
