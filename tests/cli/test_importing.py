"""`parley import` of a spreadsheet: what is shown first, recorded once, and refused by sheet and row."""

from datetime import date
from pathlib import Path

import pytest

from tests.cli.console import Console
from tests.ledger.filing.spreadsheets.making import workbook

pytest.importorskip("openpyxl", reason="the extra `office` is not installed")

HEADER = ["Date", "Party", "To", "Issue", "What was asked", "Remarks"]
ASKS = [
    HEADER,
    [
        date(2025, 5, 21),
        "Viet Nam",
        "us",
        "tariffs; technical-dialogue",
        "Recognise the market economy",
        "by phone",
    ],
    ["May 20", "us", "vn", "tariffs", "Buy more aircraft", ""],
]
SOURCE = 'parley append source our-asks --kind note --title "Our asks" --published 2025-05-22'
IMPORT = "parley import asks.xlsx --source our-asks"


@pytest.fixture
def table(recorded: Console) -> Path:
    """A table of asks, and its source in the record."""
    assert recorded.line(SOURCE).code == 0
    return workbook(recorded.folder / "asks.xlsx", {"Asks": ASKS})


def test_nothing_is_recorded_before_it_was_shown(recorded: Console, table: Path) -> None:
    before = recorded.line("parley log --csv").out
    answer = recorded.line(IMPORT)
    assert answer.code == 0, answer.err
    assert answer.out.startswith(
        "asks.xlsx: 2 rows, each a statement.\n  Date: on\n  Party: by\n  To: to\n  Issue: issues\n"
        "  What was asked: says\n  Remarks: left out\n  always: act = asked\n  source: our-asks\n"
    )
    assert "Would record" in answer.out
    assert answer.err == "Nothing was recorded. Add --yes to record it.\n"
    assert recorded.line("parley log --csv").out == before
    assert not table.with_name("asks.xlsx.map.yaml").exists()


def test_rows_are_recorded_once_wherever_they_are(recorded: Console, table: Path) -> None:
    assert recorded.line(f"{IMPORT} --yes").code == 0
    asked = recorded.line("parley statements --csv").rows
    [ours] = [one for one in asked if one["says"] == "Recognise the market economy"]
    assert (ours["by"], ours["act"], ours["on"]) == ("vn", "asked", "2025-05-21")
    workbook(table, {"Moved": [HEADER, ASKS[2], [], ASKS[1], ASKS[1]]})
    again = recorded.line("parley import asks.xlsx --yes")  # the mapping and the source are kept
    assert again.code == 0, again.err
    assert "Already in the record: nothing to do." in again.out
    assert recorded.line("parley statements --csv").rows == asked


def test_a_person_at_a_terminal_is_asked(recorded: Console, table: Path) -> None:
    arguments = IMPORT.split()[1:]
    assert "Nothing was recorded." in recorded.parley(*arguments, typed=["n"]).err
    assert "Recorded #" in recorded.parley(*arguments, typed=["y"]).out


def test_problems_name_the_sheet_and_the_row_and_nothing_is_recorded(recorded: Console, table: Path) -> None:
    workbook(
        table, {"Asks": [*ASKS, ["32 May", "us", "", "tariffs", "x", ""]], "Old": [HEADER, ["", "mars", "", "", "y"]]}
    )
    before = recorded.line("parley log --csv").out
    answer = recorded.line(f"{IMPORT} --yes")
    assert answer.code == 1
    assert "asks.xlsx[Asks]:4: " in answer.err
    assert "asks.xlsx[Old]:2: " in answer.err
    assert "2 problems; nothing was written." in answer.err
    assert recorded.line("parley log --csv").out == before


def test_columns_are_mapped_by_hand_and_values_given_to_every_row(recorded: Console, table: Path) -> None:
    answer = recorded.line(f"{IMPORT} --map remarks=inferred --always act=proposed --yes")
    assert answer.code == 0, answer.err
    assert "  Remarks: inferred\n  always: act = proposed\n" in answer.out
    kept = (recorded.folder / "asks.xlsx.map.yaml").read_text("utf-8")
    assert '"Remarks": "inferred"' in kept


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("parley import asks.xlsx", 1, "Nothing says which source reports these rows."),
        ("parley import asks.xlsx --source nowhere --yes", 1, "nowhere"),
        ("parley import asks.xlsx --map party=bye", 1, "has no field 'bye'"),
        ("parley import asks.xlsx seeds/vn-us-trade/1-names.yaml", 2, "Import one spreadsheet at a time."),
        ("parley import seeds/vn-us-trade/*.yaml --yes", 2, "are for a spreadsheet"),
        ("parley import none.xlsx", 1, "cannot be read as a spreadsheet"),
    ],
)
def test_what_cannot_be_imported_is_refused(recorded: Console, table: Path, line: str, code: int, says: str) -> None:
    answer = recorded.line(line)
    assert answer.code == code
    assert says in " ".join(answer.err.split())
