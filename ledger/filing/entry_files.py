"""Entry files in: YAML for people, JSONL for programs, both read into sheets of filled-in forms.

Every value is text until its field reads it, so `NO` stays a word. Each form keeps its file and line; what cannot be
read at all is collected as problems, so that all of them, in all files, are shown at once.
"""

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from ledger.base.files import TooLarge, contents, within
from ledger.base.names import nearest
from ledger.domain.errors import MissingField
from ledger.domain.quotations import fingerprint
from ledger.errors import Refusal
from ledger.filing.errors import (
    EntryFileBroken,
    EntryFileTooLarge,
    NotAList,
    NotAMapping,
    NotAText,
    RepeatedKey,
    TextNotReadable,
    UnknownEntryKind,
    UnknownField,
    YamlFeatureRefused,
)
from ledger.filing.fields import Raw
from ledger.filing.forms import FORMS
from ledger.filing.sheets import Filled, Problem, Sheet

LARGEST_YAML = 10_000_000  # bytes; a source's report fills a few thousand
LARGEST_LINE = 1_000_000  # characters of one JSONL line
LARGEST_TEXT = 20_000_000  # bytes of a source's text
DEEPEST = 8  # levels of lists and mappings; an entry file needs five
HEADER = ("negotiation", "title", "parties", "source", "entries")


class Node(NamedTuple):
    """A value and the line it stands on; values are texts, lists of nodes, or nodes by key."""

    value: Any
    line: int

    def plain(self) -> Raw:
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        return [node.plain() for node in self.value]


class EntryFile(NamedTuple):
    """What an entry file holds: the sheets, by negotiation, in order."""

    path: Path
    sheets: list[tuple[str, Sheet]]


def read(path: Path, problems: list[Problem], texts: Path | None = None) -> EntryFile:
    """Read one entry file; `texts` is a folder where the sources' texts may lie, known by their SHA-256."""
    reader = _Reader(path, problems, texts)
    try:
        if path.suffix == ".jsonl":
            for number, value in _jsonl(path, problems):
                reader.take_line(value, number)
        else:
            for top in _yaml(path, problems):
                reader.take(top)
    except Refusal as refusal:
        problems.append(Problem("", refusal))
    return EntryFile(path, reader.sheets)


class _Reader:
    """Turns the nodes of one file into sheets."""

    def __init__(self, path: Path, problems: list[Problem], texts: Path | None) -> None:
        self.path = path
        self.name = path.name
        self.problems = problems
        self.texts = texts
        self.sheets: list[tuple[str, Sheet]] = []

    @cached_property
    def folder(self) -> Path:
        """The folder of the file, links followed."""
        return self.path.parent.resolve()

    def take_line(self, value: Raw, number: int) -> None:
        """A line of JSONL, on which all its values stand: an entry, or whatever stands at the top of a YAML file."""
        if isinstance(value, dict) and "negotiation" not in value and self.sheets:
            self._entry(value, number, {})
        else:
            self.take(_node(value, number))

    def take(self, top: Node) -> None:
        """A header with its entries."""
        if not isinstance(top.value, dict):
            self._problem(top.line, NotAMapping(wanted="start the file with `negotiation:`"))
        elif "negotiation" in top.value:
            self._header(top)
        elif not self.sheets:
            refusal = UnknownField.near("The file's start", next(iter(top.value), ""), ["negotiation"])
            self._problem(top.line, refusal)
        else:
            self._entry(top.plain(), top.line, _lines(top))

    def _header(self, top: Node) -> None:
        for key, node in top.value.items():
            if key not in HEADER:
                self._problem(node.line, UnknownField.near("An entry file", key, nearest(key, HEADER), HEADER))
        negotiation = top.value["negotiation"]
        slug = str(negotiation.plain())
        sheet = Sheet(where=self._where(negotiation.line))
        self.sheets.append((slug, sheet))
        opening = {key: top.value[key].plain() for key in ("title", "parties") if key in top.value}
        if opening:
            sheet.entries.append(self._filled("negotiation", slug, negotiation.line, opening, _lines(top)))
        if "source" in top.value:
            self._source(sheet, top.value["source"])
        entries = top.value.get("entries", Node([], top.line))
        if not isinstance(entries.value, list):
            if entries.value:
                self._problem(entries.line, NotAList(found="something else; start each entry with `- `"))
            return
        for node in entries.value:
            self._entry(node.plain(), node.line, _lines(node))

    def _source(self, sheet: Sheet, node: Node) -> None:
        if not isinstance(node.value, dict):
            self._problem(node.line, NotAMapping(wanted="`slug:` and `title:` of the source"))
            return
        if "slug" not in node.value:
            self._problem(node.line, MissingField(kind="source", field="slug", help="its name in the record"))
            return
        slug, text = node.value["slug"], node.value.get("text")
        fields = {key: item.plain() for key, item in node.value.items() if key not in ("slug", "text")}
        sheet.source = self._filled("source", str(slug.plain()), slug.line, fields, _lines(node))
        try:
            if text is not None and not isinstance(text.value, str):
                raise NotAText(found="a list or a mapping; name one file")
            sha256 = str(fields.get("sha256", ""))
            sheet.text = _text(self.folder, text.value if text else "", sha256.lower(), self.texts)
        except Refusal as refusal:
            self._problem((text or node).line, refusal)

    def _entry(self, given: Raw, line: int, lines: Mapping[str, int]) -> None:
        """An entry, whose values are taken from it; it starts on a line, `lines` says on which others they stand."""
        if not isinstance(given, dict) or not given:
            self._problem(line, NotAMapping(wanted="start the entry with, say, `meeting: SLUG`"))
            return
        kind = next(iter(given))
        slug, line = given.pop(kind), lines.get(kind, line)
        if kind not in FORMS or kind == "negotiation":
            self._problem(line, UnknownEntryKind.near("kind of entry", kind, nearest(kind, FORMS), FORMS))
        elif not isinstance(slug, str):
            self._problem(line, NotAText(found="a list or mapping in place of the slug"))
        else:
            self.sheets[-1][1].entries.append(self._filled(kind, slug, line, given, lines))

    def _filled(self, kind: str, slug: str, line: int, fields: Mapping[str, Raw], lines: Mapping[str, int]) -> Filled:
        if "" in fields.values() or "~" in fields.values():
            fields = {name: value for name, value in fields.items() if value not in ("", "~")}
        places = {name: self._where(lines[name]) for name in fields} if lines else {}
        return Filled(kind, slug, fields, self._where(line), places)

    def _where(self, line: int) -> str:
        return f"{self.name}:{line}"

    def _problem(self, line: int, refusal: Refusal) -> None:
        self.problems.append(Problem(self._where(line), refusal))


