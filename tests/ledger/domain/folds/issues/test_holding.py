"""The position that a party holds is its last one, as far as the dates tell."""

from hypothesis import given
from hypothesis import strategies as st

from tests.examples import conversation, said


def held(*days: str) -> tuple[str, str]:
    """The position held after proposals of these dates, s1, s2 and so on, and those that may be later."""
    issue = conversation(*(said("proposed", "vn", "us", day) for day in days)).issue[-1].state
    return issue.positions[0], issue.besides[0]


def test_a_position_that_certainly_came_before_is_over():
    assert held("2025-05-01", "2025-05-02") == ("s2", "")


def test_those_whose_order_no_date_tells_are_kept_beside_the_one_heard_last():
    assert held("2025-05-04", "[2025-05-03..2025-05-05]") == ("s2", "s1")
    assert held("2025-05-04", "[2025-05-03..2025-05-05]", "2025-05-06") == ("s3", "")
    assert held("2025-05-04", "[..2025-05-05]", "[2025-05-05..2025-05-06]") == ("s3", "s2")


def test_a_link_tells_an_order_that_the_dates_do_not():
    before = said("proposed", "vn", "us", "2025-05-04")
    after = said("proposed", "vn", "us", "[2025-05-03..2025-05-05]", reaffirms=("s1",))
    assert conversation(before, after).issue[-1].state.besides == ("",)


DAYS = st.tuples(st.integers(1, 9), st.integers(1, 9)).map(sorted)


@given(st.lists(DAYS, min_size=1, max_size=5), st.data())
def test_the_last_position_is_among_those_held_whatever_day_each_date_means(windows, data):
    counted = sorted(windows, key=lambda one: one[1])
    position, besides = held(*(f"[2025-05-0{first}..2025-05-0{last}]" for first, last in counted))
    days = [data.draw(st.integers(first, last)) for first, last in counted]
    truly_last = {f"s{nth + 1}" for nth, day in enumerate(days) if day == max(days)}
    assert truly_last & {position, *besides.split()}
