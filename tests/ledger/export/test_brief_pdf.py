"""The brief as PDF, read with another program than wrote it."""

import io

import pytest
from pypdf import PdfReader

from ledger.dates import When
from ledger.queries.brief import Brief, BriefSection, Line, Note, Run
from ledger.queries.brief.one_page import on_one_page

pytest.importorskip("typst", reason="the extra `pdf` is not installed")
from ledger.export.brief_pdf import SHEET, pdf

NOTE = Note(("mở cửa thị trường",), "s1", "Đàm phán", "Báo Công Thương", When("2025-05-22"))
BRIEF = Brief(
    "Hiệp định #let x = 1",
    "2025-06-01",
    (Run("round 3"),),
    [
        BriefSection(
            "What comes next", [Line((Run("*Round* $3$ [is]", "strong"), Run(" @expected.")), 1), Line((), 1)], 4
        )
    ],
    [NOTE],
)


def words(brief: Brief) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(brief))).pages).split())


def test_every_line_is_there_with_its_footnote_and_nothing_is_read_as_markup():
    found = words(BRIEF)
    for said in ("Hiệp định #let x = 1", "As of 1 June 2025, for round 3", "*Round* $3$ [is] @expected."):
        assert said in found
    assert "What comes next (2 of 4)" in found
    assert found.count("“mở cửa thị trường” Đàm phán, Báo Công Thương, 22 May 2025.") == 1, "cited twice, told once"


def test_the_same_brief_gives_the_same_bytes_on_a4():
    assert pdf(BRIEF) == pdf(BRIEF)
    box = PdfReader(io.BytesIO(pdf(BRIEF))).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


def test_a_short_brief_is_one_page_and_a_full_one_has_all_lines(crowded):
    assert len(PdfReader(io.BytesIO(pdf(on_one_page(crowded, SHEET)))).pages) == 1
    full = words(crowded)
    assert len(PdfReader(io.BytesIO(pdf(crowded))).pages) > 1
    for section in crowded.sections:
        for line in section.lines:
            assert line.runs[0].words.strip() in full
