"""People whom a text introduces: by a post and a party around their name, or at the head of a party's delegation."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ledger.base.patterns import CAPITAL, cased, compiled
from ledger.capture.reading.countries import named_in

# The nouns of posts; the words before them in a title are ignored when the post is mentioned again.
POSTS = (
    "minister|secretary|ambassador|president|commissioner|diplomat|envoy|colleague|representative|spokesperson|spokesman|"
    "spokeswoman|premier|chancellor|director|adviser|advisor|negotiator|chairperson|chairman|chairwoman|chair|governor|"
    "councilor|councillor|prime minister|king|senator|official|counterpart|leader|general|commander|sheikh|emir|"
    "undersecretary|chief|mediator|facilitator|co-chair|delegate|director-general|secretary-general|coordinator|"
    "vice-president|vice president|sherpa|high representative|plenipotentiary|rapporteur|speaker|czar|taoiseach|"
    "focal point|crown prince|state secretary|deputy minister|managing director|lead negotiator"
)
POST_NOUN = compiled(rf"\b({POSTS})\b")
# Nouns that are posts only next to a name: "the company's head of personnel, Jana Mala".
_INTRODUCING = compiled(rf"\b({POSTS}|head|manager|boss|CEO|convenor|treasurer|organi[sz]er)\b")
# Small words within a name: "Humberto de la Calle", "Anna van der Meer", "Omar bin Said", "Hadi al-Amiri".
PARTICLE = (
    r"(?:bin|bint|ibn|ben|al|el|de|del|della|den|der|des|di|do|dos|das|da|du|la|las|los|le|van|von|zu|zur|ter|ten|af|y)"
)
_PART = rf"(?:(?:{PARTICLE}\s+){{1,3}}|(?:al|el|as|ar|at|ash|an|bin|de|van|von)-)?{CAPITAL}[\w’'-]+"
NAME = rf"{CAPITAL}[\w’'-]+(?:\s+(?:[A-Z]\.|{_PART})){{1,4}}"
LOWER_TITLE = (
    "trade|industry|foreign|energy|finance|economic|prime|deputy|vice|development|defence|defense|interior|security|"
    "general|agriculture|environment|fisheries|climate|labour|labor|chief|"
    "health|transport|justice|home|commerce|planning|petroleum|mining|investment|external relations|external|assistant|"
    "acting|permanent|special|senior|lead|top|union|military|water|infrastructure|irrigation|culture|education|tourism|"
    "farm|oil"
)
# Stand for each letter of a party's name, of a post, and of a word before it: one pattern serves all of them, and
# compiles fast.
_MARK = "\ue000"
_POST_MARK = "\ue001"
_TITLE_MARK = "\ue002"
_IN_TITLE = cased(rf"\b(?:ministry|{LOWER_TITLE})\b")
_NOUN = rf"{_POST_MARK}++(?:\s+{_POST_MARK}++)?"
_WORD = rf"(?:[A-Z][\w’'-]*|{_TITLE_MARK}++|of|for|and|the|to|on|in)"
_POST = (
    rf"(?P<post>(?:{_WORD}\s+){{0,8}}?{_NOUN}"
    rf"(?:\s+(?:of|for)\s+(?:{_WORD}(?:,?\s+{_WORD}){{0,12}}?|[a-z{_TITLE_MARK}]+(?:\s+(?:and\s+)?[a-z{_TITLE_MARK}]+)?"
    r"(?=,\s)))?(?<!\band)(?<!\bof)(?<!\bfor)(?<!\bthe)(?<!\bto))"
)
_PARTY = rf"(?P<party>{_MARK}++)"
_OWN = rf"{_PARTY}(?:’s|'s|’|')?\s+"
_PERSON = rf"(?P<name>{NAME})"
_TITLE = r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sen|Gen|Lt|H\.E|Hon)\.?\s+)*"
_RANK = rf"(?:{_POST_MARK}++\s+)?"  # after a post: "its chief negotiator, Ambassador Kari Holm"
_GROUP = (
    rf"(?:(?:{_TITLE_MARK}++|negotiating|technical|government|interagency|high-level)\s+)*"
    r"(?:delegation|side|team|mission|negotiators?)"
)
_WHOLE = r"(?!\s+[A-Z])"  # after the name of a party, so that "the Greek Energy Forum" is not taken for Greece
_LED = r"(?:led|headed|represented|chaired|fronted)"
_PATTERNS = (
    rf"{_OWN}{_POST},?\s+{_RANK}{_TITLE}{_PERSON}",  # Norway's fisheries minister, Kari Holm
    rf"{_OWN}{_POST}\s+to\s+(?:the\s+)?{_MARK}++,?\s+{_TITLE}{_PERSON}",  # Norway's ambassador to Brazil, Kari Holm
    rf"{_POST}\s+(?:of|for|from)\s+(?:the\s+)?{_PARTY},?\s+{_TITLE}{_PERSON}",  # the President of Brazil, Ana Reis
    # the spokesman of the Norwegian delegation to the talks, Kari Holm
    rf"{_POST}\s+(?:of|for|from)\s+(?:the\s+)?{_PARTY}\s+{_GROUP}"
    rf"(?:\s+(?:for|to|at|in|on)(?:\s+[\w{_TITLE_MARK}-]+){{1,4}}?)?,?\s+{_TITLE}{_PERSON}",
    # Kari Holm, the Norwegian minister
    rf"{_PERSON},\s+(?:the\s+|its\s+|a\s+)?(?:[\w{_TITLE_MARK}]+\s+)?{_OWN}(?:[a-z-]+\s+){{0,3}}?{_POST}"
    rf"(?=[,.;:]|\s(?!(?:and|&|of|for)\s+(?:[A-Z]|{_TITLE_MARK})))",
    # Kari Holm, the minister of Norway
    rf"{_PERSON},\s+(?:the\s+)?{_POST}\s+(?:of|for|from)\s+(?:the\s+)?{_PARTY}{_WHOLE}",
    # Minister Kari Holm of Norway, Minister Kari Holm (Norway)
    rf"(?<!\w){_POST}\s+{_TITLE}{_PERSON}\s+(?:(?:of|from)\s+(?:the\s+)?{_PARTY}{_WHOLE}|\((?P<in_brackets>{_MARK}++)\))",
    # Minister Kari Holm, for Norway
    rf"(?<!\w)(?P<post>{_NOUN})\s+{_TITLE}{_PERSON},\s+[^,.;]{{0,60}}?{_PARTY}{_WHOLE}",
    # the Norwegian delegation, headed by the Minister of Fisheries, Kari Holm
    rf"{_OWN}{_GROUP}[^.;]{{0,40}}?\b{_LED}\s+by\s+(?:the\s+|its\s+|their\s+)?(?:{_POST},?\s+{_RANK})?{_TITLE}{_PERSON}",
    # the delegation was led by Ana Reis, and Norway's by Minister Kari Holm
    rf"{_PARTY}(?:’s|'s)\s+by\s+(?:the\s+|its\s+|their\s+)?(?:{_POST},?\s+{_RANK})?{_TITLE}{_PERSON}",
    # Kari Holm, who heads the Norwegian delegation
    rf"(?:{_POST}\s+)?{_TITLE}{_PERSON},?\s+(?:who\s+)?(?:has\s+)?(?:leads|led|heads|headed|heading|leading)\s+"
    rf"(?:the\s+|a\s+|its\s+)?{_OWN}{_GROUP}",
    rf"{_PARTY}(?:’s|'s)\s+(?P<post>){_TITLE}{_PERSON}(?=,?\s+(?:said|told|added|met|and|rejected|asked|warned|urged))",
)
# Without a party, in a paper of the minister's own side: "the Honourable Kari Holm, Minister of Trade", "Minister Holm"
_OF_THE_HOUSE = (
    rf"{_PERSON},\s+(?:the\s+|our\s+)?{_POST}(?=[,.;])",
    rf"(?<![\w{_MARK}]){_POST},?\s+{_TITLE}{_PERSON}\b(?!\s+(?:of|from)\s)",
)
_OF_ANOTHER = cased(rf"(?:{CAPITAL}[\w’'-]*|{_MARK})(?:’s|'s)?\s+$")
_DAY_AFTER = r"\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$"
_NO_PERSON = (
    r"\b(?:ministry|department|council|committee|parliament|party|university|sea|ocean|bank|agency|authority|"
    r"commission|union|association|institute|congress|senate|agreement|treaty|office|court|house|army|navy|forces|"
    r"airport|street|river|gulf|coast|day|week|summit|conference|declaration|strait|embassy|times|post|news|front|"
    r"movement|federation|republic|kingdom|states|act|plan|fund|group|trade|industry|foreign|affairs|economic|finance|"
    r"forum|dialogue|energy|security|defen[cs]e|research|studies|foundation|chamber|society|company|corporation|"
    r"stability|strategic|peace|talks|government|administration|official|spokes\w+|special|high|senior|"
    r"first|national|north|south|east|west|northern|southern|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b|(?:tion|orate|ship|ency|eers)$"
)

_MINISTER = r"\bminister\b"
_SUCCEEDS = cased(r"\b(?:replac|succeed|take[ns]? over from|took over from)")
_SUCCESSION = (
    rf"(?P<replaced>{NAME})\s+(?:has been|was|is being|will be|is)\s+(?:replaced|succeeded)"
    rf"(?:\s+[a-z][\w -]{{0,40}}?)?\s+by\s+(?:(?:Mr|Ms|Mrs|Dr|Ambassador|Minister)\.?\s+)?(?P<by>{NAME})|"
    rf"(?P<after>{NAME})(?:,?\s+who)?\s+(?:(?:has|had|will)\s+)?"
    rf"(?:replace[sd]?|succeed(?:s|ed)?|takes? over from|took over from|taken over from)\s+(?P<before>{NAME})"
)


class Introduction(NamedTuple):
    """Somebody named at text[start:end], with the place of the party's name and the post, "" where none is given."""

    start: int
    end: int
    name: str
    party: int
    post: str


