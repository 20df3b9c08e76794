"""The PostgreSQL store passes the suite of every store, and what it acknowledges outlives lost connections."""

import threading
import time

import pytest

from ledger.base import locking
from ledger.base.desks import desk_of
from ledger.log.commitments import tombstone
from ledger.log.errors import ConnectionLost, LedgerBusy, NotPermitted, PerhapsRecorded, ReadOnlyServer
from ledger.log.store import Stored, create, is_there, opened
from tests.ledger.log.store_suite import StoreSuite, append, event, names

psycopg = pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")


class TestPostgresStore(StoreSuite):
    @pytest.fixture
    def server(self, postgres):
        return postgres

    @pytest.fixture
    def path(self, server, desks_folder):
        return desk_of(server.new_database())

    @pytest.fixture
    def second(self, server, desks_folder):
        return desk_of(server.new_database())


class TestOnPostgres16(TestPostgresStore):
    @pytest.fixture
    def server(self, postgres_16):
        yield postgres_16
        postgres_16.release()


class TestOnPostgres15(TestPostgresStore):
    @pytest.fixture
    def server(self, postgres_15):
        yield postgres_15
        postgres_15.release()


def kill(store):
    """End the session of a store at the server, as a failure of the network or the server does."""
    pid = store._session.connection.info.backend_pid
    with psycopg.connect(store._session.connection.info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


class Failing:
    """A connection that is lost before or after the server commits."""

    def __init__(self, connection, *, committing):
        self.connection, self.committing = connection, committing

    def __getattr__(self, name):
        return getattr(self.connection, name)

    def execute(self, statement, *given, **more):
        if statement.endswith("COMMIT"):
            if self.committing:
                self.connection.execute(statement)
            self.connection.close()
            raise psycopg.OperationalError("server closed the connection unexpectedly")
        return self.connection.execute(statement, *given, **more)


# Order.


def test_a_fast_reader_never_overtakes_slow_writers(store, other):
    """Each writer decides for a while before and after it inserts; the reader follows the log as a desk does."""
    done = threading.Event()
    seen = []

    def write(writer, name):
        for version in range(1, 16):
            with writer.writing():
                time.sleep(0.005)
                writer.append([event(f"talks/party/{name}", version)])
                time.sleep(0.005)

    def read():
        with opened(store.path) as reader:
            while True:
                last = done.is_set()
                seen.extend(row.position for row in reader.events(after=seen[-1] if seen else 0))
                if last:
                    return

    reader = threading.Thread(target=read)
    writers = [threading.Thread(target=write, args=given) for given in ((store, "us"), (other, "vn"))]
    for one in (reader, *writers):
        one.start()
    for one in writers:
        one.join()
    done.set()
    reader.join()
    assert seen == [*range(1, 31)]


def test_what_others_recorded_meanwhile_is_before_what_is_recorded_now(store, other):
    append(store, ("talks/party/us",))
    with pytest.raises(RuntimeError), other.writing():
        other.append([event("talks/party/vn")])
        raise RuntimeError
    assert append(other, ("talks/party/vn",)) == [2]


def test_a_waiting_writer_is_told_and_then_refused(store, other, monkeypatch):
    told = []
    monkeypatch.setattr(locking, "tell", told.append)
    monkeypatch.setattr(locking, "SILENCE", 0.05)
    monkeypatch.setenv("PARLEY_WAIT", "0.2")
    with store.writing(), pytest.raises(LedgerBusy, match=r"0\.2 seconds"), other.writing():
        pytest.fail("two write at once")
    assert told == [locking.LOG]


# Lost connections.


def test_a_connection_lost_between_two_calls_is_made_again(store):
    append(store, ("talks/party/us",))
    kill(store)
    assert names(store.events()) == [("talks/party/us", 1)]
    kill(store)
    assert append(store, ("talks/party/vn",)) == [2]


def test_a_connection_lost_while_writing_leaves_nothing(store, other):
    with pytest.raises(ConnectionLost, match="Nothing was recorded"), store.writing():
        store.append([event("talks/party/us")])
        kill(store)
        store.append([event("talks/party/vn")])
    assert [*other.events()] == []
    assert append(store, ("talks/party/us",)) == [1]


@pytest.mark.parametrize("committing", [True, False], ids=["committed", "not committed"])
def test_after_a_lost_acknowledgement_the_store_finds_out_what_happened(store, other, committing):
    append(store, ("talks/party/us",))
    store._session.connection = Failing(store._session.connection, committing=committing)
    if committing:
        assert append(store, ("talks/party/vn",)) == [2]
        assert store.acknowledged()[0] == 2
    else:
        with pytest.raises(ConnectionLost, match="Nothing was recorded"):
            append(store, ("talks/party/vn",))
    assert other.position() == 1 + committing
    assert append(store, ("talks/party/eu",)) == [2 + committing]


def test_where_nobody_can_tell_what_happened_the_refusal_says_so(store, monkeypatch):
    monkeypatch.setenv("PARLEY_WAIT", "0.3")
    store._session.connection = Failing(store._session.connection, committing=True)
    monkeypatch.setattr("ledger.log.postgres.server.SETTINGS", {"port": 1})
    monkeypatch.setattr("ledger.base.desks.address_of", lambda _: "postgresql://127.0.0.1/talks")
    with pytest.raises(PerhapsRecorded, match="recorded twice"):
        append(store, ("talks/party/us",))


def test_a_log_that_lost_what_this_desk_had_recorded_is_noticed(store, postgres, address):
    """As after a change to a replica that was behind."""
    from ledger.log.errors import AcknowledgedLost

    append(store, ("talks/party/us",), ("talks/party/vn",))
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute("SET session_replication_role = replica; DELETE FROM parley.stored_events"
                      " WHERE notification_id = 2")  # fmt: skip
    with pytest.raises(AcknowledgedLost, match="position 2 was recorded"):
        store.refuse_if_cut()
    store.accept()
    store.refuse_if_cut()


# Roles and replicas.


def role_of(address, role):
    return desk_of(address.replace("postgresql://postgres@", f"postgresql://{role}@"))


@pytest.fixture
def people(store, address):
    """Lan may record, Minh may also erase, and Eve was given nothing."""
    with psycopg.connect(address, autocommit=True) as owner:
        database = owner.info.dbname
        for name, end in {"lan": "desk", "minh": "eraser", "eve": ""}.items():
            role = f"{name}_{database}"
            owner.execute(f"CREATE ROLE {role} LOGIN")
            if end:
                owner.execute(f"GRANT {database}_{end} TO {role}")
    return {name: role_of(address, f"{name}_{database}") for name in ("lan", "minh", "eve")}


def test_a_desk_records_and_reads_but_does_not_erase(store, people):
    with opened(people["lan"]) as desk:
        with pytest.raises(NotPermitted):
            desk.fill("00000000-0000-4000-8000-000000000001", [])
        assert append(desk, ("talks/party/us",), ("talks/party/us", 2)) == [1, 2]
        assert names(store.events()) == names(desk.events())
        with pytest.raises(NotPermitted, match="permission denied"), desk.writing():
            desk.erase({1: tombstone(b"{}")})
    assert [row.state for row in store.events()] == [b"{}", b"{}"]


def test_an_eraser_records_erases_and_cleans(store, people):
    append(store, ("talks/party/us", 1, b"secret"), ("talks/party/vn",))
    with opened(people["minh"]) as eraser:
        with eraser.writing():
            eraser.append([event("talks/party/us", 2)])
            eraser.erase({1: tombstone(b"secret")})
        assert eraser.wipe()
        eraser.unmark()
    assert [row.state for row in store.events()] == [tombstone(b"secret"), b"{}", b"{}"]
    assert not store.is_uncleaned()


def test_whoever_was_given_no_role_sees_nothing(people):
    with pytest.raises(NotPermitted, match="permission denied"), opened(people["eve"]):
        pass


def test_where_recording_is_not_possible_the_refusal_says_so_and_questions_are_answered(store, postgres, address):
    append(store, ("talks/party/us",))
    with opened(desk_of(f"{address}&options=-c%20default_transaction_read_only%3Don")) as reader:
        assert reader.position() == 1
        with pytest.raises(ReadOnlyServer, match="only answers questions"):
            append(reader, ("talks/party/vn",))


# Creating.


def test_whether_a_ledger_is_there(path, store, postgres):
    assert is_there(path)
    assert not is_there(desk_of(postgres.new_database()))


def test_a_log_of_many_events_is_taken_as_it_is(store, path):
    rows = [Stored(nth, f"talks/party/p{nth:05}", 1, "A.1", bytes([nth % 256]) * 40) for nth in range(1, 5_001)]
    store.fill("00000000-0000-4000-8000-000000000001", rows)
    assert [*store.events()] == rows
    assert [*store.events_under("talks/party")] == rows
    assert append(store, ("talks/party/us",)) == [5_001]


def test_a_ledger_is_not_created_over_another(path, store):
    from ledger.log.errors import AlreadyALedger

    with pytest.raises(AlreadyALedger, match=r"postgresql://postgres@/talks_"):
        create(path)
