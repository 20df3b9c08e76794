"""The refusals of documents."""

from ledger.errors import Refusal


class DocumentNotReadable(Refusal):
    """{name} cannot be read: {why}."""


class DocumentTooLarge(Refusal):
    """{name} is too large to draft from: {why}. Save the part about the talks as a separate file."""


class DocumentDamaged(Refusal):
    """{name} is damaged, or is not the {kind} that it seems to be: {why}. Download it again from its publisher."""


class DocumentEncrypted(Refusal):
    """{name} is encrypted. Save a copy without a password, and draft from the copy."""


class DocumentHasNoText(Refusal):
    """{name} has no text{why}. Draft from a file that contains the text."""


class PageNotFetched(Refusal):
    """{url} was not fetched: {why}."""
