"""The projector: rows and position together, replays, and several processes at once."""

from contextlib import closing

import pytest

from ledger import Clocks
from ledger.base.errors import AlreadyThere
from ledger.log import store
from ledger.log.log import Log
from ledger.projections import witness
from ledger.projections.projector import catch_up
from ledger.projections.tables import open_views
from ledger.views.database import path_beside
from tests import laws
from tests.laws import NEGOTIATION, Projection
from tests.talks import DAY, file_also, paper, said, talks


@pytest.fixture
def ledger():
    with talks() as ledger:
        yield ledger


# Catching up.


def test_catching_up_with_nothing_new_changes_nothing(ledger):
    views = Projection(ledger).catch_up()
    before = views.contents()
    assert views.catch_up().contents() == before


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


# Replays.


def test_a_replay_goes_to_a_file_of_its_own(ledger, tmp_path):
    path = tmp_path / "then.db"
    ledger.replay_into(path, Clocks(as_of="2025-05-03"))
    with closing(open_views(path)) as db:
        assert [row["slug"] for row in db["statements"].rows] == ["said-1"]
    with pytest.raises(AlreadyThere):
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
