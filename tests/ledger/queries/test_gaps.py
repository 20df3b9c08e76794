"""The gaps in the record: for each kind, cases that belong to it and cases that do not."""

import pytest

from ledger import Clocks
from ledger.base.errors import UnknownWord
from ledger.queries.compare import compare
from ledger.queries.entry import show
from ledger.queries.gaps import KINDS, gaps, months_before
from tests import examples, laws
from tests.laws import NAMES, Report, Story
from tests.ledger.filing.test_figures import MEASURES, statement


def paper(slug, *entries, published="2025-05-20", **fields):
    return Report({"slug": slug, "title": f"What {slug} reports", "published": published, **fields}, entries)


def said(slug, act="asked", on="2025-05-01", by="us", issues=("tariffs",), **fields):
    return {"statement": slug, "by": [by], "act": act, "on": on, "issues": [*issues], "says": "So.", **fields}


OURS = paper(
    "ours",
    said("alone"),
    said("told-by-both"),
    said("told-by-others-too"),
    said("settled-here", "settled", by="us", issues=["origin"]),
    said("settled-there", "settled", by="vn", issues=["origin"]),
    {"meeting": "round-1", "kind": "round", "number": "1", "held": "2025-05-19"},
    {"announcement": "round-2", "kind": "round", "number": "2", "expected": "early June", "on": "2025-05-20"},
    {"announcement": "mid-call", "kind": "call", "expected": "soon", "on": "2025-05-20"},
    {"deadline": "silent", "says": "Answer.", "due": "2025-06-03", "on": "2025-05-19"},
    {"deadline": "vague", "says": "Sign.", "due": "2025-06", "on": "2025-05-19"},
    {"deadline": "met", "says": "Pay.", "due": "2025-06-03", "on": "2025-05-19"},
    {"ended": "met", "outcome": "met", "on": "2025-06-02"},
    {"follow-up": "owned", "says": "Send the list.", "owners": ["vn"], "due": "2025-06-03", "on": "2025-05-19"},
    {"follow-up": "unowned", "says": "Send the list.", "due": "2025-06-03", "on": "2025-05-19"},
    {"follow-up": "lacks-both", "says": "Send the list.", "on": "2025-05-19"},
    {"follow-up": "standing", "says": "Talk.", "owners": ["vn"], "standing": "yes", "on": "2025-05-19"},
    {"follow-up": "closed", "says": "Talk.", "on": "2025-05-19"},
    {"closed": "closed", "outcome": "done", "on": "2025-05-20"},
    {"text": "draft", "version": "1", "on": "2025-05-19", "provisions": {"1": "We [go].", "2": "We stay."}},
    **{"account-of": "vn"},
)
THEIRS = paper("theirs", said("told-by-both"), **{"account-of": "us"})
AGENCY = paper("agency", said("told-by-others-too"), said("only-others"))
RELAY = paper("relay", said("alone"), **{"derived-from": "ours"})


@pytest.fixture(scope="module")
def ledger():
    with laws.new_ledger() as ledger:
        told = Story(NAMES, (OURS, THEIRS, AGENCY, RELAY), ())
        assert laws.tell(ledger, told) == told
        yield ledger


@pytest.fixture
def ask(ledger):
    def slugs(kind, day="2025-07-01", **how):
        views = ledger.views(Clocks(as_of=day))
        try:
            return [one.slug for one in gaps(views, kind=kind, **how)]
        finally:
            views.close()

    return slugs


def test_on_one_side_only_is_what_no_other_side_and_nobody_else_reports(ask):
    found = ask("one-sided")
    assert {"alone", "settled-here", "round-1", "owned"} <= {*found}
    assert not {"told-by-both", "told-by-others-too", "only-others"} & {*found}


def test_a_copy_of_one_sides_account_is_no_second_voice(ask):
    assert "alone" in ask("one-sided")


def test_a_source_that_only_expected_a_meeting_does_not_report_that_it_was_held():
    expected = {"announcement": "round-1", "kind": "round", "number": "1", "expected": "in June", "on": "2025-05-20"}
    held = {"meeting": "round-1", "kind": "round", "number": "1", "held": "2025-06-10"}
    reports = (paper("wire", expected), paper("readout", held, published="2025-06-11", **{"account-of": "us"}))
    with laws.new_ledger() as ledger:
        laws.tell(ledger, Story(NAMES, reports, ()))
        views = ledger.views(Clocks("2025-06-14"))
        assert [one.slug for one in gaps(views, 1, kind="one-sided")] == ["round-1"]
        assert show(views, "round-1").weight == (1, 1)
        assert [one.side for one in compare(views, "round-1").accounts] == ["us"]


def test_an_ask_that_waits_is_unanswered(ask):
    assert {*ask("unanswered")} == {"tariffs"}
    assert ask("unanswered", "2025-04-30") == []


