"""Two rows: append one durable event through the library; append one, then ask a question."""

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

import msgspec

from benchmarks import ledgers, peers, statements
from benchmarks.measuring import PARLEY, Result, Row, Target, alone, in_turn, timed
from ledger import Clocks, Ledger

ON_1K = "Parley on 1k events"
OPENED = "Parley, opened for each call"


def measure_append(size: str, quick: bool) -> Result:
    """Append one durable event at a time; the ledger stays open, as those of the peers do."""
    turns = 100 if quick else 400
    with tempfile.TemporaryDirectory(dir=ledgers.HOME) as folder:
        bare = shutil.copyfile(peers.sqlite_of(size), Path(folder) / "sqlite3.db")
        lean = shutil.copyfile(peers.eventsourcing_of(size), Path(folder) / "eventsourcing.db")
        connection, app = peers.connected(bare), peers.LeanApplication(lean)
        with ledgers.copy_of(size, Path(folder), views=False) as ledger:
            subjects = {
                PARLEY: _appending(ledger, size),
                peers.EVENTSOURCING: _saving(app, size),
                peers.SQLITE: _inserting(connection, size),
            }
            result = Result("append", size, in_turn(subjects, turns, warm=10))
        connection.close()
        app.close()
    result.peaks[PARLEY] = alone(append_many, size, turns).peak
    return result


def append_many(size: str, events: int) -> float:
    """The seconds that Parley takes in a separate process, where its memory is measured."""
    folder = tempfile.TemporaryDirectory(dir=ledgers.HOME)
    with folder as home, ledgers.copy_of(size, Path(home), views=False) as ledger:
        return timed(_appending(ledger, size), events)


def measure_growth(size: str, quick: bool) -> Result:
    """Append, then ask, so that the views must catch up; in turn with the same work on 1k events.

    The ledger stays open, or is opened for each call: then the log's file changes, and part of it is compared again.
    """
    turns = 30 if quick else 100
    with (
        tempfile.TemporaryDirectory(dir=ledgers.HOME) as folder,
        tempfile.TemporaryDirectory(dir=ledgers.HOME) as other,
        tempfile.TemporaryDirectory(dir=ledgers.HOME) as third,
        ledgers.copy_of(size, Path(folder), views=True) as ledger,
        ledgers.copy_of("1k", Path(other), views=True) as small,
    ):
        subjects = {
            PARLEY: _append_and_ask(ledger, size),
            ON_1K: _append_and_ask(small, "1k"),
            OPENED: _append_and_ask(ledgers.copy_of(size, Path(third), views=True), size),
        }
        result = Result("append-then-ask", size, in_turn(subjects, turns, warm=5))
    result.peaks[PARLEY] = alone(append_and_ask_many, size, turns).peak
    return result


def append_and_ask_many(size: str, events: int) -> float:
    """The seconds that Parley takes in a separate process, where its memory is measured."""
    folder = tempfile.TemporaryDirectory(dir=ledgers.HOME)
    with folder as home, ledgers.copy_of(size, Path(home), views=True) as ledger:
        return timed(_append_and_ask(ledger, size), events)


def _appending(ledger: Ledger, size: str) -> Callable[[], None]:
    numbers = count(1)
    return lambda: statements.append(ledger, size, next(numbers))


def _append_and_ask(ledger: Ledger, size: str) -> Callable[[], None]:
    append = _appending(ledger, size)

    def once() -> None:
        append()
        views = ledger.views(Clocks("2024-12-01"), statements.NEGOTIATION)
        assert views.next_meeting()
        views.close()

    return once


def _saving(app: peers.LeanApplication, size: str) -> Callable[[], None]:
    numbers = count(1)

    def save() -> None:
        number = next(numbers)
        stream = f"{statements.NEGOTIATION}/statement/appended-{number}"
        app.save(peers.Fact(stream, 1, "StatementReported.1", statements.body(size, number)))

    return save


def _inserting(connection: sqlite3.Connection, size: str) -> Callable[[], None]:
    numbers = count(1)
    encode = msgspec.json.Encoder().encode

    def insert() -> None:
        number = next(numbers)
        peers.appended(connection, [statements.stored(number, encode(statements.body(size, number)))])

    return insert


APPEND = Row(
    "append",
    "Append one durable event through the library",
    measure_append,
    (
        Target("reach at least", "0.9 of bare eventsourcing", lambda r: r.speed(peers.EVENTSOURCING), 0.9),
        Target("aim", "0.9 of bare sqlite3", lambda r: r.speed(peers.SQLITE), 0.9),
    ),
    "event",
)
GROWTH = Row(
    "append-then-ask",
    "Append, then ask, so that the views catch up; compared with the same on 1k events",
    measure_growth,
    (
        Target("reach at least", "1.5 times the time on 1k events", lambda r: r.times(ON_1K), 1.5, at_most=True),
        Target("aim", "1.1 times the time on 1k events", lambda r: r.times(ON_1K), 1.1, at_most=True),
    ),
    "append and question",
)
