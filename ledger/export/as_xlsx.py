"""Answers as a workbook (Office Open XML), for spreadsheets: a sheet with a header that stays in view, and filters.

The columns are those of CSV, but a date that is one day is a date, and any other is in words. No cell is a formula.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ledger.base import now
from ledger.base.files import new_file
from ledger.base.text import visible
from ledger.dates import When
from ledger.errors import ExtraNeeded
from ledger.export.tables import flat, tabulated
from ledger.views.views import Views

WIDEST = 60  # characters; longer text is wrapped
LONGEST = 32_767  # characters of a cell


def in_xlsx(
    path: Path, name: str, rows: Iterable[Any], names: Sequence[str], views: Mapping[str, Views], address: str = ""
) -> int:
    """Write rows with these columns to a new workbook; the number of rows. `views` as in `tabulated`.

    address: that of the pages, such as `http://127.0.0.1:8001`; each slug is then a link to the page of its entry.
    Refused if the file exists, or if the extra `office` is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise ExtraNeeded(what="A workbook", extra="office") from None
    table = tabulated((flat(one, _date) for one in rows), names, views)
    found = [*table.rows]
    with new_file(path) as draft, Workbook(draft, {"in_memory": True}) as book:
        book.set_properties({"created": now.now().replace(tzinfo=None), "title": f"Parley: {name}"})
        of = {"text_wrap": True, "valign": "top"}
        plain, heading = book.add_format(of), book.add_format({"bold": True, "bottom": 1})
        dated = book.add_format({**of, "num_format": "yyyy-mm-dd", "align": "left"})
        sheet = book.add_worksheet(name[:31])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(found), 1), len(table.columns) - 1)
        for at, column in enumerate(table.columns):
            sheet.write_string(0, at, column, heading)
            widest = max((len(_text(row[column])) for row in found), default=0)
            sheet.set_column(at, at, min(max(widest, len(column) + 3), WIDEST))
        for down, row in enumerate(found, 1):
            page = f"{address.rstrip('/')}/{row.get('negotiation') or next(iter(views), '')}"
            for at, column in enumerate(table.columns):
                value = row[column]
                if isinstance(value, date):
                    sheet.write_datetime(down, at, value, dated)
                elif isinstance(value, int):
                    sheet.write_number(down, at, value, plain)
                elif value and address and column == "slug":
                    sheet.write_url(down, at, f"{page}/{value}", plain, _text(value))
                elif value:
                    sheet.write_string(down, at, _text(value), plain)
    return len(found)


def _date(when: When) -> Any:
    """A date, if the day is known, else what is said of it."""
    if when.earliest is not None and when.earliest == when.latest and not when.hour:
        return when.earliest
    return when.describe() if when else ""


def _text(value: Any) -> str:
    return "" if value is None else visible(str(value))[:LONGEST]
