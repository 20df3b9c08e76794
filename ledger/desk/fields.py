"""Converts the fields of an entry to the texts that a page shows, and back to the values of an entry file.

A list is one text: its items are separated by commas, or on lines of their own if an item may contain a comma.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, NamedTuple, get_origin, get_type_hints

from ledger.desk.draft import DeskEntry
from ledger.domain.vocabulary import (
    ACTS,
    BASES,
    ENDINGS,
    FORETOLD,
    FORMATS,
    MEETING_KINDS,
    OFF,
    OUTCOMES,
    PARTY_ROLES,
    UNDERTAKEN,
    WORDINGS,
)
from ledger.filing.forms import FORMS

Shape = Literal["text", "list", "lines"]
ON_LINES = ("people", "quote", "aliases", "conditional-on", "provisions")
NAMED = {
    "party": "party",
    "of": "party",
    "parties": "party",
    "issues": "issue",
    "at": "meeting",
    "before": "meeting",
    "post": "post",
}
OPTIONS = {
    "act": tuple(ACTS),
    "kind": tuple(MEETING_KINDS),
    "format": tuple(FORMATS),
    "outcome": tuple(OUTCOMES),
    "ended outcome": tuple(ENDINGS),
    "basis": tuple(BASES),
    "status": WORDINGS,
    "standing": ("yes", "no"),
    "body": ("yes", "no"),
    "as": PARTY_ROLES,
    "announcement as": tuple(FORETOLD),
    "called-off as": tuple(OFF),
    "follow-up as": UNDERTAKEN,
}
# The entry that its slug names.
SUBJECTS = {
    "appointment": "person",
    "left-post": "person",
    "role": "party",
    "closed": "follow-up",
    "called-off": "meeting",
    "ended": "deadline",
    "wording": "text",
}
DAYS = ("on", "held", "expected", "from", "until", "due")
VOICES = ("by", "for", "to", "owners", "people")


class FieldShown(NamedTuple):
    """A field with its text.

    `names` says which names complete it: those of a kind of entry, `voice`, `post`, or "". `words` are those that a day
    was read from; `left` are the alternatives of a field that was left open; `options` are the words of a closed list.
    """

    name: str
    help: str
    shape: Shape
    text: str
    needed: bool
    wanted: bool
    names: str = ""
    words: str = ""
    left: str = ""
    options: tuple[str, ...] = ()
    is_day: bool = False


def shown(entry: DeskEntry) -> list[FieldShown]:
    """The fields of an entry's form, in the order of the form."""
    form = FORMS[entry.kind]
    shapes = _shapes(entry.kind)
    return [
        FieldShown(
            name,
            field.help,
            shapes[name],
            _text(name, entry.fields.get(name, "")),
            field.needed and not (field.name == "says" and "quote" in form.fields),
            field.wanted or name in ("at", "quote"),
            NAMED.get(name, "voice" if name in VOICES else ""),
            entry.fields[name].get("words", "") if isinstance(entry.fields.get(name), Mapping) else "",
            entry.left.get(name, "") if name not in entry.fields else "",
            OPTIONS.get(f"{entry.kind} {name}", OPTIONS.get(name, ())),
            name in DAYS,
        )
        for name, field in form.fields.items()
    ]


def typed(entry: DeskEntry, texts: Mapping[str, str]) -> dict[str, Any]:
    """The fields of an entry after a person typed these texts; empty ones are left out.

    A day keeps its original words until it is changed.
    """
    found = dict(entry.fields)
    for one in shown(entry):
        if one.name not in texts:
            continue
        text = texts[one.name].replace("\r\n", "\n").strip()
        found.pop(one.name, None)
        if text == one.text and one.name in entry.fields:
            found[one.name] = entry.fields[one.name]
        elif text:
            items = _items(text, one.shape)
            found[one.name] = items[0] if len(items) == 1 else items
    order = list(FORMS[entry.kind].fields)
    return {name: found[name] for name in sorted(found, key=order.index)}


@cache
def _shapes(kind: str) -> dict[str, Shape]:
    form = FORMS[kind]
    types = get_type_hints(form.event)
    many = {name: get_origin(types[field.name]) is tuple for name, field in form.fields.items()}
    return {name: "text" if not many[name] else "lines" if name in ON_LINES else "list" for name in form.fields}


def _items(text: str, shape: Shape) -> list[str]:
    if shape == "text":
        return [" ".join(text.split())]
    parts = text.split("\n" if shape == "lines" else ",")
    return [" ".join(part.split()) for part in parts if part.strip()] or [text]


def _text(name: str, value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value["date"])
    if isinstance(value, list):
        return ("\n" if name in ON_LINES else ", ").join(value)
    return str(value)
