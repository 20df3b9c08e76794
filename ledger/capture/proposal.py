"""A negotiation proposed from a report, for a ledger that has none yet: its parties are those that meet or speak."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ledger.base.names import slugify
from ledger.base.patterns import CAPITAL, cased
from ledger.capture.reading.countries import named_in, party_names
from ledger.capture.reading.days import MONTHS, WEEKDAYS
from ledger.capture.reading.gazetteer import Gazetteer
from ledger.capture.reading.introductions import PARTICLE, POSTS
from ledger.capture.reading.lexicon import lexicon
from ledger.capture.reading.voices import parties_of
from ledger.capture.suggest import Drafted, draft, mediators
from ledger.capture.thread import Report

MOST_PARTIES = 12
MOST_NAMES = 12
_ACTING = cased(  # a name and the verb after it: "Lormark, which hosts the talks, has rejected"
    rf"(?<![\w’'-])((?:{CAPITAL}[\w’'-]*\s+){{0,3}}{CAPITAL}[\w’'-]+)(?:,[^,;.]{{2,80}},)?\s+"
    r"(?:(?:has|have|had|also|later|then|again)\s+)*([a-z]+)\b"
)
_OWNING = cased(
    rf"(?<![\w’'-])((?:{CAPITAL}[\w-]*\s+){{0,3}}{CAPITAL}[\w-]+)(?:’s|'s)\s+[a-z]"
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
_WITH_ARTICLE = cased(
    r"(?:United|European Union|Netherlands|Philippines|Maldives|Bahamas|Gambia|Seychelles|Marshall|"
    r"Solomon|Comoros|Czech Republic|Dominican Republic|Central African|"
    r"Democratic Republic|African Union|Taliban|World|International)\b"
)


_OF_A_BODY = cased(
    r"\b(?:Unions?|Company|Association|Federation|Confederation|Alliance|Movement|Front|Club|Airlines?|Airways|Authority|"
    r"Corporation|Corp|Inc|Ltd|Group|University|Bondholders|Creditors|Employers|Teamsters|Guild|Brotherhood)\b"
)
_A_TEXT = cased(
    r"(?:Agreement|Treaty|Convention|Protocol|Accords?|Plan|Act|Charter|Declaration|Programme|Program|Project)s?$"
)
_SIDE = (  # of talks: a name, or a group of people with or without one
    rf"(?:(?:{CAPITAL}[\w’'-]*\s+){{1,5}}(?:rebels|teachers|nurses|pilots|doctors|workers|employers|unions?|management)\b|"
    rf"(?:{CAPITAL}[\w’'-]*\s+){{1,6}}?{CAPITAL}[\w’'-]*\b(?!\s+{CAPITAL})|"
    r"(?:provincial|federal|regional|transitional|interim|state|central) government\b)"
)
_BETWEEN = cased(
    rf"\b(?:[Tt]alks|[Nn]egotiations?|[Rr]ound|[Mm]eeting|[Dd]ispute|[Dd]ialogue)\b[^.;]{{0,30}}?\bbetween\s+(?:the\s+)?"
    rf"({_SIDE}|government|[a-z-]+)\s+and\s+(?:the\s+|its\s+)?({_SIDE}|government|[a-z-]+)"
)
_OFTEN_IN_FULL = 2
_READ = 100_000  # characters in which organisations are looked for
_MOST_CANDIDATES = 60  # names of possible organisations
_WITH_INITIALS = cased(  # the International Association of Machinists (IAM)
    r"((?:[A-Z][\w’'-]+\s+(?:(?:of|for|and|the)\s+){0,2}){2,8})\(([A-Z]{2,8})\)"
)


class ProposedNegotiation(NamedTuple):
    """A negotiation to open: its slug and title, and the names by slug of its parties and of those that mediate."""

    slug: str
    title: str
    parties: dict[str, tuple[str, ...]]
    mediators: frozenset[str] = frozenset()

    @property
    def sides(self) -> tuple[str, ...]:
        """The parties that negotiate."""
        return tuple(one for one in self.parties if one not in self.mediators)


def propose(report: Report, slug: str = "") -> tuple[ProposedNegotiation, Drafted]:
    """The negotiation that a report is about, with the suggestions for it; without parties where none is found."""
    mentioned = {slugify(names[0]): names for names in named_in(report.text)}
    mentioned |= {
        slugify(next(filter(str.isupper, names), names[0])): names for names in _organisations(report, mentioned)
    }
    found = draft(report, Gazetteer(mentioned, {}, {}))
    acting: Counter[str] = Counter()
    for one in found.suggestions:
        present = [*one.fields.get("parties", ())]
        for name in ("by", "to", "owners"):
            present += parties_of(voice for voice in one.fields.get(name, ()) if isinstance(voice, str))
        acting.update(party for party in set(present) if party in mentioned)
    chosen = [party for party, _ in acting.most_common(MOST_PARTIES)]
    parties = {party: mentioned[party] for party in mentioned if party in chosen}
    gazetteer = Gazetteer(parties, {}, {})
    opening = ProposedNegotiation("", "", parties, mediators(report, gazetteer))
    title = " – ".join(parties[one][0] for one in opening.sides[:4])
    opening = opening._replace(
        slug=slug or "-".join(opening.sides[:3]) or "talks", title=title or report.title or "Talks"
    )
    return opening, draft(report, gazetteer)


def _organisations(report: Report, countries: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """The names of the unions, companies and movements that act in a report, each with its shorter forms.

    A name of one or two words that has no word such as "Union" belongs to an organisation if the report repeats it in
    full; of a person it repeats the surname alone.
    """
    known = {word for name in party_names(countries)[0] for word in name.split()}  # also "Moscow", for Russia
    acting: Counter[str] = Counter()
    text = report.text[:_READ]
    verbs = lexicon(report.language).base_of
    for pattern, match in ((one, match) for one in (_ACTING, _OWNING) for match in one.finditer(text)):
        words = re.sub(r"^The |(?:’s|'s)$", "", " ".join(match[1].split())).split()
        verb = pattern is _OWNING or (verbs.get(match[2], "be") != "be" and not match[2].endswith("ing"))
        if words and verb and not {*words} & (_NO_NAME | known):
            acting[" ".join(words)] += 1
    found = [
        name
        for name, _ in acting.most_common(_MOST_CANDIDATES)
        if _OF_A_BODY.search(name) or (text.count(name) >= _OFTEN_IN_FULL and _is_body(name, text))
    ]
    for match in _BETWEEN.finditer(text):
        sides = (" ".join(side.split()) for side in match.groups() if re.fullmatch(_SIDE, side))
        found += [
            one for one in sides if one not in found and not {*one.split()} & (_NO_NAME | known) and _is_body(one, text)
        ]
    bodies: list[tuple[str, ...]] = []
    for name in sorted(found, key=len, reverse=True):
        low = name.lower()
        longer = next((at for at, names in enumerate(bodies) if names[0].lower().startswith(f"{low} ")), None)
        if " " not in name and any(names[0].endswith(f" {name}") for names in bodies):
            continue  # "Union says …", of the only union
        if longer is None:
            bodies.append((name,))
        else:
            bodies[longer] = (*bodies[longer], name)
    for match in _WITH_INITIALS.finditer(text):
        name = re.sub(r"^The ", "", " ".join(match[1].split()))
        of_record = {*name.split()} & (_NO_NAME | known) or any(name in names for names in bodies)
        if not of_record and not _A_TEXT.search(name):
            bodies.append((name, match[2]))
    companies = [
        at
        for at, names in enumerate(bodies)
        if not re.search(r"\b(?:Unions?|Movement|Front|Workers|Teamsters|Pilots|Guild|Brotherhood)\b", names[0])
    ]
    if len(companies) == 1 and re.search(r"\b[Tt]he company\b", text):
        bodies[companies[0]] = (*bodies[companies[0]], "the company")
    return bodies


def _is_body(name: str, text: str) -> bool:
    """Whether a name is not that of a person: no post or title is next to it, and no given name or particle before."""
    escaped = re.escape(name)
    if re.search(rf"\b(?i:{PARTICLE}) {escaped}\b", text):
        return False  # "Humberto de la Calle", "Van der Meer"
    with_title = (
        rf"\b(?:Mr|Mrs|Ms|Dr)\.? {escaped}\b|(?i:\b(?:{POSTS})) {escaped}\b|"
        rf"{escaped}, [^,.;]{{0,60}}?\b(?:{POSTS})\b"
    )
    given = re.search(rf"\b([A-Z][a-z’'-]+) {escaped}\b", text)
    return not re.search(with_title, text) and (given is None or given[1] in _NO_NAME)


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
