"""The acts that a reporting verb, or the words of a quotation, may mean, the likeliest first."""

import re
from typing import NamedTuple

from ledger.base.patterns import compiled
from ledger.capture.reading.lexicon import Acts, Lexicon, Noun, Telling, unquoted
from ledger.capture.reading.predicates import Predicate

PLAIN: Acts = ("stated", "promised", "objected", "asked")
# The act of a negated verb, by the act of the verb: "did not accept".
_DENIED: dict[str, Acts] = {
    "accepted": ("refused", "objected", "stated"),
    "promised": ("refused", "denied", "stated"),
    "settled": ("objected", "refused", "stated"),
    "narrowed": ("objected", "refused", "stated"),
    "refused": ("accepted", "stated", "conditioned"),
    "objected": ("accepted", "stated", "conditioned"),
    "stated": ("denied", "refused", "stated"),
    "welcomed": ("objected", "criticised", "refused", "stated"),
    "asked": ("denied", "stated", "asked"),
    "proposed": ("denied", "stated", "proposed"),
    "criticised": ("denied", "stated", "criticised"),
    "warned": ("denied", "stated", "warned"),
}
# The act of a verb after "no longer": "no longer asks".
_CEASED: dict[str, Acts] = {
    "accepted": ("withdrew", "refused", "stated"),
    "refused": ("accepted", "withdrew", "stated"),
    "stated": ("withdrew", "stated", "accepted"),
    "promised": ("withdrew", "refused", "stated"),
}
_JUDGING = frozenset(("criticised", "objected", "welcomed", "narrowed", "settled"))
_AUXILIARY = frozenset(("continue", "begin", "start", "appear", "proceed", "manage"))
_SECOND = r"\s+to\s+([a-z-]+)\b"
_SILENCE = frozenset(
    "comment reply respond answer react elaborate say specify disclose reveal confirm announce publish mention "  # noqa: SIM905
    "indicate hint intimate imply signal suggest detail stipulate clarify explain spell address touch discuss".split()
)
_UNTOLD = r"\s*(?:\w+ (?=wh|how))?(?:when|whether|where|how|what|which|who|whom|why|if)\b"  # "did not state where"
_PREPOSITIONS = frozenset("to for on of about regarding over with by in at from".split())  # noqa: SIM905
_WEIGHTY = r"\b(?:should|must|would|will|ought|needs? to|has to|have to|not|never|only|unless|ready|willing)\b"
_BOUND = (
    r"\b(?:only if|provided (?:that\b|(?!(?:by|for|with|to|in|on)\b)\w+)|on (?:the )?condition that|unless|"
    r"on the understanding that|in exchange for|in return for|subject to|as long as|so long as|in turn|"
    r"once (?!more\b|again\b)|should \w+(?: \w+){0,4} (?:be|agree|accept|stop|do)|"
    r"if (?!necessary|possible|needed|any\b|required|appropriate|only|so\b))\b"
)
_WHEN_OR_WHERE = (
    r"^\s+(?:(?:after|at(?! an? (?:\w+ )?(?:consensus|agreement|deal|understanding|compromise))|during|following) "
    r"[^.;,]{3,70}?(?=\s+to (?!the\b|an?\b|its\b|their\b)[a-z])|"
    r"(?:late |early )?(?:on )?\w+day|last \w+|in (?-i:[A-Z])\w+)(?=\s+(?:to|on|that)\b)"  # "agreed in Oslo to"
)
_ASIDE = r",\s+(?:however|though|therefore|moreover|too|in turn|for now|on the other hand),"
_SAID = 240  # characters after the verb that are searched for words that decide the act


class Offered(NamedTuple):
    """The acts offered for a statement, the likeliest first, and the words that suggest them.

    Without an act there is no statement. If `sure`, the words settle the first act; if not, a person should choose.
    """

    acts: Acts
    why: str
    sure: bool = False


