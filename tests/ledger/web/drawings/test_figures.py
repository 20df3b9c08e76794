"""The drawing of a measure: everything is inside the chart, and only what is exact has sharp edges."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ledger.dates import valid
from ledger.domain.figures.given import FigureGiven, Measure
from ledger.domain.figures.reading import parse
from ledger.queries.figures import MeasuredValue
from ledger.web.drawings.figures import HEIGHT, LEFT, LETTER, WIDTH, Chart, draw_series, scale_of
from ledger.web.lists import Series, SeriesShown
from tests.ledger.domain.figures.strategies import amounts

DAY = "2026-12-31"


def value(words: str, on: str, day: str = "", act: str = "stated", amount=None) -> MeasuredValue:
    amount = amount or parse(words, "en").amount
    figure = FigureGiven("statement/s", "m", *amount, valid(""), words, ("us",), act, valid(on), day or on, ("paper",))
    return MeasuredValue(figure, "M", figure.told, "" if act == "stated" else "position", (), ())


def chart(*values: MeasuredValue) -> Chart:
    series = Series(Measure("m", "M", (), "", ""), list(values), len(values), list(values), len(values))
    return draw_series(SeriesShown(DAY, [series], {}))["m"]


def test_each_value_counts_until_the_next():
    first, second = chart(value("10", "2026-01-01"), value("12", "2026-07-01")).steps
    assert first.x == LEFT
    assert first.x + first.width == second.x
    assert (first.soft, second.soft) == (0, 0)
    assert first.y > second.y  # the larger value is higher


def test_a_value_of_an_inexact_day_begins_softly():
    _, second = chart(value("10", "2026-01-01"), value("12", "2026-05", "2026-05-31")).steps
    assert second.soft > 0


def test_two_values_of_one_day_stand_side_by_side_until_the_next():
    first, second, third = chart(value("11", "2026-01-01"), value("12", "2026-01-01"), value("13", "2026-07-01")).steps
    assert (first.x, first.width) == (second.x, second.width)
    assert second.x + second.width == third.x


def test_a_bound_is_soft_on_its_open_side_and_a_range_is_as_high_as_it_is():
    bound, range_ = chart(value("at least 10", "2026-01-01"), value("10–20", "2026-02-01")).steps
    assert (bound.open, range_.open) == ("up", "")
    assert range_.height > 20


def test_a_position_is_a_mark_and_no_step():
    drawn = chart(value("10", "2026-01-01"), value("up to 5", "2026-02-01", act="proposed"))
    assert (len(drawn.steps), [one.open for one in drawn.positions]) == (1, ["down"])


def test_values_in_different_units_have_no_chart():
    values = [value("10 percent", "2026-01-01"), value("10 tonnes", "2026-02-01")]
    series = Series(Measure("m", "M", (), "", ""), values, 2, values, 2)
    assert draw_series(SeriesShown(DAY, [series], {})) == {}


DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31)).map(str)
DRAWN = st.tuples(amounts, DAYS, st.sampled_from(["stated", "proposed"]))


@given(st.lists(DRAWN, min_size=1, max_size=8))
def test_everything_is_inside_the_chart(drawn):
    values = [
        value("x", day, act=act, amount=amount._replace(unit="", per=""))
        for amount, day, act in sorted(drawn, key=lambda one: one[1])
    ]
    found = chart(*values)
    for step in found.steps:
        assert step.x - step.soft >= LEFT and step.x <= WIDTH
    for one in (*found.steps, *found.positions):
        assert one.y >= -2 and one.y + one.height <= HEIGHT + 10


NUMBERS = st.lists(st.decimals("-1000000", "1000000", places=3), min_size=1, max_size=6)


@given(NUMBERS)
def test_the_axis_holds_every_number_in_round_steps(numbers):
    scale = scale_of(numbers)
    assert scale[0] <= min(numbers) <= max(numbers) <= scale[-1]
    assert 2 <= len(scale) <= 6
    assert len({after - before for before, after in pairwise(scale)}) == 1
    assert scale[0] <= 0 or min(numbers) > max(numbers) / 2, "0 is left out only if all numbers are far from it"


def test_an_axis_that_does_not_begin_at_0_says_so():
    near = chart(value("46 percent", "2026-01-01"), value("47 percent", "2026-02-01"))
    assert near.begins == "45.5 percent"
    assert [one.label for one in near.levels] == [f"{one} percent" for one in ("45.5", "46", "46.5", "47", "47.5")]
    far = chart(value("20 percent", "2026-01-01"), value("46 percent", "2026-02-01"))
    assert far.begins == ""
    assert [one.label for one in far.levels] == ["0 percent", "20 percent", "40 percent", "60 percent"]


@given(st.lists(DRAWN, min_size=1, max_size=12))
def test_no_label_overlaps_another_or_leaves_the_chart(drawn):
    values = [value("x", day, act="proposed", amount=one._replace(unit="", per="")) for one, day, _ in drawn]
    labels = [one.label for one in chart(*values).positions if one.label]
    boxes = [
        (one.x - (len(one.words) * LETTER if one.anchor == "end" else 0), one.y, len(one.words) * LETTER)
        for one in labels
    ]
    for nth, (left, y, wide) in enumerate(boxes):
        assert left >= LEFT and left + wide <= WIDTH and 0 < y < HEIGHT
        for other, y_of_other, wide_of_other in boxes[:nth]:
            assert abs(y - y_of_other) >= 12 or left + wide <= other or other + wide_of_other <= left
    assert labels, "the first mark always has room"
