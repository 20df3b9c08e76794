"""The registry of kinds names every event once, has a fold for every state, and makes the tables of the views."""

import pytest

from ledger.domain import events
from ledger.domain.figures.given import FigureGiven
from ledger.domain.folds import FOLDS
from ledger.domain.kinds import HAPPENING, KINDS, tables_of
from ledger.domain.states import Contest, Link
from ledger.views.schema import HISTORIES


def test_every_event_belongs_to_one_kind_or_may_follow_in_any_stream():
    named = [event for kind in KINDS.values() for event in kind.events]
    assert len(named) == len(set(named))
    assert {*named} | {event.__name__ for event in events.UPKEEP} == {event.__name__ for event in events.STREAM_KIND}
    assert {kind for event, kind in events.STREAM_KIND.items() if event not in events.UPKEEP} == {*KINDS}
    assert {events.STREAM_KIND[event] for event in events.UPKEEP} == {""}


def test_every_kind_with_a_state_has_a_fold_but_issues_which_are_folded_from_statements():
    assert {kind for kind in KINDS if tables_of(kind)} == {*FOLDS, "issue"}
    assert {*HAPPENING} == {"meeting", "statement", "follow-up", "deadline", "text"}


@pytest.mark.parametrize("kind", KINDS)
def test_an_entrys_own_states_come_first_and_are_keyed_by_its_slug(kind):
    for table in tables_of(kind)[:1]:
        assert table.key == "slug" == table.state._fields[0]
        assert table.name == KINDS[kind].plural.replace("-", "_").replace(" ", "_")
    for table in tables_of(kind):
        assert table.key in table.state._fields


def test_the_views_keep_every_history_and_the_contests():
    kept = {table.name: (table.state, table.key) for kind in KINDS for table in tables_of(kind)}
    others = {"contested": (Contest, "slug"), "figures": (FigureGiven, "entry"), "links": (Link, "slug")}
    assert kept | others == HISTORIES
    assert tables_of("recipe") == ()
