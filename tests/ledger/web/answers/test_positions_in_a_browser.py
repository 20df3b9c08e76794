"""The page of positions in a real Chromium, with 30 issues of six parties, of two and of nine; printed and copied."""

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

pytest.importorskip("datasette", reason="the extra `web` is not installed")
pytest.importorskip("playwright", reason="Playwright is not installed")
pytest.importorskip("axe_playwright_python", reason="axe is not installed")

from playwright.sync_api import expect

from tests.ledger.web import serving
from tests.ledger.web.chromium import MARKS, Windows, violations
from tests.many_positions import DAY, many_positions

pytestmark = MARKS
WIDE = {"width": 1280, "height": 800}
ODF = {
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
SOFFICE = shutil.which("soffice")
# For each row, the lines of text in its highest cell; a cell whose reports differ has both readings, however long.
LINES = """() => [...document.querySelectorAll('.positions tbody tr')].map((row) => Math.max(
  ...[...row.querySelectorAll('td')].filter((cell) => !cell.querySelector('.contested')).map((cell) =>
    [...cell.querySelectorAll('p')].filter((one) => one.offsetParent).reduce(
      (sum, one) => sum + Math.round(one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight)), 0))))"""
TO_THE_END = "one => { one.scrollIntoView(); one.scrollTo(one.scrollWidth, one.scrollHeight); }"
IN_VIEW = """() => {
  const box = document.querySelector('.matrix').getBoundingClientRect();
  const seen = (one) => {
    const {left, right, top, bottom} = one.getBoundingClientRect();
    return left >= box.left - 1 && right <= box.right + 1 && top >= box.top - 1 && bottom <= box.bottom + 1;
  };
  return ['thead th:last-child', 'tbody tr:last-child th', 'tbody tr:last-child td:last-child'].map(
    (one) => seen(document.querySelector(`.positions ${one}`)));
}"""


BOTTOMS = """all => all.map((one) =>
  [one, one.closest('.words')].map((box) => box.getBoundingClientRect().bottom))"""  # of figures and of their words


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, noon: None) -> Iterator[Callable[[int, int], str]]:
    """The address of a record with so many issues and parties."""
    found: dict[tuple[int, int], str] = {}
    with ExitStack() as servers:

        def address(issues: int, parties: int) -> str:
            if (issues, parties) not in found:
                ledger = many_positions(tmp_path_factory.mktemp("positions"), issues, parties)
                found[issues, parties] = servers.enter_context(serving.serving(ledger))
            return found[issues, parties]

        yield address


@pytest.fixture
def opened(windows: Windows, served: Callable[[int, int], str]) -> Iterator[Callable[..., Any]]:
    def open_at(issues: int, parties: int, asked: str = "", **look: Any) -> Any:
        at = served(issues, parties)
        return windows.open(f"{at}/talks/table?as-of={DAY}{asked}", at, **{"viewport": WIDE} | look)

    yield open_at
    assert windows.release() == []


@pytest.mark.parametrize("parties", [2, 6, 9])
def test_both_headers_are_in_view_at_the_last_cell(opened: Callable[..., Any], parties: int) -> None:
    page = opened(30, parties)
    page.locator(".matrix").evaluate(TO_THE_END)
    page.wait_for_function(f"({IN_VIEW})().every(Boolean)")


def test_tab_goes_through_the_table_by_links_in_reading_order(opened: Callable[..., Any]) -> None:
    page = opened(3, 6)
    links = page.locator(".matrix a")
    page.locator(".matrix").focus()
    for nth in range(links.count()):
        page.keyboard.press("Tab")
        expect(links.nth(nth)).to_be_focused()
    page.keyboard.press("Tab")
    page.wait_for_function("!document.querySelector('.matrix').contains(document.activeElement)")


def test_the_longest_cell_of_six_parties_has_four_lines_and_names_its_figure(opened: Callable[..., Any]) -> None:
    page = opened(30, 6)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    lines = page.evaluate(LINES)
    assert violations(opened(3, 6)) == []
    assert len(lines) == 30
    assert max(lines) == 4
    figures = page.locator(".positions strong")
    frames = figures.evaluate_all(BOTTOMS)
    assert frames
    assert all(figure <= words + 1 for figure, words in frames)  # none is cut off


