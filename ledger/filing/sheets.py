"""Sheets: filled-in forms, grouped by the source that reports them, and the problems found in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ledger.errors import Refusal

Raw = str | list[Any] | Mapping[str, Any]  # a value as typed: a text, or texts in lists and mappings


class Problem(NamedTuple):
    """Why an entry cannot be filed, and the file and line or the option that it was typed in."""

    where: str
    refusal: Refusal


class Filled(NamedTuple):
    """A form filled in for one entry: the kind and slug of the entry, its fields as typed, and where each was typed."""

    kind: str
    slug: str
    fields: Mapping[str, Raw]
    where: str
    places: Mapping[str, str] = {}

    def place(self, name: str) -> str:
        """Where a field was typed; where the entry was, if its fields have no places of their own."""
        return self.places.get(name, self.where)


@dataclass
class Sheet:
    """Everything that one source reports.

    The source is new, and given with its text where that is at hand, or of record, and given by its slug. A sheet of
    names has no source. `where` is the place at which the sheet starts.
    """

    source: Filled | None = None
    source_slug: str = ""
    text: str = ""
    entries: list[Filled] = field(default_factory=list)
    where: str = ""
