"""A record whose lists are all longer than any page shows at once: the same on every run."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ledger import Ledger, create_ledger

FIRST = date(2026, 1, 5)
LONG = 210  # of most lists: more than 200, the longest part of a list that a page shows
TASKS = 130
ACTS = ("asked", "proposed", "refused", "accepted", "promised", "asked", "objected")


def long_record(folder: Path) -> Ledger:
    """A ledger with that record."""
    path = folder / "long.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in _documents()))
    found = create_ledger(folder / "ledger.db", "keeper")
    found.import_files([path])
    return found


def _documents() -> list[dict[str, Any]]:
    names = [{"party": slug, "name": slug.upper()} for slug in ("aa", "bb")]
    names += [{"person": f"person-{nth}", "name": f"Person {nth}", "party": "aa"} for nth in range(LONG)]
    names += [{"issue": f"issue-{nth}", "title": f"Issue {nth}"} for nth in range(LONG)]
    names.append({"measure": "rate", "title": "Rate", "unit": "percent"})
    opening = {"negotiation": "talks", "title": "Talks", "parties": ["aa", "bb"], "entries": names}
    return [opening, *map(_paper, range(LONG))]


def _paper(nth: int) -> dict[str, Any]:
    """One source with a meeting, two statements there, and perhaps a follow-up and a meeting that is expected."""
    day = FIRST + timedelta(days=nth)
    by, to = ("aa", "bb") if nth % 3 else ("bb", "aa")
    place, kind = ("Here", "There")[nth % 2], "round" if nth % 5 == 0 else "call"
    met = {"meeting": f"meeting-{nth}", "kind": kind, "held": str(day), "parties": ["aa", "bb"], "place": place}
    said = {"by": by, "to": to, "act": ACTS[nth % 7], "on": str(day), "at": f"meeting-{nth}"}
    entries = [
        met | {"people": [f"aa/person-{nth}"]},
        {"statement": f"said-{nth}", **said, "issues": f"issue-{nth}", "says": f"A matter of number {nth}."},
        {"statement": f"main-{nth}", **said, "issues": "issue-0", "says": f"The main matter, word {nth}."},
    ]
    entries[1] |= {"figures": {"rate": f"{nth} percent"}, "conditional-on": f"condition {nth}"}
    entries.append({"deadline": f"limit-{nth}", "says": f"Limit {nth}.", "on": str(day)})
    entries[-1]["due"] = str(FIRST + timedelta(days=400 + nth))
    if nth < TASKS:
        due = {"standing": "yes"} if nth % 4 == 0 else {"due": str(day + timedelta(days=nth))}
        entries.append({"follow-up": f"task-{nth}", "says": f"Task {nth}.", "owners": "aa", "on": str(day), **due})
    if nth % 10 == 0:
        expected = str(FIRST + timedelta(days=400 + nth))
        entries.append({"announcement": f"later-{nth}", "kind": "call", "expected": expected, "on": str(day)})
        other = nth - 1 if nth else 1
        held = str(FIRST + timedelta(days=other))
        entries.append({"meeting": f"meeting-{other}", "kind": "call", "held": held, "place": "Elsewhere"})
    source = {"slug": f"paper-{nth}", "title": f"Paper {nth}", "published": str(day + timedelta(days=1))}
    return {"negotiation": "talks", "source": source, "entries": entries}
