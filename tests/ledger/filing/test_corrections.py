"""Corrections hide nothing: the earlier values, and how long they were believed, can still be asked for."""

import pytest

from ledger import Clocks, Ledger
from ledger.base.errors import UnknownWord
from ledger.domain.errors import (
    AlreadyRetracted,
    ClosedBeforeAgreed,
    EntryWasRetracted,
    HeldBeforeAnnounced,
    MissingField,
    NotRetracted,
    UnknownEntry,
    UnknownSlug,
)
from ledger.domain.events import Change
from ledger.errors import ProblemsFound, Refusal
from ledger.filing.errors import (
    CannotCorrect,
    NoSuchReport,
    NothingToCorrect,
    SeveralMatters,
    SeveralReports,
    UnsafeText,
)
from tests.examples import columns, file, head

ROUND_2 = """\
  - meeting: round-2
    kind: round
    held: 2025-05-22
    place: Washington
    quote: a
"""
TEAMS = """\
  - follow-up: teams
    says: Instruct the teams.
    on: 2025-05-22
    quote: a
  - closed: teams
    outcome: done
    on: 2025-06-10
    quote: b
"""


@pytest.fixture
def ledger(ledger: Ledger) -> Ledger:
    """A ledger with one report of round 2."""
    file(ledger, ROUND_2)
    return ledger


@pytest.fixture
def contested(ledger: Ledger) -> Ledger:
    """A ledger with two reports of round 2 that disagree on the day."""
    file(ledger, ROUND_2.replace("05-22", "05-21"), slug="ustr", published="2025-05-23")
    return ledger


def held(ledger: Ledger, clocks: Clocks = Clocks()) -> str:  # noqa: B008 (immutable)
    return ledger.views(clocks).meetings()[0].meeting.held.edtf


def refused(refusal: type[Refusal], ledger: Ledger, *given, **more) -> str:
    """The refusal of a correction, after which nothing was written."""
    before = head(ledger)
    with pytest.raises(refusal) as raised:
        ledger.correct(*given, **more)
    assert head(ledger) == before
    return str(raised.value)


def positions(ledger: Ledger, slug: str = "round-2") -> list[int]:
    return columns(ledger.views().log(slug), "position")


def test_a_correction_says_what_was_believed_what_is_and_why(ledger):
    (recorded,) = ledger.correct("round-2", {"held": "2025-05-21"}, "the caption was right").recorded
    assert recorded.event.reason == "the caption was right"
    assert recorded.event.changes == {
        "held": Change({"edtf": "2025-05-22", "phrase": ""}, {"edtf": "2025-05-21", "phrase": ""})
    }
    assert held(ledger) == "2025-05-21"


def test_what_was_believed_before_the_correction_can_still_be_asked(ledger):
    before = head(ledger)
    ledger.correct("round-2", {"held": "2025-05-21", "place": "Geneva"}, "a slip")
    assert held(ledger, Clocks(recorded_by=before)) == "2025-05-22"
    assert held(ledger, Clocks(recorded_by=before + 1)) == held(ledger) == "2025-05-21"


def test_what_was_believed_on_the_day_before_the_correction_can_still_be_asked(ledger, set_clock):
    set_clock("2025-06-16T09:00:00+00:00")
    ledger.correct("round-2", {"held": "2025-05-21"}, "a slip")
    assert held(ledger, Clocks(recorded_by="2025-06-15")) == "2025-05-22"
    assert held(ledger, Clocks(recorded_by="2025-06-16")) == "2025-05-21"
    assert held(ledger, Clocks(recorded_by="2025-06-16T08:59:59Z")) == "2025-05-22"


def test_a_correction_changes_what_is_said_of_the_past(ledger):
    ledger.correct("round-2", {"held": "2025-05-20"}, "a slip")
    on_the_day = ledger.views(Clocks(as_of="2025-05-21")).meetings()
    assert [(one.status, one.meeting.held.edtf) for one in on_the_day] == [("held", "2025-05-20")]


