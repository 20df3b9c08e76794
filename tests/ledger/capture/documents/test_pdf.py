"""PDF files: their paragraphs, and files that are refused because they are damaged, encrypted, scanned or too large."""

import io
import time

import pypdf
import pytest

from ledger.capture.documents import pdf
from ledger.capture.documents.errors import DocumentDamaged, DocumentEncrypted, DocumentHasNoText, DocumentTooLarge
from tests.ledger.capture.documents import files


def test_lines_of_a_page_are_joined_to_paragraphs() -> None:
    lines = (
        "Norway and Canada met in Oslo on 12 March to nego-",
        "tiate cod quotas and the access of fishing boats",
        "to ports.",
        "They will meet again in April.",
    )
    found = pdf.read(files.pdf(files.shown(*lines)), "report.pdf")
    assert found.text.splitlines()[0] == (
        "Norway and Canada met in Oslo on 12 March to negotiate cod quotas and the access of fishing boats to ports."
    )


def test_an_encrypted_file_is_refused() -> None:
    writer, file = pypdf.PdfWriter(), io.BytesIO()
    writer.append(io.BytesIO(files.pdf(files.shown(files.TEXT))))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(file)
    with pytest.raises(DocumentEncrypted, match="without a password"):
        pdf.read(file.getvalue(), "report.pdf")


def test_a_scanned_file_is_refused() -> None:
    with pytest.raises(DocumentHasNoText, match="scanned"):
        pdf.read(files.pdf(b"0 0 100 100 re f"), "report.pdf")


@pytest.mark.parametrize("keep", [10, 200, 400])
def test_a_damaged_file_is_refused_in_one_message(keep: int, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises((DocumentDamaged, DocumentHasNoText)):
        pdf.read(files.pdf(files.shown(files.TEXT))[:keep], "report.pdf")
    assert caplog.records == []


def test_a_file_that_explodes_is_refused_in_time() -> None:
    started = time.perf_counter()
    with pytest.raises((DocumentTooLarge, DocumentDamaged)):
        pdf.read(files.pdf(b" " * 200_000_000), "bomb.pdf")
    assert time.perf_counter() - started < 30


def test_more_pages_than_a_report_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 1)
    with pytest.raises(DocumentTooLarge, match="pages"):
        pdf.read(files.pdf(files.shown("one"), files.shown("two")), "report.pdf")
