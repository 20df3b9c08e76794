"""The steps that a person takes at the desk: accept, skip, change, add. Each is a function from a draft to the next."""

import re
from collections.abc import Collection, Mapping
from typing import Any, Literal

from msgspec.structs import replace

from ledger.base.names import slugify
from ledger.base.text import visible
from ledger.capture.entries import new_slug, significant_words
from ledger.desk import fields
from ledger.desk.draft import NOTHING, Decision, DeskDraft, DeskEntry
from ledger.desk.errors import NoSuchEntry, NotInTheText
from ledger.domain.quotations import LONGEST_QUOTE_WORDS
from ledger.filing.forms import FORMS

KINDS = [kind for kind in FORMS if kind not in ("negotiation", "assertion", "task", "task-done")]
_ALIKE = ("by", "to", "for", "owners", "issues", "on", "parties", "people")  # of entries of one sentence
_EXPECTED = ("meeting", "announcement")  # an announced meeting is named like a meeting
DECIDED: dict[str, tuple[str, Decision]] = {
    "accept": ("accepted", "accepted"),
    "skip": ("skipped", "skipped"),
    "reopen": ("reopened", ""),
}


def with_texts(draft: DeskDraft, entry_id: str, texts: Mapping[str, str]) -> DeskEntry:
    """The entry with the texts typed into its form, which may include `is-a` (its kind) and `slug`."""
    one = draft.entry(entry_id)
    if not one.kind:
        return one
    kind = texts.get("is-a", one.kind)
    if kind != one.kind and kind in KINDS:
        one = replace(
            one, kind=kind, fields={name: one.fields[name] for name in one.fields if name in FORMS[kind].fields}
        )
    slug = " ".join(texts.get("slug", one.slug).split())
    if one.kind in fields.SUBJECTS:
        slug = "" if draft.entry(entry_id).kind != one.kind else slug.rpartition("/")[2]
    elif not slug:
        slug = one.slug or slug_for(one.kind, str(one.fields.get("quote", "")), {each.slug for each in draft.entries})
    return replace(one, slug=slug, fields=fields.typed(one, texts))


def type_in(draft: DeskDraft, entry_id: str, texts: Mapping[str, str]) -> DeskDraft:
    """Store the texts typed into the form of an entry."""
    return draft.changed("typed", entry_id, _with_names(draft, with_texts(draft, entry_id, texts)))


def decide(
    draft: DeskDraft, what: Literal["accept", "skip", "reopen"], entry_id: str, texts: Mapping[str, str]
) -> DeskDraft:
    """Accept, skip or reopen an entry, with the texts typed into its form."""
    told, decision = DECIDED[what]
    one = replace(with_texts(draft, entry_id, texts), decision=decision)
    return draft.changed(told, entry_id, _with_names(draft, one))


def pass_over(draft: DeskDraft, sentence: int) -> DeskDraft:
    """Mark a sentence as containing nothing for the record; a second call removes the mark."""
    _place(draft, sentence)
    marks = [one for one in draft.of_sentence(sentence) if not one.kind]
    if marks:
        turned: Decision = "" if marks[0].decision else "skipped"
        return draft.changed("passed over", marks[0].id, [replace(marks[0], decision=turned)])
    mark = DeskEntry(draft.new_id(), NOTHING, sentence=sentence, decision="skipped")
    return draft.changed("passed over", mark.id, [mark])


def add(draft: DeskDraft, kind: str, sentence: int, taken: Collection[str], like: str = "") -> DeskDraft:
    """Add an entry that rests on a sentence, and quotes it.

    Its meeting and parties are those of the entry before it in the text. Its speakers or owners, addressees and issues
    are those of the entry with the id `like`, if that rests on the same sentence.
    """
    start, end = _place(draft, sentence)
    words = draft.text[start:end].strip().rstrip(".")
    quote = " ".join(words.split()[:LONGEST_QUOTE_WORDS])
    form = FORMS[kind if kind in KINDS else "statement"]
    before = [one for one in draft.entries if one.sentence <= sentence and one.decision != "skipped" and one.kind]
    given: dict[str, Any] = {}
    for one in before:
        given |= {name: one.fields[name] for name in ("at", "parties") if name in one.fields}
    model = next((one for one in draft.of_sentence(sentence) if one.kind and one.id == like), None)
    if model is not None:
        given |= {name: model.fields[name] for name in _ALIKE if name in model.fields}
        if who := model.fields.get("by") or model.fields.get("owners"):
            given = {"by": who, "owners": who} | given
    given = {name: value for name, value in (given | {"quote": quote}).items() if name in form.fields}
    acts = model.acts if model is not None and model.kind == kind else []
    named = {*taken, *(one.slug for one in draft.entries)}
    slug = "" if kind in fields.SUBJECTS else slug_for(kind, quote, named)  # a person chooses its subject
    entry = DeskEntry(draft.new_id(), kind, slug, sentence, given, acts=acts)
    return draft.changed("added", entry.id, [entry])