def test_a_field_that_was_not_reported_can_be_added_and_one_that_was_emptied(ledger):
    ledger.correct("round-2", {"number": "2"}, "left out")
    ledger.correct("round-2", {"place": ""}, "not in the source")
    (meeting,) = ledger.views().meetings()
    assert (meeting.meeting.number, meeting.meeting.place) == (2, "")


def test_a_phrase_is_relative_to_the_day_that_the_corrected_report_was_made(ledger):
    ledger.correct("round-2", {"held": "last Friday"}, "a slip")
    assert held(ledger) == "2025-05-16"


def test_a_name_is_corrected_and_then_found_by_the_new_one(ledger):
    ledger.correct("eu", {"name": "European Communities"}, "as it was called")
    file(ledger, ROUND_2.replace("round-2", "r1") + "    parties: european communities\n", slug="wto")
    (meeting,) = [one.meeting for one in ledger.views().meetings() if one.meeting.slug == "r1"]
    assert meeting.parties == ("eu",)


def test_every_report_can_be_corrected_by_its_position_with_the_words_of_its_own_form(ledger):
    """Also one that gives no value so far, as a postponement without its day, and another form has the field too."""
    text = """\
  - announcement: round-3
    kind: round
    as: agreed
    on: 2025-05-22
    expected: early June
    quote: a
  - called-off: round-3
    quote: b
"""
    file(ledger, text)
    announced, off = [one.position for one in ledger.views().log("round-3")]
    ledger.correct("round-3", {"on": "[..2025-05-30]", "as": "postponed"}, "left out", position=off)
    told = {one.position: one for one in ledger.views(Clocks(as_of="2025-06-30")).timeline()}
    assert (told[off].on.edtf, told[announced].on.edtf) == ("[..2025-05-30]", "2025-05-22")
    assert told[off].sentence.endswith("postponed")
    assert f"no report of 'expected' at position {off}" in refused(
        NoSuchReport, ledger, "round-3", {"expected": "July"}, "x", position=off
    )


def test_several_reports_ask_which_one(contested):
    reports = positions(contested)
    said = refused(SeveralReports, contested, "round-2", {"held": "2025-05-20"}, "a slip")
    assert f"several reports of 'held' (positions {reports[0]}, {reports[1]})" in said
    assert "--position" in said
    said = refused(NoSuchReport, contested, "round-2", {"held": "2025-05-20"}, "a slip", position=1)
    assert f"no report of 'held' at position 1. Its reports of that field are at {reports[0]}, {reports[1]}." in said


def test_one_of_several_reports_is_corrected_alone(contested):
    contested.correct("round-2", {"held": "2025-05-22"}, "a slip", position=positions(contested)[1])
    assert contested.views().contested() == []
    assert held(contested) == "2025-05-22"


def test_a_contest_is_settled_for_all_reports_and_those_to_come(contested):
    contested.correct("round-2", {"held": "2025-05-22"}, "the text is right", everywhere=True)
    assert (held(contested), contested.views().contested()) == ("2025-05-22", [])
    file(contested, ROUND_2.replace("05-22", "05-20"), slug="wto", published="2025-06-01")
    assert held(contested) == "2025-05-22"
    (contest,) = contested.views().contested()
    assert contest.preferred == "22 May 2025"


REFUSED = [
    (NothingToCorrect, "round-2", {"held": "2025-05-22"}, "round-2 already has these values"),
    (CannotCorrect, "round-2", {"helt": "2025-05-22"}, "no field 'helt' that can be corrected. Did you mean held?"),
    (CannotCorrect, "round-2", {"quote": "a"}, "no field 'quote' that can be corrected"),
    (CannotCorrect, "round-2", {"says": "a"}, "no field 'says' that can be corrected"),
    (UnknownSlug, "roud-2", {"held": "2025-05-22"}, "There is no entry with the slug 'roud-2'. Did you mean round-2?"),
    (UnknownWord, "round-2", {"kind": "ronud"}, "Did you mean round?"),
    (UnknownEntry, "round-2", {"parties": "nz"}, "There is no party 'nz'."),
    (MissingField, "eu", {"name": " "}, "The party needs 'name': its name."),
]


