"""Runs command lines as a shell would, with the worked example at hand and a clock that stands still."""

import csv
import io
import shlex
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from cli.main import run
from ledger.export.as_csv import BYTE_ORDER_MARK

SEEDS = Path(__file__).parents[2] / "seeds"
NOON = "2026-11-21T12:00:00+00:00"


class Answer(NamedTuple):
    """What a command printed, and its exit code."""

    out: str
    err: str
    code: int

    @property
    def rows(self) -> list[dict[str, str]]:
        """The rows of an answer in CSV, by column."""
        return list(csv.DictReader(io.StringIO(self.out.removeprefix(BYTE_ORDER_MARK))))


class Keyboard(io.StringIO):
    """What a person at a terminal types."""

    def isatty(self) -> bool:
        return True


class Screen(Keyboard):
    """What a person at a terminal sees."""


class Console:
    """A folder with `seeds/` in it, and the command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.columns = 100
        self.is_terminal = False  # whether what is printed is seen, and what is asked for is typed

    def parley(self, *arguments: str, typed: Sequence[str] = (), **surroundings: str) -> Answer:
        """Run one command; files named are looked for in the console's folder. `typed` makes it a terminal.

        `surroundings` are set in the environment.
        """
        out, err = (Screen(), Screen()) if self.is_terminal else (io.StringIO(), io.StringIO())
        keyboard = Keyboard("".join(f"{line}\n" for line in typed)) if typed or self.is_terminal else io.StringIO()
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.folder)
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            patch.setattr(sys, "stdin", keyboard)
            patch.setenv("PARLEY_KEEPER", "secretary")
            patch.delenv("PARLEY_LEDGER", raising=False)
            patch.delenv("PARLEY_NEGOTIATION", raising=False)
            patch.delenv("PARLEY_LEVEL", raising=False)
            patch.setenv("COLUMNS", str(self.columns))
            for name, value in surroundings.items():
                patch.setenv(name, value)
            code = run(list(arguments))
        return Answer(out.getvalue(), err.getvalue(), code)

    def line(self, line: str, **surroundings: str) -> Answer:
        """Run a line such as `parley state --json`; its file patterns are expanded."""
        _, *arguments = shlex.split(line)
        return self.parley(*self._expanded(arguments), **surroundings)

    def record(self, *entry_files: str) -> None:
        """Import entry files, each given as its text, one after another, into the ledger of the folder."""
        if not (self.folder / "ledger.db").exists():
            self.line("parley init")
        for text in entry_files:
            (self.folder / "entries.yaml").write_text(text)
            filed = self.line("parley import entries.yaml")
            assert filed.code == 0, filed.err

    def _expanded(self, arguments: Sequence[str]) -> Iterator[str]:
        for argument in arguments:
            found = sorted(self.folder.glob(argument)) if "*" in argument else []
            yield from [str(path.relative_to(self.folder)) for path in found] or [argument]


def at(folder: Path) -> Console:
    """A console in a new folder."""
    shutil.copytree(SEEDS, folder / "seeds")
    return Console(folder)
