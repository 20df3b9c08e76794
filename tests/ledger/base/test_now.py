"""The machine's clock, in the user's time zone; and its leaps."""

import time
from datetime import datetime

import pytest

from ledger.base import now
from ledger.base.errors import BadTimeZone

EVENT = "2026-06-05T03:00:00.000000Z"


@pytest.fixture
def zone(monkeypatch):
    def set_to(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield set_to
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("name", "day"),
    [("America/Los_Angeles", "2026-06-04"), ("UTC", "2026-06-05"), ("Asia/Ho_Chi_Minh", "2026-06-05")],
)
def test_a_day_is_that_of_the_users_zone(zone, name, day):
    zone(name)
    assert now.day_of(EVENT) == day


def test_a_zone_that_cannot_be_is_refused(zone):
    zone("UTC+25")
    for asked in (now.today, lambda: now.day_of(EVENT)):
        with pytest.raises(BadTimeZone):
            asked()


@pytest.mark.parametrize(
    ("clock", "warning"),
    [
        (
            "2026-06-05T02:58:59+00:00",
            "02:58 UTC, but the newest event was recorded at 2026-06-05 03:00 UTC",
        ),
        ("2026-06-05T02:59:01+00:00", ""),
        ("2027-06-05T03:00:00+00:00", ""),
        (
            "2027-06-07T10:00:00+07:00",
            "2027-06-07 03:00 UTC, over a year after the newest event (2026-06-05 03:00",
        ),
    ],
)
def test_the_user_is_warned_of_a_clock_that_is_behind_or_far_ahead(monkeypatch, clock, warning):
    warnings = []
    monkeypatch.setattr(now, "warn", warnings.append)
    now.warn_of_leap(EVENT, datetime.fromisoformat(clock))
    assert len(warnings) == bool(warning)
    assert all(warning in one for one in warnings)


@pytest.mark.parametrize(
    ("gap", "told"),
    [
        (86_400, "24 hours ahead of"),
        (-86_400, "24 hours behind"),
        (-3 * 86_400, "3 days behind"),
        (301, "5 minutes ahead of"),
        (300, ""),
        (-300, ""),
    ],
)
def test_a_clock_that_differs_from_that_of_the_server_is_told_in_one_sentence(monkeypatch, gap, told):
    monkeypatch.setattr(now, "clock", lambda: 1_700_000_000.0 + gap)
    found = now.apart(1_700_000_000.0)
    assert (f"clock is {told} the server's:" in found) if told else found == ""
