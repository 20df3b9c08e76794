"""Values of each user in a file next to a ledger."""

from ledger.base.companions import store, stored, user


def test_each_user_has_a_value_of_their_own(tmp_path):
    ledger = tmp_path / "ledger.db"
    assert stored(ledger, "looks.json") == {}
    store(ledger, "looks.json", "lan", {"position": 3})
    store(ledger, "looks.json", "minh", "round-2")
    store(ledger, "looks.json", "lan", {"position": 4})
    assert stored(ledger, "looks.json") == {"lan": {"position": 4}, "minh": "round-2"}
    assert stored(ledger, "use.json") == {}
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.looks.json"]


def test_a_damaged_file_counts_as_empty_and_is_replaced(tmp_path):
    for damage in ("", "[]", "not json", "\ud800".encode("utf-8", "surrogatepass")):
        path = tmp_path / "ledger.looks.json"
        path.write_bytes(damage if isinstance(damage, bytes) else damage.encode())
        assert stored(tmp_path / "ledger.db", "looks.json") == {}
        store(tmp_path / "ledger.db", "looks.json", "lan", 1)
        assert stored(tmp_path / "ledger.db", "looks.json") == {"lan": 1}


def test_the_user_of_the_machine_has_a_name():
    assert user()
