"""Refusals of the desk's short forms."""

from ledger.errors import Refusal


class ReasonNeeded(Refusal):
    """Give the reason: it becomes part of the record."""


class NoteNeeded(Refusal):
    """Write the note: your own words are the source."""


class NotConfirmed(Refusal):
    """{why}. Nothing was erased."""
