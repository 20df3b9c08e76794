"""The differences between two states of one entry, in short phrases, for the story and for entry histories."""

from collections.abc import Iterator
from typing import Any

from ledger.base.text import doubted, times
from ledger.dates import When
from ledger.domain.clocks import known_day
from ledger.domain.states import Ask
from ledger.domain.vocabulary import WORDED, plain

# Fields whose change a reader need not see, or sees in another field.
_UNTOLD = {"slug", "issue", "asker", "day", "turn", "sources", "titles", "expected_source", "expectations"} | {
    "raised_by", "times_raised", "first_raised", "last_raised", "last_spoken", "last_statement", "answer_statement",
    "first_statement", "first_asked", "last_asked", "last_answer", "last_answer_by", "expected_on", "expected_by",
    "aliases", "kind", "text_length", "sha256", "agreed_on", "about", "answers", "waits", "through", "bounds",
    "reaffirmed_sources", "deferred_in", "answered_in", "ended_in", "last_end", "surely_since", "left", "set_on",
    "set_by", "dates", "within", "unless", "holding", "positions", "conditional_about", "words_reported", "inferred_in",
    "besides", "other_answers", "other_answers_by", "rests_on", "agreed_in", "conditional", "posts_in", "contested",
    "status_in", "raised_surely", "held_within", "surely_by", "surely_last", "other_ends", "untils",
}  # fmt: skip
_OF_A_STATUS = ("reason", "told_as")  # they end with the status that they are about


def changes(before: Any, after: Any) -> Iterator[str]:
    """The differences between two states of one entry, field by field; without `before`, the first values."""
    for name in after._fields:
        new = _worded(after, name)
        old = _worded(before, name) if before is not None else type(new)()
        if name in _UNTOLD or old == new or (before is None and name not in ("status", "waiting_since", "post")):
            continue
        if name == "times" and isinstance(after, Ask):
            yield f"asked {times(new)}"
        elif name == "waiting_since":
            since = doubted(known_day(after, new).brief(), after.unless)
            yield f"waiting since: {since}" if new else "no longer waiting"
        elif not said(new) and name in _OF_A_STATUS:
            continue
        elif name == "reported_by" and not new:
            yield f"told by a source itself, no longer only by {old}"
        elif not said(new):
            yield f"{name.replace('_', ' ')}: no longer {_value(name, old)}"
        elif not said(old):
            yield f"{name.replace('_', ' ')}: {_value(name, new)}"
        else:
            yield f"{name.replace('_', ' ')}: {_value(name, old)} → {_value(name, new)}"


def _worded(state: Any, name: str) -> Any:
    """A field of a state in words; a status with the alternative that may hold instead."""
    value = getattr(state, name)
    return doubted(value, getattr(state, "unless", "")) if name == "status" else value


def _value(name: str, value: Any) -> str:
    return plain(value) if name in WORDED else said(value)


def said(value: Any) -> str:
    """A field's value in words; "" if it is empty."""
    if value is None or value == () or value == When():
        return ""
    return written(value)


def written(value: Any) -> str:
    """A field's value in words."""
    if isinstance(value, When):
        return value.describe()
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    return str(value)
