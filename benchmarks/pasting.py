"""`python -m benchmarks.pasting [WORDS]`: how soon a pasted report can be worked on at the desk, in Chromium.

An invented report of 2,000 words, or of WORDS, is pasted. Measured are the time from the form being sent to the first
suggestion on the screen with the focus where keys work, and, for each decision, the time from its key to the next
entry on the screen and until the draft is kept. The first paste of a process also loads and compiles what drafting
needs; the median is that of the others.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from playwright.sync_api import Page, sync_playwright

from benchmarks.desk import SHOWN
from ledger import create_ledger
from tests.ledger.web.serving import SEEDS, serving

PASTES = 5
DECISIONS = 20
_POLL, _LONGEST = 0.005, 30  # seconds
SENTENCES = (
    "Viet Nam's trade minister, Nguyen Hong Dien, asked the United States to lower its tariff on {} to ten percent.",
    "The United States rejected the request and said that the tariff on {} would stay until inspections begin.",
    "For his part, US Trade Representative Jamieson Greer proposed a review of the rules for {} within two months.",
    "Growers of {} have waited for a decision since the spring, and exports fell by a tenth in the first half year.",
    "Both sides agreed to exchange lists of producers of {} by 30 June.",
    "“We cannot accept a quota on {},” Dien told reporters.",
)
GOODS = "rice coffee shrimp pepper timber steel shoes shirts cashews rubber tea honey".split()
# Notes, in the session, when the form is sent; then, on the next page, when its first entry can be worked on.
READY = """if (location.pathname.endsWith("/enter")) {
  addEventListener("submit", () => {
    sessionStorage.setItem("sent", String(performance.timeOrigin + performance.now()));
  }, true);
} else {
  const look = () => {
    const entry = document.querySelector("form.entry:not([hidden])");
    const focused = document.activeElement && document.activeElement !== document.body;
    if (entry && focused && document.querySelector(".sentence[aria-current]")) requestAnimationFrame(() => {
      window.ready = performance.timeOrigin + performance.now() - Number(sessionStorage.getItem("sent"));
    });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""


def main() -> int:
    """Paste the report several times, decide on its first suggestions, and print what each took."""
    text = report(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
    folder = Path(tempfile.mkdtemp())
    ledger = create_ledger(folder / "ledger.db", "keeper")
    ledger.import_files(SEEDS)
    with serving(ledger) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.add_init_script(READY)
        page.add_init_script(SHOWN)
        first, *others = [pasted(page, f"{address}/vn-us-trade/enter", f"{text}\n{turn}.") for turn in range(PASTES)]
        page.locator("#desk:not([data-unread])").wait_for()
        suggested = page.locator(".entry").count()
        shown, kept = zip(*decided(page), strict=True)
        browser.close()
    shutil.rmtree(folder)
    print(f"{len(text.split())} words, {suggested} suggestions")
    print(f"from paste to the first suggestion: {first:.0f} ms at first, then {median(others):.0f} ms (median)")
    print(f"from a key to the next entry on the screen: {median(shown):.0f} ms (median), {max(shown):.0f} ms (slowest)")
    print(f"from a key to the kept draft: {median(kept):.0f} ms (median), {max(kept):.0f} ms (slowest)")
    return 0


def report(words: int) -> str:
    """An invented report of at least so many words, in paragraphs of three sentences."""
    paragraphs, told = [], 0
    goods = (f"{how} {good}" for how in ("fresh", "dried", "frozen", "processed") for good in GOODS)
    lines = (line.format(good) for good in goods for line in SENTENCES)
    while told < words:
        paragraphs.append(" ".join(islice(lines, 3)))
        told += len(paragraphs[-1].split())
    return "\n\n".join(paragraphs)


def pasted(page: Page, address: str, text: str) -> float:
    """The milliseconds from sending the pasted text to the first suggestion that can be worked on."""
    page.goto(address)
    page.locator("textarea[name=report]").focus()
    page.keyboard.insert_text(text)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Daily")
    page.keyboard.press("Tab")
    page.keyboard.type("2025-06-20")
    page.keyboard.press("Enter")
    page.locator(".sentence[aria-current]").wait_for()
    return _number(page, "window.ready")


def decided(page: Page) -> Iterator[tuple[float, float]]:
    """For each decision, the milliseconds until the next entry is on the screen, and until the draft is kept."""
    for _ in range(DECISIONS):
        page.evaluate("window.shown = undefined")
        progress, started = page.locator("#progress").inner_text(), perf_counter()
        page.keyboard.press("x")
        page.locator("#progress", has_not_text=progress).wait_for()
        page.locator("#desk:not([data-busy])").wait_for()
        kept = (perf_counter() - started) * 1_000
        yield _number(page, "window.shown"), kept


def _number(page: Page, name: str) -> float:
    """A number that the page notes, once it has; the page's policy does not let a browser wait for an expression."""
    give_up = perf_counter() + _LONGEST
    while (value := page.evaluate(name)) is None:
        assert perf_counter() < give_up, name
        sleep(_POLL)
    return float(value)


if __name__ == "__main__":
    sys.exit(main())
