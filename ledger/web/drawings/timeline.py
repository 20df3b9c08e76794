"""The drawing of the timeline: the coordinates of its marks, labels, counts, lanes and axis.

In a lane, a mark is put where its label has room: to the right of it, else to the left, else on the bar of a date that
is not exact, in the first row that is free.
Marks without room are counted, and the count leads to their days.
"""

from collections.abc import Iterator
from itertools import pairwise
from textwrap import wrap
from typing import NamedTuple

from ledger.base.text import times
from ledger.web.drawings.axis import AxisTick, axis_of, days_from, ordinal
from ledger.web.timeline import DUE, EXPECTED, HELD, OTHERS, Bin, Mark, Timeline

LEFT, WIDTH, RIGHT = 132, 986, 14  # the widths of the lanes' names, the whole picture, the right margin
ROW, TOP, GAP = 26, 46, 12  # the heights of a row of marks (to be touched), the axis above them, the gap between lanes
NAME, LINE = 17, 15  # the letters of a line of a lane's name, and the height of a line
LETTER, LONGEST = 6.6, 30  # the width of a letter of a label, and the most letters
TARGET = 24  # the least width and height of what can be touched
FADE, LEAST = 34, 10  # the width of a mark with an open end, and the least width of a bar
CAPS = {31: 99, 120: 12}  # the longest window, in days, and the most rows of its lanes
FEWEST_ROWS = 6
SIGNS = {  # in the order of the legend
    "held": "held", "progress": "in progress", "expected": "expected", "passed": "expected before", "asks": "asks",
    "answers": "answers", "accepts": "accepts", "narrows": "narrows", "settles": "settles", "withdraws": "withdraws",
    "speaks": "says", "due": "due", "lapsed": "past due", "closed": "closed", "contested": "contested",
    "lasted": "from one day to the other", "within": "on some day between, with its sign next to it",
    "either": "on one of the two days", "about": "about that day", "before": "on that day or earlier",
    "after": "on that day or later", "cut": "goes on outside these days", "moved": "date given before",
    "counted": "the number of marks at these days",
}  # fmt: skip
LONG_SIGNS = ("lasted", "within", "either", "about", "before", "after", "cut", "moved", "counted")
LATER = ("speaks", "passed", "closed")  # the shapes that are placed only after the others


class Drawn(NamedTuple):
    """A mark with its place: its bar begins at `x` and is `width` wide; `y` is the middle of its row.

    `glyph` is the place of its sign, after the bar if the sign could look like a day. `label` begins at `label_x`, or
    ends there if `leftward`; it is "" if there is no room. `earlier` are the bars of former dates (x, width), and
    `arrows` the paths from each date to the next. `before`, `beyond`: the date begins before, or ends after, the days
    that are drawn, so that no cap is at that end.
    """

    mark: Mark
    x: float
    width: float
    y: float
    glyph: float
    label: str
    label_x: float
    leftward: bool
    earlier: tuple[tuple[float, float], ...] = ()
    arrows: tuple[str, ...] = ()
    says: str = ""
    before: bool = False
    beyond: bool = False


class Count(NamedTuple):
    """A number of marks between two days that are not drawn one by one: those without room, or those of a bin.

    `touched`, `reach`: where it can be touched, which is never less than `TARGET` wide.
    """

    x: float
    y: float
    width: float
    height: float
    of: int
    first: str
    last: str
    says: str

    @property
    def reach(self) -> float:
        return max(self.width, TARGET)

    @property
    def touched(self) -> float:
        return min(self.x, WIDTH - RIGHT - self.reach)


