"""Filing: all or nothing, no duplicates, every problem at once."""

from pathlib import Path

import pytest

from ledger import Clocks, Ledger
from ledger.dates import When
from ledger.domain.quotations import fingerprint
from ledger.errors import ProblemsFound
from tests.examples import NEGOTIATION, WHO, as_of, columns, file, head, on, problems, source, write

TEXT = "The second round was held\nin Washington D.C. from May 19 to 22. Both sides step up exchanges."
ROUND_2 = """\
  - meeting: round-2
    kind: round
    number: 2
    held: May 19 to 22
    place: Washington, D.C.
    quote: held in Washington D.C. from May 19 to 22
"""
ASKED = """\
  - statement: greer-exchanges
    by: us/jamieson-greer
    to: vn
    act: asked
    issues: export-controls
    says: Step up exchanges.
    quote: step up exchanges
"""


@pytest.fixture
def text(ledger: Ledger) -> Path:
    """The source's text, beside the entry file."""
    return write(ledger, TEXT, "vna.txt")


def meeting(ledger: Ledger, slug: str = "round-2"):
    return next(one.meeting for one in ledger.views(as_of("2025-12-31")).meetings() if one.meeting.slug == slug)


def verified(ledger: Ledger, slug: str) -> list[bool]:
    return columns(ledger.views().evidence(slug), "verified")


def test_filing_the_same_file_again_records_nothing_twice(ledger):
    first = file(ledger, ROUND_2 + ASKED)
    assert (len(first.recorded), first.known) == (3, 0)
    again = file(ledger, ROUND_2 + ASKED)
    assert (again.recorded, again.known) == ([], len(first.recorded))


def test_it_is_the_same_file_with_other_marks_and_the_sources_own_are_kept(ledger):
    said = "On 22 May Greer said: \u201cStep up exchanges \u2013 that\u2019s it\u2026\u201d\n"
    write(ledger, said, "vna.txt")
    typed, curly = '"Step up exchanges - that\'s it..."', "\u201cStep up exchanges \u2014 that\u2019s it\u2026\u201d"
    for quote, recorded in ((typed, 2), (curly, 0)):
        filed = file(
            ledger, ASKED.replace("step up exchanges", f"'{quote.replace(chr(39), chr(39) * 2)}'"), text="vna.txt"
        )
        assert len(filed.recorded) == recorded
    (evidence,) = ledger.views().evidence("greer-exchanges")
    assert (
        evidence.words
        == said[evidence.start : evidence.end]
        == "\u201cStep up exchanges \u2013 that\u2019s it\u2026\u201d"
    )


def test_filing_who_is_who_again_records_nothing_twice(ledger):
    assert ledger.import_files([write(ledger, WHO)])[:2] == ([], 8)


@pytest.mark.parametrize("text_first", [True, False])
def test_it_is_the_same_file_with_its_text_at_hand_or_without(ledger, text, text_first):
    for at_hand in (text_first, not text_first):
        write(ledger, TEXT, "vna.txt") if at_hand else text.unlink(missing_ok=True)
        filed = file(ledger, ROUND_2, text="vna.txt")
        assert len(filed.recorded) == (2 if at_hand is text_first else int(at_hand))
    assert verified(ledger, "round-2") == [True]


def test_a_text_that_is_found_later_verifies_the_quotes_from_that_day_on(ledger, set_clock):
    file(ledger, ROUND_2 + ASKED)
    before = head(ledger)
    set_clock("2025-06-20T12:00:00+00:00")
    [frozen] = ledger.append("source", "vna", {"text": TEXT}).recorded
    assert (frozen.type, frozen.event.text) == ("SourceTextFrozen", TEXT)
    for clocks, then in (
        (Clocks(), True),
        (Clocks("2025-06-20"), True),
        (Clocks("2025-06-19"), False),
        (Clocks(reported_by="2025-06-19"), False),
        (Clocks(reported_by="2025-06-20"), True),
        (Clocks(recorded_by=before), False),
    ):
        with ledger.views(clocks) as views:
            quotes = [*views.evidence("round-2"), *views.evidence("greer-exchanges")]
            assert [one.verified for one in quotes] == [then, then], clocks
            assert [one.checked_from for one in quotes] == [("2025-06-20" if then else None)] * 2
            assert len(views.unverified()) == (0 if then else 2)
            assert [bool(one.text_length) for one in views.sources()] == [then]
    assert ledger.views().evidence("round-2")[0].told == "found at 21–62, verified since 20 June 2025"
    assert ledger.check().problems == []


