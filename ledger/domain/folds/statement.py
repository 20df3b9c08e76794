"""The statement fold: what was said, merged over the sources that report it."""

from collections.abc import Sequence

from ledger.domain.events import UNKNOWN
from ledger.domain.folds.merging import Weighed
from ledger.domain.reports import Account
from ledger.domain.states import Span, Statement, spans


def fold(slug: str, accounts: Sequence[Account], settled: dict[str, int]) -> list[Span]:
    """The spans of (statement, contests), from the accounts of one statement in order of occurrence."""
    if len(accounts) == 1:
        return [Span((_as_reported(slug, accounts[0]), ()), accounts[0].day, "")]
    days = sorted({account.day for account in accounts})
    return spans((day, _as_of(slug, accounts, settled, day)) for day in days)


def _as_reported(slug: str, account: Account) -> Statement:
    """The statement that one source alone reports, as most are: there is nothing to weigh."""
    event = account.event
    return Statement(
        slug=slug,
        by=event.by,
        on_behalf_of=event.on_behalf_of,
        to=event.to,
        act=event.act,
        issues=tuple(dict.fromkeys(event.issues)),
        says=event.says,
        on=event.on,
        at=event.at,
        reported_by=event.reported_by,
        sources=(event.source,) if event.source else (),
        day=account.day,
        turn=_turn(account),
    )


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
            on=weighed.of("on", UNKNOWN),
            at=weighed.of("at", ""),
            reported_by=weighed.of("reported_by", ""),
            sources=weighed.sources(),
            day=known[0].day,
            turn=_turn(known[0]),
        ),
        tuple(weighed.contests),
    )


def _turn(account: Account) -> str:
    """Its place among the statements of its day, as a text that sorts like it."""
    _, reported, source, position = account.order
    return f"{reported} {source} {position:012}"
