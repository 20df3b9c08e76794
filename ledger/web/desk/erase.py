"""The page where a keeper erases an entry: the reason is asked, what goes and what stays is shown, and it is confirmed.

It takes two forms. The first is a dry run, whose plan is shown with the second. The second erases if the plan is still
the same and the entry's short name was typed, and shows the receipt.
"""

from typing import NamedTuple

from ledger.base.companions import user
from ledger.base.desks import is_desk
from ledger.desk.errors import KeeperNeeded
from ledger.errors import Refusal
from ledger.integrity.erasure import REMAINS, REMAINS_ON_SERVERS, Receipt
from ledger.ledger import Ledger
from ledger.views.views import Label
from ledger.web.desk.errors import NotConfirmed, ReasonNeeded
from ledger.web.desk.forms import SentForm
from ledger.web.request import Request


class ErasePage(NamedTuple):
    """The page: the form as typed, then the plan, then the receipt of the erasure.

    `remains` says, line by line, what is cleaned, what stays and what is out of reach.
    """

    entry: Label
    reason: str
    basis: str
    keeper: str
    planned: Receipt | None
    receipt: Receipt | None
    problem: str
    remains: tuple[str, ...]

    @property
    def plan(self) -> str:
        """The positions that the plan names, as its form sends them back."""
        return _positions(self.planned)


def shown(request: Request, slug: str) -> ErasePage:
    """The page that asks for the reason."""
    keeper = request.keeper(request.ledger.keeper or user())
    remains = (*REMAINS, REMAINS_ON_SERVERS) if is_desk(request.ledger.path) else REMAINS
    return ErasePage(request.views.entry(slug), "", "", keeper, None, None, "", remains)


def sent(request: Request, slug: str, form: SentForm) -> ErasePage:
    """The page after a form: the plan or the receipt; or the same page with the problem, and nothing was erased.

    The views of the request are closed before anything is erased, because no file can be cleaned while it is read.
    """
    blank = shown(request, slug)
    page = blank._replace(
        reason=form.line("reason"), basis=form.line("basis"), keeper=request.keeper(form.line("keeper"))
    )
    ledger, within = Ledger(request.ledger.path, page.keeper), request.negotiation
    request.close()
    try:
        if not page.keeper:
            raise KeeperNeeded()
        if not page.reason:
            raise ReasonNeeded()
        page = page._replace(
            planned=ledger.erase(slug, page.reason, basis=page.basis, negotiation=within, dry_run=True)
        )
        if "plan" not in form.values:
            return page
        if form.line("plan") != page.plan:
            raise NotConfirmed(why="More was recorded of this entry in the meantime: look at the plan again")
        if form.line("confirm") != page.entry.slug:
            raise NotConfirmed(why=f"To confirm, type {page.entry.slug}")
        return page._replace(receipt=ledger.erase(slug, page.reason, basis=page.basis, negotiation=within))
    except Refusal as refusal:
        return page._replace(problem=str(refusal))


def _positions(receipt: Receipt | None) -> str:
    return " ".join(str(one.position) for one in receipt.erased) if receipt else ""
