"""The sides' accounts of one meeting: items that all report, items that one reports, and missing accounts."""

import pytest

from ledger import Clocks
from ledger.domain.errors import UnknownEntry
from ledger.queries.compare import SideAccount, compare
from ledger.views.errors import NotKnownYet
from tests import laws
from tests.laws import NAMES, Report, Story


def paper(slug, *entries, of="", **fields):
    source = {"slug": slug, "title": f"What {slug} reports", "published": "2025-05-20", "account-of": of, **fields}
    return Report({key: value for key, value in source.items() if value}, entries)


def said(slug, at="round-1"):
    return {"statement": slug, "by": ["us"], "act": "stated", "on": "2025-05-19", "says": slug.title(), "at": at}


ROUND = {"meeting": "round-1", "kind": "round", "held": "2025-05-19", "parties": ["us", "vn", "eu"]}
CALL = {"meeting": "mid-call", "kind": "call", "held": "2025-05-19", "parties": ["us", "vn"]}
TASK = {"follow-up": "task-1", "says": "Send the list.", "on": "2025-05-19", "at": "round-1"}
READOUTS = (
    paper("ours", ROUND, CALL, TASK, said("both"), said("vn-alone"), said("vn-and-press"), said("calling", "mid-call"),
          of="vn"),
    paper("theirs", ROUND, said("both"), TASK, said("us-alone"), of="us"),
    paper("press", said("vn-and-press"), said("press-alone"), said("both")),
    paper("reprint", said("vn-alone"), **{"derived-from": "ours"}),
)  # fmt: skip


@pytest.fixture
def ledger():
    with laws.new_ledger() as ledger:
        told = Story(NAMES, READOUTS, ())
        assert laws.tell(ledger, told) == told
        yield ledger


@pytest.fixture
def ask(ledger):
    def compared(slug="round-1", day="2025-07-01"):
        views = ledger.views(Clocks(as_of=day))
        try:
            return compare(views, slug)
        finally:
            views.close()

    return compared


def test_each_thing_is_told_by_every_side_by_one_alone_or_by_others(ask):
    assert {one.slug: one.accounts for one in ask().told} == {
        "both": "every side",
        "task-1": "every side",
        "us-alone": "only us",
        "vn-alone": "only vn",
        "vn-and-press": "only vn",
        "press-alone": "only others",
    }


def test_what_every_side_tells_comes_first_and_what_others_tell_last(ask):
    assert [*dict.fromkeys(one.accounts for one in ask().told)] == ["every side", "only us", "only vn", "only others"]


def test_a_statement_is_told_with_its_speaker(ask):
    [alone] = [one for one in ask().told if one.slug == "us-alone"]
    assert alone.says == "US stated: Us-Alone"


def test_the_sides_are_those_of_the_sources_and_a_copy_goes_with_its_original(ask):
    found = {one.slug: (one.sides, one.sources) for one in ask().told}
    assert found["vn-alone"] == (("vn",), ("ours", "reprint"))
    assert found["both"] == (("us", "vn", ""), ("ours", "press", "theirs"))
    assert ask().accounts == [
        SideAccount("us", ("theirs",), 1),
        SideAccount("vn", ("ours", "reprint"), 1),
        SideAccount("", ("press",), 1),
    ]


def test_a_party_at_the_meeting_without_an_account_is_named(ask):
    assert ask().missing == ("eu",)
    assert ask("mid-call").missing == ("us",)


def test_where_one_side_alone_gave_an_account_nothing_is_told_by_every_side(ask):
    assert [(one.slug, one.accounts) for one in ask("mid-call").told] == [("calling", "only vn")]


def test_of_three_sides_two_are_some(ledger, ask):
    laws.file_report(ledger, paper("brussels", ROUND, said("eu-alone"), of="eu"))
    found = {one.slug: one.accounts for one in ask().told}
    assert (found["both"], found["eu-alone"]) == ("some sides", "only eu")


def test_before_the_meeting_is_known_there_is_nothing_to_compare(ask):
    with pytest.raises(NotKnownYet, match="The meeting round-1 is known only from 19 May 2025"):
        ask(day="2025-05-01")


def test_what_is_no_meeting_is_refused(ask):
    with pytest.raises(UnknownEntry, match="There is no meeting 'tariffs'"):
        ask("tariffs")
