"""The posts of a person on a day, in words."""

from ledger.base.text import listed
from ledger.dates import When, reported
from ledger.domain.voices import Person


def posts_of(one: Person) -> str:
    """`Minister; also reported: Envoy`; `formerly Minister and Envoy`; "" if no report gives a post."""
    return "; ".join(filter(None, [post_of(one), other_posts(one)]))


def post_of(one: Person) -> str:
    """The posts held, or else those that the person left: `formerly Minister and Envoy`.

    Without a date, they are only known as reported: `Minister, as reported on or before 10 April 2018`.
    """
    posts = one.post or (f"formerly {left_of(one)}" if one.left else "")
    known = as_reported(one)
    return f"{posts}, as reported {known.clause()}" if posts and known else posts


def as_reported(one: Person) -> When:
    """The time by which the last report of the posts was published, if no report gives a date of them; else unknown."""
    is_dated = one.since if one.post else one.until or one.untils
    return When() if is_dated else reported(When(), one.posts_reported)


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
