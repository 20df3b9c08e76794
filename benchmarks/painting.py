"""First paint and a step of zoom in Chromium, on a ledger of 10,000 events: `python -m benchmarks.painting [TIMES]`.

The pages are served by a process of their own: as of today, opened once `serve` has had time to compute them, and as of
earlier days, a new one each time, so that none is cached; what does not depend on the day was read for the first of
them. Times are medians, in milliseconds, from the request to the first contentful paint, and from a click to the frame
that shows the new days. A line of JSON shows what the browser needs for any page.
"""

import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from socket import socket
from statistics import median
from typing import Any

from benchmarks import ledgers
from benchmarks.statements import NEGOTIATION

PAGES = (
    "", "/table", "/timeline", "/timeline?by=issue", "/statements", "/asks", "/promises", "/changes", "/brief", "/gaps",
    "/log", "/check",
)  # fmt: skip
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
DRAWN = "document.querySelectorAll('#timeline :is(path, rect:not(.touch), circle, line, text):not(defs *)').length"
WARM = 10_000  # milliseconds after which the pages as of today are computed
ZOOM = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const before = document.getElementById('timeline'), start = performance.now();
  document.getElementById('go-in').click();
  while (document.getElementById('timeline') === before) await frame();
  await frame();
  return performance.now() - start;
}"""


def main() -> None:
    from playwright.sync_api import sync_playwright

    times = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with closing(socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    path = ledgers.ledger_of("10k").path
    serve = [str(Path(sys.executable).with_name("parley")), "serve", "--ledger", str(path), "--port", str(port)]
    server = subprocess.Popen(serve, stdout=subprocess.DEVNULL)
    try:
        with sync_playwright() as playwright:
            flags = ["--headless", "--no-sandbox", "--disable-gpu"]
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
            measure(browser.new_page(viewport={"width": 1280, "height": 900}), f"http://127.0.0.1:{port}", times)
            browser.close()
    finally:
        server.terminate()
        server.wait()


def measure(page: Any, at: str, times: int) -> None:
    """Print the times of every page, and of zooming in from ten years to a week."""
    wait_for(page, at)
    page.wait_for_timeout(WARM)
    line = painted(page, [f"{at}/-/head.json"] * times)
    print(f"{'a line of JSON':20} first paint {line:5.0f} ms")
    for one in PAGES:
        path = f"{at}/{NEGOTIATION}{one}"
        today = painted(page, [path] * times)
        sign = "&" if "?" in path else "?"
        before = painted(page, [f"{path}{sign}as-of=2025-01-{nth + 1:02}" for nth in range(times)])
        print(f"{one or '/':20} first paint {today:5.0f} ms, as of an earlier day {before:5.0f} ms")
    steps: list[float] = []
    for nth in range(times):
        page.goto(f"{at}/{NEGOTIATION}/timeline?as-of=2025-02-{nth + 1:02}")
        most = 0
        for _ in range(8):
            steps.append(page.evaluate(ZOOM))
            most = max(most, page.evaluate(DRAWN))
    print(f"{'a step of zoom':20} {median(steps):17.0f} ms, of {len(steps)}; at most {most} drawn elements")


def painted(page: Any, addresses: list[str]) -> float:
    """The median time to the first contentful paint."""
    times = []
    for address in addresses:
        page.goto(address)
        page.wait_for_function(f"() => {PAINT} !== undefined")
        times.append(page.evaluate(PAINT))
    return median(times)


def wait_for(page: Any, at: str) -> None:
    """Until the server answers."""
    for _ in range(100):
        try:
            page.goto(f"{at}/{NEGOTIATION}")
            return
        except Exception:  # what Chromium says of a refused connection
            page.wait_for_timeout(200)
    sys.exit("The pages are not served.")


if __name__ == "__main__":
    main()
