"""Answers as JSON, for programs: the same from the command line and from the pages.

Control characters and marks that reorder text are escaped in everything that was filed.
"""

import json
from typing import Any

from ledger.base.text import visible_json
from ledger.dates import When


def in_json(answer: Any, *, indent: int | None = 2) -> str:
    """The answer as indented JSON with the documented field names, ending with a line break."""
    return visible_json(json.dumps(plain(answer), ensure_ascii=False, indent=indent)) + "\n"


def plain(answer: Any) -> Any:
    """The answer in the types of JSON: a named tuple becomes an object, and a state that it wraps is merged into it."""
    if isinstance(answer, When):
        return {
            "edtf": answer.edtf,
            "phrase": answer.phrase,
            "earliest": answer.earliest.isoformat() if answer.earliest else None,
            "latest": answer.latest.isoformat() if answer.latest else None,
            "text": answer.describe(),
        }
    if hasattr(answer, "_fields"):
        found = {name: plain(value) for name, value in zip(answer._fields, answer, strict=True)}
        wrapped = answer[0]
        if hasattr(wrapped, "_fields"):
            return {**found.pop(answer._fields[0]), **found}
        return found
    if isinstance(answer, dict):
        return {name: plain(value) for name, value in answer.items()}
    if isinstance(answer, list | tuple):
        return [plain(item) for item in answer]
    return answer
