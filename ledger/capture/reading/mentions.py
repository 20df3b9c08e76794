"""Finds mentions in a sentence, each with its place: parties, people, both sides, pronouns, posts, unnamed officials.

`voices` then resolves the mentions that do not name anybody, such as "he" and "the minister".
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal, NamedTuple

from ledger.base.names import slugify
from ledger.base.patterns import CAPITAL, cased, compiled
from ledger.capture.reading.countries import family_names_first, party_names
from ledger.capture.reading.gazetteer import HEADS, Gazetteer, KnownPerson, bare, key_of, pattern_of, short_names
from ledger.capture.reading.introductions import (
    LOWER_TITLE,
    POST_NOUN,
    POSTS,
    named,
    successions,
    surnames,
    title_before,
)

# Nouns that follow a party's name or adjective and mean the party: "the Iraqi side", "U.S. officials".
_ACTORS = (
    r"[Ss]ides?|[Dd]elegations?|[Gg]overnments?|administration|team|teams|officials|authorities|"
    r"[Mm]inistry|negotiators|leaders|leadership|embassy|mission|representatives|negotiating team|cabinet|parliament|"
    r"counterparts?|regime|delegates|staff|envoys|ministers|experts|spokesmen|[Pp]residency|press service|"
    r"diplomats|lawmakers|countries|nations|states|member states|members|"
    r"military|army|forces|bargaining team|negotiating committee|bargaining committee|"
    r"[Cc]ommissions?|[Cc]ommittees?|commissioners|working groups?|technical teams?|mediators|"
    r"[Ff]oreign [Mm]inistry|Ministry of [A-Z][\w]+(?: (?:and|of|for|the|[A-Z]\w+))*|"
    r"(?:Department|Office|Secretariat|Directorate|Agency|Bureau|Council|Chamber) (?:of|for) [A-Z]\w+"
    r"(?: (?:and|of|for|the|[A-Z]\w+))*|"
    r"State Department|White House|Commerce Ministry|Trade Ministry"
)
_BEFORE_ACTORS = rf"interagency|negotiating|technical|government|(?:{LOWER_TITLE})(?: and (?:{LOWER_TITLE}))?"
_NAMELESS = r"(?!\s+[A-Z]|,\s+[A-Z])"
_HEAD_WORD = rf"(?:{LOWER_TITLE}|[A-Z][a-z]+|of|for|and)"
_ACTOR = cased(
    rf"(?:’s|'s)?\s+(?:(?:{_BEFORE_ACTORS})\s+)?(?:{_ACTORS})\b|"
    rf"(?:’s|'s)\s+(?:[a-z]+\s+){{0,3}}(?:{POSTS}){_NAMELESS}\b|"  # "Norway's delegate", without a name
    rf"\s+(?:head of (?:the )?delegation|(?:{_HEAD_WORD}\s+){{0,4}}?"
    rf"(?:{POSTS}|Secretary|Minister|President|Commissioner)"
    rf"(?:\s+(?:of|for)\s+[A-Z]\w+(?:\s+(?:and\s+)?[A-Z]\w+){{0,3}})?)(?![’'\w]){_NAMELESS}\b"
)
_BOTH = compiled(
    r"\b(?:(?:the two|the|both the|both|all)\s+(?:(?:warring|conflicting|negotiating|opposing|rival|contracting)\s+)?"
    r"(?:two )?(?:sides|parties|countries|nations|delegations|teams|governments|ministers|"
    r"men|women|leaders|presidents|officials|negotiators|envoys|delegation heads|foreign ministers|trade ministers|"
    r"diplomats|trade chiefs|partners|states|principals|capitals|authorities|administrations|neighbou?rs|"
    r"agencies|ministries|commissioners|commanders|commissions|institutions|regulators|heads of delegation|"
    r"heads of state(?: and government)?)|heads of (?:the )?delegations?|heads of state(?: and government)?|"
    r"(?:the )?(?:chief|senior) negotiators(?! (?:of|from|for)\b)|"
    r"the (?:coastal|member|riparian|littoral|participating|negotiating) (?:states|countries|nations|parties)|"
    r"the (?-i:(?!other|some|most|several|former)[a-z]+ )(?:ministers|negotiators|delegations)(?! of (?-i:[A-Z]))|"
    r"(?-i:Ministers|Leaders|Delegations|Negotiators|Parties)(?=\s+(?:also\s+)?(?:[a-z]+(?:ed|d)|have|had|made|took)\b)|"
    r"(?-i:(?<=[a-z], )(?:negotiators|ministers|delegations))(?=\s+(?:also\s+)?(?:made|have|had|agreed|took)\b)|"
    r"(?-i:both)(?=\s+(?:undertook|agreed|pledged|promised|committed|signed|accepted|rejected|vowed|decided)\b)|"
    r"(?:the )?(?:(?:meeting )?participants|interlocutors|conversation partners)|the (?:pair|duo)(?=\s)|"
    r"the two(?=\s+(?:(?:also|had|have|did)\s+)?(?:agreed?|committed|pledged|discussed|met|held|exchanged|will|"
    r"would|reaffirmed|decided|said|are|were|signed|promised|vowed|undertook|settled|reached)\b)|"
    r"(?:both|each|neither|all) of (?:them|the (?:two|three|four|five))|"
    r"(?:all|the) (?:three|four|five)(?: (?:sides|parties|countries|nations|"
    r"delegations|governments|ministers))|(?:each|neither) (?:side|country|party)|"
    r"(?:negotiators|representatives|officials|experts|engineers|technicians|lawyers|specialists|scientists|teams|"
    r"delegates) (?:from|of) (?:the two|both) (?:countries|sides|parties|governments|ministries|capitals|"
    r"delegations|utilities|companies|agencies)|"
    r"(?-i:The (?:Joint )?(?:Commission|Committee|Council|Conference|Working Group|Task Force))"
    r"(?=\s+(?:also |further )?(?:instructed|decided|agreed|noted|requested|welcomed|recommended|adopted|tasked|"
    r"approved|took note|resolved)\b)|"
    r"(?-i:Both)(?=\s+(?:have|had|also|agreed?|confirm(?:ed)?|want(?:ed)?|said|say)\b))\b"
)
_SAYS = r"(?:said|says|reads?|added|noted|stated|declared|stressed|called|announced|confirmed|continued)"
_JOINT_TEXT = cased(
    r"\b(?:an?|the|their) joint (?:statement|communiqu[eé]|declaration|press release|readout)"
    rf"(?=\s+(?:also\s+)?{_SAYS}\b|\s+(?:issued|released|published|adopted)\b|[.]?$)"
)
_PRONOUN = compiled(r"\b(?:he|she|they|it|we|I)\b")
_POST = compiled(
    r"\b(?:the\s+|(?<=\band )(?-i:(?=[A-Z])))(?:(?!two|new|foreign ministers)[A-Za-z]+\s+){0,3}?"
    rf"(?:{POSTS})\b(?!\s+(?:of|for|{POSTS}|(?:state )?(?:news|media|press|agency|text))\b|(?-i:\s+[A-Z]))"
)
# The party of somebody who was mentioned before, by an office or a team: "its delegation", "his government".
_OWN = cased(
    r"\b(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)\s+(?:own\s+)?(?:[a-z]+\s+)?(?:delegation|government|team|side|ministry|country|"
    r"administration|negotiators|officials|office|embassy|representatives|negotiating team)\b|"
    r"\b[Tt]he (?:(?:foreign|trade|finance|defen[cs]e|energy|economy|fisheries) )?[Mm]inistry(?! (?:of|for)\b)\b|"
    r"\b[Tt]he (?:country|nation|island|kingdom|republic|bloc|company|government)(?:’s|'s) (?:[\w-]+ ){0,3}?"
    r"(?:ministry|government|office|delegation|negotiators|officials|central bank|cabinet|spokes\w+)\b|"
    r"\b[Tt]he (?:[A-Z]?[\w-]+ ){1,4}?(?:nation|country|kingdom|republic)"
    r"(?=,?\s+(?:on \w+day )?(?:also |has |had |will )?(?:[a-z]+ed|said|says|[a-z]+s)\b)|"
    rf"\b[Tt]he (?:statement|communiqu[eé]|readout|press release)(?=\s+(?:also |further )?{_SAYS}\b)"
)
_MATTER = r"(?:[\w’'-]+ ){0,4}?[\w’'-]+(?=\s+(?:said|says?|told|added|warned|confirmed|predicted|hinted)\b)"
_UNNAMED = cased(
    r"\b(?:[Aa]n?|[Oo]ne)\s+(?:[\w.-]+\s+){0,3}?"
    r"(?:official|source|diplomat|spokesman|spokesperson|spokeswoman|negotiator|insider|aide|delegate|"
    r"adviser|advisor|lawmaker|envoy|mediator|minister|participant|observer|leader|commander|representative|"
    r"executive|politician|figure|person (?:familiar|close|with knowledge))\b"
    rf"(?:\s+(?:with|to|of|(?:briefed|informed|involved|familiar|close) (?:on|about|of|in|with|to)) {_MATTER})?"
    r"(?:\s+(?:for|from|of) (?:the |an? )?(?:[\w’'.&-]+ ){0,5}?[\w’'.&-]+"
    r"(?=\s+(?:said|says|told|added|warned|called|described|noted|asked|wondered|confirmed|insisted|predicted|hinted)\b))?|"
    r"\b(?:(?:[Ss]ome|[Tt]wo|[Tt]hree|[Ss]everal) )?(?:[Pp]eople|[Ss]omeone|[Ss]omebody|[Pp]ersons?|[Tt]hose)\s+"
    rf"(?:familiar|close|briefed|involved|with (?:direct )?knowledge)\s+(?:with|to|on|in|of)\s{_MATTER}|"
    rf"\b[Aa] (?:final |closing )?communiqu[eé](?: read out by [^,.;:“”\"]{{2,60}}?)?(?=\s+(?:also\s+)?{_SAYS}\b)|"
    r"\b[Oo]ne of the (?:\w+ ){0,2}(?:officials|sources|diplomats|negotiators|delegates|aides|people)\b|"
    r"\b[Tt]he (?:\w+ )?(?:mediators|intermediaries|facilitators|brokers|conciliators|go-betweens)\b|"
    r"\b(?:(?:[Tt]he|[Ss]ome|[Tt]wo|[Tt]hree|[Ss]everal) )?(?:[Ss]ources?|[Oo]fficials|[Dd]iplomats|[Pp]eople)"
    r"(?=\s+(?:said|say|told|added|familiar|close|briefed|involved|as saying)|\.?$)"
)

_PARTICLE = cased(r"(?:al|el|as|ar|at|ash|bin|ibn|abu|de|van|von)-[A-Z]")
# Surnames that are not looked for alone, since they are words that begin sentences or name days.
_COMMON_WORDS = frozenset(
    "An As At By Do Go He If In It Me My No Of On Or So To Up We May Will Mark Long Song Young Day March August April "  # noqa: SIM905
    "June But And For The Both Our Her His All Jr Jr. Sr Sr. II III MP PhD Don Art Guy Rich Frank Grace Hope Faith Joy "
    "Dean Major Prince Earl Duke King Christian Victoria Sydney Florence Paris London Austin Santiago Israel".split()
)


class Mention(NamedTuple):
    """A mention of somebody at text[start:end].

    `voices` (such as `us` or `us/jamieson-greer`) are those that the words name; `post` is the title before the name.
    """

    start: int
    end: int
    kind: Literal["party", "person", "both", "pronoun", "own", "post", "unnamed", "stranger"]
    words: str
    voices: tuple[str, ...] = ()
    post: str = ""


class Introduced(NamedTuple):
    """A person who is new to the record, and whom the text names with a party and a post."""

    slug: str
    name: str
    party: str
    post: str
    quote: str


class Finder:
    """Finds mentions by the names in a gazetteer, and people whom a text introduces with their titles."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.people = dict(gazetteer.people)
        named, seats = party_names(gazetteer.parties)
        self._party_of = {key_of(name): slug for name, slug in named.items()}
        for name, slug in [*self._party_of.items()]:  # as summaries of conferences print them: "SAUDI ARABIA opposed"
            if len(name) > _SHORTEST_IN_CAPITALS:
                self._party_of.setdefault(name.upper(), slug)
        self._seats = {key_of(name) for name in seats}
        for name, slug in [*self._party_of.items()]:  # "shippers" at the beginning of a sentence
            self._party_of.setdefault(f"{name[:1].upper()}{name[1:]}", slug)
        countries = {slug for name, slug in named.items() if name not in gazetteer.parties[slug]}
        for name, slug in short_names(gazetteer.parties, countries).items():
            self._party_of.setdefault(name, slug)

    @cached_property
    def _party(self) -> re.Pattern[str]:
        """A pattern that matches the names of the parties, the longest first."""
        return pattern_of(self._party_of)

    @cached_property
    def _person(self) -> re.Pattern[str]:
        return pattern_of(self._person_of)

    @cached_property
    def _person_of(self) -> dict[str, str]:
        """The person of each name; last words and forms without diacritics are included if they are unambiguous."""
        found: dict[str, str] = {}
        for slug, person in self.people.items():
            for name in person.names:
                found.setdefault(key_of(name), slug)
        short: dict[str, set[str]] = {}
        for name, slug in found.items():
            alone = (name.split()[0], *surnames(name))  # a given name, too: Ethiopians go by it
            for form in {bare(name), *alone, *map(bare, alone)}:
                named = form[:1].isupper() or _PARTICLE.match(form) or " " in form
                clear = named and len(form) > 1 and form not in _COMMON_WORDS
                if clear and form not in found and form not in self._party_of:
                    short.setdefault(form, set()).add(slug)
        found |= {form: slugs.pop() for form, slugs in short.items() if len(slugs) == 1}
        for form in [*found]:  # "Al-Salama" at the beginning of a sentence
            found.setdefault(f"{form[0].upper()}{form[1:]}", found[form])
        return found

    def introduce(self, text: str, house: str = "") -> list[Introduced]:
        """Find the new people whom the text names with a post, with a party or as those of `house`, who publishes."""
        if not self._party_of:
            return []
        heads = {name[4:]: slug for name, slug in self._party_of.items() if name[4:] in HEADS}  # "union president …"
        names = {**heads, **self._party_of}
        party_names_in = pattern_of(names) if heads else self._party
        places = {match.start(): match for match in party_names_in.finditer(text)}
        found = []
        for one in named(text, [match.span() for match in places.values()], bool(house)):
            slug = slugify(one.name)
            if slug and not self._known(one.name):
                party = names[key_of(places[one.party].group())] if one.party >= 0 else house
                self.people[slug] = KnownPerson((one.name, *surnames(one.name)), party, one.post)
                words = " ".join(text[one.start : one.end].split())
                found.append(Introduced(slug, one.name, party, one.post, words))
        found += self._successors(text)
        for cached in ("_person", "_person_of"):
            self.__dict__.pop(cached, None)
        return found

    def _successors(self, text: str) -> list[Introduced]:
        """New people who follow known ones in their posts: "Kari Holm has been replaced by Ola Nilsen"."""
        found = []
        for old, new, words in successions(text):
            known = next(
                (self._person_of[key_of(old[at:])] for at in _words(old) if key_of(old[at:]) in self._person_of), ""
            )
            if known and not self._known(new) and key_of(new) not in self._party_of:
                slug, party = slugify(new), self.people[known].party
                self.people[slug] = KnownPerson((new, *surnames(new)), party)
                found.append(Introduced(slug, new, party, "", words))
        return found

    def _known(self, name: str) -> bool:
        words = set(key_of(name).split())
        of_record = (set(key_of(one).split()) for person in self.people.values() for one in person.names)
        return any(one <= words or words <= one for one in of_record)

    def find(self, text: str) -> list[Mention]:
        """The mentions in a sentence, in their order; none overlap."""
        people = list(self._people(text))
        unnamed = (m for m in _UNNAMED.finditer(text) if key_of(m.group()) not in self._party_of)
        found = [*people, *(Mention(*m.span(), "unnamed", m.group()) for m in unnamed)]
        found += [
            one for one in self._parties(text) if not any(p.start < one.end and one.start < p.end for p in people)
        ]
        found += [Mention(*m.span(), "both", m.group()) for one in (_BOTH, _JOINT_TEXT) for m in one.finditer(text)]
        found += [
            Mention(*m.span(), "post", m.group(), post=re.sub("^the ", "", m.group(), flags=re.I))
            for m in _POST.finditer(text)
            if not any(one.start < m.end() and m.start() < one.end for one in people)
        ]
        found += [Mention(*m.span(), "pronoun", m.group()) for m in _PRONOUN.finditer(text)]
        found += [Mention(*m.span(), "own", m.group()) for m in _OWN.finditer(text)]
        found = _without_apposed(text, found)
        taken: list[Mention] = []
        for one in sorted(found, key=lambda one: (one.start, -one.end)):
            if not taken or one.start >= taken[-1].end:
                taken.append(one)
        return taken

    def parties_named(self, words: str) -> tuple[str, ...]:
        """The parties that a heading names, in its order; seats of governments are places there."""
        flags = re.IGNORECASE if words.isupper() else 0
        places = {
            party: match.start()
            for name, party in reversed(self._party_of.items())
            if name not in self._seats and (match := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words, flags))
        }
        return tuple(sorted(places, key=places.__getitem__))

    def most_named(self, text: str) -> list[tuple[str, int]]:
        """The parties that a text names, by themselves or by their people, with how often; most often first."""
        if not self._party_of:
            return []
        named = Counter(self._party_of[key_of(match.group())] for match in self._party.finditer(text))
        if self.people:
            people = (self._person_of[key_of(match.group())] for match in self._person.finditer(text))
            named.update(party for slug in people if (party := self.people[slug].party))
        return named.most_common()

    def _people(self, text: str) -> Iterator[Mention]:
        if not self.people:
            return
        last = 0
        for match in self._person.finditer(text):
            slug = self._person_of[key_of(match.group())]
            if self._is_of_another(text, slug, match):
                continue
            title = title_before(text[last : match.start()])
            last = match.end()
            party = self.people[slug].party or self._party_near(title, text[match.end() :])
            start = match.start() - len(title)
            yield Mention(start, match.end(), "person", match.group(), (f"{party}/{slug}",), title.strip())

    def _is_of_another(self, text: str, slug: str, match: re.Match[str]) -> bool:
        """Whether a given name alone belongs to somebody else, whose surname follows: "Kari Dahl", not Kari Holm."""
        name = bare(key_of(match.group()))
        given = {bare(key_of(one)).split()[0] for one in self.people[slug].names if " " in one.strip()}
        last = {bare(key_of(one)).split()[-1] for one in self.people[slug].names}
        first = name in given - last and name not in family_names_first()
        return first and bool(re.match(rf"\s+(?:[A-Z]\.\s+)?{CAPITAL}[\w’'-]", text[match.end() :]))

    def _party_near(self, title: str, after: str) -> str:
        """The party in a person's title, or after the name, as in "of Nigeria"."""
        if not self._party_of:
            return ""
        near = self._party.search(title)
        if near is None and after.startswith(" of "):
            near = self._party.match(after.removeprefix(" of ").removeprefix("the "))
        return self._party_of[key_of(near.group())] if near else ""

    def _parties(self, text: str) -> Iterator[Mention]:
        if not self._party_of:
            return
        for match in self._party.finditer(text):
            if key_of(match.group()) in self._seats and _is_a_place(text, *match.span()):
                continue
            if _OF_A_SEA.match(text, match.end()):
                continue
            actor = _ACTOR.match(text, match.end())
            end = actor.end() if actor else match.end()
            near = text[max(0, match.start() - _LONGEST_LEAD) : match.start()]
            lead = _LEAD.search(near)
            start = match.start() - (len(near) - lead.start() if lead else 0)
            post = actor.group().strip() if actor and POST_NOUN.search(actor.group()) else ""
            yield Mention(start, end, "party", text[start:end], (self._party_of[key_of(match.group())],), post)