def test_a_text_that_lacks_what_was_quoted_from_it_is_refused_with_every_such_quote(ledger):
    file(ledger, ROUND_2 + ASKED)
    before = head(ledger)
    with pytest.raises(ProblemsFound) as refused:
        ledger.append("source", "vna", {"text": "Greer wants to step up the exchanges."})
    one, other = sorted(str(refusal) for _, refusal in refused.value.problems)
    assert head(ledger) == before
    assert "round-2 quotes 'held in Washington D.C. from May 19 to 22', which is not in this text." in other
    assert "retract greer-exchanges and file it again with the source's words" in one
    assert "The nearest passage is 'step up the" in one


def test_the_quotes_of_retracted_entries_do_not_count_against_a_text(ledger):
    file(ledger, ROUND_2 + ASKED)
    ledger.retract("round-2", "misquoted")
    ledger.append("source", "vna", {"text": "They will step up exchanges."})
    assert verified(ledger, "greer-exchanges") == [True]
    with pytest.raises(ProblemsFound, match="The source does not contain the quote"):
        file(ledger, ROUND_2.replace("Washington", "Hanoi"))


def test_a_frozen_text_is_never_replaced(ledger):
    file(ledger, ASKED)
    ledger.append("source", "vna", {"text": TEXT})
    assert ledger.append("source", "vna", {"text": TEXT}).recorded == []
    with pytest.raises(ProblemsFound, match="vna already has a frozen text, with the SHA-256 "):
        ledger.append("source", "vna", {"text": f"{TEXT} More."})
    with pytest.raises(ProblemsFound, match=r"U\+D800"):
        ledger.append("source", "vna", {"text": "\ud800"})
    assert ledger.text_of(NEGOTIATION, "vna") == TEXT


def test_a_text_that_is_not_the_one_that_was_quoted_from_is_refused(ledger):
    file(ledger, ASKED, sha256=fingerprint(TEXT))
    with pytest.raises(ProblemsFound, match="but the entry states"):
        ledger.append("source", "vna", {"text": f"{TEXT} More."})
    assert len(ledger.append("source", "vna", {"text": TEXT}).recorded) == 1


def test_the_text_of_a_source_that_is_not_on_record_or_was_retracted_is_refused(ledger):
    with pytest.raises(ProblemsFound, match="The source needs 'title'"):
        ledger.append("source", "vna", {"text": TEXT})
    file(ledger, ASKED)
    ledger.retract("vna", "a hoax")
    with pytest.raises(ProblemsFound, match="parley reinstate vna"):
        ledger.append("source", "vna", {"text": TEXT})


def test_it_is_the_same_file_after_its_entries_and_its_source_were_corrected(ledger):
    file(ledger, ROUND_2)
    ledger.correct("round-2", {"place": "Geneva"}, "a slip")
    ledger.correct("vna", {"title": "Second round"}, "a slip")
    assert file(ledger, ROUND_2).recorded == []
    assert file(ledger, ROUND_2.replace("Washington, D.C.", "Geneva")).recorded == []
    assert meeting(ledger).place == "Geneva"


def test_it_is_the_same_file_after_an_entry_was_retracted(ledger):
    file(ledger, ROUND_2)
    ledger.retract("round-2", "another meeting")
    assert file(ledger, ROUND_2).recorded == []


def test_the_same_slug_with_other_content_is_refused_with_the_difference(ledger):
    file(ledger, ROUND_2)
    other = ROUND_2.replace("Washington, D.C.", "Geneva").replace("number: 2", "number: 3")
    (problem,) = problems(ledger, source() + other)
    assert problem.startswith("news.yaml:7: round-2 was filed from vna with other content: ")
    assert "place was Washington, D.C., now Geneva" in problem
    assert "number was 2, now 3" in problem
    assert "parley correct round-2" in problem


