"""Sheets: filled-in forms, grouped by the source that reports them, the values typed in them, and their problems."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ledger.errors import Refusal
from ledger.filing.errors import NotAList

Raw = str | list[Any] | Mapping[str, Any]  # a value as typed: text, or lists and mappings of text


class Problem(NamedTuple):
    """The reason why an entry cannot be filed, and where it was typed (a file and line, or an option)."""

    where: str
    refusal: Refusal


class Filled(NamedTuple):
    """A form that is filled in for one entry: its kind, its slug, its fields as typed, and where each was typed."""

    kind: str
    slug: str
    fields: Mapping[str, Raw]
    where: str
    places: Mapping[str, str] = {}

    def place(self, name: str) -> str:
        """The place where a field was typed, else the place of its entry."""
        return self.places.get(name, self.where)


@dataclass
class Sheet:
    """The entries that one source reports.

    A new source is given as a form, with its text if available; a source in the record is given by its slug. A sheet of
    names has no source. `where` is the place at which the sheet starts.
    """

    source: Filled | None = None
    source_slug: str = ""
    text: str = ""
    entries: list[Filled] = field(default_factory=list)
    where: str = ""


def items(raw: Raw) -> list[Any]:
    """The items of a list, or a single text as a list of one."""
    if isinstance(raw, list):
        return raw
    if not isinstance(raw, str):
        raise NotAList(found="keys with values")
    return [raw]


def single(raw: Raw) -> Raw:
    """The only item of a list: an option that may be repeated comes as a list, even if it was given once."""
    return raw[0] if isinstance(raw, list) and len(raw) == 1 and isinstance(raw[0], str) else raw


def word(raw: Raw) -> str:
    """The text that was typed alone, in lower case; "" if there is none or more than one."""
    return typed.strip().lower() if isinstance(typed := single(raw), str) else ""
