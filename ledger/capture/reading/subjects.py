"""Finds the subject of a verb: the mention before it, with only certain words between them."""

import re
from collections.abc import Sequence

from ledger.base.patterns import CAPITAL, cased, compiled
from ledger.capture.reading.days import MONTHS, WEEKDAYS
from ledger.capture.reading.mentions import Mention

_ADVERB = (
    r"today|yesterday|tonight|this (?:morning|afternoon|evening|week|month)|last (?:night|week|month)|"
    r"also|first|further|furthermore|then|again|later|previously|repeatedly|publicly|jointly|formally|reportedly|recently|"
    r"earlier|meanwhile|too|both|once|more|never|nevertheless|however|therefore|thus|still|always|only|now|not|\w+ly|"
    r"MPs?|no longer|in turn|in particular|at the same time|in response|in return|"
    r"for example|instead|each|all|already|yet|since|so far|thus far|to date|until now|up to now"
)
_AUXILIARY = (
    r"has|have|had|is|are|was|were|be|been|being|would|will|did|does|do|may|might|can|could|should|must|shall|cannot|"
    r"\w+n[’']t"
)
_DAY = (
    r"(?:[A-Z][a-z]+ \d{1,2}(?:, \d{4})?|\d{1,2} [A-Z][a-z]+|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|May|June)"
)
_HEADING = (
    r",\s+(?:who|which)\s+(?:(?:had|has|also)\s+)?(?:heads?|headed|leads?|led|chairs?|chaired|represents?|represented|"
    r"speaks|spoke)\b"
)
# The words that may come between a subject and its verb.
_BETWEEN = (
    r",?\s+(?:for|on) (?:his|her|its|their) (?:own )?part,?",
    rf",?\s+(?:{_ADVERB}|{_AUXILIARY})\b,?",
    r",?\s+of (?:the )?[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+)?",
    r"\s*\([^()]{1,60}\)",
    r"\s+in (?-i:[A-Z])[\w’'.-]+",
    r"(?:’s|'s|’)\s+(?:office|administration|team|camp|aides|party)",
    r"\s+(?:for|of|from|at|on) (?:the )?(?-i:[A-Z])[\w’'.&-]*(?: (?:(?-i:[A-Z])[\w’'.&-]*|of|and|for|the|in)){0,7}",
    r"\s+(?:in|to|at|for|on) (?:the |these |those |its |their )?(?:[\w-]+ ){0,3}?"
    r"(?:talks|negotiations|dialogue|meeting|round|conference|trade|process|affairs|session|summit|region)",
    r"\s+(?:of|from|in) (?:the )?(?-i:[A-Z])[\w’'.-]+ (?:[a-z-]+ ){0,2}?"
    r"(?:region|province|state|city|coast|north|south|east|west)",
    r"\s+(?:including|such as|led by|backed by|represented by) [^,;:“”\"]{2,80}?",
    r"\s+(?:familiar with|close to|briefed on|involved in|present at|with knowledge of)\b[^,;]{1,60}",
    r",?\s+(?:is|are|was|were) (?:understood|said|believed|reported|thought|known) to have\b",
    rf",?\s+(?:on|in) (?:the (?:morning|afternoon|evening) of )?{_DAY}\b,?",
    r"\s+(?:speaking|talking|addressing|writing|appearing|who leads|who led|who heads)\b[^,;]{1,80},?",
    r",[^;:“”\"]{1,200}?,",
    rf"{_HEADING}[^,;:“”\"]{{1,80}}",
    r",\s+(?:who|which)\s[^;:“”\"]{1,120}?\s*[–—][^–—;:“”\"]{1,160}[–—]",
    r"\s*[–—-]\s*[^–—]{1,120}\s*[–—-]",
)
_FILLER = rf"(?:{'|'.join(_BETWEEN)})*\s*"
_PREPOSITION = (
    r"\b(?:of|with|by|to|for|in|from|between|against|at|into|about|regarding|including|towards?|as|on|over|under|among|"
    r"than|through|via|urged|asked|told|requested|called|briefed)\s+(?:the\s+|its\s+|his\s+|their\s+|a\s+|senior\s+)*$"
)
# An unknown name as the subject. If "he" follows, it does not mean anybody known.
_STRANGER = cased(
    rf"(?:^|[\s,“\"(])((?:{CAPITAL}[\w’'-]+)(?:\s+{CAPITAL}[\w’'-]+){{0,4}})(?:,[^,;:]{{1,120}},)?"
    rf"\s+(?:(?:{_ADVERB}|has|have|had)\s+)*$"
)
_NO_STRANGER = frozenset(
    [
        *MONTHS,
        *WEEKDAYS,
        *"As If While When Since Once Although Though Because Unless Until Whether After Before In On At For".split(),  # noqa: SIM905
        *"From With By To Of And But Or Yet So Nor This That These Those There Here Such What Asked".split(),  # noqa: SIM905
    ]
)
_IN_RELATIVE = rf"{_HEADING}[^,;]*$"
_LISTED_IN_RELATIVE = r",\s+(?:who|which)\s[^;“”\"]{1,160}?\s[–—]\s[^–—;“”\"]*$"
_OBJECT_IN_RELATIVE = r",\s+(?:who|which)\s+(?:\w+\s+)?[a-z]+(?:ed|t|s|n|w|de|ld)?\b[^,;“”\"]*\s$"
OFFICE_OF = (
    r"\b(?:(?:office|spokes(?:man|woman|person)|aides?|delegation|team|government|administration) (?:of|for|to)|"
    r"(?:statement|communiqu\w+|release|note) (?:issued |released |published |sent )?(?:by|from))\s+(?:the\s+)?$"
)
_AND = (
    r"(?:,?\s+(?:and|as well as|along with|together with|with(?=[^,]{2,40},\s))\s+"
    r"(?:the\s+|his\s+|her\s+)?(?:[\w’'.-]+\s+){0,9}|"
    r",\s+(?:[\w’'.-]+\s+){0,9}|\s*\([^)]*\)\s+and\s+|,[^,;]{1,120},\s+and\s+)"
)
_AS = r"(?:,[^,]{2,80},)?\s+as\s+$"
_QUOTES = r"\b(?:quot(?:ed|es|ing)|cit(?:ed|es|ing))\s+(?:the\s+|its\s+)?$"
_WAS_QUOTED = (
    r"\s+(?:was|were|is|has been|have been)\s+(?:\w+\s+)?(?:quoted|cited|reported)\s+(?:by\s+[^,;]{2,60}\s+)?as\s+"
)
_LISTED = ("person", "party", "post", "both", "unnamed")  # "the ministers and the Deputy Secretary"


