"""SQLite files: planted code never runs, errors become refusals, and deleted data leaves no trace."""

import sqlite3
from contextlib import closing

import pytest

from ledger.base import sqlite
from ledger.base.errors import ReadOnlyPlace
from ledger.base.sqlite import distrust, holds, is_planted, refusing, wipe
from ledger.errors import NotWritable, Refusal

SECRET = b"nobody may read this again"


class Busy(Refusal):
    """{path} was busy for {seconds:g} seconds."""


@pytest.fixture
def path(tmp_path):
    """A database with a row that was deleted, in its free pages and its write-ahead log."""
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA secure_delete=OFF")
        connection.execute("CREATE TABLE words (word)")
        connection.executemany("INSERT INTO words VALUES (?)", [(SECRET,), (b"kept",)])
        connection.execute("DELETE FROM words WHERE word = ?", (SECRET,))
        connection.commit()
    return path


def test_a_file_that_is_not_trusted_runs_nothing_risky(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE VIEW planted AS SELECT load_extension('anything')")
        distrust(connection)
        with pytest.raises(sqlite3.OperationalError, match="unsafe use"):
            connection.execute("SELECT * FROM planted")


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("CREATE VIEW planted AS SELECT 1", True),
        ("CREATE TRIGGER planted AFTER INSERT ON words BEGIN SELECT 1; END", True),
        ("CREATE INDEX more ON words (word)", False),
    ],
)
def test_a_trigger_or_a_view_is_planted_and_a_table_is_not(path, statement, expected):
    with closing(sqlite3.connect(path)) as connection:
        assert not is_planted(connection)
        connection.execute(statement)
        assert is_planted(connection) == expected


@pytest.mark.parametrize(
    ("said", "refused", "sentence"),
    [
        ("database is locked", Busy, r"a\.db was busy for 3 seconds"),
        ("attempt to write a readonly database", ReadOnlyPlace, r"a\.db is in a read-only place"),
        ("database or disk is full", NotWritable, r"a\.db cannot be written: database or disk is full"),
    ],
)
def test_an_error_becomes_a_refusal_that_names_the_file(path, monkeypatch, said, refused, sentence):
    monkeypatch.setenv("PARLEY_WAIT", "3")
    with pytest.raises(refused, match=sentence), refusing(path, Busy):
        raise sqlite3.OperationalError(said)


def test_what_was_deleted_is_there_until_the_file_is_wiped(path):
    assert holds(path, SECRET)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        assert wipe(connection)
    assert not holds(path, SECRET)
    assert holds(path, b"kept")


def test_what_lies_across_two_pieces_that_are_read_is_found(tmp_path):
    path = tmp_path / "a"
    for start in range((1 << 20) - len(SECRET), (1 << 20) + 2):
        path.write_bytes(b"." * start + SECRET)
        assert holds(path, SECRET)
    assert not holds(tmp_path / "none", SECRET)


def test_a_reader_of_the_old_pages_keeps_them_from_being_wiped(path, monkeypatch):
    monkeypatch.setattr(sqlite, "PATIENCE", 0.1)
    with closing(sqlite3.connect(path)) as reader, closing(sqlite3.connect(path, isolation_level=None)) as connection:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM words").fetchall()
        connection.execute("PRAGMA busy_timeout=1234")
        assert not wipe(connection)
        reader.execute("ROLLBACK")
        assert wipe(connection)
        assert connection.execute("PRAGMA busy_timeout").fetchone() == (1234,)
    assert not holds(path, SECRET)
