"""The links between entries as of a day: which entries replace or reaffirm others.

From the day of an entry that replaces another, the other is no longer valid.
"""

from ledger.domain.states import Link
from ledger.views.reader import Reader


def links(views: Reader) -> list[Link]:
    """The links by the day, in order of occurrence."""
    return views.states(Link, "links", order="valid_from, slug, rowid")


def replaced(views: Reader) -> dict[str, str]:
    """The entries that others replace by the day, each with the last that does."""
    return {one.target: one.slug for one in links(views) if one.relation == "replaces"}


def reaffirmed(views: Reader) -> dict[str, list[Link]]:
    """The entries that others reaffirm by the day, each with the links to it in order of occurrence."""
    found: dict[str, list[Link]] = {}
    for one in links(views):
        if one.relation == "reaffirms":
            found.setdefault(one.target, []).append(one)
    return found
