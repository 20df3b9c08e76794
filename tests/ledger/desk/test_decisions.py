"""What a person does at the desk, each on a draft."""

import pytest

from ledger import Ledger
from ledger.desk import decisions
from ledger.desk.draft import DeskDraft, DeskEntry, SentencePlace
from ledger.desk.errors import NoSuchEntry, NotInTheText
from ledger.desk.sheet import sheet
from tests.ledger.desk import drafts
from tests.ledger.desk.test_draft import SMALL


def test_what_was_typed_is_kept_with_the_decision() -> None:
    draft = decisions.decide(SMALL, "accept", "e1", {"act": "proposed", "by": "vn, us"})
    one = draft.entry("e1")
    assert (one.decision, one.fields["act"], one.fields["by"]) == ("accepted", "proposed", ["vn", "us"])
    assert decisions.decide(draft, "reopen", "e1", {}).entry("e1").decision == ""


def test_the_kind_can_be_changed_and_the_fields_that_fit_stay() -> None:
    one = decisions.type_in(SMALL, "e1", {"is-a": "follow-up", "slug": "to-do"}).entry("e1")
    assert (one.kind, one.slug, one.fields) == ("follow-up", "to-do", {"quote": "One asked"})


def test_a_sentence_without_an_entry_is_passed_over_and_taken_up_again() -> None:
    passed = decisions.pass_over(SMALL, 2)
    assert passed.state_of(2) == "skipped"
    assert passed.accepted() == []
    assert decisions.pass_over(passed, 2).state_of(2) == "suggested"
    with pytest.raises(NoSuchEntry):
        decisions.pass_over(SMALL, 3)


def test_an_added_entry_quotes_its_sentence_and_has_no_speaker_of_another(example: Ledger, draft: DeskDraft) -> None:
    last = len(draft.sentences) - 1
    refused = drafts.entry_of(draft, "statement", "refused")
    at = draft.entry(refused).sentence
    added = decisions.add(draft, "statement", at, ())
    new = added.entry(added.done[-1].at)
    assert set(new.fields) == {"at", "quote"}
    assert new.fields["at"] == draft.entry(refused).fields["at"]
    assert new.fields["quote"] in " ".join(draft.text.split())
    assert decisions.add(draft, "announcement", last, ()).entries[-1].kind == "announcement"
    complete = decisions.type_in(added, new.id, {"act": "stated", "by": "vn", "says": "No."})
    meeting = complete.entry(drafts.entry_of(complete, "meeting"))
    assert example.file([sheet(complete, [complete.entry(new.id), meeting])], dry_run=True).recorded


@pytest.mark.parametrize("how", ["typed", "accepted"])
def test_a_meeting_with_another_slug_is_named_by_it_in_the_other_entries(draft: DeskDraft, how: str) -> None:
    meeting = draft.entry(drafts.entry_of(draft, "meeting"))
    named = [one.id for one in draft.entries if one.fields.get("at") == meeting.slug]
    texts = {"slug": "talks-in-hanoi"}
    changed = (
        decisions.type_in(draft, meeting.id, texts)
        if how == "typed"
        else decisions.decide(draft, "accept", meeting.id, texts)
    )
    assert named and {changed.entry(one).fields["at"] for one in named} == {"talks-in-hanoi"}
    assert changed.undo().entries == draft.entries


LETTERS = "Tiếng Việt: “A 😀, b”, said one. Then \u202eother\u202c words came."
SPOKEN = DeskDraft("", "t", "k", "", 0, "s", False, {}, LETTERS, [SentencePlace(0, len(LETTERS), 0)], [
    DeskEntry("e1", "statement", "x", 0, {"quote": "said"}),
])  # fmt: skip


@pytest.mark.parametrize("words", ["“A 😀, b”", "😀,", "Tiếng Việt", "said one", " said  "])
def test_the_selected_words_are_the_quotation_exactly(words: str) -> None:
    offset = LETTERS.index(words.strip()) - (len(words) - len(words.lstrip()))
    one = decisions.quote_selected(SPOKEN, "e1", 0, offset, words).entry("e1")
    assert one.fields["quote"] == words.strip()


def test_places_are_counted_as_the_page_shows_them() -> None:
    shown = LETTERS.replace("\u202e", "\\u202e").replace("\u202c", "\\u202c")
    one = decisions.quote_selected(SPOKEN, "e1", 0, shown.index("words came"), "words came").entry("e1")
    assert one.fields["quote"] == "words came"


def test_words_that_do_not_stand_there_are_refused() -> None:
    for offset, words in ((3, "said one"), (0, "nothing"), (0, "  "), (500, "said")):
        with pytest.raises(NotInTheText):
            decisions.quote_selected(SPOKEN, "e1", 0, offset, words)


def test_a_new_name_becomes_an_entry_and_the_field_names_it(example: Ledger, draft: DeskDraft) -> None:
    asked = drafts.entry_of(draft, "statement", "asked")
    draft = decisions.type_in(draft, asked, {"issues": "tariffs, Cod Quotas", "to": "us/Anne Roy"})
    draft = decisions.name_new(draft, asked, "issues", "Cod Quotas", ())
    draft = decisions.name_new(draft, asked, "to", "us/Anne Roy", ())
    assert draft.entry(asked).fields["issues"] == ["tariffs", "cod-quotas"]
    assert draft.entry(asked).fields["to"] == "us/anne-roy"
    assert [(one.kind, one.slug) for one in draft.accepted()] == [("issue", "cod-quotas"), ("person", "anne-roy")]
    meeting = draft.entry(drafts.entry_of(draft, "meeting"))
    filed = example.file([sheet(draft, [*draft.accepted(), draft.entry(asked), meeting])], dry_run=True)
    assert {one.stream.slug for one in filed.recorded} >= {"cod-quotas", "anne-roy"}


@pytest.mark.parametrize(
    ("field", "item", "kind"),
    [
        ("", "Anne Roy", ""),
        ("issues", "Cod", "issue"),
        ("by", "Norway", "party"),
        ("by", "no/Dahl", "person"),
        ("says", "x", ""),
        ("at", "x", ""),
    ],
)
def test_a_name_may_become_a_party_a_person_or_an_issue(field: str, item: str, kind: str) -> None:
    assert decisions.offered("statement", field, item) == kind


def test_the_unknown_person_of_an_appointment_is_named_in_place(example: Ledger, draft: DeskDraft) -> None:
    draft = decisions.add(draft, "appointment", 0, ())
    entry = draft.done[-1].at
    draft = decisions.type_in(draft, entry, {"slug": "Anne Roy", "post": "Minister", "party": "us"})
    assert decisions.offered("appointment", "", "Anne Roy") == "person"
    draft = decisions.name_new(draft, entry, "", "Anne Roy", ())
    assert draft.entry(entry).slug == "anne-roy"
    (person,) = draft.accepted()
    assert (person.kind, person.fields) == ("person", {"name": "Anne Roy", "party": "us"})
    filed = example.file([sheet(draft, [person, draft.entry(entry)])], dry_run=True)
    assert {one.stream.slug for one in filed.recorded} >= {"anne-roy"}
    assert draft.undo().entry(entry).slug == "Anne Roy"


def test_what_cannot_be_named_is_refused() -> None:
    with pytest.raises(NoSuchEntry):
        decisions.name_new(SMALL, "e1", "says", "x", ())
