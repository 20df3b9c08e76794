"""The closed lists of words (acts, kinds, outcomes), and their tags for event coders.

An act says what a statement did about the issues that it names. The projections look only at its *role*: a raising act
opens an ask, an answering act answers it, and so on (see `folds/issues/conversation.py`).

PLOVER and CAMEO codes are derived here from the act and the kind of meeting; stored events do not contain them.
Sources: the CAMEO codebook (Schrodt 2012), the PLOVER manual, draft 0.8 (Open Event Data Alliance 2021). An empty
PLOVER tag means that PLOVER, which does not code plain comment, has no tag for it.
"""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import NamedTuple

from ledger.base.names import known_word
from ledger.base.text import listed


class Role(StrEnum):
    """The effect of an act on the asks and issues that it touches."""

    RAISES = "raises"
    OBJECTS = "objects"  # an answer where there is something to answer, else an ask
    ANSWERS = "answers"
    ACCEPTS = "accepts"
    AGREES_IN_PRINCIPLE = "agrees in principle"  # an answer; where all say so, it is how the issue stands
    CONSIDERS = "considers"  # the addressee has replied, but the ask still waits for an answer
    NARROWS = "narrows"
    SETTLES = "settles"
    KEEPS_OPEN = "keeps open"
    WITHDRAWS = "withdraws"
    SPEAKS = "speaks"

    @property
    def takes_a_position(self) -> bool:
        """Whether a statement with this role takes a position, which replaces the party's earlier one on the issue."""
        return self not in _NO_POSITION

    @property
    def is_answer(self) -> bool:
        """Whether a statement with this role answers asks, whether or not it says which."""
        return self in _ANSWERING


_NO_POSITION = frozenset([Role.CONSIDERS, Role.KEEPS_OPEN, Role.SPEAKS])
_ANSWERING = frozenset([Role.ANSWERS, Role.ACCEPTS, Role.AGREES_IN_PRINCIPLE, Role.OBJECTS, Role.SETTLES])


class Act(NamedTuple):
    """One act: its role, its verb in the past tense, the words between verb and addressee, and its tags.

    `mode` is PLOVER's mode of the category `plover`, "" if there is none.
    """

    role: Role
    verb: str
    joins: str
    plover: str
    cameo: str
    mode: str = ""

    def towards(self, to: str) -> str:
        """The verb with its addressees, if there are any: `proposed to Viet Nam`."""
        return f"{self.verb}{self.joins}{to}" if to else self.verb


ACTS: dict[str, Act] = {
    "asked": Act(Role.RAISES, "asked", " ", "REQUEST", "020"),
    "proposed": Act(Role.RAISES, "proposed", " to ", "REQUEST", "020"),
    "objected": Act(Role.OBJECTS, "objected", " to ", "ACCUSE", "110", "disapprove"),
    "accepted": Act(Role.ACCEPTS, "accepted", ", to ", "AGREE", "030"),
    "agreed-in-principle": Act(Role.AGREES_IN_PRINCIPLE, "agreed in principle", ", with ", "AGREE", "030"),
    "accepted-in-part": Act(Role.ANSWERS, "accepted in part", ", to ", "AGREE", "030"),
    "conditioned": Act(Role.ANSWERS, "set conditions", ", to ", "AGREE", "046", "hypothetical"),
    "considering": Act(Role.CONSIDERS, "said it was under consideration", ", to ", "", "014"),
    "deferred": Act(Role.ANSWERS, "deferred", ", to ", "", "014"),
    "refused": Act(Role.ANSWERS, "refused", " ", "REJECT", "120"),
    "responded": Act(Role.ANSWERS, "responded", " to ", "", "010"),
    "narrowed": Act(Role.NARROWS, "said it had narrowed", ", to ", "", "046"),
    "settled": Act(Role.SETTLES, "said it was settled", ", to ", "AGREE", "019"),
    "unresolved": Act(Role.KEEPS_OPEN, "said it was unresolved", ", to ", "", "012"),
    "withdrew": Act(Role.WITHDRAWS, "withdrew", ", to ", "CONCEDE", "080"),
    "warned": Act(Role.SPEAKS, "warned", " ", "THREATEN", "130"),
    "promised": Act(Role.SPEAKS, "promised", " ", "AGREE", "030"),
    "reported-done": Act(Role.SPEAKS, "reported done", " to ", "", "010"),
    "denied": Act(Role.SPEAKS, "denied", " to ", "", "016"),
    "stated": Act(Role.SPEAKS, "stated", " to ", "", "010"),
    "welcomed": Act(Role.SPEAKS, "welcomed", ", to ", "SUPPORT", "051"),
    "criticised": Act(Role.SPEAKS, "criticised", ", to ", "ACCUSE", "111", "disapprove"),
}


def role_of(act: str) -> Role:
    """The effect of an act; an act that is not on the list has none."""
    return ACTS[act].role if act in ACTS else Role.SPEAKS


