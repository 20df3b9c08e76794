"""Writes a draft text as a Word file, from which its provisions can be read again."""

import io
from collections.abc import Sequence
from typing import NamedTuple

from ledger.base.text import one_line
from ledger.errors import ExtraNeeded
from ledger.texts.numbering import Numbered, lines_of


class WordProvision(NamedTuple):
    """A provision to write: its words have the names of the proposers; `note` becomes a comment."""

    number: str
    words: str
    heading: str
    note: str


def draft_text(title: str, tabled: str, provisions: Sequence[WordProvision]) -> bytes:
    """A Word file with the title, a line below it, and the provisions with their brackets."""
    try:
        import docx
    except ImportError:
        raise ExtraNeeded(what="Writing Word files", extra="draft") from None

    document = docx.Document()
    document.core_properties.title = one_line(title)
    document.add_heading(one_line(title), 0)
    document.add_paragraph(one_line(tabled))
    numbered = [Numbered(one.number, one.words, one.heading) for one in provisions]
    for one, (above, own) in zip(provisions, lines_of(numbered), strict=True):
        if above:
            document.add_heading(one_line(above), 1)
        paragraph = document.add_paragraph(one_line(own))
        if one.note:
            document.add_comment(paragraph.runs, one_line(one.note), author="Parley")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()
