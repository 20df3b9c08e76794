"""Links of a site: each address of `parley serve` becomes the relative path of a file, or no link if there is no file.

The file of `/talks/meeting/round-2` is `talks/meeting/round-2.html`. The pages of a day (`?as-of=2025-05-22`) are in
`talks/on/2025-05-22/`, those of a year of the timeline in `talks/timeline/`. Entries and lists exist as of one day
only, so links to them from the page of an earlier day lead there.
"""

import html
import re
from functools import lru_cache
from posixpath import relpath
from urllib.parse import parse_qsl, urlsplit

from ledger.web.addresses import AS_OF, CLOCKS

DAILY = ("", "table", "changes")  # the pages that exist for each day, besides the newest
FRONT = "index"
_OURS = "/-/parley/"  # the addresses of our own files
_LINK = re.compile(r'<link\b[^>]*? href="(/[^"]*)"[^>]*>\n?')
_ADDRESS = re.compile(r' (href|src|action)="(/[^"]*)"')
_FORM = re.compile(r"<form\b(?![^>]* data-offline\b).*?</form>\n?", re.DOTALL)


def page_file(negotiation: str, page: str = "", day: str = "") -> str:
    """The file of a page, without its suffix: `talks/index`, `talks/meeting/round-2`, `talks/on/2025-05-22/table`."""
    return "/".join([negotiation, *(["on", day] if day else []), page or FRONT])


class Links:
    """The links between the files of a site; `files` are the paths of all of them.

    `newest` is the day of the pages that are not in a folder for their day.
    """

    def __init__(self, files: set[str], newest: str) -> None:
        self._files, self._newest = files, newest
        self.file = lru_cache(100_000)(self._file)
        self._relative = lru_cache(100_000)(relpath)

    def rewritten(self, page: str, here: str) -> str:
        """The page for the file `here`: its links lead to files, and parts that need a server are left out."""
        there = here.rpartition("/")[0] or "."

        def link(found: re.Match[str]) -> str:
            return found[0] if self.file(found[1]) else ""

        def address(found: re.Match[str]) -> str:
            path, _, anchor = found[2].partition("#")
            file = self.file(path)
            return f' {found[1]}="{self._relative(file, there)}{anchor and "#"}{anchor}"' if file else ""

        return _ADDRESS.sub(address, _LINK.sub(link, _FORM.sub("", page)))

    def _file(self, address: str) -> str:
        """The file of an address; "" if the site has none."""
        split = urlsplit(html.unescape(address))
        query = dict(parse_qsl(split.query))
        day = query.get(AS_OF, "")
        more = {name: value for name, value in query.items() if name not in CLOCKS}
        if split.path.startswith(_OURS):
            return self._known(split.path.removeprefix(_OURS))
        path, dot, suffix = split.path.removeprefix("/").partition(".")
        if not path:
            return f"{FRONT}.html"
        negotiation, _, page = path.partition("/")
        file = f"{dot or '.'}{suffix or 'html'}"
        if page == "timeline" and {*more} == {"from", "to"} and more["from"][:4] == more["to"][:4]:
            return self._known(page_file(negotiation, f"timeline/{more['from'][:4]}") + file)
        if more:
            return ""
        daily = self._known(page_file(negotiation, page, day) + file) if day != self._newest and page in DAILY else ""
        return daily or self._known(page_file(negotiation, page) + file)

    def _known(self, file: str) -> str:
        return file if file in self._files else ""
