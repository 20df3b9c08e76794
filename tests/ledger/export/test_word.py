"""A draft text as a Word file: its brackets come back when the file is read."""

import io

import docx

from ledger.capture.documents.extract import extract
from ledger.domain.texts.numbering import Numbered, divided
from ledger.export.word import draft_text

PROVISIONS = [
    (Numbered("1", "This applies to fish.", "Scope"), ""),
    (Numbered("5.1", "The Parties [shall](Australia, New Zealand) [should](Brazil) go.", "Access"), "in brackets"),
    (Numbered("5.1(a)", "[in time [or late]];"), ""),
    (Numbered("Annex A.1", "A list"), "AGREED"),
]


def test_the_provisions_are_read_again_as_they_were():
    written = draft_text("Fish\n2", "tabled on 2 March 2026", PROVISIONS)
    assert divided(extract(written, "text.docx").text) == [one for one, _ in PROVISIONS]


def test_what_is_said_of_a_provision_is_a_comment():
    document = docx.Document(io.BytesIO(draft_text("Fish", "tabled", PROVISIONS)))
    assert [comment.text for comment in document.comments] == ["in brackets", "AGREED"]
