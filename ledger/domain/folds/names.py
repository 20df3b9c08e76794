"""The folds of names: parties, people with their posts, sources. The latest name counts; aliases are collected."""

from collections.abc import Iterable, Sequence

from ledger.dates import When
from ledger.domain.events import PersonAppointed, SourceRegistered
from ledger.domain.folds.merging import Weighed
from ledger.domain.reports import Account, Settled, source_of
from ledger.domain.states import Party, Person, Source, Span, spans


def fold_party(slug: str, accounts: Sequence[Account], settled: Settled) -> list[Span]:
    """The spans of a party."""
    return spans((account.day, _party(slug, accounts)) for account in accounts)


def fold_person(slug: str, accounts: Sequence[Account], settled: Settled) -> list[Span]:
    """The spans of a person: each appointment begins a new one."""
    days = sorted({account.day for account in accounts})
    return spans((day, _person(slug, [one for one in accounts if one.day <= day])) for day in days)


def fold_source(slug: str, accounts: Sequence[Account], settled: Settled) -> list[Span]:
    """The spans of a source, from the day it was published; its text may be frozen later."""
    days = sorted({account.day for account in accounts})
    found = ((day, source_of(one.event for one in accounts if one.day <= day)) for day in days)
    return spans((day, _source(slug, event) if event is not None else None) for day, event in found)


def _party(slug: str, accounts: Sequence[Account]) -> Party:
    weighed = Weighed("party", slug, accounts, {})
    named = accounts[-1].event
    return Party(slug, named.name, weighed.union("aliases"), named.in_sentences)


def _person(slug: str, known: Sequence[Account]) -> Person:
    weighed = Weighed("person", slug, known, {})
    posts = [account.event for account in known if isinstance(account.event, PersonAppointed)]
    names = [account.event for account in known if not isinstance(account.event, PersonAppointed)]
    party = next((event.party for event in [*reversed(posts), *reversed(names)] if event.party), "")
    return Person(
        slug=slug,
        name=names[-1].name if names else slug,
        aliases=weighed.union("aliases"),
        party=party,
        post="; ".join(_posts(posts)),
        since=posts[-1].since if posts else When(),
    )


def _posts(appointments: Sequence[PersonAppointed]) -> Iterable[str]:
    """The posts that the last report gives: several, if one source gives them without saying that one came later."""
    last = appointments[-1] if appointments else PersonAppointed(post="")
    same = [one.post for one in appointments if one.source == last.source and one.since == last.since]
    return dict.fromkeys(same if last.source else [last.post])


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
