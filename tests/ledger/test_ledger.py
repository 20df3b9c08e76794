"""A ledger: each call opens the log once, checks and stores under one lock, and chooses the negotiation."""

import getpass
import shutil
import sqlite3
from contextlib import closing, suppress
from threading import get_ident

import pytest

import ledger as face
from cli.main import run
from ledger import Clocks, create_ledger, open_ledger
from ledger.base.companions import user
from ledger.domain.errors import NoNegotiationYet, SeveralNegotiations, UnknownNegotiation
from ledger.errors import ProblemsFound
from ledger.log import store
from ledger.log.log import Log
from ledger.log.sqlite.store import SqliteStore
from tests.examples import NEGOTIATION, WHO, write

SAID = {"by": "us", "to": "vn", "act": "asked", "says": "Lower the tariffs.", "on": "2025-06-04"}
COMMAND = (
    "append statement said-1 --by us --to vn --act asked --issues export-controls --on 2025-06-04"
    " --says Less --note Heard --ledger"
)


@pytest.fixture
def openings(monkeypatch):
    """The logs that this thread opens, by the names of their files, and every connection that it makes with SQLite."""
    logs, connections, here = [], [], get_ident()  # a server of another test may still read its ledger in a thread
    connect, opening = sqlite3.connect, SqliteStore.__init__

    def noted_connect(*given, **more):
        if get_ident() == here:
            connections.append(given)
        return connect(*given, **more)

    def noted_opening(self, path):
        if get_ident() == here:
            logs.append(path.name)
        opening(self, path)

    monkeypatch.setattr(sqlite3, "connect", noted_connect)
    monkeypatch.setattr(SqliteStore, "__init__", noted_opening)
    return logs, connections


def test_the_public_face_is_small():
    assert {*face.__all__} == {
        "AskableRecord", "Clocks", "Filed", "Ledger", "Moment", "Refusal", "create_ledger", "open_ledger",
        "open_record",
    }  # fmt: skip
    assert all(hasattr(face, name) for name in face.__all__)


def test_a_command_that_files_a_statement_opens_the_log_once(ledger, openings, capsys):
    assert run([*COMMAND.split(), str(ledger.path)]) == 0
    assert "said-1" in capsys.readouterr().out
    logs, connections = openings
    assert logs == ["ledger.db"]
    assert len(connections) <= 3


