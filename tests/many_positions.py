"""A record in which many parties hold positions on many issues: figures, conditions, silences and a contested day."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ledger import Ledger, create_ledger

DAY = "2026-06-01"  # all of them are held by then
NAMES = (
    "Halvia", "United States", "Ostwick", "European Union", "Southern League", "Torrania", "Coastal States",
    "Viet Nam", "Meren",
)  # fmt: skip
TITLES = ("Customs procedures", "Rules of origin and cumulation", "Digital trade", "State-owned enterprises", "Fish")
ACTS = ("asked", "proposed", "refused", "accepted", "promised", "asked", "objected")
LONG = (
    "The tariff on all lines of the second annex should fall to ten percent within five years, with a review in the"
    " third year, and no line may be left out without the consent of both delegations."
)


def many_positions(folder: Path, issues: int, parties: int) -> Ledger:
    """A ledger with that record, of at most nine parties."""
    path = folder / "talks.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in _documents(folder, issues, parties)), "utf-8")
    found = create_ledger(folder / "ledger.db", "keeper")
    found.import_files([path])
    return found


def _documents(folder: Path, issues: int, parties: int) -> Iterator[dict[str, Any]]:
    names = [{"party": f"p{nth}", "name": NAMES[nth]} for nth in range(parties)]
    names += [{"issue": f"issue-{nth}", "title": f"{TITLES[nth % 5]} {nth}"} for nth in range(issues)]
    names.append({"measure": "rate", "title": "Rate of tariff", "unit": "percent"})
    voices = [f"p{nth}" for nth in range(parties)]
    yield {"negotiation": "talks", "title": "Talks on many matters", "parties": voices, "entries": names}
    for nth in range(issues):
        published = date(2026, 1, 6) + timedelta(days=3 * nth)
        entries = [_said(nth, party, parties) for party in range(parties) if (nth * 7 + party * 3) % 5 < 4]
        text = folder / f"paper-{nth}.txt"
        text.write_text("\n".join(one["quote"] for one in entries), "utf-8")
        source = {"slug": f"paper-{nth}", "title": f"Paper {nth}", "publisher": "Daily", "text": text.name}
        yield {"negotiation": "talks", "source": source | {"published": str(published)}, "entries": entries}
    first = {key: value for key, value in _said(0, 0, parties).items() if key not in ("quote", "figures")}
    other = {"slug": "other", "title": "Another paper", "published": "2026-01-08"}
    yield {"negotiation": "talks", "source": other, "entries": [first | {"on": "2026-01-07"}]}


def _said(issue: int, party: int, parties: int) -> dict[str, Any]:
    """What a party said on an issue: every eleventh is long, every fourth has a figure, every sixth a condition."""
    nth = issue + party
    says = f"Matter {issue} of party {party} is to be settled this year." if nth % 11 else LONG
    found: dict[str, Any] = {"statement": f"said-{issue}-{party}", "by": f"p{party}", "to": f"p{(party + 1) % parties}"}
    found |= {"act": ACTS[nth % 7], "on": str(date(2026, 1, 5) + timedelta(days=3 * issue)), "issues": f"issue-{issue}"}
    found |= {"says": says, "quote": f"Party {party} said of matter {issue}: {says}"}
    found |= {"figures": {"rate": f"{nth} percent"}} if nth % 4 == 0 else {}
    return found | ({"conditional-on": "the other side opens its market for fish first"} if nth % 6 == 0 else {})
