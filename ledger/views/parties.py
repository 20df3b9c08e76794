"""The parties on a day: their roles in the negotiation, and the members of blocs and coalitions."""

from typing import NamedTuple

from ledger.domain.states import Slugs
from ledger.domain.voices import Membership
from ledger.views.views import Views


class PartyOnTheDay(NamedTuple):
    """A party with its roles in the negotiation, the blocs that it is a member of, and its own members.

    Where no role is recorded, a party of the negotiation has the role `party`; other parties of record have none.
    `members` are also the members of its members.
    """

    slug: str
    name: str
    roles: Slugs
    member_of: Slugs
    members: Slugs


def parties(views: Views) -> list[PartyOnTheDay]:
    """Every party known by the day, with its roles and memberships on that day."""
    held, known = views.roles(), views.parties()
    negotiating = views.negotiators(held)
    joined: dict[str, list[str]] = {}
    for one in memberships(views):
        if one.role == "member":
            joined.setdefault(one.party, []).append(one.of)
    return [
        PartyOnTheDay(
            slug=one.slug,
            name=one.name,
            roles=held.roles(one.slug, views.day) or (("party",) if one.slug in negotiating else ()),
            member_of=tuple(joined.get(one.slug, ())),
            members=held.members(one.slug, views.day),
        )
        for one in known
    ]


def memberships(views: Views, party: str = "") -> list[Membership]:
    """The roles that are held on the day, of all parties or of one and of those in it; only between known parties."""
    return [
        one
        for one in views.states(Membership, "memberships", order="party, role, of")
        if party in ("", one.party, one.of) and views.knows(one.party) and (not one.of or views.knows(one.of))
    ]


def role_in_words(views: Views, one: Membership) -> str:
    """`member of the European Union`, `observer to the negotiation`."""
    return f"{one.role} of {views.in_sentence(one.of)}" if one.of else one.in_talks


def days_held(one: Membership) -> str:
    """`since 1 January 1973 until 31 January 2020`; "" if neither day was reported."""
    days = (("since", one.since), ("until", one.until))
    return " ".join(f"{word} {when.describe()}" for word, when in days if when)


def with_members(views: Views, party: str) -> Slugs:
    """A party and, if it is a bloc, its members on the day."""
    return party, *views.roles().members(party, views.day)
