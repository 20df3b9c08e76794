"""The thread of a report: the speaker, day, meeting and issues so far, needed to understand the next sentence.

A field that the report leaves open stays empty.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ledger.base.patterns import compiled
from ledger.capture.layout.first_person import Interview, writer
from ledger.capture.layout.labels import SpeakerLabel
from ledger.capture.meetings.meetings import Meetings
from ledger.capture.reading import said_on, sides
from ledger.capture.reading.attributions import Attribution, to_the_press
from ledger.capture.reading.days import Day, days
from ledger.capture.reading.gazetteer import Gazetteer
from ledger.capture.reading.lexicon import Lexicon
from ledger.capture.reading.mentions import Finder, Mention
from ledger.capture.reading.predicates import ALIKE, Predicate, quoted
from ledger.capture.reading.sentences import Sentence
from ledger.capture.reading.subjects import OFFICE_OF
from ledger.capture.reading.voices import Voices, parties_of, publishing
from ledger.capture.topics import Topics
from ledger.dates import When, compatible

_JOINT = r"\bjoint (?:press )?(?:statement|release|communiqu|declaration|readout)|released by the Governments of"
_A_JOINT_TEXT = r"\bjoint (?:press )?(?:statement|communiqu\w+|declaration)\b"
_BEFORE = (
    r"\b(?:previously|earlier|already|in the week|ago|last (?:year|month|week)|had (?:earlier|already|previously))\b"
)
_AFTER_IT = r"\b(?:after|since)\s+$"  # what came before that of which the sentence tells
_RIGHT_AFTER = (  # the words were said on the day of the meeting, but not at it
    r"\b(?:after|following|leaving|emerging from|at the end of) (?:the |their |his |her |its |today’s |\w+day’s )"
    r"(?:[\w-]+ ){0,2}?(?:meeting|talks|session|negotiations|round)\b|\bas (?:he|she|they) left\b"
)
_SAID_ON = (
    r"\b(?:said|told|added|wrote|stated|declared|warned|noted|remarked)\b"
    r"(?:\s+(?!(?:that|will|would|to|he|she|it|they)\b)[\w.’'-]+){0,6}?\s*$"
)
_LEADS_IN = r"[^.:“”\"]{0,40}:\s*[“\"]"  # "said in a message to members on Friday: “…”"
_OF_WHAT = r"\b(?:that|will|would|which|who|after|since|before)\b"
_PERFECT = r"\b(?:has|have|had|’ve|'ve)\s+(?:\w+ly\s+|also\s+|since\s+|already\s+|so far\s+|now\s+|not\s+|never\s+)*$"
_NOT_OF_A_SIDE = (  # what follows in a headline is a subject or an addressee: "dialogue on Fiji", "Egypt urges Sudan"
    r"\s(?:on|over|about|against|urges?|asks?|accuses?|blames?|warns?|condemns?|denounces?|calls? on|tells?)\s"
)
_OFFICES = r"\b(?:ministry|department|office|secretariat|embassy|mission|government|commission)\b"
_OFFICE = r"(?:’s|'s|’) (?:office|team|delegation|ministry|camp|aides|staff|department|spokes\w+)\b"
_MONTHS_BEFORE = 120  # days
_RECENT = 10  # days
_LENGTH_OF_A_DAY = 10  # letters of a day in EDTF
_FEW = 4  # parties; if there are more, the first lines of a report may name any two of them
_LONGEST_DATE_LINE = 6  # words
_OFTEN = 3  # times
_NAMES_A_SPEAKER = r"[^;“”\"]{0,120}?\b(?:said|says|told|added|warned|urged)\b"
_FIRST_LINES = 350  # characters


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

    def without(self, start: int, end: int) -> "SentenceRead":
        """The sentence with spaces for the words at text[start:end], which say nothing about the clause in question."""
        blank = self.text[:start] + " " * (end - start) + self.text[end:]
        days, ahead = ([day for day in found if not start <= day.start < end] for found in (self.days, self.ahead))
        mentions = [one for one in self.mentions if not start <= one.start < end]
        return self._replace(sentence=self.sentence._replace(text=blank), days=days, ahead=ahead, mentions=mentions)

    def of_which(self, told: Attribution | None) -> "SentenceRead":
        """The sentence without the words at its end that name who says it, where, when and to whom."""
        return self.without(told.begins, len(self.text)) if told and told.begins >= told.end else self


class Thread:
    """The context that a report has given so far."""

    def __init__(self, report: Report, gazetteer: Gazetteer, lexicon: Lexicon, finder: Finder) -> None:
        self.report = report
        self.lexicon = lexicon
        self.joint = bool(compiled(_JOINT).search(report.title) or compiled(_JOINT).search(report.text[:350]))
        self.tells_joint_text = bool(compiled(_A_JOINT_TEXT).search(report.text))
        self.parties = gazetteer.parties
        self.topics = Topics(gazetteer)
        self.spoken_on = When(report.published.isoformat()) if report.published else When()
        self._interview: Interview | None = None
        self.voices = Voices(gazetteer, writer(report.text, report.title, report.publisher, finder), self.joint)
        self.voices.tells_joint_text = self.joint or self.tells_joint_text
        self.is_spoken = bool(self.voices.writer) and "/" in self.voices.writer[0]  # whether the words are a person's
        if len(gazetteer.parties) > 2 and not self.voices.sides:
            named = _sides(report, finder, len(gazetteer.parties) <= _FEW)
            of_others = not self.is_spoken and {*self.voices.writer} - {*named}  # a note about talks of its own side
            self.voices.sides = () if of_others else named
        self.meetings = Meetings(gazetteer, lexicon, report.published, self.joint, _is_daily(report))
        self.publishers = publishing(report.publisher, finder)
        if len(self.publishers) == 1 and compiled(_OFFICES).search(report.publisher):
            self.voices.publisher = self.publishers  # "the Ministry" in its own readout
        self.is_readout = self.joint or bool(self.publishers or self.voices.writer)  # told by those who took part
        self.speaker: tuple[str, ...] = ()
        self.day = When()  # the day that the paragraph is about, if it says so
        self._day_of: tuple[str, ...] = ()  # whose statement gave the day; () if the paragraph itself did
        self.last_day: date | None = None
        self._dated = -1  # the last sentence whose words give the day of a statement
        self.is_asked = False  # whether a questioner speaks, in a transcript
        # Whose words may be answered next, with their sentence and their act.
        self.asked: tuple[tuple[str, ...], int, str] = ((), -9, "")
        self._undated = -1  # the sentence whose first statement has no day
        self._press = False  # whether the paragraph says what somebody told the press
        self._press_after: dict[tuple[str, ...], str] = {}  # the meeting after which a speaker told the press
        self._paragraph = -1
        self._text = ""  # of the sentence
        self._spoke_on: dict[tuple[str, ...], When] = {}

    def begin(self, sentence: Sentence) -> None:
        """Begin a sentence; a new paragraph clears the day and the issues of the one before."""
        self._text = sentence.text
        if sentence.paragraph != self._paragraph:
            self._paragraph = sentence.paragraph
            self.topics.begin_paragraph()
            self._press = False
            self.day, self._day_of = When(), ()
            if self._interview and sentence.paragraph >= min(self._interview.questions):
                self.is_asked = sentence.paragraph in self._interview.questions

    def labelled(self, label: SpeakerLabel) -> None:
        """Note who speaks from here on, according to the label: "we" is the side of that speaker."""
        self.is_asked = label.asks
        if label.named or not (label.asks or label.answers):
            self.voices.writes(label.named[-1].voices[:1] if label.named else ())
        if not label.asks:
            self.speaker = self.voices.writer
        self.voices.tells_joint_text = self.joint or self.tells_joint_text
        self.is_spoken = bool(self.voices.writer) and "/" in self.voices.writer[0]

    def interviews(self, found: Interview | None, spoken_on: When) -> None:
        """Note that the report is an interview, whose answers are the words of one person."""
        if found is not None:
            self._interview, self.is_spoken, self.spoken_on = found, True, spoken_on
            self.voices.writes(found.who)

    def told_the_press(self, read: SentenceRead) -> bool:
        """Whether a sentence, or one before it in the paragraph, says what somebody told the press."""
        self._press = self._press or to_the_press(read.text, read.mentions)
        return self._press

    def speaks_of(self, day: Day) -> None:
        """Remember the day that a sentence begins with."""
        if day.when:
            self.day, self._day_of = day.when, ()
            self._note_last(day.when)

    def _note_last(self, when: When) -> None:
        """Note a day, after which "the following day" is counted."""
        self.last_day = when.latest if len(when.edtf) == 10 else self.last_day

    def stranger(self) -> None:
        """Remember that the last speaker is not in the record."""
        self.voices.stranger(" ".join(compiled(_NAMES_A_SPEAKER).findall(self._text)))
        self.speaker = ()

    def meaning(self, subject: Sequence[Mention]) -> tuple[str, ...]:
        """The voices that the mentions refer to, each once; a mention that stays unclear adds none."""
        meant = (voice for one in subject for voice in self.voices.meaning(one))
        named = tuple(dict.fromkeys(voice for voice in meant if not voice.startswith("/")))
        groups = {voice for voice in named if "/" not in voice} if any(one.kind == "both" for one in subject) else ()
        return tuple(voice for voice in named if voice in groups or voice.partition("/")[0] not in groups)

    def speakers(self, one: Predicate, read: SentenceRead) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The voices that are the subject of a verb and, if that is in doubt, all possible ones, the likeliest first.

        "He" is the last speaker, unless the clause is addressed to that side, or speaks for the other one.
        """
        meant = self.meaning(one.subject)
        office = one.subject and compiled(OFFICE_OF).search(read.text[: one.subject[0].start])
        if office or (len(one.subject) == 1 and compiled(_OFFICE).match(read.text, one.subject[0].end)):
            return parties_of(meant), ()
        if one.subject and one.subject[0].words.lower() == "they" and len(parties_of(meant)) > 1:
            spoken_to = parties_of(self.meaning(sides.addressed(read.text, read.mentions, one, self.lexicon)))
            return tuple(voice for voice in meant if voice.partition("/")[0] not in spoken_to) or meant, ()
        if len(one.subject) != 1 or one.subject[0].words.lower() not in ("he", "she"):
            return meant, ()
        told_to = sides.addressed(read.text, read.mentions, one, self.lexicon)
        told = parties_of(self.meaning([who for who in told_to if who.kind != "both"]))  # he may be one of both
        side = sides.speaks_for(read.text, read.mentions, one)
        likely = self.voices.people(meant) if meant else []
        fitting = [voice for voice in likely if parties_of([voice])[0] not in told] or likely
        if not side or (fitting and parties_of(fitting[:1]) == (side,)):
            return tuple(voice for voice in fitting[:1] if voice[0] != "/"), ()
        named = next((voice for voice in fitting if parties_of([voice]) == (side,)), "")
        likeliest = (named, *fitting[:1]) if named or not fitting else (fitting[0], side)
        return likeliest[:1], tuple(voice for voice in likeliest if voice)

    def when(self, one: Predicate, read: SentenceRead, subject: tuple[str, ...] = ()) -> tuple[When, str]:
        """The day and the meeting of a statement, from its own words, else from the paragraph or the meeting."""
        published = self.report.published
        first_person = any(who.words.lower() in ("we", "i") for who in one.subject)
        spoken = first_person and one.form.lower() == one.base and one.base not in ALIKE
        if published and self.voices.writer and spoken and not self.joint:
            return self.spoken_on, ""  # "I call on all sides": said as it is reported
        after = [day for day in read.days if one.start < day.start < one.ends]
        telling = [
            day
            for day in read.days
            if day.when
            and not day.is_due
            and not day.is_start
            and not (published and day.when.earliest and day.when.earliest > published)
            and (day.start < one.start or len(after) == 1)
            and not said_on.aside(read.text, one, day, read.days)
            and said_on.says_when(read.text, day, one)
        ]
        own = next((day for day in telling if day.start > one.start), next(iter(telling), None))
        current = self.meetings.current
        held = self.meetings.day(current)
        unnamed = bool(one.subject) and all(other.kind == "unnamed" for other in one.subject)
        who = self.meaning(one.subject) or subject or (() if unnamed else self.speaker)
        self._note_press(who, read)
        if own is not None and said_on.is_within(read.text, one):
            return own.when, ""  # "Norway, which refused on Friday, …": the rest of the sentence is of another day
        if own is not None:
            self.day = self._spoke_on[who] = own.when
            self._day_of = who
            self._note_last(own.when)
            self._dated = read.sentence.number
            return own.when, current if held == own.when else ""
        present = not self.joint and not one.modal and said_on.is_present(read.text, one)
        if present and self.report.published and parties_of(who) == self.publishers:
            return When(self.report.published.isoformat()), ""  # "the United States supports", by its own ministry
        if self._dated == read.sentence.number and not one.subject and self._day_of == who:
            return self.day, current if held == self.day else ""  # "defended it last week and urged both sides"
        if compiled(_AFTER_IT).search(read.text[: one.begins]):
            return When(), ""
        if present or compiled(_BEFORE).search(read.text[: one.end]):
            return When(), ""  # "hopes", "had earlier asked": on no day that the report gives
        if not self.joint and compiled(_PERFECT).search(read.text[: one.start]):
            return When(), ""  # "has accepted", "had asked": at some time before
        goes_on = said_on.goes_on(read.text)
        if self._is_day_of(who) and (goes_on or not self._day_of):
            self._spoke_on[who] = self.day
            return self.day, current if held == self.day else ""
        others = (day for day in after if self._is_recent(day.when) and not compatible(day.when, held))
        if any(said_on.may_date(read.text, one, day) for day in others):
            return When(), ""
        if self._is_said_there(who, read):
            return held, current
        if right_after := self._right_after(who, read):
            return right_after, ""
        return self._last_spoke(who) if who and who == self.speaker and goes_on else When(), ""

    def like_the_first(self, one: Predicate, read: SentenceRead, on: When, at: str) -> tuple[When, str]:
        """The day and the meeting of a verb: none if it shares the subject of a verb that has none, and has no day."""
        if one.subject:
            self._undated = -1 if on or at else read.sentence.number
            return on, at
        has_own = any(one.begins <= day.start < one.ends for day in read.days)
        return (When(), "") if self._undated == read.sentence.number and not has_own else (on, at)

    def _is_recent(self, when: When) -> bool:
        """Whether a date is of the months before the report, in which its matter happens."""
        published, first = self.report.published, when.earliest
        return published is not None and first is not None and (published - first).days < _MONTHS_BEFORE

    def _last_spoke(self, who: tuple[str, ...]) -> When:
        """The day on which somebody last said something; the unknown date if that was long before the report."""
        when, published = self._spoke_on.get(who, When()), self.report.published
        old = published and when.latest and (published - when.latest).days > _RECENT
        return When() if old or len(when.edtf) < _LENGTH_OF_A_DAY else when

    def _is_day_of(self, who: tuple[str, ...]) -> bool:
        """Whether the next words of a speaker are from the day of the paragraph."""
        return bool(self.day and who) and who == self.speaker and self._day_of in ((), who)

    def _is_said_there(self, who: tuple[str, ...], read: SentenceRead) -> bool:
        """Whether a speaker may have spoken at the current meeting, and the paragraph has no other day."""
        current = self.meetings.current
        self._note_press(who, read)
        if not current or not self.meetings.admits(parties_of(who)) or self._press_after.get(who) == current:
            return False
        held, spoke = self.meetings.day(current), self._spoke_on.get(who, When())
        if held.latest and spoke.earliest and held.latest < spoke.earliest:
            return False  # who spoke on a later day goes on
        return not (self.day and held) or compatible(self.day, held)

    def _note_press(self, who: tuple[str, ...], read: SentenceRead) -> None:
        """Note that somebody speaks to the press, and so no longer at the current meeting."""
        if self.told_the_press(read):
            self._press_after[who] = self.meetings.current

    def _right_after(self, who: tuple[str, ...], read: SentenceRead) -> When:
        """The day of the current meeting, if it is one day and a sentence tells what somebody said after it."""
        held = self.meetings.day(self.meetings.current)
        if not compiled(_RIGHT_AFTER).search(read.text) or len(held.edtf) != _LENGTH_OF_A_DAY:
            return When()
        self._spoke_on[who] = held
        return held

    def told_the_press_after(self, parties: Sequence[str]) -> bool:
        """Whether somebody of this one side spoke to the press after the current meeting."""
        now = self.meetings.current
        return any(at == now and parties_of(who) == tuple(parties) for who, at in self._press_after.items())

    def when_quoted(self, who: tuple[str, ...], read: SentenceRead) -> tuple[When, str]:
        """The day and the meeting of a quotation."""
        self._note_press(who, read)
        spans = quoted(read.text)
        told = [day for day in read.days if day.when and not any(start <= day.start < end for start, end in spans)]
        for day in (day for day in told if not said_on.clause_around(read.text, day, read.days)):
            before = read.text[: day.start]
            leads_in = compiled(_LEADS_IN).match(read.text, day.end) and not compiled(_OF_WHAT).search(before)
            if leads_in or compiled(_SAID_ON).search(before):
                self.day = self._spoke_on[who] = day.when
                self._day_of = who
                held = self.meetings.day(self.meetings.current)
                return day.when, self.meetings.current if held == day.when else ""
        goes_on = said_on.goes_on(read.text)
        if self._is_day_of(who) and (goes_on or not self._day_of):
            return self.day, ""
        if any(not compatible(day.when, self.meetings.day(self.meetings.current)) for day in told):
            return When(), ""
        if self._is_said_there(who, read):
            return self.meetings.day(self.meetings.current), self.meetings.current
        if right_after := self._right_after(who, read):
            return right_after, ""
        return self._last_spoke(who) if who == self.speaker and goes_on else When(), ""


def _is_daily(report: Report) -> bool:
    """Whether one of the first lines is the day of publication, as in the bulletin of a conference."""
    lines = (line for line in report.text[:_FIRST_LINES].splitlines() if len(line.split()) <= _LONGEST_DATE_LINE)
    found = (day.when.edtf for line in lines for day in days(line, report.published))
    return report.published is not None and report.published.isoformat() in found


def _sides(report: Report, finder: Finder, few: bool) -> tuple[str, ...]:
    """The parties that the title names, else those that the first lines name, else two that are named most by far."""
    first = report.text[:_FIRST_LINES] if few else ""
    title = re.split(_NOT_OF_A_SIDE, report.title)[0]
    for words in (title, report.title, first):
        if len(named := finder.parties_named(words)) > 1:
            return named
    often = finder.most_named(report.text)
    others = often[2][1] if len(often) > 2 else 0
    clear = len(often) > 1 and often[1][1] >= max(_OFTEN, 2 * others)
    return tuple(party for party, _ in often[:2]) if clear else ()
