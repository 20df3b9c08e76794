"""The file of the views: opened if it is current, discarded if it is damaged, and never confused with another."""

import sqlite3
from contextlib import closing, suppress

import pytest

from ledger.views import database
from ledger.views.database import attach, damaged, discard, open_if_current, path_beside


@pytest.fixture
def path(ledger):
    """The file of views that are up to date."""
    ledger.views().close()
    return path_beside(ledger.path)


def test_the_views_of_a_ledger_are_next_to_it(tmp_path):
    assert path_beside(tmp_path / "talks.db") == tmp_path / "talks.views.db"


def test_views_are_current_only_for_the_ledger_position_and_seal_that_they_saw(ledger, path):
    ledger_id, position, seal = ledger.head()
    found = open_if_current(path, ledger_id, position, seal)
    assert found is not None
    found.close()
    assert open_if_current(path, "another", position, seal) is None
    assert open_if_current(path, ledger_id, position - 1, seal) is None
    assert open_if_current(path, ledger_id, position, "another") is None
    assert open_if_current(path.with_name("none.db"), ledger_id, position, seal) is None
    assert not path.with_name("none.db").exists()


def test_views_that_hold_a_trigger_are_not_current(ledger, path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TRIGGER planted AFTER DELETE ON parties BEGIN DELETE FROM log; END")
        connection.commit()
    assert open_if_current(path, *ledger.head()) is None


def test_attaching_makes_a_file_that_is_not_there(tmp_path):
    path = tmp_path / "new.views.db"
    with closing(attach(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0] == 0
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize("content", [b"", b"minutes of the meeting" * 300], ids=["empty", "a text"])
def test_attaching_to_a_damaged_file_refuses_and_discards_it(path, content):
    path.write_bytes(content)
    with pytest.raises(sqlite3.DatabaseError):
        attach(path)
    assert not path.exists()
    attach(path).close()


def test_only_the_file_that_proved_damaged_is_discarded(path):
    connection = attach(path)
    path.rename(path.with_name("moved.db"))
    attach(path).close()
    discard(connection)
    assert path.exists()


@pytest.mark.parametrize(
    ("error", "is_damage"),
    [
        (sqlite3.DatabaseError("database disk image is malformed"), True),
        (sqlite3.OperationalError("no such table: parties"), True),
        (ValueError("not a list"), True),
        (sqlite3.OperationalError("database is locked"), False),
        (sqlite3.OperationalError("database or disk is full"), False),
    ],
)
def test_a_question_is_refused_and_only_damaged_views_are_discarded(path, error, is_damage):
    connection = attach(path)
    refusal = damaged(connection, error)
    assert str(error) in str(refusal)
    assert path.exists() is not is_damage
    with suppress(sqlite3.ProgrammingError):
        connection.close()


def test_without_locks_on_folders_views_are_opened_all_the_same(path, monkeypatch):
    monkeypatch.setattr(database, "fcntl", None)
    attach(path).close()
