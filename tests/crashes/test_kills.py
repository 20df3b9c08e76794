"""Kills at any moment of any work: acknowledged events survive, nothing is half-written, the views come back.

`make crashes` kills some hundreds.
"""

import random
import sqlite3
from contextlib import closing

import pytest

from tests.crashes.harness import WORKS, Before, Lines, aftermath, new_ledger
from tests.crashes.kills import Tally


@pytest.mark.parametrize("kind", WORKS)
def test_what_was_acknowledged_before_a_kill_is_there_and_whole(kind, tmp_path):
    tally = Tally(kind)
    tally.burst(tmp_path, random.Random(f"short run of {kind}"), kills=2)
    assert tally.faults == []
    assert tally.kills == 2


def test_the_harness_sees_an_event_that_is_gone_and_a_file_that_is_half_there(tmp_path):
    ledger = new_ledger(tmp_path)
    before = Before.of(ledger.path)
    ledger.append("party", "nine", {"name": "Nine"}, negotiation="talks")
    with closing(sqlite3.connect(ledger.path)) as connection:
        for nth in range(3):
            connection.execute(
                "INSERT INTO stored_events (originator_id, originator_version, topic, state)"
                " SELECT ?, 1, topic, state FROM stored_events WHERE topic LIKE 'Statement%' LIMIT 1",
                (f"talks/statement/nothing-{nth}",),
            )
        connection.commit()
    found = aftermath(ledger, before, [Lines(["slug=nine", "slug=ten"], at_work=True)])
    assert found.missing == ["slug ten"]
    assert found.half == ["nothing without its source"]
    assert found.more == 2
