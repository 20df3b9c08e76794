"""The changes between two moments, in sentences."""

import pytest

from ledger import Clocks, Ledger
from ledger.dates import When
from ledger.queries.diff import diff
from ledger.views.parties import memberships
from tests.examples import file

ASKED = (
    "  - {statement: asked, by: us, to: vn, act: asked, issues: export-controls, says: Lift them., on: 2025-05-01}\n"
)
AGAIN = ASKED.replace("statement: asked", "statement: again").replace("05-01", "05-10")
REFUSED = (
    "  - {statement: refused, by: vn, to: us, act: refused, issues: export-controls, says: Not now., on: 2025-05-12}\n"
)
SOON = "  - {announcement: round-3, kind: round, number: 3, expected: early June, on: 2025-05-12}\n"
LATER = SOON.replace("early June", "late June").replace("05-12", "05-20")
TASK = "  - {follow-up: list, says: Send the list., owners: us, due: 2025-05-15, on: 2025-05-02}\n"
DONE = "  - {closed: list, outcome: done, on: 2025-05-18, by: vn}\n"


def changed(ledger: Ledger, one: Clocks | str, other: Clocks | str) -> list[str]:
    """The sentences of the differences between two moments; a day is one of the occurred clock."""
    first, second = (ledger.views(Clocks(as_of=one) if isinstance(one, str) else one) for one in (one, other))
    return [one.says for one in diff(first, second)]


def test_a_new_ask_is_told_with_who_asked_whom_and_the_issue_that_moved(ledger):
    file(ledger, ASKED)
    assert changed(ledger, "2025-04-30", "2025-05-01") == [
        "United States asked Viet Nam on 1 May 2025: Export controls on advanced technology: Lift them",
        "Export controls on advanced technology: named → open, raised by United States",
    ]


def test_a_promise_is_told_once_with_whom_it_was_made_to(ledger):
    promise = ASKED.replace("asked", "promised").replace("issues: export-controls, ", "")
    file(ledger, promise)
    file(ledger, promise.replace(", on: 2025-05-01", ""), slug="other", published="2025-05-20")
    assert changed(ledger, "2025-04-30", "2025-05-01") == ["United States promised Viet Nam on 1 May 2025: Lift them."]
    assert changed(ledger, "2025-05-01", "2025-06-01") == []


def test_a_post_that_changed_hands_is_told_with_the_day(ledger):
    told = (
        "  - {appointment: jamieson-greer, post: Minister, party: us, from: 2025-05-03, quote: a}\n"
        "  - {left-post: jamieson-greer, post: Minister, on: 2025-05-20, quote: a}\n"
    )
    file(ledger, told)
    assert changed(ledger, "2025-05-01", "2025-05-04") == ["Jamieson Greer (us): Minister since 3 May 2025"]
    assert changed(ledger, "2025-05-04", "2025-05-21") == ["Jamieson Greer (us): no longer Minister, on 20 May 2025"]


def test_an_ask_made_again_is_told_with_how_often(ledger):
    file(ledger, ASKED + AGAIN.replace("}", ", reaffirms: asked}"))
    [told] = changed(ledger, "2025-05-01", "2025-05-10")
    asked = "United States asked Viet Nam on 10 May 2025: Export controls on advanced technology: Lift them"
    assert told == f"{asked} (the last of 2 times on record)"


def test_an_answer_is_told_with_its_act_and_by_whom(ledger):
    file(ledger, ASKED + REFUSED)
    assert changed(ledger, "2025-05-01", "2025-05-12") == [
        "Viet Nam answered United States on 12 May 2025 (refused): Export controls on advanced technology",
        "Export controls on advanced technology: open → answered by Viet Nam (refused)",
    ]


