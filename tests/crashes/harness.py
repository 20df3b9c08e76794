"""Processes killed with SIGKILL in the middle of their work, and what is found of it afterwards.

A victim does one kind of work on a ledger over and over. It writes one line as it begins each piece and one when the
library, or the command line, has told it that the piece is done; the lines go to a file, unbuffered, so they outlive
it. `kills.py` kills some hundreds (`make crashes`) and prints a table; a short run stands in `test_kills.py`.

A new kind of work is one function in `WORKS`: it yields "" when a piece begins and the line to be written
when it is done, which names what is of record by then: `slug=…` a party, `source=…` a whole entry file, `event=…` the
position of an event that it appended, `position=…` one that it has seen.
"""

import io
import json
import multiprocessing
import os
import random
import resource
import signal
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

from cli.main import run
from ledger import Clocks, Ledger, create_ledger, open_ledger
from ledger.base.files import companion, drafts_in
from ledger.base.sqlite import holds
from ledger.integrity import archive
from ledger.integrity.backup import back_up
from ledger.integrity.verify import verify
from ledger.log import store
from ledger.log.commitments import erased, leaf_of
from ledger.log.sqlite.store import stored
from ledger.views.database import path_beside
from tests import laws

NEGOTIATION = "talks"
PIECES = 25  # statements of one imported file
BEFORE = 40  # statements of record before the first kill
SECRET = "of the utmost secrecy"
EVENTS = {"slug": 1, "source": PIECES + 1, "event": 1, "position": 0}  # how many a line acknowledges
Work = Callable[[Ledger, random.Random], Iterator[str]]


# What victims do. Slugs are drawn so that no two victims share one.


def appends(ledger: Ledger, chance: random.Random) -> Iterator[str]:
    while True:
        slug = _new(chance)
        yield ""
        ledger.append("party", slug, {"name": slug}, negotiation=NEGOTIATION)
        yield f"slug={slug}"


def imports(ledger: Ledger, chance: random.Random) -> Iterator[str]:
    """One source with many statements a time: all of them are to be there, or none."""
    while True:
        source = _new(chance)
        path = _entry_file(ledger, source)
        yield ""
        ledger.import_files([path])
        yield f"source={source}"


def mends(ledger: Ledger, chance: random.Random) -> Iterator[str]:
    while True:
        slug = f"first-{chance.randrange(BEFORE)}"
        says = f"Said otherwise, {_new(chance)}."
        yield ""
        filed = ledger.correct(slug, {"says": says}, "Misheard.", negotiation=NEGOTIATION)
        yield f"event={filed.recorded[0].position}"


def catches_up(ledger: Ledger, chance: random.Random) -> Iterator[str]:
    """A question after each filing, so that the views have to follow."""
    while True:
        source = _new(chance)
        filed = ledger.import_files([_entry_file(ledger, source)])
        yield f"source={source}"
        yield ""
        ledger.views().close()
        yield f"position={filed.recorded[-1].position}"


def rebuilds(ledger: Ledger, chance: random.Random) -> Iterator[str]:
    while True:
        if chance.random() < 0.3:  # from no file at all, too
            for part in ledger.path.parent.glob("ledger.views.db*"):
                part.unlink(missing_ok=True)
        yield ""
        yield f"position={ledger.rebuild()}"


def replays(ledger: Ledger, chance: random.Random) -> Iterator[str]:
    """Replays are kept as files; each is of another position."""
    head = store.head(ledger.path)[1]
    while True:
        position = chance.randint(1, head)
        yield ""
        ledger.views(Clocks(recorded_by=position)).close()
        yield f"position={position}"


def commands(ledger: Ledger, chance: random.Random) -> Iterator[str]:
    """The whole command line: what it says it recorded is what has to be there."""
    named = ["--ledger", str(ledger.path)]
    while True:
        slug = _new(chance)
        yield ""
        said = _run("append", "party", slug, "--name", slug, *named)
        assert said.startswith("Recorded #"), said
        yield f"slug={slug}"
        source = _new(chance)
        path = _entry_file(ledger, source)
        yield ""
        said = _run("import", str(path), *named)
        assert said.startswith("Recorded "), said
        yield f"source={source}"
        yield ""
        _run("state", *named)
        yield "asked"


def erases(ledger: Ledger, chance: random.Random) -> Iterator[str]:
    """Each time something new, so that there is always something left to erase."""
    while True:
        slug = _new(chance)
        ledger.append("party", slug, {"name": f"{SECRET} {slug}"}, negotiation=NEGOTIATION)
        yield f"slug={slug}"
        ledger.views().close()
        yield ""
        receipt = ledger.erase(slug, "By order.", negotiation=NEGOTIATION)
        yield f"event={receipt.recorded}"


