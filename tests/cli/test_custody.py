"""Export, import, merge, backup and erasure, as a user runs them."""

import json
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from ledger import open_ledger
from tests.cli.console import Console
from tests.cli.test_integrity import SAID, tamper, verify

WORDS = ("step up technical and ministerial-level exchanges", "keep stepping up technical and ministerial")


QUESTIONS = (
    "state asks issues follow-ups meetings statements timeline people sources log gaps promises positions brief replay"
    " contested"
)


def log_of(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM stored_events ORDER BY rowid").fetchall()


def identity(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("SELECT ledger_id FROM identity").fetchone()[0])


def root(console: Console, ledger: str = "ledger.db") -> str:
    return console.line(f"parley verify --ledger {ledger}").out.splitlines()[0]


# Export and import.


def test_a_log_goes_out_and_comes_back_exactly(recorded: Console) -> None:
    recorded.line(f'parley erase {SAID} --reason "A slip."')
    recorded.line("parley export --out log.jsonl")
    assert recorded.line("parley import-log log.jsonl --ledger again.db").code == 0
    assert log_of(recorded.folder / "again.db") == log_of(recorded.folder / "ledger.db")
    assert identity(recorded.folder / "again.db") == identity(recorded.folder / "ledger.db")
    assert root(recorded, "again.db") == root(recorded)
    assert recorded.line("parley state --ledger again.db").out == recorded.line("parley state").out
    assert recorded.line("parley export --ledger again.db").out == (recorded.folder / "log.jsonl").read_text()


def test_a_restored_ledger_can_be_written_to(recorded: Console) -> None:
    recorded.line("parley export --out log.jsonl")
    recorded.line("parley import-log log.jsonl --ledger again.db")
    assert "#173" in recorded.line('parley append party eu --name "European Union" --ledger again.db').out
    assert recorded.line("parley verify --ledger again.db").code == 0


def test_a_log_is_restored_into_an_empty_ledger_and_into_no_other(recorded: Console) -> None:
    recorded.line("parley export --out log.jsonl")
    recorded.line("parley init --ledger empty.db")
    assert recorded.line("parley import-log log.jsonl --ledger empty.db").code == 0
    assert root(recorded, "empty.db") == root(recorded)
    before = log_of(recorded.folder / "ledger.db")
    answer = recorded.line("parley import-log log.jsonl")
    assert answer.code == 1
    assert "already contains events" in answer.err
    assert log_of(recorded.folder / "ledger.db") == before


def changed(line: str, **fields: object) -> str:
    return json.dumps(json.loads(line) | fields) + "\n"


BROKEN = {
    "empty": (lambda lines: [], "log.jsonl:1 cannot be restored"),
    "no head": (lambda lines: lines[1:], "its first line is not the header"),
    "a head of another form": (lambda lines: [changed(lines[0], format="x"), *lines[1:]], "is not the header"),
    "a head without a root": (lambda lines: [changed(lines[0], root=None), *lines[1:]], "has no 'root'"),
    "a head that names no ledger": (lambda lines: [changed(lines[0], ledger_id="../x"), *lines[1:]], "not name a"),
    "cut": (lambda lines: lines[:-1], "contains 171 events, but its first line says 172"),
    "a line too many": (lambda lines: [*lines, lines[-1]], "log.jsonl:174"),
    "exchanged": (lambda lines: [*lines[:9], lines[10], lines[9], *lines[11:]], "log.jsonl:10"),
    "not JSON": (lambda lines: [*lines[:9], "{\n", *lines[10:]], "log.jsonl:10"),
    "a list": (lambda lines: [*lines[:9], "[1]\n", *lines[10:]], "log.jsonl:10"),
    "no position": (lambda lines: [*lines[:9], changed(lines[9], position="9"), *lines[10:]], "has no 'position'"),
    "no content": (lambda lines: [*lines[:9], changed(lines[9], state=None), *lines[10:]], "neither content nor"),
    "unreadable": (lambda lines: [*lines[:9], changed(lines[9], state="{}"), *lines[10:]], "Position 9 of the ledger"),
    "unknown": (lambda lines: [*lines[:9], changed(lines[9], type="Treaty.1"), *lines[10:]], "does not know"),
    "elsewhere": (lambda lines: [*lines[:9], changed(lines[9], stream="a/b"), *lines[10:]], "is not a stream"),
    "of another kind": (
        lambda lines: [*lines[:9], changed(lines[9], stream="vn-us-trade/meeting/x"), *lines[10:]],
        "is not an event of a meeting",
    ),
    "reworded": (
        lambda lines: [*lines[:9], lines[9].replace("secretary", "Secretary"), *lines[10:]],
        "do not match the root",
    ),
    "erased without a word": (
        lambda lines: [*lines[:9], changed(lines[9], state=None, erased="0" * 64), *lines[10:]],
        "it is erased, but no erasure is recorded",
    ),
    "nested": (lambda lines: [*lines[:9], "[" * 100_000 + "\n", *lines[10:]], "log.jsonl:10"),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "said"), BROKEN.values(), ids=BROKEN)
