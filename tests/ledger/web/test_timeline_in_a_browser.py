"""The timeline of ten years and 10,000 events in a real Chromium, at each zoom; and its file, as it is on a slide."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("datasette", reason="the extra `web` is not installed")
pytest.importorskip("playwright", reason="Playwright is not installed")

from playwright.sync_api import expect

from benchmarks import ledgers, ministry
from ledger import create_ledger
from tests.ledger.web import serving
from tests.ledger.web.chromium import MARKS, Windows

pytestmark = MARKS
EVENTS = 10_000
MOST = 600  # drawn elements, at any zoom
DRAWN = "document.querySelectorAll('#timeline :is(path, rect:not(.touch), circle, line, text):not(defs *)').length"
# The labels that overlap or leave the picture, of the document that is shown.
APART = """(frame) => {
  const boxes = [...frame.querySelectorAll('text')].map((one) => [one.textContent, one.getBoundingClientRect()]);
  const {left, right, bottom} = frame.getBoundingClientRect();
  const out = boxes.filter(([, box]) => box.left < left - 1 || box.right > right + 1 || box.bottom > bottom + 1);
  const meet = (a, b) => a !== b && a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 4 && b.top < a.bottom - 4;
  return [...out.map(([text]) => text),
    ...boxes.flatMap(([one, a]) => boxes.filter(([, b]) => meet(a, b)).map(([other]) => `${one} / ${other}`))];
}"""
# The marks that are narrower or lower than 24 pixels where they can be touched, or covered there by another.
SMALL = """() => {
  const boxes = [...document.querySelectorAll('#timeline :is(.touch, .pill)')].map((one) =>
    [one.closest('.mark').querySelector('title').textContent, one.getBoundingClientRect()]);
  const covered = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  return [...boxes.filter(([, box]) => box.width < 23.9 || box.height < 23.9),
    ...boxes.filter(([, a]) => boxes.some(([, b]) => a !== b && covered(a, b)))].map(([title]) => title);
}"""
COUNTED = """() => [...document.querySelectorAll('#timeline .mark')].reduce((sum, one) =>
  sum + Number(one.dataset.count ?? 1 + one.querySelectorAll('.former').length), 0)"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, noon: None) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("ten-years")
    ledger = create_ledger(folder / "ledger.db", "keeper")
    for negotiation in ministry.ministry(EVENTS, ledgers.SEED):
        ledgers.fill(ledger, negotiation, folder)
    with serving.serving(ledger) as found:
        yield f"{found}/{negotiation.slug}/timeline"


@pytest.fixture
def opened(windows: Windows, address: str) -> Iterator[Callable[..., Any]]:
    site = address.rpartition("/talks")[0]
    yield lambda asked: windows.open(
        f"{address}?as-of=2024-01-03{asked}", site, viewport={"width": 1280, "height": 800}
    )
    assert windows.release() == []


@pytest.mark.parametrize("lanes", ["", "&by=issue"])
def test_at_every_zoom_the_picture_is_small_its_labels_are_apart_its_marks_can_be_touched_and_its_counts_add_up(
    opened: Callable[..., Any], lanes: str
) -> None:
    page = opened(lanes)
    for _ in range(9):
        told = page.locator(".window p").first.inner_text()
        assert 0 < page.evaluate(DRAWN) <= MOST, told
        assert page.locator("#timeline").evaluate(APART) == [], told
        assert page.evaluate(SMALL) == [], told
        assert page.evaluate(COUNTED) == int(told.split(": ")[1].split(" mark")[0]), told
        page.locator("#go-in").click()
        expect(page.locator(".window p").first).not_to_have_text(told)
    page.locator("#go-all").click()
    page.locator("#go-all").wait_for(state="detached")


def test_the_file_alone_is_readable_on_a_slide(opened: Callable[..., Any], tmp_path: Path) -> None:
    page = opened("&from=2020-03-01&to=2020-06-01")
    with page.expect_download() as file:
        page.get_by_role("link", name="This picture as SVG").click()
    alone = page.context.new_page()
    alone.goto(file.value.path().rename(tmp_path / "timeline.svg").as_uri())
    assert alone.locator("svg").first.evaluate(APART) == []
    assert alone.evaluate("document.querySelector('text').textContent") == page.locator(".record a").inner_text()
    legend = page.locator(".legend span").all_inner_texts()
    in_file = alone.evaluate("[...document.querySelectorAll('text')].map((one) => one.textContent)")
    assert {one.strip().removeprefix("12").strip() for one in legend} <= {*in_file}
    assert "as of 3 January 2024" in " ".join(in_file)
    alone.close()
