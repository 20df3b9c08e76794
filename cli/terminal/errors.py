"""The refusals of options."""

from ledger.errors import Refusal


class LedgerIsAUrl(Refusal):
    """An address that begins with {scheme}:// does not name a ledger. With --ledger, name an SQLite file or the address
    of a PostgreSQL database, such as postgresql://host/talks."""


class KeeperUnreadable(Refusal):
    """The keeper's name contains the character {code}, which cannot be stored. Give another name with --keeper."""


class OneFormat(Refusal):
    """An answer has one format. Give only one of --json, --csv and --xlsx."""


class ChosenNotThere(Refusal):
    """The negotiation {slug}, which was chosen last, is not in this ledger. Open it with
    `parley append negotiation {slug} --title …`, or choose another with `parley use SLUG`."""


class FileThere(Refusal):
    """{path} already exists and was not changed. Give --replace to replace it, or choose another path."""


class NeedsTheWhole(Refusal):
    """This command is about the whole record, and PARLEY_LEVEL limits this shell to the level {level}. Unset it first,
    or run the command elsewhere."""
