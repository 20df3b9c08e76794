"""A published ledger: a ledger of its own, with the proof that its events are in the whole one."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ledger import open_ledger, open_record
from ledger.base.errors import AlreadyThere
from ledger.integrity.checkpoints import read
from ledger.integrity.publishing import PROOF, PUBLISHED, WHOLE, publish
from ledger.integrity.verify import Kept, verify
from ledger.levels.errors import UnknownLevel
from tests.ledger.levels.test_ranks import ASKED, CABLE

VERIFY = Path(__file__).parents[3] / "docs" / "verify.py"


@pytest.fixture
def filed(ledger):
    ledger.append("source", "cable", CABLE)
    ledger.append("statement", "in-cable", {**ASKED, "says": "By the lake."}, source="cable")
    ledger.append("source", "paper", {"kind": "news", "title": "Paper", "published": "2025-05-21"})
    ledger.append("statement", "in-paper", ASKED, source="paper")
    ledger.correct("in-paper", {"says": "Lower them soon."}, "Misread.")
    return ledger


def test_what_is_published_is_a_ledger_with_a_checkpoint_of_its_own(filed, tmp_path):
    found = publish(filed.path, "public", tmp_path / "out")
    published = open_ledger(tmp_path / "out" / "ledger.db")
    assert (found.events, found.of) == (published.head().position, filed.head().position)
    assert found.unchanged == found.events
    checked = verify(published.path, [Kept("given", read(tmp_path / "out" / PUBLISHED))])
    assert (checked.problems, [one.matches for one in checked.checkpoints]) == ([], [True])
    views, others = published.views(), open_record(filed.path, "public").views()
    assert views.state() == others.state()
    assert b"By the lake." not in b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir())


def test_the_proof_shows_without_parley_that_every_published_event_is_in_the_whole_ledger(filed, tmp_path):
    publish(filed.path, "public", tmp_path / "out")
    asked = [sys.executable, str(VERIFY), "proof", str(tmp_path / "out" / PROOF), str(tmp_path / "out" / WHOLE)]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert told.count("content withheld") == open_ledger(tmp_path / "out" / "ledger.db").head().position
    proof = json.loads((tmp_path / "out" / PROOF).read_text())
    assert "in-cable" not in str(proof)
    assert all("event" not in one for one in proof["entries"])


def test_a_published_ledger_can_be_added_to_and_published_again(filed, tmp_path):
    publish(filed.path, "internal", tmp_path / "out")
    published = open_ledger(tmp_path / "out" / "ledger.db")
    published.append("task", "brief-him", {"says": "Brief the minister."})
    again = publish(published.path, "public", tmp_path / "again")
    assert again.events == publish(filed.path, "public", tmp_path / "first").events


def test_a_folder_that_is_there_and_a_level_that_is_not_are_refused_and_nothing_is_left(filed, tmp_path):
    (tmp_path / "there").mkdir()
    with pytest.raises(AlreadyThere):
        publish(filed.path, "public", tmp_path / "there")
    with pytest.raises(UnknownLevel):
        publish(filed.path, "secret", tmp_path / "out")
    assert not (tmp_path / "out").exists()
