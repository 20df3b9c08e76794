"""Bundles: unpacked by another program than made them, and checked by their own verifier, a process without Parley."""

import json
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from ledger import AskableRecord, Ledger, create_ledger
from ledger.domain.clocks import Clocks
from ledger.errors import Refusal
from ledger.export.bundle import Bundle, Wanted, bundle
from ledger.integrity import proofs

VERIFIER = (Path(__file__).parents[3] / "docs" / "verify.py").read_bytes()
FILES = {
    "names.yaml": "{negotiation: talks, title: The talks, parties: [aa, bb], entries: [{party: aa, name: Aland},"
    " {party: bb, name: Beland}, {person: ann, name: Ann, party: aa}, {issue: money, title: Money},"
    " {issue: fish, title: Fish}]}",
    "paper.yaml": "{negotiation: talks, source: {slug: paper, kind: news, title: 'Paper *x*', published: 2025-05-20,"
    " text: paper.txt}, entries: [{statement: asked, by: aa/ann, act: asked, issues: money, on: 2025-05-20,"
    " says: Pay, quote: pay us}, {statement: fished, by: bb, act: asked, issues: fish, on: 2025-05-22, says: Fish,"
    " quote: fish}]}",
    "cable.yaml": "{negotiation: talks, source: {slug: cable, kind: document, title: Cable, published: 2025-05-21,"
    " level: confidential}, entries: [{statement: zwanzig, by: bb, act: refused, issues: money, on: 2025-05-21,"
    " says: We refuse siebzig, quote: siebzig}]}",
}


@pytest.fixture
def filed(tmp_path: Path) -> Ledger:
    (tmp_path / "paper.txt").write_text("Ann said: pay us, and the rest is long. They fish.")
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    ledger = create_ledger(tmp_path / "ledger.db", "keeper")
    ledger.import_files([tmp_path / name for name in FILES])
    return ledger


EVERYTHING = Wanted()


def made(ledger: Ledger, level: str = "public", wanted: Wanted = EVERYTHING, *, texts: bool = False) -> Bundle:
    record, whole = AskableRecord(ledger.path, level=level), AskableRecord(ledger.path)

    def prove(streams: set[str], sources: set[str]) -> dict[str, Any]:
        return proofs.at_level(ledger.path, level, streams | sources, sealed=set() if texts else sources)

    with record.views(Clocks("2025-12-31")) as views, whole.views(Clocks("2025-12-31")) as every:
        text_of = partial(record.text_of, views.negotiation) if texts else None
        return bundle(views, every, wanted, level, prove, VERIFIER, text_of)


def unpacked(found: Bundle, folder: Path) -> Path:
    folder.mkdir()
    (folder / "request.zip").write_bytes(found.content)
    if unzip := shutil.which("unzip"):
        subprocess.run([unzip, "-q", "request.zip"], cwd=folder, check=True)
    else:
        subprocess.run([sys.executable, "-m", "zipfile", "-e", "request.zip", "."], cwd=folder, check=True)
    (folder / "request.zip").unlink()
    return folder


def checked(folder: Path) -> "subprocess.CompletedProcess[str]":
    """What the verifier in the bundle says."""
    asked = [sys.executable, "-I", "verify.py", "proof", "proof.json", "checkpoint.txt"]
    return subprocess.run(asked, cwd=folder, capture_output=True, text=True, check=False)


def slugs(folder: Path) -> list[str | None]:
    return [one and one["slug"] for one in json.loads((folder / "entries.json").read_text("utf-8"))["entries"]]


def test_a_bundle_has_the_entries_in_order_and_marks_what_is_redacted(filed: Ledger, tmp_path: Path) -> None:
    found = made(filed)
    folder = unpacked(found, tmp_path / "out")
    assert (found.entries, found.redacted) == (2, 1)
    assert slugs(folder) == ["asked", None, "fished"]
    text = (folder / "entries.md").read_text("utf-8")
    assert text.index("`asked`") < text.index("████ Redacted") < text.index("`fished`")
    assert "“pay us” (Paper \\*x\\*, 20 May 2025; found in its text)" in text
    assert "1 entry is redacted" in (folder / "README.txt").read_text("utf-8")


def test_nothing_of_what_is_redacted_is_in_the_bundle(filed: Ledger, tmp_path: Path) -> None:
    folder = unpacked(made(filed), tmp_path / "out")
    everything = b"".join(path.read_bytes() for path in folder.iterdir())
    assert [word for word in (b"zwanzig", b"siebzig", b"cable", b"Cable") if word in everything] == []
    whole = unpacked(made(filed, "confidential"), tmp_path / "whole")
    assert slugs(whole) == ["asked", "zwanzig", "fished"]


def test_the_verifier_inside_checks_the_proof_and_notices_a_change(filed: Ledger, tmp_path: Path) -> None:
    for level in ("public", "confidential"):
        folder = unpacked(made(filed, level), tmp_path / level)
        answer = checked(folder)
        assert answer.returncode == 0, answer.stderr
        assert "talks/statement/asked" in answer.stdout
    proof = folder / "proof.json"
    proof.write_text(proof.read_text("utf-8").replace("pay us", "pay up"), "utf-8")
    assert checked(folder).returncode == 1


def test_the_text_of_a_source_is_left_out_unless_it_is_wanted(filed: Ledger, tmp_path: Path) -> None:
    rest = b"and the rest is long"
    folder = unpacked(made(filed), tmp_path / "out")
    assert rest not in b"".join(path.read_bytes() for path in folder.iterdir())
    whole = unpacked(made(filed, texts=True), tmp_path / "whole")
    assert rest in (whole / "texts" / "paper.txt").read_bytes()
    assert checked(whole).returncode == 0


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(person="Ann"), ["asked"]),
        (Wanted(person="bb"), [None, "fished"]),
        (Wanted(issue="money"), ["asked", None]),
        (Wanted(issue="fish"), ["fished"]),
        (Wanted(first="2025-05-21"), [None, "fished"]),
        (Wanted(last="2025-05-21"), ["asked", None]),
        (Wanted("bb", "fish", "2025-05-22", "2025-05-22"), ["fished"]),
    ],
)
def test_entries_are_chosen_by_person_issue_and_period(
    filed: Ledger, tmp_path: Path, wanted: Wanted, expected: list[str | None]
) -> None:
    folder = unpacked(made(filed, wanted=wanted), tmp_path / "out")
    assert slugs(folder) == expected
    assert checked(folder).returncode == 0


def test_the_same_record_gives_the_same_bytes(filed: Ledger) -> None:
    assert made(filed).content == made(filed).content


@pytest.mark.parametrize("wanted", [Wanted(issue="cars"), Wanted(first="2026-01-01"), Wanted(person="zwanzig")])
def test_what_is_not_there_is_refused(filed: Ledger, wanted: Wanted) -> None:
    with pytest.raises(Refusal):
        made(filed, wanted=wanted)
