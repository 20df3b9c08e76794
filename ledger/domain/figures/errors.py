"""The refusals of figures."""

from ledger.errors import Refusal


class FigureNotUnderstood(Refusal):
    """The figure {text!r} is not understood. {suggestion}"""


class FigureReadsTwoWays(Refusal):
    """The figure {text!r} has two meanings: {first} or {second}. Write one of these, or name the source's language."""


class WholeTooSmall(Refusal):
    """The figure {text!r} is larger than its whole: {part} of {whole}. Check which of the numbers is the whole."""


class FigureEndsBelowItsStart(Refusal):
    """The range {text!r} ends below its start. Write the smaller number first."""
