"""What may be wrong around a ledger: no input, long names, closed folders, bytes in columns of text.

Each ends in an answer or in one clear sentence.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.console import Answer, Console
from tests.cli.test_integrity import SAID, tamper, verify

ROOT = Path(__file__).parents[2]
SCRIPT = [sys.executable, "-c", "import sys; from cli.main import run; sys.exit(run())"]
# The superuser may read and write everything; without its capabilities it may do what any owner may.
AS_OWNER = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"] if os.geteuid() == 0 else []


def process(console: Console, line: str, closed: str = "") -> Answer:
    """Run a command in a process of its own, with these standard streams closed: `0` is the input."""
    if AS_OWNER and not shutil.which("setpriv"):
        pytest.skip("setpriv is needed to do without the superuser's capabilities")
    shell = f'exec "$@" {" ".join(f"{stream}>&-" for stream in closed)}'
    done = subprocess.run(
        ["sh", "-c", shell, "sh", *AS_OWNER, *SCRIPT, *line.split()],
        cwd=console.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": str(console.columns)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Answer(done.stdout, done.stderr, done.returncode)


def test_a_command_can_do_without_input_and_standard_error(recorded: Console) -> None:
    assert process(recorded, f"erase {SAID} --reason Order", closed="0").code == 0
    assert process(recorded, "state", closed="02").code == 0


@pytest.mark.parametrize("length", [225, 238, 248, 250, 255, 300])
def test_a_long_name_is_a_ledger_or_is_refused_in_a_sentence(console: Console, length: int) -> None:
    name = "x" * length
    before = sorted(console.folder.iterdir())
    answers = [console.parley(*line.split(), "--ledger", name) for line in ("init", "verify", "checkpoint", "state")]
    assert answers[0].code == 0 or sorted(console.folder.iterdir()) == before
    for answer in answers:
        assert answer.code == 0 or (answer.out, "Traceback" in answer.err) == ("", False)


def test_a_ledger_named_like_an_address_of_a_file_leaves_no_stray_files(recorded: Console) -> None:
    folder = recorded.folder / "inner"
    folder.mkdir()
    (recorded.folder / "ledger.db").rename(folder / "file:x.db")
    inside = Console(folder)
    for line in ("state", "verify", f"erase {SAID} --reason Order", "backup b.db", "rebuild"):
        assert inside.parley(*line.split(), "--ledger", "file:x.db").code == 0
    assert {path.name.partition(".")[0] for path in folder.iterdir()} == {"file:x", "b"}


@pytest.mark.parametrize("column", ["topic", "originator_id", "originator_version", "state"])
@pytest.mark.parametrize("value", ["x'ff41'", "CAST(x'ff41' AS TEXT)"])
def test_bytes_in_a_column_of_the_log_are_damage(recorded: Console, column: str, value: str) -> None:
    recorded.line("parley state")
    tamper(recorded, f"UPDATE stored_events SET {column} = {value} WHERE rowid = 92")
    for line in ("state", "export", "checkpoint", "prove 92", "backup b.db", "verify", "rebuild", "log"):
        answer = recorded.line(f"parley {line}")
        assert "Traceback" not in answer.err
        assert "cannot be written" not in answer.err
    assert recorded.line("parley verify").code == 1


def test_an_event_that_is_no_text_can_be_proved(recorded: Console) -> None:
    tamper(recorded, "UPDATE stored_events SET state = x'ff41' WHERE rowid = 92")
    recorded.line("parley prove 92 --out proof.json")
    assert "/0E=" in verify(recorded, "proof", "proof.json").out


# Folders and files that may not be read or written.


def test_a_backup_in_a_read_only_folder_is_asked_and_restored(recorded: Console) -> None:
    archive = recorded.folder / "archive"
    archive.mkdir()
    recorded.line("parley backup archive/b.db")
    (archive / "b.db").chmod(0o444)
    archive.chmod(0o555)
    try:
        asked = recorded.line("parley state --as-of 2025-11-20").out
        assert process(recorded, "state --as-of 2025-11-20 --ledger archive/b.db").out == asked
        assert process(recorded, "state --ledger archive/b.db --recorded-by 100").code == 0
        assert "Intact." in process(recorded, "verify --ledger archive/b.db").out
        taken = process(recorded, "checkpoint --ledger archive/b.db")
        assert (taken.code, taken.out.splitlines()[1]) == (0, "172")
        assert "No copy is stored next to the ledger" in taken.err
        assert process(recorded, "append party eu --name EU --ledger archive/b.db").code == 1
        assert process(recorded, "backup back.db --ledger archive/b.db").code == 0
    finally:
        archive.chmod(0o755)
    assert [path.name for path in archive.iterdir()] == ["b.db"]
    assert recorded.line('parley append party eu --name "European Union" --ledger back.db').code == 0


def test_what_may_not_be_read_is_named(recorded: Console) -> None:
    recorded.line("parley checkpoint")
    recorded.line("parley state")
    checkpoints = recorded.folder / "ledger.checkpoints"
    for path in (checkpoints, recorded.folder / "ledger.views.db"):
        mode = path.stat().st_mode & 0o777
        path.chmod(0)
        try:
            answer = process(recorded, "verify")
        finally:
            path.chmod(mode)
        assert answer.code == 0
        assert path != checkpoints or "ledger.checkpoints is not a checkpoint: Permission denied" in answer.err
    locked = recorded.folder / "locked"
    locked.mkdir()
    shutil.copy(recorded.folder / "ledger.db", locked)
    locked.chmod(0)
    try:
        for line in ("verify", "state", "checkpoint", "export"):
            answer = process(recorded, f"{line} --ledger locked/ledger.db")
            assert (answer.out, answer.code) == ("", 1)
            assert "Permission denied" in answer.err
    finally:
        locked.chmod(0o755)
