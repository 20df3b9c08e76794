"""Extracts the text of a PDF file, and joins its lines into paragraphs."""

import io
import logging
import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from ledger.capture.documents.document import LONGEST_TEXT, Extracted, Original
from ledger.capture.documents.errors import (
    DocumentDamaged,
    DocumentEncrypted,
    DocumentHasNoText,
    DocumentTooLarge,
)
from ledger.errors import ExtraNeeded

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 500
LARGEST_STREAM = 5_000_000  # bytes that one stream may unpack to
_ENDS = (".", "!", "?", ":", "”", '"', ".)", "’")


def read(content: bytes, name: str) -> Extracted:
    """The document in a PDF file. A file that would unpack to far more than its size is refused."""
    try:
        import pypdf
        from pypdf.errors import LimitReachedError, PyPdfError
    except ImportError:
        raise ExtraNeeded(what="Reading PDF files", extra="draft") from None

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a file is in the refusal
    try:
        with pypdf.apply_configuration(
            array_based_stream_maximum_output_length=LARGEST_STREAM,
            lzw_maximum_output_length=LARGEST_STREAM,
            run_length_maximum_output_length=LARGEST_STREAM,
            zlib_maximum_output_length=LARGEST_STREAM,
        ):
            reader = pypdf.PdfReader(io.BytesIO(content))
            if reader.is_encrypted and not reader.decrypt(""):
                raise DocumentEncrypted(name=name)
            if len(reader.pages) > MOST_PAGES:
                raise DocumentTooLarge(name=name, why=f"it has more than {MOST_PAGES} pages")
            pages = list(_pages(reader, name))
            found = reader.metadata
            title = (found.title or "") if found else ""
            written = found.creation_date if found else None
    except LimitReachedError as error:
        raise DocumentTooLarge(name=name, why="it unpacks to far more than its size") from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise DocumentDamaged(name=name, kind="PDF file", why=" ".join(str(error).split())) from error
    text = "\n\n".join(pages)
    if not text.strip():
        raise DocumentHasNoText(name=name, why=": it seems to be scanned. Recognise its text first (OCR)")
    original = Original(type="application/pdf", extractor=f"pypdf {pypdf.__version__}")
    return Extracted(text, original, " ".join(title.split()), published=written.date() if written else None)


def _pages(reader: "PdfReader", name: str) -> Iterator[str]:
    """The text of each page. Raises DocumentTooLarge if they exceed LONGEST_TEXT together."""
    length = 0
    for page in reader.pages:
        text = paragraphs(page.extract_text())
        length += len(text)
        if length > LONGEST_TEXT:
            raise DocumentTooLarge(name=name, why="it unpacks to far more than its size")
        yield text


def paragraphs(text: str) -> str:
    """The text of a page with one paragraph on each line. A short line that ends with a full stop ends a paragraph.

    A word that was hyphenated at the end of a line is joined again.
    """
    lines = [line.strip() for line in text.splitlines()]
    full = median([len(line) for line in lines if line] or [0])
    made = lines[:1]
    for before, line in pairwise(lines):
        ends = (
            not before or not line or (before.endswith(_ENDS) and len(before) < 0.8 * full) or _is_heading(before, full)
        )
        if ends:
            made.append(line)
        elif re.search(r"[a-z]-$", before) and line[:1].islower():
            made[-1] = made[-1][:-1] + line
        else:
            made[-1] += f" {line}"
    return "\n".join(line for line in made if line)


def _is_heading(line: str, full: float) -> bool:
    return len(line) < 0.7 * full and not line.endswith((",", ";", "-")) and line[:1].isupper()
