"""The mapping of a spreadsheet: what its rows are, and which field each column fills.

It is guessed from the names of the columns, changed with `--map`, and stored in a small file next to the spreadsheet.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ledger.base.files import is_there, replaced_file
from ledger.base.names import fold, nearest
from ledger.filing.errors import UnknownEntryKind, UnknownField
from ledger.filing.forms import FORMS
from ledger.filing.parsing import parse
from ledger.filing.sheets import Problem
from ledger.filing.spreadsheets.errors import BadMap, FieldTwice, TableBroken, UnknownColumn
from ledger.filing.spreadsheets.rows import tables

KINDS_OF_ROWS = tuple(kind for kind in FORMS if kind != "negotiation")
OF_ROWS = ("slug", "source")  # what a column may give besides the fields of the form
# Names of columns that people use, by the field that they mean. They are compared without accents and capitals.
_CALLED = {
    "on": ("date", "day", "when", "said on", "asked on", "ngay"),
    "by": ("party", "who", "from", "speaker", "side", "asked by", "said by"),
    "to": ("to whom", "addressee", "asked of", "addressed to"),
    "says": (
        "ask",
        "request",
        "text",
        "what",
        "what was asked",
        "asked",
        "summary",
        "statement",
        "position",
        "said",
        "what was said",
        "task",
    ),
    "issues": ("issue", "topic", "subject", "matter"),
    "quote": ("quotation", "words", "evidence", "original", "exact words"),
    "at": ("meeting", "round"),
    "owners": ("owner", "responsible"),
    "due": ("deadline", "due date", "due by"),
    "title": ("name",),
    "name": ("title",),
    "aliases": ("alias", "other names"),
    "source": ("source slug", "reported in"),
}
_NAMED_FOR = {
    "asks": ("statement", {"act": "asked"}),
    "requests": ("statement", {"act": "asked"}),
    "proposals": ("statement", {"act": "proposed"}),
    "positions": ("statement", {"act": "stated"}),
    "people": ("person", {}),
}


class ColumnMap(NamedTuple):
    """The `kind` of entry that each row is, the field of each column, and the values that every row has."""

    kind: str
    columns: dict[str, str]
    always: dict[str, str]
    source: str = ""


def guessed(stem: str, columns: Iterable[str]) -> ColumnMap:
    """The mapping that the names of a file and of its columns suggest."""
    named = fold(stem).replace("_", "-")
    kind, always = next((what for words, what in _NAMED_FOR.items() if words in named), ("", {}))
    kind = kind or max((one for one in KINDS_OF_ROWS if one in named), key=len, default="statement")
    found: dict[str, str] = {}
    for column in columns:
        field = _field_called(column, kind)
        if field and field not in found.values():
            found[column] = field
    return ColumnMap(kind, found, {field: text for field, text in always.items() if field not in found.values()})


def _field_called(column: str, kind: str) -> str:
    """The field that a column's name stands for; "" if none."""
    name = " ".join(fold(column).replace("_", " ").replace("-", " ").split())
    fields = (*FORMS[kind].fields, *OF_ROWS)
    if name.replace(" ", "-") in fields:
        return name.replace(" ", "-")
    return next((field for field, names in _CALLED.items() if field in fields and name in names), "")


def changed_mapping(path: Path, mapped: str, always: str, kind: str, source: str) -> ColumnMap:
    """The stored mapping of a spreadsheet, else a guess, with a person's changes (see `changed`)."""
    columns = list(dict.fromkeys(column for table in tables(path) for column in table.columns))
    return changed(kept(path) or guessed(kind or path.stem, columns), columns, mapped, always, kind, source)


def changed(known: ColumnMap, columns: Sequence[str], mapped: str, always: str, kind: str, source: str) -> ColumnMap:
    """The mapping with a person's changes: `mapped` as COLUMN=FIELD and `always` as FIELD=VALUE, separated by commas.

    A column that is mapped to nothing is left out. Refused if a column, a field or the kind is unknown.
    """
    if kind and kind not in KINDS_OF_ROWS:
        raise UnknownEntryKind.near("kind of entry", kind, nearest(kind, KINDS_OF_ROWS), KINDS_OF_ROWS)
    kind = kind or known.kind
    fields = (*FORMS[kind].fields, *OF_ROWS)
    of = {column: field for column, field in known.columns.items() if field in fields}
    folded = {fold(column): column for column in columns}
    for typed, field in _pairs(mapped):
        column = folded.get(fold(typed), "")
        if not column:
            raise UnknownColumn.near("The spreadsheet", typed, nearest(typed, columns), columns)
        of = {one: other for one, other in of.items() if other != field} | {column: field}
    every = known.always | dict(_pairs(always))
    for field in (*of.values(), *every):
        if field and field not in fields:
            raise UnknownField.near(f"The {kind}", field, nearest(field, fields), fields)
    of = {column: field for column, field in of.items() if field and column in columns}
    for field in of.values():
        if len(same := [column for column, other in of.items() if other == field]) > 1:
            raise FieldTwice(field=field, columns=" and ".join(same), first=same[0])
    every = {field: text for field, text in every.items() if field in fields and field not in of.values() and text}
    return ColumnMap(kind, of, every, source or known.source)


def _pairs(text: str) -> list[tuple[str, str]]:
    """The pairs of `date=on,party=by`."""
    pairs = [one.partition("=") for one in text.split(",") if one.strip()]
    for name, equals, _ in pairs:
        if not (equals and name.strip()):
            raise BadMap(text=text)
    return [(name.strip(), value.strip()) for name, _, value in pairs]


def file_beside(path: Path) -> Path:
    """The file with the mapping of a spreadsheet: `asks.xlsx.map.yaml`."""
    return path.with_name(f"{path.name}.map.yaml")


def kept(path: Path) -> ColumnMap | None:
    """The stored mapping of a spreadsheet; None if there is none, refused if it cannot be read."""
    file = file_beside(path)
    if not is_there(file):
        return None
    for document in parse(file):
        if isinstance(document, Problem):
            raise document.refusal
        match document.value:
            case {"kind": str(kind), "columns": dict(columns), **others} if kind in KINDS_OF_ROWS and _is_text(columns):
                always, source = others.get("always", {}), others.get("source", "")
                if isinstance(always, dict) and _is_text(always) and isinstance(source, str):
                    return ColumnMap(kind, dict(columns), dict(always), source)
    raise TableBroken(path=file, why="it must have `kind`, `columns`, and may have `always` and `source`")


def _is_text(found: Mapping[str, Any]) -> bool:
    return all(isinstance(value, str) for value in found.values())


def keep(path: Path, mapping: ColumnMap) -> None:
    """Store the mapping of a spreadsheet in its file."""
    lines = [f"# How `parley import` reads {path.name}.", f"kind: {mapping.kind}"]
    lines += [f"source: {_quoted(mapping.source)}"] if mapping.source else []
    for name, pairs in (("columns", mapping.columns), ("always", mapping.always)):
        if pairs:
            lines += [f"{name}:", *(f"  {_quoted(one)}: {_quoted(other)}" for one, other in pairs.items())]
    with replaced_file(file_beside(path)) as draft:
        draft.write_text("\n".join([*lines, ""]), "utf-8")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # which YAML reads as well
