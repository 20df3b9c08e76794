"""What the command line refuses, each in the sentence that the user reads."""

from ledger.errors import Refusal


class LedgerIsAUrl(Refusal):
    """{url} is a URL; this Parley keeps a ledger in an SQLite file. Name the file with --ledger."""


class OneFormat(Refusal):
    """An answer comes either in JSON or in CSV. Give --json or --csv, not both."""


class BadChange(Refusal):
    """{text!r} is not a change. Write FIELD=VALUE, such as held=2025-05-22."""


class NoOutput(Refusal):
    """Standard output is closed, so there is nowhere to write the answer. Nothing was done."""


class OutputLost(Refusal):
    """The output could not be written in full: {why}. What the command records, it has recorded."""


class KeeperUnreadable(Refusal):
    """The keeper's name holds the character {code}, which cannot be stored. Give another name with --keeper."""
