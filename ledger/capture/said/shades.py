"""Shades the acts of a statement by whom its clause tells of: the speaker's own side, the other one, or both.

"We must go on" asks nobody, while "Canada must go on" does if Norway says it. If Norway says that Canada has refused to
meet, it is a reproach; if Canada says so, a refusal.
"""

from collections.abc import Sequence
from typing import Literal

from ledger.base.patterns import compiled
from ledger.capture.reading import acts
from ledger.capture.reading.acts import Offered
from ledger.capture.reading.lexicon import Lexicon
from ledger.capture.reading.mentions import Mention, listed
from ledger.capture.reading.predicates import Predicate
from ledger.capture.reading.voices import parties_of
from ledger.capture.said import reported
from ledger.capture.suggestion import Place
from ledger.capture.thread import SentenceRead, Thread

_ADVERBS = (
    r"(?:[’'](?:s|ve|re)(?=\s+(?:been|not|never|now|always|\w+ing)\b))?"
    r"(?:\s+(?:has|have|had|is|are|was|were|did|does|do|also|already|now|still|again|always|never|not|even|yet|instead|"
    r"simply|once again|repeatedly|previously|earlier|\w+ly|\w+n[’']t|“|"
    r"(?:continue[sd]?|kept|keeps?)(?: on)?(?: to)?))*"
)
_MUST = rf"{_ADVERBS}\s+[“\"]?(?:can and |could and )?(?:must|should|shall|needs? to|ha(?:ve|s|d) to|ought to)\b"
_WILL = (
    rf"{_ADVERBS}(?:\s+(?:will|would|shall)|[’']ll)\b(?:\s+(?:also|now|soon|again|always|\w+ly))*\s+"
    r"(?:be (?:available|present|there|in|at|on|sending|meeting|ready|presenting|tabling|submitting|back)\b|"
    r"(?!be\b|have\b|like\b|not\b|never\b|need\b|depend\b|lose\b|suffer\b|see\b|know\b|prefer\b|welcome\b|want\b|love\b|"
    r"expect\b|hope\b|appreciate\b|go\b|travel\b|visit\b|proceed\b|continue\b|remain\b|last\b|do is\b)[a-z]+\b)"
)
_FINITE = (
    rf"{_ADVERBS}(?:\s+[“\"]?(?!(?:and|or|but|of|in|to|on|for|with|by|at|from|as|that|who|which|where|than|about|"
    r"over)\b)[a-z]{2,}\b|[’'](?:ll|ve|re|m|d)\b|\s*$)"
)
_OPENS = (
    r"\W*(?:(?:and|but|so|therefore|today|now|that|because|since|as|once again|again|here|yes|no|on \w+day)\b[\s,]*)*"
)
_ASKING = rf"{_ADVERBS}\s+(?:press|push|call|ask|urg|appeal|demand|seek|sought|request|insist|want)\w*\b"
_TO_US = (
    r"\s+(?!(?:want|need|understand|know|agree|support|help|welcom|invit|told|gave|give)\w*\b)[a-z]+\b.{0,60}?"
    r"\b(?:us|our)\b"
)
_WOULD = rf"{_ADVERBS}\s+(?:will|would|shall)(?:\s+(?:also|now|soon|then|\w+ly))*\s+(?P<verb>[a-z-]+)\b"
_NO_PROMISE = frozenset("withdrew narrowed refused objected warned accepted-in-part".split())  # noqa: SIM905
_NOTHING = r"\s\w+\s+(?:nothing|no|none|nobody|neither)\b"
_TELLING = frozenset(("tell", "inform", "assure", "reassure", "remind", "notify"))
_TOLD = r"\s+[^;“”\"]{2,80}?\sthat\b"
_OWN_ALONE = frozenset("promised refused accepted proposed considering deferred withdrew".split())  # noqa: SIM905
_REPROACHED = frozenset(("stated", "refused", "objected", "warned", "promised"))
_Whose = Literal["own", "other", "both", ""]


def clause_of(text: str, one: Predicate) -> Place:
    """The place of the clause that a verb reports: after "told the assembly last month that"."""
    told = compiled(_TOLD).match(text, one.end, one.ends) if one.base in _TELLING else None
    return told.end() if told else one.end, one.ends