def ends_wait(act: str) -> bool:
    """Whether an addressee's reply with this act ends the wait; a reply that it is considering the ask does not."""
    return bool(act) and not (act in ACTS and ACTS[act].role is Role.CONSIDERS)


class MeetingKind(NamedTuple):
    """The tags of one kind of meeting."""

    plover: str
    cameo: str


MEETING_KINDS: dict[str, MeetingKind] = {
    "round": MeetingKind("CONSULT", "046"),
    "ministerial": MeetingKind("CONSULT", "046"),
    "working-session": MeetingKind("CONSULT", "046"),
    "technical-meeting": MeetingKind("CONSULT", "046"),
    "conference": MeetingKind("CONSULT", "046"),
    "summit": MeetingKind("CONSULT", "046"),
    "meeting": MeetingKind("CONSULT", "040"),
    "visit": MeetingKind("CONSULT", "042"),
    "courtesy-call": MeetingKind("CONSULT", "040"),
    "call": MeetingKind("CONSULT", "041"),
}

# Kinds that form a series: a meeting held later supersedes an earlier one that was only announced.
SERIES = ("round", "ministerial")
# How a coming meeting was told of, each with the verb of a sentence about it. Only these two are announcements.
ANNOUNCED = ("announced", "agreed")
FORETOLD = {"announced": "announced", "agreed": "agreed on", "expected": "expected"}
OFF = {"called-off": "called off", "postponed": "postponed"}  # how an expected meeting came to nothing
UNDERTAKEN = ("agreed", "promised")  # what a follow-up is: agreed between the parties, or promised by its owners alone
FORMATS = ("in-person", "virtual", "hybrid")
PARTY_ROLES = ("party", "observer", "chair", "mediator", "secretariat", "member")  # a member is one of a bloc
OUTCOMES = ("done", "lapsed", "dropped", "superseded")
# How an entry is linked to another, and what that is called at the other end.
RELATIONS = {
    "reaffirms": "reaffirmed in {}",
    "answers": "replied to in {}",
    "denies": "denied in {}",
    "depends-on": "{} depends on it",
    "replaces": "replaced by {}",
    "meets": "a condition said to be met in {}",
}
MEETS, MEETS_NOT = "meets", "does-not-meet"  # links of a statement that says so; the second one is a denial
LATER = ("reaffirms", "answers", "replaces", MEETS, MEETS_NOT)  # the links to what was said earlier, for certain
BASES = ("legal", "agreed", "self-imposed")  # of a deadline
ENDINGS = ("met", "missed", "lifted")  # of a deadline
WORDINGS = ("proposed", "withdrawn", "bracketed", "agreed", "deleted")  # of a provision
SOURCE_KINDS = ("news", "readout", "release", "document", "note")
ISSUE_STATUSES = (
    "open", "answered", "deferred", "narrowed", "agreed in principle", "unresolved", "agreed", "partly settled",
    "settled", "withdrawn", "noted", "named",
)  # fmt: skip
RETRACTION_CAUSES = ("entry-error", "withdrawn-by-source")


class Question(NamedTuple):
    """A question whose answer can be asserted.

    `about` is the kind of entry it is about ("" = none), `answers` the possible answers (empty if the answer is the
    slug of a meeting or a value), `fields` the other parts of the answer that can be asserted.
    """

    about: str
    answers: tuple[str, ...]
    fields: tuple[str, ...]


# The timings of follow-ups that had another word when older assertions were made.
FORMERLY = {"past due": "overdue", "possibly past due": "possibly overdue"}

# The answer "none" means that there is no such thing on the day.
QUESTIONS: dict[str, Question] = {
    "next-round": Question("", (), ("expected",)),
    "issue": Question("issue", (*ISSUE_STATUSES, "none"), ("times",)),
    "ask": Question(
        "issue", ("open", "answered", "deferred", "agreed", "withdrawn", "none"), ("times", "waiting", "since")
    ),
    "figure": Question("measure", (), ()),
    "follow-up": Question(
        "follow-up",
        (
            "open",
            "standing",
            *OUTCOMES,
            "replaced",
            "past due",
            "possibly past due",
            "due",
            "no date",
            "none",
            *FORMERLY.values(),
        ),
        ("due",),
    ),
    "deadline": Question(
        "deadline", ("open", *ENDINGS, "due", "passed", "possibly passed", "no date", "none"), ("due",)
    ),
    "meeting": Question(
        "meeting",
        (
            "announced",
            "expected",
            "in progress",
            "in progress or over",
            "held",
            *OFF.values(),
            "unconfirmed",
            "overtaken",
            "replaced",
            "none",
        ),
        ("expected", "held"),
    ),
}


# The fields of a statement that the record keeper may have inferred, each with its word in a mark.
INFERABLE = {
    "by": "speaker", "on_behalf_of": "party", "to": "addressee", "act": "act", "issues": "issue", "says": "words",
    "on": "day", "at": "meeting", "reported_by": "reporter", "figures": "figure", "conditional_on": "condition",
    "answers": "what it answers", "reaffirms": "what it repeats", "replaces": "what it replaces",
    "denies": "what it denies", "depends_on": "what it depends on", "meets": "condition said to be met",
}  # fmt: skip
# Those by which a statement asks, answers or settles something. A status is inferred only if one of them is.
OF_THE_ACT = ("by", "on_behalf_of", "to", "act", "issues", "answers", "reaffirms", "replaces")


