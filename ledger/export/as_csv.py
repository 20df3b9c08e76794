"""Answers as CSV, for spreadsheets: a header, and a row for each item, whose columns are those of the views' tables.

Control characters and marks that reorder text are escaped, and no cell is a formula.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any, get_type_hints

from ledger.base.text import in_spreadsheet, visible
from ledger.dates import When
from ledger.views.rows import columns

BYTE_ORDER_MARK = "\ufeff"  # tells spreadsheets that the letters are UTF-8


def in_csv(rows: Iterable[Any], names: Sequence[str]) -> str:
    """Rows as CSV with these columns; lists are joined with "; ", and unknown values are empty."""
    import csv

    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in flat(row).items()})
    return BYTE_ORDER_MARK + text.getvalue()


def header(of: Any) -> list[str]:
    """The columns of a type: those of a state that it wraps come first, and a date has four."""
    wrapped = next(iter(get_type_hints(of).values()))
    if not hasattr(wrapped, "_fields"):
        return [*columns(of)]
    return [*dict.fromkeys([*header(wrapped), *list(columns(of))[1:]])]


def flat(answer: Any) -> dict[str, Any]:
    """An answer as one row, by column; an entry that belongs to it is its slug."""
    found: dict[str, Any] = {}
    for name, value in zip(answer._fields, answer, strict=True):
        if isinstance(value, When):
            first, last = (day.isoformat() if day else "" for day in (value.earliest, value.latest))
            found |= {name: value.edtf, f"{name}_phrase": value.phrase}
            found |= {f"{name}_earliest": first, f"{name}_latest": last}
        elif hasattr(value, "_fields"):
            found |= {name: value.slug} if found else flat(value)
        elif isinstance(value, tuple):
            found[name] = "; ".join(map(str, value))
        else:
            found[name] = int(value) if isinstance(value, bool) else value
    return found


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return in_spreadsheet(visible(value)) if isinstance(value, str) else str(value)
