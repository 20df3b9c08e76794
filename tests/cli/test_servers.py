"""Every command works with a ledger on a server, and answers as it does with a file."""

import json
import time
from pathlib import Path

import pytest

from docs import verify as alone
from ledger.base import now
from tests.cli.console import Answer, Console
from tests.servers import PASSWORD, PostgresServer

psycopg = pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
from ledger.log.postgres.server import close_idle  # noqa: E402

QUESTIONS = [
    "state", "state --as-of 2025-05-22", "next-round --as-of 2025-05-22", "asks", "follow-ups", "deadlines", "tasks",
    "issues", "meetings", "statements", "positions", "figures", "promises", "contested", "gaps", "timeline", "sources",
    "people", "parties", "log --json", "show round-2", "history round-2", "search controls", "check",
    "compare export-controls", "diff 2025-03-31 2025-05-22", "replay --to 2025-05-22", "brief",
    "state --recorded-by 120", "asks --reported-by 2025-05-22", "statements --csv", "use",
]  # fmt: skip


@pytest.fixture
def address(postgres: PostgresServer, desks_folder: Path) -> str:
    return postgres.new_database()


@pytest.fixture
def server(console: Console, address: str) -> Console:
    """The worked example, recorded on a server; `PARLEY_LEDGER` names it."""
    parley = console.parley

    def on_server(*arguments: str, **more: str) -> Answer:
        return parley(*arguments, **{"PARLEY_LEDGER": address, **more})

    console.parley = on_server  # type: ignore[method-assign]
    for line in ("parley init", "parley import seeds/vn-us-trade/*.yaml"):
        answer = console.line(line)
        assert answer.code == 0, answer.err
    return console


def on(console: Console, line: str, ledger: str) -> Answer:
    return console.line(line, PARLEY_LEDGER=ledger)


def test_questions_are_answered_as_they_are_from_a_file(server: Console) -> None:
    for line in ("parley init", "parley import seeds/vn-us-trade/*.yaml"):
        assert on(server, line, "ledger.db").code == 0
    for question in QUESTIONS:
        found, expected = server.line(f"parley {question}"), on(server, f"parley {question}", "ledger.db")
        assert found == expected, question
    assert expected.code == 0


def test_another_desk_sees_what_the_first_records_and_records_itself(server: Console, tmp_path: Path) -> None:
    there = {"PARLEY_DESKS": str(tmp_path / "elsewhere"), "PARLEY_KEEPER": "lan"}
    assert server.line("parley state", **there).out == server.line("parley state").out
    told = server.line("parley append party jp --name Japan", **there)
    assert (told.code, told.out.partition(" in")[0]) == (0, "Recorded #173"), told.err
    assert "Japan" in server.line("parley show jp").out
    assert server.line("parley append party jp --name Japan").out == "Already in the record: nothing to do.\n"


def test_proofs_checkpoints_and_copies_hold_without_parley(server: Console) -> None:
    assert server.line("parley checkpoint --out kept.checkpoint").code == 0
    assert server.line("parley prove greer-more-exchanges --at kept.checkpoint --out proof.json").code == 0
    assert server.line("parley export --out log.jsonl").code == 0
    for what, name in (("proof", "proof.json"), ("log", "log.jsonl")):
        alone.main(what, str(server.folder / name), str(server.folder / "kept.checkpoint"))
    assert server.line("parley verify --against kept.checkpoint").out.endswith("Intact.\n")
    assert server.line("parley backup copy.db").code == 0
    assert on(server, "parley state", "copy.db").out == server.line("parley state").out
    assert on(server, "parley verify --against kept.checkpoint", "copy.db").out.endswith("Intact.\n")


def test_an_exported_log_is_restored_on_a_server(server: Console, postgres: PostgresServer) -> None:
    assert server.line("parley export --out log.jsonl").code == 0
    other = postgres.new_database()
    refused = on(server, "parley import-log log.jsonl", other)
    assert (refused.code, "parley init" in refused.err) == (1, True)
    assert on(server, "parley init", other).code == 0
    assert on(server, "parley import-log log.jsonl", other).code == 0
    assert on(server, "parley export", other).out == (server.folder / "log.jsonl").read_text()
    again = on(server, "parley import-log log.jsonl", other)
    assert (again.code, "already contains events" in again.err) == (1, True)


