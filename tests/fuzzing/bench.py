"""Where cases are tried: a folder with a prepared ledger, command lines with what they print, a watchdog.

The folder is made in memory where the machine has a place for that. The ledger is put back as it was after whatever
changed it. A case must cost little, because a million of them are wanted: the commands are built once, the collector
runs as rarely as in the script, and the log is read only if its files are not the ones that were put there.
"""

import gc
import io
import os
import re
import shutil
import signal
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import typer.main

from cli.filing import Kinds
from cli.main import Commands, app, run
from cli.script import RARELY
from ledger import create_ledger
from ledger.base import now
from ledger.base.text import first_unsafe
from tests.fuzzing.corpus import ROOT

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PATIENCE = 10  # seconds of processor time until a case counts as one that hangs
WAITING = 30  # times as long may it take by the clock, as on a busy machine
NAMES = ROOT / "seeds" / "vn-us-trade" / "negotiation.yaml"
FILED = (NAMES, ROOT / "seeds" / "vn-us-trade" / "3-vna-2025-05-22.yaml")
LEDGER = ("ledger.db", "ledger.views.db")
LONG_AGO = 1_000_000_000  # the time of the ledger's files as they were put there, in seconds since 1970
_TRACEBACK = re.compile(r"Traceback \(most recent|File \"[^\"]+\", line [0-9]+")


class Hang(BaseException):
    """The case took longer than anybody waits."""


class Answer(NamedTuple):
    """What a command printed, and its exit code."""

    out: str
    err: str
    code: int


class Bench:
    """A folder with the worked example's names and one source recorded in `ledger.db`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.prepared = root / "prepared"
        # Some folders down, so that a path that climbs out stays within the root.
        self.folder = root / "a" / "b" / "c"
        self.ledger = self.folder / "ledger.db"
        self.prepared.mkdir()
        ledger = create_ledger(self.prepared / "ledger.db", "keeper")
        ledger.import_files(FILED)
        ledger.views().close()
        for name in LEDGER:
            with closing(sqlite3.connect(self.prepared / name)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copytree(ROOT / "seeds", self.folder / "seeds")
        self.reset()
        self.before = self.events()
        self.untouched = self._traces()

    def reset(self) -> None:
        """Put the ledger back as it was prepared."""
        self.clear()
        for name in LEDGER:
            for part in self.folder.glob(f"{name}*"):
                part.unlink()
            shutil.copy(self.prepared / name, self.folder / name)
        os.utime(self.ledger, (LONG_AGO, LONG_AGO))
        self.untouched = self._traces()

    def changed(self) -> bool:
        """Whether the log has other events than it was prepared with."""
        if self._traces() == self.untouched:
            return False
        return self.events() != self.before

    def _traces(self) -> list[tuple[int, ...] | None]:
        """What any writing to the log would change: of its file and its write-ahead log the inode, size and times."""
        found: list[tuple[int, ...] | None] = []
        for path in (self.ledger, Path(f"{self.ledger}-wal")):
            try:
                at = path.stat()
                found.append((at.st_ino, at.st_size, at.st_mtime_ns, at.st_ctime_ns))
            except FileNotFoundError:
                found.append(None)
        return found

    def clear(self) -> None:
        """Clear away what a case left beside the ledger."""
        for left in self.folder.iterdir():
            if left.name == "seeds" or left.name.startswith(LEDGER):
                continue
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left)
            else:
                left.unlink()

    def events(self) -> list[tuple[object, ...]]:
        """Every event in the ledger's file, as it is stored."""
        with closing(sqlite3.connect(self.ledger)) as connection:
            return connection.execute("SELECT * FROM stored_events ORDER BY rowid").fetchall()

    def write(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def parley(self, *arguments: str) -> Answer:
        """Run a command line in the folder. It must print no traceback and nothing that drives a terminal."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err), mock.patch.object(sys, "stdin", io.StringIO()):
            code = run(list(arguments))
        answer = Answer(out.getvalue(), err.getvalue(), code)
        for printed in (answer.out, answer.err):
            unsafe = first_unsafe(printed.replace("\r\n", "\n"))  # iCalendar ends its lines so
            assert unsafe is None, f"the character {unsafe} was printed as it is"
        assert not _TRACEBACK.search(answer.err), answer.err
        assert code in (0, 1, 2), f"exit code {code}"
        assert code == 0 or answer.err or answer.out, f"exit code {code} without a word"
        return answer


@contextmanager
def commands_built_once() -> Iterator[None]:
    """Build each command once for all cases; Typer builds it for each run, from functions that do not change."""
    root: Any = typer.main.get_command(app)
    with mock.patch("typer.main.get_command", lambda _: root), ExitStack() as patches:
        for group in (Commands, Kinds):
            built = partial(cache(group.get_command), None, None)
            patches.enter_context(mock.patch.object(group, "get_command", lambda _, __, name, of=built: of(name)))
        yield


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Collect garbage as rarely as the `parley` script does, and never what was there before."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


@contextmanager
def bench() -> Iterator[Bench]:
    """A bench on a clock that stands still, and the way back from it."""
    memory = Path("/dev/shm")
    root = Path(tempfile.mkdtemp(prefix="parley-fuzz-", dir=memory if memory.is_dir() else None))
    environment = {"PARLEY_KEEPER": "keeper", "COLUMNS": "100", "NO_COLOR": "1"}
    here = Path.cwd()
    try:
        fixed = mock.patch.object(now, "now", lambda: NOW), mock.patch.dict(os.environ, environment)
        with fixed[0], fixed[1], commands_built_once(), seldom_collected():
            os.environ.pop("PARLEY_LEDGER", None)
            made = Bench(root)
            os.chdir(made.folder)
            yield made
    finally:
        os.chdir(here)
        shutil.rmtree(root)


@contextmanager
def watchdog(seconds: float = PATIENCE) -> Iterator[None]:
    """Raise Hang where this works for longer, or waits for much longer."""

    def bark(*_: object) -> None:
        raise Hang

    timers = ((signal.SIGPROF, signal.ITIMER_PROF, seconds), (signal.SIGALRM, signal.ITIMER_REAL, seconds * WAITING))
    before = {sign: signal.signal(sign, bark) for sign, _, _ in timers}
    for _, timer, limit in timers:
        signal.setitimer(timer, limit)
    try:
        yield
    finally:
        for sign, timer, _ in timers:
            signal.setitimer(timer, 0)
            signal.signal(sign, before[sign])


def inside(root: Path, arguments: Sequence[str]) -> list[str]:
    """The arguments, none of which names a place outside the root that a command could write to."""
    return [one if _harmless(root, one) else "x" + one.replace("/", "|") for one in arguments]


def _harmless(root: Path, argument: str) -> bool:
    named = argument.partition("=")[2] if argument.startswith("--") and "=" in argument else argument
    place = os.path.normpath(Path.cwd() / named)
    return "/" not in named or place.startswith(f"{root}/") or named in _READ_ALONE


_READ_ALONE = ("/etc/passwd", "../../../etc/passwd", "/dev/zero", "/dev/stdin", "/dev/null", "/")
