"""A draft as a sheet: the same filing as the command line's, with each problem at its entry and field."""

import pytest

from ledger import Ledger
from ledger.desk import decisions
from ledger.desk.draft import DeskDraft, DeskEntry
from ledger.desk.sheet import days_read, problems, sheet
from ledger.errors import ProblemsFound
from tests.ledger.desk import drafts


def decided(draft: DeskDraft) -> DeskDraft:
    """Every suggestion that is sure accepted, the others skipped."""
    for one in draft.entries:
        draft = decisions.decide(draft, "skip" if one.left else "accept", one.id, {})
    return draft


def met(draft: DeskDraft) -> DeskEntry:
    """The meeting at which the statements were made."""
    return draft.entry(drafts.entry_of(draft, "meeting"))


def test_the_accepted_entries_are_filed_with_their_source_and_its_text(example: Ledger, draft: DeskDraft) -> None:
    draft = decided(draft)
    filed = example.file([sheet(draft, draft.accepted())])
    assert len(filed.recorded) == len(draft.accepted()) + 1
    assert all(quote.verified for one in filed.recorded for quote in one.event.quotes)
    assert example.text_of("vn-us-trade", draft.slug) == draft.text


def test_what_is_filed_twice_is_known_the_second_time(example: Ledger, draft: DeskDraft) -> None:
    draft = decided(draft)
    example.file([sheet(draft, draft.accepted())])
    again = example.file([sheet(draft, draft.accepted())])
    assert (again.recorded, again.known) == ([], len(draft.accepted()) + 1)


def test_a_source_of_record_is_named_and_not_given_again(example: Ledger, draft: DeskDraft) -> None:
    first = decided(draft)
    example.file([sheet(first, first.accepted()[:1])])
    again = drafts.opened(example)
    filed = example.file([sheet(again, [one for one in again.entries if not one.left])])
    assert {one.stream.kind for one in filed.recorded} == {"statement", "follow-up", "meeting"}


def test_a_problem_has_its_entry_and_field_and_the_words_of_the_command_line(example: Ledger, draft: DeskDraft) -> None:
    asked = drafts.entry_of(draft, "statement", "asked")
    draft = decisions.type_in(draft, asked, {"issues": "cod quotas", "on": "some day"})
    with pytest.raises(ProblemsFound) as refused:
        example.file([sheet(draft, [draft.entry(asked), met(draft)])], dry_run=True)
    found = problems(refused.value, draft)
    assert set(found[asked]) == {"issues", "on"}
    assert found[asked]["issues"][0].startswith("There is no issue 'cod quotas'")


def test_a_missing_act_is_a_problem_of_the_act(example: Ledger, draft: DeskDraft) -> None:
    doubtful = next(one for one in draft.entries if "act" in one.left)
    with pytest.raises(ProblemsFound) as refused:
        example.file([sheet(draft, [doubtful, met(draft)])], dry_run=True)
    assert set(problems(refused.value, draft)[doubtful.id]) == {"act"}


def test_the_days_of_a_dry_run_are_read_back_in_words(example: Ledger, draft: DeskDraft) -> None:
    round_7 = drafts.entry_of(draft, "announcement")
    draft = decisions.type_in(draft, round_7, {"expected": "early September", "at": ""})
    entries = [draft.entry(round_7), met(draft)]
    filed = example.file([sheet(draft, entries)], dry_run=True)
    days = days_read(entries, filed.recorded)
    assert days[round_7]["expected"] == '"early September" (between 1 and 10 September 2025)'
    assert days[met(draft).id] == {"held": "9 July 2025"}


@pytest.mark.parametrize(
    ("name", "says"),
    [("", "Say whom or what"), ("Anne Roy", "No person 'Anne Roy'"), ("roy", "There is no person roy yet")],
)
def test_whom_an_appointment_is_about_is_a_problem_of_the_entry(
    example: Ledger, draft: DeskDraft, name: str, says: str
) -> None:
    draft = decisions.add(draft, "appointment", 0, ())
    entry = draft.done[-1].at
    draft = decisions.type_in(draft, entry, {"slug": name, "post": "Minister", "party": "us"})
    with pytest.raises(ProblemsFound) as refused:
        example.file([sheet(draft, [draft.entry(entry)])], dry_run=True)
    assert problems(refused.value, draft)[entry][""][0].startswith(says)
