"""The follow-up fold: a follow-up is open, or standing, until somebody reports that it was closed."""

from collections.abc import Sequence

from ledger.domain.events import UNKNOWN, FollowUpAgreed, FollowUpClosed
from ledger.domain.folds.merging import Weighed
from ledger.domain.reports import Account
from ledger.domain.states import FollowUp, Span, spans


def fold(slug: str, accounts: Sequence[Account], settled: dict[str, int]) -> list[Span]:
    """The spans of (follow-up, contests), from the accounts of one follow-up in order of occurrence."""
    days = sorted({account.day for account in accounts})
    return spans((day, _as_of(slug, accounts, settled, day)) for day in days)


def _as_of(
    slug: str, accounts: Sequence[Account], settled: dict[str, int], day: str
) -> tuple[FollowUp, tuple[object, ...]] | None:
    known = [account for account in accounts if account.day <= day]
    agreed = [account for account in known if isinstance(account.event, FollowUpAgreed)]
    closed = [account for account in known if isinstance(account.event, FollowUpClosed)]
    if not agreed:
        return None
    weighed = Weighed("follow-up", slug, known, settled)
    agreement, closing = weighed.among(agreed), weighed.among(closed)
    standing = bool(agreement.of("standing", False))
    return (
        FollowUp(
            slug=slug,
            says=agreement.of("says", ""),
            owners=agreement.of("owners", ()),
            due=agreement.of("due", UNKNOWN),
            standing=standing,
            issues=weighed.union("issues"),
            agreed_on=agreement.of("on", UNKNOWN, told_as="agreed_on"),
            at=agreement.of("at", ""),
            status=closing.of("outcome", "") or ("standing" if standing else "open"),
            closed_on=closing.of("on", UNKNOWN, told_as="closed_on"),
            closed_by=closing.of("by", (), told_as="closed_by"),
            sources=weighed.sources(),
        ),
        tuple(weighed.contests),
    )
