"""The refusals of dates."""

from ledger.errors import Refusal


class DateNotUnderstood(Refusal):
    """The date {text!r} is not understood. {suggestion}"""


class DateReadsTwoWays(Refusal):
    """The date {text!r} reads two ways: {first} or {second}. {suggestion}"""


class DateNeedsADay(Refusal):
    """The date {text!r} depends on the day it was said, which is not known. {suggestion}"""


class DateEndsBeforeItStarts(Refusal):
    """The date {text!r} ends before it starts. {suggestion}"""
