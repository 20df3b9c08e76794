"""The drawing of a measure: a step chart of how things are, and a mark for each position of a party.

A value counts from its day until the next one. If its day is not exact, the step begins softly between the first and
the last possible day. A range is as high as the range; a bound has a soft edge on its open side.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

from ledger.base.text import listed
from ledger.domain.figures.amount import Amount
from ledger.queries.figures import MeasuredValue
from ledger.web.drawings.axis import AxisTick, axis_of, ordinal
from ledger.web.entries import EntryPage
from ledger.web.lists import FiguresPage, Series, SeriesShown

WIDTH, HEIGHT = 760, 190  # of a chart
LEFT, RIGHT, TOP, BOTTOM = 96, 14, 24, 26  # its margins
THICK = 3.0  # the height of a step of one exact value
OPEN = 26.0  # the height of the soft edge of a bound
LETTER, LINE = 6.4, 13.0  # about the width and the height of a letter of a label


class Stepped(NamedTuple):
    """A step, certain from `x` on; its soft beginning is `soft` wide. `open` is its soft side: "up", "down" or ""."""

    value: MeasuredValue
    x: float
    width: float
    soft: float
    y: float
    height: float
    open: str


class PlacedLabel(NamedTuple):
    """Words next to a mark: they begin at `x`, or end there if `anchor` is "end". `lifted`: a line leads to them."""

    words: str
    x: float
    y: float
    anchor: str
    lifted: bool


class PositionMark(NamedTuple):
    """The mark of a position at `x`, which is `width` wide if its day is not exact.

    It reaches from `y` down by `height` if it is a range or a bound; `open` is the soft side of a bound. `label` is
    null if there is no room for it.
    """

    value: MeasuredValue
    x: float
    width: float
    y: float
    height: float
    open: str
    label: PlacedLabel | None = None

    @property
    def at(self) -> tuple[float, float]:
        """The centre of its circle."""
        return self.x + self.width, self.y + (self.height if self.open == "up" else 0)


class Level(NamedTuple):
    """A label on the vertical axis."""

    y: float
    label: str


class Chart(NamedTuple):
    """The chart of one measure. `begins` is the value at which its axis begins, "" if that is 0."""

    series: Series
    steps: list[Stepped]
    positions: list[PositionMark]
    levels: list[Level]
    axis: list[AxisTick]
    day_x: float
    begins: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT


def draw(page: FiguresPage) -> dict[str, Chart]:
    """The charts of the page of the figures, by measure."""
    return draw_series(page.shown)


def draw_series(shown: SeriesShown) -> dict[str, Chart]:
    """The charts, by measure, of the measures whose values are all in one unit."""
    return {one.measure.slug: _chart(one, shown) for one in shown.series if _comparable(one.charted)}


def draw_measure(page: EntryPage) -> dict[str, Chart]:
    """The chart of a measure on its own page; other entries have none."""
    return draw_series(page.series) if page.series and page.shown.entry.kind == "measure" else {}


def _comparable(values: Sequence[MeasuredValue]) -> bool:
    return bool(values) and len({(one.figure.unit, one.figure.per) for one in values}) == 1


def _chart(series: Series, page: SeriesShown) -> Chart:
    day = page.day
    days = [one.figure.day for one in series.charted] + [day]
    days += [when.isoformat() for one in series.charted if (when := one.figure.on.earliest) is not None]
    first, last = ordinal(min(days)), max(ordinal(max(days)), ordinal(min(days)) + 1)
    wide = (WIDTH - LEFT - RIGHT) / (last - first)
    scale = scale_of([number for one in series.charted for number in _ends(one.figure.amount)])
    bottom, top = scale[0], scale[-1]

    def across(day: str) -> float:
        return round(LEFT + (ordinal(day) - first) * wide, 1)

    def up(number: Decimal) -> float:
        return round(TOP + float((top - number) / (top - bottom)) * (HEIGHT - TOP - BOTTOM), 1)

    facts = [one for one in series.charted if not one.standing and not one.refined_by]
    ends = [_ends_on(one, facts, day) for one in facts]
    steps = []
    for one, end in zip(facts, ends, strict=False):
        starts, certain = across(_begins(one)), across(one.figure.day)
        y, height, side = _reach(one.figure.amount, up)
        width = max(across(end) - certain, THICK)
        steps.append(
            Stepped(one, certain, round(width, 1), round(certain - starts, 1), y - THICK / 2, height + THICK, side)
        )
    marks = []
    for one in (one for one in series.charted if one.standing):
        starts = across(_begins(one))
        reach = _reach(one.figure.amount, up)
        marks.append(PositionMark(one, starts, round(across(one.figure.day) - starts, 1), *reach))
    levels = [Level(up(number), _label(number, series)) for number in scale]
    places = [(across(when.isoformat()), label) for when, label in axis_of(first, last)]
    ticks = [AxisTick(x, label if x + len(label) * LETTER + 4 < WIDTH else "") for x, label in places]
    begins = "" if bottom <= 0 else _label(bottom, series)
    return Chart(series, steps, _labelled(marks, page.names), levels, ticks, across(day), begins)


def scale_of(numbers: Sequence[Decimal]) -> list[Decimal]:
    """The numbers on the axis: round steps from below the least of the numbers to above the greatest.

    The axis begins at 0 unless all numbers are so far from it that their differences could not be seen.
    """
    low, high = min(numbers), max(numbers)
    if 0 < low <= high / 2 or low == high:
        low = min(low, Decimal(0))
    if high < 0:
        high = Decimal(0)
    rough = (high - low) / 3 or Decimal(1)
    ten = Decimal(10) ** rough.adjusted()
    step = next(ten * one for one in (1, 2, 5, 10) if ten * one >= rough)
    first, last = (low / step).to_integral_value(ROUND_FLOOR), (high / step).to_integral_value(ROUND_CEILING)
    if first > 0:  # nothing lies on the edge of a chart that does not begin at 0
        first, last = first - (step * first == low), last + (step * last == high)
    found = [step * (first + nth) for nth in range(int(max(last - first, Decimal(1))) + 1)]
    return found if found[0] <= low and high <= found[-1] else [low, high]  # too many digits for round steps


def _labelled(marks: Sequence[PositionMark], names: Mapping[str, str]) -> list[PositionMark]:
    """The marks with labels that overlap neither one another nor a mark nor the edge of the chart."""
    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in (one.at for one in marks)]
    found = []
    for mark in marks:
        refused = ", refused" if mark.value.figure.act == "refused" else ""
        words = f"{listed(names.get(one, one) for one in mark.value.figure.by)}{refused}"
        label = next((one for one in _places(mark, words) if _is_free(_box(one), taken)), None)
        if label is not None:
            taken.append(_box(label))
        found.append(mark._replace(label=label))
    return found


def _places(mark: PositionMark, words: str) -> Iterator[PlacedLabel]:
    """The places for a label, best first: next to its mark, above or below it, then lifted from it."""
    x, y = mark.at
    for by in (-7.0, 15.0, -7 - LINE, 15 + LINE, -7 - 2 * LINE, 15 + 2 * LINE):
        for anchor, aside in (("start", 8.0), ("end", -8.0)):
            yield PlacedLabel(words, round(x + aside, 1), round(y + by, 1), anchor, by < -7 or by > 15)


def _box(label: PlacedLabel) -> tuple[float, float, float, float]:
    """The left, the top, the right and the bottom of a label."""
    wide = len(label.words) * LETTER
    left = label.x if label.anchor == "start" else label.x - wide
    return left, label.y - LINE + 3, left + wide, label.y + 3


def _is_free(box: tuple[float, float, float, float], taken: Sequence[tuple[float, float, float, float]]) -> bool:
    left, top, right, bottom = box
    inside = left >= LEFT and right <= WIDTH and top >= 0 and bottom <= HEIGHT - BOTTOM + 4
    return inside and all(
        right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top for other in taken
    )


def _reach(amount: Amount, up: Callable[[Decimal], float]) -> tuple[float, float, str]:
    """The top of an amount, its height, and its soft side."""
    low, high = _span(amount)
    side = _open_side(amount)
    if side == "up":
        top = max(up(low) - OPEN, 0)
        return top, round(up(low) - top, 1), side
    return up(high), OPEN if side else round(up(low) - up(high), 1), side


def _ends_on(one: MeasuredValue, facts: Sequence[MeasuredValue], day: str) -> str:
    """The first day on which another value may count; values of one day stand side by side."""
    return next((_begins(other) for other in facts if other.figure.day > one.figure.day), day)


def _begins(one: MeasuredValue) -> str:
    """The first day from which a value may count."""
    earliest = one.figure.on.earliest
    return min(earliest.isoformat(), one.figure.day) if earliest is not None else one.figure.day


def _ends(amount: Amount) -> list[Decimal]:
    return [Decimal(number) for number in (amount.low, amount.high, amount.whole) if number]


def _span(amount: Amount) -> tuple[Decimal, Decimal]:
    low, high = amount.low or amount.high, amount.high or amount.low
    return Decimal(low), Decimal(high)


def _open_side(amount: Amount) -> str:
    if not amount.high:
        return "up"
    return "" if amount.low else "down"


def _label(number: Decimal, series: Series) -> str:
    unit = series.charted[0].figure.unit
    text = f"{number.normalize():f}"
    return Amount(text, text, unit=unit).describe()
