"""What is filed while the server is away waits at the desk, is shown there as not yet sent, and is sent once."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.console import Answer, Console
from tests.servers import PostgresServer

psycopg = pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")

APPEND = "parley append party jp --name Japan --offline"
STATEMENT = (
    "parley append statement s --by us --act stated --says 'Tokyo joins.' --offline"
    " --note 'The United States said that Tokyo joins.'"
)
NOTE = "source note-2026-11-21-7fa1fe44"
WAITS = "Filed offline; 1 event waits here: `parley merge`, or the next recording, sends it on.\n"


@pytest.fixture
def desk(desk: Console, own_server: PostgresServer) -> Console:
    """The same, with the server away."""
    own_server.stop()
    return desk


@pytest.fixture
def lan(tmp_path: Path) -> dict[str, str]:
    """The surroundings of another person at another desk."""
    return {"PARLEY_DESKS": str(tmp_path / "elsewhere"), "PARLEY_KEEPER": "lan"}


def filed(desk: Console, line: str, **surroundings: str) -> Answer:
    answer = desk.line(line, **surroundings)
    assert answer.code == 0, answer.err
    return answer


def test_an_entry_is_filed_offline_and_sent_with_the_next_recording(desk: Console, own_server) -> None:
    assert filed(desk, APPEND).out == f"Filed in vn-us-trade, party jp: The party Japan was named\n{WAITS}"
    assert filed(desk, APPEND).out == f"Already in the record: nothing to do.\n{WAITS}"
    own_server.start()
    recorded = filed(desk, "parley append party kr --name Korea")
    assert recorded.err == "Sent 1 event that had been filed offline.\n"
    assert recorded.out.startswith("Recorded #174")
    assert "Japan" in desk.line("parley show jp").out
    assert desk.line("parley merge").out == "Nothing that was filed offline waits to be sent.\n"
    assert desk.line("parley verify").out.endswith("Intact.\n")


def test_the_rules_and_names_of_the_record_hold_offline(desk: Console) -> None:
    for line, sentence in (
        ("append statement s --by nobody --act stated --says X --note X", "nobody"),
        ("append issue us --title X", "us"),
        ("append statement s --by us --act shouted --says X --note X", "shouted"),
    ):
        refused = desk.line(f"parley {line} --offline")
        assert (refused.code, refused.out, sentence in refused.err) == (1, "", True), line
    assert filed(desk, "parley import seeds/vn-us-trade/*.yaml --offline").out.startswith("Nothing new was filed; ")
    assert "Not yet sent" not in desk.line("parley state").err


def test_what_waits_is_in_the_answers_and_marked(desk: Console, own_server) -> None:
    before = desk.line("parley state")
    filed(desk, STATEMENT)
    filed(desk, APPEND)
    shown = desk.line("parley show s")
    assert "Tokyo joins." in shown.out
    assert "recorded 2026-11-21 12:00 by secretary, from note-2026-11-21-7fa1fe44, not sent yet" in (
        " ".join(shown.out.split())
    )
    assert shown.err == (
        "The server cannot be reached, so this is the record as of position 172, recorded 2026-11-21 12:00 UTC, with"
        f" what was filed here and is not yet sent: {NOTE}, statement s and party jp (3 events).\n"
    )
    assert desk.line("parley log").out.count("not sent") == 3
    own_server.start()
    online = desk.line("parley state")
    assert online.out == before.out
    assert online.err.startswith(
        "Filed offline and not yet sent, so not in this answer: source note-2026-11-21-7fa1fe44,"
    )
    assert filed(desk, "parley merge --dry-run").out == "Would send 3 events of 3 entries in vn-us-trade.\n"
    assert filed(desk, "parley merge").out == "Sent 3 events of 3 entries in vn-us-trade.\n"
    assert desk.line("parley state").err == ""
    assert "not sent" not in desk.line("parley log").out


def test_each_event_keeps_its_keeper_and_its_time(desk: Console, own_server, lan: dict[str, str]) -> None:
    filed(desk, APPEND)
    own_server.start()
    filed(desk, "parley merge", PARLEY_KEEPER="lan")
    event = desk.line("parley log jp --csv").rows[0]
    assert event["recorded_by"] == "secretary, merged by lan"


def test_what_was_recorded_before_the_server_went_away_is_not_filed_twice(desk: Console, own_server) -> None:
    own_server.start()
    for line in (APPEND, STATEMENT):  # the desk asks nothing more, as after a lost acknowledgement
        assert "Recorded #17" in filed(desk, line).out
    own_server.stop()
    for line in (APPEND, STATEMENT):
        assert filed(desk, line).out.startswith("Filed in")
    own_server.start()
    assert filed(desk, "parley merge").out == "What was filed offline is already in the record.\n"
    assert len(desk.line("parley log s --csv").rows) == 1
    assert filed(desk, "parley verify").out.endswith("Intact.\n")


def test_the_desk_says_how_much_waits(desk: Console, own_server) -> None:
    filed(desk, APPEND)
    away = " ".join(filed(desk, "parley desk").out.split())
    assert "cannot be reached" in away
    assert "This desk has seen position 172; its files are in" in away
    assert away.endswith("Waits to be sent: party jp (1 event). `parley merge` sends it.")
    own_server.start()
    filed(desk, "parley merge")
    found = json.loads(filed(desk, "parley desk --json").out)
    assert (found["position"], found["waiting"], found["events"]) == (173, "", 0)
    assert desk.line("parley desk", PARLEY_LEDGER="ledger.db").out == (
        "ledger.db is a file, so nothing waits to be sent to a server.\n"
    )


def test_other_desks_are_not_in_the_way(desk: Console, own_server, lan: dict[str, str]) -> None:
    filed(desk, APPEND)
    own_server.start()
    filed(desk, "parley append party kr --name Korea", **lan)
    filed(desk, "parley append party jp --name Japan", **lan)
    assert filed(desk, "parley merge").code == 0
    assert len(desk.line("parley parties --csv").rows) == len({*map(str, desk.line("parley parties --csv").rows)})
    assert desk.line("parley show kr").code == desk.line("parley show jp").code == 0


def test_a_conflict_is_told_and_what_waits_is_kept(desk: Console, own_server, lan: dict[str, str]) -> None:
    filed(desk, APPEND)
    filed(desk, "parley append party kr --name Korea --offline")
    own_server.start()
    filed(desk, "parley append issue jp --title 'The Japanese file'", **lan)
    recorded = desk.line("parley append party cn --name China")
    assert recorded.out.startswith("Recorded #174")
    assert recorded.err == "What was filed offline is not sent yet (1 conflict); see it with `parley merge`.\n"
    for _ in range(2):
        refused = desk.line("parley merge")
        assert (refused.code, refused.out) == (1, "")
        assert "party jp" in refused.err
    assert "party jp and party kr (2 events)" in desk.line("parley state").err
    assert "Send it first with `parley merge`" in desk.line("parley erase cn --reason x").err
    settled = filed(desk, "parley merge --ours jp")
    assert settled.out == "Sent 1 event of 1 entry in vn-us-trade.\n"
    aside = re.search(r"The entries filed offline that were not sent are in (.*\.db)\.", settled.err)
    assert "Japan" in desk.line("parley show jp", PARLEY_LEDGER=aside[1]).out
    assert "The Japanese file" in desk.line("parley show jp").out
    assert desk.line("parley state").err == ""


def test_what_is_erased_on_the_server_is_erased_here(desk: Console, own_server, lan, desks_folder: Path) -> None:
    own_server.start()
    filed(desk, STATEMENT.replace("--offline", ""))
    filed(desk, "parley state")
    own_server.stop()
    filed(desk, APPEND)
    filed(desk, "parley show jp")
    own_server.start()
    for slug in ("s", "note-2026-11-21-7fa1fe44"):
        filed(desk, f"parley erase {slug} --reason 'A request.'", **lan)
    filed(desk, "parley state")
    for path in desks_folder.rglob("*"):
        assert path.is_dir() or b"Tokyo joins" not in path.read_bytes(), path
    assert filed(desk, "parley merge").out.startswith("Sent 1 event of 1 entry")


def test_a_desk_that_has_seen_nothing_cannot_file_offline(desk: Console, lan: dict[str, str]) -> None:
    refused = desk.line(APPEND, **lan)
    assert (refused.code, "has not seen the log" in refused.err) == (1, True)


def test_while_the_server_can_be_reached_it_is_recorded_there(desk: Console, own_server) -> None:
    own_server.start()
    assert filed(desk, APPEND).out.startswith("Recorded #173")


def test_a_file_needs_no_server(console: Console) -> None:
    assert console.line("parley init").code == 0
    assert console.line("parley import seeds/vn-us-trade/*.yaml --offline").out.startswith("Recorded 172 events")
    assert console.line(APPEND).out.startswith("Recorded #173")
    assert (console.line("parley merge").code, console.line("parley merge --help").code) == (2, 0)
