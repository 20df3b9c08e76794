"""Makes the pictures of the documentation from the worked example, in real programs.

`make pictures` runs it. Pages need Chromium; Word files and spreadsheets need LibreOffice and pdftoppm (poppler-utils);
the calendar needs khal, which reads it; all need DejaVu's fonts to look as they do here.
"""

import html
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from playwright.sync_api import Browser, sync_playwright

from cli.main import run
from ledger import Ledger, create_ledger
from ledger.web import server

HERE = Path(__file__).parent
SEEDS = sorted((HERE.parent / "seeds" / "vn-us-trade").glob("*.yaml"))
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
NEEDED = {
    "chromium": "chromium fonts-dejavu-core",
    "soffice": "libreoffice-writer libreoffice-calc",
    "pdftoppm": "poppler-utils",
    "khal": "khal",
}
DAY = "2025-05-22"

# Each picture with the address of its page, and how high it is.
PICTURES = {
    "where-we-stand": (f"/?as-of={DAY}", 1000),
    "timeline": ("/vn-us-trade/timeline?as-of=2025-11-14", 1180),
}
# Each picture with the command that writes its file, the dots of an inch, and the dots of its height.
DOCUMENTS = {
    "brief": (f"brief --us vn --as-of {DAY} --out brief.docx", 80, 936),
    "handover": (f"handover --us vn --as-of {DAY} --out handover.docx", 60, 702),
    "spreadsheet": (f"asks --as-of {DAY} --xlsx spreadsheet.xlsx", 80, 300),
}

KHAL = """[calendars]
[[talks]]
path = {folder}/calendar
[locale]
dateformat = %d.%m.
longdateformat = %d.%m.%Y
datetimeformat = %d.%m. %H:%M
longdatetimeformat = %d.%m.%Y %H:%M
[sqlite]
path = {folder}/khal.db
"""
TERMINAL = (
    "margin: 0; padding: 14px 18px; background: #1b2026; color: #e7eaed; font: 13px/1.45 'DejaVu Sans Mono', monospace;"
)


@contextmanager
def served(ledger: Ledger) -> Iterator[str]:
    """The address at which the ledger is served meanwhile."""
    with server.bound("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        running = server.server(server.application(ledger, server.lock("127.0.0.1", port)))
        threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True).start()
        while not running.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
        running.should_exit = True


def picture(browser: Browser, name: str, address: str, height: int) -> None:
    page = browser.new_page(viewport={"width": 1180, "height": height}, locale="en-GB")
    page.goto(address)
    page.screenshot(path=HERE / "pictures" / f"{name}.png")


def first_page(folder: Path, name: str, command: str, dots: int, height: int) -> None:
    """Write a file with a command, and picture its first page as LibreOffice prints it."""
    *asked, out = command.split()
    if run([*asked, str(folder / out), "--ledger", str(folder / "ledger.db")]):
        sys.exit(f"`parley {command}` failed.")
    to_pdf = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / out)]
    subprocess.run(to_pdf, check=True, stdout=subprocess.DEVNULL)
    printed, picture = (folder / out).with_suffix(".pdf"), HERE / "pictures" / name
    part = ["-x", "0", "-y", "0", "-W", "5000", "-H", str(height)]  # it is not wider than the page
    subprocess.run(["pdftoppm", "-png", "-r", str(dots), *part, "-singlefile", printed, picture], check=True)


def printed(*command: object, where: Path) -> str:
    """The output of a program."""
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run([*map(str, command)], check=True, stdout=subprocess.PIPE, text=True, cwd=where, env=env)
    return done.stdout


def written(folder: Path, *command: object) -> None:
    """Write a file with a command."""
    if run([*map(str, command), "--ledger", str(folder / "ledger.db")]):
        sys.exit(f"`parley {' '.join(map(str, command))}` failed.")


def in_khal(folder: Path) -> str:
    """The days of the calendar on which round 3 was expected, as khal lists them."""
    written(folder, "calendar", "--as-of", DAY, "--out", folder / "talks.ics")
    (folder / "calendar").mkdir()
    (folder / "khal.conf").write_text(KHAL.format(folder=folder), "utf-8")
    khal = ("khal", "-c", folder / "khal.conf")
    printed(*khal, "import", "--batch", "-a", "talks", folder / "talks.ics", where=folder)
    titles = ("--format", "{start-end-time-style} {title}")
    return f"$ khal list 21.05.2025 15d\n{printed(*khal, 'list', *titles, '21.05.2025', '15d', where=folder)}"


def unpacked(folder: Path) -> str:
    """The files of a bundle, the result of its script, and the first entries."""
    written(folder, "bundle", "--issue", "market-economy-status", "--as-of", DAY, "--out", folder / "request.zip")
    there = folder / "request"
    with ZipFile(folder / "request.zip") as bundle:
        bundle.extractall(there)
        names = "  ".join(sorted(bundle.namelist()))
    verified = printed(sys.executable, "verify.py", "proof", "proof.json", "checkpoint.txt", where=there)
    entries = (there / "entries.md").read_text("utf-8").split("\n## ")
    return (
        f"$ unzip request.zip && ls\n{names}\n\n$ python3 verify.py proof proof.json checkpoint.txt | tail -1\n"
        f"{verified.splitlines()[-1]}\n\n$ less entries.md\n" + "\n## ".join(entries[:4])
    )


def in_a_terminal(browser: Browser, name: str, text: str) -> None:
    page = browser.new_page(viewport={"width": 900, "height": 600})
    page.set_content(f'<pre style="{TERMINAL} white-space: pre-wrap">{html.escape(text)}</pre>')
    page.locator("pre").screenshot(path=HERE / "pictures" / f"{name}.png")


def make(folder: Path) -> None:
    """Make every picture, with a ledger of the worked example in the folder."""
    example = create_ledger(folder / "ledger.db", "keeper")
    example.import_files(SEEDS)
    if run(["publish", str(folder / "site"), "--as-of", DAY, "--ledger", str(example.path)]):
        sys.exit("`parley publish` failed.")
    with served(example) as at, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, (address, height) in PICTURES.items():
            picture(browser, name, f"{at}{address}", height)
        picture(browser, "public-site", (folder / "site" / "vn-us-trade" / "index.html").as_uri(), 700)
        in_a_terminal(browser, "calendar", in_khal(folder))
        in_a_terminal(browser, "bundle", unpacked(folder))
        browser.close()
    for name, (command, dots, height) in DOCUMENTS.items():
        first_page(folder, name, command, dots, height)


if __name__ == "__main__":
    if missing := [package for program, package in NEEDED.items() if shutil.which(program) is None]:
        sys.exit(f"The pictures need other programs (Debian: apt-get install {' '.join(missing)}).")
    with TemporaryDirectory() as folder:
        make(Path(folder))
