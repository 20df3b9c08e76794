"""Who may sign in: tokens are shown once, stored as slow hashes, expire and can be revoked."""

import stat
from pathlib import Path

import pytest

from ledger.errors import Refusal
from ledger.web.people import people as module
from ledger.web.people.people import AccessRole, People, last_day, role_of


def test_a_token_finds_its_person_also_in_another_process(people: People, tmp_path: Path) -> None:
    token = people.add("lan", AccessRole.RECORDER)
    other = people.add("press", AccessRole.READER, level="public")
    later = People(tmp_path / "ledger.db")
    assert [one.name for one in later.all()] == ["lan", "press"]
    for each in (people, later):
        found, reader = each.by_token(token), each.by_token(other)
        assert found and (found.name, found.role, found.level) == ("lan", AccessRole.RECORDER, "")
        assert reader and (reader.name, reader.role, reader.level) == ("press", AccessRole.READER, "public")


def test_a_token_is_stored_only_as_a_slow_hash_with_the_permissions_of_the_ledger(
    people: People, tmp_path: Path
) -> None:
    (tmp_path / "ledger.db").chmod(0o600)
    token = people.add("lan", AccessRole.RECORDER)
    again = people.add("minh", AccessRole.RECORDER)
    stored = people.path.read_text()
    for one in (token, again):
        assert one.split("_", 2)[2] not in stored
    assert stat.S_IMODE(people.path.stat().st_mode) == 0o600
    hashes = [one.hash for one in people.all()]
    assert all(one.startswith("scrypt:16384:8:1:") for one in hashes)
    assert len({one.split(":")[4] for one in hashes}) == 2  # each has a salt of its own


def test_a_forged_token_finds_nobody(people: People) -> None:
    token = people.add("lan", AccessRole.RECORDER)
    start, _, secret = token.rpartition("_")
    forged = [
        "", "lan", "parley_", secret, start, token[:-1], token + "x", token.upper(), token.replace("parley", "Parley"),
        f"{start}_{'A' * 43}", f"parley_{'0' * 16}_{secret}", f"{token}\n", "x" * 100_000,
        "parley__" + "A" * 43, "é" * 60,
    ]  # fmt: skip
    assert [one for one in forged if people.by_token(one)] == []
    assert people.by_token(token)


def test_a_person_without_a_token_is_found_by_no_token(people: People) -> None:
    assert people.add("lan", AccessRole.RECORDER, by_proxy=True) == ""
    assert people.named("lan")
    for one in ("", "parley__", "parley__" + "A" * 43):
        assert people.by_token(one) is None


