"""Makes the pictures of the README from the worked example, in a real browser.

`make pictures` runs it; it needs Chromium, and DejaVu's fonts to look as they do here.
"""

import shutil
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from ledger import Ledger, create_ledger
from ledger.web import server

HERE = Path(__file__).parent
SEEDS = sorted((HERE.parent / "seeds" / "vn-us-trade").glob("*.yaml"))
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]

# Each picture with the address of its page, and how high it is.
PICTURES = {
    "where-we-stand": ("/?as-of=2025-05-22", 1000),
    "timeline": ("/vn-us-trade/timeline?as-of=2025-11-14", 1180),
}


def make(ledger: Ledger, chromium: str) -> None:
    """Serve the ledger, and take a picture of each page."""
    with server.bound("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        running = server.server(server.application(ledger, server.lock("127.0.0.1", port)))
        threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True).start()
        while not running.started:
            time.sleep(0.05)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            for name, (address, height) in PICTURES.items():
                page = browser.new_page(viewport={"width": 1180, "height": height}, locale="en-GB")
                page.goto(f"http://127.0.0.1:{port}{address}")
                page.screenshot(path=HERE / "pictures" / f"{name}.png")
            browser.close()
        running.should_exit = True


if __name__ == "__main__":
    found = shutil.which("chromium")
    if found is None:
        sys.exit("The pictures need Chromium (Debian: apt-get install chromium fonts-dejavu-core).")
    with TemporaryDirectory() as folder:
        example = create_ledger(Path(folder) / "ledger.db", "keeper")
        example.import_files(SEEDS)
        make(example, found)
