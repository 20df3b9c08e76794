"""Extracts the text of a Word file (.docx): its paragraphs and the cells of its tables."""

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ledger.capture.documents.document import Extracted, Original
from ledger.capture.documents.errors import DocumentDamaged, DocumentNotReadable, DocumentTooLarge
from ledger.errors import ExtraNeeded

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

LARGEST_PART = 50_000_000  # bytes of all unpacked parts together
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read(content: bytes, name: str) -> Extracted:
    """The document in a Word file. A file that would unpack to far more than its size is refused."""
    try:
        import docx
    except ImportError:
        raise ExtraNeeded(what="Reading Word files", extra="draft") from None

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if "word/document.xml" not in parts.namelist():
                raise DocumentNotReadable(name=name, why="it is not a text, a web page, a PDF or a Word file")
            if sum(part.file_size for part in parts.infolist()) > LARGEST_PART:
                raise DocumentTooLarge(name=name, why="it unpacks to far more than its size")
        found = docx.Document(io.BytesIO(content))
        text = "\n".join(_lines(found))
        title, written = found.core_properties.title, found.core_properties.modified
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, OSError, SyntaxError) as error:
        raise DocumentDamaged(name=name, kind="Word file", why=str(error)) from error
    original = Original(type=_TYPE, extractor=f"python-docx {docx.__version__}")
    return Extracted(text, original, " ".join((title or "").split()), published=written.date() if written else None)


def _lines(found: "WordDocument") -> Iterator[str]:
    from docx.table import Table

    for part in found.iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                yield from (" ".join(cell.text.split()) for cell in row.cells)
        else:
            yield " ".join(part.text.split())