def test_a_name_given_otherwise_is_refused_with_the_difference(ledger):
    (problem,) = problems(ledger, source() + "  - party: vn\n    name: Vietnam\n")
    assert "name was Viet Nam, now Vietnam" in problem


def test_a_source_given_otherwise_is_refused_with_the_difference(ledger):
    file(ledger, ROUND_2)
    (problem,) = problems(ledger, source(published="2025-05-23", title="News of 2025-05-22") + ROUND_2)
    assert "vna was filed" in problem
    assert "published was 22 May 2025, now 23 May 2025" in problem


def test_a_second_source_adds_a_second_report_of_the_same_entry(ledger):
    file(ledger, ROUND_2)
    filed = file(ledger, ROUND_2.replace("May 19 to 22", "2025-05-19/2025-05-23"), slug="ustr", published="2025-05-24")
    assert [recorded.version for recorded in filed.recorded] == [1, 2]
    assert meeting(ledger).sources == ("vna", "ustr")
    (contest,) = ledger.views().contested("round-2")
    assert contest.preferred == "19 to 23 May 2025"


def test_two_accounts_in_one_file_are_both_kept(ledger):
    caption = ROUND_2.replace("May 19 to 22", "2025-05-21")
    assert len(file(ledger, ROUND_2 + caption).recorded) == 3
    assert columns(ledger.views().contested(), "slug", "field") == [("round-2", "held")]
    assert file(ledger, ROUND_2 + caption)[:2] == ([], 3)
    third = file(ledger, ROUND_2 + caption + ROUND_2.replace("May 19 to 22", "2025-05-20"))
    assert (len(third.recorded), third.known) == (1, 3)


def test_the_same_account_twice_in_one_file_is_recorded_once(ledger):
    assert len(file(ledger, ROUND_2 + ROUND_2).recorded) == 2


def test_entries_may_refer_to_what_follows_them_in_the_file(ledger):
    names = """\
  - person: howard-lutnick
    name: Howard Lutnick
    aliases: [Secretary Lutnick]
    party: Aotearoa
  - party: nz
    name: New Zealand
    aliases: [Aotearoa]
"""
    met = "  - meeting: call-1\n    kind: call\n    held: 2025-05-22\n    people: nz/Secretary Lutnick\n"
    file(ledger, met + ASKED.replace("us/jamieson-greer", "nz/howard-lutnick") + ROUND_2 + names)
    assert meeting(ledger, "call-1").people == ("nz/howard-lutnick",)


def test_a_name_finds_its_person_however_it_is_typed(ledger):
    file(ledger, ROUND_2 + ASKED.replace("us/jamieson-greer", "Việt Nam/NGUYEN HONG DIEN").replace("vn", "USA"))
    (statement,) = ledger.views().statements()
    assert (statement.by, statement.to) == (("vn/nguyen-hong-dien",), ("us",))


ANNOUNCED = "  - announcement: round-3\n    kind: round\n    expected: early next month\n    at: round-2\n"


def test_a_phrase_said_at_a_meeting_is_relative_to_its_day_whether_filed_before_or_with_it(ledger):
    entries = ANNOUNCED + ROUND_2
    file(ledger, entries, published="2025-06-02")
    assert meeting(ledger, "round-3").expected.edtf == "[2025-06-01..2025-06-10]"
    assert file(ledger, entries, published="2025-06-02").recorded == []


EXPECTED = "  - announcement: round-3\n    kind: round\n    expected: {}\n    quote: a\n"


def test_phrases_are_read_in_the_language_of_the_source(ledger):
    file(ledger, EXPECTED.format("đầu tháng 6"), language="vi", published="ngày 22/5/2025")
    assert meeting(ledger, "round-3").expected == When("[2025-06-01..2025-06-10]", "đầu tháng 6")
    (source_of_record,) = ledger.views().sources()
    assert source_of_record.published.edtf == "2025-05-22"
    (problem,) = problems(ledger, source("wto") + EXPECTED.format("đầu tháng 6").replace("round-3", "round-4"))
    assert "The date 'đầu tháng 6' is not understood." in problem


