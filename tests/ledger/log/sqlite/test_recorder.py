"""The log refuses changes: every way of plain SQLite is tried on the file itself."""

import sqlite3
from contextlib import closing

import pytest
from eventsourcing.persistence import StoredEvent

from ledger.log import store
from ledger.log.sqlite.recorder import AppendOnlyRecorder
from tests import laws
from tests.laws import NAMES, Story

STREAM = "talks/party/us"
EVENT = (STREAM, 1, "PartyNamed.1", b"{}")

ALTERATIONS = {
    "an update of the content": ("UPDATE stored_events SET state = ? WHERE rowid = 2", (b"{}",)),
    "an update of the position": ("UPDATE stored_events SET rowid = 1000 WHERE rowid = 2", ()),
    "an update of the stream": ("UPDATE stored_events SET originator_id = 'x' WHERE rowid = 2", ()),
    "an update that changes nothing": ("UPDATE stored_events SET state = state", ()),
    "an update that replaces": ("UPDATE OR REPLACE stored_events SET rowid = 1 WHERE rowid = 2", ()),
    "a deletion": ("DELETE FROM stored_events WHERE rowid = 2", ()),
    "a deletion of the newest": (
        "DELETE FROM stored_events WHERE rowid = (SELECT MAX(rowid) FROM stored_events)",
        (),
    ),
    "a deletion of everything": ("DELETE FROM stored_events", ()),
    "a replacement by stream and version": (
        "INSERT OR REPLACE INTO stored_events (originator_id, originator_version, topic, state) VALUES (?, ?, ?, ?)",
        EVENT,
    ),
    "a replacement by position": (
        "INSERT OR REPLACE INTO stored_events VALUES (2, 'talks/party/zz', 1, 'PartyNamed.1', '{}')",
        (),
    ),
    "a REPLACE": (
        "REPLACE INTO stored_events (originator_id, originator_version, topic, state) VALUES (?, ?, ?, ?)",
        EVENT,
    ),
    "an insertion over one, or else nothing": (
        "INSERT OR IGNORE INTO stored_events (originator_id, originator_version, topic, state) VALUES (?, ?, ?, ?)",
        EVENT,
    ),
    "an upsert": (
        "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (originator_id, originator_version) DO UPDATE SET state = excluded.state",
        EVENT,
    ),
}


@pytest.fixture
def path():
    with laws.new_ledger() as ledger:
        laws.tell(ledger, Story(NAMES, (), ()))
        yield ledger.path


def rows(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM stored_events ORDER BY rowid").fetchall()


@pytest.mark.parametrize(("statement", "values"), ALTERATIONS.values(), ids=ALTERATIONS)
def test_a_stored_event_withstands(path, statement, values):
    before = rows(path)
    with closing(sqlite3.connect(path)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="the log is append-only: a stored event is never"):
            connection.execute(statement, values)
        connection.commit()
    assert rows(path) == before


def test_a_new_event_may_be_inserted_from_outside(path):
    before = rows(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES (?, ?, ?, ?)",
            ("talks/party/zz", 1, "PartyNamed.1", b"{}"),
        )
        connection.commit()
    assert rows(path)[:-1] == before


def test_vacuum_keeps_every_position(path):
    with closing(sqlite3.connect(path)) as connection:  # a gap, as an insertion that is rolled back may leave
        connection.execute("INSERT INTO stored_events VALUES (500, 'talks/party/zz', 1, 'PartyNamed.1', '{}')")
        connection.commit()
        before = rows(path)
        connection.execute("VACUUM")
    assert rows(path) == before
    assert [row[0] for row in before][-1] == 500


def test_a_position_is_never_given_twice(path):
    """Not even when the newest event was taken away by somebody who took the trigger away first."""
    newest = rows(path)[-1][0]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER stored_events_are_never_deleted")
        connection.execute("DELETE FROM stored_events WHERE rowid = ?", (newest,))
        connection.commit()
        found = connection.execute(
            "INSERT INTO stored_events (originator_id, originator_version, topic, state)"
            " VALUES ('talks/party/zz', 1, 'PartyNamed.1', '{}')"
        )
        assert found.lastrowid == newest + 1


def test_opening_a_ledger_to_write_adds_nothing_to_the_file(path):
    def everything():
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()

    before, there = everything(), rows(path)
    with store.opened(path) as opened, opened.writing():
        pass
    assert (everything(), rows(path)) == (before, there)


def test_the_recorder_is_the_librarys_and_reads_what_the_store_wrote(path):
    with store.opened(path) as opened:
        with opened.writing():
            (position,) = opened.append([StoredEvent("talks/party/zz", 1, "PartyNamed.1", b"{}")])
        recorder = AppendOnlyRecorder(sqlite3.connect(path), path)
        assert recorder.max_notification_id() == position == len(rows(path))
        assert recorder.select_events("talks/party/zz") == [StoredEvent("talks/party/zz", 1, "PartyNamed.1", b"{}")]
        recorder.datastore.close()
