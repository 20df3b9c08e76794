"""Renders the brief of `queries/brief/` as PDF on A4, with its notes as numbered footnotes.

`brief.typ` defines its appearance.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ledger.base.text import one_line, within_line
from ledger.errors import ExtraNeeded
from ledger.queries.brief import Brief, Run
from ledger.queries.brief.one_page import PageSize

SHEET = PageSize(rows=74, across=115, footnotes=True)
_LOOKS = Path(__file__).with_name("brief.typ")


def pdf(brief: Brief) -> bytes:
    """The file; the same brief gives the same bytes."""
    try:
        import typst
    except ImportError:
        raise ExtraNeeded(what="Writing PDF files", extra="pdf") from None

    return bytes(typst.compile(str(_LOOKS), sys_inputs={"brief": json.dumps(_content(brief))}))


def _content(brief: Brief) -> dict[str, Any]:
    cited: set[int] = set()
    sections = []
    for section in brief.sections:
        lines = []
        for line in section.lines:
            lines.append({"runs": _runs(line.runs), "note": line.note, "again": line.note in cited})
            cited.add(line.note)
        sections.append({"heading": one_line(section.heading(on_paper=True)), "lines": lines})
    return {
        "title": one_line(brief.title),
        "notice": one_line(brief.notice),
        "as_of": brief.moment,
        "limited": brief.limited,
        "meeting": _runs([Run(", for "), *brief.meeting] if brief.meeting else []),
        "sections": sections,
        "rest": one_line(brief.rest()),
        "notes": [one_line(note.in_words()) for note in brief.notes],
        "short": brief.short,
    }


def _runs(runs: Iterable[Run]) -> list[dict[str, str]]:
    return [{"words": within_line(run.words), "kind": run.kind} for run in runs]
