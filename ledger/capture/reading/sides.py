"""Finds the side for which a clause speaks, and its addressees, by its words: "he said that Norway would not yield"."""

from collections.abc import Sequence

from ledger.base.patterns import compiled
from ledger.capture.reading.lexicon import Lexicon
from ledger.capture.reading.mentions import Mention, listed
from ledger.capture.reading.predicates import Predicate

_OBJECT = (
    r"\s*(?:once more |again |strongly )?(?:on|upon|to|with|for)?\s*"
    r"(?:the\s+|its\s+|his\s+|her\s+|their\s+|senior\s+|both\s+)*"
)
_OPENS = r"\s*(?:,\s*)?(?:that\s+|on behalf of\s+|how\s+)?(?:the\s+)?$"
# Verbs by which a speaker conveys the view of their own side: "reaffirmed Norway's readiness".
_CONVEYS = frozenset(
    "express voice convey reaffirm affirm reiterate restate reassert emphasise emphasize underline underscore stress "  # noqa: SIM905
    "repeat renew state outline explain defend present register declare confirm".split()
)
_OWN = (
    r"(?:’s|'s|’|')\s+(?:[\w-]+\s+){0,3}?(?:commitment|readiness|willingness|position|stance|intention|determination|"
    r"concerns?|views?|gratitude|appreciation|opposition|objections?|interest|hopes?|desire|proposals?|requests?|"
    r"offers?|disappointment|resolve|wish|expectations?|reservations?|regret|thanks|priorities|demands?)\b"
)
_ALSO = r"(?:also |still |fully |firmly |always |therefore |however |now |only |not |never |no longer |\w+ly ){0,2}"
_BINDS = (
    rf"\s+(?:(?:would|will|shall|could|can)\s+(?:not |never )?{_ALSO}"
    r"(?:accept|agree|sign|yield|consider|study|examine|continue|support|oppose|reject|stand|keep|maintain|defend|honou?r|respect|participate|attend|send|submit|present|offer|"
    r"provide|abide|do everything|work|cooperate|seek|take part|give in|back down|compromise|negotiate|respond|"
    rf"retaliate|budge)|cannot (?:accept|agree|sign)|"
    rf"(?:is|was|are|were|remains?|remained|stands?|stood|has been|had been)\s+{_ALSO}"
    r"(?:ready|willing|prepared|committed|determined|"
    r"open|opposed|concerned|disappointed|against|in favou?r|grateful|interested)|"
    rf"{_ALSO}(?:wants?|wanted|hopes?|hoped|supports|supported|welcomes|welcomed|opposes|opposed|rejects|rejected|"
    r"expects|expected|believes|believed|attaches|attached|seeks|sought|regards|regarded|favou?rs|favou?red|"
    r"considers|considered|intends|intended|plans|planned|appreciates|appreciated)|(?:does|did) not (?:accept|agree|"
    r"recogni[sz]e|support|want|intend|see|share|seek))\b"
)

