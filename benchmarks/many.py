"""`python -m benchmarks.many N` measures the work of a desk in a ledger of N events on a PostgreSQL server.

The record is that of a ministry over ten years. It is imported with every check, one negotiation of 10,000 events after
another, into a server of this machine with `fsync` on; with `--moved`, into a file, which is then moved to the server;
with `--copied`, a tenth of them into a file, of which ten copies with other names go to the server.
Then a new desk catches up from nothing, another files the events of a day, and the first catches up with them.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psycopg

from benchmarks import ledgers, ministry
from benchmarks.measuring import peak
from ledger import Ledger, create_ledger
from ledger.base.desks import VARIABLE, desk_of
from ledger.integrity.move import move
from ledger.log.postgres.server import close_idle
from ledger.log.store import Stored, create, opened
from tests.servers import running

COPIES = 10
ASKED = 50  # appends and questions of which the median is given
MB = 1_000_000


@contextmanager
def timed(what: str, events: int = 0) -> Iterator[None]:
    started = time.perf_counter()
    yield
    took = time.perf_counter() - started
    tell(what, took, f", {events / took:,.0f} events a second" if events else "")


def tell(what: str, seconds: float, more: str = "") -> None:
    given = f"{seconds:.1f} s" if seconds > 1 else f"{seconds * 1000:.1f} ms"
    print(f"{what}: {given}{more}", flush=True)


def desk(address: str, folder: Path) -> Ledger:
    """The ledger as a desk with a folder and connections of its own has it."""
    close_idle()
    os.environ[VARIABLE] = str(folder)
    return Ledger(desk_of(address), "ministry")


def ask(ledger: Ledger) -> None:
    with ledger.views(negotiation="talks-000") as views:
        views.asks()


def append(ledger: Ledger, number: int) -> None:
    told = {"by": "home-000", "act": "asked", "says": f"Again, {number}.", "on": "2024-11-04"}
    ledger.append("statement", f"more-{number}", told, negotiation="talks-000", note="They asked again.")


def each(what: str, work: list[float]) -> None:
    tell(f"{what}, median of {len(work)}", median(work))


def fill(ledger: Ledger, events: int, entries: Path) -> None:
    """Import the record, and tell the rate of some negotiations."""
    for nth, negotiation in enumerate(ministry.ministry(events, ledgers.SEED)):
        started = time.perf_counter()
        ledgers.fill(ledger, negotiation, entries)
        if nth % 5 == 0 or (nth + 1) * ministry.EVENTS >= events:
            took = time.perf_counter() - started
            tell(f"import of negotiation {nth + 1}", took, f", {negotiation.events / took:,.0f} events a second")


def copied(local: Ledger) -> Iterator[Stored]:
    """The events of a ledger ten times, from the second time on in negotiations of other names."""
    whole = local.head().position
    for nth in range(COPIES):
        with opened(local.path) as store:
            for one in store.events():
                stream = f"copy-{nth}-{one.stream}" if nth else one.stream
                yield one._replace(position=nth * whole + one.position, stream=stream)


def main(events: int, how: str) -> None:
    with TemporaryDirectory() as name, running() as server:
        folder, address = Path(name), server.new_database()
        os.environ[VARIABLE] = str(folder / "first")
        if how:
            local = create_ledger(folder / "ledger.db", "ministry")
            fill(local, events // COPIES if how == "--copied" else events, folder / "entries")
        if how == "--copied":
            create(desk_of(address))
            with timed("copying to the server", events), opened(desk_of(address)) as store:
                store.fill(local.head().ledger_id, copied(local))
        elif how == "--moved":
            with timed("moving to the server", events):
                move(local.path, desk_of(address))
        else:
            fill(create_ledger(address, "ministry"), events, folder / "entries")
        whole = desk(address, folder / "first").head().position
        late = desk(address, folder / "late")
        with timed(f"catching up from nothing with {whole:,} events", whole):
            ask(late)
        with psycopg.connect(address) as connection:
            ((size,),) = connection.execute("SELECT pg_database_size(current_database())").fetchall()
        sizes = {
            part: sum(one.stat().st_size for one in (folder / "late").rglob(part)) for part in ("*views*", "seen*")
        }
        print(
            f"on disk: server {size / MB:,.0f} MB, views {sizes['*views*'] / MB:,.0f}, copy {sizes['seen*'] / MB:,.0f}"
        )
        each("a question of current views", [_took(lambda: ask(late)) for _ in range(ASKED)])
        with desk(address, folder / "first") as kept:
            append(kept, 0)
            each("append one durable event", [_took(lambda nth=nth: append(kept, nth)) for nth in range(1, ASKED)])
            for nth in range(ASKED, max(ASKED, whole // ministry.DAYS)):
                append(kept, nth)
            day = kept.head().position - whole
        late = desk(address, folder / "late")
        with timed(f"catching up with a day, {day} events", day):
            ask(late)
        print(f"peak memory: {peak():,.0f} MB")


def _took(work) -> float:  # type: ignore[no-untyped-def]
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main(int(sys.argv[1]), "".join(sys.argv[2:]))
