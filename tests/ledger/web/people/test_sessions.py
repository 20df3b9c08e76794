"""Sessions: random ids, and the four ways in which one ends."""

from ledger.web.people import sessions as module
from ledger.web.people.people import AccessRole, People
from ledger.web.people.sessions import IDLE, LONGEST, Sessions


def open_one(people: People, clock):
    person = people.by_token(people.add("lan", AccessRole.RECORDER))
    found = Sessions(people, clock)
    return found, found.begin(person)


def test_a_session_is_known_by_its_id_alone(people: People, clock) -> None:
    sessions, name = open_one(people, clock)
    assert sessions.of(name).person.name == "lan"
    for guess in ("", name[:-1], name + "x", "x" * 43, "é\ud800"):
        assert sessions.of(guess) is None
    another = sessions.begin(sessions.of(name).person)
    assert another != name and sessions.of(another).forms != sessions.of(name).forms


def test_a_session_ends_when_it_is_idle(people: People, clock) -> None:
    sessions, name = open_one(people, clock)
    clock.now += IDLE - 1
    assert sessions.of(name)
    clock.now += IDLE - 1
    assert sessions.of(name, used=False)  # a page that checks for news is not a person
    clock.now += 2
    assert sessions.of(name) is None
    clock.now = 0
    assert sessions.of(name) is None


def test_a_session_ends_after_a_day_at_work_however_it_is_used(people: People, clock) -> None:
    sessions, name = open_one(people, clock)
    while clock.now + IDLE / 2 <= LONGEST:
        assert sessions.of(name)
        clock.now += IDLE / 2
    clock.now += 1
    assert sessions.of(name) is None


def test_a_session_ends_with_signing_out(people: People, clock) -> None:
    sessions, name = open_one(people, clock)
    sessions.end(name)
    sessions.end("never begun")
    assert sessions.of(name) is None


def test_a_session_ends_when_its_person_changes(people: People, clock) -> None:
    sessions, name = open_one(people, clock)
    people.revoke("lan")
    people.add("lan", AccessRole.READER, level="public")
    assert sessions.of(name) is None


def test_there_are_only_so_many_sessions(people: People, clock, monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    sessions, first = open_one(people, clock)
    person = sessions.of(first).person
    others = []
    for _ in range(3):
        clock.now += 1
        sessions.of(first)
        others.append(sessions.begin(person))
        clock.now += 1
    assert sessions.of(first) and sessions.of(others[0]) is None
    assert sessions.of(others[1]) and sessions.of(others[2])
