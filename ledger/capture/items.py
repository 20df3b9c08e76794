"""A draft as plain values, for programs: each suggestion with all that was found, its places and its reasons."""

from typing import Any

from ledger.capture.suggest import Drafted
from ledger.capture.suggestion import Suggestion
from ledger.dates import When

# The field of each kind that holds its day; its words are those of the field, or of the phrase that was read.
_DAYS = {"meeting": "held", "announcement": "expected", "follow-up": "due", "appointment": "from"}


def items(draft: Drafted) -> list[dict[str, Any]]:
    """The suggestions in the order of the text."""
    return [item(one) for one in draft.suggestions]


def item(one: Suggestion) -> dict[str, Any]:
    """One suggestion; days are {"words": …, "edtf": …}, empty where they could not be told."""
    fields = {name: value for name, value in one.fields.items() if name != "words"}
    day = _DAYS.get(one.kind, "on")
    when: When = fields[day]
    fields[day] = {"words": one.fields.get("words") or when.phrase, "edtf": when.edtf}
    told = {"kind": one.kind, "quote": one.quote, "start": one.start, "end": one.end, **fields}
    if one.acts:
        told["acts"] = list(one.acts)
    return {**told, "doubts": list(one.doubts), "reasons": list(one.reasons)}
