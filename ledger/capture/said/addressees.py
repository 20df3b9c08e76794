"""Finds to whom a statement was made: those whom its words name, those whom it answers, or the other side of the talks.

The addressee stays empty if several may be meant, or if the words may have been for the press.
"""

from collections.abc import Sequence

from ledger.base.patterns import compiled
from ledger.capture.reading import sides
from ledger.capture.reading.mentions import Mention, listed
from ledger.capture.reading.predicates import Predicate
from ledger.capture.reading.voices import parties_of
from ledger.capture.suggestion import Place
from ledger.capture.thread import SentenceRead, Thread
from ledger.dates import When

# Acts whose addressee is, among several parties, only the one whose words or acts they concern.
_ANSWERED = frozenset(
    ("asked", "proposed", "accepted", "accepted-in-part", "refused", "withdrew", "considering", "deferred")
)
# Acts that one side directs to the other; a view or a judgement may be meant for the public.
DIRECTED = _ANSWERED | {"objected", "warned", "conditioned", "promised"}
_TOWARDS = frozenset("asked promised criticised objected refused welcomed warned considering deferred".split())  # noqa: SIM905
_SAYING = frozenset(
    "say add tell note state declare announce confirm clarify argue remark comment observe mention point claim "  # noqa: SIM905
    "admit acknowledge believe think consider reveal disclose report write predict reply respond insist".split()
)
_AT_THE_TABLE = (  # in a news report, a view was meant for the other side if it was told there
    r"\b(?:at|during|in) (?:the|this|that|their|his|her|its|a) (?:[\w-]+ ){0,3}?(?:meeting|talks|call|session|round|"
    r"conversation|negotiations|consultations|summit)\b|\b(?:told|informed|assured|reminded|briefed|conveyed to) "
    r"(?!(?:the |a |an |local |foreign )*(?:[\w-]+ )?(?:reporters|journalists|press|media)\b)"
)
_TO_THEM = (DIRECTED | {"criticised"}) - {"promised", "conditioned"}  # in a quotation
_THAT = r"(?:\s+(?:late |early )?(?:on )?\w+day)?\s+(?:that\s+)?(?:the\s+)?"
_IS_TO = (
    r"\s+(?:\w+ly\s+|also\s+|all\s+)?(?:to|will|would|should|must|can|need(?:s|ed)? to|ha[ds] to|have to|ought to)\b"
)
_OF_A_SIDE = {"promised", "refused", "accepted", "accepted-in-part", "conditioned", "withdrew"}  # of no mediator
_TO_A_BLOC = _ANSWERED - {"asked"}  # what one of three says to two that speak together
_ASKED_OF = (  # before those whom a quotation asks: "I have called on both leaders to come"
    r"\b(?:call|urg|ask|appeal|told|tell|remind|request|invit|press|implor|encourag|warn)\w*\s+(?:on |upon |to )?"
    r"(?:the |both |our |all )*$|"
    r"\b(?:suggestions?|proposals?|answers?|repl(?:y|ies)|response|commitments?|decision|steps?|movement|flexibility) "
    r"(?:from|by) (?:the )?$"
)
_A_NAME = (
    r"\b(?:blam|accus|criticis|criticiz|condemn|denounc|attack|slamm|rebuk)\w*\s+(?:the\s+)?(?P<who>(?-i:[A-Z])[\w-]+)"
)
_OF_TWO_AND_A_THIRD = 3  # parties: the third one talks to both others


def addressee(
    thread: Thread, one: Predicate, read: SentenceRead, parties: Sequence[str], at: str, act: str
) -> list[str]:
    """The object of "urged" or "called on", the party whose offer is answered, or else the other side."""
    for named in (
        sides.addressed(read.text, read.mentions, one, thread.lexicon),
        sides.answered(read.text, read.mentions, one),
        _expected(read, one) if act == "asked" else [],
    ):
        if others := [party for party in parties_of(thread.meaning(named)) if party not in parties]:
            return others
    if one.base in thread.lexicon.addressing and sides.addresses_others(read.text, one):
        return []
    if is_mediating(thread, parties):
        return list(thread.voices.sides) if act in DIRECTED - _OF_A_SIDE else []
    place = one.begins, one.ends
    others = other_side(thread, parties, at, act, read, one.base) or named_side(thread, read, place, parties, act)
    return others or (blamed(thread, read, place, parties) if act in ("criticised", "objected") else [])


def _expected(read: SentenceRead, one: Predicate) -> list[Mention]:
    """Those who are to do what a clause asks for: "hopes that Norway and Canada will sign", "said both sides must"."""
    for who in read.mentions:
        if one.end <= who.start < one.ends and compiled(_THAT).fullmatch(read.text, one.end, who.start):
            group = listed(read.text, read.mentions, who)
            after = max(other.end for other in group)
            return group if compiled(_IS_TO).match(read.text, after) else []
    return []


