"""The person fold: the posts that the last report gives, those left since, and others that no report ended.

An appointment takes the place of the posts before it if it surely began later, or if its report was published later. No
report ended those posts, so the record does not know whether the person still has them: they are `also_reported`.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ledger.base.names import fold as folded
from ledger.dates import When, surely_after
from ledger.domain.events import UNKNOWN, PersonAppointed, PersonLeftPost, PersonNamed
from ledger.domain.folds.merging import Folded, Weighed
from ledger.domain.kinds import Span, spans
from ledger.domain.reports import Account, Settled
from ledger.domain.voices import Person


class _Posts(NamedTuple):
    """Accounts of appointments: to the posts of the last report, to those left since, and to the others.

    `leaving` are the accounts of how the posts that ended last were left.
    """

    held: tuple[Account, ...] = ()
    left: tuple[Account, ...] = ()
    others: tuple[Account, ...] = ()
    leaving: tuple[Account, ...] = ()


def fold(slug: str, accounts: Sequence[Account], settled: Settled) -> list[Span]:
    """The spans of a person: each appointment, and each end of a post, begins a new one."""
    days = sorted({account.day for account in accounts})
    return spans((day, _as_of(slug, [one for one in accounts if one.day <= day], settled)) for day in days)


def _as_of(slug: str, known: Sequence[Account], settled: Settled) -> Folded:
    weighed = Weighed("person", slug, known, settled)
    names = [account.event for account in known if isinstance(account.event, PersonNamed)]
    posts = [account.event for account in known if isinstance(account.event, PersonAppointed)]
    parties = [one.party for one in names if one.party] + [one.party for one in posts if one.party]
    found = _posts(known)
    of_leaving = weighed.among(found.leaving)
    last = found.held or found.left
    until, because = of_leaving.of("on", UNKNOWN, "until"), of_leaving.every("reason")
    state = Person(
        slug=slug,
        name=names[-1].name if names else slug,
        aliases=weighed.union("aliases"),
        party=parties[-1] if parties else "",
        post=_named(found.held),
        since=last[-1].event.since if last else When(),
        left=_named(found.left),
        until=until,
        body=bool(names and names[-1].body),
        also_reported=_named(found.others),
        left_because=because,
        posts_in=_sources(found.held or found.leaving),
        posts_reported=max((one.reported for one in found.held or found.leaving), default=""),
        contested=(contested := tuple(one.field for one in weighed.contests)),
        untils=_untils(found.leaving) if "until" in contested else (),
    )
    return Folded(state, tuple(weighed.contests))


def _posts(known: Sequence[Account]) -> _Posts:
    """The posts after the accounts, which are in order of occurrence."""
    posts = _Posts()
    for account in known:
        if isinstance(account.event, PersonAppointed):
            posts = _appointed(posts, account)
        elif isinstance(account.event, PersonLeftPost):
            posts = _ended(posts, account)
    return posts


def _appointed(posts: _Posts, account: Account) -> _Posts:
    event = account.event
    same = [one for one in posts.held if one.source and (one.source, one.event.since) == (event.source, event.since)]
    if not all(_replaces(account, one) for one in posts.held if one not in same):
        return posts._replace(others=_others(posts.held, (*posts.others, account)))
    held = (*same, account)
    before = (one for one in posts.held if one not in same)
    return _Posts(held, others=_others(held, (*posts.others, *before)))


def _replaces(account: Account, other: Account) -> bool:
    """Whether an appointment surely began after another, or was reported later or in the same source."""
    since = other.event.since or When(other.day)
    return surely_after(account.event.since, since) or account.reported >= other.reported


def _others(held: Sequence[Account], others: Sequence[Account]) -> tuple[Account, ...]:
    """Those of the other appointments whose post is not one of those held, or a part of its name."""
    names = [_words(one) for one in held]
    return tuple(one for one in others if not any(_words(one) <= name for name in names))


def _words(account: Account) -> set[str]:
    return set(folded(account.event.post).replace(",", " ").split())


def _ended(posts: _Posts, account: Account) -> _Posts:
    """The posts after the report of an end. One that ends only what others ended before is of the same end."""
    post = folded(account.event.post)

    def of_it(among: Sequence[Account]) -> tuple[Account, ...]:
        return tuple(one for one in among if not post or folded(one.event.post) == post)

    ended = (*of_it(posts.held), *(of_it(posts.others) if post else ()))
    if ended:
        held, others = (tuple(one for one in among if one not in of_it(among)) for among in (posts.held, posts.others))
        return _Posts(held, (*posts.left, *ended), others, (account,))
    return posts._replace(leaving=(*posts.leaving, account)) if of_it(posts.left) else posts


def _untils(leaving: Sequence[Account]) -> tuple[str, ...]:
    """The dates (EDTF) on which the posts were left, each with the source that gives it."""
    return tuple(dict.fromkeys(f"{one.event.on.edtf} {one.source}" for one in leaving if one.event.on))


def _named(posts: Sequence[Account]) -> str:
    return "; ".join(dict.fromkeys(one.event.post for one in posts))


def _sources(accounts: Sequence[Account]) -> tuple[str, ...]:
    """The sources, the one published last at the end."""
    return tuple(dict.fromkeys(one.source for one in sorted(accounts, key=lambda one: one.order[1:]) if one.source))
