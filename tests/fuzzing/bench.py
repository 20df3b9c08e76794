"""Where cases are tried: a folder with a prepared ledger, command lines with what they print, a watchdog.

The folder is made in memory where the machine has a place for that. The ledger is put back as it was after whatever
changed it.
"""

import io
import os
import re
import shutil
import signal
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from cli.main import run
from ledger import create_ledger
from ledger.base import now
from ledger.base.text import first_unsafe
from tests.fuzzing.corpus import ROOT

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PATIENCE = 10  # seconds until a case counts as one that hangs
NAMES = ROOT / "seeds" / "vn-us-trade" / "negotiation.yaml"
FILED = (NAMES, ROOT / "seeds" / "vn-us-trade" / "3-vna-2025-05-22.yaml")
LEDGER = ("ledger.db", "ledger.views.db")
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

    def reset(self) -> None:
        """Put the ledger back as it was prepared."""
        self.clear()
        for name in LEDGER:
            for part in self.folder.glob(f"{name}*"):
                part.unlink()
            shutil.copy(self.prepared / name, self.folder / name)

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
            unsafe = first_unsafe(printed)
            assert unsafe is None, f"the character {unsafe} was printed as it is"
        assert not _TRACEBACK.search(answer.err), answer.err
        assert code in (0, 1, 2), f"exit code {code}"
        assert code == 0 or answer.err or answer.out, f"exit code {code} without a word"
        return answer


@contextmanager
def bench() -> Iterator[Bench]:
    """A bench on a clock that stands still, and the way back from it."""
    memory = Path("/dev/shm")
    root = Path(tempfile.mkdtemp(prefix="parley-fuzz-", dir=memory if memory.is_dir() else None))
    environment = {"PARLEY_KEEPER": "keeper", "COLUMNS": "100", "NO_COLOR": "1"}
    here = Path.cwd()
    try:
        with mock.patch.object(now, "now", lambda: NOW), mock.patch.dict(os.environ, environment):
            os.environ.pop("PARLEY_LEDGER", None)
            made = Bench(root)
            os.chdir(made.folder)
            yield made
    finally:
        os.chdir(here)
        shutil.rmtree(root)


@contextmanager
def watchdog(seconds: float = PATIENCE) -> Iterator[None]:
    """Raise Hang where this takes longer."""

    def bark(*_: object) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, bark)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def inside(root: Path, arguments: Sequence[str]) -> list[str]:
    """The arguments, none of which names a place outside the root that a command could write to."""
    return [one if _harmless(root, one) else "x" + one.replace("/", "|") for one in arguments]


def _harmless(root: Path, argument: str) -> bool:
    named = argument.partition("=")[2] if argument.startswith("--") and "=" in argument else argument
    place = os.path.normpath(Path.cwd() / named)
    return "/" not in named or place.startswith(f"{root}/") or named in _READ_ALONE


_READ_ALONE = ("/etc/passwd", "../../../etc/passwd", "/dev/zero", "/dev/stdin", "/dev/null", "/")
