"""The other orders that statements may have which have no known order: those of one day in one report, not all dated.

They are heard in an order that only their acts and names give (`clocks.together`), so the order in which they stand in
an entry file decides nothing. What another order would give is a doubt. An answer presupposes an ask: an answer that
answers no ask before it answers the first one after it, and an objection is heard after all requests.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from ledger.domain.clocks import has_to_wait
from ledger.domain.states import Slugs, Statement
from ledger.domain.vocabulary import Role, role_of

_FEW = 4  # statements: every order of them is tried
_HEARD = 600  # statements at most, in all the orders of many; but two orders in any case


def other_orders(group: Sequence[Statement]) -> Iterator[Sequence[Statement]]:
    """The other orders that such statements may have; of many, those in which one of a kind is moved to an end."""
    if len(group) < 2:
        return
    place = {one.slug: nth for nth, one in enumerate(group)}
    tried = _every([], group) if len(group) <= _FEW else islice(_moved(group), max(2, _HEARD // len(group)))
    for order in tried:
        if [*order] != [*group] and not _objects_early(order, place):
            yield order


def _objects_early(order: Iterable[Statement], place: Mapping[str, int]) -> bool:
    """Whether an objection comes before a request that comes before it in the order in which they are heard."""
    last = -1
    for one in order:
        role = role_of(one.act)
        if role is Role.OBJECTS:
            last = max(last, place[one.slug])
        elif role is Role.RAISES and place[one.slug] < last:
            return True
    return False


def _every(before: Sequence[Statement], left: Sequence[Statement]) -> Iterator[Sequence[Statement]]:
    """All orders that contradict nothing that is known."""
    if not left:
        yield before
    for one in left:
        if not has_to_wait(one, left):
            yield from _every([*before, one], [other for other in left if other is not one])


def _moved(group: Sequence[Statement]) -> Iterator[Sequence[Statement]]:
    """The orders in which the last statement of a kind comes first, or the first one last, if nothing contradicts that.

    Statements of one kind have the same role and speakers.
    """
    kinds: dict[tuple[Role, Slugs], list[Statement]] = {}
    for one in group:
        kinds.setdefault((role_of(one.act), one.by), []).append(one)
    for of_kind in kinds.values():
        first, last = of_kind[0], of_kind[-1]
        if not has_to_wait(last, group):
            yield [last, *(other for other in group if other is not last)]
        others = [other for other in group if other is not first]
        if not any(has_to_wait(other, [first]) for other in others):
            yield [*others, first]
