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


class FormBroken(Refusal):
    """The form did not arrive as a browser sends it. Go back, reload the page, and send it again."""


class FormTooLarge(Refusal):
    """The form is larger than {most} MB. Send a smaller file, or use `parley draft`."""


class NotFromHere(Refusal):
    """The form did not come from a page that this server made, or the server was restarted. Nothing was written: reload
    the page and send it again."""


class ReadOnly(Refusal):
    """Nothing can be entered here: these pages only show the record (`--read-only`, or a level)."""


class DeskNotHere(Refusal):
    """Nothing can be entered here: other machines can reach this address, and nobody signs in. Run `parley serve`
    without --host on the machine that has the ledger, or use `parley draft` and `parley import`."""
