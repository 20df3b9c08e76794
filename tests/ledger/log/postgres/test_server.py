"""Each way in which a server cannot be used is refused in one sentence, without the password."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.base.desks import desk_of
from ledger.log.errors import NoDatabase, NoLedgerHere, NoPostgres, ServerAway, ServerRefuses, ServerTooOld
from ledger.log.store import create, head, open_store, opened
from tests.ledger.log.store_suite import append
from tests.servers import PASSWORD

psycopg = pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
from ledger.log.postgres import server  # noqa: E402


@pytest.fixture
def lan(postgres):
    """The address of a server over TCP, which wants a password."""
    with psycopg.connect(postgres.address(), autocommit=True) as owner:
        if not owner.execute("SELECT 1 FROM pg_roles WHERE rolname = 'lan'").fetchone():
            owner.execute(f"CREATE ROLE lan LOGIN SUPERUSER PASSWORD '{PASSWORD}'")
    return f"postgresql://lan:{{}}@127.0.0.1:{postgres.port}/{{}}"


def test_the_right_password_opens_the_ledger_and_is_nowhere_in_its_desk(lan, postgres, desks_folder, monkeypatch):
    database = postgres.new_database().partition("/talks")[2].partition("?")[0]
    path = desk_of(lan.format(PASSWORD, f"talks{database}"))
    create(path)
    with opened(path) as store:
        append(store, ("talks/party/us",))
        assert PASSWORD not in store.name
    for found in path.parent.rglob("*"):
        assert PASSWORD.encode() not in found.read_bytes()
    server.close_idle()
    monkeypatch.setattr("ledger.base.desks._given", {})
    with pytest.raises(ServerRefuses, match="no password"):
        open_store(path)
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    assert head(path).position == 1


@pytest.mark.parametrize(
    ("place", "refused", "sentence"),
    [
        (("wrong-secret", "postgres"), ServerRefuses, "authentication failed"),
        ((PASSWORD, "nowhere"), NoDatabase, "does not exist.*have it created".replace("have", "Have")),
        ((PASSWORD, "postgres?sslmode=nonsense"), ServerRefuses, "sslmode"),
        ((PASSWORD, "postgres?nonsense=1"), ServerRefuses, "address"),
        ((PASSWORD, "postgres"), NoLedgerHere, "parley init"),
    ],
    ids=["a wrong password", "no database", "a wrong value", "a wrong setting", "no ledger"],
)
def test_what_is_wrong_is_said_without_the_password(lan, desks_folder, place, refused, sentence):
    with pytest.raises(refused, match=sentence) as found:
        open_store(desk_of(lan.format(*place)))
    assert not {PASSWORD, "wrong-secret"} & {*str(found.value).split()}
    assert PASSWORD not in str(found.value) and "wrong-secret" not in str(found.value)
    assert not desks_folder.exists()


@pytest.mark.parametrize(
    "address",
    ["postgresql://127.0.0.1:1/talks", "postgresql://nowhere.invalid/talks", "postgresql:///talks?host=/nowhere"],
)
def test_a_server_that_is_away_is_refused_in_one_sentence(desks_folder, address):
    with pytest.raises(ServerAway, match="cannot be reached") as found:
        open_store(desk_of(address))
    assert "\n" not in str(found.value)


def test_a_service_that_is_not_defined_is_refused(desks_folder, monkeypatch, tmp_path):
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    with pytest.raises((ServerRefuses, ServerAway), match="service"):
        open_store(desk_of("service=talks"))


def test_a_service_names_a_ledger(postgres, desks_folder, monkeypatch, tmp_path):
    address = postgres.new_database()
    database = address.rpartition("/talks")[2].partition("?")[0]
    services = tmp_path / "services"
    services.write_text(
        f"[talks]\nhost=127.0.0.1\nport={postgres.port}\ndbname=talks{database}\nuser=lan\npassword={PASSWORD}\n"
    )
    with psycopg.connect(postgres.address(), autocommit=True) as owner:
        if not owner.execute("SELECT 1 FROM pg_roles WHERE rolname = 'lan'").fetchone():
            owner.execute(f"CREATE ROLE lan LOGIN SUPERUSER PASSWORD '{PASSWORD}'")
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    path = desk_of("service=talks")
    create(path)
    assert head(path).position == 0
    assert path.read_text() == "service=talks\n"


def test_an_old_server_is_refused(postgres, desks_folder, monkeypatch):
    monkeypatch.setattr(server, "LEAST_VERSION", 99)
    with pytest.raises(ServerTooOld, match="runs PostgreSQL 18, but Parley needs version 99"):
        create(desk_of(postgres.new_database()))


def test_connections_are_used_again_by_the_next_store(store, path):
    pid = store._session.connection.info.backend_pid
    store.close()
    with opened(path) as again:
        assert again._session.connection.info.backend_pid == pid
        with opened(path) as other:
            assert other._session.connection.info.backend_pid != pid


def test_the_connection_that_created_a_ledger_is_used_by_its_first_store(path, monkeypatch):
    create(path)
    monkeypatch.setattr(psycopg, "connect", lambda *_, **__: pytest.fail("it connects again"))
    with opened(path) as store:
        assert append(store, ("talks/party/us",)) == [1]


def test_a_store_that_failed_while_writing_leaves_no_open_transaction(store, path):
    with pytest.raises(RuntimeError), store.writing():
        raise RuntimeError
    store.close()
    with opened(path) as again:
        assert again._session.connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE


WITHOUT = """
import sys
sys.modules["psycopg"] = None
from ledger.base.desks import desk_of
from ledger.log.store import open_store
try:
    open_store(desk_of("postgresql://127.0.0.1/talks"))
except Exception as refusal:
    print(type(refusal).__name__, refusal)
"""


def test_without_psycopg_the_extra_is_named(tmp_path):
    told = [sys.executable, "-c", WITHOUT]
    env = {**os.environ, "PYTHONPATH": str(Path.cwd()), "PARLEY_DESKS": str(tmp_path)}
    said = subprocess.run(told, env=env, check=True, capture_output=True, text=True).stdout
    assert said.startswith(NoPostgres.__name__)
    assert "pip install '.[postgres]'" in said
