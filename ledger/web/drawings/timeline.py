"""The drawing of the timeline: the coordinates of its marks, lanes and axis."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ledger.dates.calendar import MONTHS
from ledger.web.timeline import Mark, Timeline

LEFT, WIDTH, RIGHT = 118, 1120, 14  # the widths of the lanes' names, the whole picture, the right margin
ROW, TOP, GAP = 18, 44, 14  # the heights of a row of marks, the axis above them, the gap between lanes
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000)  # months from one label to the next
LETTER = 6.9  # the width of a letter of a label


class Drawn(NamedTuple):
    """A mark with its place: it begins at `x` and is `width` wide; `y` is the middle of its row.

    leftward: its label is on the left, because there is no room on the right.
    """

    mark: Mark
    x: float
    width: float
    y: float
    first: int
    last: int
    leftward: bool

    @property
    def at(self) -> float:
        """The place of the sign along the bar, from 0 to 1: the middle, or the end that is known."""
        return {"start": 1.0, "end": 0.0}.get(self.mark.open, 0.5)


class Lane(NamedTuple):
    """A lane with its marks, in order of days."""

    name: str
    y: float
    height: float
    marks: list[Drawn]


class AxisTick(NamedTuple):
    """A label on the axis."""

    x: float
    label: str


class Picture(NamedTuple):
    """The drawing. `first` and `last` are its days as ordinals, for the script that zooms.

    beyond: the day of the page is later than the last day that is drawn.
    """

    width: int
    height: float
    left: int
    right: int
    first: int
    last: int
    day: int
    day_x: float
    beyond: bool
    lanes: list[Lane]
    axis: list[AxisTick]


def draw(timeline: Timeline) -> Picture:
    """The picture; marks that would overlap are put in different rows of their lane."""
    first, last = ordinal(timeline.first), max(ordinal(timeline.last), ordinal(timeline.first) + 1)
    scale = (WIDTH - LEFT - RIGHT) / (last - first)

    def place(day: str) -> float:
        return round(LEFT + (ordinal(day) - first) * scale, 1)

    lanes, y = [], float(TOP + GAP)
    for name in timeline.lanes:
        drawn, rows = [], [float("-inf")]
        for mark in (one for one in timeline.marks if one.lane == name):
            x = max(place(mark.first), LEFT)
            end = min(place(mark.last), WIDTH - RIGHT)
            label = len(mark.label) * LETTER + 4 if mark.label else 0
            leftward = max(end, x) + 9 + label > WIDTH
            reach = max(end, x) + 9 + (0 if leftward else label)
            begins = x - 9 - (label if leftward else 0)
            row = next((number for number, taken in enumerate(rows) if taken < begins), len(rows))
            rows[row : row + 1] = [reach]
            at = y + row * ROW + ROW / 2
            drawn.append(
                Drawn(mark, x, round(max(end - x, 0), 1), at, ordinal(mark.first), ordinal(mark.last), leftward)
            )
        height = len(rows) * ROW
        lanes.append(Lane(name, y, height, drawn))
        y += height + GAP
    axis = [AxisTick(place(day.isoformat()), label) for day, label in axis_of(first, last)]
    day = ordinal(timeline.day)
    at = min(max(place(timeline.day), LEFT), WIDTH - RIGHT)
    return Picture(WIDTH, y, LEFT, RIGHT, first, last, day, at, day > last, lanes, axis)


def axis_of(first: int, last: int) -> Iterator[tuple[date, str]]:
    """The beginnings of months, quarters or years, with as many labels as there is room for."""
    months = (last - first) / 30.4
    step = next(step for step in STEPS if months / step <= 13)
    day = date.fromordinal(first)
    number = (day.year * 12 + day.month - 1) // step * step + step
    while (number // 12) < 10_000 and (then := date(number // 12, number % 12 + 1, 1)).toordinal() <= last:
        yield then, str(then.year) if then.month == 1 else MONTHS[then.month - 1][:3].title()
        number += step


def ordinal(day: str) -> int:
    """A day (ISO) as a number of days."""
    return date.fromisoformat(day).toordinal()
