"""Output: tables for a person at a terminal, plain text for a pipe, JSON and CSV for programs.

Filed text never reaches the terminal raw: in every format, control characters and marks that reorder text are escaped.
"""

import io
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from ledger.base.text import counted, in_spreadsheet, one_line, visible
from ledger.export.as_json import in_json
from ledger.views.rows import to_row

PLAIN_WIDTH = 110  # columns of output to a pipe or file, so that it is the same everywhere


class Column(NamedTuple):
    """A column of a table: its heading and its cell in a row. One column may be `wide`: it wraps if space is short."""

    heading: str
    cell: Callable[[Any], str]
    wide: bool = False


def out(text: str = "") -> None:
    """Print a line."""
    sys.stdout.write(f"{visible(text)}\n")


def raw(text: str) -> None:
    """Print text unchanged; any filed text in it must already be escaped."""
    in_utf8()
    sys.stdout.write(text)


def in_utf8() -> None:
    """Switch the output to UTF-8, whatever the terminal's encoding, because it is for programs or files."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def note(text: str) -> None:
    """Print a line on standard error: a remark to the user, not part of the answer."""
    sys.stderr.write(f"{visible(text)}\n")


def person_looks() -> bool:
    """Whether the output goes to a terminal."""
    return sys.stdout.isatty()


def width() -> int:
    return shutil.get_terminal_size((PLAIN_WIDTH, 40)).columns if person_looks() else PLAIN_WIDTH


def bold(text: str) -> str:
    """The text in bold, if the terminal allows it."""
    return f"\x1b[1m{text}\x1b[0m" if person_looks() and not os.environ.get("NO_COLOR") else text


def title(text: str) -> None:
    """Print the title of a page or of a part."""
    sys.stdout.write(f"{bold(visible(text))}\n")


def heading(text: str) -> None:
    """Print an empty line and a heading."""
    out()
    title(text)


def as_json(answer: Any) -> None:
    """Print the answer as indented JSON with the documented field names."""
    raw(in_json(answer))


def as_csv(answers: Iterable[Any]) -> None:
    """Print the answers as CSV, one row each; lists are joined with "; ", and unknown values are empty."""
    import csv

    rows = [flat(answer) for answer in answers]
    in_utf8()
    if rows:
        writer = csv.DictWriter(sys.stdout, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({name: _cell(value) for name, value in row.items()})


def _cell(value: Any) -> str:
    """A value in CSV."""
    if value is None:
        return ""
    return in_spreadsheet(visible(value)) if isinstance(value, str) else str(value)


class Listing(NamedTuple):
    """A table, printed when it is called: its rows and columns, and the sentence for a table without rows.

    more: the number of rows that were left out. headings: whether it has a line of headings when it stands alone.
    """

    rows: Sequence[Any]
    columns: Sequence[Column]
    empty: str
    more: int = 0
    headings: bool = True

    def __call__(self) -> None:
        if self.headings:
            table(self.rows, self.columns, self.empty)
        else:
            block([[column.cell(row) for column in self.columns] for row in self.rows], 0, indent="")
        if self.more:
            out(f"… and {self.more} more.")


def joined(tables: Sequence[tuple[str, Listing]]) -> Listing:
    """Tables with the same columns as one, in which the first column says which negotiation a row belongs to."""
    rows = [(negotiation, one, row) for negotiation, one in tables for row in one.rows]
    of_all = tables[0][1]
    columns = [Column("Negotiation", itemgetter(0)), *(_column_of(nth, one) for nth, one in enumerate(of_all.columns))]
    return Listing(rows, columns, of_all.empty, sum(one.more for _, one in tables))


def _column_of(nth: int, column: Column) -> Column:
    """The nth column, for rows that name the table that they are from."""
    return column._replace(cell=lambda row: row[1].columns[nth].cell(row[2]))


def table(rows: Sequence[Any], columns: Sequence[Column], empty: str) -> None:
    """Print rows in columns, or the sentence `empty` if there are none."""
    if not rows:
        out(empty)
    elif person_looks():
        _rich_table(rows, columns)
    else:
        lines = [[column.heading for column in columns], *([column.cell(row) for column in columns] for row in rows)]
        wide = next((number for number, column in enumerate(columns) if column.wide), len(columns) - 1)
        for line in aligned(lines, wide):
            out(line)


def aligned(rows: Sequence[Sequence[str]], wide: int, indent: str = "") -> list[str]:
    """Rows as lines with aligned columns; the wide column wraps within the remaining width."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(len(row[number]) for row in cells) for number in range(len(cells[0]))]
    left = width() - len(indent) - sum(widths) + widths[wide] - 2 * (len(widths) - 1)
    widths[wide] = max(1, min(widths[wide], max(30, left)))
    lines = []
    for row in cells:
        first, *more = wrapped(row[wide], widths[wide])
        line = [*row[:wide], first, *row[wide + 1 :]]
        lines.append(indent + "  ".join(cell.ljust(size) for cell, size in zip(line, widths, strict=True)).rstrip())
        before = sum(size + 2 for size in widths[:wide])
        lines += [indent + " " * before + each for each in more]
    return lines


def block(rows: Sequence[Sequence[str]], wide: int, indent: str = "  ") -> None:
    """Print rows in aligned columns, indented under a heading."""
    for line in aligned(rows, wide, indent):
        out(line)


def paragraph(text: str, indent: str = "") -> None:
    """Print a text wrapped to the width of the page."""
    from textwrap import wrap

    for line in wrap(one_line(text), max(40, width()), initial_indent=indent, subsequent_indent=indent):
        out(line)


def wrapped(text: str, room: int) -> list[str]:
    """A text as lines of at most `room` columns."""
    from textwrap import wrap

    return wrap(one_line(text), room, break_on_hyphens=False) or [""]


def flat(answer: Any) -> dict[str, Any]:
    """An answer as one row of texts, by column."""
    if hasattr(answer[0], "_fields"):
        return {**flat(answer[0]), **_joined(dict(zip(answer._fields[1:], answer[1:], strict=True)))}
    lists = {name: value for name, value in zip(answer._fields, answer, strict=True) if isinstance(value, tuple)}
    return {**to_row(answer), **_joined(lists)}


def witnesses(independent: int, sources: int) -> str:
    """`1 source`, `2 independent sources`, `1 independent source (3 in all)`."""
    if sources == 1:
        return "1 source"
    more = f" ({sources} in all)" if sources != independent else ""
    return counted(independent, "independent source") + more


def _joined(values: dict[str, Any]) -> dict[str, Any]:
    return {name: "; ".join(map(str, value)) if isinstance(value, tuple) else value for name, value in values.items()}


def _rich_table(rows: Sequence[Any], columns: Sequence[Column]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns[:-1]:
        grid.add_column(column.heading, overflow="fold")
    grid.add_column(columns[-1].heading, no_wrap=True)  # the slug, which users copy
    for row in rows:
        grid.add_row(*[Text(one_line(column.cell(row))) for column in columns])
    Console().print(grid)
