"""Compares two wordings word by word."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

_WORD = re.compile(r"(?:\]\([^()\[\]]*\)|\S)+")  # the names of proposers belong to the bracket before them
_MARKED = re.compile(r"\{-(.*?)(?:-\}|$)|\{\+(.*?)(?:\+\}|$)")  # the last may be cut short


class WordRun(NamedTuple):
    """Some words of a comparison. what: same, removed, added."""

    what: str
    words: str


def compared(old: str, new: str) -> list[WordRun]:
    """The words of two wordings, in order: those that both have, those removed, and those added."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    found: list[WordRun] = []
    for what, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(WordRun("same", " ".join(before[first:last])))
            continue
        if last > first:
            found.append(WordRun("removed", " ".join(before[first:last])))
        if end > start:
            found.append(WordRun("added", " ".join(after[start:end])))
    return found


def marked_up(pieces: list[WordRun]) -> str:
    """A comparison on one line: removed words as {-should-}, added words as {+shall+}."""
    marks = {"same": "{}", "removed": "{{-{}-}}", "added": "{{+{}+}}"}
    return " ".join(marks[one.what].format(one.words) for one in pieces)


def read_marks(line: str) -> list[WordRun]:
    """The runs of a sentence with such marks, with the blanks between them."""
    found, at = [], 0
    for mark in _MARKED.finditer(line):
        removed, added = mark.groups()
        found += [
            WordRun("same", line[at : mark.start()]),
            WordRun("removed" if added is None else "added", removed or added or ""),
        ]
        at = mark.end()
    return [one for one in (*found, WordRun("same", line[at:])) if one.words]
