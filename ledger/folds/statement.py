"""The statement fold: what was said, merged over the sources that report it."""

from collections.abc import Sequence

from ledger.dates import When
from ledger.folds.accounts import Account
from ledger.folds.merging import Weighed
from ledger.states import Span, Statement, spans


def fold(slug: str, accounts: Sequence[Account], settled: dict[str, int]) -> list[Span]:
    """The spans of (statement, contests), from the accounts of one statement in order of occurrence."""
    days = sorted({account.day for account in accounts})
    return spans((day, _as_of(slug, accounts, settled, day)) for day in days)


def _as_of(
    slug: str, accounts: Sequence[Account], settled: dict[str, int], day: str
) -> tuple[Statement, tuple[object, ...]]:
    known = [account for account in accounts if account.day <= day]
    weighed = Weighed("statement", slug, known, settled)
    return (
        Statement(
            slug=slug,
            by=weighed.of("by", ()),
            on_behalf_of=weighed.of("on_behalf_of", ()),
            to=weighed.of("to", ()),
            act=weighed.of("act", ""),
            issues=weighed.union("issues"),
            says=weighed.of("says", ""),
            on=weighed.of("on", When()),
            at=weighed.of("at", ""),
            reported_by=weighed.of("reported_by", ""),
            sources=weighed.sources(),
            day=known[0].day,
            turn="{1} {2} {3:012}".format(*known[0].order),
        ),
        tuple(weighed.contests),
    )
