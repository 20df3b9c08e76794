"""Refusals of questions to the views."""

from ledger.errors import Refusal, RefusedNear


class UnknownNegotiation(RefusedNear):
    """There is no {what} {typed!r} in this ledger. {hint}"""


class SeveralNegotiations(Refusal):
    """This ledger holds several negotiations ({slugs}). Say which with --negotiation."""


class NoNegotiationYet(Refusal):
    """This ledger holds no negotiation yet. Open one with `parley append negotiation SLUG --title …`, or import one."""


class ViewsDamaged(Refusal):
    """The views of the ledger are damaged ({why}). Ask again: they are made anew from the log, which is not touched."""


class UnknownMoment(RefusedNear):
    """{typed!r} is no {what}: neither a day, nor a meeting, nor a position of the log. {hint}"""


class MeetingWithoutDate(Refusal):
    """The meeting {slug} has no day on which it was held, so it is no moment. Give a day instead."""


class NeverLooked(Refusal):
    """There is no last time that {keeper} looked: it is remembered from the first `parley state` or `parley diff`
    on. Give a day instead."""
