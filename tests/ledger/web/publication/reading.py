"""Reads a published site: its files, and every link of its pages with the anchor that it leads to."""

from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from ledger import AskableRecord
from ledger.web.publication.publish import PublishedSite


class Published(NamedTuple):
    """A published site: its folder, the record, and what was said of it."""

    folder: Path
    record: AskableRecord
    said: PublishedSite


class PageReader(HTMLParser):
    """The links and anchors of one page, and its elements that would need a server."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = {""}
        self.empty: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.links += [given[name] or "" for name in ("href", "src", "action") if name in given]
        self.anchors.add(given.get("id") or "")
        if (tag == "form" and not given.get("action")) or (tag == "link" and not given.get("href")):
            self.empty.append(self.get_starttag_text() or "")


def files(folder: Path) -> dict[str, bytes]:
    """The files of a folder, by their paths."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def dead_links(folder: Path) -> list[tuple[str, str]]:
    """Every link of every page that leads to no file or to no place in it; links to other sites are left out."""
    every = files(folder)
    pages = {name: PageReader(data.decode()) for name, data in every.items() if name.endswith(".html")}
    dead = []
    for here, page in pages.items():
        dead += [(here, one) for one in page.empty]
        for link in page.links:
            split = urlsplit(link)
            if split.scheme in ("http", "https") and split.netloc:
                continue
            there = normpath(join(dirname(here), unquote(split.path))) if split.path else here
            if split.scheme or there not in every or (there in pages and split.fragment not in pages[there].anchors):
                dead.append((here, link))
    return dead
