"""Compares the schema of a ledger file with the schema that Parley creates.

A trigger or a view in a file from elsewhere is foreign code, which SQLite runs at the next write or question. So a log
is used only if it has exactly the right schema.
"""

import re
import sqlite3
from functools import cache

# Allowed in a log besides its schema: SQLite's own tables, and the mark of an unfinished erasure.
ALLOWED = (
    ("table", "sqlite_sequence"),
    ("table", "sqlite_stat1"),
    ("table", "sqlite_stat4"),
    ("table", "uncleaned"),
    ("index", "sqlite_autoindex_stored_events_1"),
)
MOST_NAMED = 3


def differences(connection: sqlite3.Connection, schema: str) -> str:
    """The differences between the file's schema and the wanted one, in words; "" if there are none."""
    wanted = _statements(schema)
    found = {(kind, name): sql for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master")}
    told = [f"its {kind} {name} is missing" for kind, name in wanted if (kind, name) not in found]
    for (kind, name), sql in found.items():
        if (kind, name) in wanted:
            told += [f"its {kind} {name} was changed"] if sql != wanted[kind, name] else []
        elif (kind, name) not in ALLOWED:
            told.append(f"it has the {kind} {name!r} that is not Parley's")
    more = [f"{len(told) - MOST_NAMED} more"] if len(told) > MOST_NAMED else []
    return ", ".join(told[:MOST_NAMED] + more)


@cache
def _statements(schema: str) -> dict[tuple[str, str], str]:
    """The statements of a schema as SQLite stores them, by type and name of the created object."""
    statements = [one.strip() for one in re.split(r";\n(?=CREATE )", schema.strip().removesuffix(";"))]
    return {(one.split()[1].lower(), one.split()[2]): one for one in statements}
