"""Fields as texts and back: what was not changed stays as it was read."""

import pytest

from ledger.desk import fields
from ledger.desk.draft import DeskDraft, DeskEntry

MET = DeskEntry(
    "e1",
    "meeting",
    "met",
    fields={
        "kind": "round",
        "held": {"date": "2025-05-22", "words": "on Thursday"},
        "parties": ["vn", "us"],
        "people": ["vn/dien, Minister", "us/greer, Representative"],
    },
)


def texts(entry: DeskEntry) -> dict[str, str]:
    return {one.name: one.text for one in fields.shown(entry)}


def test_lists_are_one_text_and_items_with_commas_have_lines_of_their_own() -> None:
    assert texts(MET)["parties"] == "vn, us"
    assert texts(MET)["people"] == "vn/dien, Minister\nus/greer, Representative"


def test_a_day_is_shown_by_its_date_with_the_words_beside_it() -> None:
    (held,) = [one for one in fields.shown(MET) if one.name == "held"]
    assert (held.text, held.words) == ("2025-05-22", "on Thursday")


def test_what_was_not_changed_stays_as_it_was(draft: DeskDraft) -> None:
    for one in draft.entries:
        assert fields.typed(one, texts(one)) == one.fields


def test_a_changed_day_loses_the_words_that_it_was_read_from() -> None:
    assert fields.typed(MET, {"held": "21 May"})["held"] == "21 May"
    assert fields.typed(MET, {"held": "2025-05-22"})["held"] == {"date": "2025-05-22", "words": "on Thursday"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("vn", "vn"), (" vn ,us ", ["vn", "us"]), ("vn,,us,", ["vn", "us"]), ("", None), ("  ", None)],
)
def test_a_list_is_typed_with_commas(typed: str, kept: object) -> None:
    assert fields.typed(MET, {"parties": typed}).get("parties") == kept


def test_fields_stay_in_the_order_of_the_form() -> None:
    assert list(fields.typed(MET, {"place": "Hanoi"})) == ["kind", "held", "place", "parties", "people"]


def test_a_closed_list_names_its_words_and_a_name_its_kind() -> None:
    shown = {one.name: one for one in fields.shown(DeskEntry("e1", "statement"))}
    assert "asked" in shown["act"].options
    assert [shown[name].names for name in ("by", "issues", "at", "says")] == ["voice", "issue", "meeting", ""]
    assert shown["act"].needed and not shown["says"].needed
