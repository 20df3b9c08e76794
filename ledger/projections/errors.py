"""The refusals of filling and opening the views."""

from ledger.errors import Refusal


class ViewsBusy(Refusal):
    """The views at {path} were locked by another process for {seconds:g} seconds. The log has not changed; wait for
    that process or end it, then ask again."""


class LogCutBack(Refusal):
    """The ledger at {path} has {head} events, but its views have seen {seen}: it was cut back, or an older copy
    has replaced it. Run `parley verify` against a checkpoint stored elsewhere; if you restored a backup, accept it with
    `parley rebuild --accept`."""


class LogRewritten(Refusal):
    """Position {position} of the ledger at {path} is not the event that its views saw there: the log was rewritten, or
    the views were. Run `parley verify` against a checkpoint stored elsewhere, and restore a backup if the log is wrong;
    `parley rebuild --accept` accepts the log as it is now."""


class NotViews(Refusal):
    """{path} is in the place of the ledger's views but is another database. Move it away and ask again."""
