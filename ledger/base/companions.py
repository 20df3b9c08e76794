"""Small JSON files next to a ledger, with a value for each user. They are a convenience and not part of the record.

A missing or damaged file counts as empty.
"""

import json
from pathlib import Path
from typing import Any

from ledger.base.files import companion


def user() -> str:
    """The user of the machine, who is also the default keeper."""
    import getpass

    try:
        return getpass.getuser().encode("utf-8", "replace").decode()
    except (OSError, KeyError):
        return "unknown"


def stored(ledger: Path, what: str) -> dict[str, Any]:
    """The value of each user in the companion file `what`."""
    try:
        found = json.loads(companion(ledger, what).read_text("utf-8"))
    except (OSError, ValueError, RuntimeError):  # RuntimeError: the ledger is a circle of links
        return {}
    return found if isinstance(found, dict) else {}


def store(ledger: Path, what: str, user: str, value: Any) -> None:
    """Store the value of one user; OSError if the file cannot be written."""
    values = stored(ledger, what) | {user: value}
    companion(ledger, what).write_text(json.dumps(values, indent=1), "utf-8")
