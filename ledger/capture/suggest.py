"""Suggests entries for a report, sentence by sentence, as a careful secretary might file them.

The same text always gives the same suggestions. Each quotes the words that support it, and gives the reasons for the
values that it fills in. A field that the text does not settle stays empty.
"""

import re
from typing import NamedTuple

from ledger.base.patterns import cased, compiled
from ledger.capture import appointments, follow_ups, tellers
from ledger.capture.figures import with_figures
from ledger.capture.layout.first_person import Interview, interview, is_interview
from ledger.capture.layout.labels import label, without_mark
from ledger.capture.layout.lists import Lists
from ledger.capture.layout.spoken import spoken
from ledger.capture.reading import acts, predicates
from ledger.capture.reading.attributions import Attribution, attribution
from ledger.capture.reading.days import Day, dateline, days, telling
from ledger.capture.reading.gazetteer import Gazetteer
from ledger.capture.reading.introductions import NAME, POSTS
from ledger.capture.reading.lexicon import Lexicon, lexicon
from ledger.capture.reading.mentions import Finder, Introduced, Mention
from ledger.capture.reading.said_on import is_participle
from ledger.capture.reading.sentences import LONGEST, Sentence, split
from ledger.capture.reading.voices import mediating, parties_of, publishing
from ledger.capture.said import nominal, statements
from ledger.capture.suggestion import Suggestion, settled
from ledger.capture.thread import Report, SentenceRead, Thread
from ledger.dates import When

MOST_SENTENCES = 5_000  # the rest is not read: a longer text is not one report
_OF_TWO = 2  # sides
_FEWEST_OF_PROSE = 14  # words
_TOPIC = (  # what a sentence or a paragraph is about
    r"(?:On|Regarding|Concerning|As (?:for|regards|to)|With (?:regard|respect) to|Turning to|In relation to|"
    r"In the (?:area|field) of)\b[^,.:;]{3,100}[,:]"
)
_ITS_STANCE = (
    r"(?:’s|'s|’|')\s+(?:[\w-]+\s+){1,3}?(?:is|was|has|had|remains?|remained)\b"  # "Ankara's position is hard"
)
_AGENDA = (
    r"\b(?:to (?:discuss|address|review|take up|tackle|settle|examine|continue work on)|focus(?:ed|ing|es)? on|"
    r"devoted to|dedicated to|(?:talks|negotiations|round|meeting|session|consultations) (?:on|about))\b"
)
_OF_A_MEETING = (  # a heading of a note that dates a meeting: "Call with the bondholders, 9 June"
    r"(?:\w+ )?(?:call|meeting|talks|conversation|videoconference|consultations) (?:with|between)\b.*\d"
)
_ANSWERS = frozenset("accepted accepted-in-part refused objected denied deferred".split())  # noqa: SIM905
_SUCH = (  # what an answer points back to: "rejected that linkage", "turned the offer down"
    r"\b(?:this|these|those|such|(?<=ed )(?<!denied )that|(?<=to )that|(?<=at )that|(?<=of )that)\s+[a-z]+\b|"
    r"\b(?:the|its|his|her|their)\s+(?:[\w-]+\s+)?(?:offers?|proposals?|demands?|requests?|ideas?|deadline|conditions?|claims?|"
    r"accusations?|allegations?|charges?|plans?|text|draft|suggestions?|calls?|paragraph|provision|terms|move|ultimatum)\b"
)
_IT = r"\b(?:it|this|that)\b"
_TITLED = (
    rf"(?-i:(?:(?:Later|Earlier|Meanwhile|Separately|On [A-Z]\w+|In [A-Z]\w+),?\s+)?(?:(?:[A-Z][\w-]+\s+){{0,2}}?"
    rf"(?:President|Prime Minister|Minister|Secretary|Ambassador|Chancellor|Premier|Senator|Governor|General|"
    rf"Commissioner|Mr|Mrs|Ms|Dr)\.?)\s+{NAME}\b)"
)
_POST_OF = (
    rf"(?:The|An?|Its)\s+(?:[\w-]+\s+){{0,3}}?(?:{POSTS})\s+(?:of|for|at)\s+[^,.;:“”\"]{{2,60}}?\s+"
    r"(?:said|says|told|added|warned|urged|noted|confirmed|denied|declared|announced)\b"
)
_TO_ANSWER = frozenset("asked proposed criticised warned conditioned withdrew".split())  # noqa: SIM905
_A_TEXT = r"\b(?:statement|communiqu\w+|declaration|document|readout)\b"
_EXPECTING = r"\b(?:expect|hope|anticipat|foresee)\w*\b"  # "the ministers expect the third round to be held in June"
_AGREEING = (("accepted",), ("settled",))
_LEADING = cased(r"(?:(?:(?:During|At|In) the\s+|Later|Earlier|Early|Late|In a \w+ [^,]{0,60}issued)\s*(?:on\s+)?)?")


