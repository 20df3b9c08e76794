"""Stores which negotiation each user of the machine has chosen with `parley use`, in `ledger.use.json`.

A ledger in a shared folder has several users, and the choice of one must not decide where the entries of another go.
"""

from pathlib import Path

from ledger.base import companions
from ledger.errors import NotWritable

FILE = "use.json"


def choose(ledger: Path, negotiation: str) -> None:
    """Store the chosen negotiation; "" for none."""
    try:
        companions.store(ledger, FILE, companions.user(), negotiation)
    except OSError as error:
        raise NotWritable(path=f"The choice next to {ledger}", why=error.strerror) from error


def choice(ledger: Path) -> str:
    """The chosen negotiation, which need not be in the ledger; "" if none is chosen."""
    choices = companions.stored(ledger, FILE)
    found = choices.get(companions.user(), "") if choices else ""
    return found if isinstance(found, str) else ""
