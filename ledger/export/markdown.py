"""Renders the brief of `queries/brief/` as Markdown; a brief that was cut to one page names each source once."""

from collections.abc import Iterable, Sequence

from ledger.base.text import in_quotes, within_line
from ledger.queries.brief import Brief, Line, Note, Run

_MARKUP = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|"})


def markdown(brief: Brief) -> str:
    """The page, ending with a line break; filed text is escaped."""
    prepares = f", for {_runs(brief.meeting)}" if brief.meeting else ""
    notice = [f"{_plain(brief.notice)}", ""] if brief.notice else []
    head = [f"# {_plain(brief.title)}", "", *notice, f"*{brief.moment}{prepares}{_plain(brief.limited)}*"]
    below = [] if brief.short else [""]  # between a heading and its list
    body = [
        line
        for section in brief.sections
        for line in ("", f"## {_plain(section.heading())}", *below, *map(_line, section.lines))
    ]
    body += ["", f"*{_plain(brief.rest())} All of it with --full.*"] if brief.left_out else []
    notes = _by_source(brief.notes) if brief.short else _each(brief.notes)
    return "\n".join([*head, *body, *(["", "## Sources", *below, *notes] if notes else []), ""])


def _each(notes: Sequence[Note]) -> list[str]:
    """A numbered list of the notes, and the inferences in each source."""
    inferred = {note.source: note.inferred_in_source for note in notes if note.inferred_in_source}
    about = [f"Inferred in `{source}`: {_plain(why)}" for source, why in inferred.items()]
    return [*(f"{number}. {_note(note)}" for number, note in enumerate(notes, 1)), *([""] if about else []), *about]


def _by_source(notes: Sequence[Note]) -> list[str]:
    """A line for each source, with its quotations."""
    found: dict[str, list[str]] = {}
    for number, note in enumerate(notes, 1):
        publisher = f", {_plain(note.publisher)}" if note.publisher else ""
        heading = f"`{note.source}`{publisher}, {note.published.describe() or 'date unknown'}:"
        found.setdefault(note.source, [heading]).append(f"[{number}] {_quoted(note)}")
    return [f"- {' '.join(line)}" for line in found.values()]


def _line(line: Line) -> str:
    return f"- {_runs(line.runs)}{f' [{line.note}]' if line.note else ''}"


def _runs(runs: Iterable[Run]) -> str:
    marked = {"plain": "{}", "strong": "**{}**", "code": "`{}`"}
    return "".join(marked[run.kind].format(run.words if run.kind == "code" else _plain(run.words)) for run in runs)


def _note(note: Note) -> str:
    words = _quoted(note)
    if note.inferred:
        words += f" (inferred: {_plain(note.inferred.rstrip('.'))})"
    if not note.title:
        return f"{words} {note.source}"
    publisher = f", {_plain(note.publisher)}" if note.publisher else ""
    published = note.published.describe() if note.published else "date unknown"
    return f"{words} {_plain(note.title)}{publisher}, {published} (`{note.source}`)"


def _quoted(note: Note) -> str:
    return _plain(in_quotes(*note.quotes)) if note.quotes else ""


def _plain(text: str) -> str:
    """Escape text, so that Markdown shows it unchanged."""
    return within_line(text).translate(_MARKUP)
