"""Readers of fields: a reader turns typed text into the value of an event, or raises a refusal with the reason."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from ledger import dates
from ledger.base import now
from ledger.base.names import slugify
from ledger.base.text import first_unsafe, tidy
from ledger.dates import When, hull
from ledger.domain.errors import UnknownEntry
from ledger.domain.events import UNKNOWN, Attendee, Condition, Quote
from ledger.domain.quotations import LONGEST_QUOTE_WORDS, FrozenText
from ledger.domain.vocabulary import INFERABLE, known
from ledger.domain.voices import UNATTRIBUTED, parties
from ledger.errors import Refusal
from ledger.filing.errors import (
    HeldLater,
    NobodySpoke,
    NoConditionWords,
    NoOtherSide,
    NotAFingerprint,
    NotANumber,
    NotAText,
    NotYesOrNo,
    OtherParty,
    PartyNeeded,
    QuoteNotFound,
    QuoteTooLong,
    UnsafeText,
)
from ledger.filing.lookup import Lookup
from ledger.filing.sheets import Raw, items, single, word


@dataclass
class Context:
    """The values that a reader may need: the entries in the record, the source, and the fields of the form read so far.

    `source` is the slug of the source, `level` the level that the keeper gave it ("" if none), `text` its text if it is
    available, `published` and `language` as it states them. `note`: it is the keeper's own note; `quotable`: it has a
    text to quote. `held` has the dates of the meetings that it reports.
    """

    lookup: Lookup
    source: str = ""
    level: str = ""
    text: FrozenText | None = None
    published: When = UNKNOWN
    language: str = ""
    note: bool = False
    quotable: bool = False
    held: dict[str, When] = field(default_factory=dict)
    read: dict[str, Any] = field(default_factory=dict)

    def find(self, kind: str, raw: Raw) -> str:
        """The slug of the entry of this kind that was typed as a slug, a name or an alias."""
        known = self.lookup.as_typed[kind]
        if isinstance(raw, str) and raw in known:
            return raw
        found = self.lookup.find(kind, text(self, raw))
        if found == raw:
            known.add(found)
        return found

    def said_on(self) -> date | None:
        """The last day from which the relative dates of this form are counted."""
        return self.said_within()[1]

    def said_within(self) -> tuple[date | None, date | None]:
        """The first and the last day from which the relative dates may be counted: those of an inexact `on`."""
        on: When = self.read.get("on") or self.read.get("as_of", UNKNOWN)
        at: str = self.read.get("at", "")
        held = (self.held.get(at) or self.lookup.held(at)) if at else UNKNOWN
        last = next((one.latest for one in (on, held, self.published) if one.latest is not None), None)
        first = on.earliest if on and not on.is_duration else last
        return (first if first and last and first <= last else last), last

    def day(self) -> str:
        """The day on which the entry of this form happened, as far as it is known; else the end of time."""
        held: When = self.read.get("held", UNKNOWN)
        return str(held.latest or self.said_on() or date.max)


AWAITED = ("task", "follow-up", "deadline", "meeting", "issue")  # the kinds that a task may wait on
LINKED = ("statement", "follow-up", "meeting", "deadline")  # the kinds of entry that a link may lead to
MATTERS = ("issue", "measure", "meeting", "follow-up", "statement")  # the kinds of entry that a condition may be about
OTHER, ALL = "other", "all"  # what may be typed for the other side of two, and for every party
_parsed = lru_cache(maxsize=1_000)(dates.parse)  # one source mentions few dates
Reader = Callable[[Context, Raw], Any]


def text(context: Context, raw: Raw) -> str:
    """One value, without control characters or marks that reorder the text around them."""
    if isinstance(raw, str) and tidy(raw):
        return raw
    value = " ".join(_one(raw).split())
    if unsafe := first_unsafe(value):
        raise UnsafeText(code=unsafe)
    return value


def texts(context: Context, raw: Raw) -> tuple[str, ...]:
    """A list of texts, or a single text."""
    return tuple(dict.fromkeys([text(context, item) for item in items(raw)]))


def number(context: Context, raw: Raw) -> int:
    """A whole number from 0 to 9999."""
    value = text(context, raw)
    if not (value.isascii() and value.isdecimal() and len(value) <= 4):
        raise NotANumber(text=value)
    return int(value)


def fingerprint(context: Context, raw: Raw) -> str:
    """A SHA-256, as hexadecimal digits."""
    value = text(context, raw).lower()
    if value and not re.fullmatch("[0-9a-f]{64}", value):
        raise NotAFingerprint(text=value)
    return value


def yes_or_no(context: Context, raw: Raw) -> bool:
    """`yes` or `no`, or `true` or `false`."""
    value = text(context, raw).lower()
    if value not in ("yes", "no", "true", "false"):
        raise NotYesOrNo(text=value)
    return value in ("yes", "true")


def one_of(words: Mapping[str, Any] | tuple[str, ...], what: str) -> Reader:
    """A reader of one word from a closed list."""

    def read(context: Context, raw: Raw) -> str:
        if isinstance(raw, str) and raw in words:
            return raw
        return known(what, "-".join(text(context, raw).lower().split()), words)

    return read


def inferable(context: Context, raw: Raw) -> tuple[str, ...]:
    """The fields of a statement in which the keeper inferred something, as they are typed: `conditional-on`."""
    words = ["for" if one == "on_behalf_of" else one.replace("_", "-") for one in INFERABLE]
    fields = dict(zip(words, INFERABLE, strict=True))
    return tuple(dict.fromkeys([fields[known("field", one.lower(), words)] for one in texts(context, raw)]))


def level(context: Context, raw: Raw) -> str:
    """One of the ledger's levels of confidentiality."""
    return context.lookup.levels.known(text(context, raw).lower())


