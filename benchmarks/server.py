"""`python -m benchmarks.server` compares a ledger on a PostgreSQL server with its peers, in turn and in one run.

The server is one of its own, on this machine, with `fsync` on. The peer of appends is the event-sourcing library's own
recorder with its defaults, in a database of the same server; of an import, the same with its functions enabled; of
questions and catching up, the same ledger in a file; of an append with readers, the same without them. Each line is a
ratio: how many times as fast as the peer.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import msgspec
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

from benchmarks import ledgers, statements
from benchmarks.measuring import PARLEY, in_turn
from ledger import Ledger, create_ledger, open_ledger
from ledger.base.desks import desk_of
from ledger.integrity import readers
from ledger.integrity.move import move
from ledger.views.database import path_beside
from tests.servers import PostgresServer, running

SIZE = "1k"
PEER = "peer"
FUNCTIONS = "peer with functions"
DESKS = 8
EACH = 60  # events of each desk


def bare(address: str, *, functions: bool) -> PostgresApplicationRecorder:
    """The library's own recorder in the database at an address of a server's folder, which needs tables."""
    start, _, query = address.partition("?")
    parts = dict(one.split("=", 1) for one in query.split("&"))
    store = PostgresDatastore(
        start.rpartition("/")[2], parts["host"], parts["port"], "postgres", "",
        originator_id_type="text", enable_db_functions=functions,
    )  # fmt: skip
    return PostgresApplicationRecorder(store)


def new_bare(server: PostgresServer, *, functions: bool) -> PostgresApplicationRecorder:
    """The same in a new database, with its tables."""
    recorder = bare(server.new_database(), functions=functions)
    recorder.create_table()
    return recorder


def event(name: str) -> StoredEvent:
    """The statement that the append files, as the peer stores it."""
    body = msgspec.json.encode(statements.body(SIZE, 1))
    return StoredEvent(f"talks-000/statement/appended-{name}", 1, "StatementReported.1", body)


def moved(server: PostgresServer) -> Ledger:
    """The ledger of this size on the server."""
    path = desk_of(server.new_database())
    move(ledgers.ledger_of(SIZE).path, path)
    return Ledger(path, "ministry")


def appended(server: PostgresServer) -> dict[str, list[float]]:
    """One durable event at a time."""
    defaults, functions = (new_bare(server, functions=one) for one in (False, True))
    numbers = count()
    with moved(server) as ledger:
        subjects: dict[str, Callable[[], object]] = {
            PARLEY: lambda: statements.append(ledger, SIZE, next(numbers)),
            PEER: lambda: defaults.insert_events([event(str(next(numbers)))]),
            FUNCTIONS: lambda: functions.insert_events([event(str(next(numbers)))]),
        }
        return in_turn(subjects, 200, warm=20)


def with_readers(server: PostgresServer) -> dict[str, list[float]]:
    """One durable event at a time, in a ledger that keeps parts for readers at two levels."""
    numbers = count()
    with moved(server) as read, moved(server) as ledger:
        readers.enable(read.path)
        subjects: dict[str, Callable[[], object]] = {
            PARLEY: lambda: statements.append(read, SIZE, next(numbers)),
            PEER: lambda: statements.append(ledger, SIZE, next(numbers)),
        }
        return in_turn(subjects, 100, warm=10)


def imported(server: PostgresServer) -> dict[str, list[float]]:
    """The entry files of the whole ledger, with every check; the peer saves its events in one call."""
    events = [StoredEvent(one.stream, one.version, one.topic, one.state) for one in ledgers.stored(SIZE)]
    files = ledgers.entry_files(SIZE)
    return in_turn(
        {
            PARLEY: lambda: create_ledger(server.new_database(), "ministry").import_files(files),
            PEER: lambda: new_bare(server, functions=True).insert_events(events),
        },
        5,
        warm=1,
    )


def asked(server: PostgresServer, folder: Path) -> dict[str, list[float]]:
    """The asks of a negotiation, of views that are current; the peer is the ledger in a file."""
    on_server, in_file = moved(server), ledgers.copy_of(SIZE, folder, views=True)

    def ask(ledger: Ledger) -> None:
        with ledger.views(negotiation="talks-000") as views:
            views.asks()

    return in_turn({PARLEY: lambda: ask(on_server), PEER: lambda: ask(in_file)}, 200, warm=10)


def caught_up(server: PostgresServer, folder: Path) -> dict[str, list[float]]:
    """The views of the whole log, from nothing; the peer is the ledger in a file."""
    on_server, in_file = moved(server), ledgers.copy_of(SIZE, folder, views=False)

    def follow(ledger: Ledger) -> None:
        path_beside(ledger.path).unlink(missing_ok=True)
        ledger.views(negotiation="talks-000").close()

    return in_turn({PARLEY: lambda: follow(on_server), PEER: lambda: follow(in_file)}, 5, warm=1)


class Desks:
    """Processes that append to one ledger, or to one table of the library's, each with a connection of its own."""

    def __init__(self, kind: str, address: str, folder: Path) -> None:
        self.at_work = []
        for nth in range(DESKS):
            told = [sys.executable, "-m", "benchmarks.server", kind, address, str(nth)]
            environment = {**os.environ, "PARLEY_DESKS": str(folder / f"desk-{nth}")}
            self.at_work.append(
                subprocess.Popen(told, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
        self._hear("ready")

    def append(self) -> None:
        """Let each append its events, and wait for all."""
        for one in self.at_work:
            assert one.stdin is not None
            print("go", file=one.stdin, flush=True)
        self._hear("done")

    def close(self) -> None:
        for one in self.at_work:
            one.communicate()

    def _hear(self, word: str) -> None:
        for one in self.at_work:
            assert one.stdout is not None and one.stdout.readline() == f"{word}\n"


def at_once(server: PostgresServer, folder: Path) -> dict[str, list[float]]:
    """Some events from each of several desks at once; the peers are bare recorders."""
    ledger, peer = moved(server), server.new_database()
    bare(peer, functions=False).create_table()
    with (
        closing(Desks("desk", ledger.path.read_text().strip(), folder)) as desks,
        closing(Desks("bare", peer, folder)) as others,
    ):
        return in_turn({PARLEY: desks.append, PEER: others.append}, 5, warm=1)


def desk(kind: str, address: str, name: str) -> None:
    """One of the desks, or of the bare recorders: append events whenever told so."""
    if kind == "bare":
        recorder = bare(address, functions=False)
        _append_when_told(lambda nth: recorder.insert_events([event(f"{name}-{nth}")]))
        return
    source, _ = statements.evidence(SIZE)
    with open_ledger(address, f"keeper-{name}") as ledger:
        _append_when_told(
            lambda nth: ledger.append(
                "statement", f"appended-{name}-{nth}", statements.fields(SIZE, nth),
                negotiation=statements.NEGOTIATION, source=source,
            )
        )  # fmt: skip


def _append_when_told(append: Callable[[int], object]) -> None:
    numbers = count()
    append(next(numbers))
    print("ready", flush=True)
    while sys.stdin.readline():
        for _ in range(EACH):
            append(next(numbers))
        print("done", flush=True)


def ratio(measured: dict[str, list[float]], peer: str = PEER) -> float:
    """How many times as fast as the peer, in the median of the turns."""
    return median(theirs / own for own, theirs in zip(measured[PARLEY], measured[peer], strict=True))


def main() -> None:
    with TemporaryDirectory() as folder, running() as server:
        os.environ["PARLEY_DESKS"] = str(Path(folder) / "desks")
        for name in ("asked", "caught"):
            (Path(folder) / name).mkdir()
        one = appended(server)
        _tell("append one durable event", one)
        print(f"    {ratio(one, FUNCTIONS):.2f} of its peer with functions enabled", flush=True)
        eight = at_once(server, Path(folder))
        _tell(f"{DESKS} desks appending", eight)
        print(f"    {DESKS * EACH / median(eight[PARLEY]):.0f} events a second", flush=True)
        _tell(f"import {ledgers.events_of(SIZE)} events", imported(server))
        _tell("a question of current views", asked(server, Path(folder) / "asked"))
        _tell("catching up from nothing", caught_up(server, Path(folder) / "caught"))
        _tell("append with readers at two levels", with_readers(server))


def _tell(name: str, measured: dict[str, list[float]]) -> None:
    own, peer = (median(measured[one]) * 1000 for one in (PARLEY, PEER))
    print(f"{name}: {ratio(measured):.2f} of its peer ({own:.2f} ms; its peer {peer:.2f} ms)", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        desk(*sys.argv[1:4])
    else:
        main()