def slug_for(kind: str, words: str, taken: Collection[str]) -> str:
    """A slug for an entry, made from the words that support it."""
    return new_slug(f"{kind}-{significant_words(words)}", taken)


def quote_selected(draft: DeskDraft, entry_id: str, sentence: int, offset: int, words: str) -> DeskDraft:
    """Make the words selected in the text the quotation of an entry: exactly those, without surrounding blanks.

    They begin `offset` characters after the start of the sentence, counted as the page shows them.
    """
    start, _ = _place(draft, sentence)
    while offset > 0 and start < len(draft.text):
        offset -= len(visible(draft.text[start]))
        start += 1
    selected = r"\s+".join(re.escape(word) for word in words.split())
    found = re.compile(rf"\s*({selected})").match(draft.text, start) if selected else None
    if found is None:
        raise NotInTheText()
    one = draft.entry(entry_id)
    return draft.changed("quoted", entry_id, [replace(one, fields={**one.fields, "quote": " ".join(found[1].split())})])


def name_new(draft: DeskDraft, entry_id: str, field: str, item: str, taken: Collection[str]) -> DeskDraft:
    """Name a party, a person or an issue that a field contains, and replace the name in the field by its new slug.

    Field "" is the slug of an appointment: the person whom it is about, who speaks for the party of the appointment.
    """
    one = draft.entry(entry_id)
    kind = offered(one.kind, field, item)
    if not kind or field not in ("", *FORMS[one.kind].fields):
        raise NoSuchEntry(entry=f"{entry_id}.{field}")
    party, _, name = item.rpartition("/") if kind == "person" else ("", "", item)
    if not field:
        party = str(one.fields.get("party", ""))
    used = (other.slug for other in draft.entries if other.kind not in fields.SUBJECTS)
    slug = new_slug(slugify(name) or kind, {*taken, *used})
    title = {"title": name} if kind == "issue" else {"name": name}
    named = DeskEntry(
        draft.new_id(), kind, slug, one.sentence, {**title, **({"party": party} if party else {})}, decision="accepted"
    )
    if not field:
        return draft.changed("named", entry_id, [replace(one, slug=slug), named])
    new = f"{party}/{slug}" if party else slug
    value = one.fields.get(field, "")
    items = [new if each == item else each for each in (value if isinstance(value, list) else [value])]
    changed = replace(one, fields={**one.fields, field: items[0] if len(items) == 1 else items})
    return draft.changed("named", entry_id, [changed, named])


def offered(kind: str, field: str, item: str) -> str:
    """The kind of entry that an unknown name in a field may become: a party, a person or an issue; "" if none.

    `kind` is that of the entry with the field; field "" is its slug.
    """
    if not field:
        return "person" if fields.SUBJECTS.get(kind) == "person" else ""
    if field in fields.VOICES:
        return "person" if "/" in item else "party"
    named = fields.NAMED.get(field, "")
    return named if named in ("party", "issue") else ""


def _place(draft: DeskDraft, sentence: int) -> tuple[int, int]:
    if not 0 <= sentence < len(draft.sentences):
        raise NoSuchEntry(entry=f"for sentence {sentence}")
    place = draft.sentences[sentence]
    return place.start, place.end


def _with_names(draft: DeskDraft, one: DeskEntry) -> list[DeskEntry]:
    """The changed entry; if its slug is new, also the entries whose fields contain the old slug, renamed."""
    old = draft.entry(one.id).slug
    owners = [other for other in draft.entries if other.slug == old and other.kind not in fields.SUBJECTS]
    if old == one.slug or [other.id for other in owners] != [one.id]:
        return [one]
    named = [field for field, kind in fields.NAMED.items() if kind == one.kind or (kind, one.kind) == _EXPECTED]
    found = [one]
    for other in draft.entries:
        subject = fields.SUBJECTS.get(other.kind, "")
        is_about = other.slug == old and (subject == one.kind or (subject, one.kind) == _EXPECTED)
        has = {name: _renamed(other.fields[name], old, one.slug) for name in named if name in other.fields}
        if other.id != one.id and (is_about or has):
            found.append(replace(other, slug=one.slug if is_about else other.slug, fields={**other.fields, **has}))
    return found


def _renamed(value: Any, old: str, new: str) -> Any:
    if isinstance(value, list):
        return [new if each == old else each for each in value]
    return new if value == old else value
