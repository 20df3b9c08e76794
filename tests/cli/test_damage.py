"""Files that are damaged, foreign or cannot be written: one clear sentence, and nothing lost."""

import json
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.console import Console

RUN = "import sys; from cli.script import main; sys.exit(main())"


def parley(folder: Path, *arguments: str, largest_file: int = 0) -> tuple[int, str]:
    """A process of its own that may not make a file larger than so many bytes: as on a full disk.

    It keeps no bytecode: Python would keep half of it.
    """
    limit = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))) if largest_file else None
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        preexec_fn=limit,
        check=False,
    )
    return done.returncode, done.stderr


def test_a_full_disk_refuses_an_import_and_keeps_what_there_was(console: Console) -> None:
    console.line("parley init")
    files = sorted(str(path) for path in console.folder.glob("seeds/vn-us-trade/*.yaml"))
    code, error = parley(console.folder, "import", *files, largest_file=60_000)
    assert code == 1
    assert "cannot be written" in error
    assert "Traceback" not in error
    assert "no negotiation yet" in console.line("parley log").err
    assert console.line("parley import seeds/vn-us-trade/*.yaml").code == 0


def test_a_full_disk_refuses_to_make_views_and_loses_nothing(recorded: Console) -> None:
    for views in recorded.folder.glob("ledger.views.db*"):
        views.unlink()
    code, error = parley(recorded.folder, "state", largest_file=20_000)
    assert code == 1
    assert "cannot be written" in error
    assert recorded.line("parley state").code == 0


def test_an_entry_recorded_on_a_disk_too_full_for_views_is_reported_as_recorded(recorded: Console) -> None:
    recorded.line("parley state")
    for views in recorded.folder.glob("ledger.views.db*"):
        views.unlink()
    code, error = parley(recorded.folder, "append", "party", "xx", "--name", "X", largest_file=200_000)
    assert (code, error) == (0, "")
    assert recorded.line("parley log xx --as-of 9999-12-31").code == 0


def test_a_damaged_ledger_is_refused(recorded: Console) -> None:
    ledger = recorded.folder / "ledger.db"
    with sqlite3.connect(ledger) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    ledger.write_bytes(ledger.read_bytes()[:30_000])
    for line in ("parley rebuild", "parley append party xx --name X"):
        answer = recorded.line(line)
        assert answer.code == 1
        assert "is damaged" in answer.err
        assert "Restore it from a backup" in answer.err


def test_another_database_is_no_ledger(console: Console) -> None:
    with sqlite3.connect(console.folder / "other.db") as connection:
        connection.execute("CREATE TABLE mine (x)")
    connection.close()
    assert "is not a Parley ledger" in console.line("parley state --ledger other.db").err


def test_views_that_are_damaged_foreign_or_old_are_made_anew(recorded: Console) -> None:
    views = recorded.folder / "ledger.views.db"
    before = recorded.line("parley state").out
    with sqlite3.connect(views) as connection:
        connection.execute("UPDATE upkeep SET schema_version = 0")
    connection.close()
    assert recorded.line("parley state").out == before
    for damage in (b"", b"not a database at all, but long enough to be read as one" * 100, views.read_bytes()[:9_000]):
        for part in recorded.folder.glob("ledger.views.db-*"):
            part.unlink()
        views.write_bytes(damage)
        assert recorded.line("parley state").out == before


@pytest.mark.parametrize(
    "column", ["takes_effect", "recorded_on", "reported", "recorded_at", "stands", "event", "occurred"]
)
@pytest.mark.parametrize("value", ["'zz'", "x'ff41'", "CAST(x'ff41' AS TEXT)"])
def test_damaged_values_in_the_views_are_an_answer_or_a_refusal_and_the_next_question_is_answered(
    recorded: Console, column: str, value: str
) -> None:
    views = recorded.folder / "ledger.views.db"
    assert recorded.line("parley people").code == 0  # the views know that they are of this ledger
    whole = views.read_bytes()
    for line in ("parley history round-3", "parley log", "parley show round-3", "parley diff round-2 today"):
        views.write_bytes(whole)
        with closing(sqlite3.connect(views)) as connection:
            connection.execute(f"UPDATE log SET {column} = {value}")
            connection.execute("PRAGMA user_version=0")  # no checksum, as large views have none
            connection.commit()
        answer = recorded.line(line)
        assert "Traceback" not in answer.err
        assert answer.code == 0 or "Ask again" in answer.err
        if answer.code:
            assert recorded.line(line).code == 0


