"""The commands that export answers: the moments and parties that are typed, and the files that are written."""

import json
import re
import subprocess
import sys

import pytest

from tests.cli.console import SEEDS, Console


def test_the_brief_is_written_for_a_party_and_a_meeting(recorded: Console) -> None:
    answer = recorded.line("parley brief --as-of 2025-05-22 --us vn --for round-3")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("# Viet Nam and United States, reciprocal trade agreement\n")
    assert "for round 3" in answer.out
    assert "## Our unanswered asks" in answer.out


def test_the_brief_says_what_changed_since_a_moment(recorded: Console) -> None:
    assert "## What changed since" not in recorded.line("parley brief --as-of 2025-05-22").out
    assert "## What changed since round-2 (" in recorded.line("parley brief --as-of 2025-06-30 --since round-2").out


def test_what_one_page_leaves_out_is_counted_and_full_and_json_have_all_of_it(recorded: Console) -> None:
    line = "parley brief --as-of 2025-05-22 --since 2025-03-31 --us vn"
    short, full, whole = (recorded.line(f"{line}{how}").out for how in ("", " --full", " --json"))
    assert len(short.splitlines()) <= 60 < len(full.splitlines())
    assert "more with --full)" in short
    assert "more with --full)" not in full
    told = [answer for answer in full.partition("## Sources")[0].splitlines() if answer.startswith("- ")]
    sections = json.loads(whole)["sections"]
    assert sum(len(section["lines"]) for section in sections) == len(told)
    cut = sum(int(count) for count in re.findall(r"(\d+) more with --full", short))
    assert short.partition("## Sources")[0].count("\n- ") + cut == len(told)


def test_a_party_or_a_meeting_that_is_not_known_is_refused(recorded: Console) -> None:
    for line in ("parley brief --us vm", "parley brief --for round-33", "parley brief --since smarch"):
        answer = recorded.line(line)
        assert (answer.code, answer.out) == (1, "")
        assert answer.err.startswith("parley: ")


def test_the_calendar_is_written_once_and_replaced_when_asked(recorded: Console) -> None:
    first = recorded.line("parley calendar --out talks.ics")
    assert (first.code, first.out) == (0, "Wrote 15 items to talks.ics.\n")
    assert first.err.startswith("Without a day, and so not in the calendar: 14 entries (")
    content = (recorded.folder / "talks.ics").read_bytes()
    again = recorded.line("parley calendar --out talks.ics")
    assert again.code == 1
    assert "already exists" in again.err
    assert "--replace" in again.err
    assert recorded.line("parley calendar --out talks.ics --replace --alarm 2").code == 0
    assert b"BEGIN:VALARM" not in content
    assert b"BEGIN:VALARM" in (recorded.folder / "talks.ics").read_bytes()
    assert recorded.line("parley calendar").out.encode() == content


@pytest.mark.parametrize("how", ["", " --replace"])
def test_a_calendar_with_a_name_that_no_file_can_have_is_refused(recorded: Console, how: str) -> None:
    answer = recorded.line(f"parley calendar --out {'x' * 300}.ics{how}")
    assert (answer.code, answer.out) == (1, "")
    assert "File name too long" in answer.err and len(answer.err.splitlines()) == 1


WORKBOOK = """
import sys
from cli.main import run
sys.argv = ["parley", "workbook", "--out", sys.argv[2], "--ledger", sys.argv[1]]
sys.exit(run())
"""


def test_a_process_that_writes_a_workbook_imports_the_questions_by_itself(recorded: Console) -> None:
    pytest.importorskip("xlsxwriter", reason="the extra `office` is not installed")
    paths = [str(recorded.folder / name) for name in ("ledger.db", "talks.xlsx")]
    asked = subprocess.run(
        [sys.executable, "-c", WORKBOOK, *paths], check=False, cwd=SEEDS.parent, capture_output=True, text=True
    )
    assert (asked.returncode, asked.stderr) == (0, "")
    assert (recorded.folder / "talks.xlsx").read_bytes().startswith(b"PK")


