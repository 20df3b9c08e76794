"""A history shows each state with its causes, and distinguishes the day of the event from the day of recording."""

import pytest

from ledger import Clocks, Ledger
from ledger.domain.errors import UnknownSlug
from ledger.queries.history import history
from ledger.views.errors import NotKnownYet
from tests.examples import columns, file

ANNOUNCED = """\
  - announcement: round-3
    kind: round
    expected: {}
    on: {}
    by: us
    quote: a
"""


@pytest.fixture
def told(ledger: Ledger):
    """The history of an entry as of a day."""

    def of(slug, day="2025-07-30", **clocks):
        views = ledger.views(Clocks(as_of=day, **clocks))
        try:
            return history(views, slug)
        finally:
            views.close()

    return of


@pytest.fixture
def slipping(ledger, set_clock):
    """Round 3 expected on 10 July, then on 20 July, then earlier again; entered on several days."""
    file(ledger, ANNOUNCED.format("2025-07-10", "2025-06-15"), slug="mid-june", published="2025-06-15")
    set_clock("2025-06-28T12:00:00+00:00")
    file(ledger, ANNOUNCED.format("2025-07-20", "2025-06-16"), slug="later", published="2025-06-16")
    set_clock("2025-06-30T12:00:00+00:00")
    file(ledger, ANNOUNCED.format("2025-07-18", "2025-06-29"), slug="sooner", published="2025-06-29")


def test_a_forecast_tells_how_far_it_slipped_and_how_late_it_was_entered(slipping, told):
    slips = told("round-3").slips
    assert [(one.move and one.move.days, one.cause.days_later) for one in slips] == [(None, 0), (10, 12), (-2, 1)]
    assert [one.forecast.expected.edtf for one in slips] == ["2025-07-10", "2025-07-20", "2025-07-18"]
    assert [one.cause.happened for one in slips] == ["2025-06-15", "2025-06-16", "2025-06-29"]


def test_expectations_voiced_after_the_day_or_recorded_after_it_are_not_told(slipping, told):
    assert len(told("round-3", "2025-06-20").slips) == 2
    assert len(told("round-3", recorded_by="2025-06-20").slips) == 1


def test_each_state_tells_what_was_new_and_which_report_caused_it(slipping, told):
    first, second, _ = told("round-3").states
    assert (first.valid_from, first.valid_to, first.changed) == ("2025-06-15", "2025-06-16", ("status: expected",))
    assert second.changed == ("expected: 10 July 2025 → 20 July 2025",)
    assert columns(second.causes, "source", "days_later") == [("later", 12)]


def said(slug, act, by, on):
    return (
        f"  - statement: {slug}\n    by: {by}\n    act: {act}\n    issues: [export-controls]\n    on: {on}\n"
        f"    says: {slug}.\n    quote: a\n"
    )


def test_the_reports_behind_a_state_do_not_depend_on_the_order_of_filing(ledger, told):
    for slug in ("b-daily", "a-daily"):
        file(ledger, said(f"{slug}-asks", "asked", "us", "2025-05-02"), slug=slug, published="2025-05-03")
    assert columns(told("export-controls").states[-1].causes, "source") == ["a-daily", "b-daily"]


def test_an_issue_is_told_as_its_conversation_and_the_states_that_it_led_to(ledger, told):
    more = said("first", "asked", "vn", "2025-05-01") + said("again", "asked", "vn", "2025-05-02")
    file(
        ledger, more + said("reply", "deferred", "us", "2025-05-05") + said("both", "stated", "[us, vn]", "2025-05-06")
    )
    found = told("export-controls")
    assert [(one.statement.slug, one.parties) for one in found.conversation] == [
        ("first", ("vn",)), ("again", ("vn",)), ("reply", ("us",)), ("both", ("us", "vn")),
    ]  # fmt: skip
    assert [one.changed for one in found.states][1:] == [
        ("status: named → open",),
        ("raised again (twice on record)",),
        ("status: open → deferred", "reply: deferred by United States"),
        ("mentioned again",),
    ]
    assert found.states[0].valid_from == ""
    assert [cause.days_later for cause in found.states[1].causes] == [45]
    assert len(told("export-controls", "2025-05-02").conversation) == 2


def test_a_correction_is_told_with_the_day_of_what_it_mends_and_its_own(ledger, told, set_clock):
    file(ledger, said("first", "asked", "vn", "2025-05-01"))
    set_clock("2025-07-01T12:00:00+00:00")
    ledger.correct("first", {"says": "Something else."}, "Misread.")
    (corrected,) = told("first").corrections
    assert (corrected.happened, corrected.recorded_at[:10]) == ("1 May 2025", "2025-07-01")
    assert corrected.sentence == "Corrected: says was first., is Something else. (Misread.)"
    with pytest.raises(NotKnownYet):
        told("first", "2025-04-30")
    assert told("first", recorded_by="2025-06-30").corrections == []


def test_a_correction_of_one_report_belongs_to_that_one_and_of_all_to_all(ledger, told):
    held = "  - meeting: round-2\n    kind: round\n    held: {}\n    quote: a\n"
    file(ledger, held.format("2025-05-21"), slug="a", published="2025-05-21")
    filed = file(ledger, held.format("2025-05-22"), slug="b", published="2025-05-22")
    ledger.correct("round-2", {"place": "Hanoi"}, "Left out.", position=filed.recorded[-1].position)
    ledger.correct("round-2", {"held": "2025-05-22"}, "Confirmed.", everywhere=True)
    one, every = told("round-2").corrections
    assert (one.happened, len(one.corrects)) == ("22 May 2025", 1)
    assert (every.happened, len(every.corrects)) == ("21 May 2025 or 22 May 2025", 2)


def test_what_was_retracted_still_tells_what_it_was_and_why_not(ledger, told):
    file(ledger, said("first", "asked", "vn", "2025-05-01"))
    ledger.retract("first", "Another meeting.")
    found = told("first")
    assert (found.entry.retracted, found.states) == ("Another meeting.", [])
    assert found.corrections[0].sentence == "Retracted (entry error): Another meeting."


def test_names_have_no_day_of_their_own(told):
    (state,) = told("nguyen-hong-dien").states
    assert (state.valid_from, state.valid_to, state.changed) == ("", "", ("recorded",))
    assert state.causes[0].days_later is None
    assert told("vn-us-trade").states == []


def test_an_unknown_entry_is_refused(told):
    with pytest.raises(UnknownSlug):
        told("round-9")


ROLES = """  - {role: vn, as: member, of: eu, from: 2025-05-01, until: 2025-05-31, quote: joined}
  - {role: eu, as: chair, from: 2025-05-10, quote: chairs}
"""


def test_a_party_is_told_with_its_roles_and_its_members(ledger, told):
    file(ledger, ROLES)
    states = [(one.valid_from, one.valid_to, one.changed) for one in told("vn").states[1:]]
    assert states == [
        ("2025-05-01", "2025-06-01", ("member of European Union since 1 May 2025 until 31 May 2025",)),
        ("2025-06-01", "", ("no longer member of European Union",)),
    ]
    assert [(cause.source, cause.happened) for cause in told("vn").states[1].causes] == [("vna", "2025-05-01")]
    assert [one.changed[0] for one in told("eu").states[1:]] == [
        "member Viet Nam since 1 May 2025 until 31 May 2025",
        "chair of the negotiation since 10 May 2025",
        "no longer member Viet Nam",
    ]
    assert [one.valid_to for one in told("vn", "2025-05-31").states[1:]] == [""]
    assert len(told("eu", "2025-05-09").states) == 2
