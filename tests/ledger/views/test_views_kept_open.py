"""A ledger in a `with` statement keeps its views open between questions, and never answers from the wrong ones."""

import sqlite3
from contextlib import closing
from threading import Thread

import pytest

from ledger import Clocks, open_ledger
from ledger.views.database import path_beside
from ledger.views.errors import ViewsDamaged


@pytest.fixture
def kept(ledger):
    """The ledger, with views that stay open."""
    with ledger:
        ledger.views().close()
        yield ledger


def slugs(views):
    with views:
        return [party.slug for party in views.parties()]


def is_open(ledger):
    """Whether a connection to the views is open: the last one to be closed takes the write-ahead log away."""
    return path_beside(ledger.path).with_name(f"{path_beside(ledger.path).name}-wal").exists()


def test_the_views_stay_open_in_a_with_statement_and_no_longer(ledger):
    with ledger:
        ledger.views().close()
        assert is_open(ledger)
    assert not is_open(ledger)


def test_what_is_filed_here_or_elsewhere_is_in_the_next_answer(kept):
    before = slugs(kept.views())
    kept.append("party", "ch", {"name": "Switzerland"})
    assert slugs(kept.views()) == sorted([*before, "ch"])
    open_ledger(kept.path).append("party", "jp", {"name": "Japan"})
    assert slugs(kept.views()) == sorted([*before, "ch", "jp"])


def test_an_answer_stays_that_of_its_moment_whatever_others_ask_meanwhile(kept):
    with kept.views() as early:
        kept.append("party", "ch", {"name": "Switzerland"})
        assert "ch" in slugs(kept.views())
        assert "ch" not in [party.slug for party in early.at(early.day).parties()]


def test_views_that_are_closed_twice_are_not_taken_from_the_next_reader(kept):
    first = kept.views()
    first.close()
    with kept.views() as second:
        first.close()
        with kept.views(Clocks("2025-01-01")) as third:
            assert second.title() == third.title()


def test_every_negotiation_may_be_closed_for_itself(kept):
    kept.append("negotiation", "more-talks", {"title": "More talks"})
    every = kept.every_views()
    for views in every:
        views.close()
    with kept.views(negotiation="more-talks") as views:
        assert views.title() == "More talks"


@pytest.mark.parametrize("again", [False, True], ids=["deleted", "rebuilt by another"])
def test_views_whose_file_went_are_not_read_again(kept, again):
    before = slugs(kept.views())
    path_beside(kept.path).unlink()
    if again:
        other = open_ledger(kept.path)
        other.append("party", "ch", {"name": "Switzerland"})
        before = sorted([*before, "ch"])
        assert slugs(other.views()) == before
    assert slugs(kept.views()) == before
    assert slugs(kept.views()) == before
    assert path_beside(kept.path).exists()


def test_damaged_views_are_refused_once_and_then_rebuilt(kept):
    before = slugs(kept.views())
    with closing(sqlite3.connect(path_beside(kept.path), isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version=0")
        connection.execute("UPDATE parties SET aliases = 'not a list'")
    with pytest.raises(ViewsDamaged):
        slugs(kept.views())
    assert slugs(kept.views()) == before


def test_threads_may_ask_through_one_ledger(kept):
    found = []
    threads = [Thread(target=lambda: found.append(slugs(kept.views()))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [slugs(kept.views())] * 12
