"""The brief as a value."""

from ledger import Clocks, Ledger
from ledger.export.markdown import markdown
from ledger.queries.brief import ChangesSince, Run
from ledger.queries.brief.handover import handover
from ledger.queries.brief.one_page import on_one_page
from ledger.queries.brief.writer import brief
from ledger.queries.diff import diff
from tests.examples import file, write
from tests.ledger.filing.test_figures import MEASURES

ASKED = (
    "  - {statement: asked, by: us, to: vn, act: asked, issues: export-controls, says: Lift *them*.,"
    " on: 2025-05-01, quote: lift them}\n"
)
TASK = "  - {follow-up: list, says: Send the list., owners: us, due: 2025-05-10, on: 2025-05-02, quote: the list}\n"


def page(ledger, day="2025-05-15", **options):
    return brief(ledger.views(Clocks(as_of=day)), **options)


def test_its_words_carry_no_markup(ledger):
    file(ledger, ASKED + TASK)
    runs = [run for section in page(ledger).sections for line in section.lines for run in line.runs]
    assert Run("Lift *them*", filed=True) in runs
    assert Run("past due", "strong") in runs
    assert not any("\\" in run.words or "**" in run.words for run in runs)


def test_every_line_names_a_note_that_is_there(ledger):
    file(ledger, ASKED + TASK)
    found = page(ledger)
    numbers = [line.note for section in found.sections if section.title != "Issues" for line in section.lines]
    assert sorted(numbers) == list(range(1, len(found.notes) + 1))
    assert words(found) == [
        "Open, with the last word among the unanswered asks (1): Export controls on advanced technology."
    ]
    asked = next(section for section in found.sections if "asks" in section.title).lines[0]
    assert found.notes[asked.note - 1].quotes == ("lift them",)


def test_it_says_the_day_and_the_meeting_that_it_prepares(ledger):
    file(
        ledger,
        "  - {announcement: round-3, kind: round, number: 3, expected: early June, on: 2025-05-12, quote: in June}\n",
    )
    found = page(ledger)
    assert (found.as_of, found.meeting) == ("2025-05-15", (Run("round 3"),))
    assert found.sections[0].lines[0].runs[0].words.startswith("Round 3 is expected ")


def test_an_expectation_without_a_date_is_told_with_the_day_by_which_it_was_said(ledger):
    file(ledger, "  - {announcement: first, kind: meeting, number: 1, expected: unknown, by: us, quote: in June}\n")
    told = words(page(ledger, "2026-01-01"), "What comes next")[-1]
    assert "is expected, as United States said on or before " in told
    assert told.endswith("; no date is given.")


def words(found, title="Issues"):
    return [
        "".join(run.words for run in line.runs)
        for section in found.sections
        if section.title == title
        for line in section.lines
    ]


def test_what_both_sides_call_unresolved_and_what_came_since_a_narrowing_is_told_of_the_issue(ledger):
    file(
        ledger,
        "  - {statement: kept, by: [us, vn], act: unresolved, issues: export-controls, says: It is open.,"
        " on: 2025-05-01, quote: it is open}\n"
        "  - {statement: closer, by: [us, vn], act: narrowed, issues: rules-of-origin, says: Closer., on: 2025-05-01,"
        " quote: closer}\n"
        "  - {statement: idea, by: vn, to: us, act: proposed, issues: rules-of-origin, says: Cumulate., on: 2025-05-02,"
        " quote: cumulate}\n",
    )
    assert words(page(ledger)) == [
        "Export controls on advanced technology: unresolved, according to United States and Viet Nam.",
        "Rules of origin: narrowed, according to United States and Viet Nam; new proposal since.",
    ]
    assert [one.slug for one in ledger.views(Clocks(as_of="2025-05-15")).state().unresolved] == ["export-controls"]


