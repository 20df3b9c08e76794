"""The page about the record itself: whether it holds together."""

from functools import partial

from ledger.queries.check import Checked, check_as_of
from ledger.web.request import Request


def check(request: Request) -> Checked:
    """The problems of the record; if the address names a day, of the events up to it."""
    asked = request.asked if request.asked.selective else request.asked._replace(recorded_by=request.position)
    examine = partial(request.ledger.examine, asked, request.negotiation)
    examined = request.views.shared_or_read("log", "examined", examine)  # the same for every day
    return check_as_of(request.views, examined, asked.as_of, request.today)
