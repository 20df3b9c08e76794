"""What serving the record refuses, each in the sentence the user reads."""

from ledger.errors import Refusal, RefusedNear


class NoLooksInABrowser(Refusal):
    """The pages do not remember who looked when. Name a day, a meeting or a position of the log."""


class NotOfThisKind(RefusedNear):
    """There is no {what} {typed!r} here. {hint}"""


class NoSuchPage(Refusal):
    """There is no such page. Begin at the first one."""


class WebNotInstalled(Refusal):
    """`parley serve` needs {missing}, which is not installed. In a checkout of Parley, run: pip install '.[web]'"""


class PortTaken(Refusal):
    """Port {port} of {host} cannot be listened on: {why}. Name another with --port."""


class TokenNeeded(Refusal):
    """{host} can be reached by other machines, and the record is not for everybody: name a token of at least {least}
    characters with --token, or in PARLEY_TOKEN. Whoever opens the pages is asked for it."""
