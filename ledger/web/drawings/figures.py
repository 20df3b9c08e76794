"""The drawing of a measure: a step chart of how things are, and a mark for each position of a party.

A value counts from its day until the next one. If its day is not exact, the step begins softly between the first and
the last possible day. A range is as high as the range; a bound has a soft edge on its open side.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from ledger.figures import Amount
from ledger.queries.figures import MeasuredValue
from ledger.web.drawings.timeline import AxisTick, axis_of, ordinal
from ledger.web.entries import EntryPage
from ledger.web.lists import FiguresPage, Series

WIDTH, HEIGHT = 760, 190  # of a chart
LEFT, RIGHT, TOP, BOTTOM = 96, 14, 24, 26  # its margins
THICK = 3.0  # the height of a step of one exact value
OPEN = 26.0  # the height of the soft edge of a bound


class Stepped(NamedTuple):
    """A step, certain from `x` on; its soft beginning is `soft` wide. `open` is its soft side: "up", "down" or ""."""

    value: MeasuredValue
    x: float
    width: float
    soft: float
    y: float
    height: float
    open: str


class PositionMark(NamedTuple):
    """The mark of a position at `x`, which is `width` wide if its day is not exact.

    It reaches from `y` down by `height` if it is a range or a bound; `open` is the soft side of a bound.
    """

    value: MeasuredValue
    x: float
    width: float
    y: float
    height: float
    open: str


class Level(NamedTuple):
    """A label on the vertical axis."""

    y: float
    label: str


class Chart(NamedTuple):
    """The chart of one measure."""

    series: Series
    steps: list[Stepped]
    positions: list[PositionMark]
    levels: list[Level]
    axis: list[AxisTick]
    day_x: float
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT


def draw(page: FiguresPage) -> dict[str, Chart]:
    """The charts, by measure, of the measures whose values are all in one unit."""
    return {one.measure.slug: _chart(one, page.day) for one in page.series if _comparable(one.values)}


def draw_measure(page: EntryPage) -> dict[str, Chart]:
    """The chart of a measure on its own page; other entries have none."""
    return draw(page.series) if page.series and page.shown.entry.kind == "measure" else {}


def _comparable(values: Sequence[MeasuredValue]) -> bool:
    return bool(values) and len({(one.figure.unit, one.figure.per) for one in values}) == 1


def _chart(series: Series, day: str) -> Chart:
    days = [one.figure.day for one in series.values] + [day]
    days += [when.isoformat() for one in series.values if (when := one.figure.on.earliest) is not None]
    first, last = ordinal(min(days)), max(ordinal(max(days)), ordinal(min(days)) + 1)
    wide = (WIDTH - LEFT - RIGHT) / (last - first)
    top = max([number for one in series.values for number in _ends(one.figure.amount)] + [Decimal(1)])
    bottom = min([number for one in series.values for number in _ends(one.figure.amount)] + [Decimal(0)])

    def across(day: str) -> float:
        return round(LEFT + (ordinal(day) - first) * wide, 1)

    def up(number: Decimal) -> float:
        return round(TOP + float((top - number) / (top - bottom)) * (HEIGHT - TOP - BOTTOM), 1)

    facts = [one for one in series.values if not one.standing and not one.refined_by]
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
    for one in (one for one in series.values if one.standing):
        starts = across(_begins(one))
        reach = _reach(one.figure.amount, up)
        marks.append(PositionMark(one, starts, round(across(one.figure.day) - starts, 1), *reach))
    levels = [Level(up(number), _label(number, series)) for number in dict.fromkeys((bottom, top))]
    ticks = [AxisTick(across(when.isoformat()), label) for when, label in axis_of(first, last)]
    return Chart(series, steps, marks, levels, ticks, across(day))


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
    unit = series.values[0].figure.unit
    text = f"{number.normalize():f}"
    return Amount(text, text, unit=unit).describe()
