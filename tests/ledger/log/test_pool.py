"""A ledger in a `with` statement: its log stays open between calls, and never reads or writes the wrong file."""

import gc
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from ledger import create_ledger, open_ledger
from ledger.errors import ProblemsFound
from ledger.log.errors import AcknowledgedLost, ForeignSchema, NoLedgerHere
from ledger.log.log import Log


@pytest.fixture
def path(tmp_path):
    ledger = create_ledger(tmp_path / "ledger.db")
    ledger.append("negotiation", "talks", {"title": "Talks"})
    return ledger.path


def name(ledger, slug):
    return ledger.append("party", slug, {"name": slug.upper()}).recorded[0].position


def slugs(path):
    with closing(Log(path)) as log:
        return [record.stream.slug for record in log.since(0)]


def is_open(path):
    """Whether a connection to the ledger is open: the last one to be closed takes the write-ahead log away."""
    return path.with_name(f"{path.name}-wal").exists()


def test_the_log_stays_open_in_a_with_statement_and_no_longer(path):
    with open_ledger(path) as ledger:
        assert [name(ledger, "us"), name(ledger, "vn")] == [2, 3]
        assert is_open(path)
    assert not is_open(path)
    assert name(ledger, "eu") == 4
    assert not is_open(path)


def test_a_ledger_that_is_forgotten_is_closed(path):
    ledger = open_ledger(path).__enter__()
    name(ledger, "us")
    del ledger
    gc.collect()
    assert not is_open(path)


def test_what_others_file_meanwhile_is_taken_into_account(path):
    with open_ledger(path) as ledger, open_ledger(path) as other:
        name(ledger, "us")
        name(other, "vn")
        assert ledger.append("party", "vn", {"name": "VN"}).known == 1
        assert name(ledger, "eu") == 4


def test_after_a_refusal_filing_goes_on(path):
    with open_ledger(path) as ledger:
        name(ledger, "us")
        with pytest.raises(ProblemsFound):
            ledger.append("party", "us", {"name": "Another"})
        assert name(ledger, "vn") == 3


def test_after_an_erasure_filing_goes_on(path):
    with open_ledger(path) as ledger:
        name(ledger, "us")
        ledger.erase("us", "asked for")
        assert name(ledger, "vn") == 4
    assert b"US" not in path.read_bytes()


def test_a_file_that_was_put_in_its_place_is_filed_into_and_left_whole(path, tmp_path):
    another = open_ledger(shutil.copyfile(path, tmp_path / "another.db"))
    name(another, "eu")
    with open_ledger(path) as ledger:
        name(ledger, "us")
        another.path.replace(path)
        with pytest.raises(AcknowledgedLost):  # what was acknowledged in the file before is not in this one
            name(ledger, "vn")
        ledger.rebuild(accept=True)
        assert name(ledger, "vn") == 3
    assert slugs(path) == ["talks", "eu", "vn"]


def test_a_file_that_is_gone_is_missed(path):
    with open_ledger(path) as ledger:
        name(ledger, "us")
        path.unlink()
        with pytest.raises(NoLedgerHere):
            name(ledger, "vn")


def test_a_trigger_planted_meanwhile_is_noticed(path):
    with open_ledger(path) as ledger:
        name(ledger, "us")
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TRIGGER planted AFTER INSERT ON stored_events BEGIN SELECT 1; END")
        with pytest.raises(ForeignSchema):
            name(ledger, "vn")


FORKED = """
import os, sys
from pathlib import Path
from ledger import open_ledger
from tests.ledger.log.test_pool import name
with open_ledger(Path(sys.argv[1])) as ledger:
    name(ledger, "us")
    child = os.fork()
    if not child:
        os._exit(0 if name(ledger, "vn") == 3 else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert name(ledger, "eu") == 4
"""


def test_a_child_process_and_its_parent_file_in_turn(path):
    root = Path(__file__).parents[3]  # in a process without threads, because a fork copies the locks that they hold
    subprocess.run([sys.executable, "-c", FORKED, str(path)], cwd=root, check=True, timeout=60)
    assert slugs(path) == ["talks", "us", "vn", "eu"]


def test_threads_may_file_through_one_ledger(path):
    with open_ledger(path) as ledger:
        threads = [Thread(target=name, args=(ledger, f"p{number}")) for number in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(slugs(path)) == sorted(["talks", *(f"p{number}" for number in range(12))])
    assert not is_open(path)