def test_an_entry_filed_from_a_source_of_record_and_a_correction_are_read_in_its_language(ledger):
    file(ledger, EXPECTED.format("2025-06"), language="vi-VN")
    ledger.append("announcement", "round-4", {"kind": "round", "expected": "tuần tới", "quote": "b"}, source="vna")
    ledger.correct("round-3", {"expected": "cuối tháng 6"}, "a slip")
    expected = [meeting(ledger, slug).expected.edtf for slug in ("round-3", "round-4")]
    assert expected == ["[2025-06-21..2025-06-30]", "[2025-05-26..2025-06-01]"]


def test_a_meeting_held_between_two_days_lasted_and_an_expected_one_is_on_one_of_them(ledger):
    held = "  - meeting: round-2\n    kind: round\n    held: between May 19 and 22\n    quote: a\n"
    file(ledger, held + EXPECTED.format("between June 9 and 12"))
    assert meeting(ledger, "round-2").held.edtf == "2025-05-19/2025-05-22"
    assert meeting(ledger, "round-3").expected.edtf == "[2025-06-09..2025-06-12]"


@pytest.mark.parametrize("due", ["14 August 2025 12:00 Geneva", "{date: '2025-08-14T12:00', words: by mid-August}"])
def test_the_hour_of_a_deadline_is_kept_with_its_day(ledger, due):
    file(ledger, f"  - follow-up: reply\n    says: Reply.\n    due: {due}\n    quote: a\n")
    (one,) = ledger.views().follow_ups()
    assert one.follow_up.due.edtf == "2025-08-14"
    assert "12:00" in one.follow_up.due.describe()


def test_the_day_of_the_meeting_is_that_of_the_source_itself_else_of_the_first_report(ledger):
    own = ANNOUNCED + ROUND_2.replace("May 19 to 22", "2025-05-22")
    july = ROUND_2.replace("May 19 to 22", "2025-07-01")
    reports = (
        ("a.yaml", source("vna", published="2025-05-22") + ANNOUNCED.replace("round-3", "round-4")),
        ("b.yaml", source("ustr", published="2025-07-02") + july),
        ("c.yaml", source("wto", published="2025-07-03") + own),
    )
    paths = [write(ledger, content, name) for name, content in reports]
    ledger.import_files(paths)
    expected = [meeting(ledger, slug).expected.edtf for slug in ("round-3", "round-4")]
    assert expected == ["[2025-06-01..2025-06-10]", "[2025-08-01..2025-08-10]"]
    assert ledger.import_files(paths).recorded == []


def test_a_later_report_of_the_meeting_does_not_change_how_a_file_reads(ledger):
    file(ledger, ROUND_2)
    file(ledger, ANNOUNCED, slug="ustr", published="2025-06-02")
    file(ledger, ROUND_2.replace("May 19 to 22", "2025-06-01"), slug="wto", published="2025-06-03")
    assert file(ledger, ANNOUNCED, slug="ustr", published="2025-06-02").recorded == []


def test_every_problem_of_every_file_is_listed_with_its_line_and_nothing_is_written(ledger):
    one = source("ustr") + ROUND_2.replace("kind: round", "kind: ronud") + ASKED.replace("act:", "akt:")
    other = source("wto", account_of="nz") + ASKED.replace("export-controls", "export-control")
    found = problems(ledger, one, other)
    assert [problem.partition(": ")[0] for problem in found] == [
        "1news.yaml:6",
        "1news.yaml:12",
        "news.yaml:8",
        "news.yaml:13",
        "news.yaml:16",
    ]
    for said in (
        "party 'nz'",
        "known kind of meeting",
        "has no field 'akt'",
        "needs 'act'",
        "Did you mean export-contr",
    ):
        assert any(said in problem for problem in found), said


def test_the_whole_list_of_problems_is_one_message(ledger):
    with pytest.raises(ProblemsFound) as raised:
        file(ledger, "".join(f"  - meting: m{n}\n" for n in range(60)))
    lines = str(raised.value).splitlines()
    assert len(lines) == 52
    assert lines[-2:] == ["… and 10 more problems.", "60 problems; nothing was written."]


