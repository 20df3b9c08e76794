"""The bytes of a document decide how it is read; an unreadable document is refused in one sentence."""

import hashlib

import pytest

from ledger.capture.documents import extract as module
from ledger.capture.documents.errors import DocumentHasNoText, DocumentNotReadable, DocumentTooLarge
from ledger.capture.documents.extract import extract
from tests.ledger.capture.documents.files import TEXT, page, pdf, shown, word


@pytest.mark.parametrize(
    ("content", "type_", "extractor"),
    [
        (TEXT.encode(), "text/plain", ""),
        (page(f"<p>{TEXT}</p>" * 3), "text/html", "trafilatura"),
        (pdf(shown(TEXT)), "application/pdf", "pypdf"),
        (word(TEXT), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "python-docx"),
    ],
    ids=["text", "web page", "PDF", "Word"],
)
def test_a_document_is_known_by_its_bytes_whatever_it_is_called(content: bytes, type_: str, extractor: str) -> None:
    found = extract(content, "folder/report.bin")
    assert "agreed to exchange their drafts" in found.text
    assert found.original.type == type_
    assert found.original.extractor.partition(" ")[0] == extractor
    assert (found.original.name, found.original.sha256) == ("report.bin", hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_is_read_in_its_encoding(encoding: str) -> None:
    assert extract("Hà Nội\r\nthe talks".encode(encoding), "report").text == "Hà Nội\nthe talks"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "save it as .docx"),
        (b"caf\xe9 au lait", "not UTF-8"),
        (b"MZ\0\0\1", "not a text"),
        (b"PK\3\4nonsense", "damaged"),
    ],
)
def test_what_is_no_document_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(Exception, match=sentence):
        extract(content, "report")


def test_a_document_without_text_is_refused() -> None:
    for content in (b"", b" \n \n"):
        with pytest.raises(DocumentHasNoText):
            extract(content, "report")


def test_a_huge_document_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_FILE", 10)
    with pytest.raises(DocumentTooLarge, match="too large"):
        extract(b"a" * 11, "report")
    assert issubclass(DocumentNotReadable, Exception)
