"""Links between entries: shown at both ends, and what was replaced no longer stands from that day on."""

import pytest

from ledger import Clocks, Refusal, create_ledger
from ledger.domain.states import Statement
from ledger.queries.check import circles
from ledger.queries.diff import diff
from ledger.queries.entry import show
from ledger.queries.history import history
from ledger.queries.positions import table
from ledger.queries.promises import promises
from ledger.queries.tasks import tasks
from ledger.views.links import links, reaffirmed, replaced

TALKS = """
negotiation: talks
title: The talks
parties: [us, vn]
entries:
  - {party: us, name: United States, in-sentences: the United States}
  - {party: vn, name: Viet Nam}
  - {issue: tariffs, title: Tariffs}
  - {issue: access, title: Market access}
---
negotiation: talks
source: {slug: paper, title: A paper, published: 2025-05-02, kind: news}
entries:
  - {statement: vn-asks, by: vn, to: us, act: asked, issues: tariffs, says: Lower them., on: 2025-05-01}
  - {statement: us-pledge, by: us, to: vn, act: promised, issues: access, says: We will reply., on: 2025-05-01}
  - {follow-up: plan, says: Send the plan., owners: vn, due: 2025-06-30, on: 2025-05-01}
  - {announcement: round-3, kind: round, number: 3, expected: 2025-07-10, on: 2025-05-01}
  - {deadline: limit, says: Answer., owners: us, due: 2025-06-20, on: 2025-05-01}
  - {task: draft, says: Draft it., waits-on: [plan]}
"""
LATER = """---
negotiation: talks
source: {slug: later, title: Later, published: 2025-06-02, kind: news}
entries:
"""


@pytest.fixture
def ledger(tmp_path):
    ledger = create_ledger(tmp_path / "ledger.db", keeper="Ann")
    (tmp_path / "talks.yaml").write_text(TALKS)
    ledger.import_files([tmp_path / "talks.yaml"])
    return ledger


@pytest.fixture
def told(ledger, tmp_path):
    """The views of the ledger with these later entries, as of a day."""

    def views(*entries, day="2025-06-10"):
        path = tmp_path / "later.yaml"
        path.write_text(LATER + "".join(f"  - {{{one}}}\n" for one in entries))
        ledger.import_files([path])
        return ledger.views(Clocks(as_of=day))

    return views


STATED = "by: vn, to: us, act: stated, issues: tariffs, says: So be it., on: 2025-06-01"
NEW = f"statement: vn-new, {STATED}, replaces: [vn-asks, us-pledge, plan, round-3, limit]"


def shown(views, slug):
    return [(one.told, one.state) for one in show(views, slug).links]


def test_a_link_is_shown_at_both_ends_with_the_present_state_of_the_other(told):
    with told(f"statement: vn-new, {STATED}, depends-on: [plan, access], reaffirms: vn-asks") as views:
        ends = [
            ("reaffirms vn-asks", "open"), ("depends on plan", "due"), ("depends on access", "noted"),
        ]  # fmt: skip
        assert shown(views, "vn-new") == ends
        assert shown(views, "plan") == [("vn-new depends on it on 1 June 2025", "")]
        assert [one.told for one in history(views, "vn-asks").links] == ["reaffirmed in vn-new on 1 June 2025"]
        assert {one.slug for one in links(views)} == {"vn-new"}
        [row] = [one for one in table(views).rows if one.issue.slug == "tariffs"]
        assert row.by_party["vn"].links == ("reaffirmed in vn-new on 1 June 2025",)


def test_what_an_entry_depends_on_is_met_only_by_a_report(told):
    with told(f"statement: vn-new, {STATED}, depends-on: plan", day="2025-12-31") as views:
        assert shown(views, "vn-new") == [("depends on plan", "past due")]


def test_what_was_replaced_no_longer_stands_from_that_day_on(told):
    with told(NEW) as views:
        assert replaced(views) == dict.fromkeys(("vn-asks", "us-pledge", "plan", "round-3", "limit"), "vn-new")
        assert not views.asks(everything=True)
        assert not views.follow_ups()
        assert not views.deadlines()
        assert [(one.timing, one.left) for one in views.follow_ups(everything=True)] == [
            ("replaced", "replaced by vn-new")
        ]
        assert [one.left for one in views.deadlines(everything=True)] == ["replaced by vn-new"]
        assert [(one.status, one.replaced_by) for one in views.meetings()] == [("replaced", "vn-new")]
        assert views.next_meeting().expected is None
        assert {one.slug: one.outcome for one in promises(views)} == dict.fromkeys(
            ("us-pledge", "plan"), "replaced by vn-new"
        )
        assert show(views, "round-3").told == show(views, "plan").told == "replaced by vn-new"
        before = views.at("2025-05-31")
        standing = before.asks(), before.follow_ups(), before.deadlines()
        assert (replaced(before), *map(len, standing)) == ({}, 1, 1, 1)
        assert before.next_meeting().expected.meeting.slug == "round-3"


def test_the_changes_between_two_days_say_what_was_replaced(told):
    with told(NEW) as views:
        says = [one.says for one in diff(views.at("2025-05-31"), views)]
    assert says == [
        "Viet Nam no longer asks (replaced by vn-new): Tariffs",
        "Replaced by vn-new: Send the plan",
        "Deadline replaced by vn-new: Answer",
        "Round 3, expected 10 July 2025: replaced by vn-new",
        "Viet Nam stated to the United States on 1 June 2025: Tariffs: So be it",
    ]


