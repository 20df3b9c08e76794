"""The refusals of a ledger and its log."""

from ledger.errors import Refusal


class NoLedgerHere(Refusal):
    """There is no ledger at {path}. Create one with `parley init`, or name another with --ledger."""


class AlreadyALedger(Refusal):
    """{path} already exists and was not changed. Name another path with --ledger."""


class NotALedger(Refusal):
    """{path} is not a Parley ledger. Name one with --ledger, or create one with `parley init`."""


class DamagedLedger(Refusal):
    """The ledger at {path} is damaged ({why}). Restore it from a backup; sqlite3's `.recover` can read the remaining
    content."""


class ForeignSchema(Refusal):
    """The ledger at {path} does not have Parley's schema: {what}. Such a file can do or hide anything, so it is
    not used; restore it from a backup."""


class LedgerFromTheFuture(Refusal):
    """The ledger at {path} has format {version}; this Parley knows formats up to {known}. Use a newer Parley."""


class SeveralNames(Refusal):
    """The file at {path} has {names} names (hard links). SQLite has a write-ahead log for each of them, so events
    written under one name are lost under another. Keep one name; for a copy, use `parley backup`."""


class AcknowledgedLost(Refusal):
    """The ledger at {path} has lost acknowledged events: position {position} was recorded, but the log {found}. Its
    write-ahead log was lost or damaged, or an older copy has replaced the ledger. Restore a backup, or accept the log
    as it is now with `parley rebuild --accept`."""


class AcknowledgedChanged(Refusal):
    """The ledger at {path} is not as it was acknowledged: one of its first {position} events has changed or is missing.
    Restore a backup, or accept the log as it now is with `parley rebuild --accept`."""


class LedgerBusy(Refusal):
    """The ledger at {path} was locked by another process for {seconds:g} seconds. Nothing was written; try again."""


class UnknownStoredEvent(Refusal):
    """Position {position} of the ledger has an event {type!r} that this Parley does not know. Use a newer Parley."""


class UnreadableStoredEvent(Refusal):
    """Position {position} of the ledger cannot be read ({why}). Restore the ledger from a backup."""


class LedgerNotEmpty(Refusal):
    """The ledger at {path} already contains events. A log can only be restored into a new or empty ledger: name another
    with --ledger, or merge the two with `parley merge`."""


class NoPostgres(Refusal):
    """A ledger on a PostgreSQL server needs the package psycopg, which is not installed ({missing}). In a checkout of
    Parley, run: pip install '.[postgres]'"""


class ServerAway(Refusal):
    """The server of {path} cannot be reached ({why}). Nothing was recorded; try again when it can be. `parley append`
    and `parley import` can file offline until then (--offline)."""


class ServerRefuses(Refusal):
    """The server of {path} refused the connection ({why}). Nothing was recorded. Check the user and the password, which
    may be in the file ~/.pgpass, in PGPASSWORD, or in the service file."""


class NoDatabase(Refusal):
    """There is no such database on the server of {path} ({why}). Have it created, then run `parley init`."""


class ServerTooOld(Refusal):
    """The server of {path} runs PostgreSQL {version}, but Parley needs version {least} or newer."""


class ReadOnlyServer(Refusal):
    """The server of {path} only answers questions: it is a replica, or set to be read-only. Nothing was recorded. Name
    the main server to record, or several servers with `target_session_attrs=read-write`."""


class NotPermitted(Refusal):
    """The server does not permit {user} to {what}"""


class ConnectionLost(Refusal):
    """The connection to the server of {path} was lost. Nothing was recorded; try again."""


class PerhapsRecorded(Refusal):
    """The connection to the server of {path} was lost while the events were being recorded, so it is not known whether
    they are. Repeat the command when the server can be reached: no entry is recorded twice."""


class ServerError(Refusal):
    """The server of {path} reported an error: {why}. Nothing was recorded."""


class ReadsAPart(Refusal):
    """This user of {path} may only read entries at or below the level {level!r}. Nothing was recorded; the keeper of
    the ledger can grant the role of a desk."""


class NoReadersOfAFile(Refusal):
    """The ledger at {path} is a file, so its readers can read all of it. Only a PostgreSQL server can give readers a
    part; for a file, see `parley publish-log`."""
