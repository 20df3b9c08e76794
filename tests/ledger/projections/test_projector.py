"""From log to rows: what catching up touches, what it survives, and what the views are replaced for."""

import shutil
import sqlite3
from contextlib import closing, suppress

import pytest

from ledger import Clocks, open_ledger
from ledger.errors import Refusal
from ledger.log import store
from ledger.log.errors import AlreadyALedger
from ledger.log.log import Log
from ledger.projections import snapshots, witness
from ledger.projections.errors import LogRewritten, NotViews
from ledger.projections.projector import catch_up
from ledger.projections.tables import open_views
from ledger.views.database import path_beside
from tests import laws
from tests.laws import NAMES, NEGOTIATION, Projection, Report, Story

DAY = "2025-07-01"


def paper(slug, *entries, published="2025-05-20", **fields):
    return Report({"slug": slug, "title": f"What {slug} reports", "published": published, **fields}, entries)


def said(slug, act="asked", on="2025-05-01", issues=("tariffs",), by="us", **fields):
    return {"statement": slug, "by": [by], "act": act, "on": on, "issues": [*issues], "says": "So.", **fields}


ROUND = {"meeting": "round-1", "kind": "round", "held": "2025-05-19/2025-05-22", "place": "Hanoi"}
TASK = {"follow-up": "task-1", "says": "Send the list.", "owners": ["vn"], "due": "2025-06-03", "on": "2025-05-22"}
FIRST = paper("paper-a", said("said-1"), said("said-2", "refused", "2025-05-05", by="vn"), ROUND, TASK)


@pytest.fixture
def ledger():
    with laws.new_ledger() as ledger:
        laws.tell(ledger, Story(NAMES, (FIRST,), ()))
        yield ledger


def file_also(ledger, *reports):
    for report in reports:
        assert laws.file_report(ledger, report) == report


def issue(views, slug="tariffs"):
    return next(one for one in views.issues() if one.slug == slug)


# Catching up.


@pytest.mark.parametrize(
    "change",
    [
        lambda ledger: file_also(ledger, paper("paper-b", said("said-1", on="2025-05-02", issues=["origin"]))),
        lambda ledger: file_also(ledger, paper("paper-b", said("said-0", on="2025-04-01"))),
        lambda ledger: file_also(ledger, paper("paper-b", ROUND | {"held": "2025-05-21"})),
        lambda ledger: ledger.correct("said-1", {"issues": ["origin"]}, "Misheard.", negotiation=NEGOTIATION),
        lambda ledger: ledger.correct("paper-a", {"published": "2025-06-01"}, "Misdated.", negotiation=NEGOTIATION),
        lambda ledger: ledger.correct("tariffs", {"title": "Tariff lines"}, "Misnamed.", negotiation=NEGOTIATION),
        lambda ledger: ledger.retract("said-2", "Never said.", negotiation=NEGOTIATION),
        lambda ledger: ledger.retract("tariffs", "No issue.", negotiation=NEGOTIATION),
        lambda ledger: ledger.retract("origin", "No issue.", negotiation=NEGOTIATION),
        lambda ledger: ledger.retract("paper-a", "A hoax.", negotiation=NEGOTIATION),
        lambda ledger: ledger.retract("us", "No party.", negotiation=NEGOTIATION),
        lambda ledger: file_also(ledger, paper("paper-b", said("said-1"), **{"derived-from": "paper-a"})),
        lambda ledger: ledger.append("negotiation", "other", {"title": "Other talks"}),
    ],
    ids=[
        "a second report that adds an issue",
        "an entry filed late",
        "a report that contradicts",
        "a statement moved to another issue",
        "a source's date of publication corrected",
        "an issue renamed",
        "an answer retracted",
        "an issue retracted that was spoken of",
        "an issue retracted that was not",
        "a source retracted",
        "a party retracted",
        "a copy of a source filed",
        "another negotiation",
    ],
)
def test_catching_up_with_a_change_equals_a_rebuild(ledger, change):
    views = Projection(ledger).catch_up()
    change(ledger)
    assert views.catch_up().contents() == Projection(ledger).rebuild().contents()


