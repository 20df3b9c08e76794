"""Four rows of a desk at work: README's tour, its full days, browsers that read while people file, memory."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import count, cycle
from pathlib import Path
from statistics import quantiles
from time import monotonic, perf_counter, sleep

from benchmarks import ledgers, ministry, statements
from benchmarks.asking import days
from benchmarks.measuring import PARLEY, Result, Row, Target, in_turn
from benchmarks.processes import HELLO, RUN, hello_world
from benchmarks.serving import PAGES
from benchmarks.statements import NEGOTIATION
from ledger import Clocks, Ledger, create_ledger
from ledger.filing.entry_files import read

ROOT = Path(__file__).parents[1]
REPORTS_A_DAY = 30
BROWSERS, PEOPLE = 50, 4
FEW, MANY = 100, 10_000  # pages
AFTER_FEW, AFTER_MANY = f"the server after {FEW} pages", f"the server after {MANY:,} pages"
FIRST_DAYS, LAST_DAYS = "the first ten days", "the last ten days"


def measure_tour(size: str, quick: bool) -> Result:
    """README's tour as one shell script, and as many hello-worlds as it has commands; the size makes no difference."""
    tour = (ROOT / "README.md").read_text("utf-8").partition("\n## Five minutes\n")[2]
    blocks = re.findall(r"```\n(.*?)```", tour.partition("\n## In the browser\n")[0], re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    commands = sum(line.startswith("parley ") for line in lines)
    ledgers.HOME.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ledgers.HOME) as folder:
        hello = hello_world(Path(folder))

        def greet() -> None:
            for _ in range(commands):
                hello()

        subjects = {PARLEY: lambda: _tour("\n".join(lines)), HELLO: greet}
        result = Result("tour", size, in_turn(subjects, 3 if quick else 10, warm=1))
    result.notes.append(f"{commands} commands.")
    return result