def named(text: str, parties: Sequence[tuple[int, int]], of_the_house: bool = False) -> Iterator[Introduction]:
    """The people whom a text introduces with a party whose name is at one of these places, in the order of the text.

    `of_the_house` adds ministers named without a party, whose `party` is -1, after the others.
    """
    letters = list(re.sub(r"\n(?=\s*\n)", ";", text))  # no name goes on in the next paragraph
    posts = (post.span() for post in _INTRODUCING.finditer(text))
    before = (word.span() for word in _IN_TITLE.finditer(text))
    for mark, places in ((_TITLE_MARK, before), (_POST_MARK, posts), (_MARK, parties)):
        for start, end in places:
            letters[start:end] = mark * (end - start)
    marked = "".join(letters)
    found = (_named(text, match) for pattern in _PATTERNS for match in cased(pattern).finditer(marked))
    for one in sorted(found, key=_order):
        if one.name and not compiled(_NO_PERSON).search(one.name):
            yield one
    own = (match for one in _OF_THE_HOUSE for match in cased(one).finditer(marked)) if of_the_house else ()
    for match in own:
        one = _named(text, match)._replace(party=-1)
        clear = compiled(_MINISTER).search(one.post) and not _OF_ANOTHER.search(marked[: match.start()])
        if one.name and clear and not named_in(one.post) and not compiled(_NO_PERSON).search(one.name):
            yield one


