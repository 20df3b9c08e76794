"""Answers as tables, for CSV and spreadsheets: a row for each item, whose columns are those of the views' tables.

Slugs are followed by names and titles: `by` by `by_names`, `issues` by `issues_titles`, and `slug` by the `title` of
the entry, if nothing else in the row says what it is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, get_type_hints

from ledger.dates import When
from ledger.domain.kinds import KINDS
from ledger.domain.wording import VOICES
from ledger.views.rows import columns
from ledger.views.views import Views

TITLED = {"issue": "issue", "issues": "issue", "at": "meeting", "before": "meeting", "superseded_by": "meeting"}
TELLING = ("title", "name", "says", "sentence", "passage", "text")  # columns that say what an entry is


class Tabulated(NamedTuple):
    """The columns of a table, and its rows by column."""

    columns: list[str]
    rows: Iterator[dict[str, Any]]


def tabulated(rows: Iterable[dict[str, Any]], names: Sequence[str], views: Mapping[str, Views]) -> Tabulated:
    """Flat rows with these columns, and with names and titles after the slugs.

    `views` has those of each negotiation in the rows; a row that names no negotiation belongs to the only one.
    """
    titled = {name: added for name in names if (added := _title_of(name, names))}
    every = [column for name in names for column in (name, titled.get(name)) if column]
    return Tabulated(every, _named(rows, titled, views))


def _named(
    rows: Iterable[dict[str, Any]], titled: Mapping[str, str], views: Mapping[str, Views]
) -> Iterator[dict[str, Any]]:
    label_of = lru_cache(maxsize=None)(lambda of, kind, slug: views[of].label_of(kind, slug))
    for row in rows:
        of = row.get("negotiation") or next(iter(views), "")
        for name, added in titled.items():
            slugs = row[name].split("; ") if row[name] else []
            if added.endswith("_names"):
                row[added] = "; ".join(map(views[of].name_of, slugs))
            else:
                kind = TITLED.get(name) or (row["kind"] if row["kind"] in KINDS else "meeting")
                row[added] = "; ".join(label_of(of, kind, slug) or slug for slug in slugs)
        yield row


def _title_of(name: str, names: Sequence[str]) -> str:
    """The column of names or titles after a column of slugs; "" if the row has them already."""
    if name in VOICES:
        return f"{name}_names"
    if name in TITLED:
        return f"{name}_titles" if name != "issue" or "title" not in names else ""
    return "title" if name == "slug" and not {*TELLING} & {*names} else ""


def header(of: Any) -> list[str]:
    """The columns of a type: those of a state that it wraps come first, and a date has four."""
    wrapped = next(iter(get_type_hints(of).values()))
    if not hasattr(wrapped, "_fields"):
        return [*columns(of)]
    return [*dict.fromkeys([*header(wrapped), *list(columns(of))[1:]])]


def flat(answer: Any, date: Callable[[When], Any] = attrgetter("edtf")) -> dict[str, Any]:
    """An answer as one row, by column; an entry that belongs to it is its slug. `date` gives the value of a date."""
    found: dict[str, Any] = {}
    for name, value in zip(answer._fields, answer, strict=True):
        if isinstance(value, When):
            first, last = (day.isoformat() if day else "" for day in (value.earliest, value.latest))
            found |= {name: date(value), f"{name}_phrase": value.phrase}
            found |= {f"{name}_earliest": first, f"{name}_latest": last}
        elif hasattr(value, "_fields"):
            found |= {name: value.slug} if found else flat(value, date)
        elif isinstance(value, tuple):
            found[name] = "; ".join(map(str, value))
        else:
            found[name] = int(value) if isinstance(value, bool) else value
    return found
