"""Parley's library: the record of a negotiation, in a ledger file.

`open_ledger` returns a `Ledger`: file entries, correct them, and ask questions as of any day. Every refusal is a
`Refusal` whose text is a sentence for the user; when one is raised, nothing was written.
"""

from pathlib import Path

from ledger.domain.clocks import Clocks, Moment
from ledger.errors import Refusal
from ledger.ledger import Filed, Ledger

__all__ = ["Clocks", "Filed", "Ledger", "Moment", "Refusal", "create_ledger", "open_ledger"]
__version__ = "0.1.0"


def create_ledger(path: Path | str, keeper: str = "") -> Ledger:
    """Create an empty ledger and open it; refused if `path` already exists."""
    return Ledger.create(Path(path), keeper)


def open_ledger(path: Path | str, keeper: str = "") -> Ledger:
    """Open a ledger; `keeper` is the person who records, by default the user of the machine."""
    return Ledger(Path(path), keeper)
