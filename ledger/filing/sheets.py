"""Sheets: filled-in forms, grouped by the source that reports them, and the problems found in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ledger.errors import Refusal

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
