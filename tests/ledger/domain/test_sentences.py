"""Every event as a sentence, and the name that it gives its entry."""

import pytest

from ledger.dates import When
from ledger.domain import events
from ledger.domain.events import AnswerAsserted, Attendee, Change, ProvisionTabled, Quote
from ledger.domain.sentences import answered, asked_of, label, tell, told
from tests.examples import (
    agreed,
    announced,
    appointed,
    called_off,
    closed,
    held,
    left_post,
    on,
    party,
    person,
    registered,
    reinstated,
    role,
)
from tests.examples import retracted as taken_back
from tests.examples import said as stated

BODY = events.PersonNamed(name="European Parliament", party="eu", body=True)
UNATTRIBUTED = stated("asked", "unattributed", "us", says="Lift the curbs.")
OPENED = events.NegotiationOpened(title="Talks on a trade agreement")
ISSUE = events.IssueNamed(title="Rules of origin")
EARLY_JUNE = When("[2025-06-01..2025-06-10]", "early June")
ASKED = AnswerAsserted(question="ask", about="tariffs", asker="vn", answer="open", times=2, since=on("2025-05-01"))
CORRECTED = events.EntryCorrected(
    changes={
        "held": Change({"edtf": "2025-05-22"}, {"edtf": "2025-05-21", "phrase": ""}),
        "place": Change("", "Hanoi"),
        "parties": Change({"each": [["vn"], ["vn", "us"]]}, ["vn", "us"]),
        "people": Change([], [{"who": "vn/vo-binh", "title": "Minister"}]),
    },
    reason="misread",
)

