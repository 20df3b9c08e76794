"""Reads the conversation on an issue from the views: all of it, or only its end, from which a fold resumes."""

import sqlite3
from typing import Any

from ledger.domain.folds.issues.folded import IssueFold
from ledger.domain.kinds import Span, Table, tables_of
from ledger.domain.states import IssueSnapshot, Statement
from ledger.views.rows import from_row, selected


def said(connection: sqlite3.Connection, negotiation: str, slug: str) -> list[Span]:
    """The spans of the statements that touch an issue, found by an index."""
    those = (
        "(SELECT statements.* FROM mentions CROSS JOIN statements ON statements.negotiation = mentions.negotiation"
        " AND statements.slug = mentions.statement WHERE mentions.negotiation = ? AND mentions.issue = ?)"
    )
    return [span for span in _spans(connection, Statement, those, (negotiation, slug)) if slug in span.state.issues]


def past(connection: sqlite3.Connection, negotiation: str, slug: str) -> IssueFold | None:
    """The end of the conversation on an issue, from which its fold may resume; None for an issue without rows.

    The end consists of the open rows and of those that ended on the last day on which anything changed.
    """
    of_issue = "issue_snapshots WHERE negotiation = ? AND issue = ?"
    snapshot = _spans(connection, IssueSnapshot, of_issue, (negotiation, slug))
    if not snapshot:
        return None
    end = negotiation, slug, snapshot[0].state.until
    issue, asks, requests = (
        sorted(_spans(connection, table.state, *_end_of(table, *end)), key=lambda span: span.valid_from)
        for table in tables_of("issue")[:3]
    )
    waiting = {span.state.asker for span in asks if not span.valid_to}
    if not issue or waiting != {*issue[-1].state.raised_by}:
        return None
    return IssueFold(issue, asks, requests, snapshot[0].state)


def forget_end(connection: sqlite3.Connection, negotiation: str, slug: str, until: str) -> None:
    """Delete the rows of the end of a conversation, because the resumed fold returns them again."""
    for table in tables_of("issue"):
        which, params = _end_of(table, negotiation, slug, until)
        connection.execute(f"DELETE FROM {which}", params)


def _end_of(table: Table, negotiation: str, slug: str, until: str) -> tuple[str, tuple[str, ...]]:
    """SQL for the open rows of an issue and those that ended on a day, found by an index."""
    which = f"SELECT rowid FROM [{table.name}] WHERE negotiation = ? AND [{table.key}] = ? AND valid_to"
    params = (negotiation, slug, negotiation, slug, until)
    return f"[{table.name}] WHERE rowid IN ({which} IS NULL UNION ALL {which} = ?)", params


def _spans(connection: sqlite3.Connection, cls: Any, which: str, params: tuple[str, ...]) -> list[Span]:
    rows = connection.execute(f"SELECT {selected(cls)}, valid_from, valid_to FROM {which}", params)
    try:
        return [Span(from_row(cls, row), row[-2], row[-1] or "") for row in rows]
    except (ValueError, TypeError, IndexError) as error:
        raise sqlite3.DatabaseError(f"a row is malformed: {error}") from error
