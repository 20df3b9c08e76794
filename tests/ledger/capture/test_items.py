"""A draft as plain values for programs."""

import json

from ledger.capture.items import items
from tests.ledger.capture.reports import drafted

TEXT = "Norway and Canada met in Oslo on March 12. Norway asked Canada to cut its cod quota."


def test_every_suggestion_is_an_item_with_its_places_acts_and_reasons() -> None:
    meeting, statement = items(drafted(TEXT))
    assert meeting["held"] == {"words": "on March 12", "edtf": "2024-03-12"}
    assert (meeting["kind"], meeting["meeting_kind"], meeting["parties"]) == ("meeting", "meeting", ["no", "ca"])
    assert TEXT[statement["start"] : statement["end"]] == statement["quote"]
    assert (statement["by"], statement["act"], statement["acts"][0]) == (["no"], "asked", "asked")
    assert statement["reasons"] == ["asked: “asked” at 50–55", "by: “Norway” → no"]


def test_a_day_that_is_not_told_is_empty() -> None:
    (one,) = items(drafted("Norway asked Canada to yield."))
    assert one["on"] == {"words": "", "edtf": ""}


def test_items_are_json() -> None:
    assert json.loads(json.dumps(items(drafted(TEXT)))) == items(drafted(TEXT))


def test_an_act_that_only_the_record_has_is_told_with_the_nearest_one() -> None:
    (studied,) = items(drafted("Norway is considering the proposal of Canada."))
    assert (studied["act"], studied["act_of_record"], studied["acts"][0]) == ("deferred", "considering", "considering")
    (refused,) = items(drafted("Norway rejected the proposal of Canada."))
    assert refused["act"] == "refused" and "act_of_record" not in refused