def test_what_is_said_last_on_an_issue_does_not_have_the_whole_conversation_read_again(ledger, monkeypatch):
    views = Projection(ledger).catch_up()
    monkeypatch.setattr(snapshots, "said", None)
    for slug, act, on in (("said-3", "asked", "2025-05-06"), ("said-4", "narrowed", "2025-05-06")):
        file_also(ledger, paper(f"paper-{slug}", said(slug, act, on)))
        views.catch_up()
    monkeypatch.undo()
    assert views.contents() == Projection(ledger).rebuild().contents()
    assert [(row["valid_from"], row["status"]) for row in views.db["issues"].rows_where("slug = 'tariffs'")][-2:] == [
        ("2025-05-05", "answered"),
        ("2025-05-06", "open"),
    ]


@pytest.mark.parametrize(
    "late",
    [said("said-0", on="2025-05-04"), said("said-1", on="2025-05-07"), said("said-3", on="2025-05-05")],
    ids=["said earlier", "said before and again", "said that day, and published earlier"],
)
def test_what_is_not_said_last_has_the_whole_conversation_read_again(ledger, monkeypatch, late):
    views = Projection(ledger).catch_up()
    read = []
    everything = snapshots.said
    monkeypatch.setattr(snapshots, "said", lambda *which: read.append(which[2]) or everything(*which))
    file_also(ledger, paper("paper-b", late, published="2025-05-10"))
    assert views.catch_up().contents() == Projection(ledger).rebuild().contents()
    assert read == ["tariffs"]


def test_catching_up_with_nothing_new_changes_nothing(ledger):
    views = Projection(ledger).catch_up()
    before = views.contents()
    assert views.catch_up().contents() == before


def test_an_entry_filed_late_takes_its_right_place(ledger):
    file_also(ledger, paper("paper-b", said("said-0", "asked", "2025-04-01")))
    views = Projection(ledger).rebuild()
    (ask,) = views.asked(DAY).asks(everything=True)
    assert (ask.ask.first_asked, ask.ask.first_statement, ask.ask.times) == ("2025-04-01", "said-0", 2)
    assert ask.ask.status == "answered"
    (before,) = views.asked("2025-04-15").asks()
    assert (before.ask.waiting_since, before.days_waiting) == ("2025-04-01", 14)


def test_a_statement_that_a_later_report_brings_to_an_issue_is_heard_in_its_place(ledger):
    file_also(ledger, paper("paper-b", said("said-3", on="2025-05-03", issues=["origin"])))
    file_also(ledger, paper("paper-c", said("said-1", on="2025-05-04", issues=["origin"])))
    views = Projection(ledger).rebuild().asked(DAY)
    assert issue(views, "origin").last_spoken == "2025-05-03"
    (ask,) = [one.ask for one in views.asks(everything=True) if one.ask.issue == "origin"]
    assert (ask.first_asked, ask.first_statement, ask.last_statement) == ("2025-05-01", "said-1", "said-3")


def test_a_retracted_source_takes_its_reports_with_it(ledger):
    file_also(ledger, paper("paper-b", ROUND | {"place": "Ha Noi"}))
    ledger.retract("paper-a", "A hoax.", negotiation=NEGOTIATION)
    views = Projection(ledger).rebuild().asked(DAY)
    assert [one.slug for one in views.sources()] == ["paper-b"]
    assert [one.meeting.sources for one in views.meetings()] == [("paper-b",)]
    assert (views.statements(), views.follow_ups(everything=True), issue(views).status) == ([], [], "named")
    assert [one.stands for one in views.log("said-1")] == [False]


