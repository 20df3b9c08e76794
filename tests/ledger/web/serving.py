"""Serves the pages of a ledger to a test, reads them, and records hostile text."""

import html
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ledger import Ledger, create_ledger
from ledger.domain.kinds import KINDS
from ledger.record import AskableRecord
from ledger.web import server
from ledger.web.people.audit import Audit
from ledger.web.people.visitors import Visitors
from ledger.web.site import PAGES, Site
from tests import prepared
from tests.thorough import THOROUGH

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
    "notice": f"Notice {SCRIPT}",
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
        {
            "deadline": "answer",
            "says": f"Answer {SCRIPT} {HANDLER}",
            "owners": "bb",
            "due": "2025-06-01",
            "by": "aa/ann",
            "on": "2025-05-21",
            "issues": ["money"],
            "quote": QUOTE,
        },
        {"task": "draft", "says": f"Draft {SCRIPT}", "for": f"Lan {HANDLER}", "waits-on": "pay"},
    ],
}


def worked_example(folder: Path) -> Ledger:
    """A ledger with the worked example recorded."""
    prepared.copied(_worked_example, folder)
    return Ledger(folder / "ledger.db", "keeper")


def _worked_example(folder: Path) -> None:
    made = create_ledger(folder / "ledger.db", "keeper")
    made.import_files(SEEDS)
    made.views().close()


def hostile(folder: Path) -> Ledger:
    """A ledger with text in every field that would run, break out or reorder if it could."""
    (folder / "the-source.txt").write_text(f"We appointed her. Ann {QUOTE} and {BIDI} at last.", "utf-8")
    path = folder / "hostile.jsonl"
    path.write_text(json.dumps(HOSTILE, ensure_ascii=False), "utf-8")
    found = create_ledger(folder / "hostile.db", "keeper <script>")
    found.import_files([path])
    return found


@contextmanager
def serving(
    ledger: AskableRecord,
    visitors: Visitors | None = None,
    *,
    read_only: bool = False,
    audit: Audit | None = None,
) -> Iterator[str]:
    """The pages served on a free port until the end; their address, without the last slash."""
    with server.bound("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        rules = server.lock("127.0.0.1", port, visitors)._replace(audit=audit)
        running = server.server(server.application(ledger, rules, read_only=read_only))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        end = time.monotonic() + 60
        while not running.started and time.monotonic() < end:
            time.sleep(0.01)
        assert running.started
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            running.should_exit = True
            thread.join(10)


def query(text: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in text.split("&") if part)


def page(site: Site, address: str) -> str:
    """The page at an address, which must be there."""
    path, _, asked = address.partition("?")
    found = site.respond(path, query(asked))
    assert found.status == 200, found.body
    return found.body


def text_of(body: str) -> str:
    """The words of a page, as a person reads them."""
    bare = re.sub(r"<(script|style|title)\b.*?</\1>", " ", body, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def every_page(ledger: AskableRecord, negotiation: str) -> list[str]:
    """The address of every page: those of the navigation, and one of each entry."""
    views = ledger.views(negotiation=negotiation)
    slugs = [(one.kind, one.slug) for one in views.labels() if one.kind in KINDS and one.kind != "negotiation"]
    views.close()
    pages = [f"/{negotiation}/{name}".rstrip("/") for name in PAGES]
    return ["/", *pages, *(f"/{negotiation}/{kind}/{slug}" for kind, slug in slugs)]


def some_pages(ledger: AskableRecord, negotiation: str) -> list[str]:
    """The address of every page of the navigation, and of one entry of each kind; with `make laws` of every entry."""
    every = every_page(ledger, negotiation)
    last = {address.rpartition("/")[0]: address for address in every}
    return every if THOROUGH > 1 else [one for one in every if one.count("/") < 3 or one in last.values()]
