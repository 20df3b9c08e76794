"""Answers as CSV, for spreadsheets and programs: a header, and a row for each item.

Lists are joined with "; ", and unknown values are empty. Control characters and marks that reorder text are escaped,
and no cell is a formula.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ledger.base.text import in_spreadsheet, visible
from ledger.export.tables import flat, tabulated
from ledger.views.views import Views

BYTE_ORDER_MARK = "\ufeff"  # tells spreadsheets that the letters are UTF-8


def in_csv(rows: Iterable[Any], names: Sequence[str], views: Mapping[str, Views]) -> str:
    """Rows as CSV with these columns; `views` as in `tabulated`."""
    table = tabulated(map(flat, rows), names, views)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, table.columns, lineterminator="\n")
    writer.writeheader()
    for row in table.rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return BYTE_ORDER_MARK + text.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return in_spreadsheet(visible(value)) if isinstance(value, str) else str(value)
