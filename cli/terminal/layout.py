"""Text in lines of a given width: no line is longer, and none ends inside a word or a date.

Rows are aligned in columns. Where the columns have no room, the cells of each row are stacked. Only a single word that
is longer than the line, such as a URL, may stick out.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ledger.base.patterns import once
from ledger.base.text import one_line

GAP = "  "  # between columns
STEP = "    "  # what belongs to the line above is indented
NARROW = 24  # a column this narrow does not wrap: a name, an act, a date
WIDE = 36  # the least room for the column of texts
LABELS = ("Follow-ups", "Outcome")  # stacked with a colon; other headings read on: `raised by Viet Nam`
USUAL = 60  # where lines have no limit, longer texts stick out of their column

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = (
    rf"(?<![\d.])\d{{1,2}}(?: (?:and|to|or) \d{{1,2}})? {_MONTH}(?:,? \d{{4}})?"
    rf"|{_MONTH} \d{{1,2}}(?: to \d{{1,2}})?(?:,? \d{{4}})?|{_MONTH} \d{{4}}"
)
_JOINED = "\0"  # stands for a space at which no line may end; shown text never contains it
_IDEOGRAMS = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60"  # Chinese and Japanese, written without spaces
_UNITS = rf" ?(?:[{_IDEOGRAMS}]|[^ {_IDEOGRAMS}]+)"
_WORDS = " ?[^ ]+"  # the units of a text without ideograms


def wrapped(text: str, room: int) -> list[str]:
    """A text as lines of at most `room` columns."""
    text = one_line(text)
    if columns(text) <= room:
        return [text]
    lines, line, used = [], "", 0
    for unit in _units(text):
        size = columns(unit)
        if line and used + size > room:
            lines.append(line)
            line = unit.lstrip()
            used = columns(line)
        else:
            line, used = line + unit, used + size
    return [one.replace(_JOINED, " ") for one in (*lines, line)]


def columns(text: str) -> int:
    """The columns that a text takes on a screen: an ideogram takes two, a combining mark none."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def padded(text: str, size: int) -> str:
    """The text with spaces up to `size` columns."""
    return text + " " * (size - columns(text))


class Rows(NamedTuple):
    """The lines of a table: those of its headings, none if the rows are stacked, and those of its rows."""

    headings: list[str]
    lines: list[str]


def in_rows(
    rows: Sequence[Sequence[str]], wide: int, room: int | None, headings: Sequence[str] = (), indent: str = ""
) -> Rows:
    """Rows of cells as lines of at most `room` columns, each row on one line if `room` is None.

    The cell at `wide` gets the room that the others leave. The last cell is usually the entry's slug. Columns without
    any content are left out.
    """
    cells = [[one_line(cell) for cell in row] for row in rows]
    shown = [number for number in range(len(cells[0])) if number == wide or any(row[number] for row in cells)]
    cells = [[row[number] for number in shown] for row in cells]
    head, wide = [headings[number] for number in shown] if headings else [], shown.index(wide)
    grid = [head, *cells] if headings else cells
    if room is None:
        sizes = [max(map(columns, column)) for column in zip(*grid, strict=True)]
        sizes[wide] = min(sizes[wide], USUAL)
        return Rows([_line(head, sizes)], [_line(row, sizes) for row in cells])
    left = room - len(indent)
    if sizes := _sizes(grid, wide, left - len(GAP) * (len(shown) - 1)):
        lines = [indent + line for row in cells for line in _aligned(row, sizes)]
        return Rows([indent + line for line in _aligned(head, sizes)] if headings else [], lines)
    return Rows([], [indent + line for row in cells for line in _stacked(row, wide, left, head)])


def _sizes(grid: Sequence[Sequence[str]], wide: int, room: int) -> list[int]:
    """The size of each column; [] if the columns have no room next to one another."""
    most = [max(map(columns, column)) for column in zip(*grid, strict=True)]
    if sum(most) <= room:
        return most
    least = []
    for number, (size, column) in enumerate(zip(most, zip(*grid, strict=True), strict=True)):
        longest = max((columns(unit.strip()) for cell in column for unit in _units(cell)), default=0)
        least.append(max(longest, min(size, WIDE if number == wide else NARROW)))
    left = room - sum(least)
    if left < 0:
        return []
    # The columns that lack least are widened first; the column of texts takes the rest.
    wanting = sorted(range(len(most)), key=lambda number: (number == wide, most[number] - least[number]))
    for place, number in enumerate(wanting):
        more = min(most[number] - least[number], left // (len(wanting) - place))
        least[number], left = least[number] + more, left - more
    return least


def _aligned(row: Sequence[str], sizes: Sequence[int]) -> list[str]:
    """One row as lines; a long cell continues below itself."""
    cells = [wrapped(cell, size) for cell, size in zip(row, sizes, strict=True)]
    return [
        _line([cell[number] if number < len(cell) else "" for cell in cells], sizes)
        for number in range(max(map(len, cells)))
    ]


def _line(cells: Sequence[str], sizes: Sequence[int]) -> str:
    return GAP.join(map(padded, cells, sizes)).rstrip()


def _stacked(row: Sequence[str], wide: int, room: int, headings: Sequence[str]) -> list[str]:
    """One row as lines: the cells before the text, the text, then the other cells with their headings."""
    head = GAP.join(filter(None, row[:wide]))
    together = GAP.join(filter(None, (head, row[wide])))
    if columns(together) <= room:
        lines = [together] if together else []
    else:
        lines = wrapped(head if columns(head) <= room else "; ".join(filter(None, row[:wide])), room) if head else []
        below = STEP if head else ""
        lines += [below + line for line in wrapped(row[wide], room - len(below))]
    names = [f"{one[0].lower()}{one[1:]}{':' if one in LABELS else ''} " for one in headings] or [""] * len(row)
    rest = [names[number] + row[number] for number in range(wide + 1, len(row) - 1) if row[number]]
    if rest:
        lines += [STEP + line for line in wrapped("; ".join(rest), room - len(STEP))]
    if row[-1] and wide < len(row) - 1:
        space = room - columns(row[-1])
        if lines and columns(lines[-1]) + len(GAP) <= space:
            lines[-1] = padded(lines[-1], space) + row[-1]
        else:
            lines += [
                padded("", max(len(STEP), room - columns(line))) + line for line in wrapped(row[-1], room - len(STEP))
            ]
    return lines


def _units(text: str) -> list[str]:
    """The parts of a text between which a line may end; each but the first begins with the space before it, if any."""
    units = _WORDS if max(text, default="") < _IDEOGRAMS[0] else _UNITS
    return once(units).findall(once(_DATE).sub(lambda date: date[0].replace(" ", _JOINED), text))


@lru_cache(maxsize=4096)
def _columns(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