def test_what_both_sides_call_settled_is_no_answer_of_a_party_to_itself(ledger):
    both = REFUSED.replace("act: refused", "act: settled").replace("by: vn", "by: [vn, us]").replace("to: us, ", "")
    file(ledger, ASKED + both)
    told = changed(ledger, "2025-05-01", "2025-05-12")
    assert told[0].startswith("Viet Nam and United States said it was settled on 12 May 2025: Export controls")
    assert not any("answered" in line for line in told)


def test_a_forecast_that_slipped_is_told_with_both_dates(ledger):
    file(ledger, SOON + LATER)
    [told] = changed(ledger, "2025-05-12", "2025-05-20")
    assert told == (
        'Round 3 slipped: "early June" (between 1 and 10 June 2025) → "late June" (between 21 and 30 June 2025)'
    )


def test_a_window_that_passed_in_silence_is_told(ledger):
    file(ledger, SOON)
    [told] = changed(ledger, "2025-06-01", "2025-06-11")
    assert told.endswith("with no report by 11 June 2025 that it was held")


def test_a_follow_up_is_told_when_agreed_when_past_due_and_when_done(ledger):
    file(ledger, TASK + DONE)
    assert changed(ledger, "2025-05-01", "2025-05-02") == [
        "Agreed on 2 May 2025: Send the list – United States, due 15 May 2025"
    ]
    assert changed(ledger, "2025-05-15", "2025-05-16") == [
        "Now past due, with no report by 16 May 2025 that it was done: Send the list – due 15 May 2025"
    ]
    assert changed(ledger, "2025-05-16", "2025-05-18") == ["Done late: Send the list, according to Viet Nam alone"]


def test_a_correction_is_told_with_what_it_changed_and_only_between_recordings(ledger):
    before = file(ledger, SOON).recorded[-1].position
    ledger.correct("round-3", {"expected": "mid-June"}, "A slip.")
    then, now = Clocks("2025-06-01", None, before), Clocks("2025-06-01")
    slip, corrected = changed(ledger, then, now)
    assert slip.startswith('Round 3 slipped: "early June"')
    assert corrected.startswith("Corrected: expected was")
    assert changed(ledger, "2025-05-31", "2025-06-01") == []


@pytest.mark.parametrize("first", [SOON.replace("early June", "unknown"), SOON.replace("early June", "June")])
def test_of_several_changes_of_a_date_the_last_is_told_with_its_reason(ledger, first):
    moved = LATER.replace("expected: late June", "expected: early July, instead-of: 9 June, reason: The hall is taken")
    file(ledger, first + moved)
    [told] = changed(ledger, "2025-05-12", "2025-05-20")
    assert told.startswith('Round 3 slipped: 9 June 2025 → "early July"')
    assert told.endswith("(The hall is taken)")


def test_of_several_dates_of_a_deadline_the_last_two_are_told(ledger):
    due = "  - {deadline: reply, says: Reply., owners: us, due: 2025-06-01, on: 2025-05-02}\n"
    later = due.replace("due: 2025-06-01, on: 2025-05-02", "due: 2025-06-20, instead-of: 2025-06-10, on: 2025-05-09")
    file(ledger, due + later)
    assert changed(ledger, "2025-05-02", "2025-05-09") == ["Deadline slipped: Reply, 10 June 2025 → 20 June 2025"]


def test_a_meeting_overtaken_by_a_later_one_is_told_with_which(ledger):
    held = "  - {meeting: round-4, kind: round, number: 4, held: 2025-06-05}\n"
    file(ledger, SOON + held)
    assert (
        'Round 3, expected "early June" (between 1 and 10 June 2025): superseded by round 4 (5 June 2025)'
        in changed(ledger, "2025-06-04", "2025-06-05")
    )


def test_a_request_that_was_withdrawn_is_told(ledger):
    withdrew = "statement: w, by: us, act: withdrew"
    file(ledger, ASKED + REFUSED.replace("statement: refused, by: vn, to: us, act: refused", withdrew))
    told = changed(ledger, "2025-05-01", "2025-05-12")
    assert told[0] == "United States withdrew its request on 12 May 2025: Export controls on advanced technology"


