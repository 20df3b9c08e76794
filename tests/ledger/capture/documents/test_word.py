"""Word files: paragraphs and metadata, and the files that are refused."""

import io
import zipfile

import pytest

from ledger.capture.documents import word
from ledger.capture.documents.errors import DocumentDamaged, DocumentNotReadable, DocumentTooLarge
from tests.ledger.capture.documents import files


def test_paragraphs_are_lines_and_the_title_is_the_files() -> None:
    found = word.read(files.word("One.", "Two.", title="The talks"), "report.docx")
    assert (found.text, found.title) == ("One.\nTwo.", "The talks")


def test_another_zip_file_is_not_a_word_file() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("a.txt", "a")
    with pytest.raises(DocumentNotReadable):
        word.read(file.getvalue(), "report.zip")


def test_a_file_that_explodes_is_refused_before_it_is_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b" " * (word.LARGEST_PART + 1))
    with pytest.raises(DocumentTooLarge):
        word.read(file.getvalue(), "bomb.docx")


def test_a_damaged_file_is_refused() -> None:
    with pytest.raises(DocumentDamaged):
        word.read(files.word("One.")[:500], "report.docx")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("word/document.xml", "<broken")
    with pytest.raises(DocumentDamaged):
        word.read(file.getvalue(), "report.docx")