CALLS = {
    "append": lambda ledger, _: ledger.append("statement", "said-1", SAID, note="Heard."),
    "append, refused": lambda ledger, _: ledger.append("statement", "said-1", {}, note="Heard."),
    "import": lambda ledger, _: ledger.import_files([write(ledger, WHO, "who.yaml")]),
    "correct": lambda ledger, _: ledger.correct("us", {"name": "America"}, "Its short name."),
    "retract": lambda ledger, _: ledger.retract("export-controls", "Filed in error."),
    "merge": lambda ledger, other: ledger.merge(other),
    "erase, on trial": lambda ledger, _: ledger.erase("export-controls", "By order.", dry_run=True),
    "story": lambda ledger, _: ledger.story(Clocks()),
    "head": lambda ledger, _: ledger.head(),
    "negotiations": lambda ledger, _: ledger.negotiations(),
    "text of a source": lambda ledger, _: ledger.text_of(NEGOTIATION, "nothing"),
    "positions": lambda ledger, _: ledger.positions_of("us"),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_every_call_opens_the_log_once(ledger, openings, tmp_path, call):
    other = shutil.copyfile(ledger.path, tmp_path / "other.db")
    with suppress(ProblemsFound):
        call(ledger, other)
    logs, _ = openings
    assert logs.count("ledger.db") == 1


def test_the_only_negotiation_need_not_be_named_and_of_several_one_must(ledger):
    assert ledger.append("party", "jp", {"name": "Japan"}).recorded[0].stream.negotiation == NEGOTIATION
    ledger.append("negotiation", "fisheries", {"title": "Fisheries"})
    assert ledger.negotiations() == sorted(["fisheries", NEGOTIATION])
    for call in (
        lambda **named: ledger.append("party", "no", {"name": "Norway"}, **named),
        lambda **named: ledger.correct("us", {"name": "America"}, "Its short name.", **named),
        lambda **named: ledger.retract("export-controls", "Filed in error.", **named),
        lambda **named: ledger.erase("vn", "By order.", dry_run=True, **named),
        lambda **named: ledger.positions_of("us", **named),
        lambda **named: ledger.story(Clocks(), **named),
        lambda **named: ledger.views(**named).close(),
    ):
        with pytest.raises(SeveralNegotiations):
            call()
        call(negotiation=NEGOTIATION)


def test_a_negotiation_that_is_not_open_is_refused_with_what_to_do(ledger, tmp_path):
    with pytest.raises(ProblemsFound, match="fishing"):
        ledger.append("party", "no", {"name": "Norway"}, negotiation="fishing")
    for call in (ledger.correct, ledger.retract):
        with pytest.raises(UnknownNegotiation):
            call("us", *({"name": "America"},) * (call == ledger.correct), "Why.", negotiation="fishing")
    with pytest.raises(NoNegotiationYet):
        create_ledger(tmp_path / "new.db").append("party", "no", {"name": "Norway"})


def test_a_trial_says_what_would_be_recorded_and_records_nothing(ledger):
    before = ledger.head()
    for call in (
        lambda **how: ledger.append("statement", "said-1", SAID, note="Heard.", **how),
        lambda **how: ledger.correct("us", {"name": "America"}, "Its short name.", **how),
        lambda **how: ledger.retract("export-controls", "Filed in error.", **how),
    ):
        tried = call(dry_run=True)
        assert {one.position for one in tried.recorded} == {0}
        assert ledger.head() == before
        done = call()
        assert [one.stream for one in done.recorded] == [one.stream for one in tried.recorded]
        assert done.sentences == tried.sentences
        before = ledger.head()
        assert before.position == done.recorded[-1].position


def test_where_one_of_several_files_is_wrong_nothing_of_any_is_recorded(ledger):
    before = ledger.head()
    good = write(ledger, f"negotiation: {NEGOTIATION}\nentries:\n  - {{party: jp, name: Japan}}\n", "good.yaml")
    wrong = write(ledger, f"negotiation: {NEGOTIATION}\nentries:\n  - {{party: no}}\n", "wrong.yaml")
    with pytest.raises(ProblemsFound, match=r"wrong\.yaml:3"):
        ledger.import_files([good, wrong])
    assert ledger.head() == before


def test_who_records_is_whoever_was_named_else_the_user_of_the_machine(ledger, monkeypatch):
    ledger.append("party", "jp", {"name": "Japan"})
    assert open_ledger(ledger.path).append("party", "no", {"name": "Norway"}).recorded[0].recorded_by == user()
    with closing(Log(ledger.path)) as log:
        assert [one.recorded_by for one in log.since(0)][-2:] == ["keeper", user()]

    def nobody():
        raise KeyError

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert user() == "unknown"


def test_the_head_says_where_the_log_stands(ledger):
    assert ledger.head() == store.head(ledger.path)
    before = ledger.head()
    (recorded,) = ledger.append("party", "jp", {"name": "Japan"}).recorded
    assert ledger.head()[:2] == (before.ledger_id, recorded.position)
    assert ledger.position_at(recorded.position) == recorded.position
    assert ledger.position_at("2025-06-15") == recorded.position
    assert ledger.position_at("2025-06-14") == 0


def test_the_text_of_a_source_is_as_it_was_frozen(ledger):
    ledger.append("source", "paper", {"title": "Paper", "text": "They met.\r\n"})
    ledger.correct("paper", {"title": "The paper"}, "Its full title.")
    assert ledger.text_of(NEGOTIATION, "paper") == "They met.\r\n"
    assert ledger.text_of(NEGOTIATION, "nothing") == ""


def test_the_positions_of_an_entry_are_those_of_its_events(ledger):
    first = ledger.positions_of("us")
    (corrected,) = ledger.correct("us", {"name": "America"}, "Its short name.").recorded
    assert ledger.positions_of("us") == [*first, corrected.position]
    assert ledger.positions_of("#7") == ledger.positions_of("7") == [7]
