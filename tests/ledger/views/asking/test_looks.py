"""When each keeper last looked at the record."""

import pytest

from ledger import Clocks, Moment
from ledger.views.errors import NeverLooked
from tests.examples import file

ROUND_2 = "  - {meeting: round-2, kind: round, number: 2, held: 2025-05-19/2025-05-22}\n"


def last(ledger) -> Moment:
    [moment] = ledger.moments("last-look")
    return moment


def test_the_last_look_is_remembered_for_each_keeper(ledger):
    with pytest.raises(NeverLooked, match="keeper"):
        last(ledger)
    position = file(ledger, ROUND_2).recorded[-1].position
    ledger.look("2025-06-15")
    assert last(ledger) == Moment(Clocks("2025-06-15", None, position), "your last look (15 June 2025)")
    ledger.keeper = "another"
    with pytest.raises(NeverLooked, match="another"):
        last(ledger)


def test_only_the_newest_look_counts(ledger):
    ledger.look("2025-06-15")
    ledger.look("2025-06-16")
    assert last(ledger).clocks.as_of == "2025-06-16"


@pytest.mark.parametrize("damage", ["", "not json", "[]", '{"keeper": 3}', '{"keeper": {"as_of": 3}}'])
def test_a_damaged_memory_of_looks_is_no_memory_and_is_replaced(ledger, damage):
    ledger.look("2025-06-15")
    [looks] = ledger.path.parent.glob("*.looks.json")
    looks.write_text(damage)
    with pytest.raises(NeverLooked):
        last(ledger)
    ledger.look("2025-06-15")
    assert last(ledger).clocks.as_of == "2025-06-15"


def test_a_look_that_cannot_be_written_disturbs_nobody(ledger):
    ledger.path.with_name("ledger.looks.json").mkdir()
    ledger.look("2025-06-15")
    with pytest.raises(NeverLooked):
        last(ledger)


def test_several_moments_are_read_together(ledger):
    file(ledger, ROUND_2)
    ledger.look("2025-06-15")
    assert [one.clocks.as_of for one in ledger.moments("last-look", "round-2", "today")] == [
        "2025-06-15",
        "2025-05-22",
        "2025-06-15",
    ]