def said_to(thread: Thread, to: Sequence[str], on: When, at: str, read: SentenceRead) -> tuple[When, str]:
    """The day and the meeting of words to these parties; not a meeting in which they took no part."""
    if not (at and to) or thread.meetings.admits(to):
        return on, at
    return on if read.days else When(), ""


def is_mediating(thread: Thread, parties: Sequence[str]) -> bool:
    """Whether these parties are only whoever writes the report, and talk to two other sides."""
    own = parties_of(thread.voices.writer)
    neutral = own == tuple(parties) or len(thread.parties) == _OF_TWO_AND_A_THIRD
    of_two = len(thread.voices.sides) == 2 and len(parties) == 1
    return neutral and of_two and parties[0] not in thread.voices.sides


def named_side(thread: Thread, read: SentenceRead, place: Place, parties: Sequence[str], act: str) -> list[str]:
    """The only other party that a clause names, if its act is one against or towards somebody: "blamed Canada"."""
    start, end = place
    within = [one for one in read.mentions if start <= one.start < end and one.kind in ("party", "person")]
    others = [party for party in parties_of(thread.meaning(within)) if party not in parties]
    return others if act in _TOWARDS and len({*parties}) == 1 and len(others) == 1 else []


def blamed(thread: Thread, read: SentenceRead, place: Place, parties: Sequence[str]) -> list[str]:
    """The other of two sides, if one blames and its clause names nobody else."""
    sides_of_talks = thread.voices.sides
    if len(sides_of_talks) != 2 or len({*parties}) != 1 or parties[0] not in sides_of_talks:
        return []
    start, end = place
    named = parties_of(
        thread.meaning([one for one in read.mentions if start <= one.start < end and one.kind == "party"])
    )
    others = [side for side in sides_of_talks if side not in parties]
    stranger = compiled(_A_NAME).search(read.text, start, end)
    known = stranger is None or any(one.start <= stranger.start("who") < one.end for one in read.mentions)
    return others if known and {*named} <= {*sides_of_talks} else []


def other_side(
    thread: Thread, parties: Sequence[str], at: str, act: str = "", read: SentenceRead | None = None, verb: str = ""
) -> list[str]:
    """The other side of a meeting of two parties, or of talks between two, unless the words were for the press.

    A view that a news report gives with a verb such as "said" was for the press, unless its words say otherwise.
    """
    viewed = act not in DIRECTED and (not verb or verb in _SAYING) and not thread.is_readout
    heard = not viewed or read is None or bool(compiled(_AT_THE_TABLE).search(read.text))
    present = thread.meetings.parties(at) if at and heard else ()
    if act not in _ANSWERED and thread.told_the_press_after(parties):
        return []
    of_two = len(thread.parties) == 2 or thread.meetings.current or act in _ANSWERED | {"warned", "objected"}
    acting = act in _ANSWERED and verb and verb not in _SAYING  # an offer or a refusal, whoever tells the press of it
    if not present and of_two and act in DIRECTED and read and (acting or not thread.told_the_press(read)):
        present = thread.voices.sides
    others = [party for party in present if party not in parties]
    of_three = len({*parties}) == 2 and len({*present}) == _OF_TWO_AND_A_THIRD and act in DIRECTED  # two to the third
    if len({*parties}) == 1 and len(others) == 2 and act in _TO_A_BLOC and {*others} in thread.voices.together:
        return others  # "Egypt and Sudan want a treaty, while Ethiopia proposed …"
    of_two = len({*parties}) == 1 and len(present) == 2
    return others if (of_two or of_three) and len(others) == 1 else []


def of_quotation(
    thread: Thread, read: SentenceRead, place: Place, parties: Sequence[str], at: str, act: str
) -> list[str]:
    """Those whom a quotation asks; else the other side, if it proposes, answers or blames, or was said at a meeting."""
    start, end = place
    for one in read.mentions:
        if start <= one.start < end and compiled(_ASKED_OF).search(read.text[start : one.start]):
            named = parties_of(thread.meaning(listed(read.text, read.mentions, one)))
            if others := [party for party in named if party not in parties]:
                return others
    if sides.asks_others(read.text[start:end]):
        return []
    of_two = len(thread.voices.sides) == 2 and {*parties} < {*thread.voices.sides}
    if act in _TO_THEM and of_two:
        return [side for side in thread.voices.sides if side not in parties]
    return other_side(thread, parties, at, "" if act in DIRECTED else act, read)
