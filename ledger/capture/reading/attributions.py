"""Finds the speaker to whom a sentence is attributed: "…, the minister told reporters"; and words to the press."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ledger.base.patterns import CAPITAL, compiled
from ledger.capture.reading.lexicon import Lexicon
from ledger.capture.reading.mentions import Mention

_NO_CLAUSE = r"(?!(?:that|to|it|he|she|they|we|would|will|was|were|is|are|had|has|have|not|could|should|if)\b)[\w.’'-]+"
_ON_A_DAY = r"(?:\s+(?:late |early |on )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday)(?: \w+)?)?"
_FEWEST_SAID = 2  # words
# A text that somebody has seen is not the word of whoever saw it: "according to documents seen by the Norwegian daily".
_LEAKED = (
    r"\b(?:seen|obtained|reviewed|viewed|read|consulted|leaked|intercepted|published|made available|shared)\s+"
    r"(?:\w+\s+)?(?:by|to|with)\b|\bleaked\s"
)
_A_TEXT = (
    r"\b(?:agreement|text|treaty|draft|plan|terms|schedule|timetable|rules?|law|data|figures|protocol|deal|calendar)\b"
)
_TO_THE_PRESS = (
    r"\b(?:told (?:the |a |an |local |foreign |state |waiting |assembled )*(?:reporters|journalists|press|media|"
    r"parliament|lawmakers|news|AFP|Reuters|AP|Bloomberg|BBC|CNN|Xinhua|TASS|newspaper|television|radio)|"
    r"(?:speaking|spoke|talking|talked|remarks|comments|briefing|briefed|addressing|answering|replying)"
    r"(?: to| with| for| before| questions from)? (?:[\w-]+ ){0,2}?(?:reporters|journalists|press|media)|"
    r"told (?:[\w.’'-]+ ){0,3}?(?:TV|television|radio|broadcaster|newspaper|news agency|magazine|channel)\b|"
    r"(?:news|press) (?:conference|briefing)|public briefing|at an? (?:\w+ )?briefing|"
    r"addressed (?:the |its |his |her )?(?:union|members|nation|crowd|"
    r"rally|parliament)|in an? (?:\w+ )?(?:interview|speech|tweet|post|op-ed|television)|"
    r"afterwards?|after the (?:meeting|talks|session|round|event)|(?:leaving|emerging from) the (?:meeting|talks|room)|"
    r"in (?:an?|the|his|her|its|their) (?:separate |written |short |brief )?(?:statement|letter|note|email|release)|"
    r"by (?:email|e-mail|text message)|(?<!joint )(?:statement|letter) reads?|"
    r"(?-i:(?:The|A) (?:statement|letter)) (?:from [^,.;]{2,40} )?(?:said|says|added)|"
    r"on (?:\w+ )?(?:radio|television|TV)|on (?:Twitter|Facebook|social media|X)|tweeted)\b"
)
_NEXT = (  # what begins another clause after "…, he said, "
    r"(?:but|and|while|although|yet|(?:further )?(?:adding|noting|stressing|saying|insisting|warning|urging|calling|"
    r"accusing|describing|arguing|pointing out|emphasi[sz]ing|underlining))\b"
)
_CITING = (  # "…, the daily reported, citing a diplomat, that …"
    r"[^“”\";]{2,120}?\b(?:reports?|reported|says?|said|writes?|wrote),?\s+(?:citing|quoting)\s+"
    r"(?P<who>(?!its\b|his\b|her\b|their\b)[^,;“”\"]{2,90}),\s+(?:that\s+)?"
)
_SETTING = (
    rf"{_ON_A_DAY}(?:\s+(?:on|in|at|after|during|before|following|by|via|late|early)(?:\s+{_NO_CLAUSE}){{1,16}})?"
)


_OUTLET = (  # "…, El Espectador reported", "…, the state news agency reported on Friday, which …"
    r",[”\"]?\s+(?P<who>(?!(?:which|who|but|and|while|although|as|he|she|it|they|we|sources?|officials?)\b)"
    r"[^,;:“”\"]{2,70}?)\s+(?:has |have |had |also )?(?:reported|reports)(?=\s*(?:[.,]|$)|\s+(?:on )?\w+day\b)"
)
_OUTLET_FIRST = r"(?P<who>[^,;:“”\"]{2,60}?)\s+(?:has |have |had |also )?reported(?:\s+(?:on )?\w+day)?\s+that\b"
_OF_THEIRS = r"(?:’s|'s)?\s+(?:[a-z-]+\s+){0,3}?(?:agency|newspaper|daily|media|press|broadcaster)\b"
_MEDIA = r"\b(?:agency|daily|newspaper|broadcaster|television|radio)\b"
_NO_OUTLET = r"\b(?:minist\w+|governments?|delegations?|spokes\w+|officials?|envoys?|negotiators?|unions?)\b"


class Attribution(NamedTuple):
    """The speaker of a sentence, named after or within it ("…, he said"); text[start:end] has the reported words.

    The clause that names the speaker begins at `begins`, and its verb ends at `at`. Another clause may begin at `rest`.
    """

    subject: tuple[Mention, ...]
    verb: str
    start: int
    end: int
    begins: int
    at: int
    rest: int


def attribution(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> Attribution | None:
    """The attribution at the end of a sentence ("…, the minister said") or in its middle ("…, he noted, …")."""
    said = rf"(?:(?-i:{lexicon.attributing})(?: out)?|reads?|(?:was|were) (?:quoted|cited) as saying)"
    also = r"(?:also |further |then )?"
    at_the_end = (
        rf"(?:,[”\"]?|[”\"],)\s+(?!(?:but|and|while|although|which|who)\b|"
        r"[^,]*\b(?:have|had|not|never)\b|[^,]*\bhas (?!said|warned|told))"
        rf"(?P<who>[^,;“”\"]{{2,90}}?(?:, (?:(?-i:{CAPITAL})|(?:an?|the|its|their) )[^,;“”\"]{{2,90}},)?)\s+{also}"
        rf"(?:(?P<told>told)(?:\s+{_NO_CLAUSE}){{1,8}}|(?P<verb>{said}){_SETTING})\s*\.?$",
        r",[”\"]?\s+(?P<verb>said|says|added|noted|explained|warned|stressed|declared|argued|confirmed|wrote)\s+"
        r"(?!(?:it|he|she|they|we|there|in|on|at|about|of|to|for|with|after|before|during|by|as|when)\b|.*\b(?:that|would|will|could|was|were)\b|"
        r"[^,;]*\b(?:has|have|had|is|are)\b)"
        r"(?P<who>[^,;“”\"]{2,120}?)"
        r"(?:,\s+(?:the |its |a )?(?:[\w-]+ ){0,4}?\w+(?: (?:of|for|in|at|to) [^;“”\"]{2,80}?)?)?\s*\.?$",
        r",?[”\"]?,?\s+[^,;“”\"]{2,60}?\s+(?:quoted|cited)\s+(?P<who>[^,;“”\"]{2,90}?)\s+as (?P<verb>saying)"
        r"(?: on \w+day)?\s*\.?$",
        r",[”\"]?\s+(?P<verb>according to)\s+(?!which\b|whom\b)(?P<who>[^,;“”\"]{2,90}?)\s*\.?$",
    )
    in_the_middle = (
        rf",\s+(?!(?:which|who|whom|that|where|when)\b)(?P<who>[^,;“”\"]{{2,60}}?)\s+{also}(?P<verb>{said}){_SETTING}"
        r",\s+(?=\w)"
    )
    source = re.match(r"According to (?P<who>[^,;“”\"]{2,90}), ", text) or compiled(_CITING).match(text)
    who = [
        one
        for one in mentions
        if source and (abs(one.end - source.end("who")) <= 1 or (one.kind == "unnamed" and one.end < source.end("who")))
    ]
    if source and not who and source["who"].islower() and not compiled(_A_TEXT).search(source["who"]):
        who = [Mention(*source.span("who"), "unnamed", source["who"])]  # "According to the mediators, Canada …"
    if source and compiled(_LEAKED).search(source["who"]):
        who = [Mention(*source.span("who"), "unnamed", source["who"])]
    if source and who:
        end = len(text.rstrip(". "))
        who = sorted(who, key=lambda one: -one.end)
        return Attribution((who[0],), "according to", source.end(), end, 0, source.end(), len(text))
    for pattern in (*at_the_end, in_the_middle):
        match = compiled(pattern).search(text)
        if match is None:
            continue
        start, end = match.span("who")
        subject = pattern is in_the_middle and any(
            one.end == match.start() for one in mentions
        )  # "Norway, he said, had"
        few = len(text[: match.start()].split()) < _FEWEST_SAID and not subject
        if few and '"' not in text and "“" not in text:
            continue  # "Today, the talks concluded"
        verb = "told" if match.groupdict().get("told") else "verb"
        who = [one for one in mentions if start <= one.start and one.end <= end + 1]
        if match[verb] == "according to" and compiled(_LEAKED).search(match["who"]):
            who = [Mention(start, end, "unnamed", match["who"])]
        if match[verb].lower().startswith("report") and (not who or who[-1].end < end):
            continue  # a newspaper: "…, the Cyprus Mail reported"
        if not who:
            a_name = re.search(rf"{CAPITAL}\w+$", match["who"])
            a_medium = compiled(_MEDIA).search(match["who"])  # "the news agency's spokesman said"
            if not (a_name or a_medium) or compiled(rf"\b{said}\b").search(text[: match.start()]):
                continue
            who = [Mention(start, end, "stranger", match["who"])]
        elif re.match(_OF_THEIRS, text[who[-1].end : end + 1]):
            who = [Mention(start, end, "stranger", match["who"])]
        elif who[-1].kind == "pronoun" and text[start : who[-1].start].strip().lower() not in ("", "the", "as"):
            continue
        goes_on = pattern is in_the_middle and not compiled(_NEXT).match(text, match.end())
        ends = len(text.rstrip(". ")) if goes_on else match.start()
        rest = match.end() if pattern is in_the_middle and not goes_on else len(text)
        named = [one for one in who if one.kind == "person" and text[one.end : one.end + 2] == ", "]
        speaker = (
            named[0] if named and named[0].end < end else who[-1]
        )  # "Holm, an adviser to the Prime Minister, said"
        return Attribution((speaker,), match[verb], 0, ends, start, max(match.end(verb), end), rest)
    return None


def to_the_press(text: str, mentions: Sequence[Mention]) -> bool:
    """Whether a sentence says what somebody told the press, and not the other side."""
    outlet = re.search(r"\btold (?:the )?(?=[A-Z])", text)
    named = outlet and any(one.start <= outlet.end() < one.end for one in mentions)
    return bool(compiled(_TO_THE_PRESS).search(text)) or bool(outlet and not named)


def outlet(text: str, start: int = 0) -> str:
    """The paper or broadcaster that is said to report the words of a sentence after `start`; "" if there is none."""
    found = compiled(_OUTLET).search(text, start) or compiled(_OUTLET_FIRST).match(text, 0, start or len(text))
    who = " ".join(found["who"].split()) if found else ""
    named = re.search(r"[A-Z]", who) or compiled(r"\b(?:agency|daily|newspaper|broadcaster|television|radio)\b").search(
        who
    )
    return who if named and not compiled(_NO_OUTLET).search(who) else ""
