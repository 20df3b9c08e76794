"""Remains of other databases, second names of one file, and hostile identities: no event is lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest

from ledger import Clocks, Ledger, create_ledger, open_ledger
from ledger.base.errors import LeftBeside
from ledger.base.files import companion, drafts_in
from ledger.integrity.archive import export, restore
from ledger.integrity.backup import back_up
from ledger.integrity.verify import verify
from ledger.log.errors import DamagedLedger, SeveralNames
from tests.examples import file

TASK = "  - {follow-up: list, says: Send the list., owners: us, due: 2025-05-10, on: 2025-05-02, quote: the list}\n"
KILLED = """
import os, signal, sys
from ledger import open_ledger
with open_ledger(sys.argv[1]) as ledger:
    for number in range(40):
        ledger.append("party", f"p{number}", {"name": f"P{number}"}, negotiation="vn-us-trade")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def killed(ledger: Ledger, tmp_path: Path) -> Path:
    """A ledger whose writer was killed, so that what it acknowledged is in the write-ahead log alone."""
    file(ledger, TASK)
    back_up(ledger.path, tmp_path / "copy.db")
    env = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    subprocess.run([sys.executable, "-c", KILLED, str(ledger.path)], env=env, check=False)
    assert Path(f"{ledger.path}-wal").stat().st_size > 0
    return ledger.path


def test_no_database_is_put_beside_the_write_ahead_log_of_another(killed: Path, tmp_path: Path) -> None:
    events = verify(tmp_path / "copy.db").events
    killed.rename(tmp_path / "moved.db")
    with (tmp_path / "log.jsonl").open("w") as out:
        export(tmp_path / "copy.db", out)
    for attempt in (
        lambda: back_up(tmp_path / "copy.db", killed),
        lambda: restore(tmp_path / "log.jsonl", killed),
        lambda: create_ledger(killed),
    ):
        with pytest.raises(LeftBeside, match=f"{killed.name}-wal"):
            attempt()
        assert not killed.exists()
    Path(f"{killed}-wal").rename(tmp_path / "moved.db-wal")
    Path(f"{killed}-shm").rename(tmp_path / "moved.db-shm")
    back_up(tmp_path / "copy.db", killed)
    assert verify(killed).events == events
    assert verify(tmp_path / "moved.db").events == events + 40, "nothing acknowledged is lost"


def test_a_file_with_two_names_is_refused_under_both(ledger: Ledger, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    os.link(ledger.path, other)
    for path in (ledger.path, other):
        with pytest.raises(SeveralNames, match="2 names"):
            open_ledger(path).append("party", "nine", {"name": "Nine"}, negotiation="vn-us-trade")
    other.unlink()
    assert open_ledger(ledger.path).append("party", "nine", {"name": "Nine"}, negotiation="vn-us-trade").recorded


def test_the_draft_that_a_killed_process_left_is_no_second_name(ledger: Ledger) -> None:
    os.link(ledger.path, ledger.path.with_name(f".{ledger.path.name}.0123abcd"))
    assert open_ledger(ledger.path).append("party", "nine", {"name": "Nine"}, negotiation="vn-us-trade").recorded
    assert drafts_in(ledger.path.parent) == []


@pytest.mark.parametrize("identity", ["../../../x/EVIL", "", "a" * 10_000, "00000000-0000-4000-8000-00000000000/"])
def test_an_identity_that_parley_does_not_give_is_refused_and_names_no_file(
    ledger: Ledger, tmp_path: Path, identity: str
) -> None:
    with closing(sqlite3.connect(ledger.path, isolation_level=None)) as connection:
        connection.execute("UPDATE identity SET ledger_id = ?", (identity,))
    before = sorted(tmp_path.rglob("*"))
    for ask in (
        ledger.views,
        lambda: ledger.views(Clocks(recorded_by=3)),
        lambda: ledger.views(Clocks(recorded_by="2026-11-21")),
        lambda: verify(ledger.path),
        ledger.rebuild,
    ):
        with pytest.raises(DamagedLedger, match="identity"):
            ask()
    assert [path for path in sorted(tmp_path.rglob("*")) if path not in before and "EVIL" in str(path)] == []


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644])
def test_whatever_is_made_of_a_ledger_takes_its_permissions(ledger: Ledger, tmp_path: Path, mode: int) -> None:
    from ledger import Clocks

    file(ledger, TASK)
    ledger.path.chmod(mode)
    for made in tmp_path.glob("*.views.db*"):
        made.unlink()
    before = os.umask(0)
    try:
        ledger.views().close()
        ledger.views(Clocks(recorded_by=3)).close()
        back_up(ledger.path, tmp_path / "copy.db")
    finally:
        os.umask(before)
    made = [tmp_path / "copy.db", companion(ledger.path, "views.db"), *companion(ledger.path, "replays").glob("*.db")]
    assert len(made) == 3
    assert {path.stat().st_mode & 0o777 for path in made} == {mode}


def test_ledgers_of_one_stem_share_nothing(ledger: Ledger, tmp_path: Path) -> None:
    shutil.copyfile(ledger.path, tmp_path / "copy.bak")
    other = open_ledger(tmp_path / "copy.bak")
    other.append("party", "nine", {"name": "Nine"}, negotiation="vn-us-trade")
    for one in (ledger, other, ledger, other):
        one.views().close()  # the views of neither say that the log of the other was cut back
    assert companion(ledger.path, "views.db") != companion(other.path, "views.db")


def test_a_link_and_the_file_it_leads_to_share_their_views(ledger: Ledger, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "link.db"
    link.parent.mkdir()
    with suppress(FileExistsError):
        link.symlink_to(ledger.path)
    open_ledger(link).views().close()
    assert [path.name for path in link.parent.iterdir()] == ["link.db"]
    assert companion(link, "views.db") == companion(ledger.path, "views.db")
