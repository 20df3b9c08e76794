"""The forms that entry files and the command line fill in: for each kind of entry, its fields, readers and help."""

from typing import NamedTuple

from ledger.domain import events
from ledger.domain.vocabulary import (
    ACTS,
    BASES,
    ENDINGS,
    FORETOLD,
    FORMATS,
    MEETING_KINDS,
    OFF,
    OUTCOMES,
    PARTY_ROLES,
    QUESTIONS,
    RETRACTION_CAUSES,
    SOURCE_KINDS,
    UNDERTAKEN,
    WORDINGS,
)
from ledger.filing.asserted import answer, matter
from ledger.filing.fields import (
    AWAITED,
    LINKED,
    Reader,
    addressees,
    attendees,
    conditions,
    day,
    day_from_today,
    entries,
    entry,
    fingerprint,
    inferable,
    level,
    number,
    one_of,
    owing,
    quotes,
    represented,
    speakers,
    taking_part,
    text,
    texts,
    voices,
    yes_or_no,
)
from ledger.filing.figures import figures, unit, whole
from ledger.filing.texts import provision_number, provisions, wording


class Field(NamedTuple):
    """A field of a form: that of the event that it fills, its reader, its help, whether a person is asked for it."""

    name: str
    read: Reader
    help: str
    needed: bool = False
    wanted: bool = False


class Form(NamedTuple):
    """The form for one kind of entry: the event that it becomes, and its fields in the order in which they are read."""

    event: type[events.Event]
    help: str
    fields: dict[str, Field]

    @property
    def kind(self) -> str:
        """The kind of the entry that it files."""
        return events.STREAM_KIND[self.event]