_POST_OF = cased(
    rf",\s+(?:(?:the|its|a|an)\s+)?(?:[\w-]+\s+){{0,4}}?(?:{POSTS}|head)\s+(?:[\w-]+\s+){{0,3}}?(?:of|for|from|to|at|in)\s+(?:the\s+)?"
)
_APPOSED = 80  # characters that may stand between a party and the name of its minister
_OF_A_SEA = cased(r"\s+(?:Sea|Ocean|Gulf|Strait|Channel|Peninsula)\b")
_PLACED = compiled(r"\b(?:in|at|to|from|near|outside|via|around|visited|visiting|leave|left|reach|reached)\s+$")
_SHORTEST_IN_CAPITALS = 3  # letters; a shorter name in capitals may be an abbreviation of something else
_LONGEST_LEAD = 40  # characters
_LEAD = cased(
    r"(?:\b[Tt]he\s+)?(?:(?:[Mm]embers|[Ww]orkers|[Ee]mployees|[Hh]eads|[Cc]ommissioners|[Gg]overnments?|[Dd]elegations?|[Rr]epresentatives?|[Mm]inistry|[Nn]egotiators|[Ss]ide|"
    r"[Oo]fficials|[Dd]iplomats|[Mm]inisters|[Ee]nvoys|[Ll]eaders|[Ee]xperts) (?:of|from) (?:the )?|[Rr]epublic of )?$"
)


