"""Deadlines on a day: near, passed, ended; a date that may fall on several days is as near as its first."""

import pytest

from ledger.dates import When
from ledger.views.status import nearest_first, on_the_day
from tests.examples import deadlines, limited


def at(due: str, day: str) -> tuple[str, int | None, bool, str]:
    (state,) = deadlines(limited(due)).values()
    one = on_the_day(state, day)
    return one.timing, one.days_left, one.near, one.left


@pytest.mark.parametrize(
    ("due", "day", "found"),
    [
        ("2025-06-30", "2025-05-22", ("due", 39, False, "due")),
        ("2025-06-05", "2025-05-22", ("due", 14, True, "in 14 days")),
        ("2025-06-05", "2025-06-04", ("due", 1, True, "in 1 day")),
        ("2025-06-05", "2025-06-05", ("due", 0, True, "today")),
        ("2025-06-05", "2025-06-06", ("passed", None, False, "passed")),
        ("2025-06", "2025-05-22", ("due", 39, True, "in at most 39 days")),
        ("2025-06", "2025-06-30", ("possibly passed", 0, True, "today at the latest")),
        ("[..2025-07-31]", "2025-05-22", ("due", 70, False, "due")),
        ("[2025-06-01..]", "2025-07-01", ("due", None, True, "due")),
        ("", "2025-05-22", ("no date", None, False, "no date")),
    ],
)
def test_the_timing_follows_from_the_day(due, day, found):
    assert at(due, day) == found


def test_a_deadline_within_some_days_of_its_setting_is_their_last_day():
    within = "[2025-05-22..2025-06-10]"
    assert at(within, "2025-05-25") == ("due", 16, False, "due")
    assert at(within, "2025-06-01") == ("due", 9, True, "in 9 days")
    assert at(within, "2025-06-10") == ("due", 0, True, "today")
    assert at(within, "2025-06-11") == ("passed", None, False, "passed")


def test_the_nearest_comes_first_and_what_has_no_date_after_what_has_one():
    found = [
        on_the_day(state._replace(slug=due or "none"), "2025-05-22")
        for due in ("", "2025-07", "2025-05-01", "2025-06-01")
        for state in deadlines(limited(due)).values()
    ]
    assert [one.deadline.slug for one in nearest_first(found)] == ["2025-06-01", "2025-07", "none", "2025-05-01"]


def test_no_days_are_counted_to_an_end_that_only_a_convention_gives():
    """“By mid-April” names no last day; a convention takes it as 20 April."""
    (state,) = deadlines(limited("2026-05-01")).values()
    state = state._replace(due=When("[..2026-04-20]", "by mid-April"))
    found = {day: on_the_day(state, day) for day in ("2026-04-01", "2026-04-19", "2026-04-20", "2026-04-22")}
    assert [one.left for one in found.values()] == ["due", "near", "near", "possibly passed"]
    assert {one.days_left for one in found.values()} == {None}
    part = on_the_day(state._replace(due=When("2026-04-11/2026-04-20", "mid-April")), "2026-04-15")
    assert (part.left, part.days_left) == ("possibly passed", None)