def test_few_issues_of_nine_parties_go_across_unless_the_address_says_otherwise(opened: Callable[..., Any]) -> None:
    page = opened(3, 9)
    expect(page.locator(".positions tbody tr")).to_have_count(9)
    matrix = page.locator(".matrix")
    assert matrix.evaluate("one => one.scrollWidth - one.clientWidth") <= 0  # all of it fits
    page.get_by_role("link", name="Issues down, parties across").click()
    page.wait_for_url("**across=parties**")
    expect(page.locator(".positions tbody tr")).to_have_count(3)
    page.get_by_role("link", name="Parties down, issues across").click()
    page.wait_for_url("**across=issues**")
    expect(page.locator(".positions tbody tr")).to_have_count(9)


@pytest.mark.parametrize("parties", [2, 9])
def test_a_table_of_two_or_nine_parties_is_readable(opened: Callable[..., Any], parties: int) -> None:
    page = opened(30, parties)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert max(page.evaluate(LINES)) <= 5
    outside = """() => [...document.querySelectorAll('.positions :is(p, a, li)')].filter(
      (one) => one.getBoundingClientRect().right > one.closest('td, th').getBoundingClientRect().right + 1)
      .map((one) => one.textContent)"""
    assert page.evaluate(outside) == []


def test_printed_on_a4_landscape_the_headers_are_on_every_page(opened: Callable[..., Any]) -> None:
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    for issues, parties in ((3, 6), (30, 6)):
        page = opened(issues, parties)
        sheets = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
        assert {tuple(round(one) for one in sheet.mediabox[2:]) for sheet in sheets} == {(842, 595)}
        if issues == 3:
            assert len(sheets) == 1
        texts = [sheet.extract_text() for sheet in sheets]
        with_rows = [text for text in texts if re.search(r"Fish|Digital|Customs", text)]
        assert all("Southern League" in text and "Torrania" in text for text in with_rows)


COPIED = """async () => {
  getSelection().selectAllChildren(document.querySelector('.matrix'));
  document.execCommand('copy');
  const [one] = await navigator.clipboard.read();
  return (await one.getType('text/html')).text();
}"""


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_copied_into_a_word_processor_header_cells_words_and_links_are_kept(
    opened: Callable[..., Any], tmp_path: Path
) -> None:
    page = opened(3, 3, permissions=["clipboard-read", "clipboard-write"])
    (tmp_path / "copied.html").write_text(page.evaluate(COPIED), "utf-8")
    as_text = ["--infilter=HTML (StarWriter)", "--convert-to", "odt", "--outdir", str(tmp_path)]
    own = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = [str(SOFFICE), "--headless", own, *as_text, str(tmp_path / "copied.html")]
    subprocess.run(command, check=True, capture_output=True)
    with ZipFile(tmp_path / "copied.odt") as document:
        content = ElementTree.fromstring(document.read("content.xml"))
    heads = [words(one) for one in content.findall(".//table:table-header-rows//table:table-cell", ODF)]
    assert heads == ["Issue", "Halvia", "United States", "Ostwick"]
    rows = [
        [words(cell) for cell in row.findall("table:table-cell", ODF)]
        for row in content.findall(".//table:table/table:table-row", ODF)
    ]
    assert [row[0] for row in rows] == [
        "Customs procedures 0 open", "Rules of origin and cumulation 1 open", "Digital trade 2 noted",
    ]  # fmt: skip
    assert "Matter 1 of party 0 is to be settled this year." in rows[1][1]
    assert "5 January 2026" in rows[0][1]
    assert "7 January 2026" in rows[0][1]  # both readings
    kept = {one.get(f"{{{ODF['xlink']}}}href") for one in content.iterfind(".//text:a", ODF)}
    assert kept == {*page.locator(".positions a").evaluate_all("all => all.map(one => one.href)")}


def words(cell: ElementTree.Element) -> str:
    """The words of a cell, paragraph by paragraph."""
    return " ".join(" ".join("".join(one.itertext()) for one in cell.iterfind(".//text:p", ODF)).split())
