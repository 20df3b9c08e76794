"""A brief cut to one page."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from pypdf import PdfReader

from ledger import Clocks, create_ledger
from ledger.dates import When
from ledger.export.markdown import markdown
from ledger.queries.brief import Brief, BriefSection, Line, Note, Run
from ledger.queries.brief.one_page import MARKDOWN, on_one_page
from ledger.queries.brief.writer import brief
from tests.examples import NEGOTIATION, WHO

CHROMIUM = shutil.which("chromium")
STYLE = "@page { size: A4; margin: 12mm } body { font: 10pt/1.2 sans-serif; margin: 0 } h1, h2, p, ul { margin: 2pt 0 }"


def sheets(text: str, folder: Path) -> int:
    """The number of A4 sheets that the Markdown takes in print."""
    page = folder / "brief.html"
    html = MarkdownIt().render(text)
    page.write_text(f'<!doctype html><meta charset="utf-8"><style>{STYLE} h1, h2 {{ font-size: 11pt }}</style>{html}')
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        f"--user-data-dir={folder}/profile",
    ]
    command = [str(CHROMIUM), *flags, f"--print-to-pdf={folder}/brief.pdf", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return len(PdfReader(folder / "brief.pdf").pages)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    """The brief of a ledger with some thousand statements, by many parties."""
    folder = tmp_path_factory.mktemp("large")
    ledger = create_ledger(folder / "ledger.db")
    (folder / "who.yaml").write_text(WHO)
    ledger.import_files([folder / "who.yaml"])
    entries: list[dict[str, str]] = [{"party": f"p{n}", "name": f"Party number {n} of the talks"} for n in range(30)]
    entries += [{"issue": f"i{n}", "title": f"Issue {n} with a title of some length"} for n in range(100)]
    says = "We ask for a great many things at once, " * 6
    for n in range(2000):
        said = {"statement": f"s{n}", "by": f"p{n % 30}", "to": "vn", "act": "asked", "issues": f"i{n % 100}"}
        entries.append(said | {"says": says, "on": f"2025-05-{n % 20 + 1:02}"})
        entries[-1]["quote"] = f"a great many things asked in number {n}"
    for n in range(500):
        agreed = {"follow-up": f"f{n}", "says": says, "owners": "vn", "due": f"2025-05-{n % 20 + 1:02}"}
        entries.append(agreed | {"on": "2025-05-01", "quote": f"agreed in number {n}"})
    source = {"slug": "vna", "title": "News of 2025-05-22", "published": "2025-05-22"}
    lines = ({"negotiation": NEGOTIATION, "source": source}, *entries)
    (folder / "news.jsonl").write_text("\n".join(map(json.dumps, lines)))
    ledger.import_files([folder / "news.jsonl"])
    return brief(ledger.views(Clocks(as_of="2025-06-15")), "vn")


@pytest.fixture(scope="module")
def short(large: Brief) -> Brief:
    return on_one_page(large)


def test_a_large_record_is_at_most_sixty_lines_and_each_heading_says_of_how_many(large: Brief, short: Brief) -> None:
    text = markdown(short)
    assert len(text.splitlines()) <= MARKDOWN.lines < len(markdown(large).splitlines())
    for section in short.sections:
        assert section.lines
        cut = section.of - len(section.lines)
        assert (f"({len(section.lines)} of {section.of}; {cut} more with --full)" in text) == bool(cut)
    assert sum(section.of for section in short.sections) == sum(len(section.lines) for section in large.sections)
    assert "more with --full" not in markdown(large)


def test_the_notice_of_the_negotiation_is_printed_whole_and_takes_its_place_on_the_page(large: Brief) -> None:
    notice = "Confidential: for the delegation alone, and not to be copied, quoted or passed on to anybody else. " * 3
    text = markdown(on_one_page(large._replace(notice=notice.strip())))
    assert text.splitlines()[2] == notice.strip()
    assert len(text.splitlines()) <= MARKDOWN.lines


def test_the_lines_kept_are_the_first_of_their_section_and_only_filed_words_are_cut(large: Brief, short: Brief) -> None:
    whole = {section.title: section.lines for section in large.sections}
    cut = 0
    for section in short.sections:
        for line, first in zip(section.lines, whole.get(section.title, ()), strict=False):
            start, *parts = re.split("…”?", "".join(run.words for run in line.runs))
            shape = ".*".join(map(re.escape, (start, *parts)))
            assert re.fullmatch(f"(?s){shape}[.]?", "".join(run.words for run in first.runs))
            assert [run.words for run in line.runs if not run.filed and run.words != "."] == [
                run.words.removeprefix("." if parts else "") for run in first.runs if not run.filed and run.words != "."
            ]
            cut += bool(parts)
    assert cut


def test_a_quotation_is_cut_with_three_dots_and_the_notes_are_numbered_in_their_order() -> None:
    quote = "the parties agree that" + " the parties agree that" * 8
    notes = [Note((f"{number} {quote}",), "vna", "", "", When()) for number in range(100)]
    lines = [Line((Run(f"Line {number}."),), 100 - number) for number in range(100)]
    short = on_one_page(Brief("Talks", "2025-05-15", (), [BriefSection("Follow-ups", lines, 100)], notes))
    assert [line.note for line in short.sections[0].lines] == list(range(1, len(short.notes) + 1))
    assert len(short.sections[0].lines) > 1
    for number, note in enumerate(short.notes):
        assert note.quotes[0].startswith(f"{99 - number} the parties agree")
        assert note.quotes[0].endswith("…")


def test_no_ask_is_lost_from_the_counts_and_further_askers_share_a_section(large: Brief, short: Brief) -> None:
    asks = [section.of for section in short.sections if "asks" in section.title]
    assert len(asks) == 3
    assert sum(asks) == sum(section.of for section in large.sections if "asks" in section.title)
    shared = short.sections[2]
    assert shared.title == "Unanswered asks by 28 other parties"
    assert all(line.runs[0].words.startswith("Party number ") for line in shared.lines)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed (Debian: apt-get install chromium)")
def test_a_large_record_prints_on_one_sheet(large: Brief, short: Brief, tmp_path: Path) -> None:
    assert sheets(markdown(large), tmp_path) > 1
    assert sheets(markdown(short), tmp_path) == 1


def test_no_heading_stands_alone_and_what_has_no_room_is_named(large: Brief) -> None:
    long = [Line((Run("A section with a line that is rather long, as many are. " * 3),), 0)] * 4
    for count in (1, 5, 12, 40):
        full = large._replace(sections=[BriefSection(f"Section {nth} of many", long, 4) for nth in range(count)])
        short = on_one_page(full)
        text, shown = markdown(short), [section.title for section in short.sections]
        assert all(section.lines for section in short.sections)
        assert short.left_out == tuple(f"{one.title} (4)" for one in full.sections if one.title not in shown)
        assert all(one in text for one in short.left_out)
        assert len(text.splitlines()) <= MARKDOWN.lines
    few = [BriefSection(f"Section {nth}", [Line((Run("A line."),))], 1) for nth in range(20)]
    full_page = markdown(on_one_page(large._replace(sections=few))).splitlines()
    assert MARKDOWN.lines - 3 < len(full_page) <= MARKDOWN.lines  # no room for one more section


def test_what_fits_is_left_as_it_is() -> None:
    note = Note(("lift them",), "vna", "", "", When())
    lines = [
        Line((Run("Round 3 is expected."),), 1),
        Line((Run("Lift the tariffs. " * 20, filed=True),), 1),
    ]
    full = Brief("Talks", "2025-05-15", (), [BriefSection("What comes next", lines, 2)], [note])
    assert on_one_page(full) == full._replace(short=True)


def test_a_quotation_that_is_cut_is_closed_and_what_follows_it_stays() -> None:
    quotation = Run("“The mediator invited them. " + "They should name somebody. " * 40 + "”", filed=True)
    said = Line((Run("Dahl stated on 3 May 2025: "), quotation, Run(" (inferred).")))
    full = Brief("Talks", "2025-05-15", (), [BriefSection("Asks", [said] * 80, 80)], [])
    words = "".join(run.words for run in on_one_page(full).sections[0].lines[0].runs)
    assert words.startswith("Dahl stated on 3 May 2025: “The mediator")
    assert words.endswith("…” (inferred).")


def test_no_full_stop_follows_words_that_are_cut() -> None:
    said = Line(
        (Run("Dahl asked: "), Run("They should name somebody. " * 40, filed=True), Run("."), Run(" Asked once."))
    )
    full = Brief("Talks", "2025-05-15", (), [BriefSection("Asks", [said] * 80, 80)], [])
    words = "".join(run.words for run in on_one_page(full).sections[0].lines[0].runs)
    assert words.endswith("They should… Asked once.")
