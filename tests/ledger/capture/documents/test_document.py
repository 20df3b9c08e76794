"""The metadata of a document is empty unless the document states it."""

from ledger.capture.documents.document import Extracted, Original


def test_a_document_says_nothing_but_its_text() -> None:
    document = Extracted("text", Original())
    assert (document.title, document.publisher, document.published, document.language) == ("", "", None, "")