def test_a_promise_that_is_reaffirmed_is_listed_once_with_the_later_word(told):
    again = "by: us, to: vn, act: promised, issues: access, says: We will reply soon., on: 2025-06-01"
    with told(f"statement: us-again, {again}, reaffirms: us-pledge") as views:
        [promise] = [one for one in promises(views) if one.kind == "promised"]
        assert (promise.slug, promise.reaffirmed, promise.reaffirmed_on.edtf) == (
            "us-pledge", ("us-again",), "2025-06-01",
        )  # fmt: skip
        assert list(reaffirmed(views)) == ["us-pledge"]


def test_a_link_goes_with_the_entry_that_was_retracted_and_comes_with_a_correction(ledger, told):
    told(NEW).close()
    ledger.correct("vn-new", {"replaces": ["plan"]}, "the others stand")
    with ledger.views(Clocks(as_of="2025-06-10")) as views:
        assert (replaced(views), len(views.asks())) == ({"plan": "vn-new"}, 1)
    ledger.retract("vn-new", "never said")
    with ledger.views(Clocks(as_of="2025-06-10")) as views:
        assert (replaced(views), len(views.follow_ups())) == ({}, 1)


def test_a_task_says_that_what_it_waits_on_was_replaced_or_retracted(ledger, told):
    with told(NEW, day="2030-01-01") as views:
        assert [one.waits for one in tasks(views)] == ["ready (plan was replaced by vn-new)"]
    ledger.retract("vn-new", "never said")
    ledger.retract("plan", "never agreed")
    with ledger.views(Clocks(as_of="2030-01-01")) as views:
        assert [one.waits for one in tasks(views)] == ["ready (plan was retracted)"]


@pytest.mark.parametrize("relation", ["reaffirms", "answers", "depends-on", "replaces"])
def test_a_link_of_an_entry_to_itself_is_refused_in_one_sentence(told, relation):
    with pytest.raises(Refusal, match=f"The link `{relation}` of vn-new would lead back to it") as refused:
        told(f"statement: vn-new, {STATED}, {relation}: vn-new")
    assert "vn-new → vn-new" in str(refused.value)


@pytest.mark.parametrize("relation", ["depends-on", "replaces"])
def test_a_circle_is_refused_when_filed_and_when_corrected(ledger, told, relation):
    one, other = (f"statement: {slug}, {STATED}" for slug in ("one", "other"))
    with pytest.raises(Refusal, match="other → one → other"):
        told(f"{one}, {relation}: other", f"{other}, {relation}: one")
    told(f"{one}, {relation}: other", other).close()
    with pytest.raises(Refusal, match="other → one → other"):
        ledger.correct("other", {relation: ["one"]}, "it says so")


def test_a_link_to_what_is_not_of_record_is_refused_with_what_is_near(told):
    with pytest.raises(Refusal, match="vn-ask") as refused:
        told(f"statement: vn-new, {STATED}, replaces: vn-ask")
    assert "vn-asks" in str(refused.value)


def test_a_merge_may_bring_a_circle_which_is_read_and_reported(tmp_path):
    ledgers = []
    for name, (slug, target) in {"a": ("one", "other"), "b": ("other", "one")}.items():
        ledger = create_ledger(tmp_path / f"{name}.db", keeper="Ann")
        path = tmp_path / f"{name}.yaml"
        source = f"source: {{slug: paper-{name}, title: A paper, published: 2025-05-02, kind: news}}"
        entries = f"  - {{statement: {target}, {STATED}}}\n  - {{statement: {slug}, {STATED}, replaces: {target}}}\n"
        names = TALKS.partition("---")[0]
        path.write_text(f"{names}---\nnegotiation: talks\n{source}\nentries:\n{entries}")
        ledger.import_files([path])
        ledgers.append(ledger)
    ledgers[0].merge(ledgers[1].path)
    with ledgers[0].views(Clocks(as_of="2025-07-01")) as views:
        assert replaced(views) == {"one": "other", "other": "one"}
        assert {one.slug for one in views.states(Statement, "statements")} == {"one", "other"}
    problems = [one.says for one in ledgers[0].check().problems if one.kind == "circle"]
    assert problems == ["It replaces itself: one → other → one.", "It replaces itself: other → one → other."]
    assert not list(circles([]))


WITHIN = "on: '[2025-05-25..2025-06-01]'"
REFUSED = f"statement: reply, by: us, to: vn, act: refused, {WITHIN}"


@pytest.mark.parametrize(
    ("entry", "day", "waits"),
    [
        (REFUSED, "05-24", "23 days"),
        (REFUSED, "05-25", "24 days, unless answered"),
        (REFUSED, "06-01", ""),
        (f"statement: reply, by: vn, to: us, act: withdrew, {WITHIN}", "05-25", "24 days, unless withdrawn"),
        ("statement: reply, by: vn, to: us, act: asked, on: '[2025-04-25..2025-06-01]'", "05-25", "at least 24 days"),
        ("statement: reply, by: us, to: vn, act: refused", "05-25", "24 days"),  # it counts when it was reported
        (f"statement: reply, by: us, to: vn, act: denied, {WITHIN}", "05-25", "24 days"),
        (f"statement: reply, by: us, to: vn, act: considering, {WITHIN}", "05-25", "24 days"),
        (f"statement: reply, by: us, to: vn, act: considering, {WITHIN}", "06-01", "31 days"),
    ],
)
def test_an_ask_that_a_statement_may_have_answered_by_the_day_waits_unless_it_was(told, entry, day, waits):
    views = told(f"{entry}, issues: tariffs, says: Words.", day=f"2025-{day}")
    (ask,) = views.asks(everything=True)
    assert ask.waited == waits
