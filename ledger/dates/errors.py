"""The refusals of dates."""

from ledger.errors import Refusal


class DateNotUnderstood(Refusal):
    """The date {text!r} is not understood. {suggestion}"""


class StoredDateNotUnderstood(DateNotUnderstood):
    """The date {text!r} is not understood. {suggestion}"""


class DateReadsTwoWays(Refusal):
    """The date {text!r} has two meanings: {first} or {second}. {suggestion}"""


class DateNeedsADay(Refusal):
    """The date {text!r} depends on the day when it was said, which is unknown. {suggestion}"""


class DateEndsBeforeItStarts(Refusal):
    """The date {text!r} ends before it starts. {suggestion}"""
