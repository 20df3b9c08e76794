"""Several processes fold the same views as one, even if some of them fail."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks import ledgers, ministry
from ledger import Ledger, create_ledger
from ledger.log.errors import UnreadableStoredEvent
from ledger.log.sqlite import file
from ledger.projections import workers
from ledger.projections.errors import LogRewritten
from ledger.views.database import path_beside

ROOT = Path(__file__).parents[3]
EVENTS = 120  # of each of the four negotiations
UNREADABLE = "INSERT INTO stored_events VALUES (NULL, 'talks-001/statement/odd', 1, 'StatementReported.1', '{}')"


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("filled")
    ledger = create_ledger(folder / "ledger.db")
    for number in range(4):
        ledgers.fill(ledger, ministry.negotiation(number, EVENTS), folder / "entries")
    return ledger.path


@pytest.fixture
def ledger(filled, tmp_path):
    return Ledger(shutil.copy(filled, tmp_path / "ledger.db"), "keeper")


@pytest.fixture
def started(monkeypatch):
    """Two workers whatever the size of the log and of the machine; the processes that were started."""
    found = []

    class Recorded(subprocess.Popen):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            found.append(self)

    monkeypatch.setattr(workers, "wanted", lambda *_: 2)
    monkeypatch.setattr(subprocess, "Popen", Recorded)
    return found


@pytest.fixture
def folded_here(monkeypatch):
    """The negotiations that this process folded itself."""
    found = []
    fold = workers.fold_negotiation

    def noted(log, negotiation, upto):
        found.append(negotiation)
        return fold(log, negotiation, upto)

    monkeypatch.setattr(workers, "fold_negotiation", noted)
    return found


def contents(ledger):
    """Every row of every table in the order of storing, but for those that no order is promised of."""
    with closing(sqlite3.connect(path_beside(ledger.path))) as views:
        names = [row[0] for row in views.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: views.execute(f"SELECT * FROM [{name}]").fetchall() for name in names if name != "search_data"}
    return rows | {name: sorted(rows[name]) for name in ("issues", "asks")}


def by_one_process(ledger):
    workers_wanted, workers.wanted = workers.wanted, lambda *_: 0
    try:
        ledger.rebuild()
    finally:
        workers.wanted = workers_wanted
    return contents(ledger)


def are_gone(processes):
    return all(one.returncode is not None and one.stdout.closed and one.stdin.closed for one in processes)


def test_several_processes_make_the_views_that_one_makes(ledger, started, folded_here):
    expected = by_one_process(ledger)
    assert len(folded_here) == 4 and not started
    folded_here.clear()
    ledger.rebuild()
    assert contents(ledger) == expected
    assert len(started) == 2 and folded_here == []


def test_views_that_are_not_there_are_filled_by_several_processes(ledger, started, folded_here):
    expected = by_one_process(ledger)
    path_beside(ledger.path).unlink()
    folded_here.clear()
    ledger.views(negotiation="talks-000").close()
    assert contents(ledger) == expected
    assert len(started) == 2 and folded_here == []


def test_progress_is_told_after_each_negotiation(ledger, started):
    told = []
    ledger.progress = told.append
    ledger.rebuild()
    assert told == [EVENTS, 2 * EVENTS, 3 * EVENTS, 4 * EVENTS]


def test_nothing_is_left_of_the_processes(ledger, started):
    ledger.rebuild()
    assert len(started) == 2 and are_gone(started)


KILLED = """
import os, sys
sys.path[:] = sys.argv[4:]
from ledger.projections import workers
fold = workers.fold_negotiation
def killed(log, negotiation, upto):
    if negotiation in {}:
        sys.stdout.buffer.write((1_000).to_bytes(workers.LENGTH) + b"as far as it got")
        sys.stdout.buffer.flush()
        os.kill(os.getpid(), 9)
    return fold(log, negotiation, upto)
