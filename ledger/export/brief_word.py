"""Renders the brief of `queries/brief/` as a Word file, with its notes as numbered footnotes."""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from ledger.base.text import one_line, within_line
from ledger.errors import ExtraNeeded
from ledger.export.errors import NotATemplate
from ledger.queries.brief import Brief, Line, Run
from ledger.queries.brief.one_page import PageSize

SHEET = PageSize(rows=66, across=95, footnotes=True)  # of A4, in the plain styles

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
_SEPARATORS = (  # Word wants both, under these numbers
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)

_FOOT = "footnote text"  # the style that Word gives footnotes
_PLAIN = (  # the styles without a template: their size, and the space before and after, in points
    ("Normal", 9.5, 0, 2),
    ("List Bullet", 9.5, 0, 0),
    ("Title", 18, 0, 4),
    ("Heading 1", 11, 6, 1),
)


def word(brief: Brief, template: Path | None = None) -> bytes:
    """The file: A4 in plain styles, or with the styles, page and headers of `template`, a Word file.

    The words in the body of the template are left out. Raises NotATemplate if it cannot be read as a Word file.
    """
    document = _blank(template)
    document.core_properties.title = one_line(brief.title)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    _paragraph(document, "Title", [Run(brief.title)])
    if brief.notice:
        _paragraph(document, "Normal", [Run(brief.notice, "strong")])
    _paragraph(document, "Normal", [Run(brief.moment), *_prepares(brief), Run(brief.limited)])
    cited: set[int] = set()
    for section in brief.sections:
        _paragraph(document, "Heading 1", [Run(section.heading(on_paper=True))])
        for line in section.lines:
            _line(document, line, cited)
    if brief.left_out:
        _paragraph(document, "Normal", [Run(brief.rest())])
    _add_footnotes(document, [note.in_words() for note in brief.notes])
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _prepares(brief: Brief) -> list[Run]:
    return [Run(", for "), *brief.meeting] if brief.meeting else []


def _blank(template: Path | None) -> "Document":
    """A document without words, in the styles of the template or in plain ones."""
    try:
        import docx
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt
    except ImportError:
        raise ExtraNeeded(what="Writing Word files", extra="office") from None

    try:
        document = docx.Document(str(template) if template else None)
    except Exception as error:  # the error for a file that is not a Word file depends on the file
        raise NotATemplate(path=template) from error
    if template is None:
        _make_plain(document)
    for element in [*document.element.body]:
        if not element.tag.endswith("}sectPr"):  # the page, which the body ends with
            document.element.body.remove(element)
    if _FOOT not in document.styles:
        style = document.styles.add_style(_FOOT, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size = document.styles["Normal"], Pt(7.5)
        style.paragraph_format.space_after = Pt(0)
    return document


def _make_plain(document: "Document") -> None:
    from docx.shared import Mm, Pt

    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin = page.bottom_margin = Mm(15)
    for name, size, before, after in _PLAIN:
        style = document.styles[name]
        style.font.size = Pt(size)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing = 1


def _line(document: "Document", line: Line, cited: set[int]) -> None:
    paragraph = _paragraph(document, "List Bullet", line.runs)
    if line.note:
        _cite(paragraph, line.note, again=line.note in cited)
        cited.add(line.note)


def _paragraph(document: "Document", style: str, runs: Iterable[Run]) -> "Paragraph":
    """A paragraph at the end; a template that lacks the style gets a plain one."""
    has_style = style in document.styles
    paragraph = document.add_paragraph(style=style if has_style else None)
    if style == "List Bullet" and not has_style:
        paragraph.add_run("• ")
    for run in runs:
        added = paragraph.add_run(within_line(run.words))
        added.bold = True if run.kind == "strong" or (not has_style and style != "List Bullet") else None
        if run.kind == "code":
            added.font.name = "Consolas"
    return paragraph


def _cite(paragraph: "Paragraph", number: int, *, again: bool) -> None:
    """Refer to a footnote; a note that was cited before is referred to by its number, which is a field."""
    from docx.oxml import parse_xml

    if again:
        run = f"<w:r>{_RAISED}<w:t>{number}</w:t></w:r>"
        cited = [f'<w:fldSimple {_W} w:instr="NOTEREF note{number} \\f \\h">{run}</w:fldSimple>']
    else:
        cited = [
            f'<w:bookmarkStart {_W} w:id="{number}" w:name="note{number}"/>',
            f'<w:r {_W}>{_RAISED}<w:footnoteReference w:id="{number}"/></w:r>',
            f'<w:bookmarkEnd {_W} w:id="{number}"/>',
        ]
    for part in cited:
        paragraph._p.append(parse_xml(part))


def _add_footnotes(document: "Document", notes: list[str]) -> None:
    """Give the file its footnotes; those of a template belonged to its body."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    of_template = [key for key, link in document.part.rels.items() if link.reltype == RELATIONSHIP_TYPE.FOOTNOTES]
    for key in of_template:
        del document.part.rels[key]
    style = document.styles[_FOOT].style_id
    each = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f"<w:r>{_RAISED}<w:footnoteRef/></w:r>"
        f'<w:r><w:t xml:space="preserve"> {escape(one_line(note))}</w:t></w:r></w:p></w:footnote>'
        for number, note in enumerate(notes, 1)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    written = f"{head}<w:footnotes {_W} {_R}>{_SEPARATORS}{each}</w:footnotes>"
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, written.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
