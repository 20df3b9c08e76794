"""Extracts the article of a saved web page, without menus and advertisements, and the page's metadata."""

from datetime import date

from ledger.capture.documents.document import Extracted, Original
from ledger.capture.documents.errors import DocumentDamaged, DocumentHasNoText, DocumentTooLarge
from ledger.errors import ExtraNeeded

LARGEST_PAGE = 5_000_000  # bytes
MOST_ELEMENTS = 100_000


def read(content: bytes, name: str) -> Extracted:
    """The document in a web page."""
    if len(content) > LARGEST_PAGE:
        raise DocumentTooLarge(name=name, why=f"a web page may have at most {LARGEST_PAGE // 1_000_000} MB")
    try:
        import trafilatura
        from lxml import html
        from lxml.etree import LxmlError
    except ImportError:
        raise ExtraNeeded(what="Reading web pages", extra="draft") from None

    try:
        tree = html.fromstring(content)
        if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
            raise DocumentTooLarge(name=name, why=f"it has more than {MOST_ELEMENTS:,} elements")
        language = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").partition("-")[0]
        found = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=True, include_tables=True)
    except (LxmlError, ValueError, RecursionError) as error:
        raise DocumentDamaged(name=name, kind="web page", why=str(error)) from error
    if found is None or isinstance(found, dict) or not found.text:
        raise DocumentHasNoText(name=name, why=" that looks like an article: a script may load it")
    original = Original(type="text/html", extractor=f"trafilatura {trafilatura.__version__}")
    return Extracted(
        found.text,
        original,
        " ".join((found.title or "").split()),
        " ".join((found.sitename or "").split()),
        _day(found.date),
        found.language or language,
        found.url or "",
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
