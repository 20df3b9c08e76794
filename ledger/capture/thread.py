"""The thread of a report: the speaker, day, meeting and issues so far, needed to understand the next sentence.

Whatever the report leaves open stays empty.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ledger.capture.meetings import Meetings
from ledger.capture.reading.days import Day
from ledger.capture.reading.gazetteer import Gazetteer
from ledger.capture.reading.lexicon import Lexicon, compiled
from ledger.capture.reading.mentions import Finder, Mention, listed
from ledger.capture.reading.predicates import Predicate
from ledger.capture.reading.sentences import Sentence
from ledger.capture.reading.voices import Voices, parties_of
from ledger.dates import When

_JOINT = r"\bjoint (?:press )?(?:statement|release|communiqu|declaration|readout)|released by the Governments of"
_BEFORE = (
    r"\b(?:previously|earlier|already|in the week|ago|last (?:year|month|week)|had (?:earlier|already|previously))\b"
)
_POINTS_BACK = (
    r"\b(?:it|this|these|those|such|in this regard|the (?:agreements?|project|deal|pipeline|summit|conclusions|"
    r"proposal|issue|matter|request|discussions))\b(?! (?:is|was) (?:important|necessary))"
)
_OBJECT = r"\s*(?:once more |again )?(?:on|upon|to|with)?\s*(?:the\s+|its\s+|senior\s+|both\s+)*"
_FEWEST_OF_TITLE = 3  # words: a shorter title of an issue is found only as a phrase


class Report(NamedTuple):
    """A report to draft from: its text and its metadata."""

    text: str
    title: str = ""
    publisher: str = ""
    published: date | None = None
    language: str = "en"


class SentenceRead(NamedTuple):
    """A sentence and its analysis: mentions, date phrases, and reporting verbs with their subjects.

    `days` reads the date phrases as past dates, `ahead` as future ones.
    """

    sentence: Sentence
    mentions: list[Mention]
    days: list[Day]
    ahead: list[Day]
    spoken: list[Predicate]

    @property
    def text(self) -> str:
        return self.sentence.text


class Thread:
    """What one report has said so far."""

    def __init__(self, report: Report, gazetteer: Gazetteer, lexicon: Lexicon, finder: Finder) -> None:
        self.report = report
        self.lexicon = lexicon
        self.joint = bool(compiled(_JOINT).search(report.title) or compiled(_JOINT).search(report.text[:350]))
        self.voices = Voices(gazetteer, _writer(report, finder))
        self.meetings = Meetings(gazetteer, lexicon, report.published)
        self.speaker: tuple[str, ...] = ()
        self.day = When()  # the day that the paragraph is about, if it says so
        self.last_day: date | None = None
        self._paragraph = -1
        self._about: list[str] = []
        self._spoke_on: dict[tuple[str, ...], When] = {}
        self._phrases = {
            slug: tuple(_stem(phrase) for phrase in phrases if phrase.strip())
            for slug, phrases in gazetteer.issues.items()
        }
        named = {word for names in gazetteer.parties.values() for name in names for word in _plain(name).split()}
        self._titles = {
            slug: _words_of_title(phrases[0], named) for slug, phrases in gazetteer.issues.items() if phrases
        }

    def begin(self, sentence: Sentence) -> None:
        """Begin a sentence; a new paragraph clears the day and the issues of the one before."""
        if sentence.paragraph != self._paragraph:
            self._paragraph = sentence.paragraph
            self._about = []
            self.day = When()

    def speaks_of(self, day: Day) -> None:
        """Remember the day that a sentence begins with."""
        if day.when:
            self.day = day.when
            self.last_day = day.when.latest if len(day.when.edtf) == 10 else self.last_day

    def stranger(self) -> None:
        """Remember that the last speaker is not in the record."""
        self.voices.stranger()
        self.speaker = ()

    def meaning(self, subject: Sequence[Mention]) -> tuple[str, ...]:
        """The voices that the mentions refer to, each once; a mention that stays unclear adds none."""
        meant = (voice for one in subject for voice in self.voices.meaning(one))
        return tuple(dict.fromkeys(voice for voice in meant if not voice.startswith("/")))

    def when(self, one: Predicate, read: SentenceRead) -> tuple[When, str]:
        """The day and the meeting of a statement, from its own words, else from the paragraph or the meeting."""
        after = [day for day in read.days if day.start > one.start]
        own = next(
            (
                day
                for day in read.days
                if day.when
                and not day.is_due
                and (day.start < one.start or len(after) == 1)
                and _says_when(read.text, day, one)
            ),
            None,
        )
        current = self.meetings.current
        held = self.meetings.day(current)
        who = self.meaning(one.subject) or self.speaker
        if own is not None:
            self.day = self._spoke_on[who] = own.when
            return own.when, current if held == own.when else ""
        form = one.form.lower()
        present = not self.joint and not one.modal and form.endswith("s") and form != one.base
        if compiled(_BEFORE).search(read.text[: one.end]) or (present and current and not self.day):
            return When(), ""
        if self.day:
            self._spoke_on[who] = self.day
            return self.day, current if held == self.day else ""
        if current and self._takes_part(parties_of(who)):
            return held, current
        return self._spoke_on.get(who, When()) if who == self.speaker else When(), ""

    def when_quoted(self, who: tuple[str, ...]) -> tuple[When, str]:
        """The day and the meeting of a quotation."""
        if self.day:
            return self.day, ""
        if self.meetings.current and self._takes_part(parties_of(who)):
            return self.meetings.day(self.meetings.current), self.meetings.current
        return self._spoke_on.get(who, When()) if who == self.speaker else When(), ""

    def _takes_part(self, parties: Sequence[str]) -> bool:
        present = self.meetings.parties(self.meetings.current)
        return bool(parties) and all(party in present for party in parties)

    def addressee(self, one: Predicate, read: SentenceRead, parties: Sequence[str], at: str) -> list[str]:
        """The addressees: the object of "urged" or "called on", else the other side of the meeting."""
        if one.base in self.lexicon.addressing:
            direct = compiled(_OBJECT).match(read.text, one.end, one.ends)
            place = direct.end() if direct else one.end
            for other in read.mentions:
                if other.kind in ("party", "person") and place - 5 <= other.start <= place + 3:
                    found = parties_of(self.meaning(listed(read.text, read.mentions, other)))
                    if named := [party for party in found if party not in parties]:
                        return named
        return self.other_side(parties, at)

    def other_side(self, parties: Sequence[str], at: str) -> list[str]:
        """The other side, if the meeting has two parties."""
        present = self.meetings.parties(at) if at else ()
        others = [party for party in present if party not in parties]
        return others if len({*parties}) == 1 and len(present) == 2 and len(others) == 1 else []

    def about(self, words: str, *, joined: bool = False) -> list[str]:
        """The issues of a clause; if it only points back ("this", "the agreement"), the issues of the clause before."""
        found = self.issues(words)
        if found:
            self._about = found
        elif joined or compiled(_POINTS_BACK).search(words):
            return list(self._about)
        return found

    def issues(self, words: str) -> list[str]:
        """The issues whose phrases occur in the words."""
        plain = _plain(words)
        return [
            slug
            for slug, stems in self._phrases.items()
            if any(_begins_a_word(stem, plain) for stem in stems) or self._titled(slug, plain)
        ]

    def _titled(self, slug: str, plain: str) -> bool:
        """Whether the words contain all words of an issue's title, in any order."""
        title = self._titles.get(slug, ())
        return len(title) >= _FEWEST_OF_TITLE and all(_begins_a_word(stem, plain) for stem in title)


