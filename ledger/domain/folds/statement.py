"""The statement fold: a statement, merged over the sources that report it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from ledger.dates import When
from ledger.domain.events import UNKNOWN, StatementReported
from ledger.domain.figures.given import FigureGiven
from ledger.domain.folds.figures import Figures, agree, given
from ledger.domain.folds.links import linked
from ledger.domain.folds.merging import Folded, Weighed
from ledger.domain.kinds import Span, spans
from ledger.domain.reports import Account, Settled
from ledger.domain.states import Contest, Statement
from ledger.domain.vocabulary import RELATIONS

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
    conditions = weighed.of("conditional_on", ())
    figures = weighed.of("figures", ())
    if taken := _taken(known, weighed.contests, merged["says"], figures):
        # The words of one report are not told with the speaker and the conditions of another.
        merged |= {"by": taken.by or merged["by"], "reported_by": taken.reported_by, "at": taken.at}
        conditions = taken.conditional_on
    elif len(known) > 1:
        telling = _telling(known, merged["on"])
        merged |= {"says": telling.event.says, "reported_by": telling.event.reported_by}
        conditions = telling.event.conditional_on or conditions
        if not merged["on"] and telling.day > known[0].day:
            merged["on"] = When(f"[..{telling.day}]")  # an earlier report had other words
    sources, day, links = weighed.sources(), known[0].day, linked(slug, known)
    issues = weighed.union("issues")
    for relation in RELATIONS if any(one.event.inferred for one in known) else ():
        weighed.union(relation.replace("-", "_"))  # what it answers may be inferred, too
    state = Statement(
        slug=slug,
        **merged,
        issues=issues,
        sources=sources,
        day=day,
        turn=_turn(known[0]),
        conditional_on=tuple(one.words for one in conditions),
        conditional_about=tuple(one.on for one in conditions),
        figures=tuple(map(str, figures)),
        links=tuple(map(str, links)),
        inferred=weighed.inferred(),
        inferred_in=weighed.inferred_in(),
    )
    of_it = _figures(f"statement/{slug}", state, figures, known)
    return Folded(state, tuple(weighed.contests), of_it, links)


def _taken(
    known: Sequence[Account], contests: Sequence[Contest], says: str, figures: Figures
) -> StatementReported | None:
    """The report whose words and figures are shown, if the reports differ on them; else None."""
    if not {one.field for one in contests} & {"says", "figures"}:
        return None
    events = [one.event for one in known]
    return next((one for one in reversed(events) if one.says == says and one.figures == figures), None)


def _telling(known: Sequence[Account], on: When) -> Account:
    """The report whose words are shown, of reports that agree: a source's own, then one that gives the day, then the
    last. Where no report gives the day, the first ones give the day by which it was made.
    """
    own = [one for one in known if not one.event.reported_by] or known
    dated = [one for one in own if (one.event.on.edtf == on.edtf if on else one.day == known[0].day)]
    return max(dated or own, key=lambda one: one.order[1:])


def _figures(entry: str, state: Statement, figures: Figures, known: Sequence[Account]) -> tuple[FigureGiven, ...]:
    """The figures of the statement, and those that other reports of it give instead, each as reported."""
    tell = partial(given, entry, act=state.act, on=state.said_on, day=state.day)
    found = tell(figures, known, by=state.by)
    told = {one.measure for one in figures}
    for account in known:
        event, rivals = account.event, [one for one in account.event.figures if one.measure in told]
        rivals = [one for one in rivals if not any(agree((one,), (other,)) for other in figures)]
        told_otherwise = tell(tuple(rivals), [account], by=event.by)
        found += tuple(one._replace(rival=True) for one in told_otherwise)
    return found


def _turn(account: Account) -> str:
    """The statement's place among those of its day, as a text that sorts in the same order."""
    _, reported, source, filed = account.order
    return f"{reported} {source} {filed}"
