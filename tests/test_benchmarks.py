"""The benchmarks: the generated record is repeatable and files without problems, and figures are computed as stated."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import __main__, drafting, ledgers, ministry, report
from benchmarks.measuring import PARLEY, Result, Target, alone, in_turn
from ledger import create_ledger
from ledger.log.log import Log
from ledger.log.mapper import TYPES


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    once, again = (ministry.write(ministry.negotiation(2, 300, seed=5), tmp_path / name) for name in ("a", "b"))
    assert once.read_bytes() == again.read_bytes()
    texts = [sorted((path.name, path.read_text()) for path in one.with_suffix("").iterdir()) for one in (once, again)]
    assert texts[0] == texts[1] != []


def test_another_seed_gives_another_record():
    assert ministry.negotiation(0, 300, seed=1).lines != ministry.negotiation(0, 300, seed=2).lines


def test_a_record_of_ten_thousand_events_has_corrections_and_retractions():
    assert {bool(change.fields) for change in ministry.negotiation(0, 10_000).changes} == {True, False}


@pytest.mark.parametrize("events", [300, 301, 450])
def test_the_record_is_filed_with_every_check_and_fits_together(tmp_path, events):
    negotiation = ministry.negotiation(3, events)
    ledger = create_ledger(tmp_path / "ledger.db")
    ledgers.fill(ledger, negotiation, tmp_path)
    log = Log(ledger.path)
    recorded = [record.type for record in log.since(0)]
    log.close()
    assert len(recorded) == negotiation.events == events
    mends = {"EntryRetracted", "EntryReinstated", "EntryErased", "SourceTextFrozen"}
    assert {*TYPES} - {
        "RoleReported",
        "MeasureNamed",
        "PersonAppointed",
        "PersonLeftPost",
        "DeadlineSet",
        "DeadlineEnded",
        "VersionTabled",
        "WordingReported",
        "TaskNoted",
        "TaskDone",
        "AnswerAsserted",
        "MeetingCalledOff",
        "LevelSet",
        "LevelsNamed",
        *mends,
    } <= {*recorded}
    assert ledger.check(negotiation=negotiation.slug).problems == []


def test_ratios_are_taken_turn_by_turn():
    taken = in_turn({PARLEY: lambda: None, "peer": lambda: sum(range(20_000))}, turns=5)
    assert [len(seconds) for seconds in taken.values()] == [5, 5]
    result = Result("row", "1k", {PARLEY: [1.0, 2.0, 4.0], "peer": [2.0, 4.0, 80.0]}, {"peer": 2})
    assert result.speed("peer") == 1.0 and result.times("peer") == 1.0
    assert Target("aim", "as fast", lambda one: one.speed("peer"), 0.9).met(result)
    assert Target("aim", "as fast", lambda one: one.speed("absent"), 0.9).met(result) is None


def starting(megabytes):
    """A subject that starts a process which holds this much memory."""
    held = f"import time; held = b'x' * {megabytes}_000_000; time.sleep(0.5)"
    subprocess.run([sys.executable, "-c", held], check=True)
    return 0.0


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="what processes hold is read in /proc")
def test_memory_counts_the_processes_that_a_subject_starts():
    small, large = (alone(starting, megabytes).peak for megabytes in (1, 101))
    assert 90 < large - small < 110


@pytest.mark.parametrize("row", ["append", "import", "rebuild"])
def test_a_row_is_measured_where_nothing_was_measured_before(tmp_path, row):
    command = [sys.executable, "-m", "benchmarks", row, "--sizes", "300", "--quick"]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "bare" in done.stdout and "reach at least" in done.stdout


def test_the_page_on_performance_has_the_words_and_rows_of_the_report():
    page = (Path(__file__).parents[1] / "docs" / "performance.md").read_text("utf-8")
    assert report.HEADING in page and report.REASONS in page
    assert [row.title for row in __main__.ROWS if f"\n## {row.title}\n" not in page] == []


REPORT = "Norway and Canada met in Oslo on March 12, 2024. Norway rejected the cod quota. Canada welcomed the visit."
HEADER = {
    "doc": "cod", "title": "Talks", "published": "2024-03-15",
    "parties": {"no": ["Norway"], "ca": ["Canada"]}, "people": {}, "issues": {"cod": ["cod quota"]},
}  # fmt: skip
MEETING = {
    "kind": "meeting", "id": "m1", "quote": "Norway and Canada met in Oslo on March 12, 2024",
    "meeting_kind": "meeting", "number": None, "held": {"words": "", "edtf": "2024-03-12"},
    "place": "Oslo", "parties": ["no", "ca"], "people": [],
}  # fmt: skip
REFUSED = {
    "kind": "statement", "quote": "Norway rejected the cod quota", "by": ["no"], "to": ["ca"], "act": "refused",
    "issues": ["cod"], "on": {"words": "", "edtf": "2024-03-12"}, "at": "m1",
}  # fmt: skip


def annotated(folder, *items):
    (folder / "cod.txt").write_text(REPORT)
    (folder / "cod.jsonl").write_text("\n".join(json.dumps(line) for line in (HEADER, *items)))
    return drafting.annotated(folder / "cod.jsonl")


def test_a_draft_is_scored_against_the_annotations(tmp_path):
    one = annotated(tmp_path, MEETING, REFUSED)
    made = drafting.found(one)
    scores = drafting.scores([one], [made])
    assert (scores["recall"], scores["act"], scores["date"], scores["precision"] < 1) == (1, 1, 1, True)


def test_left_out_is_what_the_report_alone_says(tmp_path):
    one = annotated(tmp_path, MEETING, REFUSED)
    made = drafting.found(one, drafting.without(one, [one]))
    assert not any(item["kind"] == "statement" for item in made)
    other = one._replace(name="other", report=one.report._replace(text="They rejected and welcomed it. They met."))
    assert [item.get("act") for item in drafting.found(one, drafting.without(one, [one, other]))][1] == "refused"


def test_a_keeper_types_what_differs_and_what_is_missing(tmp_path):
    one = annotated(tmp_path, MEETING, REFUSED)
    made = drafting.found(one)
    extra = len(made) - 2
    assert drafting.typed(one, made) == drafting.COMMANDS + extra
    other = annotated(tmp_path, MEETING, REFUSED | {"act": "objected"})
    assert drafting.typed(other, made) == drafting.COMMANDS + extra + len("objected")
    assert drafting.typed(one, []) > drafting.COMMANDS + len(MEETING["quote"]) + len(REFUSED["quote"])