class Lane(NamedTuple):
    """A lane with its marks, in order of days, and its counts."""

    name: str
    y: float
    height: float
    marks: list[Drawn]
    counts: list[Count]

    @property
    def lines(self) -> list[str]:
        """The lines of the name, as many as there is room for."""
        return wrap(self.name, NAME, max_lines=max(int(self.height // LINE), 1), placeholder="…")


class Sign(NamedTuple):
    """A sign of the legend with its words, and its place in the file of the picture."""

    of: str
    words: str
    x: float
    y: float


class Picture(NamedTuple):
    """The drawing. `first` and `last` are its days as ordinals, for the script that zooms.

    `day_x` is the place of the day of the page; None if it is not within the days that are drawn. `later`: it is after
    them. `shapes` and `dates` are the signs and the kinds of dates that the legend must explain.
    """

    width: int
    height: float
    left: int
    right: int
    first: int
    last: int
    day_x: float | None
    later: bool
    lanes: list[Lane]
    axis: list[AxisTick]
    legend: list[Sign]


class _Scale(NamedTuple):
    first: int
    last: int

    def __call__(self, day: str) -> float:
        part = (ordinal(day) - self.first) / (self.last - self.first)
        return round(LEFT + min(max(part, 0), 1) * (WIDTH - LEFT - RIGHT), 1)

    def cuts(self, mark: Mark) -> tuple[bool, bool]:
        """Whether a date begins before the days that are drawn, and whether it ends after them."""
        spans = mark.drawn in ("lasted", "within", "either")
        return spans and ordinal(mark.first) < self.first, spans and ordinal(mark.last) > self.last


class _Rows:
    """The rows of a lane, with the stretches that are taken in each."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.taken: list[list[tuple[float, float]]] = [[]]

    def free(self, start: float, end: float) -> int | None:
        """The first row with room from `start` to `end`, which is then taken; None if there is none."""
        if start < LEFT - 8 or end > WIDTH:
            return None
        for number in range(self.most):
            if number == len(self.taken):
                self.taken.append([])
            if all(end <= first or start >= last for first, last in self.taken[number]):
                self.taken[number].append((start, end))
                return number
        return None


def draw(timeline: Timeline) -> Picture:
    """The picture."""
    first, last = ordinal(timeline.first), max(ordinal(timeline.last), ordinal(timeline.first) + 1)
    scale = _Scale(first, last)
    most = next((rows for days, rows in CAPS.items() if last - first <= days), FEWEST_ROWS)
    apart = (HELD, EXPECTED, DUE, OTHERS)
    bins_of = {name: _joined([one for one in timeline.bins if one.lane == name], scale) for name in timeline.lanes}
    highest = {name: max((one.of for one in bins), default=1) for name, bins in bins_of.items() if name in apart}
    spoken = max((one.of for name, bins in bins_of.items() if name not in apart for one in bins), default=1)
    lanes, y = [], float(TOP + GAP)
    for name, bins in bins_of.items():
        marks = [one for one in timeline.marks if one.lane == name]
        lane = _counted(name, y, bins, highest.get(name, spoken), scale) if bins else _lane(name, y, marks, most, scale)
        lanes.append(lane)
        y += lane.height + GAP
    places = [(scale(day.isoformat()), label) for day, label in axis_of(first, last)]
    ticks = [AxisTick(x, label if x + len(label) * 8 + 4 < WIDTH else "") for x, label in places]
    day = ordinal(timeline.day)
    return Picture(
        width=WIDTH,
        height=y,
        left=LEFT,
        right=RIGHT,
        first=first,
        last=last,
        day_x=scale(timeline.day) if first <= day <= last else None,
        later=day > last,
        lanes=lanes,
        axis=ticks,
        legend=_legend([one for lane in lanes for one in lane.marks], any(lane.counts for lane in lanes)),
    )


def _legend(drawn: list[Drawn], counted: bool) -> list[Sign]:
    """The signs that are drawn, in rows as wide as the picture."""
    marks = [one.mark for one in drawn]
    used = {one.shape for one in marks} | {one.drawn for one in marks}
    used |= {"moved" for one in drawn if one.earlier} | {"contested" for one in marks if one.contested}
    used |= {"cut" for one in drawn if one.before or one.beyond} | ({"counted"} if counted else set())
    found, x, row = [], 0.0, 0
    for of, words in SIGNS.items():
        if of in used:
            width = len(words) * LETTER + (62 if of in LONG_SIGNS else 36)
            if x + width > WIDTH:
                x, row = 0.0, row + 1
            found.append(Sign(of, words, x, row * TARGET))
            x += width
    return found


def _lane(name: str, y: float, marks: list[Mark], most: int, scale: _Scale) -> Lane:
    """A lane of marks; remarks give way to what was asked and answered."""
    rows = _Rows(most)
    drawn, left = [], []
    units = _moved(marks) if name == EXPECTED else [[one] for one in marks]
    for unit in sorted(units, key=lambda unit: unit[-1].shape in LATER):
        placed = _placed(unit, y, rows, scale)
        if placed is not None:
            drawn.append(placed)
        else:
            left += unit
    height = max(len(rows.taken) * ROW, len(wrap(name, NAME, max_lines=3)) * LINE)
    counts = [*_without_room(sorted(left, key=lambda one: one.first), y + height, scale)]
    drawn.sort(key=lambda one: (one.mark.first, one.y))
    return Lane(name, y, height + (ROW if counts else 0), drawn, counts)


def _moved(marks: list[Mark]) -> list[list[Mark]]:
    """The dates of each meeting in the order in which they were given; the current one is last."""
    found: dict[str, list[Mark]] = {}
    for one in marks:
        found.setdefault(one.slug, []).append(one)
    return [sorted(of, key=lambda one: (one.shape == "expected", one.nth)) for of in found.values()]


def _placed(unit: list[Mark], y: float, rows: _Rows, scale: _Scale) -> Drawn | None:
    """A mark, with its former dates, in the first row that has room; None if no row has."""
    mark = unit[-1]
    x, width = _bar(mark, scale)
    earlier = tuple(_bar(one, scale) for one in unit[:-1])
    before, beyond = scale.cuts(mark)
    glyph = x + width / 2
    if mark.drawn in ("within", "before", "after"):  # a sign on such a bar would look like a day
        x, width, glyph = _with_sign(x, width, before, beyond)
    if beyond:
        earlier = tuple((start, min(long, max(x + width - start, 0))) for start, long in earlier)
    begins = min([glyph - TARGET / 2, x - 3, *(one[0] - 3 for one in earlier)])
    ends = max([glyph + TARGET / 2, x + width + 3, *(one[0] + one[1] + 3 for one in earlier)])
    label = mark.label if len(mark.label) <= LONGEST else f"{mark.label[: LONGEST - 1].rstrip()}…"
    if len(unit) > 1:
        label = f"{label}, moved {times(len(unit) - 1)}"
    room = len(label) * LETTER + 6
    shift = max(0.0, LEFT - 8 - begins)
    on_bar = label if mark.drawn == "within" and not earlier and width > room + 12 else ""
    for start, end, text, leftward, at in (
        (begins + shift, ends + room, label, False, ends + 1),
        (begins - room, ends, label, True, begins - 3),
        (begins + shift, min(ends, WIDTH), on_bar, False, x + 8),
    ):
        row = rows.free(start, end)
        if row is not None:
            middle = y + row * ROW + ROW / 2
            arrows = tuple(_arrows([*earlier, (x, width)], middle))
            says = "; ".join(f"{_words(one)}" for one in reversed(unit)) if len(unit) > 1 else _words(mark)
            return Drawn(mark, x, width, middle, glyph, text, at, leftward, earlier, arrows, says, before, beyond)
    return None


def _with_sign(x: float, width: float, before: bool, beyond: bool) -> tuple[float, float, float]:
    """The bar of a date and the place of its sign, which is after it if there is room, else before it.

    A bar that continues outside the picture gives way to its sign; a bar with both caps in the picture does not.
    """
    room = TARGET + 2
    if beyond and width > room + LEAST:
        width -= room
    elif x + width + room > WIDTH and before and width > room + LEAST:
        return x + room, width - room, x + room / 2
    elif x + width + room > WIDTH:
        return x, width, x - room / 2
    return x, width, x + width + room / 2


def _words(mark: Mark) -> str:
    """The text of a mark: its date in words, and the event."""
    when = mark.when.describe()
    return f"{when}: {mark.says}" if when and when not in mark.says else mark.says


def _bar(mark: Mark, scale: _Scale) -> tuple[float, float]:
    """The place and the width of the bar of a date."""
    x, end = scale(mark.first), scale(mark.last)
    if mark.drawn == "before":
        begins = max(x - FADE, LEFT - 4)
        return begins, x - begins
    if mark.drawn == "after":
        return x, min(FADE, WIDTH - x)
    if mark.drawn in ("day", "about"):
        return round((x + end) / 2, 1), 0
    least = TARGET if mark.drawn == "either" else LEAST
    return min(x, WIDTH - RIGHT - least), round(max(end - x, least), 1)


def _arrows(bars: list[tuple[float, float]], y: float) -> Iterator[str]:
    """The paths from each date to the next, above the row; dates that are close have no room for one."""
    middles = [x + width / 2 for x, width in bars]
    for start, end in pairwise(middles):
        if abs(end - start) >= 12:
            yield f"M{start:.1f} {y - 6:.1f}C{start:.1f} {y - 13:.1f} {end:.1f} {y - 13:.1f} {end:.1f} {y - 7:.1f}"


def _without_room(marks: list[Mark], y: float, scale: _Scale) -> Iterator[Count]:
    """The counts of the marks without room, each at their place."""
    groups: list[list[Mark]] = []
    for one in marks:
        near = groups and scale(one.first) - scale(groups[-1][0].first) < 2 * TARGET
        groups[-1].append(one) if near else groups.append([one])
    for group in groups:
        x = min(scale(group[0].first) - TARGET / 2, WIDTH - RIGHT - 2 * TARGET + 6)
        days = [day for one in group for day in (one.first, one.last)]
        says = "; ".join(_words(one) for one in group[:3]) + ("; …" if len(group) > 3 else "")
        around = (days_from(min(days), -3), days_from(max(days), 3))
        yield Count(x, y + ROW / 2, 2 * TARGET - 6, TARGET, len(group), *around, f"{len(group)} more: {says}")


def _joined(bins: list[Bin], scale: _Scale) -> list[Bin]:
    """The bins of a lane; one that is cut by the edge of the picture, and too narrow to touch, joins its neighbour."""
    found: list[Bin] = []
    for one in bins:
        last = found[-1] if found else None
        if last and days_from(last.last, 1) == one.first and min(_width(last, scale), _width(one, scale)) < TARGET:
            found[-1] = last._replace(last=one.last, of=last.of + one.of)
        else:
            found.append(one)
    return found


def _width(one: Bin, scale: _Scale) -> float:
    """The width of the bar of a bin, which leaves a little room before the next."""
    return max(round(scale(days_from(one.last, 1)) - scale(one.first), 1) - 1, 2)


def _counted(name: str, y: float, bins: list[Bin], highest: int, scale: _Scale) -> Lane:
    """A lane of bins, each as high as its count; the smallest can still be touched."""
    counts = []
    tall = 2 * ROW
    for one in bins:
        height = round(max(tall * one.of / highest, 3), 1)
        width = _width(one, scale)
        counts.append(Count(scale(one.first), y + tall, width, height, one.of, one.first, one.last, ""))
    return Lane(name, y, tall, [], counts)
