"""A writer learns with the lock what it needs first, and what others have recorded since its last turn."""

import pytest

from ledger.log.errors import AcknowledgedLost
from ledger.log.store import Stored, opened
from tests.ledger.log.store_suite import append, event

psycopg = pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
from ledger.log.postgres.lock import MOST_NEWS  # noqa: E402


def turn(store):
    """What has changed at the beginning of a writer's turn, in which nothing is written."""
    with store.writing():
        changed = store.changed_streams()
        return changed if changed is None else {*changed}


@pytest.fixture
def asked(monkeypatch):
    """The statements that are sent to the server from now on."""
    sent = []
    execute = psycopg.Connection.execute

    def noted(connection, statement, *given, **more):
        sent.append(str(statement))
        return execute(connection, statement, *given, **more)

    monkeypatch.setattr(psycopg.Connection, "execute", noted)
    return sent


def test_an_append_takes_two_round_trips(store, asked):
    turn(store)
    append(store, ("talks/party/us",))
    asked.clear()
    with store.writing(["talks/party/us", "talks/party/vn"]):
        assert not store.changed_streams()
        assert store.newest_versions(["talks/party/us", "talks/party/vn"]) == {"talks/party/us": 1}
        store.append([event("talks/party/vn")])
    assert [one.partition(" ")[0] for one in asked] == ["BEGIN;", "EXECUTE"]


def test_what_was_appended_is_counted_at_once_also_in_a_stream_that_came_with_the_lock(store):
    with store.writing(["talks/party/us"]):
        store.append([event("talks/party/us")])
        assert store.newest_versions(["talks/party/us"]) == {"talks/party/us": 1}


def test_a_writer_learns_to_which_streams_others_have_appended(store, other, asked):
    assert turn(store) is None
    append(other, ("talks/party/us",), ("talks/party/us", 2), ("talks/party/vn",))
    asked.clear()
    with store.writing():
        assert {*store.changed_streams()} == {"talks/party/us", "talks/party/vn"}
        assert store.newest() == Stored(3, "talks/party/vn", 1, "PartyNamed.1", b"{}")
    assert len(asked) == 2  # with the commit of nothing
    assert turn(store) == set()


def test_what_others_recorded_is_acknowledged_with_the_next_append_and_not_read_again(store, other, asked):
    append(store, ("talks/party/us",))
    turn(store)
    append(other, ("talks/party/vn",), ("talks/party/eu",))
    turn(store)
    asked.clear()
    append(store, ("talks/party/jp",))
    assert not [one for one in asked if one.startswith("SELECT notification_id")]
    with opened(store.path) as again:
        position, root = again.acknowledged()
        assert (position, again.acknowledged()) == (4, other.acknowledged())
        again.refuse_if_cut()
        again.accept()
        assert again.acknowledged() == (4, root)


def test_many_new_events_make_a_writer_forget_everything(store, other):
    turn(store)
    append(other, *[(f"talks/party/p{nth}",) for nth in range(MOST_NEWS + 1)])
    assert turn(store) is None
    append(other, ("talks/party/us",))
    assert turn(store) == {"talks/party/us"}


def test_an_event_that_others_erased_makes_a_writer_forget_everything(store, other):
    append(other, ("talks/party/us",), ("talks/party/vn",))
    turn(store)
    with psycopg.connect(store._session.connection.info.dsn, autocommit=True) as owner:
        owner.execute("SELECT * FROM parley.erase(ARRAY[1])")
    assert turn(store) is None


def test_a_log_with_another_event_at_the_last_position_is_noticed(store, address):
    append(store, ("talks/party/us",), ("talks/party/vn",))
    assert turn(store) is None
    assert turn(store) == set()
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute("SET session_replication_role = replica; DELETE FROM parley.stored_events"
                      " WHERE notification_id = 2")  # fmt: skip
        owner.execute("SET session_replication_role = origin")
        owner.execute("INSERT INTO parley.stored_events VALUES ('talks/party/kr', 1, 'PartyNamed.1', '', 2)")
    assert turn(store) is None
    with pytest.raises(AcknowledgedLost, match="another event"):
        store.refuse_if_cut()


def test_after_a_refusal_a_restart_or_a_change_of_the_schema_the_next_append_succeeds(store):
    append(store, ("talks/party/us",))
    with pytest.raises(RuntimeError), store.writing():
        store.append([event("talks/party/vn")])
        raise RuntimeError
    assert append(store, ("talks/party/vn",)) == [2]
    store._session.connection.close()
    assert append(store, ("talks/party/eu",)) == [3]
    with store.writing():
        store.keep_parts(("public", "internal"))
        assert store.append([event("talks/party/jp")]) == [4]
    assert append(store, ("talks/party/kr",)) == [5]
    assert [row.stream[-2:] for row in store.events()] == ["us", "vn", "eu", "jp", "kr"]
