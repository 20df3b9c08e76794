"""A flipped bit in the views changes no answer: the views are rebuilt, and the question is answered right."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ledger import Clocks, Ledger
from ledger.views import checksum
from ledger.views.database import path_beside
from tests.crashes.flips import flipped
from tests.examples import file

DAY = Clocks(as_of="2025-06-15")
SAID = (
    "  - {statement: asked, by: us, act: asked, issues: [export-controls], on: 2025-05-01, says: Stop., quote: x}\n"
    "  - {follow-up: list, says: Send the list., owners: us, on: 2025-05-02, quote: the list}\n"
)


def answers(ledger: Ledger) -> list[object]:
    with closing(ledger.views(DAY)) as views:
        found = [views.state(), views.asks(), views.statements(), views.timeline(), views.people(), views.log()]
        return [*found, views.evidence("asked"), views.labels()]


def version(views: Path) -> int:
    with closing(sqlite3.connect(views)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


@pytest.fixture
def filed(ledger: Ledger) -> Ledger:
    file(ledger, SAID)
    return ledger


def test_no_flipped_bit_in_a_cached_replay_changes_an_answer(filed: Ledger) -> None:
    clocks, chance = Clocks(as_of="2025-06-15", recorded_by=filed.head().position - 1), random.Random(1)
    with closing(filed.views(clocks)) as views:
        right = views.state(), views.statements(), views.log()
    (replay,) = filed.path.with_name("ledger.replays").glob("*.db")
    for _ in range(20):
        flipped(replay, chance)
        with closing(filed.views(clocks)) as views:
            assert (views.state(), views.statements(), views.log()) == right


def test_a_flipped_bit_is_not_taken_along_when_the_views_catch_up(filed: Ledger) -> None:
    answers(filed)
    chance = random.Random(2)
    for nth in range(10):
        filed.append("party", f"p{nth}", {"name": f"P{nth}"}, negotiation="vn-us-trade")
        flipped(path_beside(filed.path), chance)
        found = answers(filed)
        filed.rebuild()
        assert answers(filed) == found


def test_views_keep_their_checksum_over_catching_up_rebuilding_and_erasing(filed: Ledger) -> None:
    views = path_beside(filed.path)
    for work in (
        lambda: answers(filed),
        lambda: filed.append("party", "nine", {"name": "Nine"}, negotiation="vn-us-trade"),
        filed.rebuild,
        lambda: filed.erase("eu", "By order.", negotiation="vn-us-trade"),
    ):
        work()
        answers(filed)
        assert version(views)
        inode = views.stat().st_ino
        checksum._compared.clear()
        answers(filed)
        assert views.stat().st_ino == inode, "undamaged views were discarded"


def test_large_views_have_no_checksum_and_are_used(filed: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checksum, "LARGEST", 4096)
    right = answers(filed)
    assert version(path_beside(filed.path)) == 0
    assert answers(filed) == right
