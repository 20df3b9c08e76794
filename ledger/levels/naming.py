"""Names the levels of a new ledger, and reads them from its events."""

from collections.abc import Sequence

from ledger.base.names import is_slug
from ledger.domain.events import LEVELS, LevelsNamed, Recorded, Stream
from ledger.levels.errors import BadLevels
from ledger.levels.scheme import USUAL, Levels


def levels_named(names: Sequence[str], default: str) -> tuple[Stream, LevelsNamed]:
    """The event that names the levels of a new ledger, the most open first; `default` is by default the first one."""
    levels = tuple(names) or USUAL.names
    if len(levels) < 2 or len({*levels}) < len(levels):
        raise BadLevels(why=f"{', '.join(levels)} are not")
    for name in (one for one in levels if not is_slug(one)):
        raise BadLevels(why=f"{name!r} is not a slug")
    if default and default not in levels:
        raise BadLevels(why=f"the default {default!r} is not one of them")
    return LEVELS, LevelsNamed(levels=levels, level=default or levels[0])


def levels_in(records: Sequence[Recorded]) -> Levels:
    """The levels that these events of the stream `LEVELS` name, else the usual ones."""
    for record in records:
        if isinstance(record.event, LevelsNamed):
            return Levels(record.event.levels, record.event.level)
    return USUAL