def guess(inferred: str, fields: Collection[str], *of: str) -> str:
    """The inference, if it is in one of the fields `of`, or in all of the entry (no `fields`); else ""."""
    return inferred if not fields or {*of} & {*fields} else ""


def guessed_mark(inferred: str, fields: Collection[str]) -> str:
    """` (inferred)`; ` (condition inferred)` if only these `fields` of the statement are; "" without an inference."""
    what = [INFERABLE.get(one, one) for one in fields]
    return f" ({listed(what) + ' ' if 0 < len(what) < 4 else ''}inferred)" if inferred else ""


def inference(inferred: str, fields: Collection[str]) -> str:
    """The inference, after the `fields` that it is about, if that is not all: `act: The act is only implied.`"""
    of = listed(INFERABLE.get(one, plain(one.replace("_", "-"))) for one in fields)
    return f"{of}: {inferred}" if of else inferred


# Words that people type for a word of these lists that is spelled differently.
MEANT = {
    "requested": "asked", "demanded": "asked", "urged": "asked", "called-for": "asked", "invited": "asked",
    "suggested": "proposed", "offered": "proposed", "tabled": "proposed", "submitted": "proposed",
    "opposed": "objected", "protested": "objected", "complained": "objected",
    "agreed": "accepted", "approved": "accepted", "granted": "accepted", "partly-accepted": "accepted-in-part",
    "in-principle": "agreed-in-principle", "studying": "considering",
    "reviewing": "considering", "examining": "considering", "under-consideration": "considering",
    "postponed": "deferred", "delayed": "deferred", "rejected": "refused", "declined": "refused",
    "answered": "responded", "replied": "responded", "reacted": "responded",
    "resolved": "settled", "concluded": "settled",
    "retracted": "withdrew", "dropped": "withdrew", "withdrawn": "withdrew", "threatened": "warned",
    "pledged": "promised", "committed": "promised", "undertook": "promised", "delivered": "reported-done",
    "said": "stated", "told": "stated", "noted": "stated", "declared": "stated", "announced": "stated",
    "praised": "welcomed", "thanked": "welcomed", "condemned": "criticised", "blamed": "criticised",
    "talks": "round", "negotiation": "round", "phone-call": "call", "telephone": "call",
    "completed": "done", "finished": "done", "fulfilled": "done", "expired": "lapsed",
    "cancelled": "dropped", "abandoned": "dropped", "replaced": "superseded", "online": "virtual", "closed": "settled",
    "waiting": "open", "pending": "open", "unanswered": "open", "article": "news", "press": "news", "memo": "note",
    "communique": "release", "statement": "release",
}  # fmt: skip


def known(what: str, typed: str, words: Collection[str]) -> str:
    """The typed word if it is one of the words; otherwise it is refused with those near in meaning or spelling."""
    return known_word(what, typed, words, MEANT)


# The fields of events and states that have a word of these lists.
WORDED = ("act", "kind", "format", "role", "outcome", "last_answer_act", "raised_since")


def relation_of(relation: str, act: str) -> str:
    """The relation of a statement with this act: one that denies says that the condition is not met."""
    return MEETS_NOT if relation == MEETS and act == "denied" else relation


def link_from(relation: str, other: str) -> str:
    """A link in words, at the entry that has it: `depends on data-flows`, `says that a condition of offer is met`."""
    if relation in (MEETS, MEETS_NOT):
        return f"says that a condition of {other} is {'' if relation == MEETS else 'not '}met"
    return f"{plain(relation)} {other}"


def link_to(relation: str, slug: str) -> str:
    """The same link at the other entry: `replied to in us-yes`, `a condition said to be met in us-yes`."""
    if relation == MEETS_NOT:
        return RELATIONS[MEETS].format(slug).replace("to be met", "not to be met")
    return RELATIONS[relation].format(slug)


def plain(word: str) -> str:
    """A word of these lists as people read it: `accepted in part`."""
    return word.replace("-", " ")


def meeting_name(kind: str, number: int | None) -> str:
    """`round 2`, `working session`, `courtesy call`."""
    name = plain(kind)
    return f"{name} {number}" if number is not None else name


def reply(act: str, others: Iterable[str] = (), told: str = "") -> str:
    """An answer by its act, who told it, and other answers that may be later: `accepted, earlier or later refused`."""
    return f"{plain(act)}{told}{in_unknown_order(others, act)}"


def in_unknown_order(acts: Iterable[str], last: str = "") -> str:
    """The acts of answers that may be later than `last`: `, earlier or later refused`; the same act is left out."""
    others = (plain(act) for act in acts if act != last)
    return "".join(f", earlier or later {act}" for act in dict.fromkeys(others))
