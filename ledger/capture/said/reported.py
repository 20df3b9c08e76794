"""Finds the acts of which a speaker tells: of the own side ("said Norway had rejected it"), or of the other one."""

from typing import Any

from ledger.base.patterns import compiled
from ledger.capture.reading import acts
from ledger.capture.reading.lexicon import Acts
from ledger.capture.reading.mentions import Mention
from ledger.capture.reading.predicates import Predicate
from ledger.capture.reading.voices import parties_of
from ledger.capture.said import addressees
from ledger.capture.thread import SentenceRead, Thread

_ON_A_DAY = r"\s+(?:(?:late |early )?(?:on )?\w+day|yesterday|today|last \w+|in a \w+)(?=\s)"  # "said on Friday it had"
_IN_A_STATEMENT = (
    r"\s+(?:in|at|on|during|after|through) (?:an? |the |his |her |its |their )[^,;“”\"]{2,80}?\s+that(?=\s)"
)
_OWN_SIDE = r"(?:his|her|its|their) (?:own )?(?:government|country|side|delegation|ministry)"
_HAD_ASKED = (
    r"\s+(?:that\s+)?(?P<who>[^,;“”\"]{2,40}?)\s+(?:had|has|have)\s+(?:\w+ly\s+|again\s+|also\s+)?"
    r"(?:asked|urged|requested|called on|demanded|pressed)\b"
)
# The verb of a reported clause: "said it had already rejected", "said the union opposes"; "would" tells no act.
_OWN_VERB = (
    r"(?:\s+(?:has|have|had|did|does|do|also|already|now|still|not|never|repeatedly|previously|earlier|\w+ly|\w+n[’']t|"
    r"(?:would|will|could|can) not|cannot|(?:is|are|was|were)(?: now| still| also| not)?(?=\s+[a-z]+ing\b)))*"
    r"\s+[“\"‘]?(?!(?:is|are|was|were|be|been)\b)(?P<verb>[a-z-]+)\b"
)


def _tells_of_own_request(thread: Thread, read: SentenceRead, one: Predicate, parties: tuple[str, ...]) -> bool:
    """Whether speakers tell of a request by their own side: "Mutua said Nairobi had asked Ethiopia to"."""
    asked = compiled(_HAD_ASKED).match(read.text, one.end)
    if asked is None:
        return False
    who = [other for other in read.mentions if asked.start("who") <= other.start and other.end <= asked.end("who")]
    return bool(compiled(_OWN_SIDE).fullmatch(asked["who"]) or (parties and parties_of(thread.meaning(who)) == parties))


def own_act(thread: Thread, read: SentenceRead, one: Predicate, subject: tuple[str, ...]) -> Acts | None:
    """The acts of what speakers say that their own side does: "Holm said Norway had rejected it, and would wait"."""
    if _tells_of_own_request(thread, read, one, parties_of(subject)):
        return ("asked", "stated", "promised", "criticised")
    who = _of_clause(read, one)
    if who is None or not _is_own(thread, who, subject):
        return None
    offered = told_acts(thread, read, who, one.ends)
    if offered is None:
        offered = (
            acts.of_content(thread.lexicon, f"it{read.text[who.end : one.ends]}").acts if who.kind == "party" else ()
        )
    return offered if offered and offered[0] != "stated" else None


def act_of_another(
    thread: Thread, read: SentenceRead, one: Predicate, subject: tuple[str, ...]
) -> dict[str, Any] | None:
    """The act of the other side of which a speaker tells: "Holm said that Canada had asked for more time"."""
    who = _of_clause(read, one)
    by = thread.meaning([who]) if who and who.kind in ("party", "person") else ()
    unnamed = any(one.kind == "unnamed" for one in one.subject)
    told = len(subject) == 1 or (not subject and unnamed)  # "a diplomat said that Canada had asked for more time"
    if who is None or not told or len(by) != 1 or parties_of(by) == parties_of(subject):
        return None
    offered = told_acts(thread, read, who, one.ends)
    if not offered or offered[0] not in addressees.DIRECTED:
        return None
    return {"by": by, "act": offered[0], "to": addressees.other_side(thread, parties_of(by), "", offered[0], read)}


def _of_clause(read: SentenceRead, one: Predicate) -> Mention | None:
    """The subject of the clause that a verb reports."""
    told = compiled(r"\s+[^,;“”\"]{2,40}?\s+that(?=\s)").match(read.text, one.end) if one.base == "tell" else None
    when = (
        None
        if told
        else compiled(_IN_A_STATEMENT).match(read.text, one.end) or compiled(_ON_A_DAY).match(read.text, one.end)
    )
    after = told.end() if told else when.end() if when else one.end
    return next((who for who in read.mentions if after <= who.start <= after + len(" that the ")), None)


def told_acts(thread: Thread, read: SentenceRead, who: Mention, ends: int) -> Acts | None:
    """The acts of the verb of a reported clause; None if it has no finite verb of the lexicon."""
    text = read.text
    told = compiled(_OWN_VERB).match(text, who.end, ends)
    base = thread.lexicon.base_of.get(told["verb"].lower(), "") if told else ""
    plural = who.words.lower() in ("they", "we", "i")
    finite = told and (
        plural or told["verb"].lower() != base or compiled(r"\b(?:do|does|did|not|cannot)\b").search(told.group())
    )
    if told is None or not finite or not thread.lexicon.frames.get(base):
        return None
    negated = bool(compiled(r"\bnot\b|n[’']t\b|\bnever\b|\bcannot\b").search(told.group()))
    verb = Predicate(*told.span("verb"), base, told["verb"], (who,), who.start, ends, negated)
    return acts.of_verb(thread.lexicon, verb, text[told.end() : ends]).acts


def _is_own(thread: Thread, who: Mention, subject: tuple[str, ...]) -> bool:
    """Whether the subject of a reported clause is the side of the speaker: "Norway said it had"."""
    if who.kind == "pronoun":
        one_side = len(subject) == 1
        return who.words.lower() in ("it", "they", "we") or (one_side and "/" in subject[0])
    return bool(subject) and parties_of(thread.meaning([who])) == parties_of(subject)
