"""`python -m benchmarks.server` compares a ledger on a PostgreSQL server with its peers, in turn and in one run.

The server is one of its own, on this machine, with `fsync` on. The peer is the event-sourcing library's own recorder
with its functions enabled, in a database of the same server; for questions and catching up it is the same ledger in a
file. Each line is a ratio: how many times as fast as the peer.
"""

import os
from collections.abc import Callable
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import msgspec
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

from benchmarks import ledgers, statements
from benchmarks.measuring import PARLEY, in_turn
from ledger import Ledger, create_ledger
from ledger.base.desks import desk_of
from ledger.integrity.move import move
from ledger.views.database import path_beside
from tests.servers import PostgresServer, running

SIZE = "1k"
PEER = "peer"


def bare(address: str) -> PostgresApplicationRecorder:
    """The library's own recorder in the database at an address of a server's folder."""
    start, _, query = address.partition("?")
    parts = dict(one.split("=", 1) for one in query.split("&"))
    store = PostgresDatastore(
        start.rpartition("/")[2], parts["host"], parts["port"], "postgres", "",
        originator_id_type="text", enable_db_functions=True,
    )  # fmt: skip
    recorder = PostgresApplicationRecorder(store)
    recorder.create_table()
    return recorder


def event(number: int) -> StoredEvent:
    """The statement that the append files, as the peer stores it."""
    body = msgspec.json.encode(statements.body(SIZE, number))
    return StoredEvent(f"talks-000/statement/appended-{number}", 1, "StatementReported.1", body)


def moved(server: PostgresServer) -> Ledger:
    """The ledger of this size on the server."""
    path = desk_of(server.new_database())
    move(ledgers.ledger_of(SIZE).path, path)
    return Ledger(path, "ministry")


def appended(server: PostgresServer) -> dict[str, list[float]]:
    """One durable event at a time."""
    recorder, numbers, others = bare(server.new_database()), count(), count()
    with moved(server) as ledger:
        subjects: dict[str, Callable[[], object]] = {
            PARLEY: lambda: statements.append(ledger, SIZE, next(numbers)),
            PEER: lambda: recorder.insert_events([event(next(others))]),
        }
        return in_turn(subjects, 60, warm=5)


def imported(server: PostgresServer) -> dict[str, list[float]]:
    """The entry files of the whole ledger, with every check; the peer saves its events in one call."""
    events = [StoredEvent(one.stream, one.version, one.topic, one.state) for one in ledgers.stored(SIZE)]
    files = ledgers.entry_files(SIZE)
    return in_turn(
        {
            PARLEY: lambda: create_ledger(server.new_database(), "ministry").import_files(files),
            PEER: lambda: bare(server.new_database()).insert_events(events),
        },
        3,
        warm=1,
    )


def asked(server: PostgresServer, folder: Path) -> dict[str, list[float]]:
    """The asks of a negotiation, of views that are current; the peer is the ledger in a file."""
    on_server, in_file = moved(server), ledgers.copy_of(SIZE, folder, views=True)

    def ask(ledger: Ledger) -> None:
        with ledger.views(negotiation="talks-000") as views:
            views.asks()

    return in_turn({PARLEY: lambda: ask(on_server), PEER: lambda: ask(in_file)}, 60, warm=3)


def caught_up(server: PostgresServer, folder: Path) -> dict[str, list[float]]:
    """The views of the whole log, from nothing; the peer is the ledger in a file."""
    on_server, in_file = moved(server), ledgers.copy_of(SIZE, folder, views=False)

    def follow(ledger: Ledger) -> None:
        path_beside(ledger.path).unlink(missing_ok=True)
        ledger.views(negotiation="talks-000").close()

    return in_turn({PARLEY: lambda: follow(on_server), PEER: lambda: follow(in_file)}, 5, warm=1)


def main() -> None:
    with TemporaryDirectory() as folder, running() as server:
        os.environ["PARLEY_DESKS"] = str(Path(folder) / "desks")
        (Path(folder) / "asked").mkdir()
        (Path(folder) / "caught").mkdir()
        for name, measured in (
            ("append one durable event", appended(server)),
            (f"import {ledgers.events_of(SIZE)} events", imported(server)),
            ("a question of current views", asked(server, Path(folder) / "asked")),
            ("catching up from nothing", caught_up(server, Path(folder) / "caught")),
        ):
            ratio = median(peer / own for own, peer in zip(measured[PARLEY], measured[PEER], strict=True))
            print(f"{name}: {ratio:.2f} of its peer ({median(measured[PARLEY]) * 1000:.1f} ms)", flush=True)


if __name__ == "__main__":
    main()
