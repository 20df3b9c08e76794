"""What differs between two states of one entry, in short phrases: for the story, and for an entry's own history."""

from collections.abc import Iterator
from typing import Any

from ledger.dates import When
from ledger.domain.states import Ask

# Fields whose change says nothing to a reader, or is told by another field.
_UNTOLD = {"slug", "issue", "asker", "day", "turn", "sources", "titles", "expected_source", "expectations"} | {
    "raised_by", "times_raised", "first_raised", "last_raised", "last_spoken", "last_statement", "answer_statement",
    "first_statement", "first_asked", "last_asked", "last_answer", "last_answer_by", "expected_on", "expected_by",
    "aliases", "kind", "text_length", "sha256", "agreed_on", "about",
}  # fmt: skip


def changes(before: Any, after: Any) -> Iterator[str]:
    """What differs between two states of one entry, field by field; the first state is told by its status."""
    for name, new in zip(after._fields, after, strict=True):
        old = getattr(before, name) if before is not None else type(new)()
        if name in _UNTOLD or old == new or (before is None and name not in ("status", "waiting_since", "post")):
            continue
        if name == "times" and isinstance(after, Ask):
            yield f"asked {new} times"
        elif not said(new):
            yield f"{name.replace('_', ' ')} {said(old)} no more"
        elif not said(old):
            yield f"{name.replace('_', ' ')}: {said(new)}"
        else:
            yield f"{name.replace('_', ' ')}: {said(old)} → {said(new)}"


def said(value: Any) -> str:
    """The value as a person reads it, "" where it says nothing."""
    if value is None or value == () or value == When():
        return ""
    return written(value)


def written(value: Any) -> str:
    """A field's value as a person reads it."""
    if isinstance(value, When):
        return value.describe()
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    return str(value)
