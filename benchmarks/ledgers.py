"""The ledgers that are measured, filled once through the library with every check, and stored for the next run.

`build/bench/` holds one folder for each generator version, seed and size: the ledger, its views, its entry files, and
the same events in the formats of the peers. Delete `build/bench/` to make everything again.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from benchmarks import ministry
from ledger import Ledger, create_ledger
from ledger.log.log import Log
from ledger.log.mapper import TOPIC_OF

HOME = Path("build/bench")
SEED = 1
TRIAL = {"300": 300}  # shows only that a row can be measured: its figures say nothing
SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "1M": 1_000_000}


class Stored(NamedTuple):
    """One event as the peers store it: its stream, its version in the stream, its type, and its JSON."""

    stream: str
    version: int
    topic: str
    state: bytes


def events_of(size: str) -> int:
    """The number of events of a size."""
    return (SIZES | TRIAL)[size]


def ledger_of(size: str) -> Ledger:
    """The ledger of this size with current views; filled if it does not exist."""
    folder = _home_of(size)
    if not (folder / "filled").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        ledger = create_ledger(folder / "ledger.db")
        ledger.keeper = "ministry"
        for negotiation in ministry.ministry(events_of(size), SEED):
            fill(ledger, negotiation, folder / "entries")
        ledger.rebuild()
        (folder / "filled").touch()
    return Ledger(folder / "ledger.db", "ministry")


def _home_of(size: str) -> Path:
    """The folder of a size; every generator version and seed has its own."""
    return HOME / f"v{ministry.VERSION}-seed{SEED}" / size


def fill(ledger: Ledger, negotiation: ministry.Negotiation, folder: Path) -> None:
    """File one negotiation and its corrections, with the calls that a user of the library makes."""
    ledger.import_files([ministry.write(negotiation, folder)])
    for change in negotiation.changes:
        if change.fields:
            ledger.correct(change.slug, change.fields, "Misheard.", negotiation=negotiation.slug, everywhere=True)
        else:
            ledger.retract(change.slug, "Entered twice.", negotiation=negotiation.slug)


def entry_files(size: str) -> list[Path]:
    """The entry files that a ledger was filled from, one for each negotiation."""
    ledger_of(size)
    return sorted((_home_of(size) / "entries").glob("*.jsonl"))


def negotiations(size: str) -> list[str]:
    """The slugs of the negotiations of a size."""
    return [path.stem for path in entry_files(size)]


def copy_of(size: str, folder: Path, *, views: bool) -> Ledger:
    """A copy of a ledger that may be written to."""
    path = ledger_of(size).path
    for part in [path, *([path.with_name("ledger.views.db")] if views else [])]:
        shutil.copyfile(part, folder / part.name)
    return Ledger(folder / path.name, "ministry")


def stored(size: str) -> Iterator[Stored]:
    """Every event of a ledger, in order, with as many bytes of JSON as Parley stores."""
    encode = msgspec.json.Encoder().encode
    log = Log(ledger_of(size).path)
    try:
        for record in log.since(0):
            envelope = {
                "recorded_at": record.recorded_at,
                "recorded_by": record.recorded_by,
                "salt": "0" * 32,
                "event": record.event,
            }
            yield Stored(str(record.stream), record.version, TOPIC_OF[type(record.event)], encode(envelope))
    finally:
        log.close()
