"""The refusals of a search."""

from ledger.errors import Refusal


class NothingToSearch(Refusal):
    """There is no word in {typed!r} to search for. Give at least one, as in `parley search export control`."""


class TooManyWords(Refusal):
    """A search takes at most {most} words and phrases; {count} were given."""
