"""Command transcripts: what a person types and sees, word for word.

A transcript is a line that says what it is about, then lines `$ parley …`, each followed by what it prints and,
unless it is 0, the exit code.
After a change that is meant, rewrite them with PARLEY_TRANSCRIPTS=write and read the difference.
"""

import os
from pathlib import Path

import pytest

from tests.cli.console import Console

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_commands_of_the_transcript_print_what_it_says(transcript: Path, console: Console) -> None:
    expected = transcript.read_text("utf-8")
    about, *lines = expected.splitlines()
    played = f"{about}\n" + "".join(_played(console, line) for line in lines if line.startswith("$ "))
    if os.environ.get("PARLEY_TRANSCRIPTS") == "write":
        transcript.write_text(played, "utf-8")
    assert played == expected


def _played(console: Console, line: str) -> str:
    answer = console.line(line.removeprefix("$ "))
    code = f"[exit code {answer.code}]\n" if answer.code else ""
    return f"{line}\n{answer.out}{answer.err}{code}\n"
