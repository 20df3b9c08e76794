"""Extracts the text of a document; its bytes show whether it is plain text, a web page, a PDF or a Word file.

Its title, publisher, day and language come from its metadata, else from its first lines.
"""

import hashlib
import re
from pathlib import PurePath

from ledger.capture.documents import dateline
from ledger.capture.documents.document import LARGEST_FILE, LONGEST_TEXT, Extracted, Original
from ledger.capture.documents.errors import DocumentHasNoText, DocumentNotReadable, DocumentTooLarge

_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.DOTALL)
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")


def extract(content: bytes, name: str, url: str = "") -> Extracted:
    """The document in these bytes. Raises a refusal if its text cannot be extracted."""
    if len(content) > LARGEST_FILE:
        raise DocumentTooLarge(name=name, why=f"it is larger than {LARGEST_FILE // 1_000_000} MB")
    found = _by_kind(content, name)
    text = found.text
    if not text.strip():
        raise DocumentHasNoText(name=name, why="")
    if len(text) > LONGEST_TEXT:
        raise DocumentTooLarge(name=name, why=f"its text has more than {LONGEST_TEXT // 1_000_000} million characters")
    sha256 = hashlib.sha256(content).hexdigest()
    original = found.original._replace(name=PurePath(name).name or name, sha256=sha256)
    return dateline.completed(found._replace(text=text, original=original, url=found.url or url))


def _by_kind(content: bytes, name: str) -> Extracted:
    if content.lstrip()[:5] == b"%PDF-":
        from ledger.capture.documents import pdf

        return pdf.read(content, name)
    if content[:4] == b"PK\x03\x04":
        from ledger.capture.documents import word

        return word.read(content, name)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise DocumentNotReadable(name=name, why="it is in the old format of Word; save it as .docx or as text")
    if _HTML.match(content[:4_000].removeprefix(b"\xef\xbb\xbf")):
        from ledger.capture.documents import web_pages

        return web_pages.read(content, name)
    return Extracted(_decoded(content, name), Original(type="text/plain"))


def _decoded(content: bytes, name: str) -> str:
    """The text of a plain text file: UTF-8, or UTF-16 with a byte order mark."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentNotReadable(name=name, why=f"it is not UTF-8 text (byte {error.start})") from error
    if "\0" in text:
        raise DocumentNotReadable(name=name, why="it is not a text, a web page, a PDF or a Word file")
    return _LINE_ENDS.sub("\n", text)
