"""The refusals about files, waiting and words."""

from ledger.errors import Refusal, RefusedNear


class BadWait(Refusal):
    """PARLEY_WAIT is {text!r}, which is not a number of seconds from 0 to {most}. Set it to one, or unset it."""


class BadTimeZone(Refusal):
    """The time zone TZ={text!r} is a day or more away from UTC. Correct it, or unset it."""


class AlreadyThere(Refusal):
    """{path} already exists and was not changed. Choose another path."""


class NoFolder(Refusal):
    """{path} cannot be written: its folder does not exist. Create {folder} first, or choose another place."""


class LeftBeside(Refusal):
    """{names} next to {path} belongs to an earlier database, and SQLite would apply it to the new one. Move it to where
    that database is now, or delete it if its last changes are not needed, and try again."""


class ReadOnlyPlace(Refusal):
    """{path} is in a read-only place, but SQLite must write next to a file even to read it. Copy it to a folder of your
    own, or have the permissions changed."""


class UnknownWord(RefusedNear):
    """{typed!r} is not a known {what}. {hint}"""


class AmbiguousAddress(Refusal):
    """The address of the ledger is not of the form postgresql://USER:PASSWORD@HOST:PORT/DATABASE. Characters such as @,
    / and # in a name or password are written as %40, %2F and %23."""


class NotADesk(Refusal):
    """{path} is not the desk of a ledger on a server. Name the ledger by its address, such as postgresql://…"""