def entry(kind: str) -> Reader:
    """A reader of the slug, name or alias of one entry of a kind."""
    return lambda context, raw: context.find(kind, raw)


def entries(*kinds: str) -> Reader:
    """A reader of a list of entries of a kind, or of several kinds."""

    def find(context: Context, raw: Raw) -> str:
        return context.find(kinds[0], raw) if len(kinds) == 1 else context.lookup.find_among(kinds, text(context, raw))

    def read(context: Context, raw: Raw) -> tuple[str, ...]:
        if isinstance(raw, str) and "," not in raw:
            return (find(context, raw),)
        listed = _apart(context, raw, lambda typed: find(context, typed))
        if len(listed) == 1:
            return (find(context, listed[0]),)
        # All values are read before any is looked up, so that a badly formed value is refused before an unknown name.
        return tuple(dict.fromkeys([find(context, item) for item in texts(context, listed)]))

    return read


_parties: Callable[[Context, Raw], tuple[str, ...]] = entries("party")


def voice(context: Context, raw: Raw) -> str:
    """A party, or a party and a person: `us/jamieson-greer`; a person of one party needs no party."""
    typed_before = context.lookup.as_typed["voice"]
    if isinstance(raw, str) and raw in typed_before:
        return raw
    party, slash, person = text(context, raw).partition("/")
    try:
        found = context.find("party", party)
    except Refusal:
        if slash or not (alone := _person_alone(context, party)):
            raise
        return alone
    spoken_for = [found]
    if slash:
        speaker = _person(context, person)
        spoken_for = context.lookup.parties_of(speaker)
        if spoken_for and found not in spoken_for:
            raise OtherParty(person=speaker, party=found, parties=" or ".join(spoken_for))
        found = f"{found}/{speaker}"
    if spoken_for and found == raw:  # if the record has no party yet, a later entry may add the right one
        typed_before.add(found)
    return found


def _person(context: Context, typed: str) -> str:
    """The slug of a person, also from its first or last word, if only one person's slug has it: `greer`."""
    try:
        return context.find("person", typed)
    except UnknownEntry:
        word = slugify(typed)
        found = [slug for slug in context.lookup.slugs("person") if word in (slug.split("-")[0], slug.split("-")[-1])]
        if len(found) != 1:
            raise
        return found[0]


def _person_alone(context: Context, typed: str) -> str:
    """The voice of a person typed without a party; "" if nobody has the name. Refused if the party is unclear."""
    try:
        person = _person(context, typed)
    except Refusal:
        return ""
    parties = context.lookup.parties_of(person)
    if len(parties) != 1:
        raise PartyNeeded(person=person, parties=" and ".join(parties) or "no party")
    return f"{parties[0]}/{person}"


def voices(context: Context, raw: Raw) -> tuple[str, ...]:
    """A list of voices, or a single voice."""
    if isinstance(raw, str) and "," not in raw:
        return (voice(context, raw),)
    listed = _apart(context, raw, lambda typed: voice(context, typed))
    return tuple(dict.fromkeys([voice(context, item) for item in listed]))


def speakers(context: Context, raw: Raw) -> tuple[str, ...]:
    """Voices; `unattributed` is for words without a named speaker."""
    return (UNATTRIBUTED,) if word(raw) == UNATTRIBUTED else voices(context, raw)


def represented(context: Context, raw: Raw) -> tuple[str, ...]:
    """Voices on whose behalf somebody spoke; refused for words without a named speaker."""
    if UNATTRIBUTED in context.read.get("by", ()):
        raise NobodySpoke()
    return voices(context, raw)


def addressees(context: Context, raw: Raw) -> tuple[str, ...]:
    """Voices; `other` is the other side in a negotiation of two parties, `all` every party but the speaker.

    The members of a bloc that speaks are not addressed by it.
    """
    if not is_of_the_day(raw):
        return voices(context, raw)
    if "by" not in context.read:
        return ()  # the speaker was refused
    speaking = parties(context.read.get("on_behalf_of") or context.read["by"])
    day = context.day()
    own = {*speaking, *(one for bloc in speaking for one in context.lookup.memberships().members(bloc, day))}
    others = [party for party in context.lookup.parties(day) if party not in own]
    if word(raw) == OTHER and (len(speaking) != 1 or len(others) != 1):
        raise NoOtherSide(others=", ".join(others) or "none")
    return tuple(others)


