"""The refusals of the lists."""

from ledger.errors import Refusal


class NoSuchListPage(Refusal):
    """There is no page {typed!r} of this list: its last page is {pages}."""


class NoDayNamed(Refusal):
    """{typed!r} names no day to list {name}. Type a date, such as 2025-05-22."""


class DaysReversed(Refusal):
    """The days run backwards: {since} is after {until}. Exchange `from` and `to`."""
