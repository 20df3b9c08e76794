"""Checkpoints, verification and proofs, as used by somebody who does not trust the keeper of the ledger."""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.console import Answer, Console

VERIFIER = Path(__file__).parents[2] / "docs" / "verify.py"
SAID = "greer-more-exchanges"


def verify(console: Console, *arguments: str) -> Answer:
    """Run docs/verify.py by itself: no Parley, no site-packages."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(VERIFIER), *arguments],
        cwd=console.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return Answer(done.stdout, done.stderr, done.returncode)


def tamper(console: Console, *statements: str, ledger: str = "ledger.db") -> None:
    """Change the log behind its guards, and put the guards up again."""
    with closing(sqlite3.connect(console.folder / ledger)) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in guards:
            connection.execute(sql)
        connection.commit()


def reword(position: int, old: str = "secretary", new: str = "Secretary") -> str:
    return f"UPDATE stored_events SET state = CAST(replace(state, '{old}', '{new}') AS BLOB) WHERE rowid = {position}"


@pytest.fixture
def kept(recorded: Console) -> Console:
    """The worked example, with a checkpoint of it that somebody keeps."""
    assert recorded.line("parley checkpoint --out kept.checkpoint").code == 0
    return recorded


def test_a_checkpoint_is_three_lines_with_the_number_of_events(kept: Console) -> None:
    origin, size, root = (kept.folder / "kept.checkpoint").read_text().splitlines()
    assert origin.startswith("parley/")
    assert size == "172"
    assert len(root) == 44


def test_a_checkpoint_is_kept_beside_the_ledger(kept: Console) -> None:
    (path,) = (kept.folder / "ledger.checkpoints").iterdir()
    assert path.read_text() == (kept.folder / "kept.checkpoint").read_text()


def test_a_log_that_nobody_touched_is_intact(kept: Console) -> None:
    kept.line('parley append party eu --name "European Union"')
    answer = kept.line("parley verify --against kept.checkpoint")
    assert answer.code == 0
    assert "173 events" in answer.out
    assert "Checkpoint of 172 events: matches (kept.checkpoint)" in answer.out
    assert answer.out.endswith("Intact.\n")


def test_a_changed_word_is_found_at_the_next_question_and_by_verify(kept: Console) -> None:
    before = kept.line("parley state").out
    tamper(kept, reword(92))
    asked = kept.line("parley state")
    assert (asked.out, asked.code) == ("", 1)
    assert "Position 92 of the ledger" in asked.err
    found = kept.line("parley verify")
    assert found.code == 1
    assert "position 92 has changed" in found.out
    tamper(kept, reword(92, "Secretary", "secretary"))
    assert kept.line("parley state").out == before


def test_a_changed_word_is_found_without_views_by_the_checkpoint_that_was_kept(kept: Console) -> None:
    shutil.rmtree(kept.folder / "ledger.checkpoints")
    kept.line('parley append party eu --name "European Union"')
    kept.line("parley checkpoint --out later.checkpoint")
    shutil.rmtree(kept.folder / "ledger.checkpoints")
    for views in kept.folder.glob("ledger.views.db*"):
        views.unlink()
    (kept.folder / "ledger.acknowledged").unlink()
    tamper(kept, reword(173))
    assert kept.line("parley verify").code == 0, "nothing here can know"
    assert kept.line("parley verify --against kept.checkpoint").code == 0
    found = kept.line("parley verify --against later.checkpoint")
    assert found.code == 1
    assert "one of the positions up to 173 has changed" in " ".join(found.out.split())


def test_a_changed_log_is_taken_only_when_that_is_said(kept: Console) -> None:
    kept.line("parley state")
    tamper(kept, reword(92))
    assert "Position 92" in kept.line("parley rebuild").err
    assert kept.line("parley rebuild --accept").code == 0
    assert kept.line("parley state").code == 0
    assert kept.line("parley verify").code == 1, "the checkpoint beside the ledger still knows"


def test_views_that_forget_what_they_saw_are_made_anew_and_accuse_nobody(kept: Console) -> None:
    before = kept.line("parley state").out
    with closing(sqlite3.connect(kept.folder / "ledger.views.db")) as views:
        views.execute("UPDATE leaves SET leaf = zeroblob(32) WHERE position = 172")
        views.commit()
    assert kept.line("parley verify").code == 0
    kept.line('parley append party eu --name "European Union"')
    assert kept.line("parley state").out == before
    assert kept.line("parley verify").code == 0


TAMPERED = {
    "an event deleted from the end": ("DELETE FROM stored_events WHERE rowid = 172",),
    "an event deleted from the middle": ("DELETE FROM stored_events WHERE rowid = 50",),
    "two events exchanged": (
        "CREATE TEMP TABLE two AS SELECT rowid AS at, state FROM stored_events WHERE rowid IN (90, 91)",
        "UPDATE stored_events SET state = (SELECT state FROM two WHERE at = 181 - stored_events.rowid)"
        " WHERE rowid IN (90, 91)",
    ),
    "an event given another type": ("UPDATE stored_events SET topic = 'IssueNamed.1' WHERE rowid = 3",),
    "an event moved to another entry": (
        "UPDATE stored_events SET originator_id = 'vn-us-trade/statement/of-my-own' WHERE rowid = 92",
    ),
    "an event emptied as if it were erased": (
        "UPDATE stored_events SET state = CAST('{\"erased\":\"' || printf('%064d', 7) || '\"}' AS BLOB)"
        " WHERE rowid = 92",
    ),
    "an event made unreadable": ("UPDATE stored_events SET state = x'00ff' WHERE rowid = 92",),
}


@pytest.mark.parametrize("statements", TAMPERED.values(), ids=TAMPERED)
def test_whatever_is_done_to_the_log_verify_tells(kept: Console, statements: tuple[str, ...]) -> None:
    kept.line("parley state")
    tamper(kept, *statements)
    found = kept.line("parley verify --against kept.checkpoint")
    assert found.code == 1
    assert "PROBLEM" in found.out
    asked = kept.line("parley state")
    assert asked.code == 1
    assert "Traceback" not in asked.err


def test_a_payload_emptied_with_its_own_commitment_is_told_from_an_erasure(kept: Console) -> None:
    """The tree stays the same: only the missing EntryErased event tells."""
    kept.line("parley state")
    sha256 = json.loads(kept.line(f"parley prove {SAID}").out)["entries"][0]["sha256"]
    tamper(kept, f'UPDATE stored_events SET state = CAST(\'{{"erased":"{sha256}"}}\' AS BLOB) WHERE rowid = 92')
    found = kept.line("parley verify --against kept.checkpoint")
    assert found.code == 1
    assert "Position 92 was tampered with: its content is missing, but no erasure is recorded." in found.out


def test_an_older_copy_in_the_place_of_the_ledger_is_noticed(kept: Console) -> None:
    kept.line("parley backup old.db")
    kept.line('parley append party eu --name "European Union"')
    kept.line("parley state")
    shutil.copy(kept.folder / "old.db", kept.folder / "ledger.db")
    asked = kept.line("parley state")
    assert asked.code == 1
    assert "position 173 was recorded, but the log ends at position 172" in asked.err
    (kept.folder / "ledger.acknowledged").unlink()
    asked = kept.line("parley state")
    assert asked.code == 1
    assert "has 172 events, but its views have seen 173" in asked.err
    assert "it was cut back" in kept.line("parley verify").out
    assert kept.line("parley rebuild --accept").code == 0
    assert kept.line("parley state").code == 0


def test_a_ledger_whose_log_contradicts_its_checkpoints_issues_no_other(kept: Console) -> None:
    tamper(kept, reword(92))
    answer = kept.line("parley checkpoint")
    assert (answer.out, answer.code) == ("", 1)
    assert "are not those of the checkpoint" in answer.err


def test_the_checkpoint_of_another_ledger_is_told_from_ours(kept: Console) -> None:
    kept.line("parley init --ledger other.db")
    kept.line("parley checkpoint --ledger other.db --out other.checkpoint")
    found = kept.line("parley verify --against other.checkpoint")
    assert found.code == 1
    assert "belongs to another log" in found.out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "needs three lines"),
        ("a\n1\n", "needs three lines"),
        ("a\nmany\nAAAA\n", "not a number of events"),
        ("a\n007\nAAAA\n", "not a number of events"),
        ("a\n7\nAAAA\n", "not a SHA-256"),
        ("a\n7\n!!!\n", "not a SHA-256"),
        (f"a\n7\n{'A' * 43}=\n\nsigned by me\n", "not signatures"),
        (b"\xff\xfe", "not UTF-8"),
        ("x" * 70_000, "too large"),
    ],
)
def test_what_is_no_checkpoint_is_refused(kept: Console, content: str | bytes, said: str) -> None:
    path = kept.folder / "bad.checkpoint"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    for command in ("verify --against", "prove --since"):
        answer = kept.line(f"parley {command} bad.checkpoint")
        assert answer.code == 1
        assert "bad.checkpoint is not a checkpoint" in answer.err
        assert said in answer.err


def test_a_checkpoint_that_is_not_there_is_refused(kept: Console) -> None:
    assert "no such file" in kept.line("parley verify --against gone.checkpoint").err
    assert "not a file" in kept.line("parley verify --against seeds").err


# Signatures.


@pytest.fixture
def signed(recorded: Console) -> Console:
    """The worked example with a checkpoint that is signed, and the keys."""
    ed25519 = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.ed25519")
    from cryptography.hazmat.primitives import serialization as to

    for name in ("ours", "other"):
        key = ed25519.Ed25519PrivateKey.generate()
        private = key.private_bytes(to.Encoding.PEM, to.PrivateFormat.PKCS8, to.NoEncryption())
        public = key.public_key().public_bytes(to.Encoding.PEM, to.PublicFormat.SubjectPublicKeyInfo)
        (recorded.folder / f"{name}.pem").write_bytes(private)
        (recorded.folder / f"{name}.pub").write_bytes(public)
    answer = recorded.line("parley checkpoint --key ours.pem --out signed.checkpoint")
    (recorded.folder / "key.txt").write_text(answer.err.split("public key: ")[1].split()[0])
    return recorded


def test_a_signature_names_the_log_and_is_checked_by_either_form_of_the_key(signed: Console) -> None:
    body, _, line = (signed.folder / "signed.checkpoint").read_text().partition("\n\n")
    assert line.startswith(f"— {body.splitlines()[0]} ")
    for key in ("ours.pub", (signed.folder / "key.txt").read_text()):
        assert signed.parley("verify", "--against", "signed.checkpoint", "--key", key).code == 0


def test_a_signature_by_another_key_or_of_another_text_is_refused(signed: Console) -> None:
    found = signed.line("parley verify --against signed.checkpoint --key other.pub")
    assert found.code == 1
    assert "is not signed with that key" in found.out
    text = (signed.folder / "signed.checkpoint").read_text()
    (signed.folder / "signed.checkpoint").write_text(text.replace("\n172\n", "\n171\n"))
    assert "is not signed with that key" in signed.line("parley verify --against signed.checkpoint --key ours.pub").out


def test_an_unsigned_checkpoint_does_not_pass_where_a_key_is_demanded(signed: Console) -> None:
    (signed.folder / "plain.checkpoint").write_text(
        (signed.folder / "signed.checkpoint").read_text().partition("\n\n")[0] + "\n"
    )
    assert signed.line("parley verify --against plain.checkpoint").code == 0
    assert signed.line("parley verify --against plain.checkpoint --key ours.pub").code == 1


@pytest.mark.parametrize("key", ["seeds", "gone.pem", "signed.checkpoint", "ours.pub"])
def test_what_cannot_be_signed_with_is_refused_and_nothing_is_kept(signed: Console, key: str) -> None:
    before = [path.read_text() for path in (signed.folder / "ledger.checkpoints").iterdir()]
    answer = signed.line(f"parley checkpoint --key {key}")
    assert (answer.out, answer.code) == ("", 1)
    assert f"{key} cannot be used as a key" in answer.err
    assert [path.read_text() for path in (signed.folder / "ledger.checkpoints").iterdir()] == before


@pytest.mark.parametrize("key", ["parley/x+00000000+AAAA", "a+b+c", "no key at all"])
def test_what_is_no_public_key_is_refused(signed: Console, key: str) -> None:
    answer = signed.parley("verify", "--against", "signed.checkpoint", "--key", key)
    assert answer.code == 1
    assert "cannot be used as a key" in answer.err


# Proofs, checked by somebody without Parley.


def test_an_entry_is_proved_to_somebody_who_kept_a_checkpoint(kept: Console) -> None:
    kept.line('parley append party eu --name "European Union"')
    assert kept.line(f"parley prove {SAID} --at kept.checkpoint --out proof.json").code == 0
    answer = verify(kept, "proof", "proof.json", "kept.checkpoint")
    assert answer.code == 0, answer.err
    assert "step up technical and ministerial-level exchanges" in answer.out
    assert "Verified: proof.json, positions 1 to 172, against kept.checkpoint" in answer.out


def test_a_sealed_proof_shows_no_words(kept: Console) -> None:
    kept.line(f"parley prove {SAID} --sealed --out proof.json")
    assert "technical" not in (kept.folder / "proof.json").read_text().replace("technical-dialogue", "")
    assert verify(kept, "proof", "proof.json", "kept.checkpoint").code == 0


def test_every_event_of_an_entry_is_proved(kept: Console) -> None:
    proof = json.loads(kept.line("parley prove round-2").out)
    assert [entry["position"] for entry in proof["entries"]] == [87, 108]
    assert json.loads(kept.line("parley prove 87").out)["entries"] == proof["entries"][:1]


@pytest.mark.parametrize("old", ["exchanges", "greer-more", '"version": 1', '"position": 99'])
def test_a_proof_with_anything_changed_in_it_fails(kept: Console, old: str) -> None:
    kept.line(f"parley prove {SAID} --out proof.json")
    text = (kept.folder / "proof.json").read_text()
    assert old in text
    (kept.folder / "proof.json").write_text(
        text.replace(old, {"1": old[:-1] + "2", "2": old[:-1] + "3"}.get(old[-1], old[::-1]))
    )
    answer = verify(kept, "proof", "proof.json", "kept.checkpoint")
    assert answer.code == 1
    assert "NOT VERIFIED" in answer.err


@pytest.mark.parametrize("version", ["1.5e400", "null", "[]", '"one"'])
def test_a_proof_with_no_number_for_a_version_is_refused_in_one_line(kept: Console, version: str) -> None:
    kept.line(f"parley prove {SAID} --out proof.json")
    text = (kept.folder / "proof.json").read_text()
    (kept.folder / "proof.json").write_text(text.replace('"version": 1', f'"version": {version}'))
    answer = verify(kept, "proof", "proof.json", "kept.checkpoint")
    assert answer.code == 1
    assert answer.err.startswith("NOT VERIFIED: the file cannot be read")
    assert answer.err.count("\n") == 1


def test_a_proof_is_worth_nothing_against_the_checkpoint_of_another_moment(kept: Console) -> None:
    kept.line('parley append party eu --name "European Union"')
    kept.line(f"parley prove {SAID} --out proof.json")
    answer = verify(kept, "proof", "proof.json", "kept.checkpoint")
    assert answer.code == 1
    assert "does not belong to the log of kept.checkpoint" in answer.err


def test_a_log_is_proved_to_begin_as_it_was(kept: Console) -> None:
    kept.line('parley append party eu --name "European Union"')
    kept.line("parley checkpoint --out later.checkpoint")
    assert kept.line("parley prove --since kept.checkpoint --out begins.json").code == 0
    assert verify(kept, "proof", "begins.json", "kept.checkpoint").code == 0
    assert verify(kept, "proof", "begins.json", "later.checkpoint").code == 0
    text = (kept.folder / "begins.json").read_text()
    proof = json.loads(text)
    (kept.folder / "begins.json").write_text(json.dumps(proof | {"proof": proof["proof"][:-1]}))
    assert verify(kept, "proof", "begins.json").code == 1


def test_what_cannot_be_proved_is_refused(kept: Console) -> None:
    tell = {
        "parley prove 999": "There is no position 999",
        "parley prove 0": "There is no position 0",
        "parley prove greer-more-exchange": "Did you mean greer-more-exchanges?",
    }
    for line, said in tell.items():
        answer = kept.line(line)
        assert (answer.out, answer.code) == ("", 1)
        assert said in answer.err
    tamper(kept, reword(3))
    assert "are not those of the checkpoint" in kept.line("parley prove --since kept.checkpoint").err


def test_an_exported_log_is_verified_against_the_checkpoint_that_was_kept(kept: Console) -> None:
    kept.line("parley export --out log.jsonl")
    assert "positions 1 to 172, against kept.checkpoint" in verify(kept, "log", "log.jsonl", "kept.checkpoint").out
    lines = (kept.folder / "log.jsonl").read_text().splitlines(keepends=True)
    spoilt = {
        "changed": [*lines[:3], lines[3].replace("United", "Untied"), *lines[4:]],
        "cut": lines[:-1],
        "exchanged": [*lines[:3], lines[4], lines[3], *lines[5:]],
        "empty": [],
        "garbage": ["garbage\n"],
    }
    for name, content in spoilt.items():
        (kept.folder / "log.jsonl").write_text("".join(content))
        answer = verify(kept, "log", "log.jsonl", "kept.checkpoint")
        assert answer.code == 1, name
        assert answer.err.startswith("NOT VERIFIED"), name


def test_what_was_added_after_the_checkpoint_that_was_kept_is_not_called_verified(kept: Console) -> None:
    kept.line('parley append party eu --name "European Union"')
    kept.line("parley export --out log.jsonl")
    answer = verify(kept, "log", "log.jsonl", "kept.checkpoint")
    assert (answer.out, answer.code) == ("", 1)
    assert "positions 1 to 172 are those of kept.checkpoint, which does not cover positions 173 to 173" in answer.err
    answer = verify(kept, "prefix", "log.jsonl", "kept.checkpoint")
    assert answer.code == 0
    assert "Verified: log.jsonl, positions 1 to 172 of 173, against kept.checkpoint" in answer.out


def test_a_proof_of_nothing_proves_nothing(kept: Console) -> None:
    kept.line(f"parley prove {SAID} --out proof.json")
    proof = json.loads((kept.folder / "proof.json").read_text())
    (kept.folder / "proof.json").write_text(json.dumps(proof | {"entries": []}))
    answer = verify(kept, "proof", "proof.json", "kept.checkpoint")
    assert (answer.out, answer.code) == ("", 1)
    assert "contains no entry" in answer.err


def test_a_field_that_the_verifier_does_not_check_is_refused(kept: Console) -> None:
    kept.line(f"parley prove {SAID} --out proof.json")
    kept.line("parley export --out log.jsonl")
    proof = json.loads((kept.folder / "proof.json").read_text())
    head, *events = [json.loads(line) for line in (kept.folder / "log.jsonl").read_text().splitlines()]
    added = {"signed_by": "the ministry"}
    spoilt = {
        "proof": [proof | added, proof | {"entries": [proof["entries"][0] | added]}, proof | {"kind": "other"}],
        "log": [[head | added, *events], [head, events[0] | added, *events[1:]]],
    }
    for what, files in spoilt.items():
        for content in files:
            lines = content if isinstance(content, list) else [content]
            (kept.folder / "spoilt").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
            answer = verify(kept, what, "spoilt", "kept.checkpoint")
            assert (answer.out, answer.code) == ("", 1)
            assert "which this script does not check" in answer.err


def test_a_field_given_twice_is_refused_by_the_verifier(kept: Console) -> None:
    kept.line(f"parley prove {SAID} --out proof.json")
    text = (kept.folder / "proof.json").read_text()
    (kept.folder / "proof.json").write_text(text.replace('"entries"', '"entries": [], "entries"', 1))
    assert "given twice" in verify(kept, "proof", "proof.json", "kept.checkpoint").err


def test_the_verifier_is_short_and_stands_alone() -> None:
    source = VERIFIER.read_text()
    assert len(source.splitlines()) < 220
    assert "ledger" not in [line.split()[1] for line in source.splitlines() if line.startswith(("import ", "from "))]
