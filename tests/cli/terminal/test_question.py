"""The options of every question: three clocks, JSON and CSV; and filed text never controls a terminal."""

import json
import re

import pytest

from cli.main import GROUPS
from docs.build import ANSWERS
from ledger.base.text import counted
from tests.cli.console import Console

QUESTIONS = [name for name in ANSWERS if name not in ("diff", "verify", "erase")]


def line(question: str) -> list[str]:
    arguments = {"show": ["round-2"], "history": ["round-3"], "search": ["market", "econ*"], "compare": ["round-2"]}
    return [question, *arguments.get(question, [])]


# What to record first for questions to which the worked example has no answer.
MORE = {
    "figures": [
        "parley append measure quota --title Quota --unit tonnes",
        'parley append statement so --by vn --act stated --on 2025-06-01 --figures "quota = 20" --note Told.',
    ],
    "deadlines": ["parley append deadline answer --says Answer. --due 2027-06-30 --note Told."],
    "text": ['parley append text draft --version 1 --on 2026-01-01 --provisions "1. We [go](vn)." --note Told.'],
    "tasks": ["parley append task draft --says Draft."],
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_takes_three_clocks_and_answers_in_json_and_csv(question: str, recorded: Console) -> None:
    clocks = ["--as-of", "2025-12-31", "--reported-by", "2026-12-31", "--recorded-by", "172"]
    if question in MORE:
        clocks = ["--as-of", "2026-12-31", "--reported-by", "2026-12-31", "--recorded-by", "999"]
        for typed in MORE[question]:
            assert recorded.line(typed).code == 0
    in_json = recorded.parley(*line(question), *clocks, "--json")
    in_csv = recorded.parley(*line(question), *clocks, "--csv")
    assert (in_json.code, in_csv.code) == (0, 0)
    assert json.loads(in_json.out)
    rows = in_csv.rows
    assert not any({*row, *row.values()} & {None, "None"} for row in rows), "what is not known is empty"
    cells = [cell for row in rows for cell in row.values()]
    assert not any("When(" in cell or "(slug=" in cell for cell in cells), "no cell is a program's"
    assert rows or question in ("next-round", "check")
    pytest.importorskip("xlsxwriter", reason="the extra `office` is not installed")
    written = recorded.parley(*line(question), *clocks, "--xlsx", "answer.xlsx")
    assert (written.code, written.out) == (0, f"Wrote {counted(len(rows), 'row')} to answer.xlsx.\n")


def test_the_questions_are_the_commands_that_ask(console: Console) -> None:
    asking = {*GROUPS["See where we stand"], *GROUPS["Look back"], "check"}
    assert asking == {*QUESTIONS, "diff", "serve", "watch"}, "README says what diff takes instead"


@pytest.mark.parametrize("question", [*QUESTIONS, "diff"])
def test_csv_begins_with_a_mark_for_spreadsheets_and_a_header_even_if_it_is_empty(
    question: str, console: Console, request: pytest.FixtureRequest
) -> None:
    moments = ["2025-03-31"] if question == "diff" else []
    console.line("parley init")
    console.line("parley append negotiation talks --title Talks --parties xx")
    console.line("parley append party xx --name Xx")
    words = {"show": ["talks"], "history": ["talks"], "compare": ["talks"]}.get(question, line(question)[1:])
    empty = console.parley(question, *words, *moments, "--csv")
    (console.folder / "ledger.db").unlink()
    full = request.getfixturevalue("recorded").parley(*line(question), *moments, "--csv")
    assert full.out.startswith("\ufeff")
    if question not in ("compare", "diff"):
        assert empty.code == 0, empty.err
        assert empty.out.splitlines()[:1] == full.out.splitlines()[:1]


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_empty_answer_speaks_of_the_record_and_not_of_what_happened(question: str, console: Console) -> None:
    console.columns = 1000
    console.line("parley init")
    console.line("parley append negotiation talks --title Talks --parties xx")
    console.line("parley append party xx --name Xx")
    words = {"show": ["talks"], "history": ["talks"], "compare": ["talks"]}.get(question, line(question)[1:])
    empty = [console.parley(question, *words)]
    for more in ("--answered", "--closed", "--passed", "--done"):
        empty += [found for found in [console.parley(question, *words, more)] if not found.code]
    for answer in empty:
        for said in re.findall(r"\b(?:No|Nothing|None|Nobody|Never|Not)\b[^.;\n]*", answer.out):
            assert "record" in said or said.startswith("No problem found in"), said


def test_letters_survive_in_a_spreadsheet_and_titles_stand_beside_slugs(recorded: Console) -> None:
    recorded.line('parley append issue thuong-mai --title "Thương mại số"')
    raw = recorded.line("parley issues --csv").out.encode()
    assert "Thương mại số" in raw.decode("utf-8-sig")
    for command, slug, name in (
        ("asks", "issue", "title"),
        ("positions", "issue", "title"),
        ("people", "slug", "name"),
        ("people", "party", "party_names"),
        ("contested", "slug", "title"),
        ("meetings", "slug", "title"),
        ("meetings", "parties", "parties_names"),
        ("statements", "by", "by_names"),
        ("statements", "act", "says"),
        ("follow-ups", "slug", "says"),
        ("asks --all", "asker", "asker_names"),
        ("next-round --as-of 2025-05-22", "slug", "title"),
    ):
        rows = recorded.line(f"parley {command} --csv").rows
        assert rows
        assert all(row[slug] and row[name] for row in rows)


def test_the_names_beside_slugs_are_in_their_order_and_as_of_the_day(recorded: Console) -> None:
    rows = {row["slug"]: row for row in recorded.line("parley statements --csv").rows}
    asked = rows["lutnick-asks-investment"]
    assert (asked["issues"], asked["issues_titles"]) == (
        "investment; us-goods-imports",
        "US investment in Viet Nam; Imports of US goods into Viet Nam",
    )
    assert (asked["by_names"], asked["to_names"]) == ("Howard Lutnick (us)", "Viet Nam")
    of = "Meeting of Nguyen Hong Dien (vn) and Howard Lutnick (us)"
    assert asked["at_titles"] == f"{of}, 22 May 2025, Washington, D.C."
    assert rows["round-2-progress"]["by_names"] == "Viet Nam; United States"
    then = {row["slug"]: row["title"] for row in recorded.line("parley meetings --as-of 2025-05-21 --csv").rows}
    now = {row["slug"]: row["title"] for row in recorded.line("parley meetings --csv").rows}
    of = "Meeting of Nguyen Hong Dien (vn) and Jamieson Greer (us)"
    assert then["dien-greer-2025-05-22"] == f"{of}, 21 May 2025, Washington, D.C."
    contested = '"On the final day of talks" (22 May 2025) (contested)'
    assert now["dien-greer-2025-05-22"] == f"{of}, {contested}, Washington, D.C."


def test_in_csv_every_negotiation_names_its_own(recorded: Console) -> None:
    recorded.line("parley append negotiation talks --title Talks --parties us --parties eu")
    for slug, name in (("us", "The States"), ("eu", "Union")):
        recorded.parley("append", "party", slug, "--name", name, "--negotiation", "talks")
    recorded.parley("append", "issue", "fish", "--title", "Fish", "--negotiation", "talks")
    recorded.parley(
        "append", "statement", "us-fish", "--negotiation", "talks", "--by", "us", "--to", "eu", "--act", "asked",
        "--issues", "fish", "--on", "2025-05-22", "--says", "More fish.", "--note", "Told.",
    )  # fmt: skip
    rows = recorded.line("parley asks --all --csv").rows
    named = {(row["negotiation"], row["asker"], row["asker_names"]) for row in rows if row["asker"] == "us"}
    assert named == {("vn-us-trade", "us", "United States"), ("talks", "us", "The States")}


def test_what_had_not_happened_by_a_day_is_not_shown(recorded: Console) -> None:
    asks = json.loads(recorded.parley("asks", "--as-of", "2025-03-31", "--json").out)
    assert {one["issue"] for one in asks} == {"market-economy-status", "market-opening", "trade-balance"}
    rounds = json.loads(recorded.parley("meetings", "--kind", "round", "--as-of", "2025-05-20", "--json").out)
    assert [(one["slug"], one["status"]) for one in rounds] == [("round-2", "in progress")]


def test_what_had_not_been_published_by_a_day_is_not_shown(recorded: Console) -> None:
    asks = json.loads(recorded.parley("asks", "--reported-by", "2025-05-22", "--json").out)
    assert "export-controls" not in {one["issue"] for one in asks}  # only an undated source tells of it
    statements = json.loads(recorded.parley("statements", "--reported-by", "2025-03-14", "--json").out)
    assert {source for one in statements for source in one["sources"]} == {"vna-2025-03-14"}


def test_what_the_ledger_did_not_hold_yet_is_not_shown(recorded: Console) -> None:
    assert recorded.line('parley correct round-3 expected="late June" --reason "Misread."').code == 0
    now = json.loads(recorded.line("parley next-round --as-of 2025-05-25 --json").out)
    then = json.loads(recorded.line("parley next-round --as-of 2025-05-25 --recorded-by 172 --json").out)
    assert now["expected"]["expected"]["edtf"] == "[2025-06-21..2025-06-30]"
    assert then["expected"]["expected"]["edtf"] == "[2025-06-01..2025-06-10]"


@pytest.mark.parametrize("moment", ["2026-11-21", "2026-11-21T12:00:00Z", "2026-11-21T12:00", "today", "172"])
def test_the_recorded_clock_takes_days_times_and_positions(moment: str, recorded: Console) -> None:
    assert json.loads(recorded.parley("log", "--recorded-by", moment, "--json").out)[-1]["position"] == 172


def test_before_anything_was_recorded_there_was_nothing(recorded: Console) -> None:
    answer = recorded.parley("state", "--recorded-by", "2026-11-20")
    assert answer.code == 1
    assert answer.err == "parley: Nothing had been recorded by 20 November 2026 (UTC).\n"
    assert recorded.parley("asks", "--all", "--recorded-by", "2026-11-20").err == answer.err


HOSTILE = "\x1b[31mred\x1b[0m\u202egnp.exe\x07\x9b"


@pytest.mark.parametrize("form", ["", "--json", "--csv"])
def test_nothing_filed_reaches_the_terminal_raw(form: str, console: Console) -> None:
    text = f"The source says {HOSTILE} and no more."
    (console.folder / "text.txt").write_text(text, "utf-8")
    entry = {"quote": f"says {HOSTILE} and"}
    lines = [
        {"negotiation": "n", "title": "N", "entries": [{"party": "aa", "name": "A"}]},
        {"negotiation": "n", "source": {"slug": "s", "title": "S", "text": "text.txt"}},
        {"statement": "st", "by": "aa", "act": "stated", "says": "Said.", **entry},
    ]
    (console.folder / "f.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    console.line("parley init")
    assert console.line("parley import f.jsonl").code == 0
    answer = console.parley("show", "st", *([form] if form else []))
    assert answer.code == 0
    assert not set(answer.out) & set("\x1b\u202e\x07\x9b")
    if form == "--json":
        assert json.loads(answer.out)["evidence"][0]["words"] == entry["quote"]
    elif not form:
        assert "\\x1b[31mred" in answer.out


def test_a_hostile_argument_is_not_echoed_raw(recorded: Console) -> None:
    answer = recorded.parley("show", HOSTILE)
    assert answer.code == 1
    assert not set(answer.err) & set("\x1b\u202e\x07\x9b")


def test_differences_in_csv_are_those_of_which_there_is_something_to_say(recorded: Console) -> None:
    every = json.loads(recorded.parley("diff", "2025-03-31", "2025-05-22", "--json").out)
    told = recorded.parley("diff", "2025-03-31", "2025-05-22", "--csv").rows
    assert told == [
        {name: one[name] for name in ("kind", "slug", "part", "says", "source")} for one in every if one["says"]
    ]
    assert 0 < len(told) < len(every)


def test_all_negotiations_answer_as_each_does_and_every_row_says_which(recorded: Console) -> None:
    recorded.line("parley append negotiation in-eu --title India-EU")
    recorded.line("parley append party in --name India")
    recorded.line('parley append issue talks --title "Talks on talks"')
    said = '--act asked --issues talks --says "Hold talks." --on 2026-11-02 --note Heard.'
    recorded.line(f"parley append statement ask --by in {said}")
    recorded.line('parley append follow-up list --due soon --on 2026-11-03 --says "Send the list." --note Told.')
    recorded.line("parley append announcement r1 --kind round --number 1 --expected soon --on 2026-11-03 --note Told.")
    for question in ("asks", "follow-ups", "meetings", "search talks", "next-round"):
        for clock in ("", "--as-of 2026-11-10", "--recorded-by 9999", "--reported-by 2026-12-31"):
            every = json.loads(recorded.line(f"parley {question} --all --json {clock}").out)
            each = []
            for negotiation in ("in-eu", "vn-us-trade"):
                answer = recorded.line(f"parley {question} --json --negotiation {negotiation} {clock}")
                found = json.loads(answer.out)
                each += [one | {"negotiation": negotiation} for one in (found if isinstance(found, list) else [found])]
            assert every == each and {one["negotiation"] for one in every} == {"in-eu", "vn-us-trade"}
            rows = recorded.line(f"parley {question} --all --csv {clock}").rows
            assert "in-eu" in {row["negotiation"] for row in rows}


def test_of_a_moment_before_a_negotiation_was_opened_only_the_others_answer(recorded: Console) -> None:
    recorded.line("parley append negotiation in-eu --title India-EU")
    every = json.loads(recorded.line("parley next-round --all --recorded-by 172 --json").out)
    assert [one["negotiation"] for one in every] == ["vn-us-trade"]
