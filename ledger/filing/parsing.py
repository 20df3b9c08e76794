"""Parses an entry file into documents of plain values: YAML for people, JSONL for programs.

Every value stays text: `NO` is a word, and `2025-05-22` is not yet a date. Anchors, aliases, tags, repeated keys, and
values nested deeper than `DEEPEST` levels are refused, so that a file from elsewhere cannot exhaust the memory or the
stack.
"""

import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from ledger.base.files import TooLarge, contents
from ledger.errors import Refusal
from ledger.filing.errors import EntryFileBroken, EntryFileTooLarge, RepeatedKey, YamlFeatureRefused
from ledger.filing.sheets import Problem, Raw

LARGEST_YAML = 10_000_000  # bytes; the entries of one source need a few thousand
LARGEST_LINE = 1_000_000  # characters of one JSONL line
DEEPEST = 8  # levels of lists and mappings; an entry file needs five

Place = tuple[str | int, ...]  # the path to a value: keys and indexes


class Document(NamedTuple):
    """One document of a YAML file, or one line of a JSONL file; `lines` has the lines of values after its first."""

    value: Raw
    line: int
    lines: Mapping[Place, int] = {}

    def line_of(self, place: Place) -> int:
        """The number of the line on which the value at a place starts."""
        return self.lines.get(place, self.line)


def parse(path: Path) -> Iterator[Document | Problem]:
    """The documents of an entry file in order; a document that cannot be read is a problem instead."""
    try:
        yield from _jsonl(path) if path.suffix == ".jsonl" else _yaml(path)
    except Refusal as refusal:
        yield Problem("", refusal)


