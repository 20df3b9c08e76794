"""The law of ends told by one side: what only the other side says of a task does not end it for everybody.

In this ledger each follow-up ends in another way. Those that end by the word of the side that must not do them stay in
every list of what is open, with that word; those that end by the owner's word, or a third party's, do not.
"""

import re

import pytest

from tests.cli.console import Console

TALKS = """
negotiation: talks
title: Talks
parties: [vn, us]
entries:
  - {party: vn, name: Viet Nam}
  - {party: us, name: United States, in-sentences: the United States}
  - {party: qa, name: Qatar}
  - {role: qa, as: mediator}
---
negotiation: talks
source: {slug: paper, title: Paper, published: 2026-05-03}
entries:
  - {follow-up: lapsed-by-the-other, says: Send Heron., owners: vn, on: 2026-05-01, due: 2026-06-01}
  - {follow-up: done-by-the-other, says: Send Stork., owners: vn, on: 2026-05-01}
  - {follow-up: done-in-their-account, says: Send Egret., owners: vn, on: 2026-05-01}
  - {follow-up: done-by-the-owner, says: Send Robin., owners: vn, on: 2026-05-01}
  - {follow-up: done-by-both, says: Send Finch., owners: vn, on: 2026-05-01}
  - {follow-up: done-in-the-press, says: Send Raven., owners: vn, on: 2026-05-01}
  - {follow-up: done-by-a-mediator, says: Send Crane., owners: vn, on: 2026-05-01}
  - {follow-up: joint, says: Send Swift., owners: all, on: 2026-05-01}
---
negotiation: talks
source: {slug: press, title: Press, published: 2026-07-03}
entries:
  - {closed: lapsed-by-the-other, outcome: lapsed, by: us, on: 2026-07-01}
  - {closed: done-by-the-other, outcome: done, by: us, on: 2026-07-01}
  - {closed: done-by-the-owner, outcome: done, by: vn, on: 2026-07-01}
  - {closed: done-by-both, outcome: done, by: us, on: 2026-07-01}
  - {closed: done-in-the-press, outcome: done, on: 2026-07-01}
  - {closed: done-by-a-mediator, outcome: done, by: qa, on: 2026-07-01}
  - {closed: joint, outcome: done, by: us, on: 2026-07-01}
---
negotiation: talks
source: {slug: readout, title: Readout, published: 2026-07-04, account-of: us}
entries:
  - {closed: done-in-their-account, outcome: done, on: 2026-07-01}
---
negotiation: talks
source: {slug: later, title: Later, published: 2026-07-05}
entries:
  - {closed: done-by-both, outcome: done, by: vn, on: 2026-07-01}
"""
ALONE = {"Heron": "lapsed", "Stork": "done", "Egret": "done"}
ENDED = ("Robin", "Finch", "Raven", "Crane", "Swift")


@pytest.fixture
def talks(console: Console) -> Console:
    console.record(TALKS)
    console.columns = 1000
    return console


@pytest.mark.parametrize("line", ["follow-ups", "state", "brief --full", "handover", "follow-ups --closed"])
def test_what_only_the_other_side_says_ended_stays_among_what_is_open(talks: Console, line: str) -> None:
    shown = talks.line(f"parley {line} --as-of 2026-08-01").out
    shown = re.split("## (?:Issues|The story)|Last entries", shown)[0]  # these tell the past, too
    for bird, outcome in ALONE.items():
        [told] = [one for one in shown.splitlines() if bird in one]
        assert re.search(f"{outcome} .*according to the United States alone|{outcome}, according to .* alone", told)
        assert "past due" not in told.lower(), "the United States say that it ended"
    open_only = line != "follow-ups --closed"
    assert [bird for bird in ENDED if bird in shown] == ([] if open_only else [*ENDED])
    ended = [one for one in shown.splitlines() if any(bird in one for bird in ENDED)]
    assert [one for one in ended if "alone" in one] == []


def test_promises_that_are_open_include_it(talks: Console) -> None:
    shown = talks.line("parley promises --open --as-of 2026-08-01").out
    assert [bird for bird in (*ALONE, *ENDED) if bird in shown] == [*ALONE]
    assert shown.count("By the other side's account") == 2


def test_the_owners_own_word_ends_it(talks: Console) -> None:
    talks.line("parley append source says --title Says --published 2026-07-20")
    own = "--outcome done --by vn --on 2026-07-10 --source says --quote x"
    assert talks.line(f"parley append closed done-by-the-other {own}").code == 0
    shown = talks.line("parley follow-ups --as-of 2026-08-01").out
    assert "Heron" in shown
    assert "Stork" not in shown
    assert "Stork" in talks.line("parley follow-ups --as-of 2026-07-05").out