def test_a_moved_statement_leaves_the_issue_it_was_on(ledger):
    ledger.correct("said-1", {"issues": ["origin"]}, "Misheard.", negotiation=NEGOTIATION)
    views = Projection(ledger).rebuild().asked(DAY)
    assert (issue(views, "origin").status, issue(views, "tariffs").raised_by) == ("open", ())


def test_a_corrected_date_of_publication_moves_what_had_no_date_of_its_own():
    with laws.new_ledger() as ledger:
        laws.tell(ledger, Story(NAMES, (paper("paper-a", said("said-1", on="")),), ()))
        assert [one.day for one in Projection(ledger).rebuild().asked(DAY).statements()] == ["2025-05-20"]
        ledger.correct("paper-a", {"published": "2025-05-02"}, "Misdated.", negotiation=NEGOTIATION)
        assert [one.day for one in Projection(ledger).rebuild().asked(DAY).statements()] == ["2025-05-02"]


def test_equal_states_that_meet_are_one_row():
    """Two accounts of one source differ in one field; the one preferred is known first, the dispute only later."""
    with laws.new_ledger() as ledger:
        late = said("said-1", "refused", "[2025-05-01..2025-05-20]")
        laws.tell(ledger, Story(NAMES, (paper("paper-a", late, said("said-1", "asked", "2025-05-01")),), ()))
        db = Projection(ledger).rebuild().db
        assert list(db.query("SELECT act, valid_from, valid_to FROM statements")) == [
            {"act": "asked", "valid_from": "2025-05-01", "valid_to": None}
        ]
        assert list(db.query("SELECT field, valid_from, valid_to FROM contested")) == [
            {"field": "act", "valid_from": "2025-05-20", "valid_to": None}
        ]


def test_progress_is_told_as_far_as_it_got(ledger):
    told = []
    with laws.opened(ledger) as log:
        catch_up(log, open_views(None), store.head(ledger.path), told.append)
        assert told == [log.position()]


# Rows and position together, or neither.


def test_what_breaks_off_while_catching_up_leaves_the_views_as_they_were(ledger, monkeypatch):
    views = Projection(ledger).catch_up()
    before = views.contents()
    file_also(ledger, paper("paper-b", said("said-1", on="2025-05-02", issues=["origin"])))
    with monkeypatch.context() as broken:
        broken.setattr(witness, "remember", lambda *_: 1 / 0)
        for bring_about in (views.catch_up, views.rebuild):
            with pytest.raises(ZeroDivisionError):
                bring_about()
            assert views.contents() == before
    assert views.catch_up().contents() == Projection(ledger).rebuild().contents()


def test_two_that_catch_up_at_once_take_turns(ledger):
    path = path_beside(ledger.path)
    head = store.head(ledger.path)
    ledger.views().close()
    file_also(ledger, paper("paper-b", said("said-4")))
    with laws.opened(ledger) as log, closing(open_views(path)) as one, closing(open_views(path)) as other:
        catch_up(log, one, head)
        catch_up(log, other, head)
        assert one["statements"].count == other["statements"].count == 3


def test_bytes_changed_in_place_are_met_in_the_end_though_something_is_filed_before_every_question(ledger, monkeypatch):
    monkeypatch.setattr(witness, "BLOCK", 4)

    def file_and_ask(slug):
        file_also(ledger, paper(f"paper-{slug}", said(slug)))
        ledger.views().close()

    for nth in range(10):
        file_and_ask(f"more-{nth}")
    changed = ledger.path.read_bytes().replace(b'"place":"Hanoi"', b'"place":"Osaka"')
    assert changed != ledger.path.read_bytes()
    ledger.path.write_bytes(changed)
    with pytest.raises(LogRewritten):
        for nth in range(10, 30):
            file_and_ask(f"more-{nth}")


# Views that are not ours, or not good any more.


def answers(ledger):
    with closing(ledger.views(Clocks(as_of=DAY))) as views:
        return laws.answers(views)


