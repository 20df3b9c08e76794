"""What waits at a desk survives every interruption of its filing and its sending, and reaches the server once."""

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger import create_ledger, open_ledger
from ledger.base.desks import desk_of
from ledger.integrity import offline
from ledger.integrity.verify import verify
from ledger.ledger import Ledger
from ledger.log.errors import PerhapsRecorded
from ledger.log.store import opened
from tests.servers import PostgresServer, running

pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
from ledger.log.postgres.store import PostgresStore


@pytest.fixture(scope="module")
def own_server() -> Iterator[PostgresServer]:
    """A server that a test may stop."""
    with running(18, "fsync=off") as server:
        yield server


@pytest.fixture
def ledger(own_server: PostgresServer, desks_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """A ledger on a server that this desk has seen; then the server is away."""
    monkeypatch.setattr("ledger.log.postgres.server.AWAY", 0)
    own_server.start_if_stopped()
    ledger = create_ledger(own_server.new_database(), "minh")
    ledger.append("negotiation", "talks", {"title": "Talks"})
    ledger.views().close()
    own_server.stop()
    yield ledger
    own_server.start_if_stopped()
    own_server.release()


def slugs(ledger: Ledger) -> list[str]:
    """The slugs of the entries on the server, one for each event."""
    with opened(ledger.path) as store:
        return [row.stream.rpartition("/")[2] for row in store.events(1)]


def file(ledger: Ledger, *names: str) -> None:
    for name in names:
        ledger.offline().append("party", name, {"name": name})


def test_what_waits_is_sent_once_in_its_order(ledger: Ledger, own_server: PostgresServer) -> None:
    file(ledger, "jp", "kr", "cn")
    assert ledger.waiting() == 3
    own_server.start()
    assert len(ledger.send().recorded) == 3
    assert (ledger.waiting(), len(ledger.send().recorded), slugs(ledger)) == (0, 0, ["jp", "kr", "cn"])


def test_the_answer_to_a_sending_is_lost(
    ledger: Ledger, own_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    file(ledger, "jp", "kr")
    own_server.start()
    for interrupted in (KeyboardInterrupt(), sqlite3.OperationalError("disk I/O error"), OSError("no space")):
        with monkeypatch.context() as patch:

            def broken(_: Path, error: BaseException = interrupted) -> None:
                raise error

            patch.setattr(offline, "_remove", broken)
            with pytest.raises(type(interrupted)):
                ledger.send()
        assert (ledger.waiting(), slugs(ledger)) == (2, ["jp", "kr"])
    ledger.append("party", "cn", {"name": "cn"})
    assert (ledger.waiting(), slugs(ledger)) == (0, ["jp", "kr", "cn"])


@pytest.mark.parametrize("committed", [False, True], ids=["before the commit", "after it"])
def test_the_server_is_killed_while_it_commits(
    ledger: Ledger, own_server: PostgresServer, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    file(ledger, "jp", "kr")
    own_server.start()
    commit = PostgresStore._commit

    def killed(store: PostgresStore) -> None:
        if committed:
            commit(store)
        own_server.stop(signal.SIGQUIT)
        if committed:
            raise PerhapsRecorded(path=store.name)
        commit(store)

    with monkeypatch.context() as patch:
        patch.setattr(PostgresStore, "_commit", killed)
        patch.setenv("PARLEY_WAIT", "0.5")
        with pytest.raises(PerhapsRecorded):
            ledger.send()
    assert ledger.waiting() == 2
    own_server.start()
    assert len(ledger.send().recorded) == (0 if committed else 2)
    assert (ledger.waiting(), slugs(ledger)) == (0, ["jp", "kr"])


def test_a_copy_that_is_damaged_or_of_another_log_is_made_again(ledger: Ledger, own_server: PostgresServer) -> None:
    seen = ledger.path.parent / "ledger.desk.offline" / "seen.db"
    own_server.start()
    for content in (b"nothing", b""):
        seen.write_bytes(content)
        ledger.append("party", f"p{len(content)}", {"name": f"P {len(content)}"})
        ledger.views().close()
        with opened(ledger.path) as store, opened(seen) as copy:
            assert [*copy.events()] == [*store.events()]
    assert seen.stat().st_mode & 0o077 == seen.parent.stat().st_mode & 0o077 == 0


def test_the_copy_needs_no_second_reading_of_what_it_has(ledger: Ledger, own_server: PostgresServer) -> None:
    own_server.start()
    ledger.append("party", "jp", {"name": "Japan"})
    with opened(ledger.path) as store:
        read: list[int] = []
        events = store.events
        store.events = lambda after=0, upto=None: read.append(after) or events(after, upto)  # type: ignore
        offline.bring(store)
        assert min(read) == 0 if store.position() == 1 else min(read) >= store.position() - 2


DESK = """
    import sys
    from ledger import Refusal, open_ledger

    for number in range(int(sys.argv[2]), 10**6):
        try:
            open_ledger(sys.argv[1], "minh").offline().append("party", f"p{number}", {"name": f"P {number}"})
        except Refusal as refusal:
            continue
        print(number, flush=True)
"""


def test_a_desk_that_is_killed_again_and_again_while_the_server_comes_and_goes(
    ledger: Ledger, own_server: PostgresServer
) -> None:
    told = [sys.executable, "-c", textwrap.dedent(DESK), own_server.address(_database(ledger))]
    acknowledged: list[int] = []
    for generation in range(6):
        if generation % 2:
            own_server.start_if_stopped()
        desk = subprocess.Popen([*told, str(generation * 1000)], stdout=subprocess.PIPE, text=True, env=os.environ)
        assert desk.stdout is not None
        acknowledged += [int(desk.stdout.readline()) for _ in range(3 + generation)]
        if generation % 3 == 1:
            own_server.stop(signal.SIGQUIT)
            acknowledged += [int(desk.stdout.readline()) for _ in range(3)]
        desk.kill()
        acknowledged += [int(line) for line in desk.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
        desk.wait()
        desk.stdout.close()
    own_server.start_if_stopped()
    ledger.send()
    assert ledger.waiting() == 0
    found = slugs(ledger)
    assert len(found) == len({*found})
    assert {f"p{number}" for number in acknowledged} <= {*found}
    assert verify(ledger.path).problems == []


def _database(ledger: Ledger) -> str:
    address = ledger.path.read_text().strip()
    assert desk_of(address) == ledger.path
    return address.partition("?")[0].rpartition("/")[2]


def test_a_file_is_never_away(tmp_path: Path) -> None:
    ledger = create_ledger(tmp_path / "ledger.db", "minh")
    assert ledger.offline() is ledger
    assert not offline.is_away(ledger.path)
    assert open_ledger(ledger.path).waiting() == 0
