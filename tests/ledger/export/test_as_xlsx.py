"""Answers as workbooks, read back with another library than wrote them."""

from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

pytest.importorskip("xlsxwriter", reason="the extra `office` is not installed")
pytest.importorskip("openpyxl", reason="a reader of workbooks is not installed")

import openpyxl

from ledger.dates import When
from ledger.export.as_xlsx import AnswerSheet, in_xlsx
from ledger.export.tables import header


class Told(NamedTuple):
    """A row of an answer."""

    slug: str
    says: str
    on: When
    count: int | None


class Noticed:
    """Views of a negotiation that has a notice."""

    def notice(self) -> str:
        return "Invented."


ROWS = [
    Told("a", "Lift the tariffs on cà phê.", When("2025-05-22"), 2),
    Told("b", "=HYPERLINK(1)", When("[2025-06-01..2025-06-10]", "early June"), None),
    Told("c", "x" * 40_000, When(), 0),
]


def sheet(path: Path, **options: Any) -> Any:
    assert in_xlsx(path, [AnswerSheet("asks", ROWS, header(Told))], {}, **options) == 3
    [found] = openpyxl.load_workbook(path).worksheets
    return found


def test_an_exact_date_is_a_date_and_any_other_is_in_words(tmp_path: Path) -> None:
    found = sheet(tmp_path / "asks.xlsx")
    columns = {cell.value: cell.column for cell in found[1]}
    on = [found.cell(row, columns["on"]) for row in (2, 3, 4)]
    assert on[0].value == datetime(2025, 5, 22)
    assert on[0].is_date
    assert on[1].value == '"early June" (between 1 and 10 June 2025)'
    assert on[2].value is None


def test_no_cell_is_a_formula_and_numbers_are_numbers(tmp_path: Path) -> None:
    found = sheet(tmp_path / "asks.xlsx")
    assert [cell.value for cell in found[2]][:2] == ["a", "Lift the tariffs on cà phê."]
    assert {cell.data_type for row in found for cell in row} <= {"s", "n", "d"}
    assert found["B3"].value == "=HYPERLINK(1)"
    assert [found.cell(row, found.max_column).value for row in (2, 3, 4)] == [2, None, 0]


def test_the_header_stays_in_view_and_filters(tmp_path: Path) -> None:
    found = sheet(tmp_path / "asks.xlsx")
    assert found.title == "asks"
    assert found.freeze_panes == "A2"
    assert found.auto_filter.ref.startswith("A1:")


def test_slugs_are_links_if_the_pages_have_an_address(tmp_path: Path) -> None:
    assert sheet(tmp_path / "without.xlsx")["A2"].hyperlink is None
    sheets = [AnswerSheet("asks", ROWS, header(Told))]
    assert in_xlsx(tmp_path / "with.xlsx", sheets, {"talks": Noticed()}, "http://desk:8001/") == 3
    found = openpyxl.load_workbook(tmp_path / "with.xlsx").worksheets[0]
    assert found["A2"].hyperlink.target == "http://desk:8001/talks/a"
    assert found["A2"].value == "a"


def test_the_notice_of_a_negotiation_is_in_the_properties(tmp_path: Path) -> None:
    in_xlsx(tmp_path / "with.xlsx", [], {"talks": Noticed()})
    assert openpyxl.load_workbook(tmp_path / "with.xlsx").properties.description == "Invented."


def test_an_answer_without_rows_has_its_header(tmp_path: Path) -> None:
    assert in_xlsx(tmp_path / "none.xlsx", [AnswerSheet("asks", [], header(Told))], {}) == 0
    assert [cell.value for cell in openpyxl.load_workbook(tmp_path / "none.xlsx").worksheets[0][1]] == header(Told)