def _lines(node: Node) -> dict[str, int]:
    """The lines on which the values of a mapping stand."""
    return {key: item.line for key, item in node.value.items()} if isinstance(node.value, dict) else {}


def _text(folder: Path, named: str, sha256: str, texts: Path | None) -> str:
    """The source's text: the file named beside the entry file, else one in the folder of texts with that SHA-256.

    "" when it is not at hand: an entry file may be passed on without the text it names.
    """
    if named:
        try:
            path = within(folder, named)
            if path is None:
                raise TextNotReadable(path=named, why="it lies outside the entry file's folder")
            return _decoded_text(contents(path, LARGEST_TEXT), named)
        except FileNotFoundError:
            pass
        except OSError as error:
            raise TextNotReadable(path=named, why=error.strerror or str(error)) from error
    if sha256 and texts is not None:
        for path in _listed(texts):
            with suppress(OSError):  # whatever else lies there cannot be the text
                if _fingerprint(path, path.stat().st_size, path.stat().st_mtime_ns) == sha256:
                    return _decoded_text(contents(path, LARGEST_TEXT), path.name)
    return ""


@lru_cache(maxsize=4096)
def _fingerprint(path: Path, size: int, modified: int) -> str:
    """The SHA-256 of a text, read once for all the sources that it might be of."""
    return fingerprint(contents(path, LARGEST_TEXT))


def _listed(texts: Path) -> list[Path]:
    """What lies in the folder of texts; nothing where there is no such folder."""
    try:
        return sorted(texts.iterdir()) if texts.is_dir() else []
    except OSError as error:
        raise TextNotReadable(path=texts, why=error.strerror) from error


def _decoded_text(found: bytes, named: str) -> str:
    try:
        return found.decode()
    except UnicodeDecodeError as error:
        raise TextNotReadable(path=named, why=f"it is not UTF-8 text (byte {error.start})") from error


