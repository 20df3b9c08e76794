"""The opening of the views: without the log if, and only if, they are up to date."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ledger import Clocks, Ledger, create_ledger
from ledger.base.errors import AlreadyThere
from ledger.domain.errors import NoNegotiationYet, SeveralNegotiations
from ledger.projections import replays
from ledger.views.database import path_beside
from ledger.views.errors import ViewsDamaged
from tests.examples import file

ROOT = Path(__file__).parents[3]
ROUND_2 = "  - {meeting: round-2, kind: round, number: 2, held: 2025-05-19/2025-05-22}\n"


@pytest.fixture
def no_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can open a log."""
    monkeypatch.setattr(Ledger, "_log", None)


def meetings(ledger, clocks=Clocks()):  # noqa: B008
    with closing(ledger.views(clocks)) as views:
        return [one.meeting.slug for one in views.meetings()]


def test_views_that_are_behind_are_brought_up_to_date(ledger):
    assert meetings(ledger) == []
    file(ledger, ROUND_2)
    assert meetings(ledger) == ["round-2"]


def test_views_that_are_up_to_date_are_opened_without_the_log(ledger, request):
    file(ledger, ROUND_2)
    expected = meetings(ledger)
    position = ledger.position_at("9999-12-31")
    request.getfixturevalue("no_log")
    assert meetings(ledger) == expected
    assert ledger.position_at("9999-12-31") == position == ledger.head().position


def test_a_replay_that_is_cached_is_opened_without_the_log(ledger, request):
    file(ledger, ROUND_2)
    by_then = Clocks(reported_by="2025-12-31")
    expected = meetings(ledger, by_then)
    meetings(ledger)
    request.getfixturevalue("no_log")
    assert meetings(ledger, by_then) == expected == ["round-2"]


def test_a_replay_needs_no_views(ledger):
    path_beside(ledger.path).unlink()
    file(ledger, ROUND_2)
    assert meetings(ledger, Clocks(reported_by="2025-12-31")) == ["round-2"]
    assert not path_beside(ledger.path).exists()


def test_the_position_at_a_day_is_that_of_its_last_event(ledger, set_clock):
    first = ledger.head().position
    set_clock("2025-06-17T08:00:00+00:00")
    file(ledger, ROUND_2)
    assert [
        ledger.position_at(moment) for moment in ("2025-06-14", "2025-06-16", "2025-06-17", "2025-06-17T07:59Z")
    ] == [
        0,
        first,
        first + 2,
        first,
    ]
    assert (ledger.position_at(7), ledger.position_at(None)) == (7, None)


@pytest.mark.parametrize("behind", [True, False], ids=["views behind", "views up to date"])
def test_a_negotiation_is_chosen_for_a_replay_in_the_same_words(ledger, behind):
    ledger.append("negotiation", "talks", {"title": "Other talks"})
    if not behind:
        ledger.views(negotiation="talks").close()
    with pytest.raises(SeveralNegotiations, match="talks, vn-us-trade"):
        ledger.views(Clocks(recorded_by=3))


def test_an_empty_ledger_has_nothing_to_replay(tmp_path):
    with pytest.raises(NoNegotiationYet):
        create_ledger(tmp_path / "ledger.db").views(Clocks(recorded_by=3))


def test_a_question_reads_one_state_whatever_is_filed_meanwhile(ledger):
    for _ in range(2):  # views that were filled for it, and views that were up to date
        with closing(ledger.views()) as views:
            before = views.parties()
            ledger.append("party", f"p{len(before)}", {"name": "P"})
            ledger.rebuild()
            assert views.parties() == before


def test_views_that_prove_damaged_while_a_day_is_looked_up_are_rebuilt_for_the_next(ledger):
    ledger.views().close()
    with closing(sqlite3.connect(path_beside(ledger.path))) as connection:
        connection.execute("DROP TABLE log")
        connection.execute("PRAGMA user_version=0")  # no checksum, as large views have none
    with pytest.raises(ViewsDamaged):
        ledger.position_at("2025-06-15")
    assert ledger.position_at("2025-06-15") == ledger.head().position


def test_a_rebuild_drops_every_cached_replay_and_says_how_far_the_log_has_come(ledger):
    ledger.views(Clocks(recorded_by=5)).close()
    assert [*replays.folder_beside(ledger.path).glob("*.db")] != []
    assert ledger.rebuild() == ledger.head().position
    assert [*replays.folder_beside(ledger.path).glob("*.db")] == []


def test_a_replay_is_written_only_where_nothing_is(ledger, tmp_path):
    path = tmp_path / "then.db"
    ledger.replay_into(path, Clocks(recorded_by=ledger.head().position - 1))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT slug FROM parties ORDER BY slug").fetchall() == [("eu",), ("us",), ("vn",)]
        assert connection.execute("SELECT COUNT(*) FROM log").fetchone() == (ledger.head().position - 1,)
    before = path.read_bytes()
    with pytest.raises(AlreadyThere):
        ledger.replay_into(path, Clocks())
    assert path.read_bytes() == before


LIGHT = """
import sys
from ledger import Clocks, open_ledger
open_ledger(sys.argv[1]).views(Clocks()).close()
print(*(name for name in ("eventsourcing", "sqlite_utils", "msgspec") if name in sys.modules))
"""


def test_a_question_of_views_that_are_up_to_date_imports_no_library_of_the_log(ledger):
    ledger.views().close()
    asked = [sys.executable, "-c", LIGHT, str(ledger.path)]
    assert subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip() == ""