def test_what_has_no_owner_or_no_date_is_unowned_unless_it_is_closed(ask):
    assert {*ask("unowned")} == {"unowned", "lacks-both"}


def test_a_forecast_is_unconfirmed_once_its_window_has_passed_in_silence(ask):
    assert ask("unconfirmed", "2025-06-10") == []
    assert ask("unconfirmed", "2025-06-11") == ["round-2"]


def test_a_deadline_is_a_gap_once_its_last_day_is_over_and_nobody_has_said_how_it_ended(ask):
    assert ask("passed", "2025-06-03") == []
    assert ask("passed", "2025-06-04") == ask("passed", "2025-06-30") == ["silent"]
    assert {*ask("passed", "2025-07-01")} == {"silent", "vague"}


def test_an_issue_is_quiet_after_so_many_months_unless_it_is_closed_or_was_never_spoken_of(ask):
    assert ask("quiet", "2025-10-31") == []
    assert ask("quiet", "2025-11-01") == ["tariffs"]
    assert ask("quiet", "2025-06-01", months=1) == ["tariffs"]
    assert ask("quiet", "2025-06-01", months=1200) == []


def test_a_source_without_text_is_named_from_its_publication_on(ask):
    assert {*ask("no-text")} == {"ours", "theirs", "agency", "relay"}
    assert ask("no-text", "2025-05-19") == []


def test_quotations_are_unverified_until_a_text_holds_them(ledger_with_quotes):
    views = ledger_with_quotes.views(Clocks(as_of="2025-06-15"))
    found = [(one.slug, one.says) for one in gaps(views, kind="unverified")]
    assert found == [("unread", "“met in Hanoi”, unseen")]
    assert gaps(ledger_with_quotes.views(Clocks(as_of="2025-05-01")), kind="unverified") == []


@pytest.fixture
def ledger_with_quotes(ledger_of_names):
    met = "  - meeting: {}\n    kind: call\n    held: 2025-05-02\n    quote: met in Hanoi\n"
    ledger_of_names.path.with_name("seen.txt").write_text("They met in Hanoi.")
    examples.file(ledger_of_names, met.format("read"), slug="seen", text="seen.txt")
    examples.file(ledger_of_names, met.format("unread"), slug="unseen")
    examples.file(ledger_of_names, met.format("withdrawn"), slug="hoax")
    ledger_of_names.retract("hoax", "A hoax.")
    return ledger_of_names


@pytest.fixture
def ledger_of_names(empty_ledger):
    empty_ledger.import_files([examples.write(empty_ledger, examples.WHO, "who.yaml")])
    return empty_ledger


def test_gaps_come_by_kind_in_the_order_of_the_page(ledger):
    views = ledger.views(Clocks(as_of="2026-07-01"))
    found = [*dict.fromkeys(one.kind for one in gaps(views))]
    assert found == [kind for kind in KINDS if kind not in ("unordered", "unverified")]
    assert gaps(views) == [one for kind in KINDS for one in gaps(views, kind=kind)]


def test_a_kind_that_is_none_is_refused_with_the_nearest(ledger):
    with pytest.raises(UnknownWord, match="Did you mean quiet"):
        gaps(ledger.views(), kind="quite")


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2025-08-31", 6, "2025-02-28"),
        ("2024-08-31", 6, "2024-02-29"),
        ("2025-01-15", 1, "2024-12-15"),
        ("2025-12-31", 12, "2024-12-31"),
        ("0001-01-01", 6, "0001-01-01"),
    ],
)
def test_months_are_counted_back_on_the_calendar(day, months, then):
    assert months_before(day, months) == then


def test_figures_are_named_that_neither_a_quote_nor_the_text_gives_in_these_words(ledger_of_names):
    ledger = ledger_of_names
    ledger.import_files([examples.write(ledger, MEASURES, "measures.yaml")])
    ledger.path.with_name("said.txt").write_text(
        "Ten of the 20 chapters are closed, so it is. The tariff is 46 percent."
    )
    counted = [("right", "Ten of the 20 chapters"), ("wrong", "9 of 20 chapters")]
    entries = [statement(f"{{chapters-closed: {words}}}", slug) for slug, words in counted]
    filed = examples.file(ledger, "".join(entries), slug="paper", text="said.txt")
    assert filed.unfound == [("wrong", "9 of 20 chapters")]
    assert examples.file(ledger, statement("{chapters-closed: 8}", "other"), slug="leaflet").unfound == []
    noted = {"by": "us", "act": "stated", "says": "So.", "figures": "chapters-closed = 7"}
    assert ledger.append("statement", "noted", noted, note="It was said.").unfound == []
    found = [(one.slug, one.says) for one in gaps(ledger.views(), kind="unverified") if "figure" in one.says]
    assert found == [("wrong", "the figure “9 of 20 chapters”, paper")]