class Drafted(NamedTuple):
    """The draft of a report: its sentences, the suggestions in their order, and the people whom it introduces.

    `goes_on` means that only the first suggestions were made.
    """

    sentences: list[Sentence]
    suggestions: list[Suggestion]
    people: list[Introduced]
    goes_on: bool = False


def draft(report: Report, gazetteer: Gazetteer, words: Lexicon | None = None, first: int = 0) -> Drafted:
    """Suggest entries for every sentence of a report; if `first` is given, stop at that number.

    Raises ExtraNeeded if the extra `draft` is not installed.
    """
    words = words or lexicon(report.language)
    sentences = split(report.text, report.language, words.abbreviations)
    finder = Finder(gazetteer)
    if len(gazetteer.sides) > _OF_TWO:
        neutral = mediating((one.text for one in sentences), finder, gazetteer.sides)
        gazetteer = gazetteer._replace(neutral=gazetteer.neutral | neutral)
    house = publishing(report.publisher, finder)
    people = finder.introduce(report.text, house[0] if len(house) == 1 else "")
    thread = Thread(report, gazetteer, words, finder)
    if asked := interview(sentences, finder):
        thread.interviews(asked, _spoken_on(report, sentences, asked))
    lists = Lists()
    found: list[Suggestion] = []
    seen: set[tuple[str, str]] = set()
    goes_on = False
    for sentence in sentences[:MOST_SENTENCES]:
        if goes_on := bool(first) and len(found) >= first:
            break
        for one in _of_sentence(thread, finder, lists, sentence):
            key = (one.kind, " ".join(one.quote.lower().split()))
            if one.quote and key not in seen:
                seen.add(key)
                found.append(with_figures(one, gazetteer.measures, report.language))
    return Drafted(sentences, [settled(one) for one in found], people, goes_on)


def mediators(report: Report, gazetteer: Gazetteer) -> frozenset[str]:
    """The parties that mediate between others, as a report tells it."""
    sentences = split(report.text, report.language, lexicon(report.language).abbreviations)
    return mediating((one.text for one in sentences), Finder(gazetteer), gazetteer.sides)


def _spoken_on(report: Report, sentences: list[Sentence], asked: Interview) -> When:
    """The day of an interview, if its introduction gives one: "She spoke to the Daily on Thursday"."""
    before = [one.text for one in sentences if one.paragraph < min(asked.questions)]
    found = (day for text in before if is_interview(text) for day in days(text, report.published))
    return next((day.when for day in found if day.when), When())


def _of_sentence(thread: Thread, finder: Finder, lists: Lists, sentence: Sentence) -> list[Suggestion]:
    """The suggestions for one sentence, in the order of their quotations."""
    thread.begin(sentence)
    told_by = label(sentence, finder)
    if told_by is not None:
        thread.labelled(told_by)
    if thread.is_asked:
        thread.voices.spoke(parties_of(voice for one in finder.find(sentence.text) for voice in one.voices)[:1])
        return []
    plain = without_mark(sentence, told_by.length if told_by else 0)
    is_marked, sentence = plain.start > sentence.start, plain
    text = sentence.text
    if len(text) > LONGEST or _is_caption(text):
        return []
    if not sentence.start and " ".join(text.split()) == " ".join(thread.report.title.split()):
        return []  # the body says it again
    if _is_heading(text) and not lists.goes_on(sentence, is_marked):
        thread.topics.heads(text)
        return _meetings(thread, _read(thread, finder, sentence)) if compiled(_OF_A_MEETING).match(text) else []
    read = _read(thread, finder, sentence)
    if item := lists.item(thread, read, is_marked):
        return [*_meetings(thread, read), item]
    found = _told_in(thread, read)
    return [_answered(thread, one) for one in sorted(lists.without_lead(read, found), key=lambda one: one.start)]


