"""The drawing of the timeline: every mark is inside the picture, and none overlaps another."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ledger.dates import When
from ledger.web.drawings.timeline import LEFT, RIGHT, WIDTH, draw
from ledger.web.timeline import Mark, Timeline

FIRST = date(2025, 1, 1)
SPANS = st.lists(st.tuples(st.integers(0, 700), st.integers(0, 200), st.sampled_from(["", "Round 5"])), max_size=25)


def timeline(spans: list[tuple[int, int, str]]) -> Timeline:
    marks = [
        Mark("Meetings", "held", "meeting", f"m-{number}", label, "", When(), *days(begin, length), True, "", False)
        for number, (begin, length, label) in enumerate(sorted(spans))
    ]
    return Timeline("2025-06-15", *days(0, 900), ["Meetings"], marks, len(marks), 0, "", "")


def days(begin: int, length: int) -> tuple[str, str]:
    first = FIRST + timedelta(days=begin)
    return first.isoformat(), (first + timedelta(days=length)).isoformat()


@given(SPANS)
def test_every_mark_is_drawn_within_the_lanes(spans: list[tuple[int, int, str]]) -> None:
    picture = draw(timeline(spans))
    [lane] = picture.lanes
    assert len(lane.marks) == len(spans)
    for one in lane.marks:
        assert LEFT <= one.x <= one.x + one.width <= WIDTH - RIGHT + 0.1
        assert lane.y <= one.y <= lane.y + lane.height <= picture.height


@given(SPANS)
def test_no_two_marks_of_a_row_touch(spans: list[tuple[int, int, str]]) -> None:
    [lane] = draw(timeline(spans)).lanes
    for one in lane.marks:
        for other in lane.marks:
            if one is not other and one.y == other.y:
                assert one.x + one.width < other.x or other.x + other.width < one.x


@given(st.integers(0, 900_000), st.integers(1, 900_000))
def test_the_axis_has_room_for_its_labels(begin: int, length: int) -> None:
    first = date.fromordinal(1 + begin)
    last = date.fromordinal(min(date.max.toordinal(), first.toordinal() + length))
    axis = draw(Timeline(first.isoformat(), first.isoformat(), last.isoformat(), [], [], 0, 0, "", "")).axis
    places = [tick.x for tick in axis]
    assert len(axis) <= 14
    assert all(later - earlier >= 12 for earlier, later in pairwise(places))
