"""The law of accounts: what one side alone reports of both, or both report differently, says so in every answer."""

import csv

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


RAISED = """
negotiation: talks
source: {slug: more, title: More, published: 2026-07-10}
entries:
  - {issue: pay, title: Pay}
  - {issue: hours, title: Hours}
  - {statement: told, by: us, to: vn, act: asked, issues: pay, says: More., on: 2026-07-01, reported-by: two envoys}
  - {statement: denial, by: us, act: denied, issues: pay, says: Not so., on: 2026-07-08, denies: told}
  - {statement: own-first, by: vn, to: us, act: asked, issues: hours, says: Less., on: 2026-07-01}
  - {statement: then-told, by: vn, to: us, act: asked, issues: hours, says: Less., on: 2026-07-05, reported-by: two envoys}
  - {statement: remark, by: us, act: stated, issues: hours, says: We noted it., on: 2026-07-05}
  - {announcement: round-2, kind: round, number: 2, expected: 2026-08-01, parties: [vn, us], by: vn, on: 2026-07-01}
  - {called-off: round-2, as: postponed, by: us, on: 2026-07-06}
"""  # noqa: E501


@pytest.fixture
def more(talks: Console) -> Console:
    (talks.folder / "more.yaml").write_text(RAISED)
    filed = talks.line("parley import more.yaml")
    assert filed.code == 0, filed.err
    return talks


@pytest.mark.parametrize("line", ["issues", "handover"])
def test_a_party_that_others_say_raised_an_issue_is_told_with_them_and_its_denial(more: Console, line: str) -> None:
    answer = _ask(more, line)
    [pay, *_] = [one for one in answer.splitlines() if one.startswith(("open ", "- **Pay")) and "Pay" in one]
    assert "nited States, as told by two envoys, denied by the United States on 8 July 2026" in pay, answer
    [hours, *_] = [one for one in answer.splitlines() if "Hours" in one and one.startswith(("open ", "- **Hours"))]
    assert "as told by" not in hours, answer


def test_a_mere_remark_is_no_cause_of_raising_an_issue_again(more: Console) -> None:
    again = _ask(more, "history hours").partition("raised again")[2]
    assert "Less." in again
    assert "We noted it" not in again


def test_nobody_lacks_an_account_of_a_meeting_that_was_not_held_yet(more: Console) -> None:
    assert "postponed; no report says that it was held" in _ask(more, "compare round-2")
    before = more.line("parley compare round-2 --as-of 2026-07-02").out
    assert "expected; no report says that it was held" in before
    assert "no account on record" not in before


def test_a_postponement_is_replayed_with_the_date_that_the_meeting_had(more: Console) -> None:
    story = more.line("parley replay --full --to 2026-09-30").out
    assert "Round 2, expected 1 August 2026: postponed by the United States" in story


def test_two_dates_of_one_report_have_not_moved_if_it_does_not_say_which_came_later(talks: Console) -> None:
    said = "kind: round, number: 5, by: us, expected"
    lines = ["negotiation: talks", "source: {slug: two, title: Two, published: 2026-07-10}", "entries:"]
    lines += [f"  - {{announcement: round-5, {said}: 2026-11-02}}"]
    lines += [f"  - {{announcement: round-5, {said}: 2026-12-07, on: 2026-07-08}}"]
    (talks.folder / "two.yaml").write_text("\n".join(lines))
    assert talks.line("parley import two.yaml").code == 0
    assert "than before" not in _ask(talks, "next-round")
    assert "in two, which does not say which came later" in " ".join(_ask(talks, "gaps --full").split())


def test_what_was_done_late_is_told_in_one_word_in_every_form(talks: Console) -> None:
    late = [
        "negotiation: talks", "source: {slug: end, title: End, published: 2026-12-10}", "entries:",
        "  - {closed: open-one, outcome: done, on: 2026-12-05, by: us}",
    ]  # fmt: skip
    (talks.folder / "end.yaml").write_text("\n".join(late))
    assert talks.line("parley import end.yaml").code == 0
    rows = csv.DictReader(talks.line("parley follow-ups --closed --csv --as-of 2026-12-20").out.splitlines())
    assert [one["timing"] for one in rows if "Walrus plan." in one.values()] == ["done late"]
    assert '"timing": "done late"' in talks.line("parley follow-ups --closed --json --as-of 2026-12-20").out


def test_days_of_a_convention_say_so_in_every_list(talks: Console) -> None:
    lines = ["negotiation: talks", "source: {slug: soon, title: Soon, published: 2026-07-20}", "entries:"]
    lines += ["  - {issue: tax, title: Tax}"]
    lines += ["  - {statement: taxed, by: us, to: vn, act: asked, issues: tax, says: Yak., on: early July}"]
    (talks.folder / "soon.yaml").write_text("\n".join(lines))
    assert talks.line("parley import soon.yaml").code == 0
    for line in ("statements", "search yak", "timeline", "positions", "state", "diff 2026-06-01 2026-09-30"):
        answer = _ask(talks, line)
        assert "about 2026-07-01..10" in answer or "early July" in answer, answer
