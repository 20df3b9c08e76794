"""The entries that an event names: in its fields, and in those that it corrects."""

from functools import cache
from typing import Any

from ledger.domain.events import AnswerAsserted, EntryCorrected, Event
from ledger.domain.vocabulary import QUESTIONS

# The fields with slugs, voices (`us/ann-lee`), or values that have one.
_NAMING = (
    "source", "at", "before", "party", "of_party", "asker", "account_of", "derived_from", "reported_by", "assignee",
    "parties", "issues", "waits_on", "reaffirms", "answers", "denies", "depends_on", "replaces", "meets", "by",
    "on_behalf_of", "to", "owners", "people", "figures", "conditional_on", "about",
)  # fmt: skip
_WITHIN = ("who", "measure", "on")  # of a participant, a figure, a condition


def named(event: Event) -> frozenset[str]:
    """The slugs that an event names, of entries of any kind; some may be words that name no entry."""
    found: set[str] = set()
    for name in _naming(type(event)):
        if value := getattr(event, name):
            _add(found, value)
    if isinstance(event, AnswerAsserted) and not (event.question in QUESTIONS and QUESTIONS[event.question].about):
        _add(found, event.answer)
    if isinstance(event, EntryCorrected):
        for name, change in event.changes.items():
            if name in _NAMING or name == "answer":
                _add(found, change.old)
                _add(found, change.new)
    return frozenset(found - {""})


@cache
def _naming(cls: type[Event]) -> list[str]:
    """The fields of events of a class that name entries."""
    return [name for name in _NAMING if name in cls.__struct_fields__]


def _add(found: set[str], value: Any) -> None:
    """Add the slugs in the value of a field, as an event has it or as a correction stores it."""
    if isinstance(value, str):
        if "/" in value:
            found.update(value.split("/"))
        else:
            found.add(value)
    elif isinstance(value, tuple | list):
        for one in value:
            _add(found, one)
    elif isinstance(value, dict):
        for name in (*_WITHIN, "each"):
            _add(found, value.get(name, ()))
    else:
        for name in _WITHIN:
            _add(found, getattr(value, name, ()))