def test_an_ask_of_several_says_who_answered_and_is_no_longer_asked_of_us_once_we_did(ledger):
    asked = ASKED.replace("to: vn", "to: [vn, eu]")
    no = "{statement: no, by: vn, to: us, act: refused, issues: export-controls, says: No., on: 2025-05-03, quote: no}"
    file(ledger, asked)
    before = page(ledger, "2025-05-02", ours="vn")
    file(ledger, f"  - {no}\n", slug="vna-2")
    after = page(ledger, "2025-05-04", ours="vn")
    titles = [
        [section.title for section in found.sections if "Unanswered" in section.title] for found in (before, after)
    ]
    assert titles == [
        ["Unanswered asks by United States to us"],
        ["Unanswered asks by United States"],
    ]
    (line,) = next(section for section in after.sections if "Unanswered" in section.title).lines
    assert line.runs[-1].words.endswith("Refused: Viet Nam; European Union has not answered.")
    assert [one.ask.asker for one in ledger.views(Clocks(as_of="2025-05-04")).asks(to="eu")] == ["us"]
    assert ledger.views(Clocks(as_of="2025-05-04")).asks(to="vn") == []
    assert len(ledger.views(Clocks(as_of="2025-05-04")).asks(to="vn", everything=True)) == 1


def test_an_issue_that_was_answered_names_each_ask_with_who_answered_it_and_how(ledger):
    file(
        ledger,
        "  - {statement: a, by: us, to: vn, act: asked, issues: export-controls, says: Lift them., on: 2025-05-01}\n"
        "  - {statement: b, by: vn, to: us, act: conditioned, issues: export-controls, says: If., on: 2025-05-02}\n"
        "  - {statement: c, by: vn, to: us, act: asked, issues: export-controls, says: List., on: 2025-05-03}\n"
        "  - {statement: d, by: us, to: vn, act: refused, issues: export-controls, says: Later., on: 2025-05-04}\n",
    )
    assert words(page(ledger)) == [
        "Export controls on advanced technology, asked by United States: Viet Nam set conditions on 2 May 2025.",
        "Export controls on advanced technology, asked by Viet Nam: United States refused on 4 May 2025.",
    ]


def test_what_was_deferred_has_a_section_with_what_was_asked_and_the_words_and_source_that_put_it_off(ledger):
    later = (
        "  - {statement: later, by: vn, to: us, act: deferred, issues: export-controls, says: We will consider it.,"
        " on: 2025-05-04, quote: we will consider}\n"
    )
    file(ledger, ASKED + later)
    found = page(ledger)
    assert words(found) == []
    assert words(found, "Deferred") == [
        "Export controls on advanced technology. Lift *them*. Asked by United States on 1 May 2025;"
        " deferred by Viet Nam on 4 May 2025: We will consider it."
    ]
    (line,) = next(section for section in found.sections if section.title == "Deferred").lines
    assert found.notes[line.note - 1].quotes == ("we will consider",)
    assert words(page(ledger, "2025-05-03"), "Deferred") == []
    assert "Deferred" not in [section.title for section in page(ledger, "2025-05-03").sections]


def test_what_one_party_deferred_and_another_refused_is_said_of_both(ledger):
    answers = (
        "  - {statement: later, by: vn, to: us, act: deferred, issues: export-controls, says: Later., on: 2025-05-04}\n"
        "  - {statement: no, by: eu, to: us, act: refused, issues: export-controls, says: No., on: 2025-05-05}\n"
    )
    file(ledger, ASKED.replace("to: vn", "to: [vn, eu]") + answers)
    [line] = words(page(ledger), "Deferred")
    assert line.endswith("4 May 2025: Later. Deferred: Viet Nam on 4 May 2025; refused: European Union.")
    views = ledger.views(Clocks(as_of="2025-05-15"))
    assert [one.ask.status for one in views.asks(everything=True)] == ["answered"]
    [told] = [one.says for one in diff(ledger.views(Clocks(as_of="2025-05-03")), views) if one.kind == "issue"]
    assert told.endswith("open → answered by European Union (refused)"), told


def test_every_line_that_rests_on_an_inferred_entry_says_so_once_and_its_note_says_what(ledger):
    why = ", inferred: the year"
    rest = (
        "  - {announcement: round-3, kind: round, number: 3, expected: early June, on: 2025-05-12, quote: in June}\n"
        "  - {statement: kept, by: [us, vn], act: unresolved, issues: rules-of-origin, says: It is open.,"
        " on: 2025-05-01, quote: it is open}\n"
    )
    filed = (ASKED + TASK + rest).replace("}\n", f"{why}}}\n")
    file(ledger, filed)
    found = page(ledger)
    told = [
        "".join(run.words for run in line.runs)
        for section in found.sections
        for line in section.lines
        if line.note  # the others only name issues
    ]
    assert len(told) == 4
    assert [one.count("(inferred)") for one in told] == [1] * 4
    assert {note.inferred for note in found.notes} == {"the year"}
    assert "(inferred: the year)" in markdown(found)


