"""Finds the meetings of a report: held, expected or called off."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from ledger.base.patterns import compiled
from ledger.capture.meetings import forecasts, meeting_words
from ledger.capture.meetings.meeting_words import share_a_day
from ledger.capture.reading.days import Day, counted_from
from ledger.capture.reading.gazetteer import Gazetteer
from ledger.capture.reading.lexicon import Lexicon
from ledger.capture.reading.mentions import Mention
from ledger.capture.reading.sentences import Sentence
from ledger.capture.reading.subjects import list_to
from ledger.capture.reading.voices import Voices, parties_of
from ledger.capture.suggestion import Suggestion, cut, suggest_entry
from ledger.dates import When, compatible

_NOT_YET = r"\b(?:would|will|to|could|can|cannot|may|might|should|must|not|never)\s+(?:not\s+)?(?:have\s+|be\s+)?$"
_WANTED = r"\b(?:ask|request|demand|propos|urg|suggest|call|want|threaten)\w*\b[^.;]*\b(?:that|to|for)\b[^.;]*$"
_ONLY_IF = r"\b(?:if|unless|should)\b[^,.;]*$"  # "will strike if negotiations remain stalled"
_OF_BOTH = ("broke", "met", "held", "host", "co-chaired", "gathered", "sat", "spoke")  # one named party is enough
_AFTER = ("After ", "Following ")
_AT = ("At ", "During ", *_AFTER)
_OF_EXPERTS = (
    r"\b(?:working|technical|expert|drafting|contact) (?:groups?|committees?|teams?)\s+"
    r"(?:\w+ly\s+|last\s+|has\s+|had\s+)?$"
)
_UNTIL = r"\b(?:by|before|within|until|since|after)\b"
_TO_COME = (
    r"\b(?:agree(?:d|ing) to|to (?:continue|resume|meet|reconvene|return)|"
    r"pencill?ed in|fixed|foreseen|arranged|scheduled|expected|planned|slated|next|upcoming|due|set)\b[^.;]{0,60}$"
)
_BY_ME = r"\bI\s+(?:(?:have|had|also|then|later|again)\s+)*$"
_AGAIN_AND_AGAIN = (
    r"(?:meets?|talk|speak|confer|gather|convene)\b[^.;]{0,60}?\b(?:every|each|once an?|twice an?|weekly|monthly)\b"
)
_BROKEN_OFF = "held: “broke "  # a meeting that ended in discord was held, and not called off
# "agreed in Geneva to meet again": the place where that was agreed
_TOLD_IN = r"^(?:agreed|decided|said|announced|confirmed|told)\b[^.;,]{0,30}?\b(?:in|at) (?-i:[A-Z])"
_BEGINS_OR_ENDS = (
    r"\b(?:ended|concluded|wrapped up|wound up|closed|finished|broke up|opened|began|started)\b[^.;]{0,20}?"
    r"\b(?:the|their|its|this)\b|"
    r"\b(?:ended|concluded|wrapped up|wound up|closed|finished|broke up)\b"
)
_PART_OF_DAY = r"\b(?:in the (?:morning|afternoon|evening)|throughout the day|all day)\b"
_ANOTHER = r"\b(?:joined the talks|on the final day|bilateral meeting|then with|separately|elsewhere|I was in)\b"
_FINAL_DAY = r"\bon the (?:final|last|closing) day of (?:the )?(?:talks|negotiations|round|meeting|session|visit)"
_WILL = r"\b(?:will|shall|is to|are to|is due|are due|is expected|are expected)\b"
_OF_SOMETHING_ELSE = (
    r"\b(?:initiated|launched|begun|started|signed|established|adopted|inaugurated|created|founded|ratified|agreed|"
    r"announced|published|issued|dated|mandated|(?<!was )(?<!were )concluded|reached|imposed|expired|expires?|"
    r"in force|effective)\s+$"
)
_BROKE_UP = r"\b(?:suspended|adjourned|abandoned|broke off|walked out)\b"
_OF_ONES_OWN = r"(?:(?<!, )\bwhen|\bsince|\buntil)\b[^.;,]{0,12}$"
_WITH = r"\bwith\b"
_ITS_DAY = r"\b(?:of|for|from)\s+(?:the )?$"  # "the meeting of 12 March was called off": not the day of calling it off
_EARLIER = r"\b(?:had|last|previously|earlier)\s+(?:also\s+|last\s+|previously\s+)?$"
_OUTCOME_OF = (  # an earlier meeting, of whose results somebody speaks: "the outcome of the session held in May"
    r"\b(?:outcome|results?|decisions?|conclusions?|agreements?|understandings?|consensus|communiqu\w+|commitments?|"
    r"recommendations?|resumption|summary|minutes)\b[^.;]{0,30}?\b(?:of|from|at|during)\b[^.;]*$"
)
_A_LATER_ONE = r"\b(?:next|coming|upcoming|future|another) (?:round|meeting|session|talks)\b"
_LEAD = 4  # sentences
_OF_TWO = 2  # parties
_SETTING = 14  # days before the publication; what a report tells after its lead of an older meeting is background
_SAID_ON = (
    r"\b(?:said|announced|confirmed|told \w+|says)\s+(?:late |early )?$"  # "said on Friday it had been postponed"
)


class Meetings:
    """The meetings found in a report so far, with their details; the current one is the last that was held."""

    def __init__(
        self, gazetteer: Gazetteer, lexicon: Lexicon, published: date | None, joint: bool = False, daily: bool = False
    ) -> None:
        self._joint = joint
        self._daily = daily  # whether the report is of one day, which its heading gives
        self._gazetteer = gazetteer
        self._phrases = lexicon.meetings
        self._published = published
        self._found: dict[str, dict[str, Any]] = {}
        self._paragraph: dict[str, int] = {}
        self._told: dict[str, str] = {}  # the sentence that tells of a meeting first
        self._open: set[str] = set()  # meetings whose participants the report does not name
        self.current = ""

    def day(self, meeting: str) -> When:
        """When a meeting was held, or the unknown date if the report does not say."""
        held: When = self._found.get(meeting, {}).get("held") or When()
        return held

    def parties(self, meeting: str) -> tuple[str, ...]:
        """The parties of a meeting."""
        return tuple(self._found.get(meeting, {}).get("parties", ()))

    def admits(self, parties: Sequence[str]) -> bool:
        """Whether parties may have spoken at the current meeting."""
        present = self.parties(self.current)
        return bool(parties) and (self.current in self._open or all(party in present for party in parties))

    def _at_the_table(self, parties: tuple[str, ...], words: str) -> tuple[str, ...]:
        """The parties without those that only mediate, if these are not named as the ones who met."""
        sides = tuple(one for one in parties if one not in self._gazetteer.neutral)
        return sides if len(sides) > 1 or not (sides or words.startswith(_OF_BOTH)) else parties

    def read(
        self, sentence: Sentence, mentions: Sequence[Mention], days: Sequence[Day], ahead: Sequence[Day], voices: Voices
    ) -> list[Suggestion]:
        """The meetings of a sentence: at most one that was held, and one that is expected or was called off."""
        self._attended(sentence.text, mentions, voices)
        if not self._gazetteer.parties or not self._phrases.triggers & {*re.findall(r"[a-z-]+", sentence.text.lower())}:
            return []
        found = [self._held(sentence, mentions, days, voices)]
        self._attended(sentence.text, mentions, voices)
        held = meeting_words.first_match(self._phrases.held, sentence.text)
        if held and meeting_words.disputed(sentence.text, held):
            return []
        broken_off = found[0] and compiled(_BROKEN_OFF).match(found[0].reasons[0])
        called_off = None if broken_off else self._called_off(sentence, mentions, days, ahead, voices)
        found.append(called_off or self._expected(sentence, mentions, ahead, voices))
        return [one for one in found if one is not None]

    def _held(
        self, sentence: Sentence, mentions: Sequence[Mention], days: Sequence[Day], voices: Voices
    ) -> Suggestion | None:
        text = sentence.text
        match = meeting_words.first_match(self._phrases.held, text)
        if match is None:
            self._date_current(text, days)
            return None
        if (
            compiled(_NOT_YET).search(text[: match.start()])
            or meeting_words.disputed(text, match)
            or match.group().startswith("joined the talks")
            or compiled(_OF_ONES_OWN).search(text[: match.start()])
            or compiled(_ONLY_IF).search(text[: match.start()])
            or compiled(_AGAIN_AND_AGAIN).match(text, match.start())
            or forecasts.is_of_an_organ(text, match)
            or forecasts.is_to_meet(text, match)
            or meeting_words.in_passing(text[: match.start()], match.group(), bool(days))
        ):
            return None
        end = meeting_words.end_of(text, match.end())
        present = meeting_words.taking_part(text, mentions, match.start(), max(end, match.end()))
        people, parties = meeting_words.meant_by(present, voices)
        if not parties and meeting_words.of_strangers(text, match.start(), end):
            return None
        if len(parties) == 1 and voices.writer and compiled(_WITH).search(match.group()):
            parties = tuple(dict.fromkeys((*parties_of(voices.writer), *parties)))  # "Call with Canada", in our note
        by_me = compiled(_BY_ME).search(text[: match.start()])  # "I met Foreign Minister Holm": he met only me
        if not by_me and len(parties) == 1 and len(voices.sides) == 2 and parties[0] in voices.sides:
            parties = voices.sides
        parties = self._at_the_table(parties, match.group())
        named = bool(parties)
        parties = parties or (() if people else voices.sides)
        day = None if counted_from(text[: match.start()]) else self._day(text, match, days)
        if match.group().startswith(_AT) and not compiled(_WITH).search(
            match.group()
        ):  # the speakers are not necessarily the participants
            people, parties, end = [], () if len(self._gazetteer.parties) > 2 else parties, day.end if day else end
        number = meeting_words.number_of(self._phrases, text[max(0, match.start() - 60) : match.end() + 80])
        told = (parties and match.group().lower().startswith(_OF_BOTH)) or (
            (day or self._today(text)) and (number or not parties)
        )
        if (len(parties) < 2 and not told) or (day is None and meeting_words.failed(match.group())):
            return None
        when = meeting_words.lasted(text, match.group(), day.when) if day else self._today(text)
        experts = compiled(_OF_EXPERTS).search(text[: match.start()])
        kind = "technical-meeting" if experts else meeting_words.kind_of(self._phrases, text)
        ends = number is None and self._ends_current(match.group(), when)
        if again := self.current if ends else self._same(when, number, parties, people, text):
            when = meeting_words.lasted(self._told.get(again, ""), match.group(), when)
            meeting_words.complete(self._found[again], when, people, text[match.start() : max(end, match.end())])
            self.current = again if self._is_setting(sentence, match, self._found[again]["held"]) else self.current
            return None
        if meeting_words.is_history(text, self._published):
            return None
        now = self._found.get(self.current, {})
        if not day and self._joint and len(people) > 1 and set(people) == set(now.get("people", ())):
            when = self.day(self.current)  # the same people, of whom a joint text tells no other day
        new = f"m{len(self._found) + 1}"
        if self._is_setting(sentence, match, when):
            self.current = new
        place_held = meeting_words.place_of(re.split(_A_LATER_ONE, text)[0])
        fields: dict[str, Any] = {
            "id": new, "meeting_kind": kind, "number": number, "held": when, "words": day.words if day else "",
            "place": place_held, "parties": list(parties), "people": people,
            "is": meeting_words.of_record(self._gazetteer.meetings, kind, number, when, place_held),
        }  # fmt: skip
        self._found[new], self._paragraph[new], self._told[new] = fields, sentence.paragraph, text
        if not named and len(self._gazetteer.parties) > 2:
            self._open.add(new)
        if len(parties) > 1:
            voices.sides = parties
        place = cut(text, meeting_words.start_of(text, match.start()), end)
        told_in_passing = self.current != new and not named
        doubts = ("parties",) if told_in_passing and parties else ()  # perhaps other parties met at that time
        if longer := meeting_words.may_be_longer(match.group(), when, number is not None or kind == "round"):
            fields["helds"], doubts = (longer, when.edtf), (*doubts, "held")
        return suggest_entry("meeting", sentence, place, fields, (), (f"held: “{match.group()[:60]}”",), doubts)

    def _expected(
        self, sentence: Sentence, mentions: Sequence[Mention], ahead: Sequence[Day], voices: Voices
    ) -> Suggestion | None:
        told = forecasts.forecast(sentence.text, mentions, ahead, self._phrases)
        return self._announced(sentence, told.place, told.start, told.day, mentions, voices) if told else None

    def _announced(
        self, sentence: Sentence, place: tuple[int, int], start: int, day: Day | None,
        mentions: Sequence[Mention], voices: Voices,
    ) -> Suggestion:  # fmt: skip
        present = [one for one in mentions if not meeting_words.is_place(sentence.text, one)]
        parties = self._at_the_table(meeting_words.meant_by(present, voices)[1], "")
        told = sentence.text[min(place[0], start) :]
        own = forecasts.without_the_later(told)
        kind = meeting_words.kind_of(self._phrases, own)
        number = meeting_words.number_of(self._phrases, own)
        when = day.when if day else When()
        if when.latest and self._published and when.latest < self._published:
            when = When()  # no day to come, so the words are left to a person
        elif day and compiled(r"(?:until|till)\b").match(day.words):
            when = meeting_words.until(day, self._published).when  # "adjourned until Sunday": to be held then
        words = sentence.text[start:]
        where = "" if compiled(_TOLD_IN).search(words) else meeting_words.place_of(words)
        fields: dict[str, Any] = {
            "id": f"m{len(self._found) + 1}", "meeting_kind": kind, "number": number, "expected": when,
            "words": day.words if day else "",
            "place": where,
            "parties": list(parties if len(parties) > 1 else voices.sides or parties),
            "told_as": meeting_words.told_as(sentence.text[: max(place[1], start)]),
            "at": self._told_at(sentence, kind, number, place[1]),
            "before": "" if day else self._before(words),
            "is": meeting_words.of_record(self._gazetteer.meetings, kind, number, when, where),
        }  # fmt: skip
        self._found[fields["id"]] = {**fields, "held": None, "people": []}
        return suggest_entry(
            "announcement", sentence, place, fields, (), (f"expected: “{sentence.text[start:][:60]}”",)
        )

    def _before(self, words: str) -> str:
        """The meeting, of record or in the report, before which another one is expected: "before the third round"."""
        number = forecasts.before_which(self._phrases, words)
        found = (name for name, one in self._found.items() if number is not None and one["number"] == number)
        kind = meeting_words.kind_of(self._phrases, words[words.find("before") :])
        return next(found, "") or meeting_words.of_record(self._gazetteer.meetings, kind, number, When(), "")

    def _told_at(self, sentence: Sentence, kind: str, number: int | None, end: int) -> str:
        """The meeting at which another was agreed or announced; not one of another kind in an earlier paragraph."""
        now = self._found.get(self.current, {})
        elsewhere = sentence.paragraph != self._paragraph.get(self.current)
        apart = number is not None and kind != now.get("meeting_kind") and elsewhere
        there = forecasts.is_told_there(sentence.text[:end])
        return self.current if self._joint or (there and not apart) else ""

    def _called_off(
        self, sentence: Sentence, mentions: Sequence[Mention], days: Sequence[Day], ahead: Sequence[Day], voices: Voices
    ) -> Suggestion | None:
        text = sentence.text
        match = meeting_words.first_match(self._phrases.called_off, text)
        if match is None or any(compiled(one).search(text[: match.start()]) for one in (_NOT_YET, _WANTED)):
            return None
        if self.day(self.current) and compiled(_BROKE_UP).search(match.group()):
            return None  # of the meeting in question, which was held until then
        near = [one for one in mentions if one.end <= match.start() and match.start() - one.end < 40]
        subject = list_to(text, mentions, near[-1]) if near else []
        begin = subject[0].start if subject else meeting_words.start_of(text, match.start())
        place = cut(text, begin, meeting_words.end_of(text, match.end()))
        later = meeting_words.put_off_to(text, ahead, self._published)
        if later is not None:  # postponed to a named day, so it is expected then
            return self._announced(sentence, (place[0], max(place[1], later.end)), begin, later, mentions, voices)
        active = not re.search(r"\b(?:was|were|been|is|are|not)\b", match.group())
        by = [voice for who in subject for voice in voices.meaning(who) if active and voice[0] != "/"]
        before = [
            day
            for day in days
            if day.when
            and not compiled(_TO_COME).search(text[: day.start])
            and not compiled(_ITS_DAY).search(text[: day.start])
            and not (compiled(_SAID_ON).search(text[: day.start]) and compiled(_EARLIER).search(text[: match.start()]))
        ]
        kind = meeting_words.kind_of(self._phrases, text[begin : match.end()])
        number = meeting_words.number_of(self._phrases, text[begin : match.end() + 40])
        announced = [name for name, one in self._found.items() if one["held"] is None and one["number"] == number]
        fields = {
            "meeting_kind": kind, "number": number, "on": before[0].when if before else When(),
            "words": before[0].words if before else "", "by": by, "of": announced[-1] if announced else "",
            "told_as": meeting_words.postponed(match.group()),
            "is": meeting_words.of_record(self._gazetteer.meetings, kind, number, When(), meeting_words.place_of(text)),
        }  # fmt: skip
        return suggest_entry("called-off", sentence, place, fields, (), (f"called off: “{match.group()[:60]}”",))

    def _attended(self, text: str, mentions: Sequence[Mention], voices: Voices) -> None:
        """Add people who "led a delegation" to the current meeting."""
        if known := self._found.get(self.current):
            leading = meeting_words.leading_delegations(text, mentions, voices)
            known["people"].extend(voice for voice in leading if voice not in known["people"])

    def _date_current(self, text: str, days: Sequence[Day]) -> None:
        """Date the current meeting, if it has no date, from words such as "today's talks"."""
        if not self.current or self.day(self.current):
            return
        told = re.search(r"\b([Tt]oday|[Yy]esterday)(?:’s|'s)\s+(?:meeting|talks|session|round|discussions?)", text)
        day = told and next((day for day in days if day.words.lower() == told[1].lower() and day.when), None)
        if day:
            self._found[self.current] |= {"held": day.when, "words": day.words}

    def _day(self, text: str, match: re.Match[str], days: Sequence[Day]) -> Day | None:
        final = compiled(_FINAL_DAY).search(text)
        present = self.day(self.current)
        if final and present.is_duration and present.latest:
            return Day(*final.span(), final.group(), When(present.latest.isoformat(), final.group()))
        near = sorted(
            (
                day
                for day in days
                if not compiled(_UNTIL).match(day.words)
                and not compiled(_TO_COME).search(text[: day.start])
                and not self._is_to_come(day.when)
                and not meeting_words.says_when_told(text, day, match.start())
                and not compiled(_WILL).search(text[match.start() : day.start])
                and not compiled(_OF_SOMETHING_ELSE).search(text[max(match.end() - 1, day.start - 20) : day.start])
            ),
            key=lambda day: (not day.when, min(abs(day.start - match.start()), abs(day.start - match.end()))),
        )
        lasted = meeting_words.began_and_ended(match.group()) or meeting_words.continued(text, match.end())
        if lasted and len(near) > 1 and near[1].when:
            return meeting_words.from_to(*sorted(near[:2], key=lambda day: day.start))
        if len(near) > 1 and meeting_words.says_it_again(text, near[0], near[1]):
            return near[1]
        return near[0] if near and near[0].when else None

    def _is_to_come(self, when: When) -> bool:
        """Whether a date is after the publication, so that the report cannot mean a meeting held on it."""
        return bool(self._published and when.earliest and when.earliest > self._published)

    def _is_setting(self, sentence: Sentence, match: re.Match[str], when: When) -> bool:
        """Whether the next words may have been said at a meeting; not at an old one that is mentioned in passing."""
        before = sentence.text[: match.start()]
        if compiled(_EARLIER).search(before) or compiled(_OUTCOME_OF).search(before):
            return False
        now = self.day(self.current)
        if match.group().startswith(_AFTER) or (when.latest and now.earliest and when.latest < now.earliest):
            return False
        return not self._is_old(when) or (not self.current and sentence.number < _LEAD)

    def _is_old(self, when: When) -> bool:
        """Whether a date is so long before the publication that it is that of an earlier meeting."""
        return bool(self._published and when.latest and (self._published - when.latest).days > _SETTING)

    def _today(self, text: str) -> When:
        """The day of a daily bulletin, for "met in the morning"."""
        today = self._published if self._daily and compiled(_PART_OF_DAY).search(text) else None
        return When(today.isoformat()) if today else When()

    def _ends_current(self, words: str, when: When) -> bool:
        """Whether "the round ended on Wednesday" tells of the current meeting, and not of another one."""
        held = self.day(self.current)
        if not (self.current and compiled(_BEGINS_OR_ENDS).search(words)):
            return False
        if not (when.earliest and held.latest):
            return not when
        return abs((when.earliest - held.latest).days) <= meeting_words.LONGEST_MEETING

    def _same(self, when: When, number: int | None, parties: Sequence[str], people: Sequence[str], text: str) -> str:
        """The meeting found earlier that a sentence mentions again, or "" if it mentions another."""
        for name, known in self._found.items():
            if known["held"] is None or not meeting_words.may_be_one_place(known["place"], text):
                continue
            together = {*parties} <= {*known["parties"]} or {*known["parties"]} <= {*parties}
            if number is not None and known["number"] == number and {*parties} & {*known["parties"]}:
                return name
            if number is not None and known["number"] is None and together and share_a_day(when, known["held"]):
                known["number"] = number  # "wrapped up the latest round on Sunday. The talks, the seventh round …"
                return name
            if compiled(_ANOTHER).search(text) or not together or number is not None:
                continue
            old = not known["held"] and self._is_old(when)
            if old or (not when and parties and len({*parties}) < len(known["parties"]) > _OF_TWO):
                continue  # an earlier meeting, or one of two among three
            if name == self.current and not known["held"] and not self._is_old(when):
                return name  # "the second round has ended … At Monday's talks"
            if name == self.current and share_a_day(when, known["held"]):
                return name  # "concluded the fourth round on 17 October. The round took place from 11 to 17 October"
            if known["number"] is not None and (when or name != self.current or not {*people} <= {*known["people"]}):
                continue
            if known["number"] is not None:
                return name
            if compatible(when, known["held"]):
                return name
        return ""
