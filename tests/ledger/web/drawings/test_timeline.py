"""The drawing of the timeline: every mark is inside the picture or counted, and no two overlap, labels included."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ledger.dates import When
from ledger.web.drawings.timeline import LEFT, LETTER, ROW, TARGET, WIDTH, Drawn, draw
from ledger.web.timeline import EXPECTED, Bin, Mark, Timeline

FIRST = date(2025, 1, 1)
HOW = ["day", "lasted", "within", "either", "about", "before", "after"]
LABELS = st.sampled_from(["", "Round 5", "asked: a matter with a very long title indeed"])
SPANS = st.lists(st.tuples(st.integers(0, 700), st.integers(0, 200), LABELS, st.sampled_from(HOW)), max_size=25)


def timeline(spans: list[tuple[int, int, str, str]], lane: str = "Meetings", days_shown: int = 900) -> Timeline:
    marks = []
    for number, (begin, length, label, how) in enumerate(sorted(spans)):
        first, last = days(begin, length if how in ("lasted", "within", "either", "about") else 0)
        slug = f"m-{number // 3 if lane == EXPECTED else number}"
        shape = ("held", "speaks")[number % 2]
        marks.append(Mark(lane, shape, how, "meeting", slug, label, "It was.", When(), first, last, nth=number))
    return Timeline("2025-06-15", *days(0, days_shown), "party", [lane], marks, [], len(marks), [], {})


def days(begin: int, length: int) -> tuple[str, str]:
    first = FIRST + timedelta(days=begin)
    return first.isoformat(), (first + timedelta(days=length)).isoformat()


def box(one: Drawn) -> tuple[float, float]:
    """The stretch of its row that a mark takes, with its label."""
    ends = [one.x, one.x + one.width, one.glyph - TARGET / 2, one.glyph + TARGET / 2]
    ends += [end for x, width in one.earlier for end in (x, x + width)]
    room = len(one.label) * LETTER
    if one.label:
        ends += [one.label_x, one.label_x - room if one.leftward else one.label_x + room]
    return min(ends), max(ends)


@given(SPANS, st.sampled_from([20, 100, 900]))
def test_every_mark_is_within_the_picture_or_counted(spans: list[tuple[int, int, str, str]], shown: int) -> None:
    picture = draw(timeline(spans, days_shown=shown))
    [lane] = picture.lanes
    assert len(lane.marks) + sum(one.of for one in lane.counts) == len(spans)
    for one in lane.marks:
        left, right = box(one)
        assert left >= LEFT - 24 and right <= WIDTH + 2
        assert lane.y <= one.y - ROW / 2 and one.y + ROW / 2 <= lane.y + lane.height <= picture.height
    for count in lane.counts:
        assert count.x >= LEFT - 14 and count.x + count.width <= WIDTH
        assert lane.y <= count.y <= lane.y + lane.height


@given(SPANS)
def test_no_two_marks_of_a_row_touch_and_no_label_covers_another(spans: list[tuple[int, int, str, str]]) -> None:
    [lane] = draw(timeline(spans)).lanes
    for one in lane.marks:
        for other in lane.marks:
            if one is not other and one.y == other.y:
                assert box(one)[1] <= box(other)[0] + 0.2 or box(other)[1] <= box(one)[0] + 0.2
    for one, other in pairwise(sorted(lane.counts)):
        assert one.x + one.width <= other.x + 0.2


@given(SPANS)
def test_the_dates_of_a_meeting_are_one_mark(spans: list[tuple[int, int, str, str]]) -> None:
    [lane] = draw(timeline(spans, EXPECTED)).lanes
    drawn = sum(1 + len(one.earlier) for one in lane.marks)
    assert drawn + sum(one.of for one in lane.counts) == len(spans)
    assert len({one.mark.slug for one in lane.marks}) == len(lane.marks)
    for one in lane.marks:
        assert len(one.arrows) <= len(one.earlier)


def test_bins_are_as_high_as_their_counts_and_no_higher_than_the_lane() -> None:
    bins = [Bin("Aland", "2025-01-01", "2025-01-31", 4), Bin("Aland", "2025-02-01", "2025-02-28", 40)]
    [lane] = draw(Timeline("2025-06-15", *days(0, 900), "party", ["Aland"], [], bins, 44, [], {})).lanes
    low, high = lane.counts
    assert high.height == lane.height == 10 * low.height
    assert (low.of, low.first, low.last) == (4, "2025-01-01", "2025-01-31")


@given(st.integers(0, 900_000), st.integers(1, 900_000))
def test_the_axis_has_room_for_its_labels_and_names_the_year(begin: int, length: int) -> None:
    first = date.fromordinal(1 + begin)
    last = date.fromordinal(min(date.max.toordinal(), first.toordinal() + length))
    bare = Timeline(first.isoformat(), first.isoformat(), last.isoformat(), "party", [], [], [], 0, [], {})
    axis = draw(bare).axis
    places = [tick.x for tick in axis]
    assert len(axis) <= 16
    assert all(later - earlier >= 12 for earlier, later in pairwise(places))
    assert not axis or axis[0].label == "" or axis[0].label.split()[-1].isdigit()
