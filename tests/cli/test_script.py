"""The `parley` script: a process that runs one command, and its exit code."""

import subprocess
import sys

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
