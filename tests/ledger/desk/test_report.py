"""From a report to its draft: the suggestions at their sentences, the source as the report says it."""

import pytest

from ledger import Ledger
from ledger.capture.documents.extract import extract
from ledger.desk import decisions
from ledger.desk.draft import DeskDraft
from ledger.desk.errors import ReportTooLong
from ledger.desk.report import LONGEST_REPORT, describe_source, document_of, open_draft, read_on
from tests.ledger.desk import drafts


def test_every_suggestion_stands_at_the_sentence_that_has_its_quotation(draft: DeskDraft) -> None:
    assert [one.kind for one in draft.entries].count("statement") == 6
    for one in draft.entries:
        place = draft.sentences[one.sentence]
        assert str(one.fields["quote"]).split()[0] in draft.text[place.start : place.end]


def test_what_the_report_says_of_itself_fills_in_the_source(draft: DeskDraft) -> None:
    assert draft.source["published"] == "2025-07-10"
    assert draft.source["publisher"] == "Example"
    assert (draft.slug, draft.of_record) == ("example-2025-07-10", False)


def test_an_act_in_doubt_is_left_open_with_the_acts_offered(draft: DeskDraft) -> None:
    doubtful = [one for one in draft.entries if "act" in one.left]
    assert doubtful
    for one in doubtful:
        assert "act" not in one.fields
        assert one.acts[0] in one.left["act"]


def test_a_long_report_is_opened_with_its_first_suggestions_and_then_read_on(example: Ledger) -> None:
    names, document = drafts.names(example), extract(drafts.long_report().encode(), "report.txt")
    whole = open_draft(document, names, "lan", drafts.NOON, 1)
    part = open_draft(document, names, "lan", drafts.NOON, 1, in_part=True)
    assert part.unread and not whole.unread
    assert 0 < len(part.entries) < len(whole.entries)
    assert part.entries == whole.entries[: len(part.entries)]
    assert part.sentences == whole.sentences
    assert read_on(part, names) == whole
    assert read_on(whole, names) is whole


def test_a_short_report_is_read_at_once(example: Ledger) -> None:
    document = extract(drafts.REPORT.encode(), "report.txt")
    assert not open_draft(document, drafts.names(example), "lan", drafts.NOON, 1, in_part=True).unread


def test_another_day_of_publication_reads_the_dates_again_until_something_is_decided(
    example: Ledger, draft: DeskDraft
) -> None:
    names = drafts.names(example)
    moved = describe_source(draft, {"published": "2024-07-10"}, names)
    meeting = drafts.entry_of(moved, "meeting")
    assert moved.entry(meeting).fields["held"]["date"] == "2024-07-09"
    decided = decisions.decide(draft, "skip", draft.entries[0].id, {})
    kept = describe_source(decided, {"published": "2024-07-10"}, names)
    assert kept.source["published"] == "2024-07-10"
    assert kept.entries == decided.entries


def test_a_change_of_the_source_is_undone_and_redone_with_what_was_read_by_it(
    example: Ledger, draft: DeskDraft
) -> None:
    names = drafts.names(example)
    moved = describe_source(draft, {"published": "2024-07-10", "title": "Talks"}, names)
    moved = describe_source(moved, {"language": "vi"}, names)
    back = moved.undo().undo()
    assert (back.source, back.entries, back.sentences) == (draft.source, draft.entries, draft.sentences)
    again = back.redo().redo()
    assert (again.source, again.entries, again.sentences) == (moved.source, moved.entries, moved.sentences)
    assert describe_source(moved, {"language": "vi"}, names) is moved


def test_a_text_of_any_length_is_refused_with_its_length(example: Ledger) -> None:
    with pytest.raises(ReportTooLong) as refused:
        drafts.opened(example, "a " * LONGEST_REPORT)
    assert "parley draft" in str(refused.value)


def test_a_pasted_text_without_a_headline_is_known_by_its_first_words() -> None:
    text = b"One two three four five six seven eight nine. It ends here."
    assert document_of(text, "", {}).title == "One two three four five six seven eight …"
    assert document_of(text, "", {"title": "Talks"}).title == "Talks"
    assert document_of(text, "report.txt", {}).title == ""
