"""Finds statements in a sentence: from its reporting verbs, from an attribution ("…, he said"), from its quotations."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from ledger.base.patterns import compiled
from ledger.capture import follow_ups
from ledger.capture.reading import acts
from ledger.capture.reading.attributions import Attribution
from ledger.capture.reading.lexicon import Acts
from ledger.capture.reading.mentions import Mention
from ledger.capture.reading.predicates import Predicate, quoted
from ledger.capture.reading.voices import parties_of
from ledger.capture.said import addressees, reported, shades
from ledger.capture.suggestion import Place, Suggestion, cut, suggest_entry
from ledger.capture.thread import SentenceRead, Thread
from ledger.dates import When

_ONLY_POSSIBLE = frozenset(("may", "might", "could", "should", "must", "shall", "can"))
_OF_BOTH = ("settled", "narrowed")  # doubtful if only one side is the subject
_WILL_HOLD = (
    r"\s*that\b.{0,120}?\b(?:would|will|shall) (?:not )?(?:apply|remain|last|be|enter into|cover|run|end|expire)\b"
)
_SIGNING = ("sign", "initial", "endorse", "approve", "adopt", "consent", "assent")
_RECOGNISING = ("recognise", "recognize", "acknowledge", "note", "agree", "observe")
_FINDING = ("objected", "criticised")
_OFFERING = ("promised", "accepted", "proposed", "welcomed", "settled")
_CONDITION_BEFORE = (
    r"(?:^|[.;]\s+|\b(?:and|but)\s+)(?P<if>(?:if|once|provided(?: that)?|as long as|so long as|only if)\b"
    r"(?! (?:more|again|necessary|possible|needed|required)\b)[^.;“”\"]{5,160}),\s+(?:then\s+)?$"
)
_TELLING = ("warned", "objected", "promised", "denied", "criticised")  # "…, Holm warned"
_INSTRUCTING = ("instruct", "direct", "task", "mandate")  # "both sides instructed their teams to meet"
_HISTORY = ("settled", "accepted", "reported-done")
_BEFORE_ALL = r"\bhad\s+(?:\w+ly\s+|already\s+|also\s+)*$|^In (?:[A-Z][a-z]+ )?(?:19|20)\d\d,?\s"
_FEWEST_LETTERS = 20  # a shorter clause is not an entry by itself
_OPENING = 10  # words of a quotation that may only lead up to what it says: "We think that in this round of talks, …"
_FEWEST_WORDS = 5  # a shorter quotation is not an entry by itself
_BARE = compiled(
    r"(?:\s+(?:to\s+)?(?:the |a |local |foreign )?(?:reporters|journalists|press|media|parliament|lawmakers|audience|"
    r"meeting|session|plenary|council|conference|delegates|assembly|committee|"
    r"news (?:agency|conference)|press (?:conference|briefing)|state television|AFP|Reuters|AP|Bloomberg|Xinhua|"
    r"TASS|CNN|BBC|VNA)(?: (?:on|in|at|after|before) (?:(?!\bthat\b)[^,.:“\"]){0,60})?)?"
    r"(?:\s+(?:afterwards|afterward|later|earlier|separately|again|"
    r"(?:in|at) (?:a|the) [\w -]{1,40}|on (?:\w+day|\w+ \d+|\d+ \w+|X|Twitter)))?[\s,.:]*(?:[“\"](?s:.*))?"
)
_SHORT_SAYING = (
    r"(?:said|says|added|adding|noted|noting|stated|declared|explained|stressed|warned|wrote|told \w+|saying"
)
_THAT_QUOTES = r"[^,;:“”\"]{0,60}\bthat,? [“\"]"
_NOT_BEFORE = (
    r"(?:\b(?:has|have|had|is|are|was|were|does|do|did|could|would|will)\s+)?(?:still\s+|yet\s+|also\s+)?"
    r"\b(?:not|never|no longer|\w+n[’']t)\s+(?:\w+ly\s+|yet\s+|also\s+)?$"
)
_REST = 3  # characters after a quotation that is all that is reported
_TOLD_BEFORE = (
    rf"\b{_SHORT_SAYING}|remarked|commented|continued|concluded)\b"
    r"(?:[^“\"]{0,40}[:,]|\s+(?:in an?|on|at|after|during)\s[^“\",]{0,60})?\s*$"
)
_TOLD_AFTER = rf"[^.“\"]{{0,80}}?\b{_SHORT_SAYING}|remarked|commented)\b"
_SAID_AFTER = (
    r"[,.]?[”\"]?,?\s+(?:said|says|added|noted|remarked|explained|warned|declared|argued)\s+(?!that\b|to\b|on\b|in\b)"
)
_DATELINE = r"(?-i:[A-Z][A-ZÀ-Þ ’'.,/-]+)[^–—-]{0,40}\s[–—-]\s+"
_LEADS_IN = r"\b(?:that|by saying|as|pointed out)\s*$|[,:]\s*$"
_SAYS_THAT = r"\s*(?:(?:\w+ ){0,3}that|on \w+day|they|he|she|the|its?|we)\b"
_SETS_DEADLINE = (
    r"\b(?:set|sets|imposed|fixed|gave|gives|extended|announced|proposed)\b[^.;]{0,60}?\bdeadline\b|\bultimatum\b|"
    r"\b(?:gave|gives|given) [^.;]{0,60}?\b(?:until|till)\b"
)
_AND_THAT = (
    r"(?:(?:,|—|–|;)?\s*\b(?:and|but) that|,\s+that)\s+(?=\w+ \w+ \w+)|"
    r",\s+(?:but|although|though|while|and)\s+(?=(?:it|he|she|they)\s+(?:would|will|could|is|are|remains|was|were|had|did)\b)"
)
_STOP = r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\b(?-i:[A-Z]))(?<!\b[ap]\.m)[.!?]\s+(?=(?-i:[A-Z]))"
_INTENT = r"\s+(?:their|the|its|a) (?:[\w-]+ )?(?:intent|intention|intentions|plan|plans) to\b"
_HELD_TRUE = r"\s*that\b(?!.{0,160}\b(?:will|would|shall)\b)"


def of_verb(
    thread: Thread, read: SentenceRead, one: Predicate, subject: tuple[str, ...], others: tuple[str, ...] = ()
) -> list[Suggestion]:
    """The entries that a reporting verb gives: a statement, or follow-ups that both sides agreed on.

    `others` holds the possible speakers, if the subject is doubtful.
    """
    text = read.text
    rest = text[one.end : one.ends]
    upto = next((other.start for other in read.spoken if other.start > one.start), len(text))
    offered, why, sure = acts.of_verb(thread.lexicon, one, rest, text[one.ends : upto])
    if not offered or _is_possible(one) or _is_quoted(thread, read, one):
        return []  # a whole quotation is an entry of its own
    if offered[0] in _HISTORY and compiled(_BEFORE_ALL).search(text[: one.start]):
        return []  # what the reporter tells of earlier days, which nobody says
    begins = one.begins if one.subject else one.start
    if begins == one.start and (negation := compiled(_NOT_BEFORE).search(text[:begins])):
        begins = negation.start()  # "not reached": without it, the quotation says the opposite
    place = cut(text, begins, one.ends, one.end)
    parties = parties_of(subject)
    by = _by(", ".join(who.words for who in one.subject), subject)
    reasons = (_why(read, one, offered[0], why), by)
    if bound := follow_ups.agreed_that(thread, read, one, parties):
        return follow_ups.agreed(thread, read, one, bound, place, reasons)
    says = offered[0] == "stated" or (
        offered[0] == "criticised" and acts.named_by(thread.lexicon, one.form) == "stated"
    )
    own = reported.own_act(thread, read, one, subject) if says else None
    told = reported.act_of_another(thread, read, one, subject) if says and not own else None
    if own:
        offered, sure = own, False  # "said it had refused": no charge against others
    if acts.named_by(thread.lexicon, one.form) == "stated" and not one.negated:
        given = acts.Offered(offered, why, sure)
        offered, _, sure = shades.shaded(thread, read, shades.clause_of(text, one), parties, given)
    if len(parties) > 1:
        offered = _of_several(thread, one, parties, offered, rest)
    reasons = (_why(read, one, offered[0], why), by)
    condition = _if_before(text, begins) if offered[0] in _OFFERING else None
    if condition is not None:
        begins, offered, sure = condition, _first("conditioned", offered), False
        place = cut(text, begins, one.ends, one.end)
    if len(parties) > 1 and one.base in _INSTRUCTING and not one.negated:
        return follow_ups.agreed(thread, read, one, parties, place, reasons)
    if len(parties) > 1 and offered[0] == "promised":
        if compiled(_HELD_TRUE).match(rest):
            offered = _first("stated", offered)
        elif (
            (one.base in (*thread.lexicon.undertakings, "be", "remain") and one.form != "been")
            or compiled(r"\b(?:would|will)\b").search(rest[:30])
            or compiled(_INTENT).match(rest)
        ):
            return follow_ups.agreed(thread, read, one, parties, place, reasons)
    on, at = thread.like_the_first(one, read, *thread.when(one, read, subject))
    to = addressees.addressee(thread, one, read, parties, at, offered[0])
    on, at = addressees.said_to(thread, to, on, at, read) if len(parties) == 1 else (on, at)
    unnamed = [who.words for who in one.subject if who.kind == "unnamed"]
    fields: dict[str, Any] = {
        "by": list(subject) or [{"unnamed": unnamed[0]}],
        **({"speakers": list(others)} if others else {}),
        "to": to,
        "act": offered[0],
        "issues": thread.topics.about(text[begins : one.ends], joined=not one.subject),
        "on": on,
        "at": at,
        **({"tells_of": told} if told else {}),
    }
    sets_deadline = bool(compiled(_SETS_DEADLINE).search(text[slice(*place)])) and not one.negated
    due = (
        follow_ups.due_in(thread, text[slice(*place)])
        if sets_deadline or offered[0] in ("promised", "considering", "deferred")
        else None
    )
    if due and due.when:
        fields |= {"due": When(due.when.edtf, due.words), "sets_deadline": sets_deadline}
    thread.speaker = subject
    in_doubt = ("by",) if others or not subject else ()
    doubts = (*in_doubt, *_doubts(sure and offered[0] not in (() if len(parties) > 1 else _OF_BOTH)))
    parts = _parts_said(text, begins, one, rest)
    if len(parts) > 1:
        return _divided(thread, read, one, parts, fields, reasons, in_doubt)
    if len(parties) > 1 and fields["act"] == "settled" and (two := follow_ups.besides(thread, read, one, parties)):
        return [suggest_entry("statement", read.sentence, two[0], fields, offered, reasons, doubts), two[1]]
    return [suggest_entry("statement", read.sentence, place, fields, offered, reasons, doubts)]


def _is_possible(one: Predicate) -> bool:
    """Whether a verb tells only what may or will be done; but "could not agree" tells what was not."""
    unable = one.negated and one.modal in ("could", "can")
    return (one.modal in _ONLY_POSSIBLE and not unable) or (one.modal in ("will", "would") and not one.negated)


def _is_quoted(thread: Thread, read: SentenceRead, one: Predicate) -> bool:
    """Whether all that a verb of saying reports is a quotation."""
    text = read.text
    short = any(0 < len(text[a:b].split()) < _FEWEST_WORDS for a, b in quoted(text) if one.end < a < one.ends + 2)
    if one.base in thread.lexicon.attributing_verbs and _BARE.fullmatch(text, one.end, one.ends) and not short:
        return True
    saying = one.base in (*thread.lexicon.attributing_verbs, "tell")
    return saying and (bool(one.subject and _follows_a_quotation(read, one)) or _only_quotes(read, one))


def _of_several(thread: Thread, one: Predicate, parties: tuple[str, ...], offered: Acts, rest: str) -> Acts:
    """The acts of several parties together: what both accept is settled, and what both find wanting is their view."""
    agrees = one.base == "agree" and (offered[0] == "accepted" or compiled(_WILL_HOLD).match(rest))
    signs = offered[0] == "accepted" and one.base in _SIGNING and {*parties} >= {*thread.voices.sides}
    if agrees or signs:
        return _first("settled", offered)
    return _first("stated", offered) if one.base in _RECOGNISING and offered[0] in _FINDING else offered


def _if_before(text: str, begins: int) -> int | None:
    """The beginning of a condition right before a clause: "If Canada agrees, Norway is ready to sign"."""
    found = compiled(_CONDITION_BEFORE).search(text[:begins])
    return found.start("if") if found else None


def _parts_said(text: str, begins: int, one: Predicate, rest: str) -> list[Place]:
    """The places of the reported clauses of a sentence: "said that …, that … and that …"; the first has the verb."""
    more = list(compiled(_AND_THAT).finditer(rest)) if compiled(_SAYS_THAT).match(rest) else []
    starts = [(begins, one.end), *((one.end + match.end(), one.end + match.start()) for match in more)]
    ends = [end for _, end in starts[1:]] + [one.ends]
    places = [cut(text, start, end, one.end) for (start, _), end in zip(starts, ends, strict=True)]
    return places[:1] + [place for place in places[1:] if place[1] - place[0] > _FEWEST_LETTERS]


def _divided(
    thread: Thread,
    read: SentenceRead,
    one: Predicate,
    parts: list[Place],
    fields: dict[str, Any],
    reasons: tuple[str, ...],
    in_doubt: tuple[str, ...],
) -> list[Suggestion]:
    """A statement for each clause that a verb reports: "said that …, and that Canada would not yield"."""
    text, parties = read.text, parties_of(who for who in fields["by"] if isinstance(who, str))
    first = acts.of_verb(thread.lexicon, one, text[one.end : parts[0][1]])
    said = [first, *(acts.of_content(thread.lexicon, text[slice(*part)]) for part in parts[1:])]
    places = [(one.end, parts[0][1]), *parts[1:]]
    said = [shades.shaded(thread, read, at, parties, each) for at, each in zip(places, said, strict=True)]
    return [
        suggest_entry(
            "statement",
            read.sentence,
            part,
            {**fields, "act": each.acts[0], "issues": thread.topics.issues(text[slice(*part)])},
            each.acts,
            (_why(read, one, each.acts[0], each.why), *reasons[1:]),
            (*in_doubt, *_doubts(each.sure)),
        )
        for part, each in zip(parts, said, strict=True)
    ]


def attributed(thread: Thread, read: SentenceRead, told: Attribution, subject: tuple[str, ...]) -> list[Suggestion]:
    """The statement of a sentence whose speaker is named at its end or in its middle: "…, the minister said"."""
    unnamed = [who.words for who in told.subject if who.kind == "unnamed"]
    if not subject and not unnamed:
        if any(one.kind == "stranger" for one in told.subject):
            thread.stranger()
        return []
    text = read.text
    thread.voices.spoke(subject)
    if any(len(text[a:b].split()) >= _FEWEST_WORDS for a, b in quoted(text)):
        thread.speaker = subject
        return []
    words = text[told.start : told.end]
    offered = acts.of_content(thread.lexicon, words)
    if (act := acts.named_by(thread.lexicon, told.verb)) in _TELLING:
        offered = offered._replace(acts=_first(act, offered.acts))
    offered = shades.shaded(thread, read, (told.start, told.end), parties_of(subject), offered)
    verb = Predicate(told.at, told.at, "say", "said", told.subject, told.begins, told.rest)
    on, at = thread.when(verb, read.without(told.start, told.end if told.at >= told.end else told.start))
    fields: dict[str, Any] = {
        "by": list(subject) or [{"unnamed": unnamed[0]}],
        "to": addressees.other_side(thread, parties_of(subject), at, offered.acts[0], read),
        "act": offered.acts[0],
        "issues": thread.topics.about(words),
        "on": on,
        "at": at,
    }
    thread.speaker = subject
    named = ", ".join(who.words for who in told.subject)
    reasons = (f"{offered.acts[0]}: “{offered.why or told.verb}”", _by(named, subject))
    dateline = compiled(_DATELINE).match(text, told.start, told.end)
    first = next((one.end for one in read.spoken if told.start < one.start < told.end), 0)
    place = cut(text, dateline.end() if dateline else told.start, told.end, first)
    doubts = (*(() if subject else ("by",)), *_doubts(offered.sure))
    return [suggest_entry("statement", read.sentence, place, fields, offered.acts, reasons, doubts)]


def quotations(
    thread: Thread, read: SentenceRead, found: Sequence[Suggestion], subject: tuple[str, ...], unnamed: str = ""
) -> list[Suggestion]:
    """The statements made by whole quotations; the speaker is named in the sentence or in the one before.

    `unnamed` are the words for a speaker whom the report does not name.
    """
    made: list[Suggestion] = []
    text, begins = read.text, read.sentence.start
    worded = {one.start for one in found if "provision" in one.fields}  # the wording that the parties agreed
    alone = [(a, b) for a, b in quoted(text) if _stands_alone(text, a, b) and begins + a not in worded]
    for start, end in (part for place in alone for part in _sentences(thread, text, *place)):
        if len(text[start:end].split()) < _FEWEST_WORDS:
            continue
        who = (
            named_after(thread, read, end)
            or subject
            or (() if unnamed else _speaker_of(thread, read, start, end))
            or (() if text[:start].strip('“" ') else thread.speaker)
        )
        opening = compiled(rf"(?:\S+\s+){{0,{_OPENING}}}").match(text, start, end)
        place = cut(text, start, end, opening.end() if opening else start)
        within = (
            one.kind == "statement" and begins + start < one.start <= begins + place[0] and begins + place[1] <= one.end
            for one in found
        )
        enclosed = any(
            one.kind == "statement" and one.start < begins + start and end < one.end - begins for one in found
        )
        described = enclosed and compiled(r"\bas\s*[“\"]?$").search(text[:start])  # "described it as “a step forward”"
        if not (who or unnamed) or any(within) or described:
            continue
        offered = acts.of_quotation(thread.lexicon, text[start:end])
        offered = shades.shaded(thread, read, (start, end), parties_of(who), offered, quoted=True)
        on, at = thread.when_quoted(who, read) if who else (When(), "")
        fields: dict[str, Any] = {
            "by": list(who) or [{"unnamed": unnamed}],
            "to": addressees.of_quotation(thread, read, (start, end), parties_of(who), at, offered.acts[0])
            or addressees.named_side(thread, read, (start, end), parties_of(who), offered.acts[0]),
            "act": offered.acts[0],
            "issues": thread.topics.about(text[start:end]),
            "on": on,
            "at": at,
        }
        reasons = (
            f"{offered.acts[0]}: {f'“{offered.why}”' if offered.why else 'a quotation'}",
            _by("" if who else unnamed, who),
        )
        doubts = (*(() if who else ("by",)), *_doubts(offered.sure))
        made.append(suggest_entry("statement", read.sentence, place, fields, offered.acts, reasons, doubts))
        thread.speaker = who
        thread.voices.spoke(who)
    return made


def _sentences(thread: Thread, text: str, start: int, end: int) -> list[Place]:
    """The sentences of a quotation that are statements of their own: the first, and each that tells an act.

    The whole quotation is one statement if no other sentence tells an act.
    """
    ends = [start + one.end() for one in compiled(_STOP).finditer(text[start:end])]
    parts: list[Place] = []
    for first, last in pairwise((start, *ends, end)):
        acting = acts.of_quotation(thread.lexicon, text[first:last]).acts[0] not in ("stated", "promised")
        if not parts or (acting and len(text[slice(*parts[0])].split()) >= _FEWEST_WORDS):
            parts.append((first, last))
        elif len(parts) == 1 and len(text[slice(*parts[0])].split()) < _FEWEST_WORDS:
            parts[0] = (parts[0][0], last)
    return parts if len(parts) > 1 else [(start, end)]


def _only_quotes(read: SentenceRead, one: Predicate) -> bool:
    """Whether what a verb reports is one quotation: "told the daily that “no government would sign it”"."""
    told = compiled(_THAT_QUOTES).match(read.text, one.end)
    spans = (place for place in quoted(read.text) if told and place[0] == told.end())
    return any(len(read.text[a:b].split()) >= _FEWEST_WORDS and one.ends - b <= _REST for a, b in spans)


def _follows_a_quotation(read: SentenceRead, one: Predicate) -> bool:
    """Whether a verb names the speaker of the quotation before it: "“…”, Holm told her counterpart"."""
    quoted_before = compiled(r"[”\"][,.]?\s*$").search(read.text[: one.begins])
    return bool(quoted_before) and not compiled(r"\b(?:that|to)\b").search(read.text, one.end, one.ends)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a quotation is a statement of its own, and not only some quoted words in a sentence."""
    before, after = text[:start].rstrip('“" '), text[end:].lstrip('”" ,')
    return bool(
        not before.strip()
        or compiled(_TOLD_BEFORE).search(before)
        or compiled(_TOLD_AFTER).match(after)
        or compiled(_LEADS_IN).search(before)
    )


