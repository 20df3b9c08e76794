"""Serves the pages of a ledger to a test, and records hostile text."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ledger import Ledger, create_ledger
from ledger.web import server

SEEDS = sorted((Path(__file__).parents[3] / "seeds" / "vn-us-trade").glob("*.yaml"))
NOON = "2026-11-21T12:00:00+00:00"
SCRIPT = "<script>document.title='owned'</script>"
HANDLER = "\" onfocus=\"document.title='owned'\" autofocus x=\"<img src=x onerror=document.title='owned'>"
BIDI = "paid \u202eton saw\u202c in full"

QUOTE = "said <b>what</b> & <script>document.title=1</script> now"
HOSTILE = {
    "negotiation": "hostile",
    "title": f"Talks {SCRIPT}",
    "parties": ["aa", "bb"],
    "source": {
        "slug": "the-source",
        "kind": "news",
        "title": f"Title {HANDLER}",
        "publisher": f"Publisher {SCRIPT}",
        "published": "2025-05-22",
        "url": "javascript:document.title='owned'",
        "text": "the-source.txt",
    },
    "entries": [
        {"party": "aa", "name": f"Aland {HANDLER}", "aliases": [f"Alias {SCRIPT}"]},
        {"party": "bb", "name": f"Beland {SCRIPT}"},
        {"person": "ann", "name": f"Ann {HANDLER}", "party": "aa", "aliases": [f"Annie {SCRIPT}"]},
        {"issue": "money", "title": f"Money {HANDLER}", "about": f"About {SCRIPT}", "aliases": [f"Cash {HANDLER}"]},
        {"appointment": "ann", "post": f"Post {HANDLER}", "party": "aa", "quote": "appointed"},
        {
            "meeting": "met",
            "kind": "round",
            "number": "1",
            "held": "2025-05-20",
            "place": f"Place {SCRIPT}",
            "parties": ["aa", "bb"],
            "people": [f"aa/ann, Title {HANDLER}"],
            "issues": ["money"],
            "quote": QUOTE,
        },
        {
            "meeting": "met",
            "kind": "round",
            "number": "1",
            "held": "2025-05-21",
            "place": f"P {HANDLER}",
            "quote": BIDI,
        },
        {
            "announcement": "next",
            "kind": "round",
            "number": "2",
            "expected": "[2025-06-01..2025-06-10]",
            "by": "aa/ann",
            "on": "2025-05-21",
            "place": f"Place {HANDLER}",
            "quote": QUOTE,
        },
        {"announcement": "later", "kind": "call", "expected": "2025-07", "on": "2025-05-21", "quote": BIDI},
        {"called-off": "later", "on": "2025-05-22", "reason": f"Reason {SCRIPT}", "by": "bb", "quote": BIDI},
        {
            "statement": "asked",
            "by": "aa/ann",
            "to": "bb",
            "act": "asked",
            "issues": ["money"],
            "on": "2025-05-21",
            "at": "met",
            "says": f"Says {HANDLER} {SCRIPT}",
            "reported-by": f"Reporter {SCRIPT}",
            "quote": QUOTE,
        },
        {
            "follow-up": "pay",
            "says": f"Pay {SCRIPT} {HANDLER}",
            "owners": "bb",
            "due": "2025-06-01",
            "on": "2025-05-21",
            "issues": ["money"],
            "quote": BIDI,
        },
    ],
}


def worked_example(folder: Path, name: str = "ledger.db") -> Ledger:
    """A ledger with the worked example recorded."""
    found = create_ledger(folder / name, "keeper")
    found.import_files(SEEDS)
    return found


def hostile(folder: Path) -> Ledger:
    """A ledger with text in every field that would run, break out or reorder if it could."""
    (folder / "the-source.txt").write_text(f"We appointed her. Ann {QUOTE} and {BIDI} at last.", "utf-8")
    path = folder / "hostile.jsonl"
    path.write_text(json.dumps(HOSTILE, ensure_ascii=False), "utf-8")
    found = create_ledger(folder / "hostile.db", "keeper <script>")
    found.import_files([path])
    return found


@contextmanager
def serving(ledger: Ledger, token: str = "", host: str = "127.0.0.1") -> Iterator[str]:
    """The pages served on a free port until the end; their address, without the last slash."""
    with server.bound("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        running = server.server(server.application(ledger, server.lock(host, port, token)))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        end = time.monotonic() + 10
        while not running.started and time.monotonic() < end:
            time.sleep(0.01)
        assert running.started
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            running.should_exit = True
            thread.join(10)
