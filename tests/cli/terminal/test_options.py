"""The options that commands share: which ledger is meant, and which slugs the shell completes."""

from pathlib import Path

import pytest

from cli.terminal.options import complete_slug
from tests.cli.console import Console


def test_the_ledger_of_the_nearest_folder_is_used(recorded: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    deeper = recorded.folder / "notes" / "june"
    deeper.mkdir(parents=True)
    assert Console(deeper).line("parley issues --csv").out == recorded.line("parley issues --csv").out
    assert not list(deeper.iterdir())


def test_only_the_addresses_of_postgresql_name_ledgers(console: Console) -> None:
    answer = console.line("parley state --ledger mysql://lan:secret@host/talks")
    assert (answer.code, "name an SQLite file or the address of a PostgreSQL database" in answer.err) == (1, True)
    assert "secret" not in answer.err


def test_the_shell_completes_slugs_with_their_names(recorded: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_LEDGER", str(recorded.folder / "ledger.db"))
    assert [slug for slug, _ in complete_slug("round-")] == sorted(slug for slug, _ in complete_slug("round-"))
    assert dict(complete_slug("market-econ")) == {"market-economy-status": "Market economy status of Viet Nam"}


def test_a_completion_never_disturbs_the_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_LEDGER", str(tmp_path / "gone.db"))
    assert complete_slug("round") == []
