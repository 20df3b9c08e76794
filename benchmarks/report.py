"""What the measurements showed, in words and tables: on the terminal, and as the page docs/performance.md."""

import os
import platform
import sqlite3
from collections.abc import Iterator, Sequence

from benchmarks.ledgers import SIZES
from benchmarks.measuring import PARLEY, Result, Row, Target

HEADING = """# Performance

What Parley takes, measured against peers and against the floor, on one generated ministry's record: negotiations of
10,000 events each, with sources, quotations, corrections, late and imprecise entries (`benchmarks/ministry.py`). All
subjects take turns within a run; ratios are medians of the turns' ratios, since machines are noisy, and memory is the
peak resident size of a process that does nothing else, and of each it starts. Log and peers store the same bytes with
the same durability (WAL, synchronous FULL).

```
make bench            # every row at every size
make bench QUICK=1    # 1k and 10k events, fewer turns
python -m benchmarks append --sizes 10k    # one row at one size
python -m benchmarks --write    # this page, from the last results
```
"""

REASONS = """
## Where it falls short, and why

- **Append.** Of an event, an open ledger takes some 140 µs of processor time, bare eventsourcing 55, bare sqlite3 20;
  all three then wait for one `fdatasync`. The difference is many small steps: each field is read, its words are looked
  up in the source's text, and it is asked what is of record and whether the rules allow it.
- **Import.** The same checks, some 50 µs an event in all, of which storing it takes 14; bare eventsourcing takes 26.
- **Rebuild.** Every event becomes some five rows (history, log, search, evidence), and folds keep the whole
  history of each entry, not its last state: some 130 µs of processor time. The negotiations of a large log are folded
  by as many processes as there are cores, three at most; one stores what they send, which takes a third of the whole,
  so that more cores would help up to that. A ledger of one negotiation is folded by one process.
- **A question as of any day** takes half as long asked again and again. Here the peers take their turns in between, so
  that it finds the processor's caches cold.
- **The other clocks** cost a rebuild of the one negotiation asked of, so they beat a full replay where the ledger
  holds many, and not where it holds one. The replay is kept: asked again, it costs what any question costs.
- **Whole processes.** Above the hello-world lie `sqlite3`, `json`, our own modules and the question; an append needs
  the event-sourcing library, too.
- **`diff` of any two days** in ten years tells some 400 differences, of a quarter some 100; with every field of every
  statement (`--json`) there are some 2,000.
- **Pages** as of a day that nobody asked of before are made; the last 256 are kept.
"""


def page(rows: Sequence[Row], results: Sequence[Result]) -> str:
    """The page: where each target stands at the largest size measured, then every row's figures."""
    found = {(one.row, one.size): one for one in results}
    by_row = {row.name: [found[row.name, size] for size in SIZES if (row.name, size) in found] for row in rows}
    lines = [HEADING, f"{machine()}\n", "## Targets\n"]
    lines += ["| work | events | target | measured | met |", "|---|---|---|---|---|"]
    for row in rows:
        for result in by_row[row.name][-1:]:
            work = f"{row.title} | {result.size}"
            for one in row.targets:
                lines.append(
                    f"| {work} | {one.level}: {one.words} | {_value(one.value(result))} | {_met(one, result)} |"
                )
    lines += [REASONS, "## Growth\n", "Parley's median time for each row's unit.\n"]
    lines += [f"| work | per | {' | '.join(SIZES)} |", f"|---|---|{'---|' * len(SIZES)}"]
    for row in rows:
        times = [_time(found[row.name, size].median()) if (row.name, size) in found else "" for size in SIZES]
        lines.append(f"| {row.title} | {row.unit} | {' | '.join(times)} |")
    for row in rows:
        lines += ["", f"## {row.title}\n", f"`python -m benchmarks {row.name}`\n"]
        lines += [f"| events | subject | per {row.unit} | p95 | a second | Parley's speed | peak memory |"]
        lines += ["|---|---|---|---|---|---|---|"]
        for result in by_row[row.name]:
            lines += [f"| {result.size} | {' | '.join(cells)} |" for cells in _subjects(result)]
        lines += [f"\n{note}" for result in by_row[row.name] for note in result.notes]
    return "\n".join(lines) + "\n"


def lines(row: Row, result: Result) -> Iterator[str]:
    """One result for the terminal."""
    yield f"\n{row.name}, {result.size} events"
    for cells in _subjects(result):
        yield "  {:42} {:>10} p95 {:>10} {:>12}/s  {:>8} {:>8}".format(*cells)
    for target in row.targets:
        yield f"  {target.level}: {target.words}: {_value(target.value(result))}, {_met(target, result)}"
    yield from (f"  {note}" for note in result.notes)


def machine() -> str:
    """The machine in general words."""
    cores = os.cpu_count()
    return (
        f"Measured on {platform.system()} ({platform.machine()}), {cores} cores,"
        f" {platform.python_implementation()} {platform.python_version()}, SQLite {sqlite3.sqlite_version}."
    )


def _subjects(result: Result) -> Iterator[tuple[str, str, str, str, str, str]]:
    for name in result.seconds:
        taken = result.median(name)
        rate = f"{1 / taken:,.0f}" if taken else ""
        speed = "" if name == PARLEY else _value(result.speed(name))
        memory = f"{result.peaks[name]:,.0f} MB" if name in result.peaks else ""
        yield name, _time(taken), _time(result.p95(name)), rate, speed, memory


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size or unit == "µs":
            return f"{seconds / size:.3g} {unit}"
    return ""


def _value(value: float | None) -> str:
    return "–" if value is None else f"{value:,.3g}" if value < 1_000 else f"{value:,.0f}"


def _met(target: Target, result: Result) -> str:
    return {True: "yes", False: "**no**", None: "not measured"}[target.met(result)]
