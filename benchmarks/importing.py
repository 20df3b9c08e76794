"""The row `import`: JSONL entry files imported with every check; each subject runs in separate processes."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec

from benchmarks import ledgers, peers
from benchmarks.ledgers import Stored
from benchmarks.measuring import PARLEY, Result, Row, Target, alone_in_turn
from ledger import create_ledger


def measure(size: str, quick: bool) -> Result:
    """Import into an empty file, one transaction for each negotiation. The peers read the same events unchecked."""
    _lines(size)
    subjects = {PARLEY: (parley, size), peers.EVENTSOURCING: (eventsourcing, size), peers.SQLITE: (bare, size)}
    turns = {"1M": 1, "100k": 3}.get(size, 3 if quick else 5)
    seconds, peaks = alone_in_turn(subjects, turns)
    return Result("import", size, seconds, dict.fromkeys(subjects, ledgers.events_of(size)), peaks)


def parley(size: str) -> float:
    """Parley's import, one call for each file."""
    files = ledgers.entry_files(size)
    with tempfile.TemporaryDirectory(dir=ledgers.HOME) as folder:
        ledger = create_ledger(Path(folder) / "ledger.db")
        begun = perf_counter()
        filed = sum(len(ledger.import_files([path]).recorded) for path in files)
        taken = perf_counter() - begun
    return taken * ledgers.events_of(size) / filed  # the corrections are not in the files


def eventsourcing(size: str) -> float:
    """The event-sourcing library's `save`, in batches that keep its memory low."""
    with tempfile.TemporaryDirectory(dir=ledgers.HOME) as folder:
        app = peers.LeanApplication(Path(folder) / "events.db")
        begun = perf_counter()
        for batch in peers.batches(_read(size), 10_000):
            app.save(*(peers.Fact(*one[:3], msgspec.json.decode(one.state)) for one in batch))
        taken = perf_counter() - begun
        app.close()
    return taken


def bare(size: str) -> float:
    """One `executemany` for each batch."""
    with tempfile.TemporaryDirectory(dir=ledgers.HOME) as folder:
        connection = peers.connected(Path(folder) / "events.db")
        begun = perf_counter()
        for batch in peers.batches(_read(size), 10_000):
            peers.appended(connection, batch)
        taken = perf_counter() - begun
        connection.close()
    return taken


class _Line(msgspec.Struct):
    """One line of the JSONL file that the peers import."""

    stream: str
    version: int
    topic: str
    state: msgspec.Raw


def _lines(size: str) -> Path:
    """The JSONL file with a ledger's events for the peers; written if it does not exist."""
    path = ledgers.ledger_of(size).path.with_name("peers.jsonl")
    if not path.exists():
        encode = msgspec.json.Encoder().encode
        with path.with_suffix(".draft").open("wb") as lines:
            for stream, version, topic, state in ledgers.stored(size):
                lines.write(encode(_Line(stream, version, topic, msgspec.Raw(state))) + b"\n")
        path.with_suffix(".draft").rename(path)
    return path


def _read(size: str) -> Iterator[Stored]:
    decode = msgspec.json.Decoder(_Line).decode
    with _lines(size).open("rb") as lines:
        for line in lines:
            found: Any = decode(line)
            yield Stored(found.stream, found.version, found.topic, bytes(found.state))


ROW = Row(
    "import",
    "Import in bulk (JSONL, all checks on)",
    measure,
    (
        Target("reach at least", "1.0 of bare eventsourcing in bulk", lambda r: r.speed(peers.EVENTSOURCING), 1.0),
        Target("aim", "0.7 of bare sqlite3 executemany", lambda r: r.speed(peers.SQLITE), 0.7),
    ),
    "event",
)
