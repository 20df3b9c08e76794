"""Who tells of an entry: a side, somebody unnamed, an outlet; and what the report only believes."""

import pytest

from ledger.capture.entries import entries
from tests.ledger.capture.reports import drafted, field, only, suggested


@pytest.mark.parametrize(
    ("text", "teller"),
    [
        ("Norway said that the two sides had met in Oslo on Monday.", "no"),
        ("Dahl said that both sides had met in Oslo on Monday.", "no/ingrid-dahl"),
        ("The two sides met in Oslo on Monday, Dahl said.", "no/ingrid-dahl"),
        ("The two sides met in Oslo on Monday, a diplomat said.", "a diplomat"),
        ("The two sides met in Oslo on Monday, the Oslo Daily reported.", "the Oslo Daily"),
        ("The two sides met in Oslo on Monday.", ""),
        ("Norway said it was ready, and the two sides met in Oslo on Monday.", ""),
        ("Both sides said that they had met in Oslo on Monday.", ""),
    ],
)
def test_a_meeting_of_which_one_side_tells_has_its_teller(text: str, teller: str) -> None:
    assert only(text, "meeting").fields.get("reported_by", "") == teller


def test_the_teller_is_filled_in() -> None:
    made = entries(drafted("Norway said that the two sides had met in Oslo on Monday."), ())
    assert next(one for one in made if one.kind == "meeting").fields["reported-by"] == "no"


def test_what_is_told_of_a_meeting_was_not_said_there() -> None:
    told = only("Norway said that the two sides had met in Oslo on Monday.", "statement")
    assert (field(told, "on"), told.fields["at"]) == ("", "")


@pytest.mark.parametrize(
    ("text", "kind", "doubt"),
    [
        ("Both sides have apparently signed a declaration.", "statement", "act"),
        ("Both sides have signed a declaration.", "statement", ""),
        ("Both sides have reportedly agreed to exchange lists.", "follow-up", "owners"),
        ("Norway and Canada reportedly met in Oslo on Monday.", "meeting", "parties"),
    ],
)
def test_what_a_report_only_believes_is_in_doubt(text: str, kind: str, doubt: str) -> None:
    assert only(text, kind).doubts == ((doubt,) if doubt else ())


def test_an_outlet_that_reports_words_is_named() -> None:
    (told,) = suggested("Dahl said that the text was fair, the broadcaster NRK reported.", "statement")
    assert told.fields["reported_by"] == "the broadcaster NRK"
    (own,) = suggested("Dahl said that the text was fair, Daily reported.", "statement")
    assert "reported_by" not in own.fields  # the report is of this paper


def test_a_communique_that_others_read_out_has_no_speaker() -> None:
    (told,) = suggested("A communiqué read out by Cuban diplomats declared that the sides had set up a table.")
    assert told.fields["by"] == [{"unnamed": "A communiqué read out by Cuban diplomats"}]
    assert "by" in told.doubts
