"""Refusals of the command line."""

from ledger.errors import Refusal


class LedgerIsAUrl(Refusal):
    """{url} is a URL; this Parley keeps a ledger in an SQLite file. Name the file with --ledger."""


class OneFormat(Refusal):
    """An answer comes as JSON or as CSV. Give --json or --csv, not both."""


class BadChange(Refusal):
    """{text!r} is not a change. Write FIELD=VALUE, such as held=2025-05-22."""
