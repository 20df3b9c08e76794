"""The content of a draft's page: sentences with their marks, the form of an entry, and the progress."""

import re
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from ledger.base.names import fold
from ledger.base.text import counted
from ledger.desk import fields
from ledger.desk.decisions import offered
from ledger.desk.draft import DeskDraft, DeskEntry
from ledger.desk.fields import FieldShown
from ledger.desk.sheet import DaysRead, Problems
from ledger.desk.store import clock
from ledger.views.views import Views

LAST = 5  # decisions that stay in sight


class MarkedRun(NamedTuple):
    """A run of a sentence's text, and the entries whose quotations contain it."""

    text: str
    entries: tuple[str, ...]


class SentenceShown(NamedTuple):
    """A sentence: its number, whether it begins a paragraph, the decision on it, its runs and entries."""

    number: int
    first: bool
    state: str
    runs: list[MarkedRun]
    entries: list[DeskEntry]


class EntryShown(NamedTuple):
    """The form of an entry: its visible fields, those under "More fields", and the problems by field.

    `offers` are the names that the record does not know, by field: each with the kind of entry that it may become.
    `days` are its days in words, as they were read. `subject` is the kind of the entry that its slug names, if any.
    """

    entry: DeskEntry
    fields: list[FieldShown]
    more: list[FieldShown]
    problems: dict[str, list[str]]
    offers: dict[str, list[tuple[str, str]]]
    days: dict[str, str]
    subject: str = ""


class Known(NamedTuple):
    """A name for completion: its kind, the value to type, its label, and the post of a person."""

    kind: str
    value: str
    label: str
    post: str = ""


class DryRun(NamedTuple):
    """The result of a dry run: the problems, and the days in words, as they were read."""

    problems: Problems
    days: DaysRead