def test_only_a_known_first_part_costs_a_hash(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    token = people.add("lan", AccessRole.RECORDER)
    counted: list[str] = []
    real = module._matches
    monkeypatch.setattr(module, "_matches", lambda hashed, secret: counted.append(secret) or real(hashed, secret))
    people.by_token(f"parley_{'0' * 16}_{'A' * 43}")
    assert counted == []
    for _ in range(3):
        assert people.by_token(token)
    assert len(counted) == 1  # a program sends its token with each request


def test_a_token_expires_after_its_last_day(people: People, set_clock) -> None:
    set_clock("2026-11-21T12:00:00+00:00")
    token = people.add("lan", AccessRole.RECORDER, expires=last_day("2d"))
    for moment, valid in [("2026-11-23T23:59:00+00:00", True), ("2026-11-24T00:00:01+00:00", False)]:
        set_clock(moment)
        assert (people.by_token(token) is not None, people.named("lan") is not None) == (valid, valid)
    again = people.add("lan", AccessRole.RECORDER)  # the old one need not be revoked
    assert people.by_token(again) and not people.by_token(token)
    assert len(people.all()) == 1


def test_a_revoked_token_is_invalid_at_once_also_where_it_was_just_used(people: People, tmp_path: Path) -> None:
    token = people.add("lan", AccessRole.RECORDER)
    assert people.by_token(token)
    People(tmp_path / "ledger.db").revoke("lan")
    assert people.by_token(token) is None
    assert people.by_token(people.add("lan", AccessRole.RECORDER))
    assert people.by_token(token) is None


def test_one_name_has_one_token(people: People) -> None:
    people.add("Ngọc", AccessRole.READER, level="public")
    assert people.named("Ngo\u0323c") == people.all()[0]
    with pytest.raises(Refusal, match="may already sign in, as a reader"):
        people.add("Ngo\u0323c", AccessRole.RECORDER)
    with pytest.raises(Refusal, match=r"No person 'Ngoc' may sign in. Did you mean Ngọc\?"):
        people.revoke("Ngoc")


@pytest.mark.parametrize("name", ["", " lan", "lan ", "a\nb", "a\u202eb", "x" * 101, "a  b"])
def test_a_name_that_cannot_be_read_is_refused(people: People, name: str) -> None:
    with pytest.raises(Refusal, match="A name is one line"):
        people.add(name, AccessRole.RECORDER)
    assert not people.path.exists()


def test_only_a_reader_has_a_level(people: People) -> None:
    for role in (AccessRole.RECORDER, AccessRole.KEEPER):
        with pytest.raises(Refusal, match=f"A {role} sees the whole record"):
            people.add("lan", role, level="public")


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"people": [{"name": 1}]}', '{"people": [{"name": "a", "role": "king"}]}', "\x00"]
)
def test_a_damaged_list_lets_nobody_in_and_is_not_replaced(people: People, content: str) -> None:
    token = people.add("lan", AccessRole.RECORDER)
    people.path.write_text(content)
    for act in (lambda: people.by_token(token), people.all, lambda: people.add("eve", AccessRole.KEEPER)):
        with pytest.raises(Refusal, match="is not a list of people that Parley wrote"):
            act()
    assert people.path.read_text() == content


@pytest.mark.parametrize(
    "hashed", ["", "scrypt", "scrypt:0:0:0::", "scrypt:16384:8:1:zz:zz", "scrypt:99999999999:8:1:00:00"]
)
def test_a_hash_that_parley_did_not_write_opens_nothing(people: People, hashed: str) -> None:
    token = people.add("lan", AccessRole.RECORDER)
    people.path.write_text(people.path.read_text().replace(people.all()[0].hash, hashed))
    assert people.by_token(token) is None


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("90d", "2027-02-19"),
        ("1d", "2026-11-22"),
        ("2026-11-21", "2026-11-21"),
        ("2028-02-29", "2028-02-29"),
        ("never", ""),
    ],
)
def test_the_end_of_a_token(set_clock, typed: str, day: str) -> None:
    set_clock("2026-11-21T12:00:00+00:00")
    assert last_day(typed) == day


@pytest.mark.parametrize(
    "typed", ["", "d", "0d", "-1d", "90", "90days", "2026-02-30", "20261121", "99999d", "9999999d", "9d\n", "٣d"]
)
def test_an_end_that_is_none_is_refused(set_clock, typed: str) -> None:
    set_clock("9900-11-21T12:00:00+00:00")
    with pytest.raises(Refusal, match="is not the end of a token"):
        last_day(typed)


def test_a_past_end_is_refused(set_clock) -> None:
    set_clock("2026-11-21T12:00:00+00:00")
    with pytest.raises(Refusal, match="until 2026-11-20 would never be valid: it is 2026-11-21"):
        last_day("2026-11-20")


def test_a_role_is_one_of_three() -> None:
    assert [(role, role.records, role.keeps) for role in AccessRole] == [
        (AccessRole.READER, False, False),
        (AccessRole.RECORDER, True, False),
        (AccessRole.KEEPER, True, True),
    ]
    with pytest.raises(Refusal, match=r"no role 'recorde'. Did you mean recorder\?"):
        role_of("recorde")
