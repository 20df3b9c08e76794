"""The page of promises: who must do what, and who says that it was done."""

from typing import NamedTuple

from ledger.queries.promises import Promise
from ledger.queries.promises import promises as every_promise
from ledger.web import evidence
from ledger.web.evidence import Proofs
from ledger.web.request import Request

FOLD = 200  # rows, shown before "show more"


class PromisesPage(NamedTuple):
    """The shown promises and follow-ups of `by` and to `to`, and the number of all; `only_open`: only what is open."""

    by: str
    to: str
    only_open: bool
    rows: list[Promise]
    total: int
    proofs: Proofs


def promises(request: Request) -> PromisesPage:
    """Every promise and every follow-up with an owner; open ones come first, oldest first."""
    by, to = (request.views.find(["party", "person"], request.query.get(name, "")) for name in ("by", "to"))
    only_open = bool(request.query.get("open"))
    found = every_promise(request.views, by=by, to=to, only_open=only_open)
    rows = request.part("everything", found, FOLD)
    return PromisesPage(by, to, only_open, rows, len(found), evidence.proofs(request.views, [one.slug for one in rows]))
