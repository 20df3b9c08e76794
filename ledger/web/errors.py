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


class NobodyYet(Refusal):
    """People must sign in to these pages, and nobody can yet. Name who may: `parley token add NAME --role recorder`, or
    --role reader --level LEVEL."""


class FormBroken(Refusal):
    """The form did not arrive as a browser sends it. Go back, reload the page, and send it again."""


class FormTooLarge(Refusal):
    """The form is larger than {most} MB. Send a smaller file, or use `parley draft`."""


class NotFromHere(Refusal):
    """The form did not come from a page that this server made, or the server was restarted. Nothing was written: reload
    the page and send it again."""


class ReadOnly(Refusal):
    """Nothing can be entered here: these pages only show the record (`--read-only`, or a level)."""


class SignedOut(Refusal):
    """You are signed out, so nothing was written. Sign in again, and reload this page: a draft is as it was last
    saved."""
