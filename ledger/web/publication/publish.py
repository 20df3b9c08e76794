"""Publishes a record as a static site, with every chosen negotiation.

The same record gives the same bytes. A site has no address but that of its `base`, in feeds.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from ledger.base import now
from ledger.base.collector import uncollected
from ledger.domain.clocks import Clocks, typed_clocks
from ledger.domain.errors import NoNegotiationYet
from ledger.record import AskableRecord
from ledger.web.errors import ReadOnly
from ledger.web.publication.errors import NotABase
from ledger.web.publication.folder import mark, site_folder
from ledger.web.publication.links import Links
from ledger.web.publication.pages import LISTED, Plan, Publisher, plan
from ledger.web.rendering import read
from ledger.web.site import PAGES, Site

MOST_DAYS = 60
SHOWN = ("parley.css", "published.js", "icon.svg")  # our own files that the pages need
_BASE = re.compile(r"https?://[^\s/?#\"<>]+(?:/[^\s?#\"<>]*)?")


class PublishedSite(NamedTuple):
    """A published site: the number of its pages and bytes, and the plan of each negotiation."""

    pages: int
    bytes: int
    plans: list[Plan]


def publish(
    record: AskableRecord,
    into: Path,
    negotiations: Sequence[str] = (),
    *,
    as_of: str = "",
    base_url: str = "",
    texts: bool = False,
    every_json: bool = False,
    most_days: int = MOST_DAYS,
    told: Callable[[int], None] = lambda pages: None,
) -> PublishedSite:
    """Publish negotiations, by default all, as of a day, by default today, to a folder; `told` gets the progress.

    `texts`: also the frozen texts of sources. `every_json`: also the page of each entry as JSON. Refused if the folder
    has something that publishing did not make.
    """
    if base_url and not _BASE.fullmatch(base_url):
        raise NotABase(text=base_url)
    base = base_url and base_url.rstrip("/") + "/"
    site = Site(record, "", ReadOnly())
    site.nav = {page: PAGES[page].heading for page in LISTED}
    day = typed_clocks(as_of, "", "", now.today(), mark="--").as_of or now.today().isoformat()
    position = record.head().position
    with ExitStack() as opened, uncollected():
        wanted = list(dict.fromkeys(negotiations)) or record.negotiations()
        if not wanted:
            raise NoNegotiationYet()
        every = [opened.enter_context(record.views(Clocks(day), one)) for one in sorted(wanted)]
        plans = [plan(views, most_days) for views in every]
        files = {"index.html", *SHOWN}.union(*(one.files(every_json=every_json) for one in plans))
        links = Links(files, day)
        with site_folder(into) as folder:
            titles = {one.negotiation: (one.title, one.notice) for one in plans}
            page = site.listed(titles, Clocks(day))
            pages, size = 0, 0
            written = [("index.html", links.rewritten(page, "index.html"))]
            written += [(name, read(name).decode()) for name in SHOWN]
            for views, planned in zip(every, plans, strict=True):
                publisher = Publisher(site, views, planned, links, texts=texts, every_json=every_json, base=base)
                for file, content in (*written, *publisher.files()):
                    size += _write(folder / file, content)
                    pages += file.endswith(".html")
                    told(pages)
                written = []
            mark(folder, {"as of": day, "position": position, "negotiations": [one.negotiation for one in plans]})
    return PublishedSite(pages, size, plans)


def _write(path: Path, content: str) -> int:
    data = content.encode()
    try:
        path.write_bytes(data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
    return len(data)
