"""Output: tables for a person at a terminal, plain text for a pipe, JSON and CSV for programs.

Filed text never reaches the terminal raw: in every format, control characters and marks that reorder text are escaped.
"""

import io
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cli.terminal.layout import GAP, Rows, in_rows, wrapped
from ledger.base.text import counted, visible
from ledger.export.as_json import in_json

if TYPE_CHECKING:
    from ledger.views.views import Views

PAGE_WIDTH = 80  # columns of a page that goes to a pipe or a file


class Column(NamedTuple):
    """A column of a table: its heading and its cell in a row. One column may be `wide`: it wraps if space is short."""

    heading: str
    cell: Callable[[Any], str]
    wide: bool = False


def out(text: str = "", indent: str = "") -> None:
    """Print a sentence or a short text, wrapped to the width of the page."""
    for line in wrapped(text, width() - len(indent)):
        write(indent + line)


def write(line: str) -> None:
    """Print a line unchanged, apart from unsafe characters."""
    sys.stdout.write(f"{visible(line)}\n")


def raw(text: str) -> None:
    """Print text unchanged; any filed text in it must already be escaped."""
    in_utf8()
    sys.stdout.write(text)


def in_utf8() -> None:
    """Switch the output to UTF-8, whatever the terminal's encoding, because it is for programs or files."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def note(text: str) -> None:
    """Print a remark to the user, which is not part of the answer, on standard error; at a terminal it is wrapped."""
    for sentence in text.split("\n"):
        for line in wrapped(sentence, width()) if sys.stderr.isatty() else [visible(sentence)]:
            sys.stderr.write(f"{line}\n")


def person_looks() -> bool:
    """Whether the output goes to a terminal."""
    return sys.stdout.isatty()


def width() -> int:
    """The columns of a line: those of the terminal, or of a page if nobody looks; COLUMNS overrides both."""
    typed = os.environ.get("COLUMNS", "")
    if typed.isdecimal() and int(typed):
        return int(typed)
    return os.get_terminal_size(sys.stdout.fileno()).columns or PAGE_WIDTH if person_looks() else PAGE_WIDTH


def _row_width() -> int | None:
    """The columns of a row of a table; None, without a limit, for a pipe, so that `grep` finds whole rows."""
    return width() if person_looks() or os.environ.get("COLUMNS") else None


def bold(text: str) -> str:
    """The text in bold, if the terminal allows it."""
    return f"\x1b[1m{text}\x1b[0m" if person_looks() and not os.environ.get("NO_COLOR") else text


def title(text: str) -> None:
    """Print the title of a page or of a part."""
    for line in wrapped(text, width()):
        sys.stdout.write(f"{bold(line)}\n")


def heading(text: str) -> None:
    """Print an empty line and a heading."""
    out()
    title(text)


def as_json(answer: Any) -> None:
    """Print the answer as indented JSON with the documented field names."""
    raw(in_json(answer))


def as_csv(rows: Iterable[Any], columns: Sequence[str], views: "Sequence[Views]" = ()) -> None:
    """Print rows as CSV with these columns; `views`, of each negotiation in them, give names and titles to slugs."""
    from ledger.export.as_csv import in_csv

    raw(in_csv(rows, columns, {one.negotiation: one for one in views}))


def as_xlsx(path: Path, name: str, rows: Iterable[Any], columns: Sequence[str], views: "Sequence[Views]" = ()) -> None:
    """Write rows to a new workbook of one sheet."""
    workbook(path, [(name, rows, columns)], views)


def workbook(path: Path, sheets: Iterable[tuple[str, Iterable[Any], Sequence[str]]], views: "Sequence[Views]") -> None:
    """Write sheets (their name, rows and columns) to a new workbook.

    Slugs are links if PARLEY_PAGES is the address of the pages.
    """
    from ledger.export.as_xlsx import AnswerSheet, in_xlsx

    of = {one.negotiation: one for one in views}
    count = in_xlsx(path, (AnswerSheet(*one) for one in sheets), of, os.environ.get("PARLEY_PAGES", ""))
    out(f"Wrote {counted(count, 'row')} to {path}.")


class Listing(NamedTuple):
    """A table, printed when it is called: its rows and columns, and the sentence for a table without rows.

    more: the number of rows that were left out. headings: whether it has a line of headings when it stands alone.
    notes: the sentences under it.
    """

    rows: Sequence[Any]
    columns: Sequence[Column]
    empty: str
    more: int = 0
    headings: bool = True
    notes: Sequence[str] = ()

    def __call__(self) -> None:
        if not self.headings:
            block([[column.cell(row) for column in self.columns] for row in self.rows], 0, indent="")
        elif not self.rows:
            out(self.empty)
        else:
            laid_out = self._laid_out()
            for line in laid_out.headings:
                sys.stdout.write(f"{bold(line)}\n")
            for line in laid_out.lines:
                write(line)
        if self.more:
            out(f"… and {self.more} more.")
        for sentence in self.notes:
            out(sentence)

    @property
    def fits(self) -> bool:
        """Whether its columns have room next to one another; otherwise its rows are stacked."""
        return not self.rows or bool(self._laid_out().headings)

    def _laid_out(self) -> Rows:
        wide = next((number for number, column in enumerate(self.columns) if column.wide), len(self.columns) - 1)
        cells = [[column.cell(row) for column in self.columns] for row in self.rows]
        return in_rows(cells, wide, _row_width(), [column.heading for column in self.columns])


def joined(tables: Sequence[tuple[str, Listing]]) -> Listing:
    """Tables with the same columns as one, in which the first column says which negotiation a row belongs to."""
    rows = [(negotiation, one, row) for negotiation, one in tables for row in one.rows]
    of_all = tables[0][1]
    shown = [Column("Negotiation", itemgetter(0)), *(_column_of(nth, one) for nth, one in enumerate(of_all.columns))]
    notes = [f"{negotiation}: {sentence}" for negotiation, one in tables for sentence in one.notes]
    return Listing(rows, shown, of_all.empty, sum(one.more for _, one in tables), notes=notes)


def _column_of(nth: int, column: Column) -> Column:
    """The nth column, for rows that name the table that they are from."""
    return column._replace(cell=lambda row: row[1].columns[nth].cell(row[2]))


def block(rows: Sequence[Sequence[str]], wide: int, indent: str = GAP) -> None:
    """Print rows in aligned columns, indented under a heading."""
    for line in in_rows(rows, wide, width(), indent=indent).lines:
        write(line)


def witnesses(independent: int, sources: int) -> str:
    """`1 source`, `2 independent sources`, `1 independent source (3 in all)`."""
    if sources == 1:
        return "1 source"
    more = f" ({sources} in all)" if sources != independent else ""
    return counted(independent, "independent source") + more