def named_after(thread: Thread, read: SentenceRead, end: int) -> tuple[str, ...]:
    """The speaker whom a verb directly after a quotation names: "“…,” said its trade minister, Kari Holm"."""
    said = compiled(_SAID_AFTER).match(read.text, end)
    named = [one for one in read.mentions if said and said.end() <= one.start < said.end() + 80]
    return thread.meaning(named[:1])


def _speaker_of(thread: Thread, read: SentenceRead, start: int, end: int) -> tuple[str, ...]:
    said = r"\b(?:said|added|noted|stated|explained|stressed|remarked|told|warned)\b"
    inside = quoted(text := read.text)
    outside = [one for one in read.mentions if not any(a <= one.start < b for a, b in inside)]
    after: list[Mention] = [one for one in outside if one.start >= end and one.kind != "both"]
    if after and compiled(said).search(text, end, after[0].end + 20):
        return thread.meaning(after[:1])
    before = [one for one in outside if one.end <= start]
    return thread.meaning(before[-1:])


def _doubts(sure: bool) -> tuple[str, ...]:
    return () if sure else ("act",)


def _why(read: SentenceRead, one: Predicate, act: str, why: str) -> str:
    return f"{act}: “{why or one.form}” at {read.sentence.start + one.start}–{read.sentence.start + one.end}"


def _by(named: str, subject: Sequence[str]) -> str:
    return (
        f"by: “{named}” → {', '.join(subject) or 'unnamed'}" if named else f"by: the last speaker, {', '.join(subject)}"
    )


def _first(act: str, offered: Acts) -> Acts:
    return (act, *(one for one in offered if one != act))
