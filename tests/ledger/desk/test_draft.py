"""A draft: what is decided, what is accounted for, and undoing every step."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.desk import decisions
from ledger.desk.draft import DeskDraft, DeskEntry, SentencePlace
from ledger.desk.errors import NoSuchEntry, NothingToUndo

TEXT = "One asked. Two refused. Three slept."
SMALL = DeskDraft(
    id="",
    negotiation="talks",
    keeper="lan",
    opened_at="",
    position=0,
    slug="daily",
    of_record=False,
    source={"title": "T"},
    text=TEXT,
    sentences=[SentencePlace(0, 10, 0), SentencePlace(11, 23, 0), SentencePlace(24, 36, 1)],
    entries=[
        DeskEntry("e1", "statement", "one-asked", 0, {"act": "asked", "quote": "One asked"}),
        DeskEntry("e2", "statement", "two-refused", 1, {"act": "refused", "quote": "Two refused"}),
    ],
)


def test_nothing_is_accounted_for_before_it_is_decided() -> None:
    assert SMALL.accounted() == (0, 0, 34)
    assert [SMALL.state_of(number) for number in range(3)] == ["suggested", "suggested", "none"]


def test_a_sentence_is_accounted_for_when_all_its_entries_are_decided() -> None:
    draft = decisions.decide(SMALL, "accept", "e1", {})
    draft = decisions.decide(draft, "skip", "e2", {})
    draft = decisions.pass_over(draft, 2)
    assert draft.accounted() == (10, 24, 34)
    assert [one.id for one in draft.accepted()] == ["e1"]
    assert draft.undecided() == []


def test_an_entry_that_is_not_there_is_refused() -> None:
    with pytest.raises(NoSuchEntry):
        SMALL.entry("e9")


def test_there_may_be_nothing_to_undo_or_redo() -> None:
    with pytest.raises(NothingToUndo):
        SMALL.undo()
    with pytest.raises(NothingToUndo):
        SMALL.redo()


def test_typing_on_in_one_entry_is_undone_as_one_step() -> None:
    draft = SMALL
    for words in ("L", "La", "Lan"):
        draft = decisions.type_in(draft, "e1", {"says": words})
    draft = decisions.type_in(draft, "e2", {"says": "Minh"})
    assert len(draft.done) == 2
    assert draft.undo().undo().entries == SMALL.entries


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["accept", "skip", "reopen"]), st.sampled_from(["e1", "e2"])),
        st.tuples(st.just("pass"), st.integers(0, 2)),
        st.tuples(st.just("add"), st.integers(0, 2)),
        st.tuples(st.just("type"), st.sampled_from(["a", "b"])),
    ),
    max_size=20,
)


def stepped(draft: DeskDraft, step: tuple[str, object]) -> DeskDraft:
    match step:
        case ("pass", int(sentence)):
            return decisions.pass_over(draft, sentence)
        case ("add", int(sentence)):
            return decisions.add(draft, "statement", sentence, ())
        case ("type", str(words)):
            return decisions.type_in(draft, "e1", {"says": words})
        case (("accept" | "skip" | "reopen") as what, str(entry)):
            return decisions.decide(draft, what, entry, {})
    raise AssertionError(step)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_every_step_can_be_undone_and_redone(steps: list[tuple[str, object]]) -> None:
    drafts = [SMALL]
    for step in steps:
        drafts.append(stepped(drafts[-1], step))
    draft, count = drafts[-1], len(drafts[-1].done)
    for _ in range(count):
        draft = draft.undo()
    assert draft.entries == SMALL.entries
    for _ in range(count):
        draft = draft.redo()
    assert draft.entries == drafts[-1].entries


@settings(max_examples=60, deadline=None)
@given(STEPS, STEPS)
def test_a_sentence_differs_if_and_only_if_one_of_its_entries_does(
    steps: list[tuple[str, object]], more: list[tuple[str, object]]
) -> None:
    before = SMALL
    for step in steps:
        before = stepped(before, step)
    after = before
    for step in more:
        after = stepped(after, step)
    assert before.differing(after) == [n for n in range(3) if before.of_sentence(n) != after.of_sentence(n)]


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_an_id_is_never_given_twice(steps: list[tuple[str, object]]) -> None:
    draft = SMALL
    for step in steps:
        draft = stepped(draft, step)
        ids = [one.id for one in draft.entries]
        assert len(ids) == len({*ids})
        assert draft.new_id() not in ids
