"""A negotiation proposed from a report, for a ledger that has none yet: its parties are those that meet or speak."""

import re
from collections import Counter
from typing import NamedTuple

from ledger.base.names import slugify
from ledger.capture.reading.countries import named_in, party_names
from ledger.capture.reading.days import MONTHS, WEEKDAYS
from ledger.capture.reading.gazetteer import Gazetteer
from ledger.capture.reading.lexicon import lexicon
from ledger.capture.reading.voices import parties_of
from ledger.capture.suggest import Drafted, draft
from ledger.capture.thread import Report

MOST_PARTIES = 12
MOST_NAMES = 12
_ACTING = re.compile(  # a name and the verb after it: "Lormark, which hosts the talks, has rejected"
    r"(?<![\w’'-])((?:[A-ZÀ-ỸĐ][\w’'-]*\s+){0,3}[A-ZÀ-ỸĐ][\w’'-]+)(?:,[^,;.]{2,80},)?\s+"
    r"(?:(?:has|have|had|also|later|then|again)\s+)*([a-z]+)\b"
)
_OWNING = re.compile(
    r"(?<![\w’'-])((?:[A-ZÀ-ỸĐ][\w-]*\s+){0,3}[A-ZÀ-ỸĐ][\w-]+)(?:’s|'s)\s+[a-z]"
)  # "Lormark's ambassador"
_NO_NAME = frozenset(
    [
        *MONTHS,
        *WEEKDAYS,
        *"He She It They We I You The This That These Those Both Each All Neither Some Others Another One Two".split(),  # noqa: SIM905
        *"In On At By For But And Nor So Yet If When While After Before Since Until Who Which What Such Nobody".split(),  # noqa: SIM905
        *"Nothing There Here Talks Negotiations Negotiators Officials Ministers Delegates Diplomats Sources".split(),  # noqa: SIM905
    ]
)
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


def unknown_names(report: Report, gazetteer: Gazetteer, least: int = 1) -> list[str]:
    """The names that act or speak in a report at least `least` times and are not in the record.

    The most frequent come first. A word that the report also writes with a small letter is not a name.
    """
    known = {word.lower() for name in party_names(gazetteer.parties)[0] for word in name.split()}
    known |= {word.lower() for person in gazetteer.people.values() for name in person.names for word in name.split()}
    common = set(re.findall(r"\b[a-z][\w’'-]*", report.text))
    verbs = lexicon(report.language).base_of
    found: Counter[str] = Counter()
    acting = [one[1] for one in _ACTING.finditer(report.text) if one[2] in verbs and not one[2].endswith("ing")]
    for name in (*acting, *(one[1] for one in _OWNING.finditer(report.text))):
        words = re.sub(r"^The |(?:’s|'s)", "", name).split()
        low = {word.lower() for word in words}
        if words and not low & known and not low & common and not {*words} & _NO_NAME:
            found[" ".join(words)] += 1
    return [name for name, count in found.most_common(MOST_NAMES) if count >= least]


def in_sentences(name: str) -> str:
    """The form of a party's name in a sentence, such as "the United States"; "" if it is the name itself."""
    return f"the {name}" if _WITH_ARTICLE.match(name) else ""
