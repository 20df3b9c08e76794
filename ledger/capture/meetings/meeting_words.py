"""Reads the details of a meeting from a sentence: its kind, number, place and participants, and the words to quote."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from ledger.base.names import slugify
from ledger.base.patterns import CAPITAL, cased, compiled
from ledger.capture.reading.days import MONTHS, WEEKDAYS, Day, days
from ledger.capture.reading.gazetteer import KnownMeeting
from ledger.capture.reading.lexicon import MeetingPhrases
from ledger.capture.reading.mentions import Mention
from ledger.capture.reading.predicates import quoted
from ledger.capture.reading.voices import Voices, parties_of
from ledger.dates import When, compatible

_PLACE = cased(rf"\b(?:in|at|to)\s+((?:the\s+)?(?:{CAPITAL}[\w.’'-]+)(?:,?\s+(?:D\.C\.|DC|{CAPITAL}[\w’'-]+)){{0,3}})")
_GOING_ON = (  # where somebody goes after a meeting: "met in Oslo before travelling to Toronto"
    r"\b(?:before|then|ahead of|prior to)\b[^.;]{0,40}?\b(?:travel|fl(?:y|ew|ies|ight)|head|leav|left|go|went|return|"
    r"mov|depart|continu|driv|proceed|visit|trip|journey|stop|tour)\w*\s+(?:(?:on|back|home|onwards?|by \w+)\s+)?$"
)
_HOST = cased(rf"\b(?:city|town|capital|village|resort|port) of\s+({CAPITAL}[\w’'-]+(?:\s+{CAPITAL}[\w’'-]+)?)")
_NOT_IN_A_PLACE = frozenset((*MONTHS, *WEEKDAYS, *(month[:3] for month in MONTHS), "Sept"))
_STOPS = cased(
    r"(?<=\b[A-Z])\.|(?<=\bMr)\.|(?<=\bDr)\.|(?<=\bMs)\.|(?<=\bMrs)\.|"
    r"(?<=\b(?:Jan|Feb|Mar|Apr|Aug|Sep|Oct|Nov|Dec))\.|(?<=\bSept)\.|(?<=\d)\.(?=\d)"
)
_END = (
    r"(?:;|\.\s|,\s+(?:where|and\s+(?:discussed|agreed|reaffirmed|co-)|to discuss|which)\b|"
    r"\s+to (?:reaffirm|discuss|advance|review|sign|exchange)\b)"
)
_ABOUT = (
    r"(?:\b(?:to discuss|to advance|to review|to exchange|discussing|on the sidelines|about|regarding|concerning|"
    r"at the (?:invitation|request|initiative) of|under the auspices of|"
    r"(?:facilitated|mediated|brokered|hosted|moderated|convened|backed|supported) by)|"
    r",\s+(?:after|because|although|though|but|leaving))\b"
)
_HOSTED_BY = r"\bhosted by\s+"  # who hosts a meeting takes part in it
_TOLD_AS = {  # how a sentence tells of a coming meeting; what nobody announced or agreed is no more than expected
    "expected": r"\b(?:expect|hop(?:e|ing)\b|likely|(?-i:may)\b|might|could|would|plan|envisag|foresee|aim|wish|want|"
    r"propos|suggest|possibl|probabl|perhaps|pencil|schedul|dự kiến|dự định|có thể)",
    "agreed": r"\b(?:agreed|decided|thống nhất|nhất trí)\b",
    "announced": r"\b(?:announc\w+|confirmed|invit\w+|công bố|thông báo)\b",
}
_SUBJECT_MATTER = r"\b(?:on|about|regarding|concerning|against|towards?)\s+$"  # "a dialogue on Russia"
_INTO_THE_NIGHT = r"\b(?:ran|lasted|dragged|stretched|went) (?:on )?(?:into|until|till|past|through)\b"
_SAID = r"\b(?:said|says|announced|confirmed|added|told (?:\w+ ){1,3})\s*(?:late |early )?$"
_TOLD_ON = r"\b(?:said|told|confirmed|announced|added|stated|reported|declared|warned)\b[^,.;]{0,40}$"
_DENIED = (  # that a meeting was held, by one of those who are said to have met
    r"\b(?:den(?:y|ies|ied)|denying|disput(?:e|es|ed)|no truth in|"
    r"reject(?:s|ed)? (?:[\w-]+ ){0,2}(?:claims?|reports?))\b[^.;]*$"
)
_DISPUTED = (
    r"^[^.;]*(?:,\s+(?:which|but|though|although|while)\b|,\s+an?\s+(?:meeting|claim|account|report|version)\b|[;–—])"
    r"[^.;]*\b(?:den(?:y|ies|ied)|disput(?:e|es|ed)|never (?:took place|happened|met)|"
    r"no such (?:meeting|talks|contact|session)|did not (?:take place|happen)|ever (?:took place|happened|met))\b"
)
_ENDED = (
    r"\b(?:ended|concluded|wrapped up|wound up|closed|finished|broke up|completed|rounded off|came to an end|"
    r"drew to a close)\b"
)
_COUNTS = ("two", "three", "four", "five", "six")
_DAYS_LONG = rf"\b({'|'.join(_COUNTS)})[ -]days?\b"
_LATER = "postponed|put (?:off|back)|pushed back|moved|rescheduled|delayed"
_NOT_NOW = r"\b(?:postpon|put (?:off|back)|push(?:ed|es)? back|delay|defer)"
_PUT_OFF = rf"\b(?:{_LATER})\b[^.;]{{0,60}}?\b(?:to|until|till)\s+$"
_A_TOWN = r"(?:’s|'s)?\s+(?:[a-z-]+\s+){0,2}(?:city|town|port|capital|resort|village|coast)\b"
_GROUP = r"(?:delegations?|groups?|teams?|sides?|missions?)"
_LED_BY = r"\b(?:led|headed|represented|fronted) by"
_TALKS_LED_BY = r"\b(?:talks|meeting|negotiations|session|round)\b[^.;]{0,40}?\b(?:led|headed|chaired|co-chaired) by\b"
LONGEST_MEETING = 7  # days
_CONTINUED = (
    r"\band (?:(?:the|their) )?(?:talks|negotiations|they|it|bargaining|meeting|session|discussions)\s+"
    r"(?:continued|resumed|went on)\b"
)
_LENGTH_OF_A_DAY = 10  # letters of a day in EDTF
_VERB = r"met\b|held\b|had\b|host|conven|co-chair|chair|gather|led\b|travel|attend"


def without_stops(text: str) -> str:
    """The text with underscores for the full stops in "U.S." and after initials, so that they do not end a sentence."""
    return _STOPS.sub("_", text)


def first_match(patterns: Sequence[str], text: str) -> re.Match[str] | None:
    """The first words that one of the patterns matches, if they are not quoted."""
    plain = without_stops(text)
    found = [match for pattern in patterns if (match := compiled(pattern).search(plain))]
    match = min(found, key=re.Match.start, default=None)
    inside = match and any(start <= match.start() < end for start, end in quoted(text))
    return None if inside else match


def kind_of(phrases: MeetingPhrases, text: str) -> str:
    """The kind of meeting that a text names; `meeting` if it names none."""
    purpose = compiled(
        r"\s(?:to (?:review|discuss|prepare|assess|consider|follow up)|ahead of|before|after|following)\b"
    )
    low = text.lower()
    if (apart := purpose.search(low)) and compiled(rf"\b{phrases.noun}\b").search(low[: apart.start()]):
        low = low[: apart.start()]
    for kind, words in phrases.kinds.items():
        if any(compiled(rf"\b{re.escape(one)}\b").search(low) for one in words if one in low):
            return kind
    return "meeting"


def told_as(text: str) -> str:
    """Whether a sentence says that a meeting is announced, agreed or expected; "" if none of its words tells."""
    return next((word for word, pattern in _TOLD_AS.items() if compiled(pattern).search(text)), "")


def number_of(phrases: MeetingPhrases, words: str) -> int | None:
    """The number of a meeting, such as 3 for "third round" or 5 for "the 5th session"."""
    ordinals = "|".join(phrases.ordinals)
    ordinal = compiled(rf"\b({ordinals})\b(?:\s+[\w.-]+){{0,6}}?\s+{phrases.noun}\b").search(words)
    if ordinal:
        one_of_its_kind = compiled(r"first\b.*(?:talks|negotiations|dialogue|discussions|visit)$").match(
            ordinal.group()
        )
        since = compiled(
            r"[^.;]{0,40}?\b(?:since|in (?:more than |over |nearly |almost )?\w+ (?:years|months|weeks)|of its kind)\b"
        )
        is_first = ordinal[1].lower() == "first" and (one_of_its_kind or since.match(words, ordinal.end()))
        return None if is_first else phrases.ordinals[ordinal[1].lower()]  # "the first talks since May" are not round 1
    noun = rf"(?:{phrases.noun}|(?-i:[A-Z]{{3,}}))"  # or an abbreviation: "the 11th BCM"
    figure = compiled(rf"\b(\d{{1,3}})(?:st|nd|rd|th)\s+(?:[\w-]+\s+){{0,4}}?{noun}\b").search(words)
    after = None if figure else re.search(r"\b[Rr]ound (\d{1,2})\b", words)
    number = figure or after
    return int(number[1]) if number else None


def place_of(text: str) -> str:
    """The place that a text names after "in", "at" or "to"; "" if it names none."""
    found = (one for one in _PLACE.finditer(text) if not compiled(_GOING_ON).search(text[: one.start()]))
    for match in sorted(found, key=lambda one: one.group().startswith("to ")):
        place = match[1].strip(" ,.")
        if (place.isupper() and len(place) > 2) or place.split()[0].endswith(("’s", "'s", "’")):
            continue  # an agency, or what belongs to somebody: "confirmed to EFE", "in Norway's view"
        if place.split()[0].rstrip(",.") in _NOT_IN_A_PLACE or place.startswith("the "):
            continue
        words = []
        for word in place.split():
            if word.strip(",.") in _NOT_IN_A_PLACE:
                break
            words.append(word)
        named = " ".join(words).strip(" ,")
        return f"{named}." if named.endswith("D.C") else named
    host = _HOST.search(text)
    return host[1] if host else ""


def share_a_day(one: When, other: When) -> bool:
    """Whether two dates with bounds have a day in common."""
    if not (one.earliest and one.latest and other.earliest and other.latest):
        return False
    return one.earliest <= other.latest and other.earliest <= one.latest


def from_the_day_before(words: str, when: When) -> str:
    """The days, as EDTF, of a session that ran into the night of a day: it may have begun on the day before."""
    if len(when.edtf) != 10 or when.earliest is None or not compiled(_INTO_THE_NIGHT).search(words):
        return ""
    return f"{(when.earliest - timedelta(days=1)).isoformat()}/{when.edtf}"


def may_be_longer(words: str, when: When, of_several_days: bool) -> str:
    """The days, as EDTF, of a meeting of which words give one day, if it may have lasted longer; "" if not.

    A round of talks that "ended on Friday" may have begun earlier.
    """
    if len(when.edtf) != _LENGTH_OF_A_DAY:
        return ""
    if may_go_on(words):
        return f"{when.edtf}/.."
    if of_several_days and compiled(_ENDED).search(words):
        return f"../{when.edtf}"
    return from_the_day_before(words, when)


def may_be_one_place(known: str, text: str) -> bool:
    """Whether a text may mean a meeting held at a known place: it names no other place."""
    other = place_of(text)
    return not (known and other) or bool({*slugify(known).split("-")} & {*slugify(other).split("-")})


def end_of(text: str, after: int) -> int:
    """The end of the words about a meeting; `after` is the end of their verb."""
    stop = compiled(_END).search(without_stops(text), after)
    return stop.start() if stop else len(text)


def start_of(text: str, place: int) -> int:
    """The start of a noun phrase, with its article and number: "the fifth round", not "round"."""
    before = re.search(r"\b(?:The|the|A|a|an|An|Their|their|its)\s+(?:[\w.-]+\s+){0,4}$", text[:place])
    return before.start() if before and not re.match(_VERB, text[place:]) else place


def taking_part(text: str, mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    """The participants of the meeting described at text[start:end]: the mentions before its subject matter."""
    about = compiled(_ABOUT).search(text, start, end)
    last = about.start() if about else end
    host = compiled(_HOSTED_BY).search(text, start, end)
    return [
        one
        for one in mentions
        if (one.start < last or (host and host.end() <= one.start < host.end() + len("the ")))
        and not (one.kind == "party" and re.match(r"(?:’s|'s)\s", text[one.end : one.end + 3]))
        and not compiled(_SUBJECT_MATTER).search(text[: one.start])
        and not is_place(text, one)
    ]


def is_place(text: str, one: Mention) -> bool:
    """Whether the name of a party only says where something is: "inside or outside Libya", "Libya's coastal city"."""
    within = compiled(r"\b(?:in|inside|outside|within|near)\s+(?:the\s+)?$").search(text[: one.start])
    town = compiled(r"(?:’s|'s)?\s+(?:[a-z-]+\s+){0,2}(?:city|town|port|capital|resort|village|coast)\b").match(
        text, one.end
    )
    return one.kind == "party" and bool(within or town)


def is_history(text: str, published: date | None) -> bool:
    """Whether a sentence begins with a year other than that of the publication."""
    year = re.match(r"[Ii]n (?:[A-Z][a-z]+ )?((?:19|20)\d\d)\b", text)
    return bool(year and published and year[1] != str(published.year))


def of_record(known: Sequence[KnownMeeting], kind: str, number: int | None, when: When, place: str) -> str:
    """The slug of the one meeting of record that words may mean: by its number, its day or its place; "" if unclear."""
    alike = [one for one in known if one.kind == kind and number is not None and one.number == number]
    if not alike and number is None:
        alike = [one for one in known if when and when.edtf in (one.held.edtf, one.expected.edtf)]
    if not alike and place:
        where = slugify(place)
        alike = [
            one for one in known if where in one.slug and one.kind == kind and (number or one.number) == one.number
        ]
        alike = [one for one in alike if not when or compatible(when, one.held or one.expected)]
    return alike[0].slug if len({one.slug for one in alike}) == 1 else ""


def says_when_told(text: str, day: Day, begins: int) -> bool:
    """Whether a day before the words about a meeting says when they were said: "confirmed on Monday that talks …"."""
    if compiled(_SAID).search(text[: day.start]):
        return True  # "talks have resumed, a spokesman said Tuesday"
    before = day.end <= begins and compiled(_TOLD_ON).search(text[: day.start])
    return bool(before and re.match(r",?\s+that\b", text[day.end :]))


def from_to(first: Day, last: Day) -> Day:
    """The days of a meeting of which the report gives the first and the last one."""
    begins, ends = first.when.earliest, last.when.latest
    if not (begins and ends and begins <= ends <= begins + timedelta(days=LONGEST_MEETING)):
        return last
    return Day(first.start, last.end, first.words, When(f"{begins.isoformat()}/{ends.isoformat()}", first.words))


def began_and_ended(words: str) -> bool:
    """Whether words tell of the beginning and the end of a meeting: "began on Monday and broke down on Friday"."""
    ended = r"(?:broke|collapsed|ended|closed|concluded|failed)"
    return bool(compiled(rf"\b(?:began|started|opened|resumed)\b.*\b{ended}\b").search(words))


def of_strangers(text: str, start: int, end: int) -> bool:
    """Whether somebody whom the record does not have met with somebody: "Sisi met in Cairo with his counterpart"."""
    name = cased(rf"{CAPITAL}[\w’'-]+\s+(?:(?:also|later|[a-z]+ly)\s+)?$").search(text[:start])
    return bool(name and compiled(r"\bwith\b(?!\s+(?:each|one) )").search(text, start, end))


def says_it_again(text: str, first: Day, other: Day) -> bool:
    """Whether a phrase right after another gives the same day exactly: "earlier this month, on Nov. 7"."""
    next_to_it = not text[first.end : other.start].strip(" ,") and first.end <= other.start
    return next_to_it and bool(other.when) and bool(re.search(r"\d", other.words)) and not re.search(r"\d", first.words)


def continued(text: str, after: int) -> bool:
    """Whether a meeting went on upon another day, of which the sentence tells after its verb: "and talks continued"."""
    return bool(compiled(_CONTINUED).search(text, after))


def may_go_on(words: str) -> bool:
    """Whether words tell only of the beginning of a meeting: "talks opened"."""
    began = r"(?:opened|began|started|kicked off|got under way|is under ?way|ha(?:ve|s) resumed)"
    return bool(compiled(rf"\b{began}$|^opened\b").search(words))


def complete(known: dict[str, Any], held: When, people: list[str], words: str) -> None:
    """Add what another sentence tells of a known meeting: its day, who met, and where (in the first clause)."""
    place = place_of(re.split(r"[,;]|\b(?:as|after|while)\b", words)[0])
    if held.is_duration and not known["held"].is_duration and share_a_day(held, known["held"]):
        known["held"] = held  # all its days, instead of its last one
        known.pop("helds", None)
    for name, value in (("held", held), ("people", people), ("place", place)):
        known[name] = known[name] or value


def in_passing(before: str, words: str, dated: bool) -> bool:
    """Whether words mention a meeting only in passing: "who had met", "said after meetings that began on July 11"."""
    if not dated and compiled(r",\s+(?:which|who)\s+(?:had\s+|also\s+)?$").search(before):
        return True
    since = compiled(r"\b(?:after|since|before|following|despite)\s+(?:the\s+|two\s+|several\s+)?$").search(before)
    return bool(since and compiled(r"\s(?:that|which)\s+\w+$").search(words))


def failed(words: str) -> bool:
    """Whether words tell that talks came to nothing: "have collapsed"."""
    return bool(compiled(r"\b(?:collapsed|broke down|broken down|stalled|deadlock|failure)\b").search(words))


def lasted(text: str, words: str, when: When) -> When:
    """The days of a meeting, from the last one: "three days of talks ended on Thursday"."""
    told = compiled(_DAYS_LONG).search(text) if compiled(_ENDED).search(words) else None
    if told is None or len(when.edtf) != 10 or when.latest is None:
        return when
    first = when.latest - timedelta(days=_COUNTS.index(told[1].lower()) + 1)
    return When(f"{first.isoformat()}/{when.edtf}", when.phrase)


def disputed(text: str, match: re.Match[str]) -> bool:
    """Whether somebody in the sentence denies that a meeting was held: "a meeting that Canada said never happened"."""
    return bool(compiled(_DENIED).search(text[: match.start()]) or compiled(_DISPUTED).match(text[match.end() :]))


def postponed(words: str) -> str:
    """`postponed` if the words say so of a meeting; "" if it was called off for good."""
    return "postponed" if compiled(_NOT_NOW).search(words) else ""


def put_off_to(text: str, ahead: Sequence[Day], published: date | None) -> Day | None:
    """The day to which a meeting is postponed: "until 24 March", "from 20 March to 24 March"."""
    later = (until(day, published) for day in ahead)
    return next((day for day in later if compiled(_PUT_OFF).search(text[: day.start])), None)


def until(day: Day, published: date | None) -> Day:
    """The day to which a phrase puts something off: "24 March" of "until 24 March"; the same day for other phrases."""
    to = cased(r".*\b(?:until|till|to)\s+").match(day.words)
    later = days(day.words[to.end() :], published, "ahead") if to else []
    return later[-1]._replace(start=day.start + to.end(), end=day.end) if to and later else day


def meant_by(mentions: Sequence[Mention], voices: Voices) -> tuple[list[str], tuple[str, ...]]:
    """The people and the parties that the mentions refer to, each once."""
    meant = list(dict.fromkeys(voice for one in mentions for voice in voices.meaning(one) if voice[0] != "/"))
    return [voice for voice in meant if "/" in voice], parties_of(meant)


def leading_delegations(text: str, mentions: Sequence[Mention], voices: Voices) -> list[str]:
    """The people who lead a delegation or chair the talks in a sentence: "led his country's team"."""
    if not re.search(rf"\b(?:{_GROUP}|talks|meeting|negotiations|session|round)\b", text):
        return []
    led_by = (
        rf"\b{_GROUP}\b[^.;]{{0,60}}?{_LED_BY} (?:the |its |their )?$|"
        rf"{_LED_BY}\b.*\b(?:{_GROUP}|one|that of [A-Z][\w ]+|[A-Z]\w+(?:’s|'s)),? by (?:the |its |their )?$"
    )
    everybody = compiled(_TALKS_LED_BY).search(text)
    led = rf"[^.;]{{0,90}}?\b(?:led|headed) (?:the|a|an|his|her|its)\b[^.;]{{0,60}}?\b{_GROUP}"
    found: list[str] = []
    for one in mentions:
        leads = compiled(led).match(text, one.end) or compiled(led_by).search(text[: one.start])
        leads = leads or (everybody if everybody and one.start >= everybody.end() - 1 else None)
        if one.kind == "person" and leads:
            found += [voice for voice in voices.meaning(one) if voice[0] != "/"]
    return found
