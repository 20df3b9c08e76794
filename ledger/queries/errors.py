"""Refusals of questions that search."""

from ledger.errors import Refusal


class NothingToSearch(Refusal):
    """There is no word to search for in {typed!r}. Give one or more, such as `parley search export control`."""


class TooManyWords(Refusal):
    """{count} words and phrases are too many to search for at once. Give {most} at most."""
