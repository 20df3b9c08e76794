"""Parley's library: the record of a negotiation, in a ledger file or in a PostgreSQL database.

`open_ledger` returns a `Ledger`: file entries, correct them, and ask questions as of any day. Every refusal is a
`Refusal` whose text is a sentence for the user; when one is raised, nothing was written.
"""

from collections.abc import Sequence
from pathlib import Path

from ledger.base import desks
from ledger.domain.clocks import Clocks, Moment
from ledger.errors import Refusal
from ledger.ledger import Filed, Ledger
from ledger.record import AskableRecord

__all__ = [
    "AskableRecord",
    "Clocks",
    "Filed",
    "Ledger",
    "Moment",
    "Refusal",
    "create_ledger",
    "open_ledger",
    "open_record",
]
__version__ = "0.1.0"


def create_ledger(path: Path | str, keeper: str = "", levels: Sequence[str] = (), default_level: str = "") -> Ledger:
    """Create an empty ledger, at a path or an address, and open it; refused if it already exists.

    `levels` names its levels of confidentiality, the most open first; `default_level` is that of an entry without one.
    """
    return Ledger.create(_placed(path), keeper, levels, default_level)


def open_ledger(path: Path | str, keeper: str = "") -> Ledger:
    """Open a ledger, by its path or its address (`postgresql://host/talks`).

    keeper: the person who records, by default the user of the machine.
    """
    return Ledger(_placed(path), keeper)


def open_record(path: Path | str, level: str = "") -> AskableRecord:
    """Open the record in a ledger for questions: the whole of it, or only its part at or below a level."""
    return AskableRecord(_placed(path), level=level)


def _placed(named: Path | str) -> Path:
    return desks.desk_of(named) if isinstance(named, str) and desks.is_address(named) else Path(named)