def surnames(name: str) -> tuple[str, ...]:
    """The words by which a person is called for short: the last one, and those with the particles of the name.

    They are "de la Calle Lombana", "de la Calle" and "Lombana" for Humberto de la Calle Lombana.
    """
    last = name.rsplit(maxsplit=1)[-1]
    found = cased(rf"\s((?:{PARTICLE}\s+){{1,3}}{CAPITAL}[\w’'-]+)(?=\s|$)").search(name)
    return tuple(dict.fromkeys((name[found.start(1) :], found[1], last))) if found else (last,)


def successions(text: str) -> Iterator[tuple[str, str, str]]:
    """The successions in a post, as (old holder, new one, words): "Kari Holm was replaced by Ola Nilsen"."""
    if not _SUCCEEDS.search(text):
        return
    for match in re.finditer(_SUCCESSION, text):
        new = " ".join((match["by"] or match["after"]).split())
        yield match["replaced"] or match["before"], new, " ".join(match.group().split())


def title_before(before: str) -> str:
    """The title directly before a name, with its white space; "" if there is none."""
    near = before[-140:]
    match = re.search(
        rf"(?:(?:\b[\w’'.-]+,?\s+){{0,12}}?)\b(?:{POSTS})\s+(?:(?:of|for|and|to)\s+(?:[\w’'.-]+,?\s+){{1,8}}?)?"
        r"(?:Mr\.|Dr\.|Ms\.)?\s*$",
        near,
        re.IGNORECASE,
    )
    if match is None:
        plain = re.search(r"\b(?:Mr|Mrs|Ms|Dr|Presidents?|Ministers?)\.?\s+$", near)
        return plain.group() if plain else ""
    # A title begins with the last run of capitalised words, so that a verb or another sentence is not part of it.
    inner = re.search(
        rf"(?:[A-Z][\w’'.-]*,?\s+|(?:of|for|and|the|to|{LOWER_TITLE}|{POSTS})\s+)+$",
        re.split(r",\s+and\s+", match.group())[-1],
    )
    words = re.sub(r"^(?:\w+day|[A-Z]\w+ \d{1,2}),?\s+", "", inner.group()) if inner else ""  # "On Friday, Minister …"
    return re.sub(r"^(?:and|of|for|to|the|The)\s+", "", words)


def _named(text: str, found: re.Match[str]) -> Introduction:
    name = re.sub(r"(?:’s|'s)$", "", " ".join(found["name"].split())).rstrip(".,")
    name = cased(r"(?:Right\s+)?Hon(?:ou?rable)?\.?\s+").sub("", name)
    if len(name.split()) > 2:
        name = cased(_DAY_AFTER).sub("", name)  # "Vice Premier Liu He Friday"
    start, end = found.span("post")
    post = re.sub(r"^[Tt]he ", "", " ".join(text[start:end].split())) if found["post"] else ""
    has = found.groupdict()
    party = found.start("party") if has.get("party") else found.start("in_brackets") if has.get("in_brackets") else -1
    finished = not re.search(r"\b(?:of|for|and|the|to)$|^(?:and|of|for)\b", post) and _MARK not in name + (
        found["post"] or ""
    )
    return Introduction(*found.span(), name if finished else "", party, post)


def _order(one: Introduction) -> tuple[int, int]:
    return one.start, -len(one.post)
