"""Specimens of every stored form that was ever released: each must load and project for ever.

`tests/stored/` holds one file a form, its `state` exactly as it was stored. A specimen is never edited. When
an event's form changes, its version in `ledger.log.mapper.TYPES` goes up, an upcaster is added, and a new specimen
joins the old.
"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from ledger import create_ledger
from ledger.dates import When
from ledger.domain.events import Stream
from ledger.log.log import Log
from ledger.log.mapper import TYPES, UPCASTERS
from ledger.log.upcasting import StoredForm
from ledger.queries.tasks import tasks
from ledger.views.links import links
from ledger.views.measured import given
from ledger.views.parties import memberships
from ledger.views.schema import HISTORIES
from tests import laws

FOLDER = Path(__file__).parents[2] / "stored"
SPECIMENS = sorted((json.loads(path.read_text()) for path in FOLDER.glob("*.json")), key=lambda one: one["position"])


# What is left of the event that the specimen of an erasure erased.
LEFT = {"position": 17, "stream": "talks/statement/left-out", "version": 1, "topic": "StatementReported.1"} | {
    "state": '{"erased":"5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9"}'
}


@pytest.fixture
def ledger(tmp_path):
    """A ledger whose log is the specimens, byte for byte."""
    ledger = create_ledger(tmp_path / "ledger.db")
    with closing(sqlite3.connect(ledger.path)) as connection:
        connection.executemany(
            "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES (?, ?, ?, ?)",
            [
                (one["stream"], one["version"], one["topic"], one["state"].encode())
                for one in sorted([*SPECIMENS, LEFT], key=lambda one: one["position"])
            ],
        )
        connection.commit()
    return ledger


def test_every_event_has_a_specimen_of_each_of_its_versions():
    released = {f"{name}.{version}" for name, (_, newest) in TYPES.items() for version in range(1, newest + 1)}
    missing = released - {one["topic"] for one in SPECIMENS}
    assert not missing, f"add tests/stored/{min(missing)}.json"


def test_every_specimen_is_in_a_file_of_its_own_name():
    topics = [path.stem.partition(" ")[0] for path in FOLDER.iterdir()]
    assert sorted(topics) == sorted(one["topic"] for one in SPECIMENS)


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda one: one["topic"])
def test_a_specimen_loads_with_everything_it_says(ledger, specimen):
    form = StoredForm.of(specimen["topic"])
    log = Log(ledger.path)
    (record,) = [one for one in log.stream(Stream.named(specimen["stream"])) if one.version == specimen["version"]]
    log.close()
    stored = json.loads(specimen["state"])
    form, fields = UPCASTERS.upcast(form, stored["event"])
    assert type(record.event) is TYPES[form.name][0]
    assert (record.recorded_at, record.recorded_by) == (stored["recorded_at"], stored["recorded_by"])
    assert json.loads(msgspec.json.encode(record.event)) == fields


def test_the_specimens_project(ledger):
    assert ledger.rebuild() == len([*SPECIMENS, LEFT])
    views = ledger.views()
    assert views.title() == "Talks on a trade agreement"
    assert [party.aliases for party in views.parties()] == [("Viet Nam", "VN")]
    assert [(one.party, one.role, one.of, one.since, one.until) for one in memberships(views.at("2025-12-31"))] == [
        ("vn", "chair", "", When("2025-05-19", "since Monday"), When("2025-12"))
    ]
    assert memberships(views.at("2026-01-01")) == []
    assert [(one.name, one.post, one.since) for one in views.people()] == [("Võ Bình", "", When("2025-04", "in April"))]
    assert [(one.left, one.until) for one in views.people()] == [("Minister of Trade", When("2025-06", "in June"))]
    assert [(one.post, one.since) for one in views.at("2025-06-20").people()] == [
        ("Minister of Trade", When("2025-04", "in April"))
    ]
    assert [(one.slug, one.published, one.account_of) for one in views.sources()] == [
        ("paper-a", When("2025-05-22"), "vn")
    ]
    assert [(one.meeting.slug, one.status, one.meeting.expected.edtf) for one in views.meetings()] == [
        ("round-2", "held", ""),
        ("call-2", "held", ""),
        ("round-3", "called off", "[2025-06-01..2025-06-10]"),
        ("call-3", "unconfirmed", "2025-07"),
        ("round-4", "expected", ""),
        ("round-5", "announced", ""),
    ]
    assert [(one.told if one.inferred_in else one.says, one.on) for one in views.statements()] == [
        ("Let the agreement end after six years.", When("2025-05-22")),
        ("Ten of the 20 articles are closed.", When()),
        ("The list can be longer.", When()),
        ("A longer list.", When()),
        ("Viet Nam offered a list.", When()),
        ("A list could follow, conditional on: if the clause stays (condition inferred)", When()),
        ("The clause stays.", When()),
    ]
    assert {(one.slug, str(one)) for one in links(views)} == {
        (slug, link)
        for slug, of_it in {
            "vn-denies-list": "denies offers-list",
            "offers-list-again": (
                "reaffirms offers-list, answers us-asks, depends-on sunset-clause, replaces older-list"
            ),
            "new-plan": "reaffirms first-word, depends-on sunset-clause, replaces old-plan",
            "round-4": "reaffirms first-word, depends-on sunset-clause, replaces round-3",
            "vn-on-the-clause": "does-not-meet vn-list-offer, does-not-meet offers-list",
        }.items()
        for link in of_it.split(", ")
    }
    assert [(one.words, one.about) for one in views.state().conditions] == [
        ("if the clause stays", "sunset-clause"),
        ("and nobody objects", ""),
        ("if the clause stays", ""),
    ]
    assert {(one.says, one.reported_by) for two in views.state().conditions for one in two.sayings} == {
        ("not met", "a diplomat")
    }
    assert [(one.measure, one.told) for one in given(views)] == [
        ("articles-closed", "10 of 20 articles from 22 May 2025")
    ]
    assert [(one.ask.issue, one.ask.asker, one.ask.waiting_since) for one in views.asks()] == [
        ("sunset-clause", "vn", "2025-05-22")
    ]
    assert [(one.follow_up.slug, one.timing, one.account) for one in views.follow_ups(everything=True)] == [
        ("new-plan", "no date", "as told by Việt Nam"),
        ("own-visions", "no date", "as told by us"),
        ("own-word", "no date", ""),
        ("send-list", "done", "as told by Việt Nam"),
    ]
    assert [
        (one.deadline.slug, one.timing, one.deadline.due, one.account) for one in views.deadlines(everything=True)
    ] == [
        ("answer-draft", "met", When("2025-06-20", "by noon GMT on 20 June"), ""),
        ("reply", "passed", When("2025-07", "by the end of July"), "as told by a diplomat"),
    ]
    assert [(one.meeting.slug, one.meeting.issues) for one in views.meetings() if one.meeting.issues] == [
        ("round-2", ("sunset-clause",)),
        ("round-3", ("sunset-clause",)),
    ]
    assert [(one.meeting.slug, one.account) for one in views.meetings() if one.meeting.kind == "call"] == [
        ("call-2", "as told by us"),
        ("call-3", "as told by a diplomat"),
    ]
    assert [(one.task.slug, one.task.waits_on, one.waits) for one in tasks(views, everything=True)] == [
        ("draft-reply", ("send-list", "answer-draft"), "done")
    ]
    assert views.entry("send-list").retracted == ""  # it was reinstated
    assert [(one.words, one.verified) for one in views.evidence("round-2")] == [("from 19 to 22 May", True)]
    assert [one.event for one in views.log(later=True)] == [
        one["topic"].rpartition(".")[0]
        for one in sorted([*SPECIMENS, LEFT], key=lambda one: one["position"])
        if one["stream"].startswith("talks/")
    ]


def test_every_specimen_makes_a_row_in_the_views(ledger):
    db = laws.Projection(ledger).rebuild().db
    assert [name for name in HISTORIES if not db[name].count] == [
        "requests",
        "contested",
    ]  # no separate request, no dispute
