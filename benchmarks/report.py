"""Renders the results, for the terminal and as the page docs/performance.md."""

import os
import platform
import sqlite3
from collections.abc import Iterator, Sequence

from benchmarks.ledgers import SIZES
from benchmarks.measuring import PARLEY, Result, Row, Target

HEADING = """# Performance

How long Parley takes, compared with peers and with the floor. All measure the same generated record of a ministry:
negotiations of 10,000 events each, with sources, quotations, corrections, and late and imprecise entries
(`benchmarks/ministry.py`). The subjects take turns within a run. Because machines are noisy, a ratio is the median of
the turns' ratios. Memory is the peak resident size of a process that does nothing else, plus the processes that it
starts. The log and the peers store equally many bytes with the same durability (WAL, synchronous FULL).

```
make bench                                 # every row, at every size or at the one that matters
make bench QUICK=1                         # 1k and 10k events, fewer turns
python -m benchmarks append --sizes 10k    # one row at one size
python -m benchmarks --write               # write this page from the stored results
```
"""

REASONS = """
## Where it falls short, and why

- **Since the last measurement.** Most rows are slower than when they were first measured, because Parley has notes of
  acknowledged events, levels, conditions, links, roles and figures now, and says of each status what it rests on and
  what it may be instead. After the table was measured, answers came to tell more, and this is not in it yet: a rebuild
  of 10,000 events takes 28 % more processor time (7.05 and 5.5 s, medians of three, on a slower machine), because
  statements without a known order are heard in each order that they may have; a question as a process takes 1.73 times
  as long as hello-world, and an append 1.95 times (100,000 events, medians, with other work beside them).
- **Append.** About 670 small calls: Parley reads each field, looks up its quotation in the source's text, reads the
  related events, checks the rules, and looks whether the words expose a higher level. Then all subjects wait for one
  `fdatasync`.
- **Import.** The same checks for each event.
- **Rebuild.** Every event becomes about five rows (history, log, search, evidence), and the folds keep the whole
  history of each entry, not only its last state. The negotiations of a large log are folded by as many processes as
  there are cores, but at most three. One process folds a single negotiation and spends over a third of the time on its
  entries, a third on the conversations on its issues, and an eighth on storing rows.
- **A question as of any day** takes half as long when nothing else runs in between. Here the peers take their turns in
  between, so the question finds the processor's caches cold. Of the four questions, the asks take longest: twice the
  time of the issues or the follow-ups.
- **The other clocks** replay the one negotiation in question. A moment that leaves out at most a third of its events is
  made from its present rows instead, but the issues that these events touch are folded from their beginning: a day of
  the reported clock touches all of them, and folding them takes four fifths of the time. Every replay is cached: the
  next question about the same moment takes as long as any question.
- **Whole processes.** On top of the hello-world come `sqlite3`, `json`, Parley's modules and the question. An append
  also imports the event-sourcing library.
- **Append, then ask.** While the ledger stays open, SQLite need not move new events into the log's file, so the seal
  of the file stays the same. Where each call opens and closes the ledger, it changes with each append, and a quarter
  of the time hashes 1,024 earlier events again, so that a rewritten log is noticed.
- **Entry files in YAML.** The five reports of the worked example take about 0.2 s of processor time to parse, a
  quarter of their import. PyYAML with libyaml parses them in a tenth of that. But it accepts some broken files that
  are refused now, and refuses others in different words.
- **`table` and `figures`** read every position, ask, link and figure of a negotiation, and compare the values of a
  day, with a bloc of 27 and 400 figures.
- **`diff`** finds about 400 differences between any two days in ten years, and about 100 between days a quarter apart.
  With every field of every statement (`--json`) it finds about 2,000. After the table was measured, it came to tell
  each request and each statement, in their words: about 1,400 differences between any two days, in 0.36 s (median of
  24, on a machine half as fast).
- **Pages** are rendered the first time somebody asks for a day; the last 256 are cached. The timeline, the front page
  and the page of changes take longest, and decide the 95th percentile.

## What was tried, after the table was measured

The table does not have these changes yet. The figures were taken while other programs kept both cores busy (load 4 to
13): user and system time of runs that took turns, or the least of several runs where that is said.

- **A question as a process.** Imports without OpenSSL (the hash of one leaf needs none), without `decimal`, and with
  patterns that are compiled when they are first used: what it takes above hello-world fell from 37.7 to 29.6 ms
  (medians of 30 runs), so the ratio from 1.49 to 1.39. What remains: 65 named tuples, each made in 0.08 to 0.3 ms, and
  the data class of a date, 1.2 ms. Not kept: even without importing Typer, which would need a parser of our own, it
  takes 62.6 ms of processor time (77.3 with it, hello-world 54.0; medians of 25 runs), so 1.1 is out of reach. Named
  tuples without the `eval` in each would save 29 of 78 µs, or 2 ms in all; the other patterns compiled later, 0.5 ms.
- **An append as a process.** With the same, and with the patterns of figures and provisions compiled only when one is
  read: 208 to 196 ms, with hello-world at 92 (medians of 24 runs). Later, without the read side, the folds and OpenSSL,
  none of which it needs: 112 to 98 ms, with hello-world at 54 (medians of 25 runs). A process that hashes more than 500
  times loads OpenSSL by itself. All kept. The import of the event-sourcing library, now over a quarter of the imports
  (13 of 46 ms as `-X importtime` counts them), remains.
- **The ledger stays open.** In a `with` statement, the log and the views stay open between questions, as the peers'
  files do, and a server keeps the views open. In milliseconds of processor time on 10,000 events, before and after: a
  question as of a day 4.2 and 2.5 (95th percentile 7.3 and 5.1); append, then ask 11.6 and 6.6 (15.4 and 8.7; 17.4 and
  17.7 where each call opens the ledger); `diff` of any two days 47 and 46, with every field 89 and 78. Medians of
  three runs. Kept.
- **A question as of a day.** Besides that: half of the slowest question, the asks, executes queries. The states that
  SQLite returns are converted in a tenth of its time, so fewer columns would save little. Each state is stored with
  the smallest of ever halved periods that contains its days, and an index by period finds those of a day without
  reading the earlier ones (kept): 95th percentile 4.9 and 4.1 ms of processor time before, 3.3 and 3.3 after; the asks
  4.4 and 3.6, then 2.9 and 2.8 (medians, in two comparisons). With indexes for the last entries and for the title,
  `state` takes 9.4 ms, before 24.5. A page cache of 16 MB in place of 2: the asks 2.7 ms, before 2.9, not kept.
  Python's collector frozen, or off: 95th percentile 4.75 and 4.6 ms, before 4.8, not kept. Since then each request is
  told alone and more follow-ups are shown, which costs more than all of this gained: the asks 14.6 ms, and 4.5 when
  only the requests that are shown are read (kept); follow-ups 2.3 and 4.9, next round 1.3 and 2.0. The words, requests
  and names of a list read at once (kept): the page of the issues takes 28 ms with 64 queries, before 35 with 405, and
  next round 2.7, before 3.7 (medians of 30 days, in two comparisons).
- **`table` and `figures`.** The same two steps (kept): `table` took 15.2 ms of processor time, 29.2 when each request
  was told alone, and 19.8 since only those that it shows are read. Answered asks are read only if
  some party has no position (kept): its page takes 28 ms, before 90.
- **Append, then ask.** To read 1,024 events and hash their leaves takes 1.5 and 3.1 ms. Both hashes of a leaf in one
  function take 2.7 ms, which is too little to keep. Python's own SHA-256 in place of OpenSSL takes 5.3 µs for 700
  bytes, and OpenSSL 1.4, so the latter is used where it is loaded. Fewer events at a time would notice a rewritten log
  later.
- **`diff`.** The statements that its sentences use, read in one query and not one by one: 255 million instructions a
  difference, before 253. Only the fields that differ converted, and not whole rows: 43 to 50 ms, before 43 to 48.
  Neither was kept. A third way, the open ledger, is above. The index by period, a fourth, gains nothing here: 31 and 33
  ms, before 29 and 32; any two days differ in most rows.
- **Pages of a new day.** The views stay open, the head of the log is read twice, not four times (both kept); a search
  folds each letter once and reads only the passages that it shows (kept: its page took 77 ms, and now 26). Median of
  nine pages 24.5 and 19.9 ms of processor time, 95th percentile 96 and 62. Timeline 67 and 55, front 54 and 48,
  changes 51 and 43. With the indexes of a question as of a day (kept): median 17.8 and 15.0 ms, 95th percentile 43 and
  40. Python's collector frozen after the first pages: 95th percentile of all pages 38 and 35, of the sources 26 and 6;
  off: 37. Not kept, because what is frozen is never let go.
- **Append.** Only the fields that were given are read, and the entries that an event names are found in one pass
  (kept): 0.68 and 0.66 ms of processor time, of which more than half is the commit. Fewer steps for references, levels
  and fields (kept): 1.17 and 1.15 million instructions. Samples show that a quarter of the time outside the commit
  checks the entry, and a quarter notes what was acknowledged, slowly, because it follows the wait for the disk. But to
  make that line before the commit takes 464 and 427 µs of processor time in two comparisons, before 454 and 440. A
  table without `AUTOINCREMENT` writes one page less for each event: 419 µs in bare sqlite3, and 450 with it. That would
  be a new format of the log. Neither was kept.
- **Import.** The same: 76 to 99 µs an event in three comparisons, before 84 to 103. `executemany` in place of the
  event-sourcing library's inserts: 7.7 µs an event, before 8.5, which is not worth a recorder of our own. The fields to
  read found once for all entries that give the same ones, the salts of a batch from one call of the system, and levels
  compared only where somebody gave one (kept): 57.6 and 55.0 µs (medians of 8 runs). Storing, encoding and hashing take
  14 µs of them, and reading the file 5. So to reach the bulk insert of the library, all checks would have to take 4 µs
  instead of 36.
- **Rebuild.** One process, 10,000 events, 3.4 s of processor time on the busy machine: the conversations on the issues
  take 26 %, the rows of the log, of evidence and of the search 14 %, the folds of entries 13 %, storing rows 10 %,
  reading the log 10 %, the conversion of states to rows 7 %, indexes 3 %. So a second thread for SQLite, which was not
  built, could hide 13 % at most. CPython 3.13.0: 2.8 to 4.0 s, before 3.1 to 3.2. mypyc 2.4.1: it stops with an
  internal error in 17 of 25 modules of the folds and of what they use, among them those of statements, meetings and
  conversations, and what was left did not compile either. Copies of a conversation after every 24 statements, or none:
  0.92 and 1.14 s for all conversations, with one after every 8 statements 0.95. None of these was kept. The bounds of
  inexact dates computed only where there are some (kept): 1.92 and 1.87 s (medians of 6 runs). The views file locked
  exclusively, never synced, without a journal, with temporary tables in memory, or with four times the cache: 1.75 to
  1.82 s, before 1.81 (medians of 4). Pages of 4, 16 or 32 kB: 2.45, 2.49 and 2.49 s, with 8 kB 2.39. Only 458 of 8,513
  statements are heard again because another came late, so nothing is left to save there. Python's collector was paused
  already. Not tried: to fold one negotiation in several processes.
- **The other clocks** fold as a rebuild does, so the same three ways apply. Without the rows of the log, of evidence
  and of the search, which most questions do not need, a replay would save a fifth at most. Kept: to begin from the
  present rows of the negotiation also by the reported clock, and where the views have other negotiations too. In a log
  of 10,000 events, a day that leaves out 1 to 10 % of them takes 1.4 to 1.6 s of processor time, replayed 2.2 to 2.4;
  with two fifths left out, both take the same. One negotiation of ten, without later events: 0.57 s, replayed 2.4. The
  requests of a party completed only where they changed (kept): a rebuild takes 2.33 s, before 2.58. Not tried: an issue
  resumed from snapshots stored between its ends, because most later statements have links or were changed again, and
  such a fold cannot resume.
- **Bytes of the views.** Of 20.9 MB for 10,000 events, the log has 14 %, the reports with their words for the search
  14 %, the history of issues 11 % and of statements 10 %. Measured on a copy: a number in place of the negotiation's
  slug saves 6.9 %, no sentences of statements in the log 3.9 %, compressed words for the search 3.7 %, quotations by
  reference 2.2 %, mentions in one table with one index less 1.8 %. Together that is less than the 30 % wanted, and
  each would make the tables harder to read, so none was kept.
- **Bytes of the log.** Of 664 bytes an event, 507 are its JSON, 33 the name of its stream and 18 its type; the index
  with the names again has 46. Measured on a copy: each event compressed has 317 bytes of JSON, and compressed with a
  dictionary of earlier events 133, which would halve the log. Not kept, because any SQLite shell can read a stored
  event, and any program can hash it.
- **Entry files in YAML.** The worked example's entry files are imported in 244 ms of processor time as a process, with
  hello-world at 57 (medians of 9 runs), so 4.3 times as long; 3 times was wanted. Parsing takes 83 ms, and importing
  the YAML library 12. Besides libyaml, which is above: the library cannot be imported in part, and to step over a
  word at once and not letter by letter would save at most 5 ms. Neither was built.
"""


def page(rows: Sequence[Row], results: Sequence[Result]) -> str:
    """The page: each target at the largest measured size, then the figures of every row."""
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
    """The lines of one result for the terminal."""
    yield f"\n{row.name}, {result.size} events"
    for cells in _subjects(result):
        yield "  {:42} {:>10} p95 {:>10} {:>12}/s  {:>8} {:>8}".format(*cells)
    for target in row.targets:
        yield f"  {target.level}: {target.words}: {_value(target.value(result))}, {_met(target, result)}"
    yield from (f"  {note}" for note in result.notes)


def machine() -> str:
    """A general description of the machine."""
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
