"""Many processes write to one ledger while others ask: what they get done, how long one waits, what they see.

`make writers` runs it for a minute and prints a table, with the same work done by bare `sqlite3` and by the bare
event-sourcing library, under the same pragmas. A short run stands in `test_writers.py`.
"""

import json
import multiprocessing
import os
import random
import secrets
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from ledger import Ledger, create_ledger, open_ledger
from ledger.domain.events import PartyNamed, Stream
from ledger.log.log import Log

NEGOTIATION = "talks"
Append = Callable[[str], None]


class Written(NamedTuple):
    """What one writer did: the slugs it was told are of record, how long each took, and what was refused."""

    slugs: list[str]
    seconds: list[float]
    refused: list[str]


class Asked(NamedTuple):
    """What one asker saw: how many answers, what was refused, and whatever in them did not fit together."""

    answers: int
    refused: list[str]
    faults: list[str]


class Outcome(NamedTuple):
    """What all of them did in so many seconds, and what the ledger holds afterwards."""

    name: str
    written: list[Written]
    asked: list[Asked]
    took: float
    stored: list[str]

    @property
    def acknowledged(self) -> list[str]:
        return [slug for one in self.written for slug in one.slugs]

    @property
    def lost(self) -> int:
        return len(set(self.acknowledged) - set(self.stored))

    @property
    def doubled(self) -> int:
        return len(self.stored) - len(set(self.stored))

    @property
    def refused(self) -> list[str]:
        return [text for one in (*self.written, *self.asked) for text in one.refused]

    @property
    def faults(self) -> list[str]:
        return [text for one in self.asked for text in one.faults]


# Who writes: each gives a function that appends one event, durably, before it returns.


@contextmanager
def filing(path: Path) -> Iterator[Append]:
    """What `parley append` does, all rules checked, the ledger opened each time."""
    ledger = open_ledger(path, keeper=f"keeper {os.getpid()}")
    yield lambda slug: _filed(ledger, slug)


@contextmanager
def logging(path: Path) -> Iterator[Append]:
    """Parley's log alone, kept open: no rules, but its lock, its salt, its time and its stamp."""
    with closing(Log(path, f"keeper {os.getpid()}")) as log:

        def append(slug: str) -> None:
            with log.writing():
                log.append([(Stream(NEGOTIATION, "party", slug), PartyNamed(name=slug))])

        yield append


@contextmanager
def bare_sqlite(path: Path) -> Iterator[Append]:
    with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=FULL")

        def append(slug: str) -> None:
            connection.execute("BEGIN IMMEDIATE")
            row = (f"{NEGOTIATION}/party/{slug}", 1, "PartyNamed.1", _state(slug))
            connection.execute("INSERT INTO stored_events VALUES (NULL, ?, ?, ?, ?)", row)
            connection.execute("COMMIT")

        yield append


@contextmanager
def bare_eventsourcing(path: Path) -> Iterator[Append]:
    from eventsourcing.persistence import StoredEvent
    from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

    datastore = SQLiteDatastore(str(path), lock_timeout=30, originator_id_type="text")
    recorder = SQLiteApplicationRecorder(datastore)
    recorder.create_table()
    with datastore.get_connection(commit=True) as connection:
        connection.cursor().execute("PRAGMA synchronous=FULL")

    def append(slug: str) -> None:
        recorder.insert_events([StoredEvent(f"{NEGOTIATION}/party/{slug}", 1, "PartyNamed.1", _state(slug))])

    try:
        yield append
    finally:
        datastore.close()


def _filed(ledger: Ledger, slug: str) -> None:
    ledger.append("party", slug, {"name": slug}, negotiation=NEGOTIATION)


def _state(slug: str) -> bytes:
    """As many bytes as Parley stores of such an event."""
    envelope = {"recorded_at": "2025-07-01T12:00:00.000000Z", "recorded_by": f"keeper {os.getpid()}"}
    return json.dumps(envelope | {"salt": secrets.token_hex(16), "event": {"name": slug}}).encode()


CONTESTANTS: dict[str, Callable[[Path], Any]] = {
    "Parley, filing": filing,
    "Parley, log alone": logging,
    "sqlite3": bare_sqlite,
    "eventsourcing": bare_eventsourcing,
}


# The processes.


def write(name: str, path: Path, start: Any, until: float, mine: int) -> Written:
    slugs: list[str] = []
    seconds: list[float] = []
    refused: list[str] = []
    with CONTESTANTS[name](path) as append:
        start.wait()
        ends = time.monotonic() + until
        while (began := time.monotonic()) < ends:
            slug = f"w{mine}-{len(slugs) + len(refused)}"
            try:
                append(slug)
            except Exception as error:
                refused.append(f"{type(error).__name__}: {error}")
            else:
                slugs.append(slug)
            seconds.append(time.monotonic() - began)
    return Written(slugs, seconds, refused)


def ask(name: str, path: Path, start: Any, until: float, mine: int) -> Asked:
    """Ask Parley's views, or count the peers' rows: the least a reader does."""
    answers, newest = 0, 0
    refused: list[str] = []
    faults: list[str] = []
    look = _look if name.startswith("Parley") else _count
    start.wait()
    ends = time.monotonic() + until
    while time.monotonic() < ends:
        try:
            position, found = look(path)
        except Exception as error:
            refused.append(f"{type(error).__name__}: {error}")
            continue
        answers += 1
        faults += found
        if position < newest:
            faults.append(f"asker {mine} saw position {position} after {newest}")
        newest = position
    return Asked(answers, refused, faults)