def test_an_entry_that_a_rule_refuses_keeps_the_whole_file_out(ledger):
    (problem,) = problems(ledger, source() + ROUND_2 + "  - called-off: round-3\n    reason: elections\n")
    assert problem == "news.yaml:13: The meeting round-3 was never announced, so it cannot be called off."


def test_a_slug_names_one_entry_only(ledger):
    file(ledger, ROUND_2)
    (problem,) = problems(ledger, source("ustr") + ASKED.replace("greer-exchanges", "round-2"))
    assert (
        "The slug 'round-2' already names another entry, of the kind meeting. Choose another slug for this statement."
        in problem
    )


def test_an_entry_needs_a_source(ledger):
    (problem,) = problems(ledger, f"negotiation: {NEGOTIATION}\nentries:\n{ASKED}")
    assert "The statement greer-exchanges needs a source" in problem


def test_a_source_with_a_text_needs_a_quote(ledger, text):
    bare = ROUND_2.replace("    quote: held in Washington D.C. from May 19 to 22\n", "    quote: ' '\n")
    for known_by in ({"text": text.name}, {"sha256": "ab" * 32}):
        (problem,) = problems(ledger, source(**known_by) + bare)
        assert "Add a `quote` from it: the shortest that proves the entry." in problem
    assert problems(ledger, source() + bare) == []


@pytest.mark.parametrize("quote", ["' '", '"\\u2028"', "[]"])
def test_a_quote_without_words_does_not_stand_for_what_was_said(ledger, quote):
    bare = ASKED.replace("    says: Step up exchanges.\n", "").replace("quote: step up exchanges", f"quote: {quote}")
    (problem,) = problems(ledger, source() + bare)
    assert "says" in problem and "in your own plain words" in problem


def test_a_quote_is_found_in_the_text_and_its_place_is_kept(ledger, text):
    file(ledger, ROUND_2, text="vna.txt")
    (evidence,) = ledger.views().evidence("round-2")
    assert evidence.verified
    assert TEXT[evidence.start : evidence.end] == "held\nin Washington D.C. from May 19 to 22"


def test_a_quote_that_the_text_does_not_hold_is_refused_with_the_nearest_passage(ledger, text):
    (problem,) = problems(ledger, source(text=text.name) + ROUND_2.replace("Washington D.C. from", "Washington from"))
    assert problem.startswith(
        "news.yaml:13: The source does not contain the quote 'held in Washington from May 19 to 22'."
    )
    assert "The nearest passage is 'in Washington D.C. from May 19 to 22.'" in problem


def test_quotes_and_phrases_are_read_even_when_something_else_is_wrong_with_the_source(ledger, text):
    found = problems(ledger, source(text=text.name, kind="new") + ROUND_2.replace("Washington D.C. from", "X"))
    assert len(found) == 2


def test_a_text_that_is_not_the_one_quoted_from_is_refused(ledger, text):
    found = problems(ledger, source(text=text.name, sha256="ab" * 32) + ROUND_2)
    assert found[0].startswith(
        f"news.yaml:7: The text of vna has the SHA-256 {fingerprint(TEXT)}, but the entry states abab"
    )
    assert problems(ledger, source(text=text.name, sha256=fingerprint(TEXT).upper()) + ROUND_2) == []


def test_a_text_that_changed_since_it_was_filed_is_refused(ledger, text):
    file(ledger, ROUND_2, text="vna.txt")
    write(ledger, TEXT + " More.", "vna.txt")
    (problem,) = problems(ledger, source(text=text.name) + ROUND_2)
    assert "sha256 was" in problem


def test_an_entry_cannot_rest_on_a_source_that_was_retracted(ledger):
    file(ledger, ROUND_2)
    ledger.retract("vna", "withdrawn by its publisher", cause="withdrawn-by-source")
    (problem,) = problems(ledger, source() + ROUND_2 + ASKED)
    assert "vna was retracted (withdrawn by its publisher)" in problem


