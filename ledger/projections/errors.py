"""Refusals while the views are filled."""

from ledger.errors import Refusal


class ViewsBusy(Refusal):
    """The views at {path} were kept busy by another process for {seconds:g} seconds. The log is as it was; wait for
    that process or end it, then ask again."""


class LogCutBack(Refusal):
    """The ledger at {path} holds {head} events, but its views have seen {seen}: it was cut back, or an older copy was
    put in its place. Run `parley verify` against a checkpoint kept elsewhere; if you restored a backup, accept it with
    `parley rebuild --accept`."""


class LogRewritten(Refusal):
    """Position {position} of the ledger at {path} is not what its views saw there: the log was rewritten, or the views
    were. Run `parley verify` against a checkpoint kept elsewhere, and restore a backup if the log is wrong; `parley
    rebuild --accept` takes it as it now is."""


class NotViews(Refusal):
    """{path} stands where the ledger's views are kept and is some other database. Move it away and ask again."""