def test_a_log_that_is_not_whole_is_refused_and_nothing_is_written(recorded: Console, spoil, said) -> None:  # type: ignore[no-untyped-def]
    recorded.line("parley export --out log.jsonl")
    path = recorded.folder / "log.jsonl"
    path.write_text("".join(spoil(path.read_text().splitlines(keepends=True))))
    recorded.line("parley init --ledger empty.db")
    before = {one.name for one in recorded.folder.iterdir()}
    for ledger in ("new.db", "empty.db"):
        answer = recorded.line(f"parley import-log log.jsonl --ledger {ledger}")
        assert (answer.out, answer.code) == ("", 1)
        assert said in answer.err
    assert {one.name for one in recorded.folder.iterdir()} == before
    assert log_of(recorded.folder / "empty.db") == []


def test_an_export_overwrites_nothing(recorded: Console) -> None:
    (recorded.folder / "log.jsonl").write_text("mine")
    assert "already exists and was not changed" in recorded.line("parley export --out log.jsonl").err
    assert (recorded.folder / "log.jsonl").read_text() == "mine"
    assert "cannot be written" in recorded.line("parley export --out nowhere/log.jsonl").err


def test_an_export_that_is_refused_leaves_no_file(recorded: Console) -> None:
    (recorded.folder / "text.db").write_text("minutes")
    for ledger in ("gone.db", "text.db"):
        assert recorded.line(f"parley export --out log.jsonl --ledger {ledger}").code == 1
        assert not (recorded.folder / "log.jsonl").exists()


def test_a_ledger_without_an_identity_is_refused_in_a_sentence(recorded: Console) -> None:
    with closing(sqlite3.connect(recorded.folder / "ledger.db")) as connection:
        connection.execute("DELETE FROM identity")
        connection.commit()
    for line in ("verify", "checkpoint", "prove 1", "export", "backup copy.db", "state"):
        answer = recorded.line(f"parley {line}")
        assert (answer.out, answer.code) == ("", 1)
        assert "it has no valid identity" in answer.err


# Backups.


def test_a_backup_is_the_ledger_and_can_be_asked(recorded: Console) -> None:
    answer = recorded.line("parley backup copy.db")
    assert answer.code == 0
    assert "172 events" in answer.out
    assert log_of(recorded.folder / "copy.db") == log_of(recorded.folder / "ledger.db")
    assert recorded.line("parley state --ledger copy.db").out == recorded.line("parley state").out


def test_a_ledger_is_restored_from_its_backup(recorded: Console) -> None:
    recorded.line("parley checkpoint --out kept.checkpoint")
    recorded.line("parley backup copy.db")
    before = recorded.line("parley state").out
    (recorded.folder / "ledger.db").write_bytes(b"ruined" * 1000)
    assert recorded.line("parley state").code == 1
    (recorded.folder / "ledger.db").rename(recorded.folder / "ruined.db")
    assert recorded.line("parley backup ledger.db --ledger copy.db").code == 0
    assert recorded.line("parley state").out == before
    assert recorded.line("parley verify --against kept.checkpoint").code == 0
    assert recorded.line('parley append party eu --name "European Union"').code == 0


def test_who_restores_an_older_copy_is_told_what_it_lacks(recorded: Console) -> None:
    recorded.line("parley backup copy.db")
    recorded.line("parley export --out log.jsonl")
    recorded.line('parley append party eu --name "European Union"')
    into = "parley import-log log.jsonl --ledger ledger.db"
    for before, restore in (("", "parley backup ledger.db --ledger copy.db"), ("", into), ("parley init", into)):
        (recorded.folder / "ledger.db").unlink()
        if before:
            assert recorded.line(before).code == 0
        answer = recorded.line(restore)
        assert answer.code == 0
        assert "position 173 was recorded, but the log ends at position 172" in answer.err
        assert recorded.line("parley state").code == 1
    assert recorded.line("parley rebuild --accept").code == 0
    assert recorded.line("parley state").code == 0