@pytest.mark.parametrize(("refusal", "slug", "fields", "words"), REFUSED, ids=str)
def test_a_correction_that_makes_no_sense_is_refused(ledger, refusal, slug, fields, words):
    assert words in refused(refusal, ledger, slug, fields, "a slip")


@pytest.mark.parametrize("reason", ["pay \u202e001$", "\x1b[31m", "half \udc80"])
def test_a_reason_is_plain_text(ledger, reason):
    refused(UnsafeText, ledger, "round-2", {"place": "Geneva"}, reason)
    with pytest.raises(UnsafeText):
        ledger.retract("round-2", reason)


def test_a_correction_may_rest_on_a_source_that_is_of_record(ledger):
    refused(UnknownEntry, ledger, "round-2", {"place": "Geneva"}, "a slip", source="vnb")
    (recorded,) = ledger.correct("round-2", {"place": "Geneva"}, "a slip", source="vna").recorded
    assert recorded.event.source == "vna"


def test_a_correction_may_not_break_a_rule(ledger):
    file(ledger, "  - announcement: round-2\n    kind: round\n    on: 2025-05-01\n    quote: a\n" + TEAMS, slug="ustr")
    said = refused(HeldBeforeAnnounced, ledger, "round-2", {"held": "2025-04-30"}, "a slip")
    assert "round-2 cannot be announced after it was held. Held: 30 April 2025; announced: 1 May 2025" in said
    agreed, _ = positions(ledger, "teams")
    refused(ClosedBeforeAgreed, ledger, "teams", {"on": "2025-06-11"}, "a slip", position=agreed)


def test_a_day_of_different_matters_is_not_settled_as_one(ledger):
    file(ledger, TEAMS, slug="ustr")
    said = refused(SeveralMatters, ledger, "teams", {"on": "2025-05-23"}, "a slip", everywhere=True)
    assert "Choose one with --position" in said
    ledger.correct("teams", {"on": "2025-05-23"}, "a slip", position=positions(ledger, "teams")[0])
    (found,) = ledger.views().follow_ups(everything=True)
    assert (found.follow_up.agreed_on.edtf, found.follow_up.closed_on.edtf) == ("2025-05-23", "2025-06-10")


def test_one_day_that_several_reports_tell_is_settled_as_one(ledger):
    agreed = TEAMS.partition("  - closed")[0]
    file(ledger, agreed, slug="ustr")
    file(ledger, agreed.replace("05-22", "05-21"), slug="wto")
    ledger.correct("teams", {"on": "2025-05-21"}, "a slip", everywhere=True)
    assert ledger.views().contested("teams") == []


def test_a_rehearsed_correction_writes_nothing(ledger):
    before = head(ledger)
    (recorded,) = ledger.correct("round-2", {"place": "Geneva"}, "a slip", dry_run=True).recorded
    assert recorded.position == 0
    assert head(ledger) == before


def test_a_retracted_entry_is_gone_but_its_history_is_not(ledger):
    before = head(ledger)
    ledger.retract("round-2", "it was another meeting")
    views = ledger.views()
    assert views.meetings() == []
    assert views.entry("round-2").retracted == "it was another meeting"
    assert columns(views.log("round-2"), "event", "stands") == [("MeetingReported", False), ("EntryRetracted", False)]
    assert held(ledger, Clocks(recorded_by=before)) == "2025-05-22"


def test_nothing_is_added_to_a_retracted_entry(ledger):
    ledger.retract("round-2", "another meeting")
    assert "(another meeting)" in refused(EntryWasRetracted, ledger, "round-2", {"place": "Geneva"}, "a slip")
    with pytest.raises(AlreadyRetracted, match="already retracted"):
        ledger.retract("round-2", "again")
    assert "parley reinstate round-2" in refused(EntryWasRetracted, ledger, "round-2", {"place": "Geneva"}, "a slip")


