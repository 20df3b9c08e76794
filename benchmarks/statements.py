"""The statement that the append rows file: through the library, as a process, and as a peer's payload."""

import json
from functools import cache
from typing import Any

from benchmarks.ledgers import Stored, entry_files
from ledger import Ledger

NEGOTIATION = "talks-000"  # it exists at every size
FIELDS = {"by": "home-000", "to": "abroad-000", "act": "asked", "issues": ["issue-1"], "on": "2024-11-04"}
SAYS = "They asked once more, for the {}th time, for a schedule of tariff reductions on all the lines in the annex."


@cache
def evidence(size: str) -> tuple[str, str]:
    """The slug of a source with a text, and words from that text, so that the quotation must be looked up."""
    source: dict[str, Any] = {}
    with entry_files(size)[0].open(encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            if "quote" in line and "text" in source:
                return source["slug"], line["quote"]
            source = line.get("source", source)
    raise LookupError("no source has a text")


def fields(size: str, number: int) -> dict[str, Any]:
    """The fields of the statement as a user types them."""
    return {**FIELDS, "says": SAYS.format(number), "quote": evidence(size)[1]}


def append(ledger: Ledger, size: str, number: int) -> None:
    """File the statement with every check, from a source in the ledger."""
    slug = f"appended-{number}"
    ledger.append("statement", slug, fields(size, number), negotiation=NEGOTIATION, source=evidence(size)[0])


def body(size: str, number: int) -> dict[str, Any]:
    """The same statement as a peer stores it: the same shape with as many bytes."""
    source, quote = evidence(size)
    said = {"source": source, "quotes": [{"words": quote, "start": 0, "end": len(quote)}], **FIELDS}
    event = {**said, "by": ["home-000"], "to": ["abroad-000"], "says": SAYS.format(number)}
    stamp = {"recorded_at": "2026-01-01T00:00:00.000000Z", "recorded_by": "ministry", "salt": "0" * 32}
    return {**stamp, "event": {**event, "on": {"edtf": "2024-11-04", "phrase": ""}}}


def stored(number: int, state: bytes) -> Stored:
    """The row that bare sqlite3 stores."""
    return Stored(f"{NEGOTIATION}/statement/appended-{number}", 1, "StatementReported.1", state)
