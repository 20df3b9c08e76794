"""Which side a clause speaks for, and to whom it is said."""

import pytest

from ledger.capture.reading.predicates import predicates
from ledger.capture.reading.sides import addressed, speaks_for
from tests.ledger.capture.reports import ENGLISH, mentions


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("He said that Norway would not yield.", "no"),
        ("He said Norway is ready to talk.", "no"),
        ("He reaffirmed Norway’s commitment.", "no"),
        ("He said that Norway would suffer.", ""),
        ("He welcomed Norway’s commitment.", ""),
        ("He said that the duties on Norway would stay.", ""),
    ],
)
def test_a_clause_speaks_for_a_side(text: str, party: str) -> None:
    named = mentions(text)
    (one,) = predicates(text, named, ENGLISH)
    assert speaks_for(text, named, one) == party


def test_a_clause_is_said_to_a_side() -> None:
    text = "He urged Norway and Canada to wait."
    named = mentions(text)
    (one,) = predicates(text, named, ENGLISH)
    assert [who.words for who in addressed(text, named, one, ENGLISH)] == ["Norway", "Canada"]
    text = "He said no to Norway."
    assert addressed(text, mentions(text), predicates(text, mentions(text), ENGLISH)[0], ENGLISH) == []