def test_a_retraction_is_taken_back_and_both_stay_on_record(ledger):
    before = head(ledger)
    ledger.retract("round-2", "another meeting")
    retracted = head(ledger)
    ledger.reinstate("round-2", "it was this meeting")
    views = ledger.views()
    assert (held(ledger), views.entry("round-2").retracted) == ("2025-05-22", "")
    assert columns(views.log("round-2"), "event", "stands") == [
        ("MeetingReported", True),
        ("EntryRetracted", False),
        ("EntryReinstated", False),
    ]
    for position, there in ((before, True), (retracted, False), (retracted + 1, True)):
        assert bool(ledger.views(Clocks(recorded_by=position)).meetings()) == there
    ledger.retract("round-2", "another meeting after all")
    assert ledger.views().entry("round-2").retracted == "another meeting after all"


def test_a_reinstatement_counts_from_the_publication_of_its_source(ledger):
    ledger.retract("round-2", "denied", source="vna")
    file(ledger, "", slug="ustr", published="2025-06-10")
    ledger.reinstate("round-2", "confirmed", source="ustr")
    assert [bool(ledger.views(Clocks(reported_by=day)).meetings()) for day in ("2025-06-09", "2025-06-10")] == [
        False,
        True,
    ]


def test_only_what_is_retracted_is_reinstated(ledger):
    with pytest.raises(NotRetracted, match="round-2 is not retracted"):
        ledger.reinstate("round-2", "a slip")
    ledger.retract("round-2", "a slip")
    ledger.reinstate("round-2", "a slip", dry_run=True)
    ledger.reinstate("round-2", "a slip")
    with pytest.raises(NotRetracted):
        ledger.reinstate("round-2", "again")


def test_a_slug_is_not_lost_by_a_slip(ledger):
    ledger.retract("round-2", "another meeting")
    file(ledger, ROUND_2.replace("Washington", "Geneva"), slug="ustr")
    [found] = ledger.views().meetings()
    assert (found.meeting.place, found.meeting.sources) == ("Geneva", ("ustr",))
    ledger.reinstate("round-2", "both were right")
    assert {*ledger.views().meetings()[0].meeting.sources} == {"vna", "ustr"}


def test_the_same_source_may_be_filed_from_again_and_its_old_file_takes_nothing_back(ledger):
    ledger.retract("round-2", "misread")
    other = ROUND_2.replace("Washington", "Geneva")
    assert len(file(ledger, other).recorded) == 1
    assert file(ledger, ROUND_2).recorded == []
    assert file(ledger, other).recorded == []
    assert ledger.views().meetings()[0].meeting.place == "Geneva"


def test_what_was_retracted_is_not_typed_again_as_if_it_counted(ledger):
    fields = {"kind": "round", "number": "9", "held": "2025-05-01"}
    ledger.append("meeting", "round-9", fields, note="By phone.")
    ledger.retract("round-9", "never met")
    with pytest.raises(ProblemsFound, match="parley reinstate round-9"):
        ledger.append("meeting", "round-9", fields, note="By phone.")


def test_a_source_that_is_withdrawn_takes_its_reports_with_it(contested):
    contested.retract("ustr", "withdrawn", cause="withdrawn-by-source")
    assert (held(contested), contested.views().contested()) == ("2025-05-22", [])
    contested.retract("vna", "withdrawn too", cause="withdrawn-by-source")
    assert contested.views().meetings() == []


def test_a_retraction_is_an_entry_error_or_withdrawn_by_its_source(ledger):
    with pytest.raises(UnknownWord, match="Known: entry-error, withdrawn-by-source"):
        ledger.retract("round-2", "a slip", cause="whim")
    with pytest.raises(UnknownSlug, match="Did you mean round-2"):
        ledger.retract("round2", "a slip")
