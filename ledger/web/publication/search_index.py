"""The data for the script of the pages: the days on which something changed, and the words of each entry for searching.

A page that is opened from disk may load a script, but no data, so both are scripts that set a value.
"""

import json
from collections.abc import Iterable, Sequence
from textwrap import shorten

from ledger.base.text import visible
from ledger.dates import When
from ledger.views.views import Views

LONGEST = 300  # characters of the quotes of an entry


def days_script(days: Sequence[str], newest: str) -> str:
    """The days as `[day, in words]`, oldest first; the last is that of the newest pages."""
    return _script("parleyDays", [[one, When(one).describe()] for one in (*days, newest)])


def search_script(views: Views, entries: Iterable[tuple[str, str]]) -> str:
    """The entries as `[kind, slug, name, other words]`: the other names of an entry, and its quotations."""
    quoted: dict[str, dict[str, None]] = {}
    rows = views.rows(
        "SELECT evidence.slug, words FROM evidence JOIN log USING (position)"
        " WHERE evidence.negotiation = ? AND stands AND takes_effect <= ? ORDER BY evidence.rowid",
        views.negotiation,
        views.day,
    )
    for slug, words in rows:
        quoted.setdefault(slug, {})[words] = None
    names = {one.slug: one.label for one in views.labels()}
    called = {slug: other for kind in ("party", "person", "issue") for slug, other in views.aliases(kind).items()}
    found = []
    for kind, slug in entries:
        words = shorten(" … ".join([*called.get(slug, ()), *quoted.get(slug, ())]), LONGEST, placeholder=" …")
        found.append([kind, slug, visible(names.get(slug, slug)), visible(words)])
    return _script("parleyEntries", found)


def _script(name: str, rows: Iterable[list[str]]) -> str:
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f"window.{name} = [\n{lines}\n];\n"
