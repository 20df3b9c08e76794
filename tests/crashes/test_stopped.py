"""A process stopped while it holds a lock: waiting processes print a notice, then are refused; nothing is lost."""

import os
import pty
import signal
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from ledger import open_ledger
from ledger.base.errors import BadWait
from ledger.domain.events import PartyNamed, Stream
from ledger.log import store
from ledger.log.log import Log
from ledger.projections.projector import catch_up
from ledger.projections.tables import write_views
from ledger.views.database import path_beside
from tests.crashes.harness import forking, new_ledger

RUN = "import sys; from cli.script import main; sys.exit(main())"
LOG_BUSY = "ledger.db was locked by another process for 0.3 seconds. Nothing was written; try again."
VIEWS_BUSY = "ledger.views.db were locked by another process for 0.3 seconds. The log has not changed;"


@pytest.fixture
def ledger(tmp_path):
    return new_ledger(tmp_path)


def hold_the_log(path: Path, held) -> None:
    log = Log(path)
    with log.writing():
        held.set()
        time.sleep(60)


def record_slowly(path: Path, held) -> None:
    with closing(Log(path)) as log, log.writing():
        held.set()
        time.sleep(0.5)
        log.append([(Stream("talks", "party", "eight"), PartyNamed(name="Eight"))])


def hold_the_views(path: Path, held) -> None:
    """Stopped in the middle of catching up, when the rows of a negotiation are written and not committed."""

    def stuck(done: int) -> None:
        held.set()
        time.sleep(60)

    head = store.head(path)
    log = Log(path)
    write_views(path_beside(path), lambda db: catch_up(log, db, head, stuck))


def hold_a_question(path: Path, held) -> None:
    views = open_ledger(path).views()
    views.parties()
    held.set()
    time.sleep(60)


@contextmanager
def stopped(role, path):
    """A process that is stopped while it holds what the role holds."""
    held = forking().Event()
    process = forking().Process(target=role, args=(path, held))
    process.start()
    try:
        assert held.wait(30)
        os.kill(process.pid, signal.SIGSTOP)
        yield process
    finally:
        process.kill()
        process.join()


def parley(folder: Path, *arguments: str, wait: str = "0.3") -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments], cwd=folder, env=surroundings(wait), capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def surroundings(wait: str) -> dict[str, str]:
    return {"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": "", "PARLEY_WAIT": wait}


APPEND = ("append", "party", "nine", "--name", "Nine")


def test_who_writes_while_the_log_is_held_is_refused_and_who_asks_is_answered(ledger):
    ledger.views().close()
    before = store.head(ledger.path)
    with stopped(hold_the_log, ledger.path):
        code, out, error = parley(ledger.path.parent, *APPEND)
        assert (code, out) == (1, "")
        assert error.startswith("parley: The ledger at ")
        assert error.endswith(f"{LOG_BUSY}\n")
        assert parley(ledger.path.parent, "people")[0] == 0
        assert store.head(ledger.path) == before
    assert parley(ledger.path.parent, *APPEND)[0] == 0


def test_who_asks_while_the_views_are_held_is_told_of_the_views(ledger):
    with stopped(hold_the_views, ledger.path):
        code, out, error = parley(ledger.path.parent, "people")
        assert (code, out) == (1, "")
        assert error.startswith("parley: The views at ")
        assert error.endswith(f"{VIEWS_BUSY} wait for that process or end it, then ask again.\n")
    assert parley(ledger.path.parent, "people")[0] == 0


def test_what_is_recorded_while_the_views_are_held_is_recorded(ledger):
    with stopped(hold_the_views, ledger.path):
        code, out, error = parley(ledger.path.parent, *APPEND)
        assert (code, error) == (0, "")
        assert out.startswith("Recorded #")
        assert VIEWS_BUSY in parley(ledger.path.parent, "rebuild")[2]
    assert "Nine" in parley(ledger.path.parent, "show", "nine")[1]


def test_a_question_that_is_stopped_keeps_nobody_from_recording_and_asking(ledger):
    with stopped(hold_a_question, ledger.path):
        assert parley(ledger.path.parent, *APPEND)[0] == 0
        assert "Nine" in parley(ledger.path.parent, "show", "nine")[1]
        assert parley(ledger.path.parent, "rebuild")[0] == 0


def test_a_process_that_goes_on_after_it_was_stopped_ends_its_work_and_so_does_who_waited(ledger):
    with stopped(record_slowly, ledger.path) as process:
        waiting = subprocess.Popen(
            [sys.executable, "-c", RUN, *APPEND], cwd=ledger.path.parent, env=surroundings("30"), stdout=subprocess.PIPE
        )
        time.sleep(0.5)
        assert waiting.poll() is None
        os.kill(process.pid, signal.SIGCONT)
        assert waiting.communicate(timeout=30)[0].startswith(b"Recorded #")
    told = parley(ledger.path.parent, "log")[1]
    assert told.index("Eight") < told.index("Nine")


@pytest.mark.parametrize(
    ("role", "command", "told"),
    [
        (hold_the_log, APPEND, "Waiting for another process that is writing to the ledger…"),
        (hold_the_views, ("people",), "Waiting for another process that is writing the views of the ledger…"),
    ],
    ids=["the log", "the views"],
)
def test_a_person_at_a_terminal_is_told_once_what_is_waited_for(ledger, role, command, told):
    with stopped(role, ledger.path):
        ours, theirs = pty.openpty()
        done = subprocess.run(
            [sys.executable, "-c", RUN, *command], cwd=ledger.path.parent, env=surroundings("1.6"), stderr=theirs,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=60, check=False,
        )  # fmt: skip
        os.close(theirs)
        said = os.read(ours, 10_000).decode()
        os.close(ours)
    assert done.returncode == 1
    assert said.count("Waiting for") == 1
    assert said.startswith(told)
    assert "locked by another process for 1.6 seconds" in said


@pytest.mark.parametrize("wait", ["soon", "-1", "nan", "1e9", "30s"])
def test_a_wait_that_is_no_number_of_seconds_is_refused(ledger, monkeypatch, wait):
    monkeypatch.setenv("PARLEY_WAIT", wait)
    for attempt in (ledger.views, lambda: ledger.append("party", "nine", {"name": "Nine"}, negotiation="talks")):
        with pytest.raises(BadWait, match=f"PARLEY_WAIT is '{wait}', which is not a number of seconds from 0 to 86400"):
            attempt()


def test_no_wait_at_all_may_be_asked_for(ledger):
    with stopped(hold_the_log, ledger.path):
        began = time.monotonic()
        assert "for 0 seconds" in parley(ledger.path.parent, *APPEND, wait="0")[2]
        assert time.monotonic() - began < 10
    assert parley(ledger.path.parent, *APPEND, wait="0")[0] == 0