def _told_in(thread: Thread, read: SentenceRead) -> list[Suggestion]:
    """The suggestions from a sentence of prose, in any order."""
    text = read.text
    if topic := compiled(_TOPIC).match(text):
        thread.topics.opens(topic.group())
    elif len(text.split()) < _FEWEST_OF_PROSE and not read.spoken and not read.mentions:
        thread.topics.opens(text)
    thread.voices.hear(read.mentions, text)
    if _begins_with_a_stranger(text, read):
        thread.stranger()
    source = attribution(text, read.mentions, thread.lexicon)
    read, told, hearsay = _told_by(thread, read, source)
    thread.topics.mention(text)
    of_meetings = _meetings(thread, read.of_which(source))
    meetings = [tellers.announced(thread, read, told, one) for one in of_meetings]
    found = [*meetings, *appointments.in_sentence(thread, read)]
    if leading := _leading(text, read.days):
        thread.speaks_of(leading)
    said, subject = _said(thread, read, told, hearsay)
    found += [one for one in said if not _is_told(one, meetings)]
    if told is not None:
        subject = thread.meaning(told.subject)
        if not subject and told.subject[0].kind == "post":
            thread.stranger()  # a chair or a mediator whom the record does not have
        made = statements.attributed(thread, read, told, subject)
        found += [one for one in made if not any(_is_most_of(other, one) for other in meetings)]
    thread.voices.spoke(next((one.fields["parties"] for one in meetings if _is_of_several(one)), ()))
    found = nominal.with_named_acts(thread, read, found)
    found += nominal.agreed_wording(thread, read)
    found += statements.quotations(thread, read, found, subject, "" if subject else _unnamed(told, read))
    found += nominal.impersonal(thread, read, found)
    found += follow_ups.impersonal(thread, read, found)
    found += follow_ups.undertaken(thread, read, found)
    found = [*found, *spoken(thread, read, found)]
    found = [tellers.told_of(thread, read, source, one) for one in found]
    return [tellers.elsewhere(one, found) for one in found]


def _said(
    thread: Thread, read: SentenceRead, told: Attribution | None, hearsay: str
) -> tuple[list[Suggestion], tuple[str, ...]]:
    """The suggestions from the verbs of a sentence; the subject of its last verb of saying, else of its last verb."""
    found: list[Suggestion] = []
    subject = thread.speaker  # of a sentence in notes that names none: "Asked for more time."
    speaker: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    opening = thread.meaning(_opening(read.text, read))
    # "Holm was more open, saying that …"; "…, Holm said, adding that …"; "“…,” said Holm, adding that …"
    after = (statements.named_after(thread, read, end) for _, end in predicates.quoted(read.text))
    subject = (thread.meaning(told.subject) if told else next(filter(None, after), ())) or opening or subject
    thread.voices.spoke(opening)
    if opening and not read.spoken and told is None:
        thread.speaker = opening  # "Holm was brief. “…”"
    asks = read.text.endswith("?") and not predicates.quoted(read.text)  # "Can we accept that?"
    spoken = [one for one in read.spoken if not is_participle(read.text, one, read.days)]
    for one in (one for one in spoken if not asks and (told is None or one.begins >= told.rest)):
        if one.subject:
            subject, others = thread.speakers(one, read)
            if any(who.kind == "stranger" or (who.kind == "post" and not subject) for who in one.subject):
                thread.stranger()
        if subject or any(who.kind == "unnamed" for who in one.subject):
            made = statements.of_verb(thread, read, one, subject, others)
            thread.voices.spoke_unnamed(() if subject else one.subject)
            found += [tellers.by_hearsay(thread, each, hearsay) if hearsay else each for each in made]
            if not any(who.words.lower() in ("we", "i") for who in one.subject):
                thread.voices.spoke(subject)
            if one.subject and one.base in (*thread.lexicon.attributing_verbs, "tell"):
                speaker = subject
    return found, speaker or subject