workers.fold_negotiation = killed
workers.work(*sys.argv[1:4])
"""


@pytest.mark.parametrize("at", [("talks-001",), ("talks-000", "talks-001")], ids=["one", "both"])
def test_a_process_killed_within_an_answer_changes_nothing_in_the_views(ledger, started, folded_here, monkeypatch, at):
    expected = by_one_process(ledger)
    folded_here.clear()
    monkeypatch.setattr(workers, "COMMAND", KILLED.format(at))
    ledger.rebuild()
    assert contents(ledger) == expected
    assert {*at} <= {*folded_here} and are_gone(started)


def test_processes_that_never_get_to_work_leave_it_to_the_one(ledger, started, folded_here, monkeypatch):
    expected = by_one_process(ledger)
    for way, broken in {
        "no such program": ("sys.executable", "/nowhere/python"),
        "another program": ("sys.executable", shutil.which("echo")),
        "a mistake": ("ledger.projections.workers.COMMAND", "1 / 0"),
        "another log": ("ledger.projections.workers._of", lambda _: "1:1"),
    }.items():
        folded_here.clear()
        with monkeypatch.context() as only:
            only.setattr(*broken)
            ledger.rebuild()
        assert contents(ledger) == expected, way
        assert len(folded_here) == 4, way
        assert are_gone(started), way


@pytest.mark.parametrize("count", [0, 2], ids=["by one process", "by several"])
def test_an_event_that_cannot_be_read_is_refused_in_the_same_words(ledger, started, monkeypatch, count):
    monkeypatch.setattr(workers, "wanted", lambda *_: count)
    ledger.rebuild()
    before = contents(ledger)
    with closing(sqlite3.connect(ledger.path)) as connection:
        connection.execute(UNREADABLE)
        connection.commit()
    with pytest.raises(
        UnreadableStoredEvent, match=rf"^Position {4 * EVENTS + 1} of the ledger cannot be read \(.*recorded_at.*\)"
    ):
        ledger.rebuild()
    assert contents(ledger) == before
    assert len(started) == 2 * count and are_gone(started)


def test_a_rewritten_log_is_refused_and_the_views_stay_as_they_were(ledger, started):
    ledger.rebuild()
    before = contents(ledger)
    with closing(sqlite3.connect(ledger.path)) as connection:
        connection.execute("DROP TRIGGER stored_events_are_never_updated")
        connection.execute("UPDATE stored_events SET state = CAST('{}' AS BLOB) WHERE rowid = 280")
        connection.execute(file.NEVER_UPDATED)
        connection.commit()
    with pytest.raises(
        LogRewritten, match=r"^Position 280 of the ledger at .* is not the event that its views saw there"
    ):
        ledger.rebuild()
    assert contents(ledger) == before
    assert are_gone(started)


def test_what_breaks_off_leaves_nothing_of_the_processes(ledger, started):
    def interrupted(_):
        raise KeyboardInterrupt

    ledger.progress = interrupted
    with pytest.raises(KeyboardInterrupt):
        ledger.rebuild()
    assert len(started) == 2 and are_gone(started)


PARENT = """
import sys, time
from pathlib import Path
from ledger.projections.workers import _Worker
worker = _Worker(Path(sys.argv[1]), 480)
assert worker.fold("talks-000")
print(worker._process.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="whether a process runs is read in /proc")
def test_a_process_ends_with_the_one_that_started_it(ledger):
    started_by = [sys.executable, "-c", PARENT, str(ledger.path)]
    with subprocess.Popen(started_by, cwd=ROOT, stdout=subprocess.PIPE) as parent:
        worker = int(parent.stdout.readline())
        assert runs(worker)
        parent.send_signal(signal.SIGKILL)
    until = time.monotonic() + 20
    while runs(worker) and time.monotonic() < until:
        time.sleep(0.01)
    assert not runs(worker)


def runs(pid):
    """Whether a process runs; one that has ended may still be listed until it is asked for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


def test_no_module_of_the_present_folder_is_taken_for_a_library(ledger, started, folded_here, tmp_path, monkeypatch):
    (tmp_path / "msgspec.py").write_text("open('ran', 'w')")
    monkeypatch.chdir(tmp_path)
    ledger.rebuild()
    assert folded_here == [] and not (tmp_path / "ran").exists()


# When it is worth while.


def test_workers_are_as_many_as_cores_and_negotiations_and_at_most_a_few(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(16)), raising=False)
    assert [workers.wanted(count, 1_000_000) for count in (1, 2, 3, 100)] == [0, 2, 3, workers.MOST]
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    assert workers.wanted(100, 1_000_000) == 0


def test_a_small_log_is_folded_by_one_process():
    assert workers.wanted(100, workers.LEAST - 1) == 0


@pytest.mark.parametrize(("name", "value"), [("frozen", True), ("executable", "")])
def test_a_program_without_an_interpreter_of_its_own_starts_none(monkeypatch, name, value):
    monkeypatch.setattr(sys, name, value, raising=False)
    assert workers.wanted(100, 1_000_000) == 0
