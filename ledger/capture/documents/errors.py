"""Refusals of documents that cannot be drafted from."""

from ledger.errors import Refusal


class DocumentNotReadable(Refusal):
    """{name} cannot be read: {why}."""


class DocumentTooLarge(Refusal):
    """{name} is too large to draft from: {why}. Save the part that reports on the talks as a file of its own."""


class DocumentDamaged(Refusal):
    """{name} is damaged, or is not the {kind} that it seems to be: {why}. Get it again from its publisher."""


class DocumentEncrypted(Refusal):
    """{name} is encrypted. Save a copy without a password, then draft from that."""


class DocumentHasNoText(Refusal):
    """{name} has no text{why}. Draft from a file with its text."""


class PageNotFetched(Refusal):
    """{url} was not fetched: {why}."""