def subject(text: str, mentions: Sequence[Mention], verb: int) -> tuple[Mention, ...]:
    """The subject of a verb: the nearest mention before it that can be its subject, with the rest of its list."""
    for one in reversed([one for one in mentions if one.end <= verb]):
        impersonal = one.kind == "pronoun" and one.words.lower() == "it"
        if in_parentheses(text, one.start):
            continue
        if compiled(_IN_RELATIVE).search(text[: one.start]):
            continue  # "Holm, who heads the delegation of Norway, said"
        if "," in text[one.end : verb] and compiled(_OBJECT_IN_RELATIVE).search(text[: one.start]):
            continue  # "Dahl, who met Tremblay on Sunday, said"
        if "," in text[one.end : verb] and compiled(_LISTED_IN_RELATIVE).search(text[: one.start]):
            continue  # "Dahl, who speaks for the group – Norway, Iceland and Canada, said"
        if verb - one.end > 240 or (impersonal and re.search(r"\b(?:that|which)\s+$", text[: one.start])):
            return ()
        apposed = ", " in text[max(0, one.start - 2) : one.end] and re.fullmatch(r",\s+", text[one.end : verb])
        if not apposed and compiled(_FILLER).fullmatch(text, one.end, verb) is None:
            continue
        found = list_to(text, mentions, one)
        before = text[max(0, found[0].start - 80) : found[0].start]
        if compiled(_PREPOSITION).search(before) and not compiled(OFFICE_OF).search(before):
            continue
        return tuple(found)
    stranger = _STRANGER.search(text[:verb])
    if stranger is None or any(one.start < stranger.end(1) and one.end > stranger.start(1) for one in mentions):
        return ()
    placed = compiled(_PREPOSITION).search(text[max(0, stranger.start(1) - 80) : stranger.start(1)])
    if placed or stranger[1] in _NO_STRANGER:
        return ()  # "in Kinshasa", "on Monday", "As regards"
    return (Mention(*stranger.span(1), "stranger", stranger[1]),)