class DraftPage:
    """The page of one draft, with the result of the dry run. `tried` is the entry that was refused just now."""

    def __init__(
        self, draft: DeskDraft, names: list[Known], found: DryRun | None = None, at: str = "", tried: str = ""
    ) -> None:
        self.tried = tried
        self.draft = draft
        self.names = names
        self.problems, self.days = found or DryRun({}, {})
        ids = [one.id for one in self.entries]
        undecided = [one for one in self.entries if not one.decision]
        self.at = at if at in ids else (undecided[0].id if undecided else ids[-1] if ids else "")

    @cached_property
    def sentences(self) -> list[SentenceShown]:
        """The sentences in order."""
        return [self.sentence(number) for number in range(len(self.draft.sentences))]

    def sentence(self, number: int) -> SentenceShown:
        """One sentence."""
        place = self.draft.sentences[number]
        before = self.draft.sentences[number - 1].paragraph if number else None
        entries = [one for one in self.draft.of_sentence(number) if one.kind]
        runs = _runs(self.draft.text, place.start, place.end, entries)
        return SentenceShown(number, place.paragraph != before, self.draft.state_of(number), runs, entries)

    @cached_property
    def entries(self) -> list[DeskEntry]:
        """The entries in order, without the marks of sentences that have nothing for the record."""
        return [one for one in self.draft.entries if one.kind]

    def form(self, one: DeskEntry) -> EntryShown:
        """The form of one entry."""
        every = fields.shown(one)
        problems = {name: told for name, told in self.problems.get(one.id, {}).items() if not self._is_open(one, name)}
        main = [each for each in every if each.text or each.needed or each.left or each.wanted or each.name in problems]
        offers = {name: self._offers(one, name) for name in problems}
        return EntryShown(
            one,
            main,
            [each for each in every if each not in main],
            problems,
            offers,
            self.days.get(one.id, {}),
            fields.SUBJECTS.get(one.kind, ""),
        )

    @property
    def accepted(self) -> int:
        """The number of entries to be filed."""
        return len(self.draft.accepted())

    @property
    def kept(self) -> str:
        """The time at which the draft was saved."""
        return clock(self.draft.saved_at)

    @property
    def shares(self) -> tuple[int, int]:
        """The percentages of the text in sentences with accepted entries, and in those that were skipped."""
        accepted, skipped, every = self.draft.accounted()
        return (100 * accepted // every, 100 * skipped // every) if every else (0, 0)

    @property
    def progress(self) -> str:
        """The share of the text that is accounted for, in words."""
        skipped = sum(one.decision == "skipped" for one in self.entries)
        left = sum(not one.decision for one in self.entries)
        return (
            f"{sum(self.shares)} % of the text accounted for: {self.accepted} accepted, {skipped} skipped,"
            f" {counted(left, 'suggestion')} undecided{', the rest is being read' if self.draft.unread else ''}."
        )

    @property
    def last(self) -> list[tuple[str, DeskEntry]]:
        """The last decided entries, each with its last decision, newest first."""
        known = {one.id: one for one in self.draft.entries}
        told: dict[str, tuple[str, DeskEntry]] = {}
        for step in reversed(self.draft.done):
            if step.what != "typed" and step.at in known and known[step.at].kind:
                told.setdefault(step.at, (step.what, known[step.at]))
        return [*told.values()][:LAST]

    @property
    def is_wrong(self) -> int:
        """The number of problems of the entries to be filed, and of the source."""
        wanted = {"source", *(one.id for one in self.draft.accepted())}
        return sum(len(told) for name in wanted for told in self.problems.get(name, {}).values())

    def _is_open(self, one: DeskEntry, field: str) -> bool:
        """Whether the program left this field open and the person has not filled it in yet."""
        return one.id != self.tried and not one.decision and field in one.left and field not in one.fields

    def _offers(self, one: DeskEntry, field: str) -> list[tuple[str, str]]:
        known = {fold(name) for each in self.names for name in (each.value, *each.label.split("; "))}
        value = one.fields.get(field, "") if field else one.slug
        if not field:
            known |= {each.value.rpartition("/")[2] for each in self.names if each.kind == "person"}
        items = value if isinstance(value, list) else [value] if isinstance(value, str) else []
        found = [(offered(one.kind, field, item), item) for item in items if item and fold(item) not in known]
        return [each for each in found if each[0]]


def names(views: Views, draft: DeskDraft | None = None) -> list[Known]:
    """The names of the record and of a draft, for completing fields."""
    aliases = views.aliases("issue")
    found = [Known("party", one.slug, "; ".join((one.name, *one.aliases))) for one in views.parties()]
    found += [
        Known(
            "person",
            f"{one.party}/{one.slug}" if one.party else one.slug,
            "; ".join((one.name, *one.aliases)),
            one.post,
        )
        for one in views.people()
    ]
    found += [Known("post", post, one.name) for one in views.people() for post in one.post.split("; ") if post]
    found += [Known("issue", one.slug, "; ".join((one.title, *aliases.get(one.slug, ())))) for one in views.issues()]
    found += [Known("meeting", one.slug, one.label) for one in views.labels("meeting")]
    found += [Known("follow-up", one.slug, one.label) for one in views.labels("follow-up")]
    found += [known for one in (draft.entries if draft else ()) if one.decision != "skipped" for known in _new(one)]
    return list(dict.fromkeys(found))


def _new(one: DeskEntry) -> Iterable[Known]:
    has: dict[str, Any] = one.fields
    if one.kind in ("party", "issue"):
        yield Known(one.kind, one.slug, str(has.get("name") or has.get("title") or one.slug))
    if one.kind == "person":
        yield Known("person", f"{has.get('party', '')}/{one.slug}".lstrip("/"), str(has.get("name", one.slug)))
    if one.kind == "follow-up":
        yield Known(one.kind, one.slug, str(has.get("says") or has.get("quote") or one.slug))
    if one.kind in ("meeting", "announcement"):
        yield Known("meeting", one.slug, f"{has.get('kind', 'meeting')} of this report")


def _runs(text: str, start: int, end: int, entries: list[DeskEntry]) -> list[MarkedRun]:
    """The runs of a sentence, which is cut where quotations begin and end."""
    places = [(*place, one.id) for one in entries for place in _quoted(text[start:end], one)]
    cuts = sorted({0, end - start, *(cut for first, last, _ in places for cut in (first, last))})
    return [
        MarkedRun(text[start + first : start + last], tuple(name for a, b, name in places if a <= first and last <= b))
        for first, last in pairwise(cuts)
    ]


def _quoted(sentence: str, one: DeskEntry) -> Iterable[tuple[int, int]]:
    quote = one.fields.get("quote", "")
    for words in quote if isinstance(quote, list) else [quote]:
        found = words and re.search(r"\s+".join(re.escape(word) for word in words.split()), sentence)
        if found:
            yield found.span()
