"""The refusals of searches and of questions about draft texts."""

from ledger.errors import Refusal, RefusedNear


class NothingToSearch(Refusal):
    """There is no word in {typed!r} to search for. Give at least one, as in `parley search export control`."""


class TooManyWords(Refusal):
    """A search takes at most {most} words and phrases; {count} were given."""


class NoText(RefusedNear):
    """No draft text {typed!r}. {hint}"""


class WhichText(Refusal):
    """Which draft text is meant? {hint}"""


class NoProvision(Refusal):
    """The text {text} has no provision {number} by that day. It has {known}."""


class NoVersion(Refusal):
    """{version!r} is neither a version of {text}, nor a day such as 2025-05-22, nor a meeting that was held. Its
    versions: {known}."""
