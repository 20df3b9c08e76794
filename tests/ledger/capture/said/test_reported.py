"""The acts of which a speaker tells: of the own side, or of the other one."""

import pytest

from tests.ledger.capture.reports import suggested, told


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
