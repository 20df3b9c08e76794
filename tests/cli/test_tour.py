"""README's tour, typed line by line into a shell in a real terminal of 80 columns."""

import re
import shutil
from pathlib import Path

import pytest

from cli.terminal.layout import columns
from tests.cli.console import SEEDS
from tests.cli.screen import PROMPT, Terminal, shell

ROOT = SEEDS.parent
TOUR = (ROOT / "README.md").read_text("utf-8").partition("\n## Five minutes\n")[2].partition("\n## In the browser\n")[0]
LINES = [line for block in re.findall(r"```\n(.*?)```", TOUR, re.DOTALL) for line in block.splitlines()]
DOCUMENTS = ("parley draft", "parley brief")  # they have the lines of their format


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A shell in a checkout, as far as the tour needs one."""
    shutil.copytree(SEEDS, tmp_path / "seeds")
    (tmp_path / "docs").mkdir()
    (tmp_path / "build").mkdir()
    shutil.copy(ROOT / "docs" / "verify.py", tmp_path / "docs")
    return shell(tmp_path, columns=80)


def printed(terminal: Terminal, line: str) -> str:
    """What a line prints once it has ended; if it asks for anything, it never ends."""
    terminal.type(line)
    return terminal.read_until(lambda text: text.endswith(PROMPT)).partition("\n")[2].removesuffix(PROMPT)


def test_the_tour_runs_as_it_is_written(terminal: Terminal) -> None:
    assert len(LINES) > 30
    for line in LINES:
        answer = printed(terminal, line)
        assert answer or line.startswith("export "), line
        assert "parley: " not in answer, f"{line}\n{answer}"
        assert "Traceback" not in answer, f"{line}\n{answer}"
        if line.startswith("parley ") and not line.startswith(DOCUMENTS):
            for one in answer.splitlines():
                assert columns(one) <= 80 or len(one.split()) == 1, f"{line}\n{one}"
    assert printed(terminal, "echo $?").strip() == "0"
    terminal.close()


def test_what_is_not_typed_but_needed_is_asked_for(terminal: Terminal) -> None:
    for line in LINES[:3]:
        printed(terminal, line)
    terminal.type("parley append party eu")
    terminal.read_until(lambda text: "name (" in text and text.endswith(": "))
    terminal.type("European Union")
    asked = terminal.read_until(lambda text: text.endswith((PROMPT, ": ")))
    while not asked.endswith(PROMPT):
        terminal.type("")
        asked = terminal.read_until(lambda text: text.endswith((PROMPT, ": ")))
    assert "in vn-us-trade, party eu" in asked
    terminal.close()
