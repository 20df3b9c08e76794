"""The tables of the views as data: their columns, their states, and the version of the schema."""

from typing import Any

from ledger.domain import states
from ledger.domain.figures.given import FigureGiven
from ledger.domain.kinds import KINDS

SCHEMA_VERSION = 89

# The history tables: the class of their states, and the column with the slug of the entry.
HISTORIES: dict[str, tuple[Any, str]] = {
    table.name: (table.state, table.key) for kind in KINDS.values() for table in kind.tables
} | {"contested": (states.Contest, "slug"), "figures": (FigureGiven, "entry"), "links": (states.Link, "slug")}

# The other tables, with a row for each entry, event, quotation, and so on.
PLAIN: dict[str, dict[str, type[Any]]] = {
    "entries": {
        "negotiation": str, "kind": str, "slug": str, "label": str, "valid_from": str, "retracted": str,
        "erased": str, "reports": int, "newest": int, "notice": str,
    },
    "log": {
        "position": int, "recorded_at": str, "recorded_by": str, "negotiation": str, "kind": str, "slug": str,
        "version": int, "event": str, "source": str, "occurred": str, "occurred_phrase": str, "reported": str,
        "takes_effect": str, "stands": int, "sentence": str, "as_it_stands": str, "occurred_as_it_stands": str,
        "corrects": int, "recorded_on": str, "filed": str,
    },
    "evidence": {
        "negotiation": str, "kind": str, "slug": str, "position": int, "source": str, "words": str, "start": int,
        "end": int, "verified": int, "checked_from": str,
    },
    "reports": {
        "position": int, "negotiation": str, "kind": str, "slug": str, "valid_from": str, "passages": str,
    },
    "passages": {
        "id": int, "negotiation": str, "source": str, "valid_from": str, "start": int, "words": str,
    },
    "mentions": {"negotiation": str, "issue": str, "statement": str},
    "dated_by": {"negotiation": str, "meeting": str, "kind": str, "slug": str},
    "families": {"negotiation": str, "source": str, "family": str, "side": str},
    "leaves": {"position": int, "leaf": bytes},
    "upkeep": {
        "schema_version": int, "ledger_id": str, "position": int, "undated": int, "seal": str, "root": str,
        "peaks": bytes, "looked_over": int,
    },
}  # fmt: skip

# Columns that questions filter by, besides the day. They are part of the index, so that other rows need not be read.
ASKED_FOR = {
    "asks": ["waiting_since"],
    "requests": ["waiting_since", "deferred_in", "issue", "asker", "times"],
    "follow_ups": ["status"],
    "meetings": ["kind"],
    "statements": ["day", "conditional_on"],
}

# The statements of which only the latest possible day is known, and that may have been made before: they have an index.
INEXACT = "day = valid_from AND on_earliest >= '0' AND on_earliest < day"

APPLICATION_ID = 0x50524C56  # "PRLV"

# The place of a row of `log` in the order of filing; `filed` is empty unless the event was merged.
AS_FILED = "CASE filed WHEN '' THEN log.recorded_at || printf(' %012d', log.position) ELSE filed END"
# The order of occurrence of the rows of `log`. It does not depend on the order of filing, except within one source.
OCCURRENCE = f"takes_effect, reported, log.source, {AS_FILED}"

# The target of INSERT, for tables that need a list of columns.
INTO = {"search": "search (rowid, folded, tags)", "texts": "texts (rowid, folded)"}
