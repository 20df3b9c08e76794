"""Concurrent writers take turns: no event is lost or doubled, nobody is refused, every reader sees one state.

`make writers` does it with more processes, for longer, and beside the peers.
"""

from pathlib import Path

import pytest

from ledger import Refusal, create_ledger, open_ledger
from ledger.log import store
from ledger.log.log import Log
from tests.crashes.writers import contest
from tests.processes import starting


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    return contest("Parley, filing", tmp_path_factory.mktemp("writers"), writers=3, askers=2, seconds=3)


def test_every_event_that_was_acknowledged_is_there_once(outcome):
    assert len(outcome.acknowledged) > 20
    assert (outcome.lost, outcome.doubled) == (0, 0)
    assert sorted(outcome.acknowledged) == sorted(outcome.stored)


def test_nobody_is_refused_and_no_writer_is_left_out(outcome):
    assert outcome.refused == []
    written = [len(one.slugs) for one in outcome.written]
    assert min(written) * 4 > max(written)


def test_every_reader_sees_one_state_and_never_an_earlier_one(outcome):
    assert all(one.answers for one in outcome.asked)
    assert outcome.faults == []


def open_and_close(path: Path, start, outcomes, rounds: int) -> None:
    """Every close may be the last one's, with the log's clean-up; every opening may fall into it."""
    start.wait()
    refused = []
    for _ in range(rounds):
        try:
            Log(path).close()
            store.head(path)
        except Refusal as refusal:
            refused.append(str(refusal))
    outcomes.put(refused)


def test_a_ledger_that_several_open_and_close_at_once_is_never_locked(tmp_path):
    path = create_ledger(tmp_path / "ledger.db").path
    assert at_once(open_and_close, path, 30) == [[]] * 4


def ask_first(path: Path, start, outcomes, rounds: int) -> None:
    refused = []
    for _ in range(rounds):
        start.wait()
        try:
            views = open_ledger(path).views()
            if len(views.parties()) != 1:
                refused.append("half of the views")
            views.close()
        except Refusal as refusal:
            refused.append(str(refusal))
        if start.wait() == 0:
            for part in path.parent.glob("ledger.views.db*"):
                part.unlink()
    outcomes.put(refused)


def test_views_that_several_ask_for_at_once_when_there_are_none_are_made_for_all(tmp_path):
    ledger = create_ledger(tmp_path / "ledger.db")
    ledger.append("negotiation", "talks", {"title": "The talks"})
    ledger.append("party", "us", {"name": "United States"})
    assert at_once(ask_first, ledger.path, 8) == [[]] * 4


def at_once(role, path: Path, rounds: int) -> list[list[str]]:
    """What four processes that do the same at the same time were refused."""
    spawning = starting()
    start, outcomes = spawning.Barrier(4), spawning.Queue()
    processes = [spawning.Process(target=role, args=(path, start, outcomes, rounds)) for _ in range(4)]
    for process in processes:
        process.start()
    try:
        return [outcomes.get(timeout=60) for _ in processes]
    finally:
        for process in processes:
            process.join(timeout=10)
            process.kill()
