"""The law of accounts: what one side alone reports of both, or both report differently, says so in every answer."""

import pytest

from tests.cli.console import Console

LEDGER = """
negotiation: talks
title: Talks
parties: [vn, us]
entries:
  - {party: vn, name: Viet Nam}
  - {party: us, name: United States, in-sentences: the United States}
---
negotiation: talks
source: {slug: ours, title: Ours, published: 2026-05-10, account-of: vn}
entries:
  - {meeting: round-1, kind: round, number: 1, held: 2026-05-05, parties: [vn, us]}
  - {follow-up: open-one, says: Walrus plan., owners: [vn, us], on: 2026-05-05, at: round-1, due: 2026-12-01}
  - {follow-up: closed-one, says: Zebra plan., owners: [vn, us], on: 2026-05-05, at: round-1, due: 2026-06-01}
  - {follow-up: own-one, says: Otter plan., owners: vn, on: 2026-05-05, as: promised, due: 2026-12-01}
  - {follow-up: joint-one, says: Badger plan., owners: [vn, us], on: 2026-05-05, at: round-1, due: 2026-06-01}
---
negotiation: talks
source: {slug: theirs, title: Theirs, published: 2026-06-20, account-of: us}
entries:
  - {closed: closed-one, outcome: lapsed, on: 2026-06-02, by: us}
  - {follow-up: joint-one, says: Badger plan., owners: [vn, us], on: 2026-05-05, at: round-1, due: 2026-06-01}
---
negotiation: talks
source: {slug: later, title: Later, published: 2026-06-25, account-of: vn}
entries:
  - {closed: closed-one, outcome: done, on: 2026-06-12, by: vn}
  - {closed: joint-one, outcome: done, on: 2026-05-20, by: vn}
"""
ENDED = (
    "follow-ups --closed", "promises", "show closed-one", "diff 2026-05-15 2026-09-30", "show round-1",
    "diff 2026-06-05 2026-09-30",
)  # fmt: skip
AGREED = ("state", "follow-ups", "promises", "brief --full", "diff 2026-05-01 2026-09-30", "show round-1", "handover")


def _ask(console: Console, line: str) -> str:
    answer = console.line(f"parley {line}" + ("" if line.startswith("diff") else " --as-of 2026-09-30"))
    assert answer.code == 0, answer.err
    return answer.out


@pytest.fixture
def talks(console: Console) -> Console:
    console.line("parley init")
    (console.folder / "talks.yaml").write_text(LEDGER)
    filed = console.line("parley import talks.yaml")
    assert filed.code == 0, filed.err
    console.columns = 1000
    return console


@pytest.mark.parametrize("line", ENDED)
def test_an_end_that_the_sides_report_differently_is_told_with_both_accounts(talks: Console, line: str) -> None:
    answer = " ".join(_ask(talks, line).split())
    assert "one late (contested)" in answer, answer
    assert "lapsed on 2 June 2026, according to the United States" in answer, answer


@pytest.mark.parametrize("line", AGREED)
def test_an_agreement_that_one_side_alone_reports_says_so(talks: Console, line: str) -> None:
    found = [one for one in _ask(talks, line).splitlines() if "plan" in one and ": Agreed:" not in one]
    alone = [one for one in found if "Walrus" in one]
    assert alone
    assert all("as told by Viet Nam" in one for one in alone), found
    assert not [one for one in found if "as told by" in one and ("Otter" in one or "Badger" in one)]


def test_an_end_in_a_report_of_nobody_is_no_account_of_the_agreement(talks: Console) -> None:
    assert "Viet Nam only: Zebra plan" in _ask(talks, "gaps --full")
    assert "others too" not in _ask(talks, "compare round-1")


def test_what_one_of_two_owners_says_is_not_the_account_of_both(talks: Console) -> None:
    assert "According to Viet Nam: done 2026-05-20." in _ask(talks, "promises")
