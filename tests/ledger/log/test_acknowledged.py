"""A write-ahead log that is lost after a kill is noticed, even if no views have seen its events."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from ledger import Clocks, Ledger, open_ledger
from ledger.base.files import companion
from ledger.domain.events import PartyNamed, Stream
from ledger.errors import NotWritable
from ledger.integrity.verify import verify
from ledger.log.commitments import leaf_of
from ledger.log.errors import AcknowledgedLost
from ledger.log.log import Log
from ledger.log.merkle import Frontier
from tests.examples import file

PARTY = "nine", {"name": "Nine"}
KILLED = """
import os, signal, sys
from ledger import open_ledger
with open_ledger(sys.argv[1]) as ledger:
    for number in range(5):
        ledger.append("party", f"p{number}", {"name": f"P{number}"}, negotiation="vn-us-trade")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def wal(ledger: Ledger) -> Path:
    """The write-ahead log that a killed writer left; its events are nowhere else."""
    file(ledger, "  - {follow-up: list, says: Send the list., owners: us, on: 2025-05-02, quote: the list}\n")
    env = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    subprocess.run([sys.executable, "-c", KILLED, str(ledger.path)], env=env, check=False)
    return Path(f"{ledger.path}-wal")


def cut(wal: Path, chance: Random) -> None:
    os.truncate(wal, chance.randrange(wal.stat().st_size))


def flip(wal: Path, chance: Random) -> None:
    content = bytearray(wal.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    wal.write_bytes(content)


def delete(wal: Path, _: Random) -> None:
    wal.unlink()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("damage", [cut, flip, delete])
def test_a_lost_end_of_the_log_is_noticed(
    ledger: Ledger, wal: Path, damage: Callable[[Path, Random], None], seed: int
) -> None:
    damage(wal, Random(seed))
    with pytest.raises(AcknowledgedLost, match="was recorded, but the log ends at position"):
        open_ledger(ledger.path).views()
    with pytest.raises(AcknowledgedLost):
        open_ledger(ledger.path).append("party", *PARTY, negotiation="vn-us-trade")
    assert "has lost acknowledged events" in verify(ledger.path).problems[0]
    ledger.rebuild(accept=True)
    assert verify(ledger.path).problems == []
    assert ledger.append("party", *PARTY, negotiation="vn-us-trade").recorded


def test_what_a_killed_writer_acknowledged_is_there_when_nothing_is_lost(ledger: Ledger, wal: Path) -> None:
    assert wal.exists()
    views = open_ledger(ledger.path).views(Clocks("9999-12-31"))  # the writer had the machine's clock
    assert {party.slug for party in views.parties()} >= {f"p{number}" for number in range(5)}
    assert verify(ledger.path).problems == []


@pytest.mark.parametrize("content", ["", "garbage", "parley-acknowledged-1 another-ledger 999 00", "\0" * 128])
def test_a_line_that_says_nothing_of_this_ledger_is_passed_over(ledger: Ledger, content: str) -> None:
    companion(ledger.path, "acknowledged").write_text(content)
    ledger.views().close()
    assert ledger.append("party", *PARTY, negotiation="vn-us-trade").recorded


def test_a_line_that_is_behind_is_no_loss(ledger: Ledger) -> None:
    line = companion(ledger.path, "acknowledged")
    before = line.read_text()
    ledger.append("party", *PARTY, negotiation="vn-us-trade")
    line.write_text(before)
    ledger.views().close()
    assert verify(ledger.path).problems == []


@pytest.mark.parametrize("umask", [0, 0o077])
def test_the_line_takes_the_permissions_of_the_ledger(ledger: Ledger, umask: int) -> None:
    ledger.path.chmod(0o664)
    line = companion(ledger.path, "acknowledged")
    line.unlink()
    before = os.umask(umask)
    try:
        ledger.append("party", *PARTY, negotiation="vn-us-trade")
    finally:
        os.umask(before)
    assert line.stat().st_mode & 0o777 == 0o664


def test_nothing_is_written_through_a_link_in_the_place_of_the_line(ledger: Ledger, tmp_path: Path) -> None:
    line, precious = companion(ledger.path, "acknowledged"), tmp_path / "precious"
    for plant in (line.symlink_to, line.hardlink_to):
        precious.write_text("precious" * 100)
        line.unlink()
        plant(precious)
        assert ledger.append("party", f"p-{plant.__name__.replace('_', '-')}", {"name": "P"}).recorded
        assert precious.read_text() == "precious" * 100


def test_accepting_is_refused_where_it_cannot_be_noted(ledger: Ledger) -> None:
    line = companion(ledger.path, "acknowledged")
    line.unlink()
    line.mkdir()
    assert ledger.append("party", *PARTY, negotiation="vn-us-trade").recorded
    with pytest.raises(NotWritable, match="acknowledged"):
        ledger.rebuild(accept=True)


def test_a_pipe_in_the_place_of_the_line_keeps_nobody_waiting(ledger: Ledger) -> None:
    line = companion(ledger.path, "acknowledged")
    line.unlink()
    os.mkfifo(line)
    assert ledger.append("party", *PARTY, negotiation="vn-us-trade").recorded
    ledger.views().close()


def test_beyond_a_thousand_events_a_lost_end_is_noticed_and_the_tree_is_that_of_the_log(
    ledger: Ledger, tmp_path: Path
) -> None:
    with closing(Log(ledger.path, "keeper")) as log:
        log.append([(Stream("vn-us-trade", "party", f"q{number}"), PartyNamed(name="Q")) for number in range(1_100)])
        log.store.copy_to(tmp_path / "older.db")
        log.append([(Stream("vn-us-trade", "party", "last"), PartyNamed(name="Last"))])
        position, tree = log.position(), Frontier()
        for row in log.store.events():
            tree.append(leaf_of(row))
        assert log.store.acknowledged() == (position, tree.root())
    assert position > 1_000
    assert verify(ledger.path).problems == []
    (tmp_path / "older.db").replace(ledger.path)
    with pytest.raises(
        AcknowledgedLost, match=f"{position}.* was recorded, but the log ends at position {position - 1}"
    ):
        open_ledger(ledger.path).views()
