"""Everything about one entry: its state on the day, its events, and the related statements and follow-ups."""

import pytest

from ledger import Clocks, Ledger
from ledger.domain.errors import UnknownSlug
from ledger.queries.entry import show
from ledger.views.errors import NotKnownYet
from tests.examples import columns, file

REPORTED = """\
  - meeting: round-2
    kind: round
    number: 2
    held: 2025-05-22
    quote: they met
  - statement: asked
    by: us/jamieson-greer
    to: vn
    act: asked
    issues: [export-controls]
    at: round-2
    on: 2025-05-22
    says: Lift them.
    quote: lift them
  - follow-up: send-list
    says: Send the list.
    owners: vn
    issues: [export-controls]
    at: round-2
    on: 2025-05-22
    due: 2025-06-01
    quote: a list
"""


@pytest.fixture
def shown(ledger: Ledger):
    file(ledger, REPORTED, slug="paper", published="2025-05-23")

    def of(slug, day="2025-06-15"):
        views = ledger.views(Clocks(as_of=day))
        try:
            return show(views, slug)
        finally:
            views.close()

    return of


@pytest.mark.parametrize(
    ("slug", "kind", "status"),
    [
        ("round-2", "meeting", "held"),
        ("send-list", "follow-up", "past due"),
        ("export-controls", "issue", "open"),
        ("vn", "party", ""),
    ],
)
def test_an_entry_is_shown_with_its_status_on_the_day(shown, slug, kind, status):
    found = shown(slug)
    assert (found.entry.kind, found.status) == (kind, status)


@pytest.mark.parametrize("slug", ["export-controls", "round-2", "us", "jamieson-greer", "paper"])
def test_what_was_said_on_at_by_or_in_an_entry_is_shown_with_it(shown, slug):
    assert columns(shown(slug).statements, "slug") == ["asked"]


@pytest.mark.parametrize("slug", ["export-controls", "round-2", "vn", "paper"])
def test_what_was_agreed_on_at_for_or_in_an_entry_is_shown_with_it(shown, slug):
    assert [one.follow_up.slug for one in shown(slug).follow_ups] == ["send-list"]


def test_an_entry_that_nothing_concerns_has_neither(shown):
    found = shown("rules-of-origin")
    assert (found.statements, found.follow_ups, found.asks) == ([], [], [])
    assert shown("us").follow_ups == []


def test_the_asks_on_an_issue_are_shown_answered_or_not(shown):
    assert [(one.ask.asker, one.days_waiting) for one in shown("export-controls").asks] == [("us", 24)]
    assert shown("round-2").asks == []


def test_each_event_comes_with_its_evidence_and_its_sources(shown):
    found = shown("round-2")
    assert [(one.event, one.source) for one in found.events] == [("MeetingReported", "paper")]
    assert [(one.words, one.verified) for one in found.evidence] == [("they met", False)]
    assert columns(found.sources, "slug") == ["paper"]


def test_before_an_entry_is_known_it_is_refused(shown):
    with pytest.raises(NotKnownYet, match="round-2 is known only from 22 May 2025"):
        shown("round-2", "2025-05-21")
    assert shown("round-2").weight.sources == 1


def test_the_weight_counts_copies_once_and_a_source_names_its_copies(ledger, shown):
    file(ledger, REPORTED, slug="reprint", published="2025-05-24", **{"derived-from": "paper"})
    found = shown("round-2")
    assert (found.weight.independent, found.weight.sources) == (1, 2)
    assert shown("paper").copies == ("reprint",)


def test_two_sources_that_credit_one_agency_are_one_witness_and_name_each_other(ledger, shown):
    for slug in ("daily", "post"):
        file(ledger, REPORTED, slug=slug, published="2025-05-24", credits="VNA")
    assert (shown("round-2").weight.independent, shown("round-2").weight.sources) == (2, 3)
    assert shown("daily").copies == ("post",)
    assert shown("daily").state.credits == ("VNA",)


def test_an_entry_that_was_retracted_says_why_and_has_no_state(ledger, shown):
    ledger.retract("asked", "Another meeting.")
    found = shown("asked")
    assert (found.entry.retracted, found.state) == ("Another meeting.", None)
    assert columns(found.events, "event") == ["StatementReported", "EntryRetracted"]


def test_an_unknown_entry_is_refused_with_the_nearest(shown):
    with pytest.raises(UnknownSlug, match="round-2"):
        shown("round-3")


def test_a_source_that_reports_only_the_closing_does_not_carry_the_agreement(ledger, shown):
    file(
        ledger,
        "  - closed: send-list\n    outcome: done\n    on: 2025-05-30\n    quote: sent the list\n",
        slug="other",
        published="2025-06-02",
    )
    assert (shown("send-list").weight.independent, shown("send-list").ending.independent) == (1, 1)
    assert (shown("send-list", "2025-05-29").ending.independent) == 0


def test_a_request_that_reaffirms_an_earlier_one_is_not_told_that_it_was_asked_again(ledger, shown):
    again = (
        REPORTED.split("  - statement: asked\n")[1]
        .split("  - follow-up", maxsplit=1)[0]
        .replace("2025-05-22", "2025-06-02")
    )
    statement = "  - statement: asked-again\n    reaffirms: asked\n" + again.replace("    at: round-2\n", "")
    file(ledger, statement, slug="later", published="2025-06-03")
    [link] = shown("asked-again").links
    assert (link.told, link.in_words) == ("reaffirms asked", "reaffirms asked")
    [other] = shown("asked").links
    assert other.in_words == "reaffirmed in asked-again on 2 June 2025 (open)"


def test_a_meeting_that_was_held_has_no_end_though_it_was_once_postponed(ledger, shown):
    text = """\
  - {announcement: round-9, kind: round, number: 9, expected: 2025-06-03, on: 2025-05-22, quote: on 3 June}
  - {called-off: round-9, as: postponed, on: 2025-06-01, quote: was put off}
"""
    file(ledger, text, slug="before")
    assert (shown("round-9", "2025-06-02").ending.independent, shown("round-9", "2025-05-30").ending.independent) == (
        1,
        0,
    )
    held = "  - {meeting: round-9, kind: round, number: 9, held: 2025-06-10, quote: they met}\n"
    file(ledger, held, slug="after", published="2025-06-11")
    now = shown("round-9", "2025-06-30")
    assert (now.status, now.weight.independent, now.ending.independent) == ("held", 1, 0)
