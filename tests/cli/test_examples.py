"""The example in each command's help runs as it stands, in a folder with the worked example."""

import pytest

from cli.main import COMMANDS
from docs.build import help_of
from ledger.filing.forms import FORMS
from tests.cli.console import Console
from tests.ledger.filing.spreadsheets.making import workbook

WORDS = [[name] for name in COMMANDS if name != "append"] + [["append", kind] for kind in [*FORMS, "source"]]


def examples(words: list[str]) -> list[str]:
    """The lines of help that begin with `parley`, with what they continue on joined."""
    text = help_of(words).partition("\n\n")[2].partition("\nArguments:")[0].partition("\nOptions:")[0]
    blocks = [" ".join(block.split()) for block in text.split("\n\n")]
    return [block for block in blocks if block.startswith("parley ")]


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_the_example_in_help_runs(words: list[str], recorded: Console, request: pytest.FixtureRequest) -> None:
    if words == ["serve"]:
        request.getfixturevalue("nobody_comes")
        recorded.line("parley token add lan --role recorder")  # others reach the pages only if somebody may sign in
    if words == ["import"]:
        pytest.importorskip("openpyxl", reason="the extra `office` is not installed")
        row = ["May 20", "us", "Instruct the teams", "agreed to instruct technical teams"]
        workbook(recorded.folder / "asks.xlsx", {"Asks": [["date", "party", "asked", "quote"], row]})
    lines = examples(words)
    assert lines, f"the help of parley {' '.join(words)} shows no example"
    for line in lines:
        answer = recorded.line(line)
        assert answer.code == 0, f"{line}\n{answer.err}"
        assert answer.out
