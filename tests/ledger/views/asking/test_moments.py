"""Moments as a person names them."""

from contextlib import closing
from datetime import date

import pytest

from ledger import Clocks
from ledger.domain.errors import ClockUnclear
from ledger.errors import Refusal
from ledger.views.asking import moments
from ledger.views.errors import MeetingWithoutDate, UnknownMoment
from tests.examples import file

TODAY = date(2025, 6, 15)
ROUND_2 = "  - {meeting: round-2, kind: round, number: 2, held: 2025-05-19/2025-05-22}\n"


def read(ledger, text):
    with closing(ledger.views()) as views:
        return moments.read(views, text, TODAY)


@pytest.mark.parametrize(
    ("text", "clocks"),
    [
        ("2025-05-22", Clocks("2025-05-22")),
        ("22 May", Clocks("2025-05-22")),
        ("today", Clocks("2025-06-15")),
        ("May 2025", Clocks("2025-05-31")),
        ("round-2", Clocks("2025-05-22")),
        ("#7", Clocks("2025-06-15", None, 7)),
        ("7", Clocks("2025-06-15", None, 7)),
        ("recorded:7", Clocks("2025-06-15", None, 7)),
        ("recorded:2025-06-01", Clocks("2025-06-15", None, "2025-06-01")),
        ("2025-06-01T12:00", Clocks("2025-06-15", None, "2025-06-01T12:00:59.999999Z")),
        ("2025-06-01T12:00:30Z", Clocks("2025-06-15", None, "2025-06-01T12:00:30.999999Z")),
        ("reported:1 June", Clocks("2025-06-01", "2025-06-01")),
        ("occurred:1 June", Clocks("2025-06-01")),
    ],
)
def test_a_moment_is_a_day_a_meeting_a_position_or_a_time(ledger, text, clocks):
    file(ledger, ROUND_2)
    assert read(ledger, text).clocks == clocks


@pytest.mark.parametrize(
    ("text", "refusal", "says"),
    [
        ("rund-2", UnknownMoment, "Did you mean round-2?"),
        ("smarch", Refusal, "is not understood"),
        ("soon", ClockUnclear, "has none"),
        ("2025-13-45T99:99", Refusal, "Write a time as 2025-06-04T15:30"),
        ("malaysia", MeetingWithoutDate, "Give a day instead"),
    ],
)
def test_what_is_not_a_moment_is_refused_with_what_may_be_meant(ledger, text, refusal, says):
    file(ledger, ROUND_2 + "  - {meeting: malaysia, kind: meeting, held: unknown}\n")
    with pytest.raises(refusal, match=says):
        read(ledger, text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("22 May", "22 May 2025"),
        ("round-2", "round-2 (22 May 2025)"),
        ("#7", "position 7 of the log"),
        ("recorded:7", "position 7 of the log"),
        ("2025-06-01T12:00", "recorded by 1 June 2025, 12:00 (UTC)"),
        ("recorded:1 June", "recorded by 1 June 2025 (UTC)"),
        ("reported:1 June", "reported by 1 June 2025"),
    ],
)
def test_a_moment_is_told_in_words(ledger, text, told):
    file(ledger, ROUND_2)
    assert read(ledger, text).told == told


def test_a_meeting_is_a_moment_though_it_was_held_after_the_day_that_is_asked_of(ledger):
    file(ledger, ROUND_2)
    with closing(ledger.views(Clocks("2025-01-01"))) as views:
        assert moments.read(views, "round-2", TODAY).clocks == Clocks("2025-05-22")


def test_a_meeting_whose_slug_begins_with_a_digit_does_not_hide_a_day(ledger):
    file(ledger, "  - {meeting: 2025-06-01, kind: call, held: 2025-05-30}\n")
    assert read(ledger, "2025-06-01").clocks == Clocks("2025-06-01")
