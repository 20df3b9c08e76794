"""The stored end of a conversation: enough to resume its fold, and not more."""

import pytest

from ledger.projections import snapshots
from tests.laws import Projection
from tests.talks import file_also, paper, said, talks


@pytest.fixture
def ledger():
    with talks() as ledger:
        yield ledger


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