def erases_while_asked(ledger: Ledger, chance: random.Random) -> Iterator[str]:
    """Questions of the past run meanwhile, and each would like to keep its replay."""
    while True:
        slug = _new(chance)
        filed = ledger.append("party", slug, {"name": f"{SECRET} {slug}"}, negotiation=NEGOTIATION)
        yield f"slug={slug}"
        moment = Clocks(recorded_by=filed.recorded[0].position)
        asker = threading.Thread(target=lambda past: open_ledger(ledger.path).views(past).close(), args=(moment,))
        yield ""
        asker.start()
        time.sleep(chance.uniform(0, 0.02))
        receipt = ledger.erase(slug, "By order.", negotiation=NEGOTIATION)
        asker.join()
        yield f"event={receipt.recorded}"


def backs_up(ledger: Ledger, chance: random.Random) -> Iterator[str]:
    while True:
        into = ledger.path.with_name(f"copy-{_new(chance)}.db")
        yield ""
        yield f"position={back_up(ledger.path, into).events}"


def restores(ledger: Ledger, chance: random.Random) -> Iterator[str]:
    """An export, and a ledger made of it."""
    while True:
        name = _new(chance)
        exported = ledger.path.with_name(f"{name}.log")
        with exported.open("w") as out:
            archive.export(ledger.path, out)
        yield ""
        yield f"position={archive.restore(exported, ledger.path.with_name(f'copy-{name}.db'))}"


WORKS: dict[str, Work] = {
    "append": appends,
    "import": imports,
    "mend": mends,
    "catch up": catches_up,
    "rebuild": rebuilds,
    "replay": replays,
    "erase": erases,
    "erase while asked": erases_while_asked,
    "back up": backs_up,
    "restore": restores,
    "command line": commands,
}


def _new(chance: random.Random) -> str:
    return f"n{chance.getrandbits(48):012x}"


def _entry_file(ledger: Ledger, source: str) -> Path:
    """An entry file on one source; its statements are named after it."""
    header = {"negotiation": NEGOTIATION, "source": {"slug": source, "title": source, "published": "2025-05-20"}}
    path = ledger.path.with_name(f"{source}.jsonl")
    path.write_text("\n".join(json.dumps(line) for line in (header, *_statements(source, PIECES))))
    return path


def _statements(stem: str, count: int) -> list[dict[str, Any]]:
    return [
        {"statement": f"{stem}-{nth}", "by": ["us"], "act": "asked", "says": "Lower it.", "issues": ["tariffs"]}
        for nth in range(count)
    ]


def _run(*arguments: str) -> str:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(arguments)
    assert code == 0, err.getvalue()
    return out.getvalue()


# Killing.


class Lines(NamedTuple):
    """What a victim had written when it was killed."""

    done: list[str]
    at_work: bool

    @classmethod
    def of(cls, path: Path) -> "Lines":
        lines = path.read_text().splitlines()
        return cls([line[5:] for line in lines if line.startswith("done ")], lines[-1].startswith("begin"))


def victim(kind: str, path: Path, told: Path, seed: int, largest_file: int = 0) -> None:
    """Do one kind of work until killed, or until no file may grow any more: as on a full disk."""
    if largest_file:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    ledger = open_ledger(path, keeper="the victim")
    lines = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        for line in WORKS[kind](ledger, random.Random(seed)):
            os.write(lines, f"done {line}\n".encode() if line else b"begin\n")
    except BaseException as error:
        os.write(lines, f"failed {type(error).__name__}: {' '.join(str(error).split())}\n".encode())