_OTHERS = (
    r"\s+(?:on |upon |to )?(?:the |its |his |her |their |all |local |other |fellow |striking )*"
    r"(?:everybody|everyone|members|workers|citizens|people|public|staff|supporters|voters|residents|fishermen|farmers|companies|investors|"
    r"partners|donors|allies|producers|exporters|businesses|banks|consumers|lawmakers|parliament|"
    r"international community|world|countries|nations|states)\b"
)
_US = r"(?:us|me)\b"
_TO_US = r"\s+(?:(?P<to>to|with)\s+)?(?P<us>us|me)\b"
_TO_ONE = r"\s+(?:(?:again|back|directly|formally)\s+)?(?:to|with|before)\s+(?:the\s+)?"
_TOLD = frozenset(
    "propose suggest complain reply respond explain offer submit present convey hand pledge promise say agree "  # noqa: SIM905
    "apologise apologize appeal object protest report announce state signal indicate mention raise table plead".split()
)
_WHAT_OF = (
    r"\s+(?:(?:again|also|firmly|flatly)\s+)?(?:(?:to|with|on|at|as|of|for|down|off|aside|by)\s+)?"
    r"(?:(?:the|a|an|this|that|any|all|several|some)\s+)?"
)
_BY_WHOM = (  # "rejected an offer by Norway"
    r"\s+(?:to \w+ )?(?:(?:down|off|aside|back)\s+)?(?:the|a|an|this|any|all)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:proposals?|requests?|offers?|demands?|"
    r"calls?|plans?|texts?|drafts?|ideas?|suggestions?|decision|move|threats?|invitation)\s+(?:made\s+|put forward\s+)?"
    r"(?:by|from|of)\s+(?:the\s+)?"
)
_OFFERED = (
    r"(?:’s|'s|’|')?\s+(?:[\w-]+\s+){0,3}?(?:proposals?|requests?|offers?|demands?|calls?|terms|invitations?|accusations?|"
    r"claims?|plans?|texts?|drafts?|ideas?|suggestions?|positions?|views?|arguments?|criticism|move|decision|refusal|"
    r"insistence|allegations?|conditions?|apology|assurances?|reply|answer|response|flexibility|commitment|threats?|"
    r"warning|complaints?|objections?|concerns?|initiative|pledges?|promises?|announcements?|gestures?|declaration|steps?|contribution|progress|ceasefire|truce|efforts|approach|attitude|support|assistance|help|"
    r"contributions?|role|leadership|cooperation|willingness|readiness|hospitality|mediation)\b"
)


def speaks_for(text: str, mentions: Sequence[Mention], one: Predicate) -> str:
    """The party in whose name a clause speaks, "" where its words do not say: "reaffirmed Norway's readiness to"."""
    for other in mentions:
        if other.kind != "party" or not one.end <= other.start < one.ends or len(other.voices) != 1:
            continue
        if not compiled(_OPENS).fullmatch(text, one.end, other.start):
            continue
        own = one.base in _CONVEYS and compiled(_OWN).match(text, other.end)
        return other.voices[0] if own or compiled(_BINDS).match(text, other.end) else ""
    return ""


def addressed(text: str, mentions: Sequence[Mention], one: Predicate, lexicon: Lexicon) -> list[Mention]:
    """The addressees that a clause names: the object of "urged", "called on"."""
    if one.base not in lexicon.addressing:
        return []
    direct = compiled(_OBJECT).match(text, one.end, one.ends)
    place = direct.end() if direct else one.end
    if us := compiled(_US).match(text, place):
        return [Mention(*us.span(), "pronoun", us.group())]
    for other in mentions:
        if other.kind in ("party", "person", "both") and place - 5 <= other.start <= place + 3:
            return listed(text, mentions, other)
    return []


def addresses_others(text: str, one: Predicate) -> bool:
    """Whether the object of a verb is not a side of the talks: "urged its members to", "called on investors to"."""
    return bool(compiled(_OTHERS).match(text, one.end))


def asks_others(words: str) -> bool:
    """Whether the words of a quotation ask somebody who is not a side of the talks: "We call on everybody to …"."""
    return bool(compiled(rf"\b(?:call(?:ed|ing)?|urge|urged|ask|asked|appeal|appealed|invite){_OTHERS}").search(words))


def answered(text: str, mentions: Sequence[Mention], one: Predicate) -> list[Mention]:
    """Those whose words or acts a clause answers: "accepted Canada's proposal", "proposed to Canada that"."""
    told = compiled(_TO_US).match(text, one.end, one.ends)
    if told and (one.base in _TOLD or not told["to"]):
        return [Mention(*told.span("us"), "pronoun", told["us"])]
    for other in mentions:
        if other.kind not in ("party", "person") or not one.end <= other.start < one.ends:
            continue
        between = text[one.end : other.start]
        if compiled(_TO_ONE).fullmatch(between) and one.base in _TOLD:
            return listed(text, mentions, other)
        if compiled(_BY_WHOM).fullmatch(between):
            return [other]
        if compiled(_WHAT_OF).fullmatch(between) and compiled(_OFFERED).match(text, other.end):
            return [other]
    return []
