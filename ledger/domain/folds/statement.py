"""The statement fold: a statement, merged over the sources that report it."""

from collections.abc import Sequence
from typing import Any

from ledger.domain.events import UNKNOWN
from ledger.domain.folds.figures import given
from ledger.domain.folds.links import linked
from ledger.domain.folds.merging import Folded, Weighed
from ledger.domain.kinds import Span, spans
from ledger.domain.reports import Account, Settled
from ledger.domain.states import Statement

# The merged fields, with the values they have if no account reports them.
_EMPTY: dict[str, Any] = {"by": (), "on_behalf_of": (), "to": ()} | {
    "act": "", "says": "", "on": UNKNOWN, "at": "", "reported_by": "",
}  # fmt: skip


def fold(slug: str, accounts: Sequence[Account], settled: Settled) -> list[Span]:
    """The statement with its contests and figures, as spans, from its accounts in order of occurrence."""
    if len(accounts) == 1:  # most statements
        return [Span(_as_of(slug, accounts, settled), accounts[0].day, "")]
    days = sorted({account.day for account in accounts})
    return spans((day, _as_of(slug, [one for one in accounts if one.day <= day], settled)) for day in days)


def _as_of(slug: str, known: Sequence[Account], settled: Settled) -> Folded:
    weighed = Weighed("statement", slug, known, settled)
    merged = weighed.each(_EMPTY)
    if not all(one.event.reported_by for one in known):
        merged["reported_by"] = ""  # a source says so itself
    conditions = weighed.of("conditional_on", ())
    figures = weighed.of("figures", ())
    sources, day, links = weighed.sources(), known[0].day, linked(slug, known)
    state = Statement(
        slug=slug,
        **merged,
        issues=weighed.union("issues"),
        sources=sources,
        day=day,
        turn=_turn(known[0]),
        conditional_on=tuple(one.words for one in conditions),
        conditional_about=tuple(one.on for one in conditions),
        figures=tuple(map(str, figures)),
        links=tuple(map(str, links)),
        inferred=weighed.inferred(),
    )
    of_it = given(
        f"statement/{slug}",
        figures,
        known,
        by=state.by,
        act=state.act,
        on=state.said_on,
        day=day,
        reported_by=state.reported_by,
    )
    return Folded(state, tuple(weighed.contests), of_it, links)


def _turn(account: Account) -> str:
    """The statement's place among those of its day, as a text that sorts in the same order."""
    _, reported, source, filed = account.order
    return f"{reported} {source} {filed}"
