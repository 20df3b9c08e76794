"""The brief as a Word file, read with other programs than wrote it."""

import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.shared import RGBColor
from docx2python import docx2python
from pypdf import PdfReader

from ledger.dates import When
from ledger.export.brief_word import SHEET, word
from ledger.export.errors import NotATemplate
from ledger.queries.brief import Brief, BriefSection, Line, Note, Run
from ledger.queries.brief.one_page import on_one_page

SOFFICE = shutil.which("soffice")
NOTES = [
    Note(("mở cửa thị trường", "more"), "s1", "Đàm phán <vòng 2>", "Báo Công Thương", When("2025-05-22")),
    Note(("they & we met",), "s2", "", "", When(), inferred="From the dateline."),
]
BRIEF = Brief(
    "Hiệp định thương mại & more",
    "2025-06-01",
    (Run("round 3"),),
    [
        BriefSection("What comes next", [Line((Run("Round 3", "strong"), Run(" is expected in June.")), 1)], 1),
        BriefSection("Follow-ups", [Line((Run("Send "), Run("the-list", "code"), Run(".\x1b")), 2), Line((), 1)], 5),
    ],
    NOTES,
    notice="An invented record.",
)


def written(folder: Path, brief: Brief = BRIEF, template: Path | None = None) -> Path:
    path = folder / "brief.docx"
    path.write_bytes(word(brief, template))
    return path


def test_every_line_is_there_with_its_footnote_and_its_letters(tmp_path):
    with docx2python(written(tmp_path)) as read:
        body, foot = read.text, str(read.footnotes)
    for words in (
        BRIEF.title,
        BRIEF.notice,
        "As of 1 June 2025, for round 3",
        "Round 3 is expected in June.",
        "the-list",
    ):
        assert words in body
    assert "Follow-ups (2 of 5)" in body
    assert "\\x1b" in body, "a control character is shown, not stored"
    assert "“mở cửa thị trường … more” Đàm phán <vòng 2>, Báo Công Thương, 22 May 2025." in foot
    assert "“they & we met” (inferred: From the dateline) s2." in foot
    assert body.count("----footnote1----") == body.count("----footnote2----") == 1


def test_a_note_cited_again_is_the_same_footnote(tmp_path):
    cited = docx.Document(str(written(tmp_path))).element.body.xml
    assert cited.count("<w:footnoteReference ") == len(NOTES)
    assert "NOTEREF note1 " in cited


def test_a_template_gives_the_styles_page_and_header_but_not_its_words(tmp_path):
    template = docx.Document()
    template.add_paragraph("Words of the template")
    template.sections[0].header.paragraphs[0].text = "Ministry of Trade"
    template.styles["Heading 1"].font.color.rgb = RGBColor(0x12, 0x34, 0x56)
    template.save(str(tmp_path / "house.docx"))
    found = docx.Document(str(written(tmp_path, template=tmp_path / "house.docx")))
    assert found.sections[0].header.paragraphs[0].text == "Ministry of Trade"
    assert found.styles["Heading 1"].font.color.rgb == RGBColor(0x12, 0x34, 0x56)
    assert found.sections[0].page_width == template.sections[0].page_width
    words = [paragraph.text for paragraph in found.paragraphs]
    assert BRIEF.title in words and "Words of the template" not in words


def test_a_template_without_the_styles_still_gives_the_brief(tmp_path):
    template = docx.Document()
    for name in ("List Bullet", "Heading 1", "Title"):
        template.styles[name].delete()
    template.save(str(tmp_path / "bare.docx"))
    words = [one.text for one in docx.Document(str(written(tmp_path, template=tmp_path / "bare.docx"))).paragraphs]
    assert BRIEF.title in words and any(one.startswith("• Round 3 is expected") for one in words)


def test_the_brief_of_a_brief_as_template_has_its_own_footnotes_only(tmp_path):
    template = written(tmp_path).rename(tmp_path / "earlier.docx")
    with docx2python(written(tmp_path, BRIEF._replace(notes=NOTES[:1], sections=BRIEF.sections[:1]), template)) as read:
        assert "vòng 2" in str(read.footnotes) and "they & we met" not in str(read.footnotes)


@pytest.mark.parametrize("content", [b"", b"not a Word file", b"PK\x03\x04"])
def test_a_template_that_is_no_word_file_is_refused(tmp_path, content):
    (tmp_path / "bad.docx").write_bytes(content)
    with pytest.raises(NotATemplate):
        word(BRIEF, tmp_path / "bad.docx")
    with pytest.raises(NotATemplate):
        word(BRIEF, tmp_path / "missing.docx")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_prints_a_short_brief_on_one_page_with_its_footnotes(tmp_path, crowded):
    path = written(tmp_path, on_one_page(crowded, SHEET))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pages = PdfReader(path.with_suffix(".pdf")).pages
    assert len(pages) == 1
    assert "“words that prove line 1”" in pages[0].extract_text().replace("\n", " ")