def _writer(report: Report, finder: Finder) -> str:
    """The voice of "we": the spokesperson to whom a readout is attributable."""
    match = re.search(r"attributable to[^:\n]{0,80}", report.text[:1500])
    people = [one for one in finder.find(match.group()) if one.kind == "person"] if match else []
    return people[0].voices[0] if people else ""


def _says_when(text: str, day: Day, one: Predicate) -> bool:
    """Whether a date phrase says when a statement was made.

    It does so before the verb in the same clause, and directly after the verb or its object.
    """
    if day.start < one.begins:
        opens = re.fullmatch(r"(?:Later\s+|Earlier\s+|[A-Z][^,]{0,120}\s)?", text[: day.start])
        return bool(opens) and one.begins - day.end < 90
    between = text[one.end : day.start]
    if day.start < one.start or re.fullmatch(r"\s*(?:on|in)?\s*", between):
        return True
    names_a_day = re.match(r"(?:on|yesterday|today|last)\b", day.words, re.IGNORECASE)
    of_what_was_said = re.search(r"\b(?:that|will|would|if|to [a-z]+)\b", between)
    return bool(names_a_day) and not of_what_was_said and one.ends - 1 <= day.end <= one.ends + 1


def _plain(words: str) -> str:
    return " ".join(words.replace("’", "'").replace("‘", "'").lower().split())


def _stem(phrase: str) -> str:
    """A phrase without a plural "s" at its end."""
    plain = _plain(phrase)
    return plain[:-1] if plain.endswith("s") and len(plain) > 4 else plain


def _words_of_title(title: str, named: set[str]) -> tuple[str, ...]:
    """The significant words of an issue's title: not the short ones, nor the names of parties."""
    words = [word for word in re.findall(r"[\w'-]+", _plain(title)) if len(word) > 3 and word not in named]
    return tuple(_stem(word) for word in words)


def _begins_a_word(stem: str, plain: str) -> bool:
    at = plain.find(stem)
    while at >= 0:
        if at == 0 or not (plain[at - 1].isalnum() or plain[at - 1] == "_"):
            return True
        at = plain.find(stem, at + 1)
    return False
