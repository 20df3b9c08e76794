"""Parsing of the clocks: the last day that a typed date or phrase may mean."""

import time
from contextlib import closing
from datetime import date

import pytest

from ledger.base import now
from ledger.dates import When
from ledger.dates.errors import DateNotUnderstood
from ledger.domain.clocks import Clocks, is_time, last_day, typed_clocks, typed_day, typed_position, typed_time
from ledger.domain.errors import ClockUnclear
from ledger.queries.history import history
from tests.examples import file

TODAY = date(2025, 6, 15)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2025-06-04", "2025-06-04"),
        ("June 4", "2025-06-04"),
        ("today", "2025-06-15"),
        ("May 2025", "2025-05-31"),
        ("../2025-06-04", "2025-06-04"),
    ],
)
def test_a_typed_date_is_the_last_day_that_it_may_mean(typed, day):
    assert typed_day("--as-of", typed, TODAY) == day


def test_a_date_without_a_last_day_is_refused_by_the_option_that_it_was_typed_for():
    with pytest.raises(ClockUnclear) as refused:
        typed_day("--reported-by", "2025-06-04/..", TODAY)
    assert str(refused.value) == (
        "--reported-by needs a date with a last day, and '2025-06-04/..' has none. Give a date such as 2025-06-04."
    )
    with pytest.raises(ClockUnclear, match="as-of needs a date with a last day, and 'unknown' has none"):
        last_day("as-of", When(), "unknown")


def test_a_clock_of_days_refuses_a_time_of_day():
    with pytest.raises(DateNotUnderstood, match="This clock counts days: leave out the hour"):
        typed_day("--as-of", "2025-05-22T10:00", TODAY)


def test_what_is_not_a_date_is_refused():
    with pytest.raises(DateNotUnderstood):
        typed_day("--as-of", "smarch", TODAY)


@pytest.mark.parametrize(("typed", "position"), [("7", 7), ("#7", 7), ("007", 7), ("9" * 15, int("9" * 15))])
def test_a_position_is_typed_as_a_number_with_or_without_its_mark(typed, position):
    assert typed_position(typed) == position


@pytest.mark.parametrize("typed", ["", "#", "##7", "-7", "7.0", "round-2", "9" * 16, "٧", "²", "2025-06-04"])
def test_what_is_not_a_position_is_none(typed):
    assert typed_position(typed) is None


@pytest.mark.parametrize(
    ("typed", "last"),
    [
        ("2025-06-01T12:00", "2025-06-01T12:00:59.999999Z"),
        ("2025-06-01T12:00Z", "2025-06-01T12:00:59.999999Z"),
        ("2025-06-01T12:00:30", "2025-06-01T12:00:30.999999Z"),
        ("2025-06-01T12:00:30.25Z", "2025-06-01T12:00:30.25Z"),
    ],
)
def test_a_typed_time_is_the_last_instant_that_it_may_mean(typed, last):
    assert is_time(typed)
    assert typed_time(typed) == last


def test_a_time_that_no_clock_shows_is_refused_with_an_example():
    with pytest.raises(DateNotUnderstood, match=r"Write a time as 2025-06-04T15:30 \(UTC\)"):
        typed_time("2025-13-45T99:99")
    assert not is_time("2025-06-01")
    assert not is_time("٢٠٢٥-06-01T12:00")


@pytest.mark.parametrize(
    ("typed", "clocks"),
    [
        (("", "", ""), Clocks()),
        (("today", "June 4", "#7"), Clocks("2025-06-15", "2025-06-04", 7)),
        (("", "", "June 4"), Clocks(None, None, "2025-06-04")),
        (("", "", "2025-06-01T12:00"), Clocks(None, None, "2025-06-01T12:00:59.999999Z")),
    ],
)
def test_each_clock_is_read_by_itself(typed, clocks, set_clock):
    assert typed_clocks(*typed, TODAY) == clocks


@pytest.mark.parametrize("clock", ["as-of", "reported-by", "recorded-by"])
def test_a_clock_that_has_no_last_day_is_refused_by_its_name(clock):
    typed = ["soon" if name == clock else "" for name in ("as-of", "reported-by", "recorded-by")]
    with pytest.raises(ClockUnclear, match=f"^--{clock} needs a date with a last day"):
        typed_clocks(*typed, TODAY, mark="--")


@pytest.mark.parametrize(
    ("zone", "recorded", "today"),
    [
        ("America/Los_Angeles", "2026-11-30T04:00:00+00:00", "2026-11-29"),  # there it is 8 p.m.
        ("Asia/Ho_Chi_Minh", "2026-11-29T23:00:00+00:00", "2026-11-30"),  # there it is 6 a.m.
    ],
)
def test_what_is_filed_from_an_undated_source_counts_from_today_wherever_the_keeper_is(
    zone, recorded, today, monkeypatch, set_clock, ledger
):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        set_clock(recorded)
        entry = "  - {follow-up: list, says: Send the list., owners: us, quote: the list}\n"
        file(ledger, entry, published="")
        with closing(ledger.views()) as views:
            assert [one.follow_up.slug for one in views.follow_ups()] == ["list"]
            (cause,) = history(views, "list").states[0].causes
            assert (cause.happened, cause.recorded_on, cause.days_later) == (today, today, 0)
        with closing(ledger.views(Clocks(reported_by=today))) as views:
            assert [one.follow_up.slug for one in views.follow_ups()] == ["list"]
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("zone", "recorded", "day"),
    [
        ("America/Los_Angeles", "2026-11-30T04:00:00+00:00", "2026-11-30"),  # there it is 8 p.m. of the day before
        ("Asia/Ho_Chi_Minh", "2026-11-29T23:00:00+00:00", "2026-11-29"),  # there it is 6 a.m. of the day after
    ],
)
def test_the_days_of_the_recorded_clock_are_those_of_utc_wherever_the_keeper_is(
    zone, recorded, day, monkeypatch, set_clock, ledger
):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        set_clock(recorded)
        position = ledger.append("party", "eu-too", {"name": "EU"}).recorded[-1].position
        clocks = typed_clocks("", "", "today", now.today())
        assert clocks.recorded_by == day
        assert ledger.position_at(clocks.recorded_by) == position
    finally:
        monkeypatch.undo()
        time.tzset()
