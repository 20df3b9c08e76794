"""The refusals of the command line."""

from ledger.errors import Refusal


class BadChange(Refusal):
    """{text!r} is not a change. Write FIELD=VALUE, such as held=2025-05-22."""


class NoOutput(Refusal):
    """Standard output is closed, so there is nowhere to write the answer. Nothing was done."""


class OutputLost(Refusal):
    """The output could not be written in full: {why}. If the command records anything, it has been recorded."""


class NothingToDraft(Refusal):
    """Name one report: a file, - for standard input, or an address with --fetch."""
