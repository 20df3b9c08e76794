"""Turns entry files into sheets of filled-in forms: one sheet for each source, and each form with its file and line.

The values of fields stay as typed. Anything that does not fit the format becomes a problem with its file and line, so
that all problems in all files can be shown at once.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from ledger.base.files import contents, within
from ledger.base.names import nearest
from ledger.domain.errors import MissingField
from ledger.domain.quotations import fingerprint
from ledger.errors import Refusal
from ledger.filing.errors import (
    NotAList,
    NotAMapping,
    NotAnEntryFile,
    NotAText,
    TextNotReadable,
    UnknownEntryKind,
    UnknownField,
)
from ledger.filing.forms import FORMS
from ledger.filing.parsing import Document, Place, parse
from ledger.filing.sheets import Filled, Problem, Raw, Sheet

LARGEST_TEXT = 20_000_000  # bytes
HEADER = ("negotiation", "title", "parties", "notice", "source", "at", "on", "to", "entries")
OF_ALL = ("at", "on", "to", "parties")  # fields that a header gives to every entry that can have them


class EntryFile(NamedTuple):
    """The contents of an entry file: its sheets in order, each with the slug of its negotiation, and its problems."""

    sheets: list[tuple[str, Sheet]]
    problems: list[Problem]


def read(path: Path, texts: Path | None = None) -> EntryFile:
    """Read one entry file; `texts` is a folder with texts of sources, which are found by their SHA-256."""
    reader = _Reader(path, texts)
    for found in parse(path):
        if isinstance(found, Problem):
            reader.problems.append(found)
        else:
            reader.take(found)
    return EntryFile(reader.sheets, reader.problems)


class _Reader:
    """Turns the documents of one file into sheets."""

    def __init__(self, path: Path, texts: Path | None) -> None:
        self.sheets: list[tuple[str, Sheet]] = []
        self.problems: list[Problem] = []
        self._of_all: dict[str, Raw] = {}
        self._path = path
        self._name = path.name
        self._texts = texts

    @cached_property
    def _folder(self) -> Path:
        """The folder of the file, with symbolic links resolved."""
        return self._path.parent.resolve()

    def take(self, document: Document) -> None:
        """Take a header, which may contain entries, or an entry that belongs to the header before it."""
        if isinstance(document.value, dict) and "negotiation" in document.value:
            self._header(document, document.value)
        elif self.sheets:
            self._entry(document, document.value, ())
        else:
            self._problem(document.line, NotAnEntryFile())

    def _header(self, document: Document, given: Mapping[str, Raw]) -> None:
        for key in given:
            if key not in HEADER:
                refusal = UnknownField.near("An entry file", key, nearest(key, HEADER), HEADER)
                self._problem(document.line_of((key,)), refusal)
        line = document.line_of(("negotiation",))
        slug = str(given["negotiation"])
        sheet = Sheet(where=self._where(line))
        self.sheets.append((slug, sheet))
        self._of_all = {key: given[key] for key in OF_ALL if key in given}
        opening = {}
        if (
            "title" in given or "notice" in given or "source" not in given
        ):  # then the parties are those of the negotiation that it opens
            self._of_all.pop("parties", None)
            opening = {key: given[key] for key in ("title", "parties", "notice") if key in given}
        if opening:
            sheet.entries.append(self._filled(document, "negotiation", slug, line, opening, ()))
        if "source" in given:
            self._source(document, given["source"], sheet)
        entries = given.get("entries", [])
        if isinstance(entries, list):
            for number, entry in enumerate(entries):
                self._entry(document, entry, ("entries", number))
        elif entries:
            self._problem(
                document.line_of(("entries",)), NotAList(found="other keys or a text; begin each entry with `- `")
            )

    def _source(self, document: Document, given: Raw, sheet: Sheet) -> None:
        line = document.line_of(("source",))
        if given and isinstance(given, str):
            sheet.source_slug = given  # a source that is already recorded
            return
        if not isinstance(given, dict):
            self._problem(line, NotAMapping(what="The source", example="`slug: vna-2025-05-22`"))
            return
        if "slug" not in given:
            self._problem(line, MissingField(kind="source", field="slug", help="its short name in the record"))
            return
        fields = {name: value for name, value in given.items() if name not in ("slug", "text")}
        slug_line = document.line_of(("source", "slug"))
        sheet.source = self._filled(document, "source", str(given["slug"]), slug_line, fields, ("source",))
        try:
            named = given.get("text", "")
            if not isinstance(named, str):
                raise NotAText(found="a list or other keys; name one file")
            sheet.text = _text_of(self._folder, named, str(fields.get("sha256", "")).lower(), self._texts)
        except Refusal as refusal:
            self._problem(document.line_of(("source", "text")) if "text" in given else line, refusal)

    def _entry(self, document: Document, given: Raw, place: Place) -> None:
        """Take the entry at a place in the document. This removes the kind and slug from `given`."""
        line = document.line_of(place)
        if not isinstance(given, dict) or not given:
            self._problem(line, NotAMapping(what="An entry", example="`meeting: round-2`"))
            return
        kind = next(iter(given))
        slug, line = given.pop(kind), document.line_of((*place, kind))
        if kind not in FORMS or kind == "negotiation":
            self._problem(line, UnknownEntryKind.near("kind of entry", kind, nearest(kind, FORMS), FORMS))
        elif not isinstance(slug, str):
            self._problem(line, NotAText(found="a list or other keys in place of the slug"))
        else:
            if self._of_all:  # values from the header, for all entries with such a field
                given = {name: self._of_all[name] for name in self._of_all if name in FORMS[kind].fields} | given
            self.sheets[-1][1].entries.append(self._filled(document, kind, slug, line, given, place))

    def _filled(
        self, document: Document, kind: str, slug: str, line: int, fields: Mapping[str, Raw], place: Place
    ) -> Filled:
        if "" in fields.values() or "~" in fields.values():
            fields = {name: value for name, value in fields.items() if value not in ("", "~")}
        places = {name: self._where(document.line_of((*place, name))) for name in fields} if document.lines else {}
        return Filled(kind, slug, fields, self._where(line), places)

    def _where(self, line: int) -> str:
        return f"{self._name}:{line}"

    def _problem(self, line: int, refusal: Refusal) -> None:
        self.problems.append(Problem(self._where(line), refusal))


def _text_of(folder: Path, named: str, sha256: str, texts: Path | None) -> str:
    """The text of a source: the named file in the entry file's folder, else the one with the SHA-256 in `texts`.

    "" if neither exists: an entry file may be shared without the text that it names.
    """
    if named:
        try:
            path = within(folder, named)
            if path is None:
                raise TextNotReadable(path=named, why="it lies outside the entry file's folder")
            return _decoded(contents(path, LARGEST_TEXT), named)
        except FileNotFoundError:
            pass
        except OSError as error:
            raise TextNotReadable(path=named, why=error.strerror or str(error)) from error
    if sha256 and texts is not None:
        for path in _files_in(texts):
            with suppress(OSError):  # an unreadable file is not the text
                if _fingerprint(path, path.stat().st_size, path.stat().st_mtime_ns) == sha256:
                    return _decoded(contents(path, LARGEST_TEXT), path.name)
    return ""


@lru_cache(maxsize=4096)
def _fingerprint(path: Path, size: int, modified: int) -> str:
    """The SHA-256 of a text, computed once for all sources."""
    return fingerprint(contents(path, LARGEST_TEXT))


def _files_in(texts: Path) -> Iterable[Path]:
    """The files in the folder of texts; none if the folder does not exist."""
    try:
        return sorted(texts.iterdir()) if texts.is_dir() else []
    except OSError as error:
        raise TextNotReadable(path=texts, why=error.strerror) from error


def _decoded(found: bytes, named: str) -> str:
    try:
        return found.decode()
    except UnicodeDecodeError as error:
        raise TextNotReadable(path=named, why=f"it is not UTF-8 text (byte {error.start})") from error