def overwritten(path, content):
    for part in ("", "-wal", "-shm"):
        path.with_name(path.name + part).unlink(missing_ok=True)
    path.write_bytes(content)


def execute(path, *statements):
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


SPOILT = {
    "deleted": lambda path: path.unlink(),
    "of another schema version": lambda path: execute(path, "UPDATE upkeep SET schema_version = 0"),
    "of another ledger": lambda path: execute(path, "UPDATE upkeep SET ledger_id = 'another'"),
    "without a position": lambda path: execute(path, "DELETE FROM upkeep"),
    "without a table": lambda path: execute(path, "DROP TABLE upkeep", "DROP TABLE asks"),
    "with a table too many": lambda path: execute(
        path, "CREATE TABLE mine (name)", "UPDATE upkeep SET schema_version = 0"
    ),
    "cut short": lambda path: overwritten(path, path.read_bytes()[:5000]),
    "cut within its head": lambda path: overwritten(path, path.read_bytes()[:50]),
    "garbage": lambda path: overwritten(path, b"\xff" * 10_000),
    "a text": lambda path: overwritten(path, b"minutes of the meeting"),
    "empty": lambda path: overwritten(path, b""),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_views_that_are_spoilt_come_back_the_same(ledger, spoil):
    before = answers(ledger)
    path = path_beside(ledger.path)
    spoil(path)
    assert answers(ledger) == before
    with closing(open_views(path)) as db:
        found = Projection(ledger)
        found.db = db
        assert found.contents() == Projection(ledger).rebuild().contents()


def pages_overwritten(path):
    """One damaged copy of the views after another."""
    execute(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    whole, page = path.read_bytes(), 4096
    for start in range(page, len(whole), page * 5):
        overwritten(path, whole[:start] + b"\xff" * page + whole[start + page :])
        yield start // page


def test_a_rebuild_mends_views_with_any_page_overwritten(ledger):
    before = answers(ledger)
    for page in pages_overwritten(path_beside(ledger.path)):
        ledger.rebuild()
        assert answers(ledger) == before, page


@pytest.mark.parametrize("lost", ["position > 5", "position = 5", "position < 5", "position > 0"])
def test_a_rebuild_remembers_again_what_was_lost_of_the_log(ledger, lost):
    path = path_beside(ledger.path)
    remembered = "SELECT position, leaf, (SELECT root FROM upkeep) FROM leaves ORDER BY position"
    ledger.rebuild()
    with closing(sqlite3.connect(path)) as views:
        before = views.execute(remembered).fetchall()
    execute(path, f"DELETE FROM leaves WHERE {lost}")
    ledger.rebuild()
    with closing(sqlite3.connect(path)) as views:
        assert views.execute(remembered).fetchall() == before
    assert len(before) == store.head(ledger.path).position


def test_a_question_of_views_with_any_page_overwritten_is_answered_right_or_refused(ledger):
    before = answers(ledger)
    for page in pages_overwritten(path_beside(ledger.path)):
        with suppress(Refusal):
            assert answers(ledger) == before, page


def test_some_other_database_in_the_place_of_the_views_is_refused_and_left_as_it_is(ledger):
    path = path_beside(ledger.path)
    execute(path, "CREATE TABLE accounts (name)", "INSERT INTO accounts VALUES ('mine')")
    before = path.read_bytes()
    for ask in (ledger.views, ledger.rebuild):
        with pytest.raises(NotViews, match="stands where the ledger's views are kept"):
            ask()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT * FROM accounts").fetchall() == [("mine",)]
    assert len(path.read_bytes()) == len(before)


def test_a_ledger_in_the_place_of_the_views_is_refused_and_left_as_it_is(ledger):
    path = path_beside(ledger.path)
    shutil.copyfile(ledger.path, path)
    with pytest.raises(NotViews):
        ledger.views()
    assert store.head(path)[:2] == store.head(ledger.path)[:2]


def test_the_views_of_a_ledger_are_not_those_of_another_in_its_place(ledger, tmp_path):
    ledger.views().close()
    shutil.copyfile(path_beside(ledger.path), tmp_path / "ledger.views.db")
    with laws.new_ledger() as other:
        laws.tell(other, Story(NAMES, (), ()))
        shutil.copyfile(other.path, tmp_path / "ledger.db")
    execute(tmp_path / "ledger.db", "UPDATE identity SET ledger_id = '00000000-0000-4000-8000-000000000001'")
    assert open_ledger(tmp_path / "ledger.db").views().statements() == []


# Replays.


def test_a_replay_goes_to_a_file_of_its_own(ledger, tmp_path):
    path = tmp_path / "then.db"
    ledger.replay_into(path, Clocks(as_of="2025-05-03"))
    with closing(open_views(path)) as db:
        assert [row["slug"] for row in db["statements"].rows] == ["said-1"]
    with pytest.raises(AlreadyALedger):
        ledger.replay_into(path, Clocks())


def test_a_replay_by_the_reported_clock_knows_only_what_was_published_by_then(ledger):
    file_also(ledger, paper("paper-b", said("said-9", on="2025-04-01"), published="2025-06-10"))
    by_then = Projection(ledger).replay(Clocks(reported_by="2025-05-31")).asked(DAY)
    assert [one.slug for one in by_then.statements()] == ["said-1", "said-2"]
    assert [one.slug for one in by_then.sources()] == ["paper-a"]
    assert Projection(ledger).replay(Clocks(reported_by="2025-05-01")).asked(DAY).statements() == []


def test_a_replay_by_the_recorded_clock_does_not_know_of_later_corrections(ledger):
    position = store.head(ledger.path)[1]
    ledger.correct("said-1", {"says": "Otherwise."}, "Misheard.", negotiation=NEGOTIATION)
    then = Projection(ledger).replay(Clocks(recorded_by=position)).asked(DAY)
    now = Projection(ledger).rebuild().asked(DAY)
    assert [views.statements()[0].says for views in (then, now)] == ["So.", "Otherwise."]


def test_the_clocks_combine(ledger):
    file_also(ledger, paper("paper-b", said("said-9", on="2025-04-01"), published="2025-06-10"))
    clocks = Clocks(as_of="2025-05-03", reported_by="2025-06-10", recorded_by=store.head(ledger.path)[1])
    views = Projection(ledger).replay(clocks).asked(DAY)
    assert [one.slug for one in views.statements()] == ["said-9", "said-1"]
    earlier = Projection(ledger).replay(clocks._replace(reported_by="2025-06-09")).asked(DAY)
    assert [one.slug for one in earlier.statements()] == ["said-1"]


# Others at the same time.


def test_catching_up_ends_at_one_position_though_others_go_on_filing(ledger, monkeypatch):
    ledger.views().close()
    file_also(ledger, paper("paper-b", said("said-3")))
    head = store.head(ledger.path)[1]
    followed = Log.since

    def since(log, *between):
        yield from followed(log, *between)
        monkeypatch.undo()
        ledger.correct("said-3", {"says": "Something else."}, "Misheard.", negotiation=NEGOTIATION)

    monkeypatch.setattr(Log, "since", since)
    with closing(ledger.views()) as views:
        assert views.rows("SELECT position FROM upkeep")[0][0] == head
        assert views.rows("SELECT MAX(position) FROM log")[0][0] == head
    with closing(ledger.views()) as views:
        assert next(one.says for one in views.statements() if one.slug == "said-3") == "Something else."


def test_a_question_goes_on_seeing_the_state_it_began_with(ledger):
    with closing(ledger.views()) as views:
        before = views.statements()
        file_also(ledger, paper("paper-b", said("said-3")))
        with closing(ledger.views()) as later:
            assert len(later.statements()) == len(before) + 1
        ledger.rebuild()
        assert views.statements() == before