EXPECTED = "Round 3, expected June 2025"
# The event, its sentence, and the name that it gives its entry.
TOLD = [
    (OPENED, "The record of “Talks on a trade agreement” was opened", "Talks on a trade agreement"),
    (party(), "The party Viet Nam was named", "Viet Nam"),
    (person(), "Nguyễn Hồng Diên was named, of {vn}", "Nguyễn Hồng Diên"),
    (person("Pat Doe", party=""), "Pat Doe was named", "Pat Doe"),
    (appointed(since="2025-04"), "Holds the post Minister since April 2025", ""),
    (left_post("Minister", reason="an election"), "Left the post Minister: an election", ""),
    (left_post(), "Left office", ""),
    (left_post(reason="dismissed", reported_by="vn/dien"), "Left office, according to {vn/dien}: dismissed", ""),
    (role("member", "eu", "1981", "2020-01-31"), "Member of {eu} since 1981 until 31 January 2020", ""),
    (BODY, "The body European Parliament was named, of {eu}", "European Parliament"),
    (UNATTRIBUTED, "Unattributed, to {us}: Lift the curbs.", "Lift the curbs."),
    (role("observer"), "Observer", ""),
    (ISSUE, "The issue “Rules of origin” was named", "Rules of origin"),
    (events.MeasureNamed(title="Tariff", unit="percent"), "The measure “Tariff” was named, in percent", "Tariff"),
    (registered(publisher="VNA"), "Filed “Round two”, VNA, 22 May 2025", "Round two"),
    (registered(published=""), "Filed “Round two”", "Round two"),
    (announced("2025-06", by=("us",)), "{us} announced round 3, expected June 2025", "Round 3, expected June 2025"),
    (announced(), "Announced: round 3", "Round 3"),
    (announced(by=("us",), told_as="agreed"), "Agreed, according to {us}: round 3", "Round 3"),
    (announced(by=("us", "vn"), told_as="agreed"), "{us} and {vn} agreed on round 3", "Round 3"),
    (
        announced(by=("us", "vn"), parties=("us", "vn", "cn"), told_as="agreed", number=None, reported_by="Ann Lee"),
        "Agreed, according to {us} and {vn}, as told by Ann Lee: round of {us}, {vn} and {cn}",
        "Round",
    ),
    (held(parties=("us", "vn"), number=None), "Round of {us} and {vn}: 10 June 2025", "Round, 10 June 2025"),
    (held(parties=("us", "vn")), "Round 3: 10 June 2025", "Round 3, 10 June 2025"),
    (announced("2025-06", by=("us",), told_as="expected"), "{us} expected round 3, June 2025", EXPECTED),
    (announced("2025-06", by=("us",), told_as=""), "{us} spoke of round 3, expected June 2025", EXPECTED),
    (announced("2025-06", told_as=""), "Expected: round 3, June 2025", EXPECTED),
    (held(place="Hanoi"), "Round 3: 10 June 2025, Hanoi", "Round 3, 10 June 2025"),
    (held("", kind="courtesy-call", number=None), "Courtesy call: date unknown", "Courtesy call"),
    (held("", kind="visit", number=None), "Visit: date unknown", "Visit"),
    (held("", kind="conference", number=2), "Conference 2: date unknown", "Conference 2"),
    (held("", kind="summit", number=None), "Summit: date unknown", "Summit"),
    (called_off(by=("us",), reason="a strike"), "Called off by {us}: a strike", ""),
    (called_off(reported_by="a diplomat"), "Called off, according to a diplomat", ""),
    (stated("refused", "us/jo-doe", "vn eu", says="No."), "{us/jo-doe} refused {vn} and {eu}: No.", "No."),
    (stated("accepted", "us", "vn", says="Yes."), "{us} accepted, to {vn}: Yes.", "Yes."),
    (agreed("2025-06", says="Meet."), "Agreed: Meet – {vn}, due June 2025", "Meet."),
    (agreed(says="Meet.", standing=True, owners=()), "Agreed: Meet – no owner, standing", "Meet."),
    (agreed(says="Meet."), "Agreed: Meet – {vn}, no date", "Meet."),
    (
        events.DeadlineSet(says="Answer.", due=on("2025-06-30"), basis="legal", owners=("vn",), by=("us",)),
        "{us} set a deadline: Answer – {vn}, due 30 June 2025, legal",
        "Answer.",
    ),
    (events.DeadlineSet(says="Answer."), "Deadline: Answer – no date", "Answer."),
    (events.DeadlineEnded(outcome="missed", by=("us",)), "Missed, according to {us}", ""),
    (
        events.TaskNoted(says="Draft.", assignee="Lan", waits_on=("answer",)),
        "Own task: Draft – for Lan, no date, waits on {answer}",
        "Draft.",
    ),
    (events.TaskDone(on=on("2025-06-01")), "Done, 1 June 2025", ""),
    (closed(by=("vn",)), "Done, according to {vn}", ""),
    (closed("superseded"), "Superseded", ""),
    (
        ASKED,
        "Whenever it is checked, the ask of {vn} on tariffs must be open, asked twice, waiting since 1 May 2025",
        "The ask of vn on tariffs is open, asked twice, waiting since 1 May 2025",
    ),
    (
        CORRECTED,
        "Corrected: held was 22 May 2025, is 21 May 2025; place was not reported, is Hanoi; "
        "parties was vn or vn, us, is vn, us; people was not reported, is vn/vo-binh (misread)",
        "",
    ),
    (
        events.VersionTabled(
            version="2", title="The agreement", by=("us",), provisions=(ProvisionTabled("1", "We [shall] go."),) * 2
        ),
        "{us} tabled version 2 of “The agreement”, 2 provisions",
        "The agreement",
    ),
    (
        events.VersionTabled(version="2", provisions=(ProvisionTabled("1", "We go."),)),
        "Tabled version 2, 1 provision",
        "",
    ),
    (events.VersionTabled(version="2"), "Tabled version 2", ""),
    (
        events.WordingReported(provision="5.2", status="proposed", words="may", instead_of="shall", by=("us", "vn")),
        "{us} and {vn} proposed for 5.2: “may” instead of “shall”",
        "",
    ),
    (events.WordingReported(provision="5.2", status="agreed", words="Go."), "Agreed: the whole of 5.2: “Go.”", ""),
    (events.WordingReported(provision="5", status="deleted", by=("vn",)), "{vn} agreed to delete 5", ""),
    (taken_back(), "Retracted (entry error): another meeting", ""),
    (reinstated(), "Reinstated: it was the same meeting", ""),
    (events.SourceTextFrozen(text="They met.", sha256="ab" * 32), "Its text was frozen (SHA-256 abababababab…)", ""),
    (events.EntryErased(erased=(), reason="A request", basis="Article 17"), "Erased: A request (Article 17)", ""),
    (events.LevelSet(level="internal", was="public", reason="Too early."),
     "Level changed from public to internal: Too early.", ""),
    (events.LevelsNamed(levels=("open", "desk"), level="desk"),
     "The levels of the ledger: open, desk (default desk)", ""),
]  # fmt: skip