def test_a_contest_is_told_when_it_arises_and_when_it_ends(ledger):
    met = "  - {meeting: round-2, kind: round, number: 2, held: 2025-05-01, place: PLACE}\n"
    before = file(ledger, met.replace("PLACE", "Hanoi")).recorded[-1].position
    after = file(ledger, met.replace("PLACE", "Hue"), slug="other").recorded[-1].position
    ledger.correct("round-2", {"place": "Hanoi"}, "Checked.", everywhere=True)
    then, between, now = (Clocks("2025-06-01", None, position) for position in (before, after, None))
    assert changed(ledger, then, between) == ["Contested: meeting place, Hue in other; Hanoi in vna"]
    assert changed(ledger, between, now)[0] == "No longer contested: meeting place"


def test_every_field_is_compared_also_where_there_is_no_sentence(ledger):
    file(ledger, ASKED)
    found = diff(ledger.views(Clocks("2025-04-30")), ledger.views(Clocks("2025-05-01")), every_field=True)
    [statement] = [one for one in found if one.kind == "statement"]
    assert (statement.says, statement.before, statement.after["says"]) == ("", None, "Lift them.")


def test_nothing_is_told_of_a_day_on_which_nothing_changed(ledger):
    file(ledger, ASKED)
    assert changed(ledger, "2025-05-02", "2025-05-09") == []


@pytest.mark.parametrize(("issue", "source"), [("export-controls", "vna")])
def test_each_difference_names_its_entry_and_its_source(ledger, issue, source):
    file(ledger, ASKED)
    found = diff(ledger.views(Clocks("2025-04-30")), ledger.views(Clocks("2025-05-01")))
    told = {(one.kind, one.slug, one.part, one.source) for one in found}
    assert told == {("ask", issue, "us: asked", source), ("issue", issue, "", source)}


def test_what_has_no_date_is_not_placed_on_the_day_on_which_it_was_reported(ledger):
    undated = ASKED.replace(", on: 2025-05-01", "")
    assert undated != ASKED
    file(ledger, undated, published="2025-05-20")
    told = changed(ledger, "2025-05-19", "2025-05-20")
    assert told[0].startswith("United States asked") or told[0].startswith("Viet Nam asked")
    assert "on or before 20 May 2025" in told[0]
    assert not any("on 20 May" in one for one in told)


ROLES = """  - {role: vn, as: member, of: eu, from: 2025-05-01, until: 2025-05-31, quote: joined}
  - {role: eu, as: observer, from: 2025-05-10, quote: observes}
"""


def test_a_role_is_told_when_it_begins_changes_and_ends(ledger):
    file(ledger, ROLES)
    assert changed(ledger, "2025-04-30", "2025-05-10") == [
        "European Union: observer to the negotiation since 10 May 2025",
        "Viet Nam: member of European Union since 1 May 2025 until 31 May 2025",
    ]
    assert changed(ledger, "2025-05-10", "2025-06-01") == ["Viet Nam: no longer member of European Union"]
    file(ledger, "  - {role: eu, as: observer, until: 2025-06-10, quote: left}\n", slug="ustr", published="2025-06-03")
    assert changed(ledger, "2025-06-02", "2025-06-10") == [
        "European Union: observer to the negotiation since 10 May 2025 until 10 June 2025"
    ]
    assert changed(ledger, "2025-06-10", "2025-06-11") == ["European Union: no longer observer to the negotiation"]


def test_a_role_whose_beginning_nobody_reports_is_no_change(ledger):
    """A report that says "the UK, a member of the bloc" tells of no change: the UK was one the day before, too."""
    file(ledger, "  - {party: eu, name: European Union}\n" + ASKED.replace("by: us", "by: eu"), slug="first")
    roles = "  - {role: us, as: member, of: eu}\n  - {role: vn, as: observer, until: 2025-05-20}\n"
    file(ledger, roles, slug="second", published="2025-05-15")
    assert [one.party for one in memberships(ledger.views(Clocks(as_of="2025-05-14")))] == ["us", "vn"]
    assert changed(ledger, "2025-05-14", "2025-05-15") == []
    assert changed(ledger, "2025-05-20", "2025-05-21") == ["Viet Nam: no longer observer to the negotiation"]