def owing(context: Context, raw: Raw) -> tuple[str, ...]:
    """Voices; `all` is every party to the negotiation on the day."""
    return context.lookup.parties(context.day()) if word(raw) == ALL else voices(context, raw)


def taking_part(context: Context, raw: Raw) -> tuple[str, ...]:
    """Parties; `all` is every party to the negotiation on the day."""
    if word(raw) == ALL:
        return context.lookup.parties(context.day())
    return _parties(context, raw)


def attendees(context: Context, raw: Raw) -> tuple[Attendee, ...]:
    """A list of people, each optionally followed by a comma and the title held that day."""
    found = []
    for item in items(raw):
        who, _, title = text(context, item).partition(",")
        found.append(Attendee(voice(context, who), title.strip()))
    return tuple(found)


def conditions(context: Context, raw: Raw) -> tuple[Condition, ...]:
    """Words of the source, each optionally with the entry they are about: `market-access = access is granted`.

    The other form is {words: …, on: market-access}.
    """
    typed = [raw] if isinstance(raw, Mapping) else items(raw)
    return tuple(dict.fromkeys([_condition(context, item) for item in typed if item]))


def _condition(context: Context, raw: Raw) -> Condition:
    if isinstance(raw, Mapping):
        if set(raw) - {"words", "on"} or "words" not in raw:
            raise NotAText(found="keys other than {words: …, on: …}")
        about, words = text(context, raw.get("on", "")), text(context, raw["words"])
    else:
        about, equals, words = text(context, raw).partition("=")
        about, words = (about, words) if equals else ("", about)
    if not words.strip():
        raise NoConditionWords()
    return Condition(words.strip(), context.lookup.find_among(MATTERS, about) if about else "")


def day(looking: Literal["ahead", "back"], *, lasting: bool = False) -> Reader:
    """A reader of imprecise dates: EDTF, a phrase, `unknown`, or {date: …, words: …}."""

    def read(context: Context, raw: Raw) -> When:
        if isinstance(raw, str) and len(raw) <= dates.LONGEST and (when := dates.stated(raw)):
            return when
        words = ""
        if isinstance(raw, Mapping):
            if set(raw) - {"date", "words"} or "date" not in raw:
                raise NotAText(found="keys other than {date: …, words: …}")
            words, raw = text(context, raw.get("words", "")), raw["date"]
        value = text(context, raw)
        if value.lower() in ("", "unknown"):
            return When("", words) if words else UNKNOWN
        first, last = context.said_within()
        when = _parsed(value, last, looking=looking, language=context.language, lasting=lasting)
        if when.phrase and first != last:  # counted from a day that is not known exactly
            earlier = _parsed(value, first, looking=looking, language=context.language, lasting=lasting)
            when = when if earlier.edtf == when.edtf else When(hull([earlier, when]).edtf, when.phrase)
        if lasting and when.phrase and (told := context.said_on()) and when.earliest and when.earliest > told:
            raise HeldLater(text=value, day=When(told.isoformat()).describe())
        return when.worded(words) if words else when

    return read


def day_from_today(context: Context, raw: Raw) -> When:
    """A date ahead, counted from today (`Friday`), because a keeper's note has no other day."""
    today = When(now.today().isoformat())
    when: When = _ahead(replace(context, published=today, read={}), raw)
    return when


_ahead = day("ahead")


def quotes(context: Context, raw: Raw) -> tuple[Quote, ...]:
    """The exact words of the source, with their place in its text if the text is available."""
    return tuple([_quote(context, words) for item in items(raw) if (words := " ".join(_one(item).split()))])


def _quote(context: Context, words: str) -> Quote:
    refuse_broken(words)
    count = words.count(" ") + 1
    if count > LONGEST_QUOTE_WORDS and not context.note:
        raise QuoteTooLong(start=" ".join(words.split()[:6]), count=count, most=LONGEST_QUOTE_WORDS)
    if context.text is None:
        return Quote(words)
    place = context.text.find(words)
    if place is None:
        raise QuoteNotFound.near(words, context.text.nearest(words))
    return Quote(context.text.words_at(place), place.start, place.end)


def refuse_broken(value: str) -> None:
    """Refuse a text with half of a surrogate pair, which can be neither stored nor printed."""
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise UnsafeText(code=f"U+{ord(value[error.start]):04X}") from error


def _one(raw: Raw) -> str:
    if isinstance(raw, str):
        return raw
    raise NotAText(found="a list" if isinstance(raw, list) else "keys with values")


def _apart(context: Context, raw: Raw, find: Callable[[str], object]) -> list[Any]:
    """The items of a list, which may be typed with commas: `vn, us`. A name that has a comma itself is one item."""
    raw = single(raw)
    if not (isinstance(raw, str) and "," in raw):
        return items(raw)
    try:
        find(text(context, raw))
    except Refusal:
        return [item for part in raw.split(",") if (item := part.strip())]
    return [raw]


def is_of_the_day(raw: Raw) -> bool:
    """Whether a value is a word for parties that depend on the day of the entry, so that the day must be read first."""
    return word(raw) in (ALL, OTHER)