def _read(thread: Thread, finder: Finder, sentence: Sentence) -> SentenceRead:
    published = thread.report.published
    text = sentence.text
    begins = dateline(text)  # whose town is not a party
    mentions = thread.voices.unnamed_again([one for one in finder.find(text) if one.start >= begins])
    back = _not_in_a_name(telling(days(text, published, "back", thread.last_day), text), mentions)
    ahead = _not_in_a_name(telling(days(text, published, "ahead"), text), mentions) if back else []
    return SentenceRead(sentence, mentions, back, ahead, predicates.predicates(sentence.text, mentions, thread.lexicon))


def _not_in_a_name(found: list[Day], mentions: list[Mention]) -> list[Day]:
    """The date phrases that are not part of a name: "the March 23 Movement"."""
    named = [one for one in mentions if one.kind == "party"]
    return [day for day in found if not any(one.start <= day.start < one.end for one in named)]


def _told_by(
    thread: Thread, read: SentenceRead, told: Attribution | None
) -> tuple[SentenceRead, Attribution | None, str]:
    """The attribution of a sentence, or the words for an unnamed person who reports an act.

    The sentence loses an attribution that names only the reporter of an act: "the two sides agreed to …, it said".
    """
    if told is None:
        return read, None, ""
    acting = [one for one in read.spoken if _acts_itself(thread, read.text, one, told.end)]
    who = told.subject[0]
    of_a_text = who.kind in ("both", "own") or (who.kind == "unnamed" and compiled(_A_TEXT).search(who.words))
    by_a_text = (
        told.verb == "according to" and of_a_text and bool(read.spoken or follow_ups.binds_several(thread, read))
    )
    joint = any(len(parties_of(thread.meaning(one.subject))) > 1 for one in acting)
    of_a_side = who.kind in ("party", "own", "both") or who.words.lower() == "it"
    if by_a_text or (joint and of_a_side) or (acting and who.kind == "stranger"):
        return read._replace(spoken=[one for one in read.spoken if one.start < told.end]), None, ""
    if acting and who.kind == "unnamed":
        return read, None, who.words  # "Norway refused to be tied to a date, an official said"
    return read, told, ""


def _answered(thread: Thread, one: Suggestion) -> Suggestion:
    """The suggestion, addressed to the side that spoke just before, if it answers that side and names nobody."""
    if one.kind != "statement":
        return one
    own = parties_of(voice for voice in one.fields["by"] if isinstance(voice, str))
    asking, number, asked = thread.asked
    others = [party for party in asking if party not in own]
    act = one.fields["act"]
    denies = act == "denied" and asked in ("criticised", "objected", "warned")  # a charge made just before
    answers = denies or (act in _ANSWERS and compiled(_SUCH).search(one.quote))
    if own and act in _TO_ANSWER:
        thread.asked = own, one.sentence, act
    third = len(others) == 1 and len(thread.voices.sides) > 1 and others[0] not in thread.voices.sides
    answered = third and act in _ANSWERS and compiled(_IT).search(one.quote)  # "it" is what the mediator proposed
    if not (answers or answered) or number < one.sentence - 1 or not len(own) == len(others) == 1:
        return one
    if one.fields["to"] and not answered:
        return one
    return one._replace(fields={**one.fields, "to": others})


def _begins_with_a_stranger(text: str, read: SentenceRead) -> bool:
    """Whether a sentence begins with somebody whom the record does not have.

    It may give a name ("President Ola Nilsen said") or a post ("The spokesman for the agency said").
    """
    named = compiled(_TITLED).match(text)
    if named is not None:
        return not any(one.kind == "person" and one.start < named.end() for one in read.mentions)
    post = compiled(_POST_OF).match(text)
    return post is not None and not any(one.start < post.end() for one in read.mentions)


