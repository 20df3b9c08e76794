"""The folds of names: parties with roles, measures, sources. The latest name counts; aliases are collected."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from ledger.dates import When, surely_after
from ledger.domain.events import PartyNamed, RoleReported, SourceRegistered
from ledger.domain.figures.given import Measure
from ledger.domain.folds.merging import Weighed
from ledger.domain.kinds import Span, spans
from ledger.domain.reports import Account, Settled, source_of
from ledger.domain.states import ALWAYS, Party, Source
from ledger.domain.voices import Membership


def fold_party(slug: str, accounts: Sequence[Account], settled: Settled) -> list[Span]:
    """The spans of a party."""
    named = [account for account in accounts if isinstance(account.event, PartyNamed)]
    return spans((account.day, _party(slug, named)) for account in named)


def memberships(slug: str, accounts: Sequence[Account]) -> list[Span]:
    """The spans of each role of a party: from the day on which it took effect, through its last day.

    A role counts always, as a name does, if nobody reports its beginning: the day of the report is not its first.
    """
    by_role: dict[tuple[str, str], list[Account]] = {}
    for account in accounts:
        if isinstance(account.event, RoleReported):
            by_role.setdefault((account.event.role, account.event.of_party), []).append(account)
    return [span for reports in by_role.values() for span in spans(_steps(slug, reports))]


def _steps(slug: str, reports: Sequence[Account]) -> Iterator[tuple[str, Membership | None]]:
    """The steps of one role: each report of it, and the day after each last day that a report gives."""
    undated = not any(one.event.since for one in reports)
    begun = [(ALWAYS if undated else one.day, one.event) for one in reports]
    days = {day for day, _ in begun}
    known = {day: _membership(slug, [event for first, event in begun if first <= day]) for day in sorted(days)}
    ends = {over for state in known.values() if (over := _day_after(state.until)) and over > min(days)}
    for day in sorted(days | ends):
        state = known[max(one for one in days if one <= day)]
        over = _day_after(state.until)
        yield day, None if over and over <= day else state


def _membership(slug: str, reports: Sequence[RoleReported]) -> Membership:
    """One role, from its reports in order of occurrence; after an end it may begin again."""
    since = until = When()
    for one in reports:
        if one.since:
            since, until = one.since, When() if surely_after(one.since, until) else until
        until = one.until or until
    last = reports[-1]
    return Membership(slug, last.role, last.of_party, since, until, last.source, last.inferred)


def _day_after(until: When) -> str:
    """The day after the latest possible day of a date; "" if it has none."""
    latest = until.latest
    return (latest + timedelta(days=1)).isoformat() if latest is not None and latest < date.max else ""


def fold_measure(slug: str, accounts: Sequence[Account], settled: Settled) -> list[Span]:
    """The spans of a measure."""
    return spans((account.day, _measure(slug, accounts)) for account in accounts)


def fold_source(slug: str, accounts: Sequence[Account], settled: Settled) -> list[Span]:
    """The spans of a source, from the day it was published; its text may be frozen later."""
    days = sorted({account.day for account in accounts})
    found = ((day, source_of(one.event for one in accounts if one.day <= day)) for day in days)
    return spans((day, _source(slug, event) if event is not None else None) for day, event in found)


def _party(slug: str, accounts: Sequence[Account]) -> Party:
    weighed = Weighed("party", slug, accounts, {})
    named = accounts[-1].event
    return Party(slug, named.name, weighed.union("aliases"), named.in_sentences)


def _measure(slug: str, accounts: Sequence[Account]) -> Measure:
    weighed = Weighed("measure", slug, accounts, {})
    named = accounts[-1].event
    return Measure(slug, named.title, weighed.union("aliases"), named.unit, named.whole)


def _source(slug: str, event: SourceRegistered) -> Source:
    return Source(
        slug=slug,
        kind=event.kind,
        title=event.title,
        publisher=event.publisher,
        published=event.published,
        url=event.url,
        language=event.language,
        account_of=event.account_of,
        derived_from=event.derived_from,
        credits=event.credits,
        sha256=event.sha256,
        text_length=len(event.text),
        inferred=event.inferred,
    )
