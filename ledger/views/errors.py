"""The refusals of questions to the views."""

from typing import Self

from ledger.domain.clocks import recorded_in_words
from ledger.errors import Refusal, RefusedNear


class NotInThisPart(Refusal):
    """The {kind} {slug} is not in this part of the record: it was first reported {reported}, recorded {recorded}."""


class NotKnownYet(Refusal):
    """The {kind} {slug} is known only from {since}: nothing on record by {day} mentions it."""


class NotRecordedYet(Refusal):
    """Nothing{about} had been recorded by {by}."""

    @classmethod
    def of(cls, negotiation: str, moment: str | int) -> Self:
        """Of a negotiation, or of the whole ledger if it is ""."""
        return cls(
            about=f" about {negotiation}" if negotiation else "", by=recorded_in_words(moment) if moment else "then"
        )


class ViewsDamaged(Refusal):
    """The views of the ledger are damaged ({why}). Ask again: they are rebuilt from the log, which is not damaged."""


class UnknownMoment(RefusedNear):
    """{typed!r} is not a {what}: it is neither a day, nor a meeting, nor a position of the log. {hint}"""


class MeetingWithoutDate(Refusal):
    """The meeting {slug} has no known end, so it cannot be used as a moment. Give a day instead."""


class NeverLooked(Refusal):
    """No last look by {keeper} is stored yet: `parley state` and `parley diff` store one. Give a day instead."""
