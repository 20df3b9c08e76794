"""A document that a report came in: its text, what it says of itself, and the file that it was taken from."""

from datetime import date
from typing import NamedTuple

LARGEST_FILE = 20_000_000  # bytes
LONGEST_TEXT = 5_000_000  # characters


class Original(NamedTuple):
    """The file as it came: its name, its media type, the SHA-256 of its bytes, and what took the text from it.

    `extractor` is a library with its version, "" where the file is the text itself.
    """

    name: str = ""
    type: str = ""
    sha256: str = ""
    extractor: str = ""


class Extracted(NamedTuple):
    """A report's text, and what the document says of it as far as it does: "" and None are what it does not say."""

    text: str
    original: Original
    title: str = ""
    publisher: str = ""
    published: date | None = None
    language: str = ""
    url: str = ""
