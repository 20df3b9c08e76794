"""A replica answers questions and says how far it is; recording finds the main server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.base import desks
from tests.cli.console import Answer, Console
from tests.servers import PostgresServer, Replica, followed, running

psycopg = pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")


@pytest.fixture(scope="module")
def main_server() -> Iterator[PostgresServer]:
    with running(18, "fsync=off") as server:
        yield server


@pytest.fixture(scope="module")
def replica(main_server: PostgresServer) -> Iterator[Replica]:
    with followed(main_server) as replica:
        yield replica


class Desk:
    """A console whose commands name a server."""

    def __init__(self, console: Console, main: PostgresServer, replica: Replica) -> None:
        self.console, self.main, self.replica = console, main, replica
        self.database = main.new_database().partition("?")[0].rpartition("/")[2]

    def both(self, wanted: str) -> str:
        """The address of both servers, of which one with these attributes is wanted."""
        hosts = f"host={self.replica.folder},{self.main.folder}&port={self.replica.port},{self.main.port}"
        return f"postgresql://postgres@/{self.database}?{hosts}&target_session_attrs={wanted}"

    def line(self, line: str, address: str) -> Answer:
        desks._said.clear()  # each command is a process of its own
        return self.console.line(line, PARLEY_LEDGER=address)

    def caught_up(self) -> None:
        """Wait until the replica has replayed everything."""
        with psycopg.connect(self.main.address(), autocommit=True) as main:
            (newest,) = main.execute("SELECT pg_current_wal_lsn()").fetchone() or ("",)
        with psycopg.connect(self.replica.address(), autocommit=True) as replica:
            while replica.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", [newest]).fetchone() == (False,):
                pass


@pytest.fixture
def desk(console: Console, main_server: PostgresServer, replica: Replica, desks_folder: Path) -> Iterator[Desk]:
    """The worked example on the main server, which the replica has."""
    desk = Desk(console, main_server, replica)
    for line in ("parley init", "parley import seeds/vn-us-trade/*.yaml"):
        assert desk.line(line, main_server.address(desk.database)).code == 0
    desk.caught_up()
    yield desk
    if replica.process is None:
        replica.start()
    main_server.start_if_stopped()
    main_server.release()


def test_a_replica_answers_as_the_main_server_and_says_how_far_it_is(desk: Desk) -> None:
    answer = desk.line("parley state", desk.both("prefer-standby"))
    assert answer.err == "A replica of the server answers, as of position 172.\n"
    expected = desk.line("parley state", desk.both("primary"))
    assert (answer.out, answer.code, expected.err) == (expected.out, 0, "")


def test_recording_finds_the_main_server_and_the_replica_follows(desk: Desk) -> None:
    refused = desk.line("parley append party jp --name Japan", desk.both("prefer-standby"))
    assert (refused.code, "only answers questions" in refused.err) == (1, True)
    recorded = desk.line("parley append party jp --name Japan", desk.both("read-write"))
    assert recorded.out.startswith("Recorded #173"), recorded.err
    desk.caught_up()
    shown = desk.line("parley show jp", desk.both("prefer-standby"))
    assert ("Japan" in shown.out, "position 173" in shown.err) == (True, True)


def test_a_replica_that_has_lost_its_main_server_says_how_old_its_newest_change_is(desk: Desk) -> None:
    desk.main.stop()
    with psycopg.connect(desk.replica.address(), autocommit=True) as replica:
        while replica.execute("SELECT count(*) FROM pg_stat_wal_receiver").fetchone() != (0,):
            pass
    answer = desk.line("parley state", desk.both("any"))
    assert answer.code == 0
    assert "A replica of the server answers, as of position 172; the newest change that it has is" in answer.err
    desk.replica.stop()
    away = desk.line("parley state", desk.both("any"))
    assert (away.out, away.code) == (answer.out, 0)
    assert away.err.startswith("The server cannot be reached, so this is the record as of position 172")