def test_a_backup_is_taken_while_another_writes(recorded: Console) -> None:
    """Every copy is the ledger as it was at some moment."""
    stop = threading.Event()

    def write() -> None:
        ledger = open_ledger(recorded.folder / "ledger.db", "another")
        number = 0
        while not stop.is_set():
            number += 1
            ledger.append("party", f"party-{number}", {"name": f"Party {number}"})

    writer = threading.Thread(target=write)
    writer.start()
    try:
        answers = [recorded.line(f"parley backup copy-{number}.db") for number in range(4)]
    finally:
        stop.set()
        writer.join()
    assert [answer.code for answer in answers] == [0, 0, 0, 0]
    whole = log_of(recorded.folder / "ledger.db")
    assert len(whole) > 172
    for number in range(4):
        copy = log_of(recorded.folder / f"copy-{number}.db")
        assert copy == whole[: len(copy)]
        assert len(copy) >= 172


def test_a_backup_overwrites_nothing_and_leaves_nothing_behind(recorded: Console) -> None:
    (recorded.folder / "copy.db").write_text("mine")
    assert "already exists and was not changed" in recorded.line("parley backup copy.db").err
    assert (recorded.folder / "copy.db").read_text() == "mine"
    assert "its folder does not exist" in recorded.line("parley backup nowhere/copy.db").err
    tamper(recorded, "UPDATE stored_events SET originator_version = 7 WHERE rowid = 92")
    before = sorted(recorded.folder.iterdir())
    answer = recorded.line("parley backup other.db")
    assert answer.code == 1
    assert "out of order" in answer.err
    assert sorted(recorded.folder.iterdir()) == before


# Erasure.


def traces(folder: Path, words: str) -> list[str]:
    """The files beside the ledger that hold the words anywhere, free pages and logs included."""
    files = [path for path in folder.rglob("*") if path.is_file() and "seeds" not in path.parts]
    return [path.name for path in files if words.encode() in path.read_bytes()]


def test_what_is_erased_is_gone_from_every_file_of_the_ledger(recorded: Console) -> None:
    recorded.line("parley state")
    recorded.line("parley state --reported-by 2025-06-01")
    recorded.line("parley search exchanges")
    for words in WORDS:
        assert {"ledger.db", "ledger.views.db"} <= {*traces(recorded.folder, words)}
    answer = recorded.line(f'parley erase {SAID} --reason "The ministry asked." --basis "Letter of 12 June"')
    assert answer.code == 0
    for words in WORDS:
        assert traces(recorded.folder, words) == []
    assert recorded.line("parley search ministerial-level").out.count(SAID) == 0
    assert recorded.line("parley statements --issue technical-dialogue").out.count(SAID) == 0
    for words in WORDS:
        assert traces(recorded.folder, words) == []


def test_the_receipt_says_what_went_what_stays_and_what_is_out_of_reach(recorded: Console) -> None:
    out = recorded.line(f'parley erase {SAID} --reason "The ministry asked." --basis "Letter of 12 June"').out
    assert f"Erased the content of the statement {SAID}: #99." in out
    assert "Recorded #173 in vn-us-trade: The ministry asked. (Letter of 12 June)" in out
    assert "SHA-256" in out
    for place in ("backups", "exports", "Checkpoints"):
        assert place in out


def test_an_erased_entry_says_who_erased_it_when_and_why(recorded: Console) -> None:
    recorded.line(f'parley erase {SAID} --reason "The ministry asked." --basis "Letter of 12 June"')
    out = recorded.line(f"parley show {SAID}").out
    assert "ERASED: The ministry asked." in out
    assert "#99 StatementReported: Erased: The ministry asked. (Letter of 12 June)" in out
    assert "recorded 2026-11-21 12:00 by secretary" in out
    assert "EntryErased" in recorded.line("parley log").out


