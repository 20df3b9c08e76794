"""The `parley` script: a process that runs one command, and its exit code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.console import Console

SCRIPT = "import sys; from cli.script import main; sys.exit(main())"


def parley(folder: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", SCRIPT, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_script_ends_with_the_exit_code_of_its_command(recorded: Console) -> None:
    folder = str(recorded.folder)
    assert parley(folder, "issues", "--csv").stdout == recorded.line("parley issues --csv").out
    assert parley(folder, "issues", "--status", "oppen").returncode == 1
    assert parley(folder, "no-such-command").returncode == 2


def test_collecting_garbage_is_left_to_the_process_that_imports_the_library() -> None:
    code = "import gc; before = gc.get_threshold(); import cli.main, ledger; sys.exit(gc.get_threshold() != before)"
    assert subprocess.run([sys.executable, "-c", f"import sys; {code}"], check=False).returncode == 0


def shell(folder: Path, line: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """Run a line of a shell in which `parley` is the script of this checkout."""
    parley = f'parley() {{ "{sys.executable}" -c "{SCRIPT}" "$@"; }}; '
    # The standard streams have the encoding of the locale, whatever the machine that tests has chosen.
    found = {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONIOENCODING", "PARLEY_LEDGER")}
    return subprocess.run(
        ["sh", "-c", parley + line], cwd=folder, env={**kept, **found, **environment}, capture_output=True, check=False
    )


@pytest.mark.parametrize(
    "line", ["export", "brief", "people --csv", "search Dien --json", "prove greer-more-exchanges", "checkpoint"]
)
def test_what_programs_read_is_utf8_whatever_the_encoding_of_the_terminal(line: str, recorded: Console) -> None:
    in_utf8 = shell(recorded.folder, f"parley {line}", LC_ALL="C.UTF-8", PYTHONIOENCODING="utf-8")
    in_ascii = shell(recorded.folder, f"parley {line}", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert (in_ascii.returncode, in_ascii.stdout) == (0, in_utf8.stdout)
    assert in_ascii.stdout.decode("utf-8")


def test_a_log_exported_to_a_terminal_of_another_encoding_can_be_restored(recorded: Console) -> None:
    recorded.parley("append", "issue", "thuong", "--title", "Thương mại")
    line = "parley export > log.jsonl && parley import-log log.jsonl --ledger again.db"
    assert shell(recorded.folder, line, PYTHONIOENCODING="ascii").returncode == 0
    assert "Thương mại" in recorded.line("parley issues --ledger again.db --csv").out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("line", ["log", "log --json", "export", "issues --csv", "--help", "state"])
def test_an_answer_that_cannot_be_written_is_an_error(line: str, recorded: Console) -> None:
    answer = shell(recorded.folder, f"parley {line} > /dev/full")
    assert answer.returncode == 1
    assert answer.stderr.decode().splitlines()[-1].startswith("parley: The output could not be written in full: ")
    assert b"Traceback" not in answer.stderr


def test_a_reader_that_has_seen_enough_is_no_error(recorded: Console) -> None:
    answer = shell(recorded.folder, "parley log --json | head -1")
    assert (answer.stdout, b"Traceback" in answer.stderr) == (b"[\n", False)


def test_a_command_without_a_standard_output_does_nothing(recorded: Console) -> None:
    answer = shell(recorded.folder, "parley append party eu --name EU >&-")
    assert answer.returncode == 1
    assert answer.stderr.startswith(b"parley: Standard output is closed")
    assert recorded.line("parley log --csv").out.count("\n") == 173
    assert shell(recorded.folder, "parley log --csv 2>&-").stdout.count(b"\n") == 173


def test_a_time_zone_that_cannot_be_is_refused_in_a_sentence(recorded: Console) -> None:
    answer = shell(recorded.folder, "parley state", TZ="UTC+25")
    assert (answer.returncode, answer.stdout) == (1, b"")
    assert b"parley: The time zone TZ='UTC+25' is a day or more away from UTC." in answer.stderr


def test_a_keeper_whose_name_is_no_text_is_refused_in_a_sentence(recorded: Console) -> None:
    line = "parley append party eu --name EU --keeper \"$(printf 'a\\377b')\""
    answer = shell(recorded.folder, line)
    assert (answer.returncode, answer.stdout) == (1, b"")
    assert b"parley: The keeper's name contains the character U+DCFF" in answer.stderr
    assert shell(recorded.folder, "LOGNAME=$(printf 'a\\377b') parley append party eu --name EU").returncode == 0
