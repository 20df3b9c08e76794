"""A negotiation proposed from a report, for a ledger that has none yet: its parties are those that meet or speak."""

import re
from collections import Counter
from typing import NamedTuple

from ledger.base.names import slugify
from ledger.capture.reading.countries import named_in
from ledger.capture.reading.gazetteer import Gazetteer
from ledger.capture.reading.voices import parties_of
from ledger.capture.suggest import Drafted, draft
from ledger.capture.thread import Report

MOST_PARTIES = 12
_WITH_ARTICLE = re.compile(
    r"(?:United|European Union|Netherlands|Philippines|Maldives|Bahamas|Gambia|Seychelles|Marshall|"
    r"Solomon|Comoros|Czech Republic|Dominican Republic|Central African|"
    r"Democratic Republic|African Union|Taliban|World|International)\b"
)


class ProposedNegotiation(NamedTuple):
    """A negotiation to open: its slug and title, and the names of its parties by slug."""

    slug: str
    title: str
    parties: dict[str, tuple[str, ...]]


def propose(report: Report, slug: str = "") -> tuple[ProposedNegotiation, Drafted]:
    """The negotiation that a report is about, with the suggestions for it; without parties where none is found."""
    mentioned = {slugify(names[0]): names for names in named_in(report.text)}
    found = draft(report, Gazetteer(mentioned, {}, {}))
    acting: Counter[str] = Counter()
    for one in found.suggestions:
        present = [*one.fields.get("parties", ())]
        for name in ("by", "to", "owners"):
            present += parties_of(voice for voice in one.fields.get(name, ()) if isinstance(voice, str))
        acting.update(party for party in set(present) if party in mentioned)
    chosen = [party for party, _ in acting.most_common(MOST_PARTIES)]
    parties = {party: mentioned[party] for party in mentioned if party in chosen}
    title = " – ".join(names[0] for names in list(parties.values())[:4])
    opening = ProposedNegotiation(
        slug or "-".join([*parties][:3]) or "talks", title or report.title or "Talks", parties
    )
    return opening, draft(report, Gazetteer(parties, {}, {}))


def in_sentences(name: str) -> str:
    """How a sentence names a party, "" where that is its name: "the United States"."""
    return f"the {name}" if _WITH_ARTICLE.match(name) else ""
