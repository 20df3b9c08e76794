"""To whom a statement was made; each rule with a sentence to which it does not apply."""

import pytest

from tests.ledger.capture.reports import only


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("Norway urged Canada to cut its quota.", ["ca"]),
        ("Norway urged its members to be patient.", []),
        ("Norway rejected Canada's proposal.", ["ca"]),
        ("Norway blamed Canada for the delay.", ["ca"]),
        ("Norway said that the weather was fine.", []),
    ],
)
def test_the_words_of_a_clause_name_the_addressee(text: str, to: list[str]) -> None:
    assert only(text, "statement").fields["to"] == to
