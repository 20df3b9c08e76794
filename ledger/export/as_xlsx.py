"""Answers as a workbook (Office Open XML), for spreadsheets: a sheet with a header that stays in view, and filters.

The columns are those of CSV, but a date that is one day is a date, and any other is in words. No cell is a formula.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from ledger.base import now
from ledger.base.files import new_file
from ledger.base.text import visible
from ledger.dates import When
from ledger.errors import ExtraNeeded
from ledger.export.tables import flat, tabulated
from ledger.views.views import Views

WIDEST = 60  # characters; longer text is wrapped
LONGEST = 32_767  # characters of a cell


class AnswerSheet(NamedTuple):
    """One answer: the name of its sheet, its rows, and the names of its columns."""

    name: str
    rows: Iterable[Any]
    columns: Sequence[str]


def in_xlsx(path: Path, sheets: Iterable[AnswerSheet], views: Mapping[str, Views], address: str = "") -> int:
    """Write answers to a new workbook, and return the number of its rows. `views` as in `tabulated`.

    address: the address of the pages, such as `http://127.0.0.1:8001`; with it, each slug links to its entry's page.
    Refused if the file exists, or if the extra `office` is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise ExtraNeeded(what="A workbook", extra="office") from None
    with new_file(path) as draft, Workbook(draft, {"in_memory": True}) as book:
        notices = "\n".join(filter(None, (one.notice() for one in views.values())))
        book.set_properties({"created": now.now().replace(tzinfo=None), "title": "Parley", "comments": notices})
        wrapped = {"text_wrap": True, "valign": "top"}
        formats = _Formats(
            book.add_format({"bold": True, "bottom": 1}),
            book.add_format(wrapped),
            book.add_format({**wrapped, "num_format": "yyyy-mm-dd", "align": "left"}),
        )
        return sum(_write(book.add_worksheet(one.name[:31]), one, formats, views, address) for one in sheets)


class _Formats(NamedTuple):
    heading: Any
    plain: Any
    date: Any


def _write(sheet: Any, answer: AnswerSheet, formats: _Formats, views: Mapping[str, Views], address: str) -> int:
    table = tabulated((flat(one, _date) for one in answer.rows), answer.columns, views)
    rows = [*table.rows]
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(table.columns) - 1)
    for at, column in enumerate(table.columns):
        sheet.write_string(0, at, column, formats.heading)
        widest = max((len(_text(row[column])) for row in rows), default=0)
        sheet.set_column(at, at, min(max(widest, len(column) + 3), WIDEST))
    for down, row in enumerate(rows, 1):
        page = f"{address.rstrip('/')}/{row.get('negotiation') or next(iter(views), '')}"
        for at, column in enumerate(table.columns):
            value = row[column]
            if isinstance(value, date):
                sheet.write_datetime(down, at, value, formats.date)
            elif isinstance(value, int):
                sheet.write_number(down, at, value, formats.plain)
            elif value and address and column == "slug":
                sheet.write_url(down, at, f"{page}/{value}", formats.plain, _text(value))
            elif value:
                sheet.write_string(down, at, _text(value), formats.plain)
    return len(rows)


def _date(when: When) -> Any:
    """The day, if it is known, else the date in words."""
    if when.earliest is not None and when.earliest == when.latest and not when.hour:
        return when.earliest
    return when.describe() if when else ""


def _text(value: Any) -> str:
    return "" if value is None else visible(str(value))[:LONGEST]