_INFERRED = Field("inferred", text, "what you inferred because the source does not say it, and why")
_EVIDENCE = {"quote": Field("quotes", quotes, "the exact words of the source that prove it"), "inferred": _INFERRED}
_ON = Field("on", day("back"), "the day: EDTF or a phrase such as “May 22”", wanted=True)
_AT = Field("at", entry("meeting"), "the meeting where it was said")
_KIND = Field("kind", one_of(MEETING_KINDS, "kind of meeting"), f"one of {', '.join(MEETING_KINDS)}", needed=True)
_NUMBER = Field("number", number, "its number in its series")
_GIVEN_UP = Field("instead_of", day("ahead"), "the date given up, with its year if it has passed")
_REPORTED_BY = Field("reported_by", text, "the voice that reports it, if not the source itself")
_WHERE_AND_WHO = {
    "place": Field("place", text, "where"),
    "format": Field("format", one_of(FORMATS, "format"), f"one of {', '.join(FORMATS)}"),
    "parties": Field("parties", taking_part, "the parties that take part, or `all`"),
    "people": Field("people", attendees, "the people who take part: party/person, title"),
    "reported-by": _REPORTED_BY,
}
_ISSUES = Field("issues", entries("issue"), "the issues it is about", wanted=True)
_FIGURES = Field("figures", figures, "the figures it gives: measure = value, such as “tariff-rate = 46 percent”")
_LINKS = {
    "reaffirms": Field("reaffirms", entries(*LINKED), "the entries that it reaffirms, by slug"),
    "depends-on": Field("depends_on", entries(*LINKED, "issue"), "the entries or issues that it depends on, by slug"),
    "replaces": Field("replaces", entries(*LINKED), "the entries that it replaces, by slug"),
}
_REASON = {"reason": Field("reason", text, "the reason given"), "reported-by": _REPORTED_BY}
_ALIASES = Field("aliases", texts, "its other names")
NOUNS = {"closed": "closing", "called-off": "calling-off", "left-post": "end of a post"}  # if the kind is not a noun
FORMS: dict[str, Form] = {
    "negotiation": Form(
        events.NegotiationOpened,
        "Open the record of a negotiation.",
        {
            "title": Field("title", text, "its title", needed=True),
            "parties": Field("parties", entries("party"), "the parties to it"),
            "notice": Field("notice", text, "a sentence at the head of every page, such as “Confidential.”"),
        },
    ),
    "party": Form(
        events.PartyNamed,
        "Name a party to the negotiation.",
        {
            "name": Field("name", text, "its name", needed=True),
            "aliases": _ALIASES,
            "in-sentences": Field("in_sentences", text, "its name in a sentence, such as “the United States”"),
        },
    ),
    "role": Form(
        events.RoleReported,
        "Record the role of a party: in the negotiation, or as a member of a bloc or coalition.",
        {
            "as": Field("role", one_of(PARTY_ROLES, "role"), f"one of {', '.join(PARTY_ROLES)}", needed=True),
            "of": Field("of_party", entry("party"), "the bloc or coalition; by default the negotiation"),
            "from": Field("since", day("back"), "since when"),
            "until": Field("until", day("back"), "its last day"),
            **_EVIDENCE,
        },
    ),
    "person": Form(
        events.PersonNamed,
        "Name a person.",
        {
            "name": Field("name", text, "the person's name", needed=True),
            "aliases": _ALIASES,
            "party": Field("party", entry("party"), "the party the person speaks for"),
            "body": Field("body", yes_or_no, "yes if it is a body, such as a parliament or a committee"),
        },
    ),
    "appointment": Form(
        events.PersonAppointed,
        "Record that a person holds a post.",
        {
            "post": Field("post", text, "the post held", needed=True),
            "party": Field("party", entry("party"), "the party the person speaks for"),
            "from": Field("since", day("back"), "since when"),
            **_EVIDENCE,
        },
    ),
    "left-post": Form(
        events.PersonLeftPost,
        "Record that a person left a post.",
        {
            "post": Field("post", text, "the post that ended; by default every post of the person"),
            "on": Field("on", day("back"), "when it ended: EDTF or a phrase such as “in January”", wanted=True),
            **_REASON,
            **_EVIDENCE,
        },
    ),
    "issue": Form(
        events.IssueNamed,
        "Name a matter between the parties.",
        {
            "title": Field("title", text, "its title", needed=True),
            "about": Field("about", text, "what it is about, in a sentence"),
            "aliases": _ALIASES,
        },
    ),
    "measure": Form(
        events.MeasureNamed,
        "Name a measure: a number that the talks are about.",
        {
            "title": Field("title", text, "its title, such as “Tariff rate”", needed=True),
            "unit": Field("unit", unit, "the unit of its values, such as percent, US$ or chapters", wanted=True),
            "whole": Field("whole", whole, "the number of which its values are a part, such as 20 chapters"),
            "aliases": _ALIASES,
        },
    ),
    "meeting": Form(
        events.MeetingReported,
        "Record a meeting that was held.",
        {
            "kind": _KIND,
            "number": _NUMBER,
            "held": Field("held", day("back", lasting=True), "when it was held, or `unknown`", needed=True),
            **_WHERE_AND_WHO,
            "issues": _ISSUES,
            "figures": _FIGURES,
            **_EVIDENCE,
        },
    ),
    "announcement": Form(
        events.MeetingAnnounced,
        "Record that a meeting was announced, or is expected.",
        {
            "kind": _KIND,
            "number": _NUMBER,
            "at": Field("at", entry("meeting"), "the meeting where that was said"),
            "on": Field("on", day("back"), "when that was said", wanted=True),
            "expected": Field("expected", day("ahead"), "when it is expected: EDTF or “early June”", wanted=True),
            "instead-of": _GIVEN_UP,
            "reason": Field("reason", text, "the reason given for another date"),
            "before": Field("before", entry("meeting"), "the meeting before which it is expected"),
            "issues": Field("issues", entries("issue"), "the issues on its agenda"),
            "by": Field("by", voices, "who said so: party or party/person"),
            "as": Field("told_as", one_of(FORETOLD, "way"), f"one of {', '.join(FORETOLD)}; by default only expected"),
            **_WHERE_AND_WHO,
            **_LINKS,
            **_EVIDENCE,
        },
    ),
    "called-off": Form(
        events.MeetingCalledOff,
        "Record that an announced meeting was called off.",
        {
            "on": _ON,
            **_REASON,
            "as": Field("told_as", one_of(OFF, "way"), f"one of {', '.join(OFF)}; by default called-off"),
            "by": Field("by", voices, "who called it off"),
            **_EVIDENCE,
        },
    ),
    "statement": Form(
        events.StatementReported,
        "Record who said what to whom.",
        {
            "by": Field("by", speakers, "who said it: party or party/person, or `unattributed`", needed=True),
            "for": Field("on_behalf_of", represented, "on whose behalf, if not the speaker's own party"),
            "to": Field("to", addressees, "to whom, or `all`, or `other` for the other side of two", wanted=True),
            "act": Field("act", one_of(ACTS, "act"), f"one of {', '.join(ACTS)}", needed=True),
            "issues": _ISSUES,
            "says": Field("says", text, "what was said, in your own plain words; by default the quote", needed=True),
            "at": _AT,
            "on": _ON,
            "reported-by": _REPORTED_BY,
            "figures": _FIGURES,
            "conditional-on": Field(
                "conditional_on", conditions, "its conditions: words, or entry = words if about one"
            ),
            "answers": Field("answers", entries("statement"), "the statements that it answers, by slug"),
            "denies": Field("denies", entries(*LINKED), "the entries that it denies, by slug"),
            **_LINKS,
            "meets": Field("meets", entries("statement"), "the statements whose condition it says is met, by slug"),
            **_EVIDENCE,
            "inferred-in": Field("inferred_in", inferable, "the fields that you inferred, if not all: conditional-on"),
        },
    ),
    "follow-up": Form(
        events.FollowUpAgreed,
        "Record a task that was agreed, or that its owners promised.",
        {
            "says": Field("says", text, "what must be done, in plain words; by default the quote", needed=True),
            "owners": Field("owners", owing, "who must do it: party or party/person, or `all`", wanted=True),
            "as": Field("told_as", one_of(UNDERTAKEN, "way"), f"one of {', '.join(UNDERTAKEN)}; by default agreed"),
            "at": _AT,
            "on": Field("on", day("back"), "when it was agreed or promised", wanted=True),
            "due": Field("due", day("ahead"), "the deadline: EDTF or a phrase such as “within 90 days”", wanted=True),
            "standing": Field("standing", yes_or_no, "yes if it continues and has no deadline"),
            "reported-by": _REPORTED_BY,
            "issues": _ISSUES,
            "figures": _FIGURES,
            **_LINKS,
            **_EVIDENCE,
        },
    ),
    "closed": Form(
        events.FollowUpClosed,
        "Record that a follow-up was closed.",
        {
            "outcome": Field("outcome", one_of(OUTCOMES, "outcome"), f"one of {', '.join(OUTCOMES)}", needed=True),
            "owners": Field("owners", voices, "the owners whose part ended, if not all of it ended"),
            "on": _ON,
            "by": Field("by", voices, "who said so: party or party/person"),
            **_EVIDENCE,
        },
    ),
    "deadline": Form(
        events.DeadlineSet,
        "Record a deadline, or that it was moved.",
        {
            "says": Field("says", text, "what must be done by then; by default the quote", needed=True),
            "owners": Field("owners", owing, "who must do it: party or party/person, or `all`", wanted=True),
            "at": Field("at", entry("meeting"), "the meeting where it was set"),
            "on": Field("on", day("back"), "when it was set", wanted=True),
            "due": Field("due", day("ahead"), "the deadline: EDTF or a phrase such as “1 June, noon GMT”", needed=True),
            "instead-of": _GIVEN_UP,
            "basis": Field("basis", one_of(BASES, "basis"), f"one of {', '.join(BASES)}", wanted=True),
            "by": Field("by", voices, "who set it: party or party/person"),
            "reported-by": _REPORTED_BY,
            "issues": _ISSUES,
            **_EVIDENCE,
        },
    ),
    "ended": Form(
        events.DeadlineEnded,
        "Record that a deadline was met, missed or lifted.",
        {
            "outcome": Field("outcome", one_of(ENDINGS, "ending"), f"one of {', '.join(ENDINGS)}", needed=True),
            "on": _ON,
            "by": Field("by", voices, "who said so: party or party/person"),
            **_EVIDENCE,
        },
    ),
    "task": Form(
        events.TaskNoted,
        "Note a task of your own side, which was not agreed with anybody.",
        {
            "says": Field("says", text, "what must be done", needed=True),
            "for": Field("assignee", text, "who must do it: any name", wanted=True),
            "due": Field("due", day_from_today, "by when: EDTF or a phrase such as “Friday”", wanted=True),
            "waits-on": Field(
                "waits_on",
                entries(*AWAITED),
                "what must happen first: tasks, follow-ups, deadlines, meetings or issues, by slug",
            ),
        },
    ),
    "task-done": Form(
        events.TaskDone,
        "Record that a task of your own side was done.",
        {"on": Field("on", day("back"), "the day; by default the day of recording")},
    ),
    "text": Form(
        events.VersionTabled,
        "Record that a version of a draft text was tabled.",
        {
            "version": Field("version", text, "its number or name, such as 2", needed=True),
            "title": Field("title", text, "the title of the text", wanted=True),
            "by": Field("by", voices, "who tabled it: party or party/person"),
            "at": _AT,
            "on": Field("on", day("back"), "when it was tabled", wanted=True),
            "provisions": Field(
                "provisions", provisions, "its provisions, each with its number; `source` if they are the source's text"
            ),
            **_EVIDENCE,
        },
    ),
    "wording": Form(
        events.WordingReported,
        "Record how a provision of a draft text was worded: what was proposed for it, or agreed.",
        {
            "provision": Field("provision", provision_number, "its number, such as 5.2(a)", needed=True),
            "status": Field("status", one_of(WORDINGS, "status"), f"one of {', '.join(WORDINGS)}", needed=True),
            "words": Field("words", wording, "the words, with brackets: “The Parties [shall](au) [should](br)”"),
            "instead-of": Field("instead_of", wording, "the phrase that they replace; by default the provision"),
            "by": Field("by", voices, "who worded it so, or agreed: party or party/person"),
            "at": _AT,
            "on": _ON,
            **_EVIDENCE,
        },
    ),
    "assertion": Form(
        events.AnswerAsserted,
        "Assert the answer to a question as of a day; `parley check` reports when the answer changes.",
        {
            "question": Field("question", one_of(QUESTIONS, "question"), f"one of {', '.join(QUESTIONS)}", needed=True),
            "about": Field("about", matter, "the issue, measure, follow-up or meeting it is about", wanted=True),
            "by": Field("asker", entry("party"), "for an ask: the party that asked"),
            "as-of": Field("as_of", day("back"), "the day of the question; by default the day of the check"),
            "is": Field(
                "answer",
                answer,
                "the expected answer: a status, a meeting, a value of a measure, or `none`",
                wanted=True,
            ),
            "expected": Field("expected", day("ahead"), "when the meeting must be expected"),
            "held": Field("held", day("back", lasting=True), "when the meeting must have been held"),
            "due": Field("due", day("ahead"), "when the follow-up must be due"),
            "times": Field("times", number, "how often it must have been asked or raised"),
            "waiting": Field("waiting", yes_or_no, "yes if the ask must be without an answer, no if it must have one"),
            "since": Field("since", day("back"), "the day since which the ask must have waited"),
        },
    ),
}
SOURCE = Form(
    events.SourceRegistered,
    "File a source.",
    {
        "kind": Field("kind", one_of(SOURCE_KINDS, "kind of source"), f"one of {', '.join(SOURCE_KINDS)}"),
        "title": Field("title", text, "its title", needed=True),
        "publisher": Field("publisher", text, "its publisher", wanted=True),
        "published": Field("published", day("back"), "when it was published", wanted=True),
        "url": Field("url", text, "where it was published"),
        "language": Field("language", text, "its language, such as en"),
        "account-of": Field("account_of", entry("party"), "the party whose account it is"),
        "derived-from": Field("derived_from", entry("source"), "the source that it copies"),
        "credits": Field("credits", texts, "the news agencies that it credits"),
        "sha256": Field("sha256", fingerprint, "the SHA-256 of its text"),
        "original": Field("original", text, "the name of the file from which its text was extracted"),
        "original-type": Field("original_type", text, "the media type of that file"),
        "original-sha256": Field("original_sha256", fingerprint, "the SHA-256 of that file"),
        "extractor": Field("extractor", text, "the library that extracted the text, with its version"),
        "inferred": _INFERRED,
    },
)
for _form in (*FORMS.values(), SOURCE):
    _form.fields["level"] = Field("level", level, "its level of confidentiality, such as internal")
RETRACTION_CAUSE = one_of(RETRACTION_CAUSES, "cause")