def _bytes(path: Path, most: int | None) -> bytes:
    try:
        return contents(path, most)
    except TooLarge as large:
        raise EntryFileTooLarge(path=path, size=large.size // 1_000_000, most=(most or 0) // 1_000_000) from large
    except OSError as error:
        raise EntryFileBroken(path=path, where="", why=error.strerror or str(error)) from error


def _decoded(path: Path, found: bytes) -> str:
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = found.count(b"\n", 0, error.start) + 1
        raise EntryFileBroken(path=path, where=f":{line}", why="it is not UTF-8 text") from error


def _yaml(path: Path, problems: list[Problem]) -> Iterator[Node]:
    """The documents of a YAML file, built from its events without recursion: nesting cannot exhaust the stack."""
    text = _decoded(path, _bytes(path, LARGEST_YAML))
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.scanner import Scanner

    class ShallowScanner(Scanner):
        """Stops at brackets too deep: looking ahead for a key among them takes the square of their number."""

        def fetch_flow_collection_start(self, *token: Any, **opening: Any) -> None:
            if self.flow_level >= DEEPEST:
                raise _too_deep(path, self.reader.line + 1)
            super().fetch_flow_collection_start(*token, **opening)

    yaml = YAML(typ="safe", pure=True)
    yaml.Scanner = ShallowScanner
    builder = _Builder(path, problems)
    try:
        for event in yaml.parse(io.StringIO(text)):
            yield from builder.take(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f":{mark.line + 1}" if mark else ""
        raise EntryFileBroken(path=path, where=line, why=f"YAML: {error.problem}") from error
    except (YAMLError, ValueError) as error:
        raise EntryFileBroken(path=path, where="", why=f"YAML: {' '.join(str(error).split())}") from error


def _too_deep(path: Path, line: int) -> Refusal:
    return EntryFileBroken(path=path, where=f":{line}", why=f"more than {DEEPEST} levels deep")


class _Builder:
    """Builds nodes from YAML's parsing events, noting repeated keys."""

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems
        self.stack: list[tuple[Node, list[Node]]] = []

    def take(self, event: Any) -> Iterator[Node]:
        """One event; yields the document's node when it is complete."""
        line = event.start_mark.line + 1
        name = type(event).__name__
        if name == "AliasEvent" or getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise YamlFeatureRefused(path=self.path, line=line)
        if name in ("MappingStartEvent", "SequenceStartEvent"):
            if len(self.stack) >= DEEPEST:
                raise _too_deep(self.path, line)
            self.stack.append((Node({} if name == "MappingStartEvent" else [], line), []))
        elif name == "ScalarEvent":
            yield from self._place(Node(event.value, line))
        elif name in ("MappingEndEvent", "SequenceEndEvent"):
            yield from self._place(self.stack.pop()[0])

    def _place(self, node: Node) -> Iterator[Node]:
        if not self.stack:
            yield node
            return
        parent, key = self.stack[-1]
        if isinstance(parent.value, list):
            parent.value.append(node)
        elif not key:
            if not isinstance(node.value, str):
                raise EntryFileBroken(path=self.path, where=f":{node.line}", why="a key must be a word")
            if node.value in parent.value:
                self.problems.append(Problem(f"{self.path.name}:{node.line}", RepeatedKey(key=node.value)))
            key.append(node)
        else:
            named = key.pop()
            # The place of an empty value is that of whatever follows.
            parent.value[named.value] = node if node.value else node._replace(line=named.line)


def _jsonl(path: Path, problems: list[Problem]) -> Iterator[tuple[int, Raw]]:
    """The lines of a JSONL file with their numbers; a line that is no JSON object is a problem of its own."""
    for number, line in enumerate(_decoded(path, _bytes(path, None)).split("\n"), start=1):
        if not line or line.isspace():
            continue
        try:
            if len(line) > LARGEST_LINE:
                raise ValueError(f"the line has more than {LARGEST_LINE} characters")
            yield number, _flat(line) or _typed(_AS_WRITTEN.decode(line), DEEPEST)
        except RepeatedKey as refusal:
            problems.append(Problem(f"{path.name}:{number}", refusal))
        except (ValueError, RecursionError) as error:
            why = f"more than {DEEPEST} levels deep" if isinstance(error, RecursionError) else f"JSON: {error}"
            problems.append(Problem("", EntryFileBroken(path=path, where=f":{number}", why=why)))


def _flat(line: str) -> Mapping[str, Raw] | None:
    """A line of texts, lists and mappings of them, as most are, read fast; None where it must be read with care.

    Each key has a colon after it. So where there are no more colons than keys were found, none was given twice.
    """
    try:
        found = _FLAT.decode(line)
    except msgspec.DecodeError:
        return None
    colons = line.count(":") - len(found)
    if colons and colons != sum(len(value) for value in found.values() if isinstance(value, dict)):
        return None
    return found


def _unrepeated(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise RepeatedKey(key=key)
        found[key] = value
    return found


_FLAT = msgspec.json.Decoder(dict[str, str | list[str] | dict[str, str]])
_AS_WRITTEN = json.JSONDecoder(object_pairs_hook=_unrepeated, parse_int=str, parse_float=str, parse_constant=str)


def _typed(value: Any, deepest: int) -> Raw:
    """A value of JSON as it would be typed: `yes` for true, nothing for null."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return {True: "yes", False: "no", None: ""}[value]
    if not deepest:
        raise RecursionError
    if isinstance(value, dict):
        return {key: _typed(item, deepest - 1) for key, item in value.items()}
    return [_typed(item, deepest - 1) for item in value]


def _node(value: Raw, line: int) -> Node:
    """A value all of which stands on one line."""
    if isinstance(value, str):
        return Node(value, line)
    if isinstance(value, Mapping):
        return Node({key: _node(item, line) for key, item in value.items()}, line)
    return Node([_node(item, line) for item in value], line)