def test_what_is_erased_is_gone_from_the_server_and_the_views(
    server: Console, address: str, desks_folder: Path
) -> None:
    secret = "patience"
    assert server.line(f"parley append statement s --note 'They lost {secret}.' --by vn --act stated"
                       f" --says 'Lost {secret}.'").code == 0  # fmt: skip
    assert secret in server.line("parley show s").out
    answer = server.line("parley erase s --reason 'A request.'")
    assert answer.code == 0, answer.err
    assert "On the server:" in answer.out
    note = next(
        row["slug"] for row in json.loads(server.line("parley sources --json").out) if row["slug"].startswith("note-")
    )
    assert server.line(f"parley erase {note} --reason 'A request.'").code == 0
    for path in desks_folder.rglob("*"):
        assert path.is_dir() or secret.encode() not in path.read_bytes(), path
    with psycopg.connect(address) as owner:
        found = owner.execute("SELECT count(*) FROM parley.stored_events WHERE position(%s IN state) > 0",
                              [secret.encode()])  # fmt: skip
        assert found.fetchone() == (0,)
        assert owner.execute("SELECT bool_and(cleaned), count(*) > 0 FROM parley.erasures").fetchone() == (True, True)
    assert server.line("parley verify").out.endswith("Intact.\n")


def test_a_clock_that_is_off_by_a_day_is_told_in_one_sentence_and_answers_are_given(
    server: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = server.line("parley state")
    monkeypatch.setattr(now, "clock", lambda: time.time() - 86_400)
    close_idle()
    answer = server.line("parley state")
    assert (answer.out, answer.code) == (before.out, 0)
    assert answer.err == (
        "This machine's clock is 24 hours behind the server's: what is recorded here has this machine's time, and"
        " answers are as of its day.\n"
    )
    close_idle()
    told = server.line("parley append party jp --name Japan")
    assert (told.code, told.out.startswith("Recorded #173")) == (0, True)


def test_a_ledger_in_a_file_and_one_on_a_server_are_merged_both_ways(server: Console) -> None:
    assert server.line("parley backup colleague.db").code == 0
    assert on(server, "parley append party jp --name Japan", "colleague.db").code == 0
    assert server.line("parley append party kr --name Korea").code == 0
    assert server.line("parley merge colleague.db").out.startswith("Merged 1 event")
    merged = on(server, f"parley merge {server_address(server)}", "colleague.db")
    assert merged.out.startswith("Merged 1 event"), merged.err
    for slug in ("jp", "kr"):
        assert server.line(f"parley show {slug}").code == on(server, f"parley show {slug}", "colleague.db").code == 0


def server_address(server: Console) -> str:
    desk = next(Path(str(path)).read_text() for path in (server.folder / "desks").glob("*/ledger.desk"))
    return f"'{desk.strip()}'"


def test_the_desk_of_a_ledger_is_only_for_its_user(server: Console, desks_folder: Path) -> None:
    (folder,) = desks_folder.iterdir()
    assert folder.stat().st_mode & 0o077 == 0
    for path in folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0 or path.is_dir()


def test_a_ledger_is_created_once(server: Console) -> None:
    again = server.line("parley init")
    assert (again.code, "already exists and was not changed" in again.err) == (1, True)
    assert server.line("parley log --json").code == 0


def test_no_password_is_ever_printed_or_written(postgres: PostgresServer, console: Console, desks_folder: Path) -> None:
    database = postgres.new_database().rpartition("?")[0].rpartition("/")[2]
    with psycopg.connect(postgres.address(), autocommit=True) as owner:
        owner.execute(f"CREATE ROLE keeper_{database} LOGIN SUPERUSER PASSWORD '{PASSWORD}'")
    named = f"postgresql://keeper_{database}:{PASSWORD}@127.0.0.1:{postgres.port}/{database}"
    lines = ["init", "init", "import seeds/vn-us-trade/*.yaml", "state", "verify", "checkpoint", "use", "show nobody",
             "backup copy.db", f"move copy.db {named}", "rebuild", "export --out log.jsonl", "init --no"]  # fmt: skip
    for line in lines:
        answer = on(console, f"parley {line}", named)
        assert PASSWORD not in answer.out + answer.err
    wrong = on(console, "parley state", named.replace(PASSWORD, f"{PASSWORD}-not"))
    assert (wrong.code, PASSWORD in wrong.err, "authentication failed" in wrong.err) == (1, False, True)
    for path in console.folder.rglob("*"):
        assert path.is_dir() or PASSWORD.encode() not in path.read_bytes(), path


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ("mysql://lan:hunter2@host/talks", "An address that begins with mysql:// does not name a ledger."),
        ("postgresql://lan:hunter2@@host/talks", "is not of the form postgresql://USER:PASSWORD@HOST:PORT/DATABASE"),
        ("postgresql://lan:hunter2@127.0.0.1:1/talks", "cannot be reached"),
        ("service=nowhere", "service"),
        ("talks.desk", "not the desk of a ledger on a server"),
    ],
)
def test_a_bad_address_is_refused_in_one_sentence(
    console: Console, desks_folder: Path, named: str, sentence: str
) -> None:
    for line in ("parley state", "parley init", "parley append party us --name US", f"parley merge {named}"):
        answer = on(console, line, named)
        assert answer.code == 1
        assert sentence in answer.err
        assert "hunter2" not in answer.err
        assert len(answer.err.splitlines()) <= 3
    assert not desks_folder.exists()
