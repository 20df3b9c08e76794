"""`make demo-desks`: two desks and a public reader on a server."""

from pathlib import Path

import pytest

from tests.demo_desks import play
from tests.servers import PostgresServer


def test_what_one_desk_files_is_seen_at_the_other_and_not_by_the_public(
    postgres: PostgresServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = play(postgres, tmp_path)
    assert "20 percent" in seen["hanoi"]
    assert seen["washington"] == seen["hanoi"]
    assert seen["press"] == "No such statement is on record.\n"
    told = capsys.readouterr().out
    assert "parley: " not in told  # nothing was refused
    assert "GRANT talks_" in told