def shaded(
    thread: Thread, read: SentenceRead, place: Place, parties: Sequence[str], offered: Offered, quoted: bool = False
) -> Offered:
    """The acts of a clause at text[start:end], said by `parties`; `quoted` words are the speaker's own."""
    start, end = place
    done: list[Mention] = []
    for one in read.mentions:
        if not start <= one.start < end or one in done or one.kind in ("unnamed", "stranger"):
            continue
        group = [who for who in listed(read.text, read.mentions, one) if who.start >= start] or [one]
        done += group
        after = read.text[max(who.end for who in group) : end]
        whose = _whose(thread, group, parties, quoted)
        if not whose or not compiled(_FINITE).match(after):
            continue
        ours = one.words.lower() == "we" and compiled(_MUST).match(after)  # "We must go on": they, too
        told = _told(thread.lexicon, "both" if ours else whose, after, offered)
        if whose == "own" and offered.acts[0] in ("stated", "promised"):
            told = _would(thread, after, offered) or told
        if quoted and told is None and whose == "own" and compiled(_OPENS).fullmatch(read.text, start, one.start):
            told = _performed(thread, read, group[-1], end, offered)
        if told or not quoted:
            return told or offered  # in a quotation, another clause may tell more
    return offered


def _whose(thread: Thread, group: list[Mention], parties: Sequence[str], quoted: bool) -> _Whose:
    """Whose act a clause with this subject tells, seen from its speakers; "" if that is unclear."""
    word = group[0].words.lower()
    if word in ("we", "i"):
        return "own" if quoted else ""
    if group[0].kind == "pronoun" and word in ("he", "she", "it", "they"):
        if quoted:
            return "other" if word == "they" else ""
        return "own"
    meant = {*parties_of(thread.meaning(group))}
    if not meant or not parties:
        return ""
    if not meant & {*parties}:
        return "other"
    return "own" if meant <= {*parties} else "both"


def _told(lexicon: Lexicon, whose: _Whose, after: str, offered: Offered) -> Offered | None:
    """The acts that the words after a subject tell, None if they leave those offered as they are."""
    first = offered.acts[0]
    must = first == "asked" and compiled(_MUST).match(after)
    match whose:
        case "other" if first in _REPROACHED and compiled(_ADVERBS + lexicon.reproaching).match(after):
            return _first("criticised", offered)
        case "other" if first == "stated" and compiled(_TO_US).match(after):
            return _first("criticised", offered)  # "They sprang it on us"
        case "other" if first in _OWN_ALONE or (first == "asked" and compiled(_ASKING).match(after)):
            return _first("stated", offered)  # "said that Canada was ready to sign"
        case "both" if must or first in ("promised", "refused"):
            return _first("stated", offered)
        case "own" if first == "stated" and compiled(_WILL).match(after):
            return _first("promised", offered)
        case _:
            return None


def _would(thread: Thread, after: str, offered: Offered) -> Offered | None:
    """The acts of what speakers say that they would do, if it is no mere promise: "would drop its demand"."""
    match = compiled(_WOULD).match(after)
    base = thread.lexicon.base_of.get(match["verb"].lower(), "") if match else ""
    if match is None or not thread.lexicon.frames.get(base):
        return None
    verb = Predicate(0, match.end("verb"), base, match["verb"], (), 0, len(after))
    told = acts.of_verb(thread.lexicon, verb, after[match.end() :])
    return _first(told.acts[0], offered) if told.acts and told.acts[0] in _NO_PROMISE else None


def _performed(thread: Thread, read: SentenceRead, who: Mention, end: int, offered: Offered) -> Offered | None:
    """The acts of a verb of which speakers are the subject in their own words: "We propose a pause"."""
    if compiled(_NOTHING).search(read.text[who.end : end]):
        return None
    told = reported.told_acts(thread, read, who, end) if offered.acts[0] == "stated" else None
    if not told or told[0] in ("stated", "denied"):
        return None
    return offered._replace(acts=tuple(dict.fromkeys((*told, *offered.acts))), sure=False)


def _first(act: str, offered: Offered) -> Offered:
    return offered._replace(acts=(act, *(one for one in offered.acts if one != act)), sure=False)
