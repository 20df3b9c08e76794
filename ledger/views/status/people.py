"""The posts of a person on a day, in words."""

from ledger.base.text import listed
from ledger.domain.voices import Person


def posts_of(one: Person) -> str:
    """`Minister; also reported: Envoy`; `formerly Minister and Envoy`; "" if no report gives a post."""
    return "; ".join(filter(None, [post_of(one), other_posts(one)]))


def post_of(one: Person) -> str:
    """The posts held, or else those that the person left: `formerly Minister and Envoy`."""
    return one.post or (f"formerly {left_of(one)}" if one.left else "")


def other_posts(one: Person) -> str:
    """The posts left since those held were reported, and those whose end nobody reported."""
    left = f"formerly {left_of(one)}{f' until {one.until.describe()}' if one.until else ''}" if one.post else ""
    also = f"also reported: {one.also_reported.replace('; ', ', ')}" if one.also_reported else ""
    return "; ".join(filter(None, [left if one.left else "", also]))


def until_of(one: Person) -> str:
    """When the posts were left, for a sentence: `on 24 February 2026 (contested)`."""
    return f"{one.until.clause()}{doubt(one)}" if one.until else ""


def doubt(one: Person) -> str:
    """` (contested)` if reports differ on when the posts were left."""
    return " (contested)" if "until" in one.contested else ""


def left_of(one: Person) -> str:
    """The posts that the person left: `Minister and Envoy`."""
    return listed(one.left.split("; ")) if one.left else ""
