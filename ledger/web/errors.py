"""The refusals of the pages."""

from ledger.errors import Refusal, RefusedNear


class NoLooksInABrowser(Refusal):
    """The pages do not store when you last looked. Name a day, a meeting or a position of the log."""


class NotOfThisKind(RefusedNear):
    """There is no {what} {typed!r} here. {hint}"""


class NoSuchPage(Refusal):
    """There is no page at this address. Go to the front page."""


class WebNotInstalled(Refusal):
    """`parley serve` needs {missing}, which is not installed. In a checkout of Parley, run: pip install '.[web]'"""


class PortTaken(Refusal):
    """Parley cannot listen on port {port} of {host}: {why}. Choose another port with --port."""


class TokenNeeded(Refusal):
    """Other machines can reach {host}, and the record is not public. Choose a token of at least {least} characters and
    give it with --token or in PARLEY_TOKEN; visitors must enter it."""
