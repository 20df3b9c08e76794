"""A document with a report: its text, its metadata, and its original file."""

from datetime import date
from typing import NamedTuple

LARGEST_FILE = 20_000_000  # bytes
LONGEST_TEXT = 5_000_000  # characters


class Original(NamedTuple):
    """The original file: its name, its media type, and the SHA-256 of its bytes.

    `extractor` is the library that extracted the text, with its version; it is "" if the file is plain text.
    """

    name: str = ""
    type: str = ""
    sha256: str = ""
    extractor: str = ""


class Extracted(NamedTuple):
    """The text of a report, and its metadata; "" and None mean that the document does not say."""

    text: str
    original: Original
    title: str = ""
    publisher: str = ""
    published: date | None = None
    language: str = ""
    url: str = ""
