"""The posts of a person on a day, in words."""

from ledger.base.text import listed
from ledger.dates import When
from ledger.domain.voices import Person


def posts_of(one: Person) -> str:
    """`Minister; also reported: Envoy`; `formerly Minister and Envoy`; "" if no report gives a post."""
    return "; ".join(filter(None, [post_of(one), other_posts(one)]))


def post_of(one: Person) -> str:
    """The posts held, or else those that the person left: `formerly Minister and Envoy`."""
    return one.post or (f"formerly {left_of(one)}" if one.left else "")


def other_posts(one: Person) -> str:
    """The posts left since those held were reported, and those whose end nobody reported."""
    until = f" ({until_of(one)})" if one.untils else f" until {one.until.describe()}" if one.until else ""
    left = f"formerly {left_of(one)}{until}" if one.post else ""
    also = f"also reported: {one.also_reported.replace('; ', ', ')}" if one.also_reported else ""
    return "; ".join(filter(None, [left if one.left else "", also]))


def until_of(one: Person) -> str:
    """When the posts were left, for a sentence: `on 24 February 2026`.

    If reports differ, each date has its source: `on 24 February 2026 in paper-a or on 3 March 2026 in paper-b`.
    """
    if one.untils:
        return " or ".join(f"{When(day).clause()} in {source}" for day, source in map(str.split, one.untils))
    return one.until.clause() if one.until else ""


def left_of(one: Person) -> str:
    """The posts that the person left: `Minister and Envoy`."""
    return listed(one.left.split("; ")) if one.left else ""
