"""Refusals of the desk."""

from ledger.errors import Refusal


class NoSuchDraft(Refusal):
    """There is no draft {draft} here: it was filed or discarded, perhaps in another window. If it was filed, its
    source is in the list of sources."""


class DraftChanged(Refusal):
    """This draft was changed in another window at {at}. The last change in this window was not stored: reload the page
    to continue from the newer version."""


class DraftBroken(Refusal):
    """The draft {draft} cannot be read: its file is damaged. Discard it, and paste the report again."""


class NoSuchEntry(Refusal):
    """The draft has no entry {entry}. Reload the page."""


class NothingToUndo(Refusal):
    """There is nothing to {what}."""


class NothingPasted(Refusal):
    """Paste the text of a report, or choose its file."""


class ReportTooLong(Refusal):
    """The report has {count} characters, and the desk takes at most {most}. Use `parley draft`, or paste the part that
    matters."""


class AlreadyFiled(Refusal):
    """This report was filed meanwhile as {source}, with {entries}, by {keeper}. Nothing was filed twice. Compare
    the draft with that source; then discard it, or paste the report again to add what is missing."""


class SubjectNeeded(Refusal):
    """Say whom or what this entry is about."""


class SubjectUnknown(Refusal):
    """No {kind} {name!r} is in the record yet."""


class NothingAccepted(Refusal):
    """No entry is accepted yet. Accept at least one, or discard the draft."""


class NotInTheText(Refusal):
    """The selected words were not found at this place of the text. Select them again."""


class KeeperNeeded(Refusal):
    """Give your name: it is recorded with everything that you file."""


class DayUnclear(Refusal):
    """{text!r} is not one day. Give the day of publication, such as 2025-05-22, or `unknown`."""