def quoted_as_saying(text: str, mentions: Sequence[Mention], verb: int) -> tuple[Mention, ...]:
    """The subject of "saying" in "the agency quoted Holm as saying that" and "Holm was quoted as saying that"."""
    for one in mentions:
        if one.end >= verb or compiled(_AS).search(text, one.end, verb) is None:
            continue
        passive = compiled(_WAS_QUOTED).fullmatch(text, one.end, verb)
        if passive or (compiled(_QUOTES).search(text[: one.start]) and compiled(_AS).fullmatch(text, one.end, verb)):
            return (one,)
    return ()


def with_whom(text: str, mentions: Sequence[Mention], verb: int) -> tuple[Mention, ...]:
    """The subject of a participle after "with": ", with Ottawa calling it unfair"."""
    for one in mentions:
        if one.end < verb and compiled(_FILLER).fullmatch(text, one.end, verb):
            found = list_to(text, mentions, one)
            if compiled(r",\s+with\s+(?:the\s+|its\s+|both\s+)?$").search(text[: found[0].start]):
                return tuple(found)
    return ()


def list_to(text: str, mentions: Sequence[Mention], last: Mention) -> list[Mention]:
    """The mentions of a list "A, B and C" that ends with `last`; only `last` if it is not in a list."""
    found = [last]
    for one in reversed([one for one in mentions if one.end <= last.start]):
        if one.kind == "party" and found[0].kind == "person" and re.search(r"\bof (?:the )?$", text[: one.start]):
            continue
        if one.kind not in _LISTED or found[0].kind not in _LISTED:
            break
        between = text[one.end : found[0].start]
        of_a_country = r"\s+of (?:the )?[A-Z]\w+(?: [A-Z]\w+)?,? and\s+"
        if not compiled(_AND).fullmatch(between) and not re.fullmatch(of_a_country, between):
            break
        possessive = found[0].kind == "party" and found[0].words.endswith(("’s", "'s", "’", "'"))
        if possessive or not (" and " in between or len(found) > 1):
            break
        found.insert(0, one)
    return found


def plural_before(before: str, mentions: Sequence[Mention], verb: int) -> bool:
    """Whether a verb in its base form has a plural subject, and so is finite: "we call", "both sides welcome"."""
    near = [one for one in mentions if one.end <= verb]
    if not near:
        return False
    last = near[-1]
    gap = before[last.end :]
    if not re.fullmatch(r"\s*(?:,?\s*(?:also|both|all|jointly|further|strongly|\w+ly)\s*,?)*\s*", gap):
        return False
    return (
        last.kind == "both"
        or (last.kind in ("party", "own") and last.words.split()[-1].islower() and last.words.endswith("s"))
        or last.words.lower() in ("we", "they", "i")
        or (
            last.kind == "party"
            and bool(re.search(r"(?:ers|ors|ists|ians|ots|ans|nis|lis|qis|this|rds|rbs|eks|rks|abs)$", last.words))
        )
        or " and " in before[max(0, last.start - 6) : last.end]
    )


def in_parentheses(text: str, place: int) -> bool:
    before = text[:place]
    return before.count("(") > before.count(")")
