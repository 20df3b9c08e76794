"""Writes a draft text as a Word file, from which its provisions can be read again."""

import io
from collections.abc import Sequence

from ledger.base.text import one_line
from ledger.domain.texts.numbering import Numbered, lines_of
from ledger.errors import ExtraNeeded


def draft_text(title: str, tabled: str, provisions: Sequence[tuple[Numbered, str]]) -> bytes:
    """A Word file with the title, a line below it, and the provisions with their brackets and comments ("" = none)."""
    try:
        import docx
    except ImportError:
        raise ExtraNeeded(what="Writing Word files", extra="draft") from None

    document = docx.Document()
    document.core_properties.title = one_line(title)
    document.add_heading(one_line(title), 0)
    document.add_paragraph(one_line(tabled))
    for (_, comment), (above, own) in zip(provisions, lines_of(one for one, _ in provisions), strict=True):
        if above:
            document.add_heading(one_line(above), 1)
        paragraph = document.add_paragraph(one_line(own))
        if comment:
            document.add_comment(paragraph.runs, one_line(comment), author="Parley")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()
