"""A draft: a report's frozen text, its suggested entries, and a person's decision on each.

Drafts are values. Every change is a step with the entries before and after it, so it can be undone and redone,
also after the browser was closed.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, Self

import msgspec

from ledger.desk.errors import NoSuchEntry, NothingToUndo

MOST_STEPS = 200  # that can be undone
Decision = Literal["", "accepted", "skipped"]
NOTHING = ""  # the kind of a mark that says: nothing in this sentence is for the record


class DeskEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One entry of a draft. `sentence` is the number of the sentence that it rests on; -1 if it rests on none.

    `fields` are as typed. `left` are the fields that the program left open, each with its alternatives; `acts` are the
    acts on offer, the likeliest first, and `reasons` say why.
    """

    id: str
    kind: str
    slug: str = ""
    sentence: int = -1
    fields: dict[str, Any] = {}
    left: dict[str, str] = {}
    acts: list[str] = []
    reasons: list[str] = []
    of_record: bool = False
    decision: Decision = ""


class SentencePlace(msgspec.Struct, frozen=True, array_like=True):
    """A sentence is text[start:end]; sentences of one paragraph have its number."""

    start: int
    end: int
    paragraph: int


class DraftFrame(msgspec.Struct, frozen=True, array_like=True):
    """The fields of the source, as typed, and the sentences of the text, which depend on the source's language."""

    source: dict[str, str]
    sentences: list[SentencePlace]


class DeskStep(msgspec.Struct, frozen=True, array_like=True):
    """One change: its kind, the entry where it was made, and the changed entries before and after (null: none).

    `frames` are those before and after a change of the source; `at` is then empty.
    """

    what: str
    at: str
    before: dict[str, DeskEntry | None]
    after: dict[str, DeskEntry | None]
    frames: tuple[DraftFrame, DraftFrame] | None = None


class DeskDraft(msgspec.Struct, frozen=True):
    """A draft as it is stored. `number` counts its saves; `position` is the log's position when it was opened."""

    id: str
    negotiation: str
    keeper: str
    opened_at: str
    position: int
    slug: str  # of the source
    of_record: bool  # whether the source was already recorded when the draft was opened
    source: dict[str, str]  # the fields of the source, as typed
    text: str
    sentences: list[SentencePlace]
    entries: list[DeskEntry]
    number: int = 0
    saved_at: str = ""
    done: list[DeskStep] = []
    undone: list[DeskStep] = []
    unread: bool = False  # whether only the first suggestions were made

    def entry(self, entry_id: str) -> DeskEntry:
        """The entry with an id."""
        for one in self.entries:
            if one.id == entry_id:
                return one
        raise NoSuchEntry(entry=entry_id)

    def of_sentence(self, number: int) -> list[DeskEntry]:
        """The entries of a sentence."""
        return [one for one in self.entries if one.sentence == number]

    def differing(self, other: Self) -> list[int]:
        """The numbers of the sentences whose entries differ from those of another draft of the same sentences."""
        mine, others = ({one.id: one for one in draft.entries} for draft in (self, other))
        changed = [name for name in mine | others if mine.get(name) != others.get(name)]
        found = {one.sentence for name in changed for one in (mine.get(name), others.get(name)) if one is not None}
        return sorted(found & {*range(len(other.sentences))})

    def accepted(self) -> list[DeskEntry]:
        """The entries to be filed."""
        return [one for one in self.entries if one.kind and one.decision == "accepted"]

    def undecided(self) -> list[DeskEntry]:
        """The suggestions that are not decided yet."""
        return [one for one in self.entries if not one.decision]

    def state_of(self, number: int) -> str:
        """The decision on a sentence: `suggested`, `accepted`, `skipped`, or `none`."""
        decisions = {one.decision for one in self.of_sentence(number)}
        if not decisions:
            return "none"
        return "suggested" if "" in decisions else "accepted" if "accepted" in decisions else "skipped"

    def changed(self, what: str, at: str, entries: Iterable[DeskEntry]) -> Self:
        """The draft with these entries changed or added, as one step; continued typing in one entry is one step."""
        known = {one.id: one for one in self.entries}
        after: dict[str, DeskEntry | None] = {one.id: one for one in entries if known.get(one.id) != one}
        if not after:
            return self
        before: dict[str, DeskEntry | None] = {name: known.get(name) for name in after}
        done = [*self.done]
        if what == "typed" and done and (done[-1].what, done[-1].at) == (what, at):
            before = {**before, **done.pop().before}
        step = DeskStep(what, at, before, after)
        return self._with(after, [*done, step][-MOST_STEPS:], [])

    def described(self, other: Self) -> Self:
        """The draft with the source, the sentences and the entries of another draft of its text, as one step."""
        known, new = ({one.id: one for one in draft.entries} for draft in (self, other))
        after = {name: new.get(name) for name in (*known, *new) if known.get(name) != new.get(name)}
        before = {name: known.get(name) for name in after}
        frames = (DraftFrame(self.source, self.sentences), DraftFrame(other.source, other.sentences))
        step = DeskStep("source changed", "", before, after, frames)
        return self._with(after, [*self.done, step][-MOST_STEPS:], [], frames[1])

    def undo(self) -> Self:
        """Return the draft as it was before its last step."""
        if not self.done:
            raise NothingToUndo(what="undo")
        step = self.done[-1]
        frame = step.frames[0] if step.frames else None
        return self._with(step.before, self.done[:-1], [*self.undone, step], frame)

    def redo(self) -> Self:
        """Return the draft with the last undone step applied again."""
        if not self.undone:
            raise NothingToUndo(what="redo")
        step = self.undone[-1]
        frame = step.frames[1] if step.frames else None
        return self._with(step.after, [*self.done, step], self.undone[:-1], frame)

    def new_id(self) -> str:
        """An id that no entry has, or had before an undo."""
        used = [one.id for one in self.entries]
        used += [name for step in (*self.done, *self.undone) for name in (*step.before, *step.after)]
        return f"e{max((int(name[1:]) for name in used), default=0) + 1}"

    def accounted(self) -> tuple[int, int, int]:
        """The numbers of characters: in sentences with accepted entries, in skipped sentences, and in all."""
        sizes = {"accepted": 0, "skipped": 0, "suggested": 0, "none": 0}
        for number, place in enumerate(self.sentences):
            sizes[self.state_of(number)] += place.end - place.start
        return sizes["accepted"], sizes["skipped"], sum(sizes.values())

    def _with(
        self,
        entries: Mapping[str, DeskEntry | None],
        done: Sequence[DeskStep],
        undone: Sequence[DeskStep],
        frame: DraftFrame | None = None,
    ) -> Self:
        """The draft with these entries in place of those with the same ids, and without those that are None."""
        found = {one.id: one for one in self.entries} | dict(entries)
        kept = sorted(filter(None, found.values()), key=lambda one: (one.sentence, int(one.id[1:])))
        frame = frame or DraftFrame(self.source, self.sentences)
        return msgspec.structs.replace(
            self, source=frame.source, sentences=frame.sentences, entries=kept, done=[*done], undone=[*undone]
        )
