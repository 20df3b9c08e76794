"""One snapshot for many pages gives the answers of views that are opened for each."""

from pathlib import Path

import pytest

pytest.importorskip("jinja2", reason="the extra `web` is not installed")
from ledger import Clocks
from ledger.web.publication.snapshot import SnapshotOpening, SnapshotViews
from ledger.web.request import Opening
from tests.ledger.web import serving

DAYS = ("2025-03-20", "2025-05-07", "2025-05-22", "2025-06-15", "2026-01-01")


def test_each_day_has_its_own_answers_whatever_was_asked_before(tmp_path: Path) -> None:
    ledger = serving.worked_example(tmp_path)
    with ledger.views(Clocks("2026-11-21")) as views:
        opening = SnapshotOpening(SnapshotViews.of(views), Opening(ledger))
        for day in (*DAYS, *DAYS):
            with opening.views(Clocks(day)) as kept, ledger.views(Clocks(day)) as fresh:
                for ask in ("asks", "follow_ups", "meetings", "labels", "contested", "people", "deadlines"):
                    assert getattr(kept, ask)() == getattr(fresh, ask)(), (day, ask)
                assert kept.follow_ups(everything=True) == fresh.follow_ups(everything=True)
                assert kept.labels(among=["vn"]) == fresh.labels(among=["vn"])


def test_who_changes_an_answer_does_not_change_the_next(tmp_path: Path) -> None:
    with serving.worked_example(tmp_path).views() as views:
        kept = SnapshotViews.of(views)
        kept.meetings().clear()
        assert kept.meetings() == views.meetings() != []
