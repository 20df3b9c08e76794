"""The pages about the record itself: whether it holds together, and its events in the order of recording."""

from typing import NamedTuple

from ledger.queries.check import Checked
from ledger.views.rows import LogRow
from ledger.web.request import Request

FOLD = 200  # events, shown before "show more"


class LogPage(NamedTuple):
    """The newest events in order of recording, and the number of all; `slug` is the entry they are about, or ""."""

    slug: str
    rows: list[LogRow]
    total: int


def check(request: Request) -> Checked:
    """The problems of the record; if the address names a day, of the events up to it."""
    return request.ledger.check(request.asked, request.negotiation)


def log(request: Request) -> LogPage:
    """The recorded events, of one entry or of all."""
    slug = request.views.find([], request.query.get("slug", ""))
    found = request.views.log(slug)
    return LogPage(slug, request.part("everything", found, FOLD, newest=True), len(found))
