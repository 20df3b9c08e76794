"""Desks lose nothing and double nothing while their server is killed and restarted.

`make desks` does it with more desks, for longer.
"""

import pytest

from tests.crashes.desks import contest
from tests.servers import running


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch, running() as server:
        patch.setenv("PARLEY_DESKS", "")  # and set back at the end
        yield contest(server, tmp_path_factory.mktemp("desks"), desks=3, seconds=4, kills=2)


def test_what_was_acknowledged_is_there_once(outcome):
    assert (outcome.lost, outcome.doubled) == (0, 0)
    assert {*outcome.stored} == {slug for one in outcome.acknowledged for slug in one}
    assert all(outcome.acknowledged)


def test_the_log_is_intact_and_the_kills_were_felt(outcome):
    assert outcome.problems == []
    assert outcome.refused


def test_whoever_follows_the_log_reads_every_event_once(outcome):
    assert len(outcome.lags) == len(outcome.stored)
