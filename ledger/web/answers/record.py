"""The page about the record itself: whether it holds together."""

from ledger.queries.check import Checked
from ledger.web.request import Request


def check(request: Request) -> Checked:
    """The problems of the record; if the address names a day, of the events up to it."""
    return request.ledger.check(request.asked, request.negotiation)
