"""Reads the rows of a workbook (.xlsx) or of a CSV file as text, each with its sheet and number.

A date becomes an ISO date, and a percentage has its sign. A formula is read as the value that the spreadsheet last
computed; nothing is computed here.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from ledger.base.files import contents
from ledger.errors import ExtraNeeded
from ledger.filing.spreadsheets.errors import ColumnRepeated, NoRows, TableBroken

SUFFIXES = (".xlsx", ".csv")
LARGEST = 20_000_000  # bytes
LARGEST_UNPACKED = 200_000_000  # bytes of a workbook's parts
MOST_ROWS = 50_000
MOST_COLUMNS = 200


class FilledRow(NamedTuple):
    """A row: where it is (`asks.xlsx[Sheet1]:5`), and its cells that are not empty, by the name of their column."""

    where: str
    cells: dict[str, str]


class FilledTable(NamedTuple):
    """A sheet with a header: its name, "" for a CSV file, the names of its columns, and its rows."""

    name: str
    columns: list[str]
    rows: list[FilledRow]


def is_spreadsheet(path: Path) -> bool:
    """Whether a file is a spreadsheet, by its name."""
    return path.suffix.lower() in SUFFIXES


def tables(path: Path) -> list[FilledTable]:
    """The sheets of a file that have rows; refused if it cannot be read, or if there are none."""
    try:
        found = contents(path, LARGEST)
        sheets = _of_workbook(found) if path.suffix.lower() == ".xlsx" else {"": _of_csv(found)}
        read = [_table(path, name, lines) for name, lines in sheets.items()]
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, csv.Error, SyntaxError) as error:
        raise TableBroken(path=path, why=getattr(error, "strerror", None) or error) from error
    if not any(table.rows for table in read):
        raise NoRows(path=path)
    return [table for table in read if table.rows]


def _table(path: Path, name: str, lines: Iterable[list[str]]) -> FilledTable:
    """The table of a sheet: its first row that is not empty is the header; empty rows are left out."""
    within = f"{path.name}[{name}]" if name else path.name
    columns: list[str] = []
    rows: list[FilledRow] = []
    for number, cells in enumerate(lines, start=1):
        if not any(cells):
            continue
        if not columns:
            columns = cells
            named = [one for one in columns if one]
            for one in named:
                if named.count(one) > 1:
                    raise ColumnRepeated(column=one)
            continue
        if len(rows) >= MOST_ROWS:
            raise ValueError(f"it has more than {MOST_ROWS:,} rows")
        given = {column: cell for column, cell in zip(columns, cells, strict=False) if column and cell}
        rows.append(FilledRow(f"{within}:{number}", given))
    return FilledTable(name, [one for one in columns if one], rows)


def _of_csv(found: bytes) -> Iterator[list[str]]:
    """The lines of a CSV file, divided by the separator that is most frequent in its first line."""
    try:
        text = found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("it is not UTF-8 text. Save it as CSV UTF-8, or as .xlsx") from error
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
        yield [cell.strip() for cell in line[:MOST_COLUMNS]]


def _of_workbook(found: bytes) -> dict[str, list[list[str]]]:
    """The rows of each sheet of a workbook."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise ExtraNeeded(what="A workbook", extra="office") from None
    with zipfile.ZipFile(io.BytesIO(found)) as parts:
        if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED:
            raise ValueError(f"unpacked, it is larger than {LARGEST_UNPACKED // 1_000_000} MB")
    workbook = load_workbook(io.BytesIO(found), read_only=True, data_only=True)
    sheets = {}
    for sheet in workbook.worksheets:
        lines = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)
        sheets[sheet.title] = [[_text(cell) for cell in line] for line in lines]
    workbook.close()
    return sheets


def _text(cell: Any) -> str:
    """The content of a cell as a person would type it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime) and (value.hour or value.minute):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, int | float):
        is_share = str(cell.number_format).endswith("%")
        return f"{value * 100:.10g}%" if is_share else f"{value:.15g}"
    return str(value).strip()
