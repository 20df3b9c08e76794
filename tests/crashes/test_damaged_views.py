"""Views deleted, cut short or overwritten, between questions and while they are asked, by several who ask at once.

No answer is wrong, nobody sees a traceback, and the next question works.
"""

import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from ledger import Clocks, Ledger, Refusal, open_ledger
from ledger.views.database import path_beside
from ledger.views.errors import ViewsDamaged
from ledger.views.views import Views
from tests.crashes.harness import forking, new_ledger

PAGE = 4096
DAY = Clocks(as_of="2025-06-15")  # midnight changes no answer
Damage = Callable[[Path, random.Random], None]


def deleted(views: Path, chance: random.Random) -> None:
    """In the order in which a shell deletes them."""
    for part in sorted(views.parent.glob("ledger.views.db*")):
        part.unlink(missing_ok=True)


def deleted_without_what_is_beside(views: Path, chance: random.Random) -> None:
    views.unlink()


def cut_short(views: Path, chance: random.Random) -> None:
    with views.open("r+b") as file:
        file.truncate(chance.choice((0, 100, PAGE, chance.randrange(views.stat().st_size))))


def page_overwritten(views: Path, chance: random.Random) -> None:
    pages = views.stat().st_size // PAGE
    with views.open("r+b") as file:
        file.seek(chance.randrange(max(1, pages)) * PAGE)
        file.write(chance.choice((b"\0" * PAGE, b"\xff" * PAGE, chance.randbytes(PAGE))))


def replaced_by_a_text(views: Path, chance: random.Random) -> None:
    views.write_bytes(b"not a database at all, but long enough to be read as one" * 100)


DAMAGES: dict[str, Damage] = {
    damage.__name__: damage
    for damage in (deleted, deleted_without_what_is_beside, cut_short, page_overwritten, replaced_by_a_text)
}


def answers(ledger: Ledger) -> list[object]:
    """What questions of several kinds answer; a refusal goes to whoever asked."""
    with closing(ledger.views(DAY)) as views:
        return told_by(views)


def told_by(views: Views) -> list[object]:
    found = [views.statements(), views.asks(), views.issues(), views.parties(), views.people(), views.timeline()]
    return [*found, views.state(), views.evidence("first-3")]


def asked(ledger: Ledger) -> list[object] | None:
    """The answers, or nothing where they were refused; whatever else is raised is a fault."""
    try:
        return answers(ledger)
    except Refusal:
        return None


def checkpointed(views: Path) -> None:
    """What is in the write-ahead log brought into the file: or else the damage would be to what nobody reads."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(views)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.fixture
def ledger(tmp_path):
    return new_ledger(tmp_path)


@pytest.mark.parametrize("name", DAMAGES)
def test_the_question_after_the_damage_is_answered_or_refused_and_the_next_is_answered(ledger, name):
    chance = random.Random(name)
    right = answers(ledger)
    for _ in range(4):
        checkpointed(path_beside(ledger.path))
        DAMAGES[name](path_beside(ledger.path), chance)
        assert asked(ledger) in (None, right)
        assert answers(ledger) == right


@pytest.mark.parametrize("name", DAMAGES)
def test_a_question_during_which_the_damage_is_done_is_answered_right_or_refused(ledger, name):
    chance = random.Random(name)
    right = answers(ledger)
    for _ in range(4):
        checkpointed(path_beside(ledger.path))
        views = ledger.views(DAY)
        DAMAGES[name](path_beside(ledger.path), chance)
        with suppress(ViewsDamaged):
            assert told_by(views) == right
        views.close()
        with suppress(ViewsDamaged):
            answers(ledger)
        assert answers(ledger) == right


@pytest.mark.parametrize("name", DAMAGES)
def test_filing_goes_on_over_damaged_views(ledger, name):
    chance = random.Random(name)
    answers(ledger)
    for nth in range(3):
        DAMAGES[name](path_beside(ledger.path), chance)
        ledger.append("party", f"p-{nth}", {"name": f"P{nth}"}, negotiation="talks")
        asked(ledger)
        with closing(ledger.views()) as views:
            assert f"p-{nth}" in [party.slug for party in views.parties()]


def ask_on(path: Path, right: list[object], until: float, outcomes) -> None:
    ledger = open_ledger(path)
    answered = refused = 0
    faults = []
    while time.monotonic() < until or not (answered or faults):  # the damage ends, and then one must get an answer
        try:
            found = answers(ledger)
        except Refusal:
            refused += 1
        except Exception as error:
            faults.append(f"{type(error).__name__}: {error}")
        else:
            answered += 1
            if found != right:
                faults.append("a wrong answer")
    outcomes.put((answered, refused, faults))


def test_several_who_ask_while_the_views_are_damaged_again_and_again_get_right_answers(ledger):
    right = answers(ledger)
    chance = random.Random(1)
    outcomes = forking().Queue()
    until = time.monotonic() + 2
    asking = [forking().Process(target=ask_on, args=(ledger.path, right, until, outcomes)) for _ in range(3)]
    for process in asking:
        process.start()
    while time.monotonic() < until:
        time.sleep(chance.uniform(0, 0.1))
        with suppress(FileNotFoundError, ValueError):
            DAMAGES[chance.choice(list(DAMAGES))](path_beside(ledger.path), chance)
    found = [outcomes.get(timeout=60) for _ in asking]
    for process in asking:
        process.join(timeout=10)
        process.kill()
    assert [faults for _, _, faults in found] == [[]] * 3
    assert all(answered for answered, _, _ in found)
    asked(ledger)
    assert answers(ledger) == right
