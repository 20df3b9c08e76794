"""A ledger on a server is named by its address, and its desk here never contains a password."""

import stat
from pathlib import Path

import pytest

from ledger.base import desks
from ledger.base.errors import AmbiguousAddress, NotADesk


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://db.example/talks", "postgresql://db.example/talks"),
        ("postgresql://lan:hunter2@db.example:5433/talks", "postgresql://lan@db.example:5433/talks"),
        ("postgres://lan:a%40b@db/talks?sslmode=require", "postgres://lan@db/talks?sslmode=require"),
        ("postgresql://db/talks?password=hunter2", "postgresql://db/talks"),
        ("postgresql://db/talks?a=1&password=hunter2&b=2", "postgresql://db/talks?a=1&b=2"),
        ("postgresql://db/talks?a=1&sslpassword=hunter2", "postgresql://db/talks?a=1"),
        ("postgresql://lan:hunter2@one,two:5433/talks", "postgresql://lan@one,two:5433/talks"),
        ("postgresql://postgres:@/talks?host=/tmp/pg", "postgresql://postgres@/talks?host=/tmp/pg"),
        ("service=talks", "service=talks"),
        ("service=talks password=hunter2 user=lan", "service=talks user=lan"),
        (r"service=talks password = 'hun ter\'2' user=lan", "service=talks user=lan"),
    ],
)
def test_an_address_is_shown_without_its_password(address, shown):
    assert desks.is_address(address)
    assert desks.shown(address) == shown


@pytest.mark.parametrize("address", ["postgresql://lan:hun@ter2@db/talks", "postgresql://lan:hun#ter2@db/talks"])
def test_an_address_whose_password_cannot_be_told_from_the_rest_is_refused_without_it(address):
    with pytest.raises(AmbiguousAddress) as refused:
        desks.desk_of(address)
    assert "ter2" not in str(refused.value)


@pytest.mark.parametrize("name", ["ledger.db", "/tmp/postgresql/ledger.db", "service.db", ""])
def test_a_path_is_no_address(name):
    assert not desks.is_address(name)


def test_a_desk_is_only_for_its_user_and_does_not_contain_the_password(desks_folder):
    address = "postgresql://lan:hunter2@db.example/talks"
    path = desks.desk_of(address)
    assert not desks_folder.exists()
    desks.set_up(path)
    desks.set_up(path)
    assert path.read_text() == "postgresql://lan@db.example/talks\n"
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.parent.parent == desks_folder
    assert path.parent.name.startswith("talks-")


def test_each_address_has_its_own_desk_whatever_the_password(desks_folder):
    one = desks.desk_of("postgresql://lan:hunter2@db/talks")
    assert desks.desk_of("postgresql://lan:other@db/talks") == one
    assert desks.address_of(one) == "postgresql://lan:other@db/talks"
    assert len({one, desks.desk_of("postgresql://minh@db/talks"), desks.desk_of("service=talks")}) == 3


def test_another_process_finds_the_address_in_the_desk(desks_folder, monkeypatch):
    path = desks.desk_of("service=talks password=hunter2")
    desks.set_up(path)
    monkeypatch.setattr(desks, "_given", {})
    assert desks.address_of(path) == "service=talks"


@pytest.mark.parametrize("content", [None, "", "ledger.db", "\xff", "x" * 20_000])
def test_a_file_that_is_no_desk_is_refused(tmp_path, content):
    path = tmp_path / "talks.desk"
    if content is not None:
        path.write_text(content, "latin-1")
    with pytest.raises(NotADesk, match=r"talks\.desk"):
        desks.address_of(path)


def test_a_desk_in_another_place_is_refused(tmp_path, desks_folder):
    path = desks.desk_of("service=talks")
    desks.set_up(path)
    elsewhere = tmp_path / "talks.desk"
    elsewhere.write_bytes(path.read_bytes())
    with pytest.raises(NotADesk):
        desks.address_of(elsewhere)


def test_desks_are_in_the_users_folder_for_state_unless_another_is_named(monkeypatch, tmp_path):
    monkeypatch.delenv("PARLEY_DESKS", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert desks.desk_of("service=talks").parent.parent == tmp_path / "parley"
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "lan")
    assert desks.desk_of("service=talks").parent.parent == tmp_path / "lan/.local/state/parley"