def _opening(text: str, read: SentenceRead) -> list[Mention]:
    """The mention with which a sentence begins, even if its verb is not in the lexicon: "For his part, he beamed"."""
    first = [one for one in read.mentions if one.kind in ("person", "party")][:1]
    if (
        first
        and first[0].kind == "party"
        and compiled(_ITS_STANCE).match(text, first[0].end)
        and not text[: first[0].start]
    ):
        return first
    opens = first and re.fullmatch(
        r"(?:(?:But|And|Yet|Still|Meanwhile|However),?\s+)?(?:An?\s+|[A-Z][\w’' -]{0,40},\s+)?", text[: first[0].start]
    )
    verb = opens and re.match(
        r"(?:,[^,.;]{0,60},|,|\s+(?:statement|communiqu\w+|readout|note|memo|letter))?\s+(?:\w+ly\s+|also\s+|then\s+)*(?:[a-z]+(?:ed|es|s)|is|are|was|were|have|had|took|struck|went|made|require|want|say)\b",
        text[first[0].end :],
    )
    return first if verb else []


def _acts_itself(thread: Thread, text: str, one: predicates.Predicate, end: int) -> bool:
    """Whether a verb before the attribution of a sentence means an act of somebody named, and not only a statement."""
    offered = acts.of_verb(thread.lexicon, one, text[one.end : one.ends]).acts
    return one.start < end and offered[:1] not in ((), ("stated",)) and bool(thread.meaning(one.subject))


def _meetings(thread: Thread, read: SentenceRead) -> list[Suggestion]:
    """The meetings of a sentence, with their agenda."""
    found = thread.meetings.read(read.sentence, read.mentions, read.days, read.ahead, thread.voices)
    return [_with_agenda(thread, one) for one in found]


def _unnamed(told: Attribution | None, read: SentenceRead) -> str:
    """The words for a speaker of the sentence whom the report does not name, "" if there is none."""
    subjects = [who for one in (told, *read.spoken) if one for who in one.subject]
    return next((who.words for who in subjects if who.kind in ("unnamed", "post")), "")


def _with_agenda(thread: Thread, one: Suggestion) -> Suggestion:
    """An announced meeting with the issues that its words put on the agenda: "a round on fisheries"."""
    agenda = compiled(_AGENDA).search(one.quote) if one.kind == "announcement" else None
    issues = thread.topics.issues(one.quote[agenda.end() :]) if agenda else []
    return one._replace(fields={**one.fields, "issues": issues}) if issues else one


def _is_told(one: Suggestion, meetings: list[Suggestion]) -> bool:
    """Whether an announcement or a cancelled meeting already uses the words of a follow-up or a statement."""
    return any(
        other.overlaps(one.start, one.end)
        for other in meetings
        if (other.kind == "announcement" and (one.kind == "follow-up" or one.acts[:1] in _AGREEING))
        or (other.kind == "announcement" and one.acts[:1] == ("asked",) and compiled(_EXPECTING).search(one.quote))
        or other.kind == "called-off"
        or (other.fields.get("by") and one.acts[:1] == ("stated",) and one.end <= other.end)
    )


def _is_most_of(meeting: Suggestion, one: Suggestion) -> bool:
    """Whether a meeting already uses most of the words of a statement."""
    shared = min(meeting.end, one.end) - max(meeting.start, one.start)
    return 2 * shared > one.end - one.start


def _is_of_several(one: Suggestion) -> bool:
    return one.kind == "meeting" and len(one.fields["parties"]) > 1


def _leading(text: str, found: list[Day]) -> Day | None:
    """The date phrase at the beginning of a sentence, if there is one."""
    return next((day for day in found if _LEADING.fullmatch(text[: day.start])), None)


def _is_caption(text: str) -> bool:
    return bool(compiled(r"\((?:Photo|Source|Picture|File photo)\b|\bPhoto: ?\w+\)?$|\(VNA\)$").search(text))


def _is_heading(text: str) -> bool:
    return len(text.split()) < _FEWEST_OF_PROSE and not re.search(r"[.!?:”\"’')]$", text)
