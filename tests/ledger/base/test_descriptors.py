"""Reading the bytes of a database that this process has open does not release SQLite's locks on it.

If it did, another process that opens and closes the database would delete the write-ahead log of the open connection,
and what that connection writes afterwards would be lost or damage the file.
"""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ledger import create_ledger, open_ledger
from ledger.base.descriptors import DatabaseConnection, reading
from ledger.base.files import contents
from ledger.log import store
from ledger.views.database import path_beside

VISIT = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
connection.close()
"""


def visit(path: Path) -> None:
    """Let another process open the database and close it: the last one to close deletes the write-ahead log."""
    subprocess.run([sys.executable, "-c", VISIT, path], check=True)


def write_ahead_log(path: Path) -> int | None:
    """The inode of the write-ahead log of a database; None if there is none."""
    found = Path(f"{path}-wal")
    return found.stat().st_ino if found.exists() else None


@pytest.fixture
def path(tmp_path):
    """A database in WAL mode."""
    path = tmp_path / "a.db"
    with closing(DatabaseConnection(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE words (word)")
    return path


def read(path: Path) -> bytes:
    with reading(path) as file:
        return file.read()


@pytest.mark.parametrize("look", [read, contents])
def test_a_connection_keeps_its_locks_while_the_bytes_of_its_file_are_read(path, look):
    with closing(DatabaseConnection(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO words VALUES ('first')")
        before = write_ahead_log(path)
        for _ in range(3):
            assert look(path).startswith(b"SQLite format 3")
        visit(path)
        assert write_ahead_log(path) == before is not None
        connection.execute("INSERT INTO words VALUES ('second')")
    with closing(DatabaseConnection(path)) as connection:
        assert connection.execute("SELECT word FROM words").fetchall() == [("first",), ("second",)]


def test_the_other_connections_of_the_process_keep_their_locks_when_one_is_closed(path):
    with closing(DatabaseConnection(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO words VALUES ('first')")
        with closing(DatabaseConnection(path)):
            read(path)
        visit(path)
        assert write_ahead_log(path) is not None


def test_after_the_last_connection_no_descriptor_stays_open(path):
    def opened() -> int:
        return sum(one.resolve() == path for one in Path("/dev/fd").iterdir())

    if not Path("/dev/fd").is_dir():
        pytest.skip("the open descriptors cannot be listed here")
    with closing(DatabaseConnection(path)):
        for _ in range(5):
            read(path)
        assert opened() <= 2  # SQLite's own and one that is used again
    read(path)
    assert opened() == 0


@pytest.fixture
def ledger(tmp_path):
    ledger = create_ledger(tmp_path / "ledger.db")
    ledger.append("negotiation", "talks", {"title": "The talks"})
    return ledger


def test_a_question_keeps_its_locks_on_the_views_that_it_compares_with_their_checksum(ledger):
    with closing(ledger.views()):
        pass
    os.utime(path_beside(ledger.path))  # it looks changed, so it is compared again
    with closing(open_ledger(ledger.path).views()):
        before = write_ahead_log(path_beside(ledger.path))
        visit(path_beside(ledger.path))
        assert write_ahead_log(path_beside(ledger.path)) == before is not None


def test_looking_for_erased_words_keeps_the_locks_on_the_log(ledger):
    with store.opened(ledger.path) as opened:
        assert opened.position() == 1
        opened.holds(b"anything")
        visit(ledger.path)
        assert write_ahead_log(ledger.path) is not None
