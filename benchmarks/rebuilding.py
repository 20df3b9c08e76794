"""The row `rebuild`: all views rebuilt from the log; each subject runs in separate processes."""

import sqlite3
import tempfile
from pathlib import Path
from time import perf_counter

import msgspec

from benchmarks import ledgers, peers
from benchmarks.measuring import PARLEY, Result, Row, Target, alone_in_turn
from benchmarks.statements import NEGOTIATION
from ledger import Clocks, Ledger
from ledger.views.database import path_beside

PROJECTION = "eventsourcing projection"
READ = "bare read and decode"
MOST = 20_000  # events that the library projects; its rate does not depend on their number


def measure(size: str, quick: bool) -> Result:
    """Rebuild all views."""
    peers.eventsourcing_of(size)
    peers.sqlite_of(size)
    most = min(ledgers.events_of(size), MOST)
    subjects = {PARLEY: (parley, size), PROJECTION: (projection, size, most), READ: (read, size)}
    turns = {"1M": 1, "100k": 3}.get(size, 3 if quick else 5)
    seconds, peaks = alone_in_turn(subjects, turns)
    units = {PARLEY: ledgers.events_of(size), PROJECTION: most, READ: ledgers.events_of(size)}
    return Result("rebuild", size, seconds, units, peaks, [sizes(size)])


def parley(size: str) -> float:
    """`Ledger.rebuild` on a ledger without views."""
    with tempfile.TemporaryDirectory(dir=ledgers.HOME) as folder:
        ledger: Ledger = ledgers.copy_of(size, Path(folder), views=False)
        begun = perf_counter()
        ledger.rebuild()
        return perf_counter() - begun


def sizes(size: str) -> str:
    """The sizes of a log and of its views."""
    ledger = ledgers.ledger_of(size)
    ledger.views(Clocks("2024-12-01"), NEGOTIATION).close()  # stored views may be of an older version
    log, views = (path.stat().st_size / 1_000_000 for path in (ledger.path, path_beside(ledger.path)))
    return f"At {size}, the log has {log:,.1f} MB and the views have {views:,.1f} MB."


def projection(size: str, most: int) -> float:
    """The library's projection, one transaction for each event, as in its documentation."""
    with tempfile.TemporaryDirectory(dir=ledgers.HOME) as folder:
        begun = perf_counter()
        assert peers.projected(size, Path(folder) / "view.db", most) == most
        return perf_counter() - begun


def read(size: str) -> float:
    """The floor: fetch every row of the log and decode its JSON."""
    decode = msgspec.json.Decoder().decode
    connection = sqlite3.connect(peers.sqlite_of(size))
    begun = perf_counter()
    for row in connection.execute("SELECT position, stream, version, topic, state FROM events ORDER BY position"):
        decode(row[4])
    taken = perf_counter() - begun
    connection.close()
    return taken


ROW = Row(
    "rebuild",
    "Rebuild all views",
    measure,
    (
        Target("reach at least", "20 times the eventsourcing projection", lambda r: r.speed(PROJECTION), 20),
        Target("aim", "0.2 of a bare read and decode", lambda r: r.speed(READ), 0.2),
        Target("aim", "under 1 GB", lambda r: r.peaks.get(PARLEY), 1_000, at_most=True),
    ),
    "event",
)
