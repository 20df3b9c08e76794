"""The evidence for a line on a page: the reports of an entry with their quotes, sources and dates."""

import json
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from typing import NamedTuple

from ledger.dates import When
from ledger.domain.errors import UnknownSlug
from ledger.domain.kinds import KINDS
from ledger.queries.diff import Difference
from ledger.views.errors import NotKnownYet
from ledger.views.links import replaced
from ledger.views.views import Label, Views

_KINDS = json.dumps([kind for kind in KINDS if kind != "negotiation"])


class Quoted(NamedTuple):
    """A quote; `verified` says whether it was found in the source's frozen text.

    checked_from: the day from which the text was at hand: "" if it was when the quote was filed, null if it is not.
    """

    words: str
    verified: bool
    checked_from: str | None


class Proof(NamedTuple):
    """One report: its date (as corrected), its publication, and when and by whom it was recorded."""

    position: int
    source: str
    title: str
    publisher: str
    published: When
    happened: When
    recorded_at: str
    recorded_by: str
    quotes: list[Quoted]


Proofs = dict[str, list[Proof]]


def anchor(words: str) -> str:
    """The anchor of a quotation on the page of its source; it depends on the words alone, so that it never changes."""
    return f"q-{sha256(words.encode()).hexdigest()[:12]}"


def proofs(views: Views, slugs: Iterable[str]) -> Proofs:
    """The reports of each entry that count by the views' day, oldest first."""
    wanted = json.dumps(sorted({*slugs} - {""}))
    rows = views.rows(
        "SELECT * FROM log WHERE negotiation = ? AND kind IN (SELECT value FROM json_each(?))"
        " AND slug IN (SELECT value FROM json_each(?)) AND stands AND takes_effect <= ?"
        " AND event NOT IN ('EntryCorrected', 'EntryRetracted', 'EntryReinstated') ORDER BY position",
        views.negotiation,
        _KINDS,
        wanted,
        views.day,
    )
    quotes = _quotes(views, wanted)
    sources = _sources(views, {row["source"] for row in rows})
    found: Proofs = {}
    for row in rows:
        title, publisher, published = sources.get(row["source"], (row["source"], "", When()))
        proof = Proof(
            position=row["position"],
            source=row["source"],
            title=title,
            publisher=publisher,
            published=published,
            happened=_when(row["occurred_as_it_stands"], row["occurred"], row["occurred_phrase"]),
            recorded_at=row["recorded_at"],
            recorded_by=row["recorded_by"],
            quotes=quotes.get(row["position"], []),
        )
        found.setdefault(row["slug"], []).append(proof)
    return found


# The kind of entry that a difference of another kind is about.
_ENTRIES = {
    "ask": "issue",
    "promise": "statement",
    "denial": "statement",
    "condition": "statement",
    "role": "party",
    "post": "person",
    "figure": "measure",
    "provision": "text",
}


def entry_of(one: Difference, *moments: Views) -> Label:
    """The entry that a difference is about, as known at the first of the two moments that has it."""
    for views in moments:
        with suppress(NotKnownYet, UnknownSlug):
            return views.entry(one.slug)
    return Label(_ENTRIES.get(one.kind, one.kind), one.slug, one.slug, "", "")


def of_difference(views: Views, one: Difference) -> str:
    """The entry with the evidence: the statement that changed an ask or an issue, or the entry that gives a figure."""
    after, before = one.after or {}, one.before or {}
    moved = ""
    if one.kind == "ask" and one.after is None:
        moved = replaced(views).get(str(before.get("last_statement", "")), "")
    elif one.kind == "ask":
        moved = str(after.get("ended_in") or after.get("answer_statement") or after.get("last_statement") or "")
    elif one.kind == "issue":
        moved = next((issue.rests_on[-1] for issue in views.issues() if issue.slug == one.slug and issue.rests_on), "")
    elif one.kind == "figure":
        moved = str(after.get("entry", "")).partition("/")[2]
    return str(moved or one.slug)


def _quotes(views: Views, wanted: str) -> dict[int, list[Quoted]]:
    rows = views.rows(
        "SELECT position, words, verified, checked_from <= ?, checked_from FROM evidence WHERE negotiation = ?"
        " AND kind IN (SELECT value FROM json_each(?)) AND slug IN (SELECT value FROM json_each(?)) ORDER BY rowid",
        views.day,
        views.negotiation,
        _KINDS,
        wanted,
    )
    found: dict[int, list[Quoted]] = {}
    for row in rows:
        found.setdefault(row["position"], []).append(
            Quoted(row["words"], bool(row[2] and row[3]), row[4] if row[3] else None)
        )
    return found


def _sources(views: Views, slugs: set[str]) -> dict[str, tuple[str, str, When]]:
    rows = views.rows(
        "SELECT slug, title, publisher, published, published_phrase FROM sources"
        " WHERE negotiation = ? AND slug IN (SELECT value FROM json_each(?)) ORDER BY valid_from",
        views.negotiation,
        json.dumps(sorted(slugs)),
    )
    return {row[0]: (row[1], row[2], When(row[3], row[4])) for row in rows}


def _when(corrected: str, filed: str, phrase: str) -> When:
    """The date as corrected; an uncorrected date has the phrase of the report."""
    return When(corrected, phrase if corrected == filed else "")