def test_an_issue_that_moved_is_told_with_the_source_of_those_who_moved_it(ledger):
    file(ledger, ASKED, slug="first")
    file(ledger, AGAIN.replace("act: asked", "act: stated").replace("by: us, to: vn", "by: vn, to: us"), slug="second")
    before, after = (ledger.views(Clocks(as_of=day)) for day in ("2025-04-30", "2025-05-12"))
    moved = "Export controls on advanced technology: named → open, raised by United States"
    assert [(one.says, one.source) for one in diff(before, after, ["issue"])] == [(moved, "first")]


def test_words_without_a_named_speaker_promise_nothing(ledger):
    file(ledger, "  - {statement: heard, by: unattributed, act: promised, issues: export-controls, says: Cut.}\n")
    assert "heard" in [one.slug for one in ledger.views(Clocks(as_of="2025-05-22")).statements()]
    assert [one for one in changed(ledger, "2025-05-21", "2025-05-22") if "promised" in one] == []


def test_a_deadline_that_was_extended_to_by_a_day_is_later(ledger):
    set_to = "  - {{deadline: answer, says: Answer., due: '{}', on: {}}}\n"
    file(ledger, set_to.format("2025-06-01", "2025-05-02") + set_to.format("by 1 July", "2025-05-10"))
    assert changed(ledger, "2025-05-09", "2025-05-10") == ["Deadline slipped: Answer, 1 June 2025 → by 1 July 2025"]


def test_an_issue_that_was_deferred_is_not_told_to_be_deferred_twice(ledger):
    file(ledger, ASKED + REFUSED.replace("refused", "deferred"))
    [told] = [line for line in changed(ledger, "2025-05-01", "2025-05-12") if "→" in line]
    assert told == "Export controls on advanced technology: open → deferred by Viet Nam"


def test_the_end_of_a_part_is_told_once(ledger):
    part = DONE.replace("by: vn", "owners: us")
    file(ledger, TASK.replace("owners: us", "owners: [us, vn]") + part)
    [told] = changed(ledger, "2025-05-17", "2025-05-18")
    assert told == "Done for United States, not reported of Viet Nam: Send the list"


def test_what_happened_before_the_first_day_and_was_reported_later_is_told_as_such(ledger):
    file(ledger, ASKED + SOON, slug="early", published="2025-05-13")
    late = LATER + TASK + REFUSED + "  - {meeting: talk, kind: call, held: 2025-05-03, parties: [us, vn], quote: a}\n"
    file(ledger, late, slug="late", published="2025-06-20")
    first, second = (Clocks(day, day) for day in ("2025-05-25", "2025-06-25"))
    assert changed(ledger, first, second) == [
        "Viet Nam answered United States on 12 May 2025 (refused): Export controls on advanced technology",
        "Export controls on advanced technology: open → answered by Viet Nam (refused)"
        " (on 12 May 2025, not reported by 25 May 2025)",
        "Agreed on 2 May 2025: Send the list – United States, due 15 May 2025, past due (not reported by 25 May 2025)",
        'Round 3 slipped: "early June" (between 1 and 10 June 2025) → "late June" (between 21 and 30 June 2025)'
        " (on 20 May 2025, not reported by 25 May 2025)",
        "Call of United States and Viet Nam held, 3 May 2025 (not reported by 25 May 2025)",
    ]
    assert all("reported" not in one for one in changed(ledger, "2025-05-25", "2025-06-25"))


