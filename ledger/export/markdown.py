"""Renders the brief of `queries/brief.py` as Markdown."""

from collections.abc import Iterable

from ledger.base.text import one_line
from ledger.dates import When
from ledger.queries.brief import Brief, Line, Note, Run

_MARKUP = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|"})


def markdown(brief: Brief) -> str:
    """The page, ending with a line break; filed text is escaped."""
    prepares = f", for {_runs(brief.meeting)}" if brief.meeting else ""
    head = [f"# {_plain(brief.title)}", "", f"*As of {When(brief.as_of).describe()}{prepares}*"]
    body = [
        line
        for section in brief.sections
        for line in ("", f"## {_plain(section.title)}", "", *map(_line, section.lines))
    ]
    notes = [f"{number}. {_note(note)}" for number, note in enumerate(brief.notes, 1)]
    return "\n".join([*head, *body, *(["", "## Sources", "", *notes] if notes else []), ""])


def _line(line: Line) -> str:
    return f"- {_runs(line.runs)}{f' [{line.note}]' if line.note else ''}"


def _runs(runs: Iterable[Run]) -> str:
    marked = {"plain": "{}", "strong": "**{}**", "code": "`{}`"}
    return "".join(marked[run.kind].format(run.words if run.kind == "code" else _plain(run.words)) for run in runs)


def _note(note: Note) -> str:
    words = f"“{' … '.join(map(_plain, note.quotes))}”"
    if not note.title:
        return f"{words} {note.source}"
    publisher = f", {_plain(note.publisher)}" if note.publisher else ""
    published = note.published.describe() if note.published else "date unknown"
    return f"{words} {_plain(note.title)}{publisher}, {published} (`{note.source}`)"


def _plain(text: str) -> str:
    """Escape text, so that Markdown shows it unchanged; spaces at its ends remain, because runs may need them."""
    inner = one_line(text).translate(_MARKUP)
    return f"{' ' * text.startswith(' ')}{inner}{' ' * text.endswith(' ')}" if inner else text
