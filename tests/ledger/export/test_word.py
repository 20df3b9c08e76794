"""A draft text as a Word file: its brackets come back when the file is read."""

import io

import docx

from ledger.capture.documents.extract import extract
from ledger.export.word import WordProvision, draft_text
from ledger.texts.numbering import divided

PROVISIONS = [
    WordProvision("1", "This applies to fish.", "Scope", ""),
    WordProvision("5.1", "The Parties [shall](Australia, New Zealand) [should](Brazil) go.", "Access", "in brackets"),
    WordProvision("5.1(a)", "[in time [or late]];", "", ""),
    WordProvision("Annex A.1", "A list", "", "AGREED"),
]


def test_the_provisions_are_read_again_as_they_were():
    written = draft_text("Fish\n2", "tabled on 2 March 2026", PROVISIONS)
    found = divided(extract(written, "text.docx").text)
    assert [(one.number, one.words, one.heading) for one in found] == [one[:3] for one in PROVISIONS]


def test_what_is_said_of_a_provision_is_a_comment():
    document = docx.Document(io.BytesIO(draft_text("Fish", "tabled", PROVISIONS)))
    assert [comment.text for comment in document.comments] == ["in brackets", "AGREED"]
