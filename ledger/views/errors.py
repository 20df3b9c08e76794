"""The refusals of questions to the views."""

from ledger.errors import Refusal, RefusedNear


class NotInThisPart(Refusal):
    """The {kind} {slug} is not in this part of the record: it was first reported {reported}, recorded {recorded}."""


class NotKnownYet(Refusal):
    """The {kind} {slug} is known only from {since}: nothing on record by {day} mentions it."""


class UnknownNegotiation(RefusedNear):
    """There is no {what} {typed!r} in this ledger. {hint}"""


class SeveralNegotiations(Refusal):
    """This ledger has several negotiations ({slugs}). Choose one with --negotiation or `parley use SLUG`."""


class NoNegotiationYet(Refusal):
    """This ledger has no negotiation yet. Open one with `parley append negotiation SLUG --title …`, or import one."""


class ViewsDamaged(Refusal):
    """The views of the ledger are damaged ({why}). Ask again: they are rebuilt from the log, which is not damaged."""


class UnknownMoment(RefusedNear):
    """{typed!r} is not a {what}: it is neither a day, nor a meeting, nor a position of the log. {hint}"""


class MeetingWithoutDate(Refusal):
    """The meeting {slug} has no known end, so it cannot be used as a moment. Give a day instead."""


class NeverLooked(Refusal):
    """No last look by {keeper} is stored yet: `parley state` and `parley diff` store one. Give a day instead."""