def forking() -> Any:
    """Processes made from one that has the library loaded already: so that a kill costs no start-up."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        [
            "tests.crashes.harness",
            "ledger.projections.projector",
            "ledger.filing.entry_files",
            "ledger.filing.prepare",
        ]
    )
    return context


def kill_one(kind: str, ledger: Ledger, chance: random.Random, longest: float = 0.3) -> Lines:
    """Let a victim begin, and kill it at a random moment after that."""
    told = ledger.path.with_name(f"told-{chance.getrandbits(48):012x}")
    process = forking().Process(target=victim, args=(kind, ledger.path, told, chance.getrandbits(48)))
    process.start()
    try:
        waited = time.monotonic()
        while not (told.exists() and told.stat().st_size):
            assert time.monotonic() - waited < 30, f"{kind}: the victim never began"
            time.sleep(0.001)
        time.sleep(chance.uniform(0, longest))
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    failed = [line for line in told.read_text().splitlines() if line.startswith("failed")]
    assert not failed, f"{kind}: {failed}"
    assert process.exitcode == -signal.SIGKILL
    return Lines.of(told)


# What is found afterwards.


class Found(NamedTuple):
    """What the ledger holds after kills, against what was acknowledged."""

    acknowledged: int
    missing: list[str]
    half: list[str]
    more: int  # events that were stored when the kill kept the victim from being told so
    intact: bool
    views_equal: bool


class Before(NamedTuple):
    """What the ledger held before the kills."""

    rows: list[tuple[Any, ...]]

    @classmethod
    def of(cls, path: Path) -> "Before":
        with closing(sqlite3.connect(path)) as connection:
            return cls(connection.execute("SELECT rowid, * FROM stored_events ORDER BY rowid").fetchall())


def new_ledger(folder: Path) -> Ledger:
    """A ledger with names and some statements of record."""
    ledger = create_ledger(folder / "ledger.db", keeper="the keeper")
    laws.file_report(ledger, laws.NAMES)
    laws.file_report(ledger, laws.Report({"slug": "first", "title": "First"}, tuple(_statements("first", BEFORE))))
    return ledger


def aftermath(ledger: Ledger, before: Before, told: Sequence[Lines]) -> Found:
    """Look at the ledger as whoever comes next does, first at the log and then by a question."""
    done = [line.partition("=") for lines in told for line in lines.done]
    named = [(what, value) for what, _, value in done if what in EVENTS]
    rows = Before.of(ledger.path).rows
    new = rows[len(before.rows) :]
    slugs = Counter(row[2].rpartition("/")[2] for row in rows if row[3] == 1)
    sources = {row[2].rpartition("/")[2] for row in new if "/source/" in row[2]}
    positions = {str(row[0]) for row in rows}
    there = {"slug": slugs, "source": sources, "event": positions, "position": positions}
    missing = [f"{what} {value}" for what, value in named if value not in there[what]]
    half = [
        f"{source}: {found} of {PIECES}"
        for source in sources
        if (found := sum(slugs[f"{source}-{nth}"] for nth in range(PIECES))) != PIECES
    ]
    half += [f"{stem} without its source" for stem in _stems(slugs) - sources - {"first"}]
    half += [f"{slug} {count} times" for slug, count in slugs.items() if count > 1]
    promised = sum(EVENTS[what] for what, _ in named)
    half += _traces(ledger)
    leaves = [[leaf_of(stored(row[1:])) for row in some] for some in (rows[: len(before.rows)], before.rows)]
    intact = verify(ledger.path).problems == [] and leaves[0] == leaves[1]
    half += [f"{copy.name}: {problem}" for copy in _copies(ledger) for problem in verify(copy).problems]
    return Found(len(named), missing, half, len(new) - promised, intact, _views_equal(ledger, log_head=rows[-1][0]))


def _copies(ledger: Ledger) -> list[Path]:
    """The backups and restored ledgers that stand beside it: each is whole, or would not be there."""
    return sorted(ledger.path.parent.glob("copy-*.db"))


def _traces(ledger: Ledger) -> list[str]:
    """What is left of erased events; an erasure that was broken off is finished first, as its refusal says."""
    with store.opened(ledger.path) as opened:
        unfinished = opened.is_uncleaned()
    with closing(sqlite3.connect(ledger.path)) as connection:
        gone = [row for row in map(stored, connection.execute(_ROWS)) if erased(row.state)]
    if unfinished:
        ledger.erase(gone[-1].stream.rpartition("/")[2], "By order.", negotiation=NEGOTIATION)
    ledger.views().close()
    slugs = [row.stream.rpartition("/")[2] for row in gone]
    kept = companion(ledger.path, "replays").glob("*.db")
    files = (ledger.path, path_beside(ledger.path), *kept, *drafts_in(companion(ledger.path, "replays")))
    return [f"{path.name} holds {slug}" for slug in slugs for path in files if holds(path, f"{SECRET} {slug}".encode())]


_ROWS = "SELECT * FROM stored_events ORDER BY rowid"


def _stems(slugs: Counter[str]) -> set[str]:
    return {slug.rpartition("-")[0] for slug in slugs if slug.rpartition("-")[2].isdecimal() and slug[0] in "nf"}


def _views_equal(ledger: Ledger, log_head: int) -> bool:
    """Whether a question brings the views to the head of the log, and to the rows that a rebuild makes."""
    ledger.views().close()
    with closing(sqlite3.connect(path_beside(ledger.path))) as connection:
        position = connection.execute("SELECT position FROM upkeep").fetchone()[0]
        sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        anew = laws.Projection(ledger).rebuild().contents()
        found = laws.contents(connection)
    return position == log_head and sound and found == anew
