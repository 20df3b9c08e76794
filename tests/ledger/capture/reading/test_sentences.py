"""Sentences have exact places in any text."""

import time

import pytest

from ledger.capture.reading.sentences import split
from tests.ledger.capture.reports import ENGLISH


def texts(text: str) -> list[str]:
    found = split(text, "en", ENGLISH.abbreviations)
    assert all(text[one.start : one.end].split() == one.text.split() for one in found)
    return [one.text for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "They met in Washington D.C. with Mr. Chester.",
        "U.S. Ambassador Marc E. Knapper spoke.",
        "The U.S. side paid 3.5 million.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert texts(text) == [text]


def test_sentences_end_where_they_end() -> None:
    assert texts("They met in the U.S. The talks went well! Why?") == [
        "They met in the U.S.",
        "The talks went well!",
        "Why?",
    ]


def test_lines_that_were_broken_by_hand_are_one_paragraph() -> None:
    text = "Norway asked Canada to\ncut its quota and to\nopen its ports. Canada\nrefused.\n\nThe talks go on.\n"
    found = split(text, "en", ENGLISH.abbreviations)
    assert [one.text for one in found] == [
        "Norway asked Canada to cut its quota and to open its ports.", "Canada refused.", "The talks go on.",
    ]  # fmt: skip
    assert [one.paragraph for one in found] == [0, 0, 1]


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        "a" * 1_000_000,
        "?!." * 100_000,
        "<b>" * 50_000,
        "\u200f\u202eabc. " * 20_000,
        "\n" * 100_000,
        "",
    ],
    ids=["no full stops", "one word", "only marks", "markup", "right-to-left marks", "empty lines", "nothing"],
)
def test_a_hostile_text_is_split_in_time_that_follows_its_length(text: str) -> None:
    started = time.perf_counter()
    found = split(text, "en", ENGLISH.abbreviations)
    assert time.perf_counter() - started < 20
    assert all(text[one.start : one.end].strip() for one in found)


def test_the_letter_of_an_annex_ends_a_sentence_and_an_initial_does_not() -> None:
    assert len(split("It acted under Annex C. Norway left.")) == 2
    assert len(split("It was sent by John C. Reid of Norway.")) == 1