def _tour(script: str) -> None:
    with tempfile.TemporaryDirectory(dir=ledgers.HOME) as folder:
        shutil.copytree(ROOT / "seeds", Path(folder, "seeds"))
        for name in ("docs", "build"):
            Path(folder, name).mkdir()
        shutil.copy(ROOT / "docs" / "verify.py", Path(folder, "docs"))
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        done = subprocess.run(
            ["sh"],
            input=script,
            cwd=folder,
            env={**os.environ, "PATH": path, "PARLEY_KEEPER": "desk"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr


def measure_days(size: str, quick: bool) -> Result:
    """File a day's reports in one step, ask where the talks stand, and go on with the next day until all are filed."""
    negotiation = ministry.negotiation(0, min(ledgers.events_of(size), 2_000 if quick else ministry.EVENTS))
    seconds = []
    ledgers.HOME.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ledgers.HOME) as folder:
        ledger = create_ledger(Path(folder) / "ledger.db", "desk")
        sheets = [sheet for _, sheet in read(ministry.write(negotiation, Path(folder))).sheets]
        sheets.sort(key=lambda sheet: int(sheet.source.slug.rpartition("-")[2]) if sheet.source else 0)
        ledger.file(sheets[:1], negotiation=NEGOTIATION)
        for first in range(1, len(sheets), REPORTS_A_DAY):
            begun = perf_counter()
            ledger.file(sheets[first : first + REPORTS_A_DAY], negotiation=NEGOTIATION)
            with ledger.views(Clocks(as_of="2035-01-01")) as views:
                views.state()
            seconds.append(perf_counter() - begun)
        events = ledger.head().position
        sizes = {name: Path(folder, name).stat().st_size for name in ("ledger.db", "ledger.views.db")}
    found = {PARLEY: seconds, FIRST_DAYS: seconds[:10], LAST_DAYS: seconds[-10:]}
    result = Result("days", size, found)
    log, views = (sizes[name] / 1_000_000 for name in sizes)
    result.notes.append(
        f"{len(seconds)} days of {REPORTS_A_DAY} reports, {events:,} events: log {log:.1f} MB"
        f" ({sizes['ledger.db'] / events:,.0f} bytes an event), views {views:.1f} MB"
        f" ({sizes['ledger.views.db'] / events:,.0f})."
    )
    return result


def measure_browsers(size: str, quick: bool) -> Result:
    """Browsers ask for pages as fast as they are answered, while people file a statement a second each."""
    lasting = 5.0 if quick else 30.0
    taken: list[float] = []
    filed: list[float] = []
    with _serving(size) as (ledger, port, _):
        until = monotonic() + lasting
        browse = [threading.Thread(target=_browse, args=(port, seed, until, taken)) for seed in range(BROWSERS)]
        work = [threading.Thread(target=_file, args=(ledger, size, nth, until, filed)) for nth in range(PEOPLE)]
        for thread in (*browse, *work):
            thread.start()
        for thread in (*browse, *work):
            thread.join()
    result = Result("browsers", size, {PARLEY: taken, "a statement filed meanwhile": filed})
    p99 = quantiles(taken, n=100)[-1] * 1_000
    result.notes.append(
        f"At {size}: {len(taken) / lasting:,.0f} pages a second for {BROWSERS} browsers, p99 {p99:,.0f} ms;"
        f" {PEOPLE} people filed {len(filed)} statements. Browsers and people are threads of one process."
    )
    return result


def _browse(port: int, seed: int, until: float, taken: list[float]) -> None:
    connection, day, page = HTTPConnection("127.0.0.1", port), days(seed), cycle(PAGES)
    while monotonic() < until:
        begun = perf_counter()
        _get(connection, next(page), day())
        taken.append(perf_counter() - begun)
    connection.close()


def _get(connection: HTTPConnection, page: str, day: str) -> None:
    connection.request("GET", f"/{NEGOTIATION}{page}{'&' if '?' in page else '?'}as-of={day}")
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, body[:500]


def _file(ledger: Ledger, size: str, nth: int, until: float, filed: list[float]) -> None:
    numbers = count(1 + nth * 1_000_000)
    while monotonic() < until:
        begun = perf_counter()
        number = next(numbers)
        fields = statements.fields(size, number) | {"issues": "issue-1"}
        ledger.append(
            "statement", f"typed-{number}", fields, source=statements.evidence(size)[0], negotiation=NEGOTIATION
        )
        filed.append(perf_counter() - begun)
        sleep(max(0.0, 1 - filed[-1]))


def measure_memory(size: str, quick: bool) -> Result:
    """Ask a server for pages as of random days, one after another, and look at its memory."""
    many = 1_000 if quick else MANY
    result = Result("serving-memory", size, {PARLEY: []})
    with _serving(size) as (_, port, pid):
        connection, day, page = HTTPConnection("127.0.0.1", port), days(1), cycle(PAGES)
        for number in range(1, many + 1):
            begun = perf_counter()
            _get(connection, next(page), day())
            result.seconds[PARLEY].append(perf_counter() - begun)
            if number == FEW:
                result.peaks[AFTER_FEW] = _resident(pid)
        result.peaks[AFTER_MANY] = _resident(pid)
        connection.close()
    few, all_of_them = result.peaks[AFTER_FEW], result.peaks[AFTER_MANY]
    result.notes.append(f"At {size}, the server has {few:.0f} MB after {FEW} pages, {all_of_them:.0f} after {many:,}.")
    return result


@contextmanager
def _serving(size: str) -> Iterator[tuple[Ledger, int, int]]:
    """`parley serve` on a copy of a ledger: the ledger, the port and the process."""
    with tempfile.TemporaryDirectory(dir=ledgers.HOME) as folder:
        ledger = ledgers.copy_of(size, Path(folder), views=True)
        command = [*RUN, "serve", "--ledger", str(ledger.path), "--port", "0", "--read-only"]
        env = {**os.environ, "PYTHONUNBUFFERED": "1"}
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env) as server:
            try:
                assert server.stdout is not None
                address = next(found for line in server.stdout if (found := re.search(r"http://\S+?:(\d+)", line)))
                yield ledger, int(address[1]), server.pid
            finally:
                server.terminate()


def _resident(pid: int) -> float:
    """The memory of a process in MB, from /proc."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1_000


def _growth(result: Result) -> float | None:
    few, many = (result.peaks.get(name) for name in (AFTER_FEW, AFTER_MANY))
    return many / few if few and many else None


TOUR = Row(
    "tour",
    "README's tour as one script",
    measure_tour,
    (Target("aim", "2 times as many hello-worlds", lambda r: r.times(HELLO), 2, at_most=True),),
    "tour",
    only="10k",
)
DAYS = Row(
    "days",
    "A desk's full days: 30 reports filed in one step, then `state`",
    measure_days,
    (Target("aim", "3 times the first days", lambda r: r.times(FIRST_DAYS, LAST_DAYS), 3, at_most=True),),
    "day",
    only="10k",
)
READING = Row(
    "browsers",
    "50 browsers read pages of any day while 4 people file",
    measure_browsers,
    (Target("aim", "p95 under 1 s", lambda r: r.p95(), 1, at_most=True),),
    "page",
    only="10k",
)
MEMORY = Row(
    "serving-memory",
    "Pages of a server, one after another, and its memory",
    measure_memory,
    (Target("aim", f"{MANY:,} pages: 1.5 times the memory after {FEW}", _growth, 1.5, at_most=True),),
    "page",
    only="10k",
)