def test_every_proof_still_verifies_after_an_erasure(recorded: Console) -> None:
    recorded.line("parley checkpoint --out kept.checkpoint")
    recorded.line(f"parley prove {SAID} --out proof.json")
    recorded.line(f'parley erase {SAID} --reason "The ministry asked."')
    found = recorded.line("parley verify --against kept.checkpoint")
    assert found.code == 0
    assert "1 event erased; the commitment to each remains." in found.out
    assert verify(recorded, "proof", "proof.json", "kept.checkpoint").code == 0
    recorded.line(f"parley prove {SAID} --at kept.checkpoint --out after.json")
    assert recorded.line("parley prove 92 --at kept.checkpoint --out 92.json").code == 0
    assert verify(recorded, "proof", "92.json", "kept.checkpoint").code == 0
    recorded.line("parley export --out log.jsonl")
    assert verify(recorded, "prefix", "log.jsonl", "kept.checkpoint").code == 0


def test_an_erased_slug_is_not_used_again(recorded: Console) -> None:
    recorded.line(f'parley erase {SAID} --reason "The ministry asked."')
    again = recorded.line("parley import seeds/vn-us-trade/*.yaml")
    assert again.code == 1
    assert f"{SAID} was erased (The ministry asked.)" in again.err


def test_one_event_of_several_is_erased_by_its_position(recorded: Console) -> None:
    recorded.line('parley erase 87 --reason "Filed in confidence."')
    out = recorded.line("parley show round-2").out
    assert "#87 MeetingReported: Erased: Filed in confidence." in out
    assert "#108 MeetingReported: Round 2" in out
    assert "ERASED" not in out.splitlines()[1]
    assert recorded.line("parley verify").code == 0


@pytest.mark.parametrize(
    "slug", ["vn", "jamieson-greer", "export-controls", "round-2", "vna-2025-05-22", "feedback-on-draft"]
)
def test_an_entry_of_any_kind_can_be_erased_and_every_question_is_answered(recorded: Console, slug: str) -> None:
    assert recorded.line(f'parley erase {slug} --reason "By order."').code == 0
    questions = list(QUESTIONS.split())
    questions += [f"show {slug}", f"history {slug}", "search trade", "diff 2025-05-01 2025-06-01"]
    for question in [*questions, "state --recorded-by 172"]:
        answer = recorded.line(f"parley {question}")
        assert answer.code == 0, (question, answer.err)
    assert recorded.line("parley verify").code == 0
    caught_up = views_of(recorded)
    recorded.line("parley rebuild")
    assert views_of(recorded) == caught_up


def views_of(console: Console) -> list[object]:
    with closing(sqlite3.connect(console.folder / "ledger.views.db")) as views:
        tables = ("entries", "log", "statements", "meetings", "issues", "evidence")
        return [views.execute(f"SELECT * FROM {name} ORDER BY 1, 2, 3, 4").fetchall() for name in tables]


def test_what_cannot_be_erased_is_refused_and_nothing_is_written(recorded: Console) -> None:
    recorded.line(f'parley erase {SAID} --reason "The ministry asked."')
    before = log_of(recorded.folder / "ledger.db")
    tell = {
        f"parley erase {SAID} --reason again": "has already been erased (The ministry asked.)",
        "parley erase 173 --reason again": "it records an erasure",
        "parley erase vn-us-trade --reason again": "every other entry depends on it",
        "parley erase 999 --reason again": "There is no position 999",
        "parley erase nothing-like-it --reason again": "There is no entry",
        f"parley erase {SAID[:-1]} --reason again": f"Did you mean {SAID}",
    }
    for line, said in tell.items():
        answer = recorded.line(line)
        assert (answer.out, answer.code) == ("", 1)
        assert said in answer.err
    assert log_of(recorded.folder / "ledger.db") == before


def test_a_dry_run_erases_nothing(recorded: Console) -> None:
    before = log_of(recorded.folder / "ledger.db")
    assert "Would erase" in recorded.line(f'parley erase {SAID} --reason "A test." --dry-run').out
    assert log_of(recorded.folder / "ledger.db") == before


def test_a_person_at_a_terminal_is_asked_first(recorded: Console) -> None:
    before = log_of(recorded.folder / "ledger.db")
    answer = recorded.parley("erase", SAID, "--reason", "A slip.", typed=["n"])
    assert "for good?" in answer.out
    assert log_of(recorded.folder / "ledger.db") == before
    assert recorded.parley("erase", SAID, "--reason", "A slip.", typed=["y"]).code == 0
    assert len(log_of(recorded.folder / "ledger.db")) == 173