@pytest.mark.parametrize(("event", "sentence", "name"), TOLD)
def test_an_event_is_told_as_one_sentence_and_may_name_its_entry(event, sentence, name):
    assert tell(event) == sentence
    assert label(event) == name


def test_every_event_has_a_sentence_here():
    assert {type(event) for event, *_ in TOLD} == {*events.STREAM_KIND}


@pytest.mark.parametrize(
    ("asserted", "subject", "answer"),
    [
        ({"question": "next-round", "answer": "round-3", "expected": EARLY_JUNE}, "the next round",
         'round-3, expected "early June" (between 1 and 10 June 2025)'),
        ({"question": "issue", "about": "tariffs", "answer": "open", "times": 3}, "the issue tariffs",
         "open, raised 3 times"),
        ({"question": "ask", "about": "tariffs", "asker": "vn", "waiting": True}, "the ask of {vn} on tariffs",
         "waiting for an answer"),
        ({"question": "ask", "about": "tariffs", "asker": "vn", "waiting": False}, "the ask of {vn} on tariffs",
         "not waiting for an answer"),
        ({"question": "follow-up", "about": "send-list", "answer": "no date"}, "the follow-up send-list",
         "open without a date"),
        ({"question": "meeting", "about": "round-2", "held": on("2025-05")}, "the meeting round-2", "held May 2025"),
    ],
)  # fmt: skip
def test_an_assertion_says_what_must_be_the_answer_to_what(asserted, subject, answer):
    event = AnswerAsserted(as_of=on("2025-06-01"), **asserted)
    assert (asked_of(event), answered(event)) == (subject, answer)
    assert tell(event) == f"As of 1 June 2025 {subject} must be {answer}"


def test_the_value_of_a_field_is_told_in_words():
    assert told((Quote("from 19"), Quote("to 22 May"))) == "“from 19” … “to 22 May”"
    assert told((Attendee("vn/vo-binh", "Minister"), Attendee("us"))) == "vn/vo-binh, Minister; us"
    assert told(("vn", "us")) == "vn, us"
    assert told(EARLY_JUNE) == '"early June" (between 1 and 10 June 2025)'
    assert told("") == told(()) == told(When()) == told(None) == "not reported"


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("“Greer rejected the text”", "“Greer rejected the text”"),
        ("“He rejected the text”", "{us/jamieson-greer} refused: “He rejected the text”"),
        ("“Greer is not for the text”", "{us/jamieson-greer} refused: “Greer is not for the text”"),
        ("Greer rejected the text", "{us/jamieson-greer} refused: Greer rejected the text"),
    ],
)
def test_a_quotation_that_names_its_speaker_is_told_alone(says: str, told: str) -> None:
    event = events.StatementReported(
        source="s", quotes=(), by=("us/jamieson-greer",), on_behalf_of=(), to=(), act="refused", issues=(), says=says,
        at="", on=events.UNKNOWN, reported_by="",
    )  # fmt: skip
    assert tell(event) == told


def test_a_sentence_says_what_the_keeper_inferred():
    event = stated("welcomed", "us", "vn", says="Welcomed the proposals.", inferred="Which proposals.")
    assert tell(event) == "{us} welcomed, to {vn}: Welcomed the proposals. (inferred: Which proposals)"


@pytest.mark.parametrize(
    ("reporter", "told"),
    [
        ("mediator/alena-simkova", "{us} welcomed, to {vn}, according to {mediator/alena-simkova}: It is good."),
        ("Meren Sea Watch", "{us} welcomed, to {vn}, according to Meren Sea Watch: It is good."),
        ("", "{us} welcomed, to {vn}: It is good."),
    ],
)
def test_a_statement_that_somebody_else_reports_says_who(reporter: str, told: str) -> None:
    fields = {"by": ("us",), "to": ("vn",), "act": "welcomed", "says": "It is good."}
    assert tell(events.StatementReported(**fields, reported_by=reporter)) == told
