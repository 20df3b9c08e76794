"""Cached replays: the same answer as the first time, never of another moment or log, and always safe to delete."""

import shutil

import pytest

from ledger import Clocks, Ledger
from ledger.base.files import companion
from ledger.domain.errors import UnknownNegotiation
from ledger.projections import projector
from ledger.projections.opening import Opener
from ledger.projections.replays import MOST, folder_beside
from ledger.views.database import path_beside
from tests.examples import file

ROUND_2 = "  - {meeting: round-2, kind: round, number: 2, held: 2025-05-19/2025-05-22}\n"


@pytest.fixture
def replays(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Each time the log is replayed, noted."""
    noted: list[object] = []
    replay = projector.replay

    def noting(*arguments, **options):
        noted.append(arguments[3])
        return replay(*arguments, **options)

    monkeypatch.setattr(projector, "replay", noting)
    return noted


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Clocks]:
    """Each time the views of a moment are made, from the log or from the present views, noted."""
    noted: list[Clocks] = []
    replay = Opener._replay

    def noting(opener, path, negotiation, clocks):
        noted.append(clocks)
        return replay(opener, path, negotiation, clocks)

    monkeypatch.setattr(Opener, "_replay", noting)
    return noted


def slugs(ledger: Ledger, **clocks) -> list[str]:
    return [one.meeting.slug for one in ledger.views(Clocks(**clocks)).meetings()]


def test_a_moment_is_replayed_once_however_often_it_is_asked_of(ledger, made):
    file(ledger, ROUND_2)
    assert slugs(ledger, reported_by="2025-05-22") == slugs(ledger, reported_by="2025-05-22", as_of="2025-06-01")
    assert len(made) == 1


def test_what_is_recorded_later_is_not_missed_by_the_reported_clock(ledger, replays):
    before = slugs(ledger, reported_by="2025-12-31")
    file(ledger, ROUND_2)
    assert (before, slugs(ledger, reported_by="2025-12-31")) == ([], ["round-2"])


def test_a_replay_up_to_a_position_is_good_for_ever(ledger, made):
    slugs(ledger, recorded_by=3)
    file(ledger, ROUND_2)
    assert slugs(ledger, recorded_by=3) == []
    assert len(made) == 1


def test_a_moment_just_before_is_answered_from_the_present_views_and_one_long_before_from_the_log(ledger, replays):
    file(ledger, ROUND_2)
    head = ledger.head().position
    assert slugs(ledger) == slugs(ledger, recorded_by=head) == ["round-2"]
    assert slugs(ledger, recorded_by=head - 1) == slugs(ledger, recorded_by=1) == []
    assert len(replays) == 1


def test_without_present_views_a_moment_just_before_is_answered_from_the_log(ledger, replays):
    file(ledger, ROUND_2)
    path_beside(ledger.path).unlink()
    assert slugs(ledger, recorded_by=ledger.head().position - 1) == []
    assert len(replays) == 1


def test_the_days_of_publication_are_not_confused(ledger):
    file(ledger, ROUND_2)
    assert slugs(ledger, reported_by="2025-05-01") == []
    assert slugs(ledger, reported_by="2025-12-31") == ["round-2"]
    assert slugs(ledger, reported_by="2025-05-01") == []


def test_each_negotiation_has_its_own_replay_of_a_moment(ledger, made):
    file(ledger, ROUND_2)
    ledger.append("negotiation", "talks", {"title": "Other talks"})
    for negotiation in ("vn-us-trade", "talks", "vn-us-trade", "talks"):
        views = ledger.views(Clocks(reported_by="2025-12-31"), negotiation)
        assert (views.negotiation, bool(views.meetings())) == (negotiation, negotiation == "vn-us-trade")
    assert len(made) == 2


def test_no_replay_is_made_for_a_negotiation_that_is_not_of_record(ledger, replays):
    with pytest.raises(UnknownNegotiation):
        ledger.views(Clocks(recorded_by=3), "../elsewhere")
    assert replays == []
    assert not folder_beside(ledger.path).exists()


def test_a_replay_of_a_log_that_was_since_restored_from_a_backup_is_not_used(ledger):
    shutil.copyfile(ledger.path, ledger.path.with_name("backup.db"))
    file(ledger, ROUND_2)
    head = ledger.rebuild()
    assert slugs(ledger, recorded_by=head) == ["round-2"]
    shutil.copyfile(ledger.path.with_name("backup.db"), ledger.path)
    for part in ("views.db", "acknowledged"):
        companion(ledger.path, part).unlink()
    file(ledger, ROUND_2.replace("round-2", "round-1"))
    assert slugs(ledger, recorded_by=head) == ["round-1"]


@pytest.mark.parametrize("damage", [b"", b"no database", None])
def test_kept_replays_that_are_damaged_or_gone_are_made_anew(ledger, damage):
    file(ledger, ROUND_2)
    before = slugs(ledger, reported_by="2025-12-31")
    for kept in folder_beside(ledger.path).iterdir():
        kept.unlink() if damage is None else kept.write_bytes(damage)
    assert slugs(ledger, reported_by="2025-12-31") == before == ["round-2"]


def test_where_replays_cannot_be_kept_the_question_is_answered_all_the_same(ledger):
    file(ledger, ROUND_2)
    folder_beside(ledger.path).write_text("a file in the way")
    assert slugs(ledger, reported_by="2025-12-31") == ["round-2"]


def test_only_the_replays_used_last_are_kept(ledger):
    for day in range(1, MOST + 4):
        slugs(ledger, reported_by=f"2025-05-{day:02}")
    kept = [path.name for path in folder_beside(ledger.path).iterdir()]
    assert len(kept) == MOST
    assert any("2025-05-19" in name for name in kept)
    assert not any("2025-05-01" in name for name in kept)


def test_the_answer_says_how_many_events_have_no_day_of_publication(ledger):
    file(ledger, ROUND_2)
    assert ledger.views(Clocks(reported_by="2025-12-31")).undated() == 0
    file(ledger, ROUND_2.replace("round-2", "round-1"), slug="wto", published="")
    assert ledger.views(Clocks(reported_by="2025-12-31")).undated() == 2
    assert ledger.views(Clocks(recorded_by=99)).undated() == 0
