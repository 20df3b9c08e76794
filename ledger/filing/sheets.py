"""Sheets: filled-in forms, grouped by the source that reports them, and the problems found in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ledger.errors import (
    Refusal,
)
from ledger.filing.fields import (
    Raw,
)


class Problem(NamedTuple):
    """Something that keeps an entry from being filed, and where it stands."""

    where: str
    refusal: Refusal


class Filled(NamedTuple):
    """A filled-in form: its kind, the slug of its entry, its fields as typed, and where each of them stands."""

    kind: str
    slug: str
    fields: Mapping[str, Raw]
    where: str
    places: Mapping[str, str] = {}

    def place(self, name: str) -> str:
        return self.places.get(name, self.where)


@dataclass
class Sheet:
    """Everything one source reports: the source, its text where at hand, the entries; and where the sheet starts."""

    source: Filled | None = None
    source_slug: str = ""
    text: str = ""
    entries: list[Filled] = field(default_factory=list)
    where: str = ""