def _look(path: Path) -> tuple[int, list[str]]:
    """The position of the views that a question is asked of, and what in them does not fit together."""
    with closing(open_ledger(path).views(negotiation=NEGOTIATION)) as views:
        position = views.rows("SELECT position FROM upkeep")[0][0]
        logged, last = views.rows("SELECT COUNT(*), MAX(position) FROM log")[0]
        time.sleep(random.uniform(0, 0.01))  # a question has many parts, and others write meanwhile
        parties = len(views.parties())
        entries = views.rows("SELECT COUNT(*) FROM entries WHERE kind = 'party'")[0][0]
        again = views.rows("SELECT position FROM upkeep")[0][0]
    agreed = position == logged == last == again and parties == entries == position - 1  # one opened the negotiation
    told = f"position {position}, then {again}: {logged} events up to {last}, {parties} parties, {entries} entries"
    return position, [] if agreed else [told]


def _count(path: Path) -> tuple[int, list[str]]:
    with closing(sqlite3.connect(path, timeout=30)) as connection:
        return connection.execute("SELECT COUNT(*) FROM stored_events").fetchone()[0], []


def _process(role: Callable[..., Any], outcomes: Any, *arguments: Any) -> None:
    outcomes.put(role(*arguments))


def contest(name: str, folder: Path, writers: int, askers: int, seconds: float) -> Outcome:
    """Let so many write and ask for so long; what came of it."""
    path = folder / "ledger.db"
    _prepare(name, path)
    spawning = multiprocessing.get_context("spawn")
    start, outcomes = spawning.Barrier(writers + askers), spawning.Queue()
    roles = [write] * writers + [ask] * askers
    processes = [
        spawning.Process(target=_process, args=(role, outcomes, name, path, start, seconds, mine))
        for mine, role in enumerate(roles)
    ]
    for process in processes:
        process.start()
    try:
        found = [outcomes.get(timeout=seconds + 60) for _ in processes]
    finally:
        for process in processes:
            process.join(timeout=10)
            process.kill()
    written = [one for one in found if isinstance(one, Written)]
    asked = [one for one in found if isinstance(one, Asked)]
    with closing(sqlite3.connect(path)) as connection:
        stored = [row[0] for row in connection.execute("SELECT originator_id FROM stored_events ORDER BY rowid")]
    slugs = [stream.rpartition("/")[2] for stream in stored if "/party/" in stream]
    return Outcome(name, written, asked, seconds, slugs)


def _prepare(name: str, path: Path) -> None:
    if name.startswith("Parley"):
        create_ledger(path).append("negotiation", NEGOTIATION, {"title": "The talks"})
        return
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        if name == "sqlite3":
            connection.execute(
                "CREATE TABLE stored_events (position INTEGER PRIMARY KEY AUTOINCREMENT, originator_id TEXT,"
                " originator_version INTEGER, topic TEXT, state BLOB, UNIQUE (originator_id, originator_version))"
            )
    with CONTESTANTS[name](path):
        pass


# The table.

HEAD = ("", "events/s", "median", "p99", "slowest", "fewest:most", "asks/s", "refused", "lost", "doubled", "faults")


def row(outcome: Outcome) -> tuple[str, ...]:
    seconds = sorted(taken for one in outcome.written for taken in one.seconds)
    by_writer = sorted(len(one.slugs) for one in outcome.written)
    asks = sum(one.answers for one in outcome.asked) / outcome.took
    return (
        outcome.name,
        f"{len(outcome.acknowledged) / outcome.took:.0f}",
        f"{statistics.median(seconds) * 1000:.1f} ms",
        f"{seconds[int(len(seconds) * 0.99)] * 1000:.0f} ms",
        f"{seconds[-1] * 1000:.0f} ms",
        f"{by_writer[0]}:{by_writer[-1]}",
        f"{asks:.1f}",
        *(str(count) for count in (len(outcome.refused), outcome.lost, outcome.doubled, len(outcome.faults))),
    )


def main(arguments: Sequence[str]) -> int:
    """`WRITERS ASKERS SECONDS [CONTESTANT…]`."""
    writers, askers, seconds = int(arguments[0]), int(arguments[1]), float(arguments[2])
    rows = [HEAD]
    failed = False
    for name in arguments[3:] or CONTESTANTS:
        with tempfile.TemporaryDirectory(prefix="parley-") as folder:
            outcome = contest(name, Path(folder), writers, askers, seconds)
        rows.append(row(outcome))
        for told in sorted({*outcome.refused, *outcome.faults})[:10]:
            print(f"{name}: {told}", file=sys.stderr)
        failed |= name.startswith("Parley") and bool(
            outcome.refused or outcome.faults or outcome.lost or outcome.doubled
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    print(f"{writers} processes append and {askers} ask, for {seconds:g} s; SQLite {sqlite3.sqlite_version}")
    for line in rows:
        first, *rest = (cell.rjust(width) for cell, width in zip(line, widths, strict=True))
        print(line[0].ljust(len(first)), *rest, sep="  ")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
