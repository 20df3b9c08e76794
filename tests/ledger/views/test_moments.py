"""Moments as a person names them."""

from datetime import date

import pytest

from ledger import Clocks
from ledger.domain.errors import ClockUnclear
from ledger.errors import Refusal
from ledger.views import moments
from ledger.views.errors import MeetingWithoutDate, NeverLooked, UnknownMoment
from tests.examples import file

TODAY = date(2025, 6, 15)
ROUND_2 = "  - {meeting: round-2, kind: round, number: 2, held: 2025-05-19/2025-05-22}\n"


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
        ("reported:1 June", Clocks("2025-06-15", "2025-06-01")),
        ("occurred:1 June", Clocks("2025-06-01")),
    ],
)
def test_a_moment_is_a_day_a_meeting_a_position_or_a_time(ledger, text, clocks):
    file(ledger, ROUND_2)
    assert moments.read(ledger, text, TODAY).clocks == clocks


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
def test_what_is_no_moment_is_refused_with_what_may_be_meant(ledger, text, refusal, says):
    file(ledger, ROUND_2 + "  - {meeting: malaysia, kind: meeting, held: unknown}\n")
    with pytest.raises(refusal, match=says):
        moments.read(ledger, text, TODAY)


def test_the_last_look_is_remembered_for_each_keeper(ledger):
    with pytest.raises(NeverLooked, match="keeper"):
        moments.read(ledger, "last-look", TODAY)
    position = file(ledger, ROUND_2).recorded[-1].position
    moments.look(ledger, Clocks("2025-06-15"))
    assert moments.read(ledger, "last-look", TODAY).clocks == Clocks("2025-06-15", None, position)
    ledger.keeper = "another"
    with pytest.raises(NeverLooked, match="another"):
        moments.read(ledger, "last-look", TODAY)


@pytest.mark.parametrize("damage", ["", "no json", "[]", '{"keeper": {"as_of": 3}}'])
def test_a_damaged_memory_of_looks_is_no_memory(ledger, damage):
    moments.look(ledger, Clocks("2025-06-15"))
    [looks] = ledger.path.parent.glob("*.looks.json")
    looks.write_text(damage)
    with pytest.raises(NeverLooked):
        moments.read(ledger, "last-look", TODAY)
    moments.look(ledger, Clocks("2025-06-15"))
    assert moments.read(ledger, "last-look", TODAY).clocks.as_of == "2025-06-15"