def _text(path: Path, most: int | None) -> str:
    """The text of a file of at most `most` bytes."""
    try:
        found = contents(path, most)
        return found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = found.count(b"\n", 0, error.start) + 1
        raise EntryFileBroken(path=path, where=f":{line}", why="it is not UTF-8 text") from error
    except TooLarge as error:
        raise EntryFileTooLarge(path=path, size=error.size // 1_000_000, most=(most or 0) // 1_000_000) from error
    except OSError as error:
        raise EntryFileBroken(path=path, where="", why=error.strerror or str(error)) from error


def _too_deep(path: Path, line: int) -> EntryFileBroken:
    return EntryFileBroken(path=path, where=f":{line}", why=f"its values are nested more than {DEEPEST} levels deep")


def _jsonl(path: Path) -> Iterator[Document | Problem]:
    """The lines of a JSONL file; each line that is not JSON is a problem."""
    for number, line in enumerate(_text(path, None).split("\n"), start=1):
        if not line or line.isspace():
            continue
        try:
            if len(line) > LARGEST_LINE:
                raise ValueError(f"the line has more than {LARGEST_LINE} characters")
            yield Document(_plain(line) or _as_typed(_JSON.decode(line), DEEPEST), number)
        except RepeatedKey as refusal:
            yield Problem(f"{path.name}:{number}", refusal)
        except ValueError as error:
            yield Problem("", EntryFileBroken(path=path, where=f":{number}", why=f"JSON: {error}"))
        except RecursionError:
            yield Problem("", _too_deep(path, number))


def _plain(line: str) -> Raw | None:
    """The value of a line that contains only texts, lists of texts and mappings of texts; None for any other line.

    Nearly all lines are of this form, and msgspec reads them in half the time of `json`. But if a key is repeated,
    msgspec silently keeps the last value. A key is followed by a colon, so if a line has no more colons than keys, no
    key is repeated. A line with more colons, as in a text, is left to `json`.
    """
    try:
        found = _PLAIN.decode(line)
    except msgspec.DecodeError:
        return None
    colons = line.count(":") - len(found)
    if colons and colons != sum(len(value) for value in found.values() if isinstance(value, dict)):
        return None
    return found


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A mapping of the pairs. Raises RepeatedKey if a key occurs twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise RepeatedKey(key=Counter(key for key, _ in pairs).most_common(1)[0][0])
    return found


_PLAIN = msgspec.json.Decoder(dict[str, str | list[str] | dict[str, str]])
_JSON = json.JSONDecoder(object_pairs_hook=_unrepeated, parse_int=str, parse_float=str, parse_constant=str)
_WORDS = {True: "yes", False: "no", None: ""}


def _as_typed(value: Any, levels: int) -> Raw:
    """A value of JSON as a person would type it: `yes` for true, nothing for null."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return _WORDS[value]
    if not levels:
        raise RecursionError
    if isinstance(value, dict):
        return {key: _as_typed(part, levels - 1) for key, part in value.items()}
    return [_as_typed(part, levels - 1) for part in value]


def _yaml(path: Path) -> Iterator[Document | Problem]:
    """The documents of a YAML file, built from its parsing events without recursion."""
    text = _text(path, LARGEST_YAML)
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.scanner import Scanner

    class ShallowScanner(Scanner):
        """A scanner that refuses deeply nested brackets: its search for keys among them takes quadratic time."""

        def fetch_flow_collection_start(self, *token: Any, **opening: Any) -> None:
            if self.flow_level >= DEEPEST:
                raise _too_deep(path, self.reader.line + 1)
            super().fetch_flow_collection_start(*token, **opening)

    yaml = YAML(typ="safe", pure=True)
    yaml.Scanner = ShallowScanner
    builder = _Builder(path)
    try:
        for event in yaml.parse(io.StringIO(text)):
            yield from builder.take(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f":{mark.line + 1}" if mark else ""
        raise EntryFileBroken(path=path, where=line, why=f"YAML: {error.problem}") from error
    except (YAMLError, ValueError) as error:
        raise EntryFileBroken(path=path, where="", why=f"YAML: {' '.join(str(error).split())}") from error


@dataclass
class _Unfinished:
    """A list or mapping whose end has not been read yet, with the key whose value comes next."""

    value: Any
    line: int
    place: Place
    key: str | None = None
    key_line: int = 0

    def next_place(self) -> Place:
        return (*self.place, len(self.value) if self.key is None else self.key)


class _Builder:
    """Builds the documents of a YAML file from its parsing events."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._unfinished: list[_Unfinished] = []
        self._lines: dict[Place, int] = {}

    def take(self, event: Any) -> Iterator[Document | Problem]:
        """Take the next event. Yields a document when it is complete, and a problem for each repeated key."""
        line = event.start_mark.line + 1
        name = type(event).__name__
        if name == "AliasEvent" or getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise YamlFeatureRefused(path=self._path, line=line)
        if name in ("MappingStartEvent", "SequenceStartEvent"):
            self._begin({} if name == "MappingStartEvent" else [], line)
        elif name == "ScalarEvent":
            yield from self._put(event.value, line)
        elif name in ("MappingEndEvent", "SequenceEndEvent"):
            finished = self._unfinished.pop()
            yield from self._put(finished.value, finished.line)

    def _begin(self, value: Any, line: int) -> None:
        if len(self._unfinished) >= DEEPEST:
            raise _too_deep(self._path, line)
        place: Place = ()
        if self._unfinished:
            parent = self._unfinished[-1]
            if isinstance(parent.value, dict) and parent.key is None:
                raise EntryFileBroken(path=self._path, where=f":{line}", why="a key must be a word")
            place = parent.next_place()
        self._unfinished.append(_Unfinished(value, line, place))

    def _put(self, value: Any, line: int) -> Iterator[Document | Problem]:
        """Put a value into the list or mapping around it; a value without one is the whole document."""
        if not self._unfinished:
            yield Document(value, line, self._lines)
            self._lines = {}
            return
        parent = self._unfinished[-1]
        if isinstance(parent.value, list):
            self._lines[parent.next_place()] = line
            parent.value.append(value)
        elif parent.key is None:
            if value in parent.value:
                yield Problem(f"{self._path.name}:{line}", RepeatedKey(key=value))
            parent.key, parent.key_line = value, line
        else:
            # YAML says that an empty value is where the next one starts.
            self._lines[parent.next_place()] = line if value else parent.key_line
            parent.value[parent.key] = value
            parent.key = None
