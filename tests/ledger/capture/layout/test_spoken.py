"""Statements in words that a report prints as spoken."""

import pytest

from tests.ledger.capture.reports import suggested

REMARKS = "Good evening. I am Ingrid Dahl.\n\n"


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("We cannot accept a quota of that size.", "refused"),
        ("If Canada opens its ports, we are ready to sign the text.", "conditioned"),
        ("We are not going to pay for that survey.", "refused"),
    ],
)
def test_words_of_a_speaker_are_statements(words: str, act: str) -> None:
    (one,) = suggested(REMARKS + words, "statement")
    assert (one.fields["by"], one.fields["act"]) == (["no/ingrid-dahl"], act)


@pytest.mark.parametrize("words", ["The hall was full on both days.", "Can we accept a quota of that size?"])
def test_words_that_tell_no_act_are_none(words: str) -> None:
    assert suggested(REMARKS + words) == []


def test_the_same_words_of_a_newspaper_are_nobodys() -> None:
    assert suggested("We cannot accept a quota of that size.") == []
