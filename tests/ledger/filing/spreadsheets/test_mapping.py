"""The mapping of a spreadsheet: guessed, changed and kept."""

from pathlib import Path

import pytest

from ledger.errors import Refusal
from ledger.filing.forms import FORMS
from ledger.filing.spreadsheets.mapping import ColumnMap, changed, guessed, keep, kept

COLUMNS = ["Date", "Party", "To whom", "Issue", "What was asked", "Words", "Remarks"]
GUESS = ColumnMap(
    "statement",
    {"Date": "on", "Party": "by", "To whom": "to", "Issue": "issues", "What was asked": "says", "Words": "quote"},
    {"act": "asked"},
)


def test_a_mapping_is_guessed_from_the_names_of_the_file_and_of_the_columns() -> None:
    assert guessed("our asks 2025", COLUMNS) == GUESS
    assert guessed("table", ["NGÀY", "Act", "reported-by"]) == ColumnMap(
        "statement", {"NGÀY": "on", "Act": "act", "reported-by": "reported-by"}, {}
    )
    assert guessed("follow-ups", ["Task", "Responsible", "Due by"]).columns == {
        "Task": "says", "Responsible": "owners", "Due by": "due",
    }  # fmt: skip


@pytest.mark.parametrize("kind", [kind for kind in FORMS if kind != "negotiation"])
def test_columns_that_are_named_like_fields_are_those_fields(kind: str) -> None:
    fields = [*FORMS[kind].fields]
    assert guessed(kind, fields).columns == {field: field for field in fields}


def test_a_person_changes_columns_values_kind_and_source() -> None:
    told = changed(GUESS, COLUMNS, "remarks=says,issue=", "act=proposed", "", "vna")
    columns = {"Date": "on", "Party": "by", "To whom": "to", "Words": "quote", "Remarks": "says"}
    assert told == ColumnMap("statement", columns, {"act": "proposed"}, "vna")


@pytest.mark.parametrize(
    ("mapped", "always", "kind", "says"),
    [
        ("dat=on", "", "", "has no column 'dat'. Did you mean Date?"),
        ("date=onn", "", "", "has no field 'onn'"),
        ("date", "", "", "is not COLUMN=FIELD"),
        ("", "colour=red", "", "has no field 'colour'"),
        ("", "", "statment", "Did you mean statement?"),
    ],
)
def test_what_is_not_known_is_refused_with_what_may_be_meant(mapped: str, always: str, kind: str, says: str) -> None:
    with pytest.raises(Refusal, match=says.replace("?", r"\?")):
        changed(GUESS, COLUMNS, mapped, always, kind, "")


def test_a_mapping_is_kept_next_to_the_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "asks.xlsx"
    assert kept(path) is None
    for mapping in (GUESS, ColumnMap("person", {"# no: 'x' \"y\"": "name", "Việt": "aliases"}, {}, "vna-2025-05-22")):
        keep(path, mapping)
        assert kept(path) == mapping


NO_MAPPINGS = ["", "kind: nothing\ncolumns: {}", "kind: statement", "[1]", "kind: [", "columns: x\nkind: text"]


@pytest.mark.parametrize("text", NO_MAPPINGS)
def test_a_file_that_is_not_a_mapping_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "asks.xlsx.map.yaml").write_text(text)
    with pytest.raises(Refusal):
        kept(tmp_path / "asks.xlsx")
