"""Who is what on a day: the roles of the parties in the negotiation, and the members of blocs and coalitions."""

import json
from typing import NamedTuple

from ledger.domain.states import Party, Slugs
from ledger.domain.voices import Membership, Memberships, RoleHeld
from ledger.views.views import Views


class PartyOnTheDay(NamedTuple):
    """A party and what it is: its roles in the negotiation, the blocs that it is a member of, and its own members.

    Where no role is recorded, a party of the negotiation has the role `party`; other parties of record have none.
    `members` are also the members of its members.
    """

    slug: str
    name: str
    roles: Slugs
    member_of: Slugs
    members: Slugs


def parties(views: Views) -> list[PartyOnTheDay]:
    """Every party known by the day, with what it is on that day."""
    held, known = roles(views), views.parties()
    negotiating = negotiators(views, held, known)
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


def negotiators(views: Views, held: Memberships, known: list[Party]) -> Slugs:
    """Everybody who is a party to the negotiation on the day."""
    opened = views.row("SELECT passages FROM reports WHERE negotiation = ? AND kind = 'negotiation'", views.negotiation)
    listed = dict(json.loads(opened[0])).get("parties", "") if opened else ""
    return held.parties(listed.split(", ") if listed else (), [one.slug for one in known], views.day)


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


def roles(views: Views) -> Memberships:
    """The roles that began by the day, for questions about who is what on it."""
    columns = "party, role, [of], valid_from, valid_to"
    begun = f"SELECT {columns} FROM memberships WHERE negotiation = ? AND valid_from <= ? ORDER BY {columns}"
    rows = views.rows(begun, views.negotiation, views.day)
    held = (RoleHeld(party, role, of, first, over or "") for party, role, of, first, over in rows)
    return Memberships(one for one in held if views.knows(one.party) and (not one.of or views.knows(one.of)))


def with_members(views: Views, party: str) -> Slugs:
    """A party and, if it is a bloc, its members on the day."""
    return party, *roles(views).members(party, views.day)