def test_of_what_has_no_day_it_is_told_that_it_may_have_happened_before(ledger):
    file(ledger, ASKED.replace(", on: 2025-05-01", ""), slug="undated", published="2025-05-20")
    [moved] = [one for one in changed(ledger, "2025-05-10", "2025-05-22") if "→" in one]
    assert moved.endswith("open, raised by United States (perhaps by 10 May 2025 already)")
    [moved] = [
        one
        for one in changed(ledger, Clocks("2025-05-10", "2025-05-10"), Clocks("2025-05-22", "2025-05-22"))
        if "→" in one
    ]
    assert moved.endswith("open, raised by United States (not reported by 10 May 2025)")


def test_by_the_reported_clock_silence_is_that_of_what_was_published_by_then(ledger):
    held = "  - {meeting: round-3, kind: round, number: 3, held: 2025-06-09, parties: [us, vn], quote: a}\n"
    file(ledger, SOON, slug="early", published="2025-05-13")
    file(ledger, held, slug="late", published="2025-06-20")
    first, second, last = (Clocks(day, day) for day in ("2025-05-25", "2025-06-15", "2025-06-21"))
    [told] = changed(ledger, first, second)
    assert told.endswith("with no report by 15 June 2025 that it was held")
    [told] = changed(ledger, second, last)
    assert told == "Round 3 held, 9 June 2025 (not reported by 15 June 2025)"


SILENT = SOON.replace("expected: early June, on: 2025-05-12", "by: us, on: DAY")
BEFORE = 'before, expected "early June" (between 1 and 10 June 2025)'


@pytest.mark.parametrize("day", ["2025-05-20", "2025-06-15"])
def test_a_report_without_a_date_is_told_as_such_and_moves_nothing(ledger, day):
    file(ledger, SOON)
    file(ledger, SILENT.replace("DAY", day), slug="weekly", published="2025-06-16")
    told = changed(ledger, "2025-05-12", day)
    again = f"reported again {When(day).clause()} by United States, in weekly, without a date"
    assert told == [f"Round 3 {again}; {BEFORE}"]
    other = changed(ledger, "2025-05-12", Clocks("2025-06-20", reported_by="2025-06-16"))
    assert not any("restated" in one for one in (*told, *other))


def test_a_report_with_the_same_date_is_told_as_one_more(ledger):
    file(ledger, SOON)
    file(ledger, SOON.replace("05-12", "05-20"), slug="weekly", published="2025-05-21")
    [told] = changed(ledger, "2025-05-12", "2025-05-20")
    assert told.startswith('Round 3 reported again on 20 May 2025, in weekly, expected "early June"')
    assert told.endswith(" as before")


def test_a_date_that_was_given_up_is_no_longer_the_date(ledger):
    file(ledger, SOON)
    given_up = SILENT.replace("DAY", "2025-05-20").replace("by: us", "by: us, instead-of: early June")
    file(ledger, given_up, slug="weekly", published="2025-05-21")
    [told] = changed(ledger, "2025-05-12", "2025-05-20")
    assert told.endswith("→ no date")


def test_a_deadline_that_is_reported_again_without_its_date_has_not_moved(ledger):
    due = "  - {deadline: reply, says: Reply., owners: us, due: 2025-06-01, on: 2025-05-02}\n"
    file(ledger, due)
    file(ledger, due.replace("due: 2025-06-01, on: 2025-05-02", "due: unknown, on: 2025-06-09, by: vn"), slug="later")
    told = changed(ledger, "2025-05-02", "2025-06-10")
    again = "reported again on 9 June 2025 by Viet Nam, in later, without a date"
    assert told == [f"Deadline {again}; before, due 1 June 2025: Reply"]


def test_a_follow_up_that_is_agreed_again_without_its_date_has_not_moved(ledger):
    file(ledger, TASK)
    file(ledger, TASK.replace("due: 2025-05-15, on: 2025-05-02", "on: 2025-05-10"), slug="later")
    assert changed(ledger, "2025-05-02", "2025-05-10") == ["Agreed again on 10 May 2025: Send the list"]