def test_a_status_is_shown_with_the_words_that_gave_it_and_not_with_the_last_words_on_the_issue(ledger):
    said = "issues: export-controls, on: 2025-05-02"
    file(
        ledger,
        f"  - {{statement: open, by: [us, vn], act: unresolved, says: Open., quote: remain apart, {said}}}\n"
        f"  - {{statement: threat, by: us, to: vn, act: warned, says: More., quote: might do more, {said}}}\n",
    )
    found = page(ledger)
    line, last = next(section for section in found.sections if section.title == "Issues").lines
    assert found.notes[line.note - 1].quotes == ("remain apart",)
    assert found.notes[last.note - 1].quotes == ("might do more",)
    assert words(found)[1].endswith(
        "Among the last words: United States warned Viet Nam on 2 May 2025: More."  # both are of one day
    )


def test_two_dates_of_one_report_are_not_told_as_earlier_and_later_and_what_a_meeting_depends_on_is_named(ledger):
    task = "  - {follow-up: lists, says: Each side sends its list., owners: [us, vn], on: 2025-05-22}\n"
    said = "  - {announcement: round-3, kind: round, number: 3, expected: June, on: 2025-05-22, depends-on: lists}\n"
    file(ledger, task + said + said.replace("expected: June", "expected: 2025-06-10/2025-06-12"))

    def told(day: str) -> str:
        lines = [line for section in page(ledger, day).sections for line in section.lines]
        return next(text for line in lines if "Round 3" in (text := "".join(run.words for run in line.runs)))

    ahead = told("2025-05-25")
    assert ahead.startswith("Round 3 is expected from 10 to 12 June 2025")
    assert "The same report also gives it as June 2025." in ahead and "Before that" not in ahead
    assert "It depends on: Each side sends its list." in ahead
    assert told("2025-08-01").startswith("Round 3 was expected from 10 to 12 June 2025")


def test_two_expectations_of_one_report_by_different_voices_are_no_change(ledger):
    file(
        ledger,
        "  - {announcement: round-3, kind: round, number: 3, expected: early June, by: vn, quote: in early June}\n"
        "  - {announcement: round-3, kind: round, number: 3, expected: mid-June, by: us, quote: in mid-June}\n",
    )
    told = "".join(run.words for run in page(ledger, "2025-05-30").sections[0].lines[0].runs)
    assert 'Viet Nam expected it for "early June" (between 1 and 10 June 2025).' in told
    assert "Before that" not in told


def test_every_earlier_expectation_is_told_with_who_expressed_it(ledger):
    file(
        ledger,
        "  - {announcement: round-3, kind: round, number: 3, expected: early or mid-June, by: [us, vn], quote: June}\n"
        "  - {announcement: round-3, kind: round, number: 3, expected: mid-June, by: us, quote: in mid-June}\n",
    )
    later = "  - {announcement: round-3, kind: round, number: 3, expected: 2025-06-09, by: vn, quote: on June 9}\n"
    file(ledger, later, slug="later", published="2025-05-28")
    told = "".join(run.words for run in page(ledger, "2025-05-30").sections[0].lines[0].runs)
    before = told.partition("Before that it was expected ")[2]
    assert '"early or mid-June" (between 1 and 20 June 2025), as United States and Viet Nam said' in before
    assert '"mid-June" (between 11 and 20 June 2025), as United States said' in before


def test_each_value_of_a_contested_figure_is_noted_with_the_words_that_give_it(ledger):
    ledger.import_files([write(ledger, MEASURES, "measures.yaml")])
    said = "issues: export-controls, act: proposed, by: us, says: An offer., on: 2025-05-02"
    offer = "  - {{statement: offer, {said}, figures: {{tariff-rate: {rate}%}}, quote: {rate}% at most}}\n"
    file(ledger, offer.format(said=said, rate=12), slug="first", published="2025-05-03")
    file(ledger, offer.format(said=said, rate=15), slug="second", published="2025-05-04")
    found = page(ledger)
    lines = next(section for section in found.sections if section.title == "Figures").lines
    noted = [("".join(run.words for run in line.runs), found.notes[line.note - 1].quotes) for line in lines]
    assert [quotes for words, quotes in noted if "15" in words] == [("15% at most",)]
    assert [quotes for words, quotes in noted if "12" in words] == [("12% at most",)]


