"""Makes workbooks for tests, with another library than the one that reads them."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest


def workbook(
    path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], formats: Mapping[tuple[int, int], str] = {}
) -> Path:
    """Write a workbook with these rows; `formats` are number formats of cells of every sheet, by row and column."""
    xlsxwriter = pytest.importorskip("xlsxwriter", reason="the extra `office` is not installed")
    with xlsxwriter.Workbook(path) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    of_date = "d mmm yyyy" if isinstance(cell, date) else "General"
                    style = made.add_format({"num_format": formats.get((number, column), of_date)})
                    sheet.write(number, column, cell, style)
    return path
