"""What a document says of itself is empty until something says it."""

from ledger.capture.documents.document import Extracted, Original


def test_a_document_says_nothing_but_its_text() -> None:
    document = Extracted("text", Original())
    assert (document.title, document.publisher, document.published, document.language) == ("", "", None, "")
