"""The acts of which a speaker tells: of the own side, or of the other one."""

import pytest

from ledger.capture.entries import entries
from tests.ledger.capture.reports import drafted, suggested, told


@pytest.mark.parametrize(
    ("text", "by", "act"),
    [
        ("Dahl said Norway had rejected the text.", "no/ingrid-dahl", "refused"),
        ("Dahl said that Norway was insisting on a quota.", "no/ingrid-dahl", "asked"),
        ("Dahl said that her government had asked for time.", "no/ingrid-dahl", "asked"),
        ("Dahl said that Norway was an old country.", "no/ingrid-dahl", "stated"),
        ("Dahl said that Canada had rejected the text.", "no/ingrid-dahl", "stated"),
    ],
)
def test_the_act_of_the_own_side(text: str, by: str, act: str) -> None:
    assert told(text) == [(by, act)]


def test_an_act_of_the_other_side_is_told_besides() -> None:
    (one,) = suggested("Dahl said that Canada had asked for a new text.", "statement")
    assert (one.fields["tells_of"]["by"], one.fields["tells_of"]["act"]) == (("ca",), "asked")


def test_an_act_that_somebody_unnamed_tells_is_told_besides_with_whoever_tells_it() -> None:
    draft = drafted("A diplomat said that Canada had asked for a new text.")
    besides = next(one.besides for one in entries(draft, ()) if one.kind == "statement")
    assert besides is not None
    assert (besides.fields["by"], besides.fields["reported-by"]) == ("ca", "A diplomat")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Canada has accepted the text, two diplomats said.", "two diplomats"),
        ("Canada has accepted the text, an official briefed on the talks said.", "an official briefed on the talks"),
        ("Canada has accepted the text, Norway said.", ""),
    ],
)
def test_whoever_reports_an_act_is_named_in_full(text: str, who: str) -> None:
    assert [one.fields.get("reported_by", "") for one in suggested(text, "statement")] == [who]
