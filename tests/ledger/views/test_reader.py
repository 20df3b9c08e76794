"""The reader of the views: one state from opening to closing, and refusals instead of errors."""

import sqlite3
from contextlib import closing

import pytest

from ledger import Clocks
from ledger.base.text import one_line
from ledger.domain.states import Party
from ledger.views.database import path_beside
from ledger.views.errors import ViewsDamaged
from tests.examples import file

ROUND_2 = "  - {meeting: round-2, kind: round, number: 2, held: 2025-05-19/2025-05-22}\n"


@pytest.mark.parametrize("fresh", [True, False], ids=["just filled", "up to date"])
def test_a_reader_sees_the_state_with_which_it_was_opened(ledger, fresh):
    if not fresh:
        ledger.views().close()
    with closing(ledger.views()) as views:
        before = views.position(), views.meetings(), views.rows("SELECT COUNT(*) FROM log")[0][0]
        file(ledger, ROUND_2)
        ledger.views().close()
        assert (views.position(), views.meetings(), views.rows("SELECT COUNT(*) FROM log")[0][0]) == before
    with closing(ledger.views()) as views:
        assert views.position() == before[0] + 2


def test_what_is_asked_for_twice_is_read_once(ledger, monkeypatch):
    with closing(ledger.views()) as views:
        first = views.parties()
        first.append("not a party")
        monkeypatch.setattr(views, "rows", None)
        assert views.parties() == first[:-1]


def test_what_was_read_of_one_day_does_not_answer_for_another(ledger):
    file(ledger, ROUND_2)
    with closing(ledger.views(Clocks("2025-05-22"))) as views:
        assert [one.status for one in views.meetings()] == ["held"]
        assert views.at("2025-05-01").meetings() == []
        assert [one.status for one in views.meetings()] == ["held"]


def test_the_place_is_the_file_and_the_negotiation(ledger):
    with closing(ledger.views()) as views:
        assert views.place == (str(path_beside(ledger.path)), "vn-us-trade")


def test_a_text_that_is_not_valid_unicode_is_found_nowhere(ledger):
    with closing(ledger.views()) as views:
        assert views.rows("SELECT * FROM parties WHERE slug = ?", "\udcff") == []


@pytest.mark.parametrize("error", [KeyError, AttributeError])
def test_an_error_over_views_that_may_be_damaged_is_a_refusal_and_over_others_it_is_a_bug(ledger, error):
    with pytest.raises(error), ledger.views():
        raise error("a bug")
    path = path_beside(ledger.path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version=0")  # no checksum, as large views have none
    with pytest.raises(ViewsDamaged, match="Ask again"), ledger.views():
        raise error("a row that is missing, or a value of the wrong type")
    assert not path.exists()


def test_views_with_text_that_is_not_utf8_are_rebuilt(ledger):
    ledger.views().close()
    with closing(sqlite3.connect(path_beside(ledger.path))) as connection:
        connection.execute("UPDATE parties SET name = CAST(x'ff41' AS TEXT)")
        connection.execute("PRAGMA user_version=0")  # no checksum, as large views have none
        connection.commit()
    with closing(ledger.views()) as views, pytest.raises(ViewsDamaged, match="Ask again"):
        views.parties()
    with closing(ledger.views()) as views:
        assert views.parties()


@pytest.mark.parametrize("value", [b"\xff", b"Hanoi", None])
def test_a_value_that_is_not_text_is_a_refusal_and_the_views_are_discarded(ledger, value):
    file(ledger, ROUND_2.replace("}", ", place: Hanoi}"))
    ledger.views().close()
    path = path_beside(ledger.path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE meetings SET place = ?", (value,))
        connection.execute("PRAGMA user_version=0")  # no checksum, as large views have none
        connection.commit()
    with pytest.raises(ViewsDamaged, match="Ask again"), ledger.views() as views:
        assert [one_line(one.meeting.place) for one in views.meetings()]
    assert not path.exists()


@pytest.mark.parametrize("aliases", ["", "[", "7", None, b"\xff"])
def test_a_row_that_holds_no_state_is_refused_and_the_views_are_discarded(ledger, aliases):
    ledger.views().close()
    path = path_beside(ledger.path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE parties SET aliases = ?", (aliases,))
        connection.execute("PRAGMA user_version=0")  # no checksum, as large views have none
        connection.commit()
    with closing(ledger.views()) as views, pytest.raises(ViewsDamaged, match="Ask again"):
        views.states(Party, "parties")
    assert not path.exists()