def test_a_workbook_has_a_sheet_for_each_question(recorded: Console) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="a reader of workbooks is not installed")
    recorded.line("parley append task reply --says 'Draft the reply.'")
    assert recorded.line("parley workbook --as-of 2025-05-22 --out talks.xlsx").code == 0
    found = openpyxl.load_workbook(recorded.folder / "talks.xlsx")
    assert found.sheetnames[:3] == ["issues", "asks", "follow-ups"]
    assert "tasks" not in found.sheetnames
    for question in ("asks", "meetings", "figures", "statements"):
        rows = recorded.line(f"parley {question} --as-of 2025-05-22 --csv").rows
        assert found[question].max_row == len(rows) + 1
    again = recorded.line("parley workbook --out talks.xlsx")
    assert (again.code, "already exists" in again.err) == (1, True)


def test_the_brief_is_a_file_of_the_kind_its_name_says(recorded: Console) -> None:
    line = "parley brief --as-of 2025-05-22 --us vn"
    printed = recorded.line(line).out
    for name, magic in (("b.md", printed.encode()), ("b.docx", b"PK\x03\x04"), ("b.PDF", b"%PDF-")):
        answer = recorded.line(f"{line} --out {name}")
        assert (answer.code, answer.out, answer.err) == (0, f"Wrote {name}.\n", "")
        assert (recorded.folder / name).read_bytes().startswith(magic)
    long = recorded.line(f"{line} --full --out b.docx --replace")
    assert (long.code, long.out) == (0, "Wrote b.docx.\n")


def test_a_brief_that_cannot_be_written_says_why_and_leaves_no_file(recorded: Console) -> None:
    (recorded.folder / "there.docx").write_text("mine")
    for line, said in (
        ("--out there.docx", "--replace"),
        ("--out brief.odt", ".md, .docx or .pdf"),
        ("--out brief", ".md, .docx or .pdf"),
        ("--out brief.pdf --template there.docx", "--template is for Word files only"),
        ("--out brief.docx --template there.docx", "there.docx cannot be read as a Word file"),
        ("--out brief.docx --template none.docx", "none.docx cannot be read as a Word file"),
        ("--out none/brief.docx", "Create none first"),
        (f"--out {'x' * 300}.docx", "File name too long"),
    ):
        answer = recorded.line(f"parley brief {line}")
        assert (answer.code, answer.out) == (1, "")
        assert said in answer.err
    assert (recorded.folder / "there.docx").read_text() == "mine"
    assert not [*recorded.folder.glob("brief*")]


def test_the_handover_is_printed_or_written(recorded: Console) -> None:
    printed = recorded.line("parley handover --us vn --as-of 2025-06-30")
    assert printed.code == 0
    assert printed.out.startswith("# Handover: Viet Nam and United States, reciprocal trade agreement\n")
    assert recorded.line("parley handover --us vn --as-of 2025-06-30 --out h.md").out == "Wrote h.md.\n"
    assert (recorded.folder / "h.md").read_text("utf-8") == printed.out
    assert json.loads(recorded.line("parley handover --json").out)["title"].startswith("Handover: ")
    refused = recorded.line("parley handover --us vn --out h.md")
    assert (refused.code, "--replace" in refused.err) == (1, True)


def test_the_record_is_written_for_other_programs(recorded: Console) -> None:
    for form in ("cloudevents", "prov", "plover", "cameo"):
        printed = recorded.line(f"parley interchange --as {form} --as-of 2025-06-30")
        assert printed.code == 0
        assert (
            recorded.line(f"parley interchange --as {form} --as-of 2025-06-30 --out {form}.json").out
            == f"Wrote {form}.json.\n"
        )
        assert (recorded.folder / f"{form}.json").read_text("utf-8") == printed.out
        assert str(recorded.folder) not in printed.out
        assert "--replace" in recorded.line(f"parley interchange --as {form} --out {form}.json").err
    refused = recorded.line("parley interchange --as xml")
    assert (refused.code, refused.out) == (1, "")
    assert "cloudevents, prov, plover or cameo" in refused.err


@pytest.mark.parametrize("command", ["handover", "calendar", "interchange --as prov"])
def test_a_name_that_no_file_can_have_is_refused(recorded: Console, command: str) -> None:
    answer = recorded.line(f"parley {command} --out {'x' * 300}.md")
    assert (answer.code, answer.out) == (1, "")
    assert "File name too long" in answer.err
