"""A draft as plain values, for programs: each suggestion with its fields, its place in the text, doubts and reasons."""

from typing import Any

from ledger.capture.suggest import Drafted
from ledger.capture.suggestion import Suggestion
from ledger.dates import When

# The field of each kind that contains its date; for other kinds it is `on`.
# Acts that only the record distinguishes, with the nearest act that annotated reports have.
_NEAREST = {"considering": "deferred", "agreed-in-principle": "accepted-in-part"}
_DAYS = {"meeting": "held", "announcement": "expected", "follow-up": "due", "appointment": "from"}


def items(draft: Drafted) -> list[dict[str, Any]]:
    """The suggestions, in the order in which they occur in the text."""
    return [item(one) for one in draft.suggestions]


def item(one: Suggestion) -> dict[str, Any]:
    """One suggestion; a date is {"words": …, "edtf": …}, with empty texts if it is unknown.

    `act` is one of the acts that other programs know; `act_of_record` is the one to file, where it is finer.
    """
    fields = {name: value for name, value in one.fields.items() if name != "words"}
    day = _DAYS.get(one.kind, "on")
    when: When = fields[day]
    fields[day] = {"words": one.fields.get("words") or when.phrase, "edtf": when.edtf}
    fields = {
        name: {"words": value.phrase, "edtf": value.edtf} if isinstance(value, When) else value
        for name, value in fields.items()
    }
    told = {"kind": one.kind, "quote": one.quote, "start": one.start, "end": one.end, **fields}
    if one.acts:
        told["acts"] = list(one.acts)
    if fields.get("act") in _NEAREST:
        told |= {"act": _NEAREST[fields["act"]], "act_of_record": fields["act"]}
    return {**told, "doubts": list(one.doubts), "reasons": list(one.reasons)}
