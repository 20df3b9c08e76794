"""The forms a record keeper fills in: for each kind of entry its fields, how each is read, which are needed.

Entry files and the command line fill in the same forms. A field is text until it is read here; every field
that cannot be read is a problem of its own, so that all of them can be shown at once.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

from ledger import dates, events
from ledger.dates import When
from ledger.errors import (
    NotAFingerprint,
    NotAList,
    NotANumber,
    NotAText,
    NotYesOrNo,
    QuoteNotFound,
    QuoteTooLong,
    Refusal,
    UnknownWord,
    UnsafeText,
)
from ledger.events import UNKNOWN, Attendee, Event, Quote, Stream
from ledger.evidence import LONGEST_QUOTE_WORDS, FrozenText, normalised
from ledger.known import Known
from ledger.names import nearest
from ledger.plain_text import first_unsafe
from ledger.vocabulary import ACTS, FORMATS, MEETING_KINDS, OUTCOMES, RETRACTION_CAUSES, SOURCE_KINDS

Raw = str | list[Any] | Mapping[str, Any]


@dataclass
class Desk:
    """What a form is read against: the known entries, the source's text, the day it was published.

    `registered` is the source where it is new; `held` is when the source itself says that meetings were held.
    """

    known: Known
    text: FrozenText | None = None
    published: When = UNKNOWN
    note: bool = False
    registered: list[tuple[Stream, Event]] = field(default_factory=list)
    held: dict[str, When] = field(default_factory=dict)
    read: dict[str, Any] = field(default_factory=dict)

    def said_on(self) -> date | None:
        """The day that phrases of the present form are relative to."""
        on: When = self.read.get("on", UNKNOWN)
        at: str = self.read.get("at", "")
        held = (self.held.get(at) or self.known.held(at)) if at else UNKNOWN
        days = [on.latest, held.latest, self.published.latest]
        return next((day for day in days if day is not None), None)


Reader = Callable[[Desk, Raw], Any]


class Field(NamedTuple):
    """One field of a form: the event's field it fills, its reader, a word of help.

    It is `needed`, or `wanted` (worth asking a person for), or neither.
    """

    name: str
    read: Reader
    help: str
    needed: bool = False
    wanted: bool = False


class Form(NamedTuple):
    """The form for one kind of entry: what it is filed as, and its fields in the order they are read."""

    event: type[Event]
    kind: str
    help: str
    fields: dict[str, Field]


def text(desk: Desk, raw: Raw) -> str:
    """Typed text: one value, without control characters or marks that reorder it."""
    value = " ".join(_scalar(raw).split())
    unsafe = first_unsafe(value)
    if unsafe:
        raise UnsafeText(code=unsafe)
    return value


def texts(desk: Desk, raw: Raw) -> tuple[str, ...]:
    """A list of texts; a single one may stand by itself."""
    return tuple(dict.fromkeys(text(desk, item) for item in _items(raw)))


def number(desk: Desk, raw: Raw) -> int:
    """A whole number from 0 to 9999."""
    value = text(desk, raw)
    if not (value.isascii() and value.isdecimal() and len(value) <= 4):
        raise NotANumber(text=value)
    return int(value)


def fingerprint(desk: Desk, raw: Raw) -> str:
    """A SHA-256 in hexadecimal."""
    value = text(desk, raw).lower()
    if value and not re.fullmatch("[0-9a-f]{64}", value):
        raise NotAFingerprint(text=value)
    return value


def yes_or_no(desk: Desk, raw: Raw) -> bool:
    """`yes` or `no`, or `true` or `false`."""
    value = text(desk, raw).lower()
    if value not in ("yes", "no", "true", "false"):
        raise NotYesOrNo(text=value)
    return value in ("yes", "true")


def one_of(words: Mapping[str, Any] | tuple[str, ...], what: str) -> Reader:
    """A reader of one word out of a closed list."""

    def read(desk: Desk, raw: Raw) -> str:
        value = "-".join(text(desk, raw).lower().split())
        if value not in words:
            raise UnknownWord.near(what, value, nearest(value, words), list(words))
        return value

    return read


def entry(kind: str) -> Reader:
    """A reader of the slug, name or alias of one entry of a kind."""
    return lambda desk, raw: desk.known.find(kind, text(desk, raw))


def entries(kind: str) -> Reader:
    """A reader of a list of entries of a kind."""
    return lambda desk, raw: tuple(dict.fromkeys(desk.known.find(kind, item) for item in texts(desk, raw)))


def voice(desk: Desk, raw: Raw) -> str:
    """A party, or a party and a person: `us/jamieson-greer`."""
    party, slash, person = text(desk, raw).partition("/")
    found = desk.known.find("party", party)
    return f"{found}/{desk.known.find('person', person)}" if slash else found


def voices(desk: Desk, raw: Raw) -> tuple[str, ...]:
    """A list of voices."""
    return tuple(dict.fromkeys(voice(desk, item) for item in _items(raw)))


def attendees(desk: Desk, raw: Raw) -> tuple[Attendee, ...]:
    """A list of people, each with the title borne that day after the first comma."""
    found = []
    for item in _items(raw):
        who, _, title = text(desk, item).partition(",")
        found.append(Attendee(voice(desk, who), title.strip()))
    return tuple(found)


def day(looking: Literal["ahead", "back"]) -> Reader:
    """A reader of imprecise dates: EDTF, a phrase, `unknown`, or {date: …, words: …}."""

    def read(desk: Desk, raw: Raw) -> When:
        words = ""
        if isinstance(raw, Mapping):
            if set(raw) - {"date", "words"} or "date" not in raw:
                raise NotAText(found="a mapping other than {date: …, words: …}")
            words, raw = text(desk, raw.get("words", "")), raw["date"]
        value = text(desk, raw)
        if value.lower() in ("", "unknown"):
            return When("", words) if words else UNKNOWN
        when = dates.parse(value, desk.said_on(), looking=looking)
        return When(when.edtf, words) if words else when

    return read


def quotes(desk: Desk, raw: Raw) -> tuple[Quote, ...]:
    """The exact words of the source, with their place where its text is at hand."""
    return tuple(_quote(desk, words) for item in _items(raw) if (words := normalised(_scalar(item))))


def _quote(desk: Desk, words: str) -> Quote:
    refuse_broken(words)
    if len(words.split()) > LONGEST_QUOTE_WORDS and not desk.note:
        raise QuoteTooLong(start=" ".join(words.split()[:6]), count=len(words.split()), most=LONGEST_QUOTE_WORDS)
    if desk.text is None:
        return Quote(words)
    place = desk.text.find(words)
    if place is None:
        raise QuoteNotFound.near(words, desk.text.nearest(words))
    return Quote(words, place.start, place.end)


def refuse_broken(value: str) -> None:
    """Refuse text that is no Unicode: half of a surrogate pair can be neither stored nor shown."""
    broken = next((letter for letter in value if "\ud800" <= letter <= "\udfff"), "")
    if broken:
        raise UnsafeText(code=f"U+{ord(broken):04X}")


def _scalar(raw: Raw) -> str:
    if isinstance(raw, str):
        return raw
    raise NotAText(found="a list" if isinstance(raw, list) else "a mapping")


def _items(raw: Raw) -> list[Any]:
    if isinstance(raw, Mapping):
        raise NotAList(found="a mapping")
    return raw if isinstance(raw, list) else [raw]


_QUOTE = {"quote": Field("quotes", quotes, "the source's own words that prove it")}
_ON = Field("on", day("back"), "when: EDTF or a phrase such as “May 22”", wanted=True)
_AT = Field("at", entry("meeting"), "the meeting where it was said")
_KIND = Field("kind", one_of(MEETING_KINDS, "kind of meeting"), f"one of {', '.join(MEETING_KINDS)}", needed=True)
_NUMBER = Field("number", number, "its number in its series")
_PLACE = Field("place", text, "where")
_FORMAT = Field("format", one_of(FORMATS, "format"), f"one of {', '.join(FORMATS)}")
_PARTIES = Field("parties", entries("party"), "the parties that take part")
_PEOPLE = Field("people", attendees, "who takes part: party/person, title")
_ISSUES = Field("issues", entries("issue"), "the issues it is about", wanted=True)
_ALIASES = Field("aliases", texts, "other names it goes by")

FORMS: dict[str, Form] = {
    "negotiation": Form(
        events.NegotiationOpened,
        "negotiation",
        "Open the record of a negotiation.",
        {
            "title": Field("title", text, "its title", needed=True),
            "parties": Field("parties", entries("party"), "the parties to it"),
        },
    ),
    "party": Form(
        events.PartyNamed,
        "party",
        "Name a party to the negotiation.",
        {"name": Field("name", text, "its name", needed=True), "aliases": _ALIASES},
    ),
    "person": Form(
        events.PersonNamed,
        "person",
        "Name a person.",
        {
            "name": Field("name", text, "the person's name", needed=True),
            "aliases": _ALIASES,
            "party": Field("party", entry("party"), "the party the person speaks for"),
        },
    ),
    "appointment": Form(
        events.PersonAppointed,
        "person",
        "Record that a person holds a post.",
        {
            "post": Field("post", text, "the post held", needed=True),
            "party": Field("party", entry("party"), "the party the person speaks for"),
            "from": Field("since", day("back"), "since when"),
            **_QUOTE,
        },
    ),
    "issue": Form(
        events.IssueNamed,
        "issue",
        "Name a matter between the parties.",
        {
            "title": Field("title", text, "its title", needed=True),
            "about": Field("about", text, "what it is about, in a sentence"),
            "aliases": _ALIASES,
        },
    ),
    "meeting": Form(
        events.MeetingReported,
        "meeting",
        "Record a meeting that was held.",
        {
            "kind": _KIND,
            "number": _NUMBER,
            "held": Field("held", day("back"), "when it was held, or `unknown`", needed=True),
            "place": _PLACE,
            "format": _FORMAT,
            "parties": _PARTIES,
            "people": _PEOPLE,
            "issues": _ISSUES,
            **_QUOTE,
        },
    ),
    "announcement": Form(
        events.MeetingAnnounced,
        "meeting",
        "Record that a meeting is expected.",
        {
            "kind": _KIND,
            "number": _NUMBER,
            "at": Field("at", entry("meeting"), "the meeting where it was announced"),
            "on": Field("on", day("back"), "when it was announced", wanted=True),
            "expected": Field(
                "expected", day("ahead"), "when it is expected: EDTF or a phrase such as “early June”", wanted=True
            ),
            "by": Field("by", voices, "who announced it: party or party/person"),
            "parties": _PARTIES,
            "people": _PEOPLE,
            "place": _PLACE,
            "format": _FORMAT,
            **_QUOTE,
        },
    ),
    "called-off": Form(
        events.MeetingCalledOff,
        "meeting",
        "Record that an announced meeting was called off.",
        {
            "on": _ON,
            "reason": Field("reason", text, "the reason given"),
            "by": Field("by", voices, "who called it off"),
            **_QUOTE,
        },
    ),
    "statement": Form(
        events.StatementReported,
        "statement",
        "Record who said what to whom.",
        {
            "by": Field("by", voices, "who said it: party or party/person", needed=True),
            "for": Field("on_behalf_of", voices, "on whose behalf, if not the speaker's own party"),
            "to": Field("to", voices, "to whom", wanted=True),
            "act": Field("act", one_of(ACTS, "act"), f"one of {', '.join(ACTS)}", needed=True),
            "issues": _ISSUES,
            "says": Field("says", text, "what was said, in your own plain words", needed=True),
            "at": _AT,
            "on": _ON,
            "reported-by": Field("reported_by", text, "who reports that it was said, if not the source itself"),
            **_QUOTE,
        },
    ),
    "follow-up": Form(
        events.FollowUpAgreed,
        "follow-up",
        "Record what was agreed to be done.",
        {
            "says": Field("says", text, "what is to be done, in your own plain words", needed=True),
            "owners": Field("owners", voices, "who is to do it: party or party/person", wanted=True),
            "at": _AT,
            "on": Field("on", day("back"), "when it was agreed", wanted=True),
            "due": Field("due", day("ahead"), "by when: EDTF or a phrase such as “within 90 days”", wanted=True),
            "standing": Field("standing", yes_or_no, "yes when it is to be kept up rather than done by a day"),
            "issues": _ISSUES,
            **_QUOTE,
        },
    ),
    "closed": Form(
        events.FollowUpClosed,
        "follow-up",
        "Record that a follow-up came to its end.",
        {
            "outcome": Field("outcome", one_of(OUTCOMES, "outcome"), f"one of {', '.join(OUTCOMES)}", needed=True),
            "on": _ON,
            "by": Field("by", voices, "by whose word"),
            **_QUOTE,
        },
    ),
}
SOURCE = Form(
    events.SourceRegistered,
    "source",
    "File a source.",
    {
        "kind": Field("kind", one_of(SOURCE_KINDS, "kind of source"), f"one of {', '.join(SOURCE_KINDS)}"),
        "title": Field("title", text, "its title", needed=True),
        "publisher": Field("publisher", text, "who published it", wanted=True),
        "published": Field("published", day("back"), "when it was published", wanted=True),
        "url": Field("url", text, "where it was published"),
        "language": Field("language", text, "the language it is in, such as en"),
        "account-of": Field("account_of", entry("party"), "the party whose account it is"),
        "derived-from": Field("derived_from", entry("source"), "the source that it copies"),
        "sha256": Field("sha256", fingerprint, "the SHA-256 of its text"),
    },
)
RETRACTION_CAUSE = one_of(RETRACTION_CAUSES, "cause")


class Problem(NamedTuple):
    """Something that keeps an entry from being filed, and where it stands."""

    where: str
    refusal: Refusal
