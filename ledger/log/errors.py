"""Refusals of a ledger and its log."""

from ledger.errors import Refusal


class NoLedgerHere(Refusal):
    """There is no ledger at {path}. Create one with `parley init`, or name another with --ledger."""


class AlreadyALedger(Refusal):
    """There is already a file at {path}, and it is left as it is. Name another place with --ledger."""


class NotALedger(Refusal):
    """{path} is not a Parley ledger. Name one with --ledger, or create one with `parley init`."""


class DamagedLedger(Refusal):
    """The ledger at {path} is damaged ({why}). Restore it from a backup; what is left can be read with sqlite3's
    `.recover`."""


class ForeignSchema(Refusal):
    """The ledger at {path} is not as Parley made it: {what}. Such a file can do or hide anything, so it is not used;
    restore it from a backup."""


class LedgerFromTheFuture(Refusal):
    """The ledger at {path} has format {version}; this Parley knows formats up to {known}. Use a newer Parley."""


class SeveralNames(Refusal):
    """The file at {path} has {names} names (hard links). SQLite keeps a write-ahead log for each of them, so what is
    written under one is lost under another. Keep one name; for a copy use `parley backup`."""


class AcknowledgedLost(Refusal):
    """The ledger at {path} no longer holds what was acknowledged last: position {position} was recorded, and the log
    {found}. Its write-ahead log was lost or damaged, or an older copy was put in its place. Restore a backup, or accept
    the log as it now is with `parley rebuild --accept`."""


class LedgerBusy(Refusal):
    """The ledger at {path} was locked by another process for {seconds:g} seconds. Nothing was written; try again."""


class UnknownStoredEvent(Refusal):
    """Position {position} of the ledger holds an event {type!r} that this Parley does not know. Use a newer Parley."""


class UnreadableStoredEvent(Refusal):
    """Position {position} of the ledger cannot be read ({why}). Restore the ledger from a backup."""


class LedgerNotEmpty(Refusal):
    """The ledger at {path} holds events already. A log is restored into a new or an empty ledger: name another with
    --ledger, or merge the two with `parley merge`."""