def test_a_single_entry_is_filed_from_a_source_of_record(ledger):
    file(ledger, "")
    fields = {"kind": "round", "held": "last Friday", "quote": "a"}
    ledger.append("meeting", "round-2", fields, source="vna")
    assert meeting(ledger).held.edtf == "2025-05-16"
    with pytest.raises(ProblemsFound, match="There is no source 'vnb'"):
        ledger.append("meeting", "round-1", fields, source="vnb")


def test_a_single_entry_is_filed_from_a_note_however_long(ledger):
    ledger.append("meeting", "round-2", {"kind": "round", "held": "2025-05-22"}, note="I was there. " * 30)
    assert verified(ledger, "round-2") == [True]


def test_a_source_may_copy_one_that_is_filed_with_it(ledger):
    copy = write(ledger, source("copy", derived_from="vna"), "copy.yaml")
    ledger.import_files([copy, write(ledger, source())])
    assert columns(ledger.views().sources(), "slug", "derived_from") == [("copy", "vna"), ("vna", "")]


def test_a_text_that_is_no_unicode_is_refused(ledger):
    with pytest.raises(ProblemsFound, match=r"U\+DC80"):
        ledger.append("source", "vna", {"title": "News", "text": "half a pair \udc80"})


def test_one_file_may_be_filed_for_each_of_several_negotiations(ledger):
    other = WHO.replace(NEGOTIATION, "eu-us-trade")
    ledger.import_files([write(ledger, other, "other.yaml"), write(ledger, source() + ROUND_2)])
    assert ledger.views(negotiation="eu-us-trade").meetings() == []
    assert len(ledger.views(negotiation=NEGOTIATION).meetings()) == 1


def test_a_rehearsal_writes_nothing_and_says_what_would_be(ledger):
    before = head(ledger)
    filed = ledger.import_files([write(ledger, source() + ROUND_2)], dry_run=True)
    assert columns(filed.recorded, "position") == [0, 0]
    assert head(ledger) == before


def test_names_are_recorded_before_what_speaks_of_them_and_each_source_before_its_entries(ledger):
    late = "  - issue: data-flows\n    title: Data flows\n"
    paths = [write(ledger, source("a") + ROUND_2, "a.yaml"), write(ledger, source("b") + ASKED + late, "b.yaml")]
    filed = ledger.import_files(paths)
    assert [one.stream.slug for one in filed.recorded] == ["data-flows", "a", "round-2", "b", "greer-exchanges"]
    assert meeting(ledger).held.edtf == on("2025-05-19/2025-05-22").edtf


AGREED = """\
  - follow-up: teams
    says: Instruct the technical teams.
    on: 2025-05-22
    quote: the teams will be instructed
"""
CLOSED = """\
  - closed: teams
    outcome: done
    on: 2025-06-03
    quote: the teams have been instructed
"""
COMING = """\
  - announcement: round-3
    kind: round
    expected: early June
    quote: a third round in early June
"""
OFF = """\
  - called-off: round-3
    on: 2025-06-03
    quote: the third round will not be held
"""


@pytest.mark.parametrize(("begins", "ends"), [(AGREED, CLOSED), (COMING, OFF)])
def test_what_ends_may_stand_before_what_begins(ledger, begins, ends):
    later = write(ledger, source("ustr", "2025-06-03") + ends, "later.yaml")
    earlier = write(ledger, source("vna", "2025-05-22") + begins, "earlier.yaml")
    assert len(ledger.import_files([later, earlier]).recorded) == 4
    assert ledger.import_files([later, earlier]).recorded == []


def test_what_ends_may_stand_before_what_begins_in_one_file(ledger):
    assert len(file(ledger, CLOSED + OFF + AGREED + COMING).recorded) == 5
    assert ledger.views().follow_ups() == []
    assert meeting(ledger, "round-3").status == "called off"


def test_what_never_began_cannot_end(ledger):
    refused = problems(ledger, source() + CLOSED + OFF)
    assert [problem.partition(" ")[0] for problem in refused] == ["news.yaml:7:", "news.yaml:11:"]
    assert ["no follow-up" in refused[0], "announced" in refused[1]] == [True, True]