def test_an_erasure_that_was_broken_off_is_told_and_finished(recorded: Console) -> None:
    """As after a crash: the event and the mark are there, the traces not cleaned."""
    recorded.line(f'parley erase {SAID} --reason "The ministry asked."')
    with closing(sqlite3.connect(recorded.folder / "ledger.db")) as connection:
        connection.execute("CREATE TABLE uncleaned (position INTEGER)")
    assert "was interrupted" in recorded.line("parley verify").out
    assert recorded.line("parley state").code == 0
    assert recorded.line(f"parley erase {SAID} --reason again").code == 0
    assert recorded.line("parley verify").code == 0


def test_a_reader_that_holds_the_old_pages_is_named_and_the_erasure_finished_later(
    recorded: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.base.sqlite.PATIENCE", 0.2)
    with closing(sqlite3.connect(recorded.folder / "ledger.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM stored_events").fetchone()
        answer = recorded.line(f'parley erase {SAID} --reason "The ministry asked."')
        assert answer.code == 1
        assert "traces may be left" in answer.err
    assert recorded.line(f"parley erase {SAID} --reason again").code == 0
    for words in WORDS:
        assert traces(recorded.folder, words) == []


# Merging.


@pytest.fixture
def two(recorded: Console) -> Console:
    """The worked example, and a copy that a colleague took along."""
    shutil.copy(recorded.folder / "ledger.db", recorded.folder / "theirs.db")
    return recorded


def theirs(console: Console, line: str) -> None:
    answer = console.line(f"{line} --ledger theirs.db --keeper lan")
    assert answer.code == 0, answer.err


NEWS = (
    'parley append statement greer-calls --by us/jamieson-greer --act stated --says "A call." --note "Heard by phone."'
)


def test_what_a_colleague_filed_offline_joins_under_their_name(two: Console) -> None:
    theirs(two, NEWS)
    theirs(two, 'parley append issue timber --title "Timber"')
    two.line('parley append party eu --name "European Union"')
    answer = two.line("parley merge theirs.db")
    assert "Merged 3 events of 3 entries in vn-us-trade; 172 were already in the record." in answer.out
    two.columns = 1000
    assert "lan, merged by secretary" in two.line("parley log greer-calls").out
    assert "European Union" in two.line("parley log").out
    again = two.line("parley merge theirs.db")
    assert "Merged 0 events of 0 entries" in again.out
    assert two.line("parley verify").code == 0


def test_two_who_merge_each_other_hold_the_same(two: Console) -> None:
    theirs(two, NEWS)
    two.line('parley append party eu --name "European Union"')
    two.line("parley merge theirs.db")
    theirs(two, "parley merge ledger.db")
    assert two.line("parley state").out == two.line("parley state --ledger theirs.db").out
    for line in ("parley merge theirs.db", "parley merge ledger.db --ledger theirs.db"):
        assert "Merged 0 events" in two.line(line).out


def test_a_ledger_merges_into_an_empty_one(two: Console) -> None:
    theirs(two, 'parley correct round-5 place=Hanoi --reason "As published." --all')
    two.line("parley init --ledger new.db")
    assert two.line("parley merge theirs.db --ledger new.db").code == 0
    assert two.line("parley state --ledger new.db").out == two.line("parley state --ledger theirs.db").out


def test_corrections_and_retractions_join_with_what_they_mend(two: Console) -> None:
    theirs(two, f'parley correct {SAID} says="Keep it up." --reason "Nearer."')
    theirs(two, 'parley retract greer-commends-goodwill --reason "Not said."')
    assert "Merged 2 events" in two.line("parley merge theirs.db").out
    assert "Keep it up." in two.line(f"parley show {SAID}").out
    assert "RETRACTED: Not said." in two.line("parley show greer-commends-goodwill").out


def test_a_correction_of_a_report_finds_it_under_its_version_here(two: Console) -> None:
    two.line('parley correct round-2 place="Washington" --position 87 --reason "Short."')
    theirs(two, 'parley append meeting round-2 --kind round --number 2 --held 2025-05-19/2025-05-22 --note "Told."')
    position = json.loads(two.line("parley log round-2 --json --ledger theirs.db").out)[-1]["position"]
    theirs(two, f'parley correct round-2 held=2025-05-20 --position {position} --reason "Told again."')
    assert two.line("parley merge theirs.db").code == 0
    shown, told = two.line("parley show round-2").out, two.line("parley show round-2 --ledger theirs.db").out
    assert "20 May 2025" in shown
    assert shown.count("20 May 2025") == told.count("20 May 2025")
    assert two.line("parley verify").code == 0


CONFLICTS = {
    "named otherwise": (
        'parley append party eu --name "European Union"',
        'parley append party eu --name "The Union"',
        "eu is different in the other ledger: name was European Union, now The Union",
    ),
    "corrected otherwise": (
        f'parley correct {SAID} says="Go on." --reason "Nearer."',
        f'parley correct {SAID} says="Keep it up." --reason "Nearer."',
        f"{SAID} is different in the other ledger",
    ),
    "of another kind": (
        'parley append party timber --name "Timber"',
        'parley append issue timber --title "Timber"',
        "already names another entry, of the kind party",
    ),
    "erased there": (
        'parley append party eu --name "European Union"',
        f'parley erase {SAID} --reason "By order."',
        "was erased in the other ledger (By order.), but is still here",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("here", "there", "said"), CONFLICTS.values(), ids=CONFLICTS)
def test_a_conflict_is_told_and_nothing_is_written_until_it_is_settled(
    two: Console, here: str, there: str, said: str
) -> None:
    two.line(here)
    theirs(two, there)
    theirs(two, NEWS)
    before = log_of(two.folder / "ledger.db")
    answer = two.line("parley merge theirs.db")
    assert (answer.out, answer.code) == ("", 1)
    assert said in answer.err
    assert log_of(two.folder / "ledger.db") == before
    slug = there.split()[3] if there.split()[1] == "append" else there.split()[2]
    assert two.line(f"parley merge theirs.db --ours {slug}").code == 0
    assert "A call." in two.line("parley show greer-calls").out


def test_a_conflict_is_settled_by_a_correction_on_either_side(two: Console) -> None:
    two.line('parley append party eu --name "European Union"')
    theirs(two, 'parley append party eu --name "The Union"')
    shutil.copy(two.folder / "ledger.db", two.folder / "ours.db")
    two.line('parley correct eu name="The Union" --reason "As they call it."')
    assert two.line("parley merge theirs.db").code == 0
    theirs(two, 'parley correct eu name="European Union" --reason "As it is called."')
    assert two.line("parley merge theirs.db --ledger ours.db").code == 0


def test_all_conflicts_are_listed_at_once(two: Console) -> None:
    for slug in ("eu", "uk"):
        two.line(f'parley append party {slug} --name "Ours {slug}"')
        theirs(two, f'parley append party {slug} --name "Theirs {slug}"')
    error = two.line("parley merge theirs.db").err
    assert "Ours eu" in error
    assert "Theirs uk" in error
    assert "2 problems; nothing was written." in error


def test_what_is_no_ledger_is_not_merged(two: Console) -> None:
    (two.folder / "text.db").write_text("minutes")
    assert "is not a Parley ledger" in two.line("parley merge text.db").err
    assert "There is no ledger at" in two.line("parley merge gone.db").err


@pytest.mark.parametrize(
    "line",
    ["backup {}", "export --out {}", "import-log log.jsonl --ledger {}", "checkpoint --out {}", "prove 1 --out {}",
     "merge {}", "import-log {} --ledger new.db", "verify --against {}"],
)  # fmt: skip
def test_a_name_that_no_file_can_have_is_refused_in_a_sentence(recorded: Console, line: str) -> None:
    recorded.line("parley export --out log.jsonl")
    answer = recorded.line(f"parley {line.format('x' * 300)}")
    assert (answer.out, answer.code) == ("", 1)
    assert "File name too long" in answer.err


def test_an_assertion_that_asks_nothing_in_a_foreign_log_is_told_by_check(recorded: Console) -> None:
    from tests.fuzzing import trust

    rows = [
        row._replace(state=row.state.replace(b'"question":"meeting"', b'"question":"how many?"'))
        for row in trust.specimens()
    ]
    (recorded.folder / "foreign.jsonl").write_bytes(trust.log_of(rows))
    assert recorded.line("parley import-log foreign.jsonl --ledger foreign.db").code == 0
    answer = recorded.line("parley check --ledger foreign.db")
    assert answer.code == 1
    assert "'how many?' is not a known question" in answer.out
