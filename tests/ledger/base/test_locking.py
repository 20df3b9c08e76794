"""A process waits for a lock up to a limit, says so after a second, and never waits for anything but a lock."""

import sqlite3
import time
from contextlib import closing

import pytest

from ledger.base import locking
from ledger.base.errors import BadWait
from ledger.base.locking import begin, limit, until_free

BUSY = sqlite3.OperationalError("database is locked")


@pytest.fixture
def told(monkeypatch):
    """What the user was told while waiting."""
    sentences = []
    monkeypatch.setattr(locking, "tell", sentences.append)
    return sentences


def free_after(attempts, error=BUSY):
    """Something that is busy for so many attempts."""
    left = iter(range(attempts))

    def attempt():
        if next(left, None) is not None:
            raise error
        return "done"

    return attempt


@pytest.mark.parametrize(("text", "seconds"), [("", 30), ("  ", 30), ("0", 0), ("1.5", 1.5), ("86400", 86_400)])
def test_the_limit_is_that_of_the_environment(monkeypatch, text, seconds):
    monkeypatch.setenv("PARLEY_WAIT", text)
    assert limit() == seconds


@pytest.mark.parametrize("text", ["soon", "-1", "86401", "nan", "inf", "1,5"])
def test_a_limit_that_is_no_number_of_seconds_is_refused(monkeypatch, text):
    monkeypatch.setenv("PARLEY_WAIT", text)
    with pytest.raises(BadWait, match="PARLEY_WAIT"):
        limit()


@pytest.mark.parametrize("error", [BUSY, BlockingIOError()], ids=["a database", "a folder"])
def test_what_is_free_at_last_is_taken(told, error):
    assert until_free(free_after(20, error), "Waiting…") == "done"
    assert told == []


def test_who_waits_for_a_second_is_told_once(told, monkeypatch):
    monkeypatch.setattr(locking, "SILENCE", 0.01)
    until_free(free_after(60), "Waiting…")
    assert told == ["Waiting…"]


def test_what_stays_busy_is_given_up_after_the_limit(monkeypatch):
    monkeypatch.setenv("PARLEY_WAIT", "0.1")
    started = time.monotonic()
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        until_free(free_after(10**9), "Waiting…")
    assert 0.1 <= time.monotonic() - started < 5


@pytest.mark.parametrize("error", [sqlite3.OperationalError("no such table: x"), sqlite3.DatabaseError("locked")])
def test_any_other_error_is_not_waited_for(error):
    with pytest.raises(type(error)):
        until_free(free_after(1, error), "Waiting…")


def test_a_transaction_begins_once_another_has_ended(tmp_path, monkeypatch):
    monkeypatch.setenv("PARLEY_WAIT", "0.2")
    with (
        closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as one,
        closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as other,
    ):
        begin(one, "Waiting…")
        assert one.in_transaction
        with pytest.raises(sqlite3.OperationalError):
            begin(other, "Waiting…")
        one.execute("COMMIT")
        begin(other, "Waiting…")
        assert other.execute("PRAGMA busy_timeout").fetchone() == (200,)
