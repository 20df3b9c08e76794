"""README's tour at a terminal of 80 columns: all of it in this process, its beginning in a real shell."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli.terminal.layout import columns
from tests.cli.console import SEEDS, Console
from tests.cli.screen import PROMPT, Terminal, shell

ROOT = SEEDS.parent
TOUR = (ROOT / "README.md").read_text("utf-8").partition("\n## Five minutes\n")[2].partition("\n## In the browser\n")[0]
LINES = [line for block in re.findall(r"```\n(.*?)```", TOUR, re.DOTALL) for line in block.splitlines()]
DOCUMENTS = ("parley draft", "parley brief")  # they have the lines of their format


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout, as far as the tour needs one."""
    shutil.copytree(SEEDS, tmp_path / "seeds")
    (tmp_path / "docs").mkdir()
    (tmp_path / "build").mkdir()
    shutil.copy(ROOT / "docs" / "verify.py", tmp_path / "docs")
    return tmp_path


@pytest.fixture
def terminal(checkout: Path) -> Terminal:
    return shell(checkout, columns=80)


def typed(terminal: Terminal, line: str) -> str:
    """What a line prints once it has ended; if it asks for anything, it never ends."""
    terminal.type(line)
    return terminal.read_until(lambda text: text.endswith(PROMPT)).partition("\n")[2].removesuffix(PROMPT)


def is_as_written(line: str, answer: str) -> None:
    assert answer, line
    assert "parley: " not in answer, f"{line}\n{answer}"
    assert "Traceback" not in answer, f"{line}\n{answer}"
    if line.startswith("parley ") and not line.startswith(DOCUMENTS):
        for one in answer.splitlines():
            assert columns(one) <= 80 or len(one.split()) == 1, f"{line}\n{one}"


def test_the_tour_runs_as_it_is_written(checkout: Path) -> None:
    assert len(LINES) > 30
    console = Console(checkout)
    console.columns, console.is_terminal = 80, True
    ledger = LINES[0].partition("PARLEY_LEDGER=")[2]
    for line in LINES[1:]:
        if line.startswith("parley "):
            answer = console.line(line, PARLEY_LEDGER=ledger, NO_COLOR="1")
            printed, code = answer.out + answer.err, answer.code
        else:
            command = [sys.executable, *line.removeprefix("python3 ").split()]
            done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
            printed, code = done.stdout + done.stderr, done.returncode
        is_as_written(line, printed)
        assert code == 0, f"{line}\n{printed}"


def test_the_tour_begins_in_a_real_terminal_as_it_is_written(terminal: Terminal) -> None:
    typed(terminal, LINES[0])
    for line in LINES[1:7]:
        is_as_written(line, typed(terminal, line))
    assert typed(terminal, "echo $?").strip() == "0"
    terminal.close()


def test_what_is_not_typed_but_needed_is_asked_for(terminal: Terminal) -> None:
    for line in LINES[:3]:
        typed(terminal, line)
    terminal.type("parley append party eu")
    terminal.read_until(lambda text: "name (" in text and text.endswith(": "))
    terminal.type("European Union")
    asked = terminal.read_until(lambda text: text.endswith((PROMPT, ": ")))
    while not asked.endswith(PROMPT):
        terminal.type("")
        asked = terminal.read_until(lambda text: text.endswith((PROMPT, ": ")))
    assert "in vn-us-trade, party eu" in asked
    terminal.close()
