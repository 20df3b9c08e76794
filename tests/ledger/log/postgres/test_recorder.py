"""Any number of events is saved at once, and the library's own programs can read the log."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.ledger.log.store_suite import append, event

pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

from ledger.log.postgres.recorder import ServerRecorder

MANY = 5_000  # the library's pipeline hangs from 3,000 on


@pytest.fixture
def recorder(store):
    return ServerRecorder(lambda: store._session.connection)


def test_thousands_of_events_are_saved_at_once_and_do_not_hang(store, recorder):
    events = [event("talks/party/us", version, b"x" * 200) for version in range(1, MANY + 1)]
    with ThreadPoolExecutor(1) as executor:
        saved = executor.submit(recorder.insert_events, events)
        assert [*saved.result(timeout=60)] == [*range(1, MANY + 1)]
    assert store.position() == MANY
    assert [row.version for row in store.events_of("talks/party/us")] == [*range(1, MANY + 1)]


def test_thousands_of_events_are_appended_at_once(store):
    many = [(f"talks/party/p{nth}", 1, b"x" * 200) for nth in range(MANY)]
    assert append(store, *many) == [*range(1, MANY + 1)]


def test_the_functions_of_the_library_stay_enabled(recorder):
    assert recorder.datastore.enable_db_functions


def test_the_librarys_own_questions_are_answered(store, recorder):
    append(store, ("talks/party/us",), ("talks/party/vn",), ("talks/party/us", 2))
    assert recorder.max_notification_id() == 3
    assert [one.originator_version for one in recorder.select_events("talks/party/us")] == [1, 2]
    assert [one.id for one in recorder.select_notifications(start=2, limit=5)] == [2, 3]
    assert [row.position for row in store.events()] == [1, 2, 3]  # its rows do not become those of the store


def test_a_recorder_of_the_library_reads_the_log_over_its_own_connection(store, postgres):
    append(store, ("talks/party/us", 1, b"\xff"))
    info = store._session.connection.info
    with PostgresDatastore(info.dbname, info.host, info.port, info.user, "", schema="parley",
                           originator_id_type="text") as datastore:  # fmt: skip
        (found,) = PostgresApplicationRecorder(datastore).select_notifications(start=1, limit=9)
        assert (found.originator_id, found.state) == ("talks/party/us", b"\xff")
