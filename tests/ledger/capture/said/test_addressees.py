"""To whom a statement was made; each rule with a sentence to which it does not apply."""

import pytest

from ledger.capture.reading.gazetteer import Gazetteer
from tests.ledger.capture.reports import drafted, only, suggested


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("Norway urged Canada to cut its quota.", ["ca"]),
        ("Norway urged its members to be patient.", []),
        ("Norway rejected Canada's proposal.", ["ca"]),
        ("Norway blamed Canada for the delay.", ["ca"]),
        ("Norway welcomed Canada's pledge.", ["ca"]),
        ("Norway welcomed the weather.", []),
        ("Norway called the delay a joke.", ["ca"]),
        ("Norway blamed Iceland for the delay.", []),
        ("Norway said that the weather was fine.", []),
        ("Norway hopes that Canada will sign the text.", ["ca"]),
        ("“We have called on Canada to sign,” Dahl said.", ["ca"]),
        ("“We have called on everybody to sign,” Dahl said.", []),
        ("They are accusing Canada of delay.", ["ca"]),
    ],
)
def test_the_words_of_a_clause_name_the_addressee(text: str, to: list[str]) -> None:
    assert only(text, "statement").fields["to"] == to


def test_a_view_in_a_news_report_has_an_addressee_if_it_was_told_at_the_meeting() -> None:
    met = "Norway and Canada met in Oslo on March 12."
    assert suggested(f"{met} Dahl said that cod was scarce.", "statement")[0].fields["to"] == []
    assert suggested(f"{met} At the meeting, Dahl said that cod was scarce.", "statement")[0].fields["to"] == ["ca"]
    assert suggested(f"{met} Dahl stressed that cod was scarce.", "statement")[0].fields["to"] == ["ca"]
    assert suggested(f"{met} Dahl said that Canada should cut its quota.", "statement")[0].fields["to"] == ["ca"]


def test_a_quotation_that_asks_or_blames_is_meant_for_the_other_side() -> None:
    assert only("“They are blocking every single paragraph,” Dahl said.", "statement").fields["to"] == ["ca"]
    assert only("“We shall all need some patience in this matter,” Dahl said.", "statement").fields["to"] == []


def test_one_of_three_speaks_to_two_that_speak_together() -> None:
    names = Gazetteer({"no": ("Norway",), "ca": ("Canada",), "is": ("Iceland",)}, {}, {})
    title = "Norway, Canada and Iceland meet"
    together = "Norway and Canada want a treaty. Iceland proposed a text of its own."
    apart = "Norway wants a treaty. Canada does not. Iceland proposed a text of its own."
    (told,) = [one for one in drafted(together, names, title).suggestions if one.fields["by"] == ["is"]]
    assert told.fields["to"] == ["no", "ca"]
    (told,) = [one for one in drafted(apart, names, title).suggestions if one.fields["by"] == ["is"]]
    assert told.fields["to"] == []
