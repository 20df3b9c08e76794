"""Refusals of the desk."""

from ledger.errors import Refusal


class NoSuchDraft(Refusal):
    """There is no draft {draft} here: it was filed or discarded, perhaps in another window. The sources show what was
    filed."""


class DraftChanged(Refusal):
    """This draft was changed in another window at {at}. Nothing from this one was kept: reload the page to go on from
    there."""


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
    """This report was filed meanwhile as {source}, with {count} entries, by {keeper}. Nothing was filed a second time.
    Look at what is on record; then discard this draft, or paste the report again to add what is missing."""


class SubjectNeeded(Refusal):
    """Say whom or what this entry is about."""


class SubjectUnknown(Refusal):
    """No {kind} {name!r} is in the record yet."""


class NothingAccepted(Refusal):
    """No entry is accepted yet. Accept at least one, or discard the draft."""


class NotInTheText(Refusal):
    """The selected words are not in this sentence as they were selected. Select them again."""


class KeeperNeeded(Refusal):
    """Give your name: it is recorded with everything that you file."""


class DayUnclear(Refusal):
    """{text!r} is not one day. Give the day of publication, such as 2025-05-22, or `unknown`."""