def _is_a_place(text: str, start: int, end: int) -> bool:
    """Whether the seat of a government is mentioned as a place: "held in Washington, D.C."."""
    return bool(
        _PLACED.search(text[max(0, start - 20) : start])
        or re.match(r",?\s+(?:D\.?C\b|[A-Z][a-z]+\b(?!’s|'s))", text[end:])
    )


def _without_apposed(text: str, found: list[Mention]) -> list[Mention]:
    """The mentions without those in a person's apposition: "Norway's ambassador, Kari Holm" is one person."""
    people = [one for one in found if one.kind == "person"]
    others = []
    for one in (other for other in found if other.kind != "person"):
        following = next((who for who in people if who.start > one.end), None)  # "(ROK) Minister Cho, Minister Mori"
        titled = following if one.kind == "party" and following and _is_title_of(text, one, following) else None
        if titled is not None:
            people[people.index(titled)] = titled._replace(start=one.start)
        elif one.kind not in ("party", "post") or not any(_describes(text, one, who) for who in people):
            others.append(one)
    return [*people, *others]


def _is_title_of(text: str, one: Mention, who: Mention) -> bool:
    """Whether a party begins the title before a name: "Norway's ambassador, Kari Holm"."""
    between = text[one.end : who.start]
    return (
        one.end < who.start < one.end + _APPOSED
        and between.endswith(", ")
        and not re.search(r"[,;.:]|\b(?:and|that)\b", between[:-2])
        and bool(POST_NOUN.search(text, one.start, who.start))
    )


def _describes(text: str, one: Mention, who: Mention) -> bool:
    """Whether a mention is in the apposition after a name: "Kari Holm, the Norwegian envoy"."""
    between = text[who.end : one.start]
    after = re.fullmatch(r",\s+(?:the\s+|its\s+)?", between)
    of_party = one.kind == "party" and _POST_OF.fullmatch(between)  # "Kari Holm, head of the Norwegian delegation"
    return bool(of_party or (after and POST_NOUN.search(text[one.start : one.end + 40].partition(",")[0])))


def _words(name: str) -> Iterator[int]:
    """Where the words of a name begin."""
    return (match.start() for match in re.finditer(r"\S+", name))


def listed(text: str, mentions: Iterable[Mention], first: Mention) -> list[Mention]:
    """The mentions of a list "A, B and C" that begins with `first`."""
    found = [first]
    for one in mentions:
        between = text[found[-1].end : one.start]
        if one.start > found[-1].end and re.fullmatch(r"\s*(?:,|and|, and)\s+(?:the )?", between):
            found.append(one)
    return found