DAMAGED = {
    "asks": ("asks --all", "state", "brief"),
    "meetings": ("meetings --all", "next-round", "state"),
    "follow_ups": ("follow-ups --all", "state"),
    "statements": ("statements", "diff 2025-05-01 today"),
    "log": ("history round-3", "log", "diff 2025-05-01 today"),
}


@pytest.mark.parametrize("table", DAMAGED)
def test_a_damaged_date_in_any_column_is_an_answer_or_a_refusal(recorded: Console, table: str) -> None:
    views = recorded.folder / "ledger.views.db"
    assert recorded.line("parley people").code == 0  # the views know that they are of this ledger
    whole = views.read_bytes()
    with closing(sqlite3.connect(views)) as connection:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if not row[5]]  # no key
    for column in columns:
        with closing(sqlite3.connect(views)) as connection:
            connection.execute(f'UPDATE OR IGNORE {table} SET "{column}" = ?', ("2025-13-41",))
            connection.execute("PRAGMA user_version=0")  # no checksum, as large views have none
            connection.commit()
        damaged = views.read_bytes()
        for line in DAMAGED[table]:
            answer = recorded.line(f"parley {line}")
            assert "Traceback" not in answer.err, (column, line)
            assert answer.code == 0 or "Ask again" in answer.err, (column, line, answer.err)
            assert answer.code == 0 or not views.exists(), "the damaged views are still there"
            views.write_bytes(damaged)
        views.write_bytes(whole)


def test_somebodys_database_in_the_place_of_the_views_is_left_alone(recorded: Console) -> None:
    for part in recorded.folder.glob("ledger.views.db*"):
        part.unlink()
    with sqlite3.connect(recorded.folder / "ledger.views.db") as connection:
        connection.execute("CREATE TABLE mine (x)")
    connection.close()
    answer = recorded.line("parley state")
    assert answer.code == 1
    assert "is another database" in answer.err


def test_views_of_another_ledger_are_made_anew(recorded: Console, tmp_path: Path) -> None:
    before = recorded.line("parley state").out
    recorded.line("parley init --ledger other.db")
    recorded.line("parley append negotiation other --title Other --ledger other.db")
    recorded.line("parley state --ledger other.db")
    shutil.copy(recorded.folder / "other.views.db", recorded.folder / "ledger.views.db")
    assert recorded.line("parley state").out == before


def test_a_fifty_megabyte_file_is_refused_at_once(console: Console) -> None:
    console.line("parley init")
    (console.folder / "big.yaml").write_bytes(b"x" * 50_000_000)
    answer = console.line("parley import big.yaml")
    assert answer.code == 1
    assert "has 50 MB;" in answer.err


def test_a_clock_that_leaps_ahead_is_remarked_on_before_it_binds_later_events(
    recorded: Console, set_clock: Callable[[str], None]
) -> None:
    set_clock("2027-11-20T08:00:00+00:00")
    assert recorded.line("parley append party nine --name Nine").err == ""
    set_clock("2099-01-01T08:00:00+00:00")
    said = recorded.line("parley append party ten --name Ten").err
    assert "clock says 2099-01-01 08:00 UTC, over a year after the newest event (2027-11-20 08:00 UTC)" in said


def test_a_clock_that_was_set_back_puts_nothing_before_what_is_of_record(
    recorded: Console, set_clock: Callable[[str], None]
) -> None:
    def log() -> list[dict[str, Any]]:
        return json.loads(recorded.line("parley log --json --as-of 9999-12-31").out)

    newest = max(log(), key=lambda one: one["position"])
    set_clock("2025-06-01T08:00:00+00:00")
    warning = "This machine's clock says 2025-06-01 08:00 UTC, but the newest event was recorded at 2026-11-21 12:00"
    for line, warned in (
        ("parley append party nine --name Nine", warning),
        ('parley append follow-up sent --owners us --on 2025-05-30 --says "Send it." --note "By phone."', warning),
        ('parley correct nine name="The Nine" --reason "Misheard."', warning),
        ("parley state", ""),
        ("parley check", ""),
        ("parley rebuild", ""),
    ):
        answer = recorded.line(line)
        assert answer.code == 0, line
        assert answer.err.startswith(warned), line
        assert answer.err.count("\n") == bool(warned), line
    later = [one for one in log() if one["position"] > newest["position"]]
    assert [one["slug"] for one in later].count("nine") == 2
    assert {one["recorded_at"] for one in later} == {newest["recorded_at"]}
    assert recorded.line("parley show nine --recorded-by 2025-06-02").code == 1
    assert "The Nine" in recorded.line("parley show nine --recorded-by 2026-11-21 --as-of 2026-11-21").out
