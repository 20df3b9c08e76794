"""The negotiation that each user of the machine has chosen."""

import getpass

import pytest

from ledger.errors import NotWritable
from ledger.views.asking.choice import choice, choose


def test_each_user_of_the_machine_has_a_choice_of_their_own(tmp_path, monkeypatch):
    ledger = tmp_path / "ledger.db"
    monkeypatch.setattr(getpass, "getuser", lambda: "lan")
    assert choice(ledger) == ""
    choose(ledger, "vn-us-trade")
    monkeypatch.setattr(getpass, "getuser", lambda: "minh")
    assert choice(ledger) == ""
    choose(ledger, "in-eu")
    monkeypatch.setattr(getpass, "getuser", lambda: "lan")
    assert choice(ledger) == "vn-us-trade"
    choose(ledger, "")
    assert choice(ledger) == ""


def test_a_choice_that_cannot_be_stored_is_refused(tmp_path):
    (tmp_path / "ledger.use.json").mkdir()
    with pytest.raises(NotWritable, match=r"ledger\.db cannot be written"):
        choose(tmp_path / "ledger.db", "in-eu")


@pytest.mark.parametrize("damage", ["", "[]", '{"keeper": 3}'])
def test_a_damaged_choice_is_none(tmp_path, damage, monkeypatch):
    monkeypatch.setattr(getpass, "getuser", lambda: "keeper")
    (tmp_path / "ledger.use.json").write_text(damage)
    assert choice(tmp_path / "ledger.db") == ""