def test_a_quotation_that_ends_a_sentence_is_not_ended_twice(ledger):
    file(ledger, ASKED.replace("says: Lift *them*.,", "").replace("lift them", "He said to lift them."))
    [asked] = words(page(ledger), "Unanswered asks by United States")
    assert "lift them.” Asked once" in asked


def test_a_person_in_the_room_is_noted_with_the_source_that_names_them(ledger):
    comes = ROUND_3.format("2025-05-12", "people: us/jamieson-greer, quote: Greer will come")
    file(ledger, comes)
    file(ledger, ROUND_3.format("2025-05-13", "quote: a third round"), slug="later", published="2025-05-14")
    found = page(ledger)
    [line] = next(section for section in found.sections if section.title == "In the room").lines
    note = found.notes[line.note - 1]
    assert (note.quotes, note.source) == (("Greer will come",), "vna")


ROUND_3 = "  - {{announcement: round-3, kind: round, number: 3, expected: 2025-06-10, on: {}, {}}}\n"


def test_every_note_is_cited_by_a_line(ledger):
    task = TASK.replace("owners: us", "owners: [us, vn]")
    file(ledger, ASKED + task + "  - {closed: list, outcome: done, owners: us, on: 2025-05-10, quote: us did}\n")
    found = page(ledger)
    noted = {line.note for section in found.sections for line in section.lines} - {0}
    assert noted == {*range(1, len(found.notes) + 1)}
    assert "Viet Nam: Send the list (done 2025-05-10 for United States)" in words(found, "Follow-ups")[0]


POSTPONED = """\
  - {announcement: round-3, kind: round, number: 3, expected: 2025-06-03, as: agreed, on: 2025-05-12, quote: on 3 June}
  - {called-off: round-3, as: postponed, on: 2025-05-20, reason: an illness, quote: put off for an illness}
"""


def test_a_round_that_was_postponed_is_not_said_to_be_unknown(ledger):
    file(ledger, POSTPONED)
    expected = ["No coming round has a date.", "Round 3, expected 3 June 2025: postponed – an illness."]
    held = "  - {meeting: round-2, kind: round, number: 2, held: 2025-05-10, quote: they met}\n"
    for options in ({}, {"meeting": "round-3"}):
        assert words(page(ledger, "2025-05-25", **options), "What comes next") == expected[1:]
    file(ledger, held, slug="held")
    for options in ({}, {"meeting": "round-3"}):
        found = words(page(ledger, "2025-05-25", **options), "What comes next")
        assert found == [f"{expected[0]} The last one, round 2, was held 10 May 2025.", expected[1]]
    assert words(page(ledger, "2025-05-15"), "What comes next")[0].startswith("Round 3 is agreed; it is expected")


def test_a_meeting_is_cited_by_the_report_that_gives_its_status(ledger):
    """Also where the report of its postponement was published, and filed, together with that of its holding."""
    file(ledger, POSTPONED.splitlines(keepends=True)[0])
    held = "  - {meeting: round-3, kind: round, number: 3, held: 2025-06-10, quote: two days of talks}\n"
    file(ledger, held + POSTPONED.splitlines(keepends=True)[1], slug="both", published="2025-06-11")
    views = ledger.views(Clocks(as_of="2025-06-30"))
    since = ChangesSince("May", diff(ledger.views(Clocks(as_of="2025-05-15")), views))
    found = brief(views, changed=since)
    (line,) = [line for one in found.sections if one.title.startswith("What changed") for line in one.lines]
    assert line.runs[0].words.startswith("Round 3 held, 10 June 2025")
    assert found.notes[line.note - 1].quotes == ("two days of talks",)
    was = page(ledger, "2025-05-25")
    off = next(one for section in was.sections for one in section.lines if "postponed" in one.runs[0].words)
    assert was.notes[off.note - 1].quotes == ("put off for an illness",)


