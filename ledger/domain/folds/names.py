"""The folds of names: parties, people with posts, measures, sources. The latest name counts; aliases are collected."""

from collections.abc import Sequence

from ledger.base.names import fold
from ledger.dates import When
from ledger.domain.events import PersonAppointed, PersonLeftPost, PersonNamed, SourceRegistered
from ledger.domain.folds.merging import Weighed
from ledger.domain.reports import Account, Settled, source_of
from ledger.domain.states import Measure, Party, Person, Source, Span, spans


def fold_party(slug: str, accounts: Sequence[Account], settled: Settled) -> list[Span]:
    """The spans of a party."""
    return spans((account.day, _party(slug, accounts)) for account in accounts)


def fold_person(slug: str, accounts: Sequence[Account], settled: Settled) -> list[Span]:
    """The spans of a person: each appointment, and each end of a post, begins a new one."""
    days = sorted({account.day for account in accounts})
    return spans((day, _person(slug, [one for one in accounts if one.day <= day])) for day in days)


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


def _person(slug: str, known: Sequence[Account]) -> Person:
    weighed = Weighed("person", slug, known, {})
    names = [account.event for account in known if isinstance(account.event, PersonNamed)]
    posts = [account.event for account in known if isinstance(account.event, PersonAppointed)]
    parties = [one.party for one in names if one.party] + [one.party for one in posts if one.party]
    held, left, until = _posts(known)
    last = held or left
    return Person(
        slug=slug,
        name=names[-1].name if names else slug,
        aliases=weighed.union("aliases"),
        party=parties[-1] if parties else "",
        post="; ".join(dict.fromkeys(one.post for one in held)),
        since=last[-1].since if last else When(),
        left="; ".join(dict.fromkeys(one.post for one in left)),
        until=until,
    )


def _posts(known: Sequence[Account]) -> tuple[list[PersonAppointed], list[PersonAppointed], When]:
    """The appointments that hold, those that ended since the last one, and when they did.

    The last report decides: it gives several posts if one source gives them without saying that one came later.
    """
    held: list[PersonAppointed] = []
    left: list[PersonAppointed] = []
    until = When()
    for event in (account.event for account in known):
        if isinstance(event, PersonAppointed):
            same = [one for one in held if one.source and (one.source, one.since) == (event.source, event.since)]
            held, left, until = [*same, event], [], When()
        elif isinstance(event, PersonLeftPost):
            ended = [one for one in held if not event.post or fold(one.post) == fold(event.post)]
            if ended:
                held = [one for one in held if one not in ended]
                left, until = [*left, *ended], event.on
    return held, left, until


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
