"""The details of a meeting in a sentence: its kind, number and place."""

import pytest

from ledger.capture.meetings import meeting_words
from tests.ledger.capture.reports import ENGLISH

PHRASES = ENGLISH.meetings


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("held a phone call", "call"),
        ("the third round of talks", "round"),
        ("a ministerial meeting", "ministerial"),
        ("a working session", "working-session"),
        ("met in Oslo", "meeting"),
        ("a round table on roundfish", "round"),
    ],
)
def test_the_kind_of_a_meeting(text: str, kind: str) -> None:
    assert meeting_words.kind_of(PHRASES, text) == kind


@pytest.mark.parametrize(
    ("text", "number"),
    [("the third round", 3), ("the 5th session", 5), ("round 7", 7), ("the third country", None), ("a round", None)],
)
def test_the_number_of_a_meeting(text: str, number: int | None) -> None:
    assert meeting_words.number_of(PHRASES, text) == number


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("They met in Oslo on Monday.", "Oslo"),
        ("They met in Washington, D.C. on Monday.", "Washington, D.C."),
        ("They met in May.", ""),
        ("They met in the morning.", ""),
    ],
)
def test_the_place_of_a_meeting(text: str, place: str) -> None:
    assert meeting_words.place_of(text) == place


def test_full_stops_of_abbreviations_end_nothing() -> None:
    assert meeting_words.without_stops("U.S. talks with Mr. Dahl.") == "U_S_ talks with Mr_ Dahl."