def test_separate_requests_are_changes_each_with_its_words_and_note_and_remarks_come_last(ledger):
    other = ASKED.replace("statement: asked", "statement: other").replace("Lift *them*.", "Name a licence.")
    stated = ASKED.replace("statement: asked", "statement: remark").replace("act: asked", "act: stated")
    file(ledger, stated + ASKED + other)
    views = ledger.views(Clocks(as_of="2025-05-30"))
    since = ChangesSince("April", diff(ledger.views(Clocks(as_of="2025-04-30")), views))
    [found] = [one for one in brief(views, changed=since).sections if one.title.startswith("What changed")]
    says = ["".join(run.words for run in line.runs) for line in found.lines]
    assert len(says) == 3 and all(line.note for line in found.lines)
    assert ["Lift *them* (one of 2" in says[0], "Name a licence (one of 2" in says[1]] == [True, True]
    assert says[2].startswith("United States stated to Viet Nam on ")
    assert [run.words for line in found.lines for run in line.runs if run.filed] == [
        "Lift *them*",
        "Name a licence",
        "Lift *them*",
    ]


def test_a_change_of_posts_is_cited_by_the_report_that_gives_the_posts(ledger):
    """And not by an older report that was filed last."""
    post = "  - {{appointment: jamieson-greer, post: {}, from: {}, quote: {}}}\n"
    file(ledger, post.format("Chief negotiator", "2025-06-02", "took over"), slug="new", published="2025-06-17")
    file(ledger, post.format("Head", "2025-06-02/2025-06-08", "would lead"), slug="old", published="2025-05-27")
    views = ledger.views(Clocks(as_of="2025-06-30"))
    since = ChangesSince("May", diff(ledger.views(Clocks(as_of="2025-05-15")), views))
    found = brief(views, changed=since)
    [line] = [one for section in found.sections for one in section.lines if "Chief negotiator" in one.runs[0].words]
    assert found.notes[line.note - 1].quotes == ("took over",)


def test_what_was_agreed_and_is_done_by_now_is_told_as_done(ledger):
    file(
        ledger,
        ASKED
        + "  - {statement: yes, by: vn, to: us, act: accepted, issues: export-controls, says: Yes., on: 2025-05-02,"
        " quote: yes}\n" + TASK.replace("owners: us,", "owners: us, issues: export-controls,"),
    )
    file(ledger, "  - {closed: list, outcome: done, on: 2025-05-09, by: vn, quote: it came}\n", slug="vna-2")
    agreed = "Export controls on advanced technology: agreed, according to Viet Nam."
    done = f"{agreed.partition(':')[0]}, follow-up done on 9 May 2025, according to Viet Nam alone: Send the list."
    assert words(page(ledger, "2025-05-08")) == [agreed]
    found = page(ledger, "2025-05-09")
    assert words(found) == [agreed, done]
    assert [note.quotes for note in found.notes if note.source == "vna-2"] == [("it came",)]
    assert done in [line for section in handover(ledger.views()).sections for line in words_of(section)]


def words_of(section):
    return ["".join(run.words for run in line.runs) for line in section.lines]


def test_the_part_of_one_owner_is_told_with_whoever_said_so_and_the_later_source(ledger):
    file(ledger, TASK.replace("owners: us,", "owners: [us, vn],"))
    file(
        ledger,
        "  - {closed: list, owners: us, outcome: done, on: 2025-05-09, by: us, quote: it went}\n",
        slug="vna-2",
    )
    [line] = words(page(ledger, "2025-05-15"), "Follow-ups")
    assert "(done 2025-05-09 for United States, according to United States, in vna-2)" in line or (
        "(done 2025-05-09 for the United States, according to the United States, in vna-2)" in line
    )


def test_a_brief_of_another_clock_says_up_to_when_it_knows_in_every_form(ledger: Ledger) -> None:
    asked = Clocks("2025-06-30", reported_by="2025-06-04", recorded_by=12)
    page = brief(ledger.views(asked))
    limits = "Only what was published by 4 June 2025 and recorded by position 12 of the log."
    assert f"*As of 30 June 2025. {limits}*" in markdown(page)
    assert limits in markdown(on_one_page(page))
    assert "Only what" not in markdown(brief(ledger.views(Clocks("2025-06-30"))))
