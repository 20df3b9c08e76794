"""The SQLite store passes the suite of every store, and handles replaced, cut and changed files."""

import sqlite3
from contextlib import closing
from threading import Timer

import pytest

from ledger.log.errors import ForeignSchema, LedgerFromTheFuture
from ledger.log.sqlite.store import SqliteStore
from ledger.log.store import open_store, opened
from tests.ledger.log.store_suite import StoreSuite, append, event


class TestSqliteStore(StoreSuite):
    @pytest.fixture
    def path(self, tmp_path):
        return tmp_path / "ledger.db"

    def test_a_path_is_the_name_of_a_ledger_in_sqlite(self, store):
        assert isinstance(store, SqliteStore)

    def test_a_log_has_one_connection_to_its_file(self, store, monkeypatch):
        opened_files = []
        connect = sqlite3.connect
        monkeypatch.setattr(
            sqlite3, "connect", lambda *given, **more: (opened_files.append(1), connect(*given, **more))[1]
        )
        with opened(store.path) as again:
            append(again, ("talks/party/us",))
            assert [row.stream for row in again.events()] == ["talks/party/us"]
        assert opened_files == [1]

    def test_a_store_that_has_written_waits_for_others_again(self, talks):
        append(talks, ("talks/party/jp",))
        reader = sqlite3.connect(talks.path, isolation_level=None, check_same_thread=False)
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM stored_events").fetchone()
        append(talks, ("talks/party/eu",))
        later = Timer(0.2, reader.close)
        later.start()
        talks.settle()  # cannot finish while the reader needs the write-ahead log
        later.join()
        assert talks.path.with_name(f"{talks.path.name}-wal").stat().st_size == 0

    def test_a_file_that_was_replaced_or_removed_is_noticed(self, store, tmp_path):
        copy = tmp_path / "copy.db"
        store.copy_to(copy)
        assert store.is_in_place()
        copy.replace(store.path)
        assert not store.is_in_place()
        store.path.unlink()
        assert not store.is_in_place()

    @pytest.mark.parametrize(
        ("statement", "refused"),
        [
            ("CREATE TRIGGER planted AFTER INSERT ON stored_events BEGIN SELECT 1; END", ForeignSchema),
            ("PRAGMA user_version=99", LedgerFromTheFuture),
        ],
        ids=["a trigger", "a later format"],
    )
    def test_a_file_that_became_another_is_noticed_and_not_written_to(self, talks, statement, refused):
        with talks.writing():
            assert talks.changed_streams() is None
        with closing(sqlite3.connect(talks.path)) as connection:
            connection.execute(statement)
        assert not talks.is_as_recognised()
        with pytest.raises(refused), talks.writing():
            talks.changed_streams()
        with pytest.raises(refused):
            open_store(talks.path)

    def test_own_changes_of_the_schema_are_no_news_for_long(self, talks):
        with talks.writing():
            talks.erase({1: b"gone"})
        for expected in (None, ()):
            with talks.writing():
                assert talks.changed_streams() == expected
        assert talks.is_as_recognised()

    def test_a_ledger_without_a_write_ahead_log_is_read_as_it_is_and_given_one_to_write(self, talks, tmp_path):
        copy = tmp_path / "copy.db"
        talks.copy_to(copy)
        before = copy.read_bytes()
        with opened(copy) as store:
            assert store.position() == 7
        assert copy.read_bytes() == before
        with opened(copy) as store, store.writing():
            assert store.append([event("talks/party/eu")]) == [8]
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)

    def test_an_append_outlasts_a_loss_of_power(self, store):
        append(store, ("talks/party/us",))
        (synchronous,) = store._connection.execute("PRAGMA synchronous").fetchone()
        assert synchronous == 2  # FULL

    def test_text_in_place_of_bytes_is_taken_as_bytes(self, store):
        with closing(sqlite3.connect(store.path)) as connection:
            connection.execute("INSERT INTO stored_events VALUES (1, 'talks/party/us', 1, 'A.1', 'text')")
            connection.commit()
        assert [row.state for row in store.events()] == [b"text"]
