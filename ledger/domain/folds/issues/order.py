"""The other orders that statements may have which have no known order: those of one day in one report, not all dated.

They are heard in an order that only their acts and names give (`clocks.together`), so the order in which they stand in
an entry file decides nothing. What another order would give is a doubt. An answer presupposes an ask: an answer that
answers no ask before it answers the first one after it, and an objection is heard after all requests.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from ledger.domain.clocks import has_to_wait
from ledger.domain.states import Statement
from ledger.domain.vocabulary import Role, role_of

_FEW = 4  # statements: every order of them is tried
_ORDERS = 48  # of them at most


def other_orders(group: Sequence[Statement]) -> Iterator[Sequence[Statement]]:
    """The other orders that such statements may have; of many, those in which one is moved to an end."""
    if len(group) < 2:
        return
    heard = {one.slug: nth for nth, one in enumerate(group)}
    tried = _every([], group) if len(group) <= _FEW else _moved(group)
    for order in islice(tried, _ORDERS):
        asked_after = (
            heard[one.slug] > heard[other.slug]
            for nth, one in enumerate(order)
            if role_of(one.act) is Role.OBJECTS
            for other in order[nth + 1 :]
            if role_of(other.act) is Role.RAISES
        )
        if [*order] != [*group] and not any(asked_after):
            yield order


def _every(before: Sequence[Statement], left: Sequence[Statement]) -> Iterator[Sequence[Statement]]:
    """All orders that contradict nothing that is known."""
    if not left:
        yield before
    for one in left:
        if not has_to_wait(one, left):
            yield from _every([*before, one], [other for other in left if other is not one])


def _moved(group: Sequence[Statement]) -> Iterator[Sequence[Statement]]:
    """The orders in which one statement comes first, or last, if nothing contradicts that."""
    for one in group:
        others = [other for other in group if other is not one]
        if not has_to_wait(one, group):
            yield [one, *others]
        if not any(has_to_wait(other, [one]) for other in others):
            yield [*others, one]