def of_verb(lexicon: Lexicon, one: Predicate, rest: str, after: str = "") -> Offered:
    """The acts of a verb; `rest` is the rest of its clause, and `after` the words from there to the next verb."""
    if one.base in _AUXILIARY and (second := compiled(_SECOND).match(rest)):
        base = lexicon.base_of.get(second[1].lower(), "")
        if lexicon.frames.get(base):
            return of_verb(lexicon, one._replace(base=base, form=f"{one.form} to {base}"), rest[second.end() :])
    if one.negated and one.base in _SILENCE:
        return Offered((), "")
    frames = lexicon.frames.get(one.base, [])
    rest = compiled(_WHEN_OR_WHERE).sub(" ", unquoted(rest))
    fitting = next((frame for frame in frames if frame.fits(rest.lstrip())), None)
    plain = next((frame for frame in frames if not frame.after), None)
    frame = fitting or plain
    if frame is not None and frame.negated and one.negated:
        return Offered(frame.negated, f"not {one.form}")
    if frame is None or not frame.acts:
        return Offered((), "")
    if one.negated and frame.acts[0] == "stated" and compiled(_UNTOLD).match(rest):
        return Offered((), "")
    acts, why, sure = frame.acts, one.form, frame.acts[0] != "stated" or not compiled(_WEIGHTY).search(rest[:_SAID])
    carried = _carried(lexicon, one.base, rest) if one.base in lexicon.carriers and not fitting else None
    if carried:
        acts, why, sure = carried.acts, f"{one.form} … {carried.why}", True
    elif acts[0] == "stated" and (told := _first(lexicon.content, rest[:_SAID])):
        acts, why, sure = _joined(told.acts, acts), f"{one.form} … {told.why}", False
    if acts[0] in ("accepted", "promised", "settled", "proposed", "welcomed") and (
        bound := compiled(_BOUND).search(rest + after)
    ):
        acts, why, sure = _joined(("conditioned", "accepted-in-part"), acts), f"{one.form} … {bound.group()}", False
    if one.ceased:
        acts, why, sure = _CEASED.get(acts[0], ("withdrew", "accepted", "stated")), f"no longer {why}", False
    elif one.negated and acts[0] == "proposed" and one.modal in ("can", "could", "cannot", "would"):
        acts, why, sure = ("refused", "stated", "denied"), f"not {why}", False  # "cannot recommend"
    elif one.negated:
        acts, why, sure = _DENIED.get(acts[0], _joined(("stated",), acts)), f"not {why}", False
    return Offered(acts, why, sure)


def named_by(lexicon: Lexicon, form: str) -> str:
    """The act that a form of a verb names by itself, as "warned" does; "" if it names none."""
    frames = lexicon.frames.get(lexicon.base_of.get(form.lower(), ""), ())
    return next((frame.acts[0] for frame in frames if not frame.after and frame.acts), "")


def of_content(lexicon: Lexicon, words: str) -> Offered:
    """The acts of a sentence that an attribution follows: "Vietnam is ready to buy more, he said"."""
    words = compiled(_ASIDE).sub("", unquoted(words))
    told = _first(lexicon.content, words)
    return told._replace(acts=_joined(told.acts, PLAIN)) if told else of_quotation(lexicon, words)


def of_quotation(lexicon: Lexicon, words: str) -> Offered:
    """The acts that the words of a quotation may mean."""
    told = _first(lexicon.quoted, words)
    if told is None or told.acts[0] == "stated":  # a judgement is one in any words
        told = _first(tuple(row for row in lexicon.content if row.acts[0] in _JUDGING), words) or told
    return told or Offered(PLAIN, "", not compiled(_WEIGHTY).search(words))


def _first(rows: tuple[Telling, ...], words: str) -> Offered | None:
    for row in rows:
        if match := compiled(row.says).search(words):
            return Offered(row.acts, match.group().strip())
    return None


def _carried(lexicon: Lexicon, verb: str, rest: str) -> Offered | None:
    """The acts of the noun that gives a verb its meaning: "expressed concern", "reaffirmed its commitment to"."""
    near = re.match(r"(?!\s*that\b)(?:\W*\b[\w’'.-]+){1,6}", rest)
    for match in re.finditer(r"[\w’'-]+", near.group() if near else ""):
        word = match.group().lower()
        if word in _PREPOSITIONS and match.start() > 1:
            return None
        before, after = rest[: match.start()], rest[match.end() :]
        noun: Noun | None = next((n for n in lexicon.nouns.get(word, ()) if n.fits(verb, before, after)), None)
        if noun is not None:
            return Offered(noun.acts, match.group())
    return None


def _joined(first: Acts, then: Acts) -> Acts:
    return tuple(dict.fromkeys((*first, *then)))
