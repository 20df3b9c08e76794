"""Turns the rows of a spreadsheet into sheets of filled-in forms, each with the place of its row.

A row without a slug gets one from its words and its content. So a row that was filed before is recognised wherever it
stands now, and a changed row is another entry.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import get_origin, get_type_hints

from ledger.base.names import slugify
from ledger.filing.forms import FORMS
from ledger.filing.sheets import Filled, Raw, Sheet
from ledger.filing.spreadsheets.errors import NothingMapped, RowsWithoutSource
from ledger.filing.spreadsheets.mapping import OF_ROWS, ColumnMap
from ledger.filing.spreadsheets.rows import FilledTable

WORDS = 6  # of a made slug
_WHOLE = ("quote", "conditional-on")  # fields with several values whose text is never divided


def sheets(tables: Iterable[FilledTable], mapping: ColumnMap) -> list[Sheet]:
    """The rows as entries, grouped by their sources. Refused if no column is mapped, or a row has no source."""
    form = FORMS[mapping.kind]
    if not {*mapping.columns.values()} - {*OF_ROWS}:
        raise NothingMapped(kind=f"a {mapping.kind}", fields=", ".join(form.fields))
    types = get_type_hints(form.event)
    many = {name for name, one in form.fields.items() if get_origin(types[one.name]) is tuple} - {*_WHOLE}
    found: dict[str, Sheet] = {}
    for table in tables:
        for row in table.rows:
            given = {field: row.cells[column] for column, field in mapping.columns.items() if column in row.cells}
            if not given:
                continue
            source, slug = given.pop("source", "") or mapping.source, given.pop("slug", "")
            if "quote" not in form.fields:
                source = ""
            elif not source:
                raise RowsWithoutSource()
            fields = {name: _parts(text) if name in many else text for name, text in (mapping.always | given).items()}
            sheet = found.setdefault(source, Sheet(source_slug=source, where=row.where))
            entry = Filled(mapping.kind, slug or _slug(mapping.kind, fields), fields, row.where)
            if entry.slug not in {one.slug for one in sheet.entries if one.fields == entry.fields}:
                sheet.entries.append(entry)
    return [*found.values()]


def _parts(text: str) -> list[Raw]:
    """The values in a cell, one on each line or divided by semicolons."""
    return [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()]


def _slug(kind: str, fields: Mapping[str, Raw]) -> str:
    """A slug of the first words of an entry and, unless it is a name, of a hash of its content."""
    words = next((str(fields[name]) for name in ("says", "title", "name", "quote") if name in fields), kind)
    made = "-".join(slugify(words).split("-")[:WORDS]) or kind
    if "quote" not in FORMS[kind].fields:
        return made
    return f"{made}-{sha256(json.dumps(dict(fields), sort_keys=True).encode()).hexdigest()[:6]}"
