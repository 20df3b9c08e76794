"""The rows of workbooks and CSV files, as text with their places."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from ledger.errors import Refusal
from ledger.filing.spreadsheets.rows import FilledRow, tables
from tests.ledger.filing.spreadsheets.making import workbook


def test_cells_are_read_as_a_person_would_type_them(tmp_path: Path) -> None:
    cells = [date(2025, 5, 22), datetime(2025, 5, 22, 9, 30), 46, 0.46, 2.5, True, "  May 21 ", "=1+1", "", "Việt Nam"]
    rows = [[f"c{number}" for number in range(len(cells))], cells]
    path = workbook(tmp_path / "asks.xlsx", {"Asks": rows}, {(1, 1): "yyyy-mm-dd hh:mm", (1, 3): "0%"})
    [table] = tables(path)
    assert [*table.rows[0].cells.values()] == [
        "2025-05-22", "2025-05-22 09:30", "46", "46%", "2.5", "yes", "May 21", "0", "Việt Nam",
    ]  # fmt: skip


def test_every_sheet_with_rows_is_read_and_each_row_says_where_it_is(tmp_path: Path) -> None:
    first = [[], ["Date", "", "Party"], [], ["2025-05-22", "x", "us"], ["", "", "vn"]]
    path = workbook(tmp_path / "asks.xlsx", {"Asks": first, "Empty": [["Date"]], "More": [["A"], ["b"]]})
    asks, more = tables(path)
    assert (asks.name, asks.columns) == ("Asks", ["Date", "Party"])
    assert asks.rows == [
        FilledRow("asks.xlsx[Asks]:4", {"Date": "2025-05-22", "Party": "us"}),
        FilledRow("asks.xlsx[Asks]:5", {"Party": "vn"}),
    ]
    assert more.rows == [FilledRow("asks.xlsx[More]:2", {"A": "b"})]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_csv_file_is_read_with_its_own_separator(tmp_path: Path, separator: str, mark: str) -> None:
    path = tmp_path / "asks.csv"
    path.write_text(f'{mark}Date{separator}Ask\r\n2025-05-22{separator}"a, b; c\nd"\r\n', "utf-8")
    assert tables(path)[0].rows == [FilledRow("asks.csv:2", {"Date": "2025-05-22", "Ask": "a, b; c\nd"})]


def test_what_is_not_a_spreadsheet_is_refused_in_a_sentence(tmp_path: Path) -> None:
    made = {
        "text.xlsx": b"not a zip",
        "empty.xlsx": b"",
        "latin.csv": "Ngày;Người\nhôm\n".encode("utf-16"),
        "header.csv": b"Date,Party\n",
        "nothing.csv": b"",
        "twice.csv": b"Date,Date\n1,2\n",
        "open.csv": b'Date\n"no end',
    }
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    with zipfile.ZipFile(tmp_path / "other.xlsx", "w") as other:
        other.writestr("readme.txt", "hello")
    (tmp_path / "folder.xlsx").mkdir()
    for name in (*made, "other.xlsx", "folder.xlsx", "absent.xlsx"):
        with pytest.raises(Refusal, match=r"cannot be read as a spreadsheet|has no rows|Two columns"):
            tables(tmp_path / name)


def test_a_workbook_that_unpacks_to_far_more_is_refused_unread(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb, bomb.open("xl/a.xml", "w") as part:
        for _ in range(201):
            part.write(bytes(1_000_000))
    with pytest.raises(Refusal, match="larger than 200 MB"):
        tables(tmp_path / "bomb.xlsx")
