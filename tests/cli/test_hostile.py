"""Hand-made hostile input is refused at once in one clear sentence, or stored as plain text."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.filing.forms import FORMS, SOURCE
from tests.cli.console import Answer, Console
from tests.fuzzing.bench import watchdog

SOON = 1.0  # seconds
SECRET = "root:x:0:0"
LINES = ("import FILE", "check-quotes FILE", "append source s --title T --text FILE", "state --ledger FILE")
REPORT = "negotiation: vn-us-trade\nsource: {{slug: mail, title: A mail, published: 2025-06-01, text: {text}}}\n"
NAMELESS = REPORT.format(text="''").replace("text: ''", f"sha256: {'a' * 64}")  # of a text under any name


def at_once(console: Console, *arguments: str) -> Answer:
    """What the command answers, within a second of work; the watchdog ends what would hang."""
    started = time.process_time()
    with watchdog():
        answer = console.parley(*arguments)
    assert time.process_time() - started < SOON
    return answer


def events(console: Console) -> str:
    return console.parley("log", "--csv", "--as-of", "9999").out


def refused(console: Console, *arguments: str) -> str:
    """The sentence of a refusal, after which everything is as before."""
    before = events(console)
    answer = at_once(console, *arguments)
    assert (answer.code, answer.out) == (1, ""), answer
    assert "Traceback" not in answer.err
    assert events(console) == before
    return answer.err


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_link_to_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def make_circle(path: Path) -> None:
    path.symlink_to(path.name)


@pytest.mark.parametrize("make", [make_pipe, make_link_to_a_device, Path.mkdir, make_circle])
@pytest.mark.parametrize("line", LINES)
def test_what_is_no_regular_file_is_refused_wherever_a_file_is_named(
    recorded: Console, make: Callable[[Path], None], line: str
) -> None:
    make(recorded.folder / "mail.yaml")
    said = refused(recorded, *line.replace("FILE", "mail.yaml").split())
    assert "cannot be read: " in said or "is not a Parley ledger" in said or "There is no ledger" in said


@pytest.mark.parametrize("make", [make_pipe, Path.mkdir])
def test_a_text_that_is_no_regular_file_is_refused(recorded: Console, make: Callable[[Path], None]) -> None:
    make(recorded.folder / "text.txt")
    (recorded.folder / "mail.yaml").write_text(REPORT.format(text="text.txt"))
    assert "mail.yaml:2: The text text.txt cannot be read: it is a folder, a pipe or" in refused(
        recorded, "import", "mail.yaml"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/etc/passwd", "it lies outside the entry file's folder"),
        ("../secret.txt", "it lies outside the entry file's folder"),
        ("./texts/../../../secret.txt", "it lies outside the entry file's folder"),
        ("link.txt", "it lies outside the entry file's folder"),
        ("folder/secret.txt", "it lies outside the entry file's folder"),
        ("circle.txt", "cannot be read: "),
        ('"a\\0b"', "no file can have such a name"),
        ('"\\ud800"', "no file can have such a name"),
        ("x" * 5_000, "File name too long"),
        ("mail.yaml/x", "Not a directory"),
    ],
)
def test_a_mailed_entry_file_reads_no_file_but_those_beside_it(recorded: Console, text: str, said: str) -> None:
    mail = recorded.folder / "mail"
    mail.mkdir()
    (recorded.folder / "secret.txt").write_text(SECRET)
    (mail / "link.txt").symlink_to("../secret.txt")
    (mail / "folder").symlink_to("..")
    (mail / "circle.txt").symlink_to("circle.txt")
    (mail / "mail.yaml").write_text(REPORT.format(text=text) + "entries: []\n")
    told = refused(recorded, "import", "mail/mail.yaml")
    assert told.startswith("parley: mail.yaml:2: The text ")
    assert said in told
    assert SECRET not in told


def test_a_text_that_a_link_leads_to_within_the_folder_is_read(recorded: Console) -> None:
    (recorded.folder / "text.txt").write_text("We will see.")
    (recorded.folder / "link.txt").symlink_to("text.txt")
    entry = "entries:\n  - appointment: jamieson-greer\n    post: Watchman\n    quote: We will see\n"
    (recorded.folder / "mail.yaml").write_text(REPORT.format(text="link.txt") + entry)
    assert at_once(recorded, "import", "mail.yaml").code == 0
    assert "(found at 0–11)" in recorded.parley("show", "jamieson-greer").out


def test_a_folder_of_texts_may_hold_anything(recorded: Console) -> None:
    texts = recorded.folder / "texts"
    texts.mkdir()
    make_pipe(texts / "a")
    make_link_to_a_device(texts / "b")
    make_circle(texts / "c")
    (texts / "d").mkdir()
    (recorded.folder / "mail.yaml").write_text(
        REPORT.format(text="x.txt").replace("text: x.txt", f"sha256: {'a' * 64}")
    )
    assert at_once(recorded, "import", "mail.yaml", "--texts", "texts").code == 0


def test_a_folder_of_texts_that_cannot_be_named_so_is_refused(recorded: Console) -> None:
    (recorded.folder / "mail.yaml").write_text(NAMELESS)
    assert "File name too long" in refused(recorded, "import", "mail.yaml", "--texts", "x" * 5_000)


@pytest.mark.parametrize("name", [":memory:", "file:x?mode=memory", "x" * 5_000])
def test_a_ledger_has_no_name_that_means_something_else(console: Console, name: str) -> None:
    for command in ("init", "state"):
        answer = at_once(console, command, "--ledger", name)
        assert answer.code == 1
        assert "cannot be written: " in answer.err
    assert [one.name for one in console.folder.iterdir()] == ["seeds"]


def test_a_refusal_shows_but_the_beginning_of_an_endless_word(recorded: Console) -> None:
    for arguments in (["show", "x" * 100_000], ["state", "--as-of", "x" * 100_000], ["import", "x" * 100_000]):
        assert len(refused(recorded, *arguments)) < 1_500


@pytest.mark.parametrize("typed", ["\x1b[31m", "\u202e", "\u2028", "\udc80", "\x9b2J", "\x07"])
def test_whatever_is_typed_is_never_sent_to_the_terminal_as_it_is(recorded: Console, typed: str) -> None:
    lines = (
        ["show", typed], [typed], [f"--{typed}"], ["show", "a", typed], ["show", f"--{typed}"],
        ["state", "--as-of", typed], ["search", typed], ["log", "--ledger", typed],
        ["search", "talks", "--most", typed], ["import", typed],
        ["statements", "--by", typed], ["state", "--negotiation", typed], ["diff", typed, typed],
        ["people", "--json", typed],
    )  # fmt: skip
    for arguments in lines:
        answer = at_once(recorded, *arguments)
        assert answer.code in (1, 2) or arguments[0] == "search", arguments
        assert typed not in answer.out + answer.err


BOMB = "a: &a [x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c, *c]\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (BOMB, "uses an anchor, an alias or a tag"),
        ("? " * 100_000, "a key must be a word"),
        ("- " * 100_000, "more than 8 levels deep"),
        ("a: " + "{b: " * 20_000, "more than 8 levels deep"),
        (
            "a: b\nc: " + "[" * 20_000 + "]" * 20_000,
            "mail.yaml:2 cannot be read: its values are nested more than 8 levels deep",
        ),
        ("negotiation: " + "9" * 100_000, "cannot be a slug"),
        ("%YAML 9.9\n---\na: b\n", "mail.yaml"),
        ('negotiation: "\\ud800"\ntitle: T\nparties: [vn]\n', "cannot be a slug"),
        ('negotiation: vn-us-trade\nsource: {slug: "\\udc80", title: T}\n', "cannot be a slug"),
        (b"\xff\xfe\x00n", "it is not UTF-8 text"),
        (b"negotiation: x\x00y\n", "cannot be read: YAML"),
        ("negotiation: {a: b}\n", "cannot be a slug"),
    ],
)
def test_a_hostile_yaml_file_is_refused_at_once(recorded: Console, content: str | bytes, said: str) -> None:
    (recorded.folder / "mail.yaml").write_bytes(content if isinstance(content, bytes) else content.encode())
    assert said in refused(recorded, "import", "mail.yaml")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"negotiation": ' + "9" * 100_000 + "}", "cannot be a slug"),
        ('{"negotiation": 1e999}', "'1e999' is not open in this ledger"),
        ('{"negotiation": NaN}', "cannot be a slug"),
        ('{"a": ' * 50_000, "more than 8 levels deep"),
        ('{"negotiation": "vn-us-trade", "source": {"slug": "\\udc00", "title": "T"}}', "cannot be a slug"),
        ('{"negotiation": "vn-us-trade", "source": null, "entries": {"a": 1}}', "mail.jsonl:1"),
        ("\ufeff\ufeff{}", "cannot be read: JSON"),
    ],
)
def test_a_hostile_jsonl_file_is_refused_at_once(recorded: Console, line: str, said: str) -> None:
    (recorded.folder / "mail.jsonl").write_text(line + "\n")
    assert said in refused(recorded, "import", "mail.jsonl")


SQL = "'); DROP TABLE stored_events; DELETE FROM entries; --\" OR NEAR(a* NOT {kind slug}: [log] `x` %s {0} ?1 :name"
QUESTIONS = (
    "state", "next-round", "asks --answered", "issues", "follow-ups --closed", "meetings", "statements", "timeline",
    "diff 2025-03-31 2026-01-01", "brief --us vn", "positions", "promises", "figures", "contested", "gaps", "sources",
    "people",
    "log", "replay", "check", "rebuild", "compare sql-meeting",
    *(f"show sql-{kind}" for kind in ("issue", "meeting", "statement")),
    *(f"history sql-{kind}" for kind in ("issue", "meeting", "statement", "follow-up", "party", "person", "source")),
)  # fmt: skip
MEANT = {
    "reaffirms": "", "answers": "", "denies": "", "depends-on": "", "replaces": "", "meets": "", "status": "proposed",
    "provision": "5.2", "basis": "agreed", "waits-on": ["sql-issue"],
    "kind": "round", "number": "7", "held": "2025-06-02", "expected": "2025-09-01", "on": "2025-06-02",
    "format": "virtual", "act": "asked", "by": "vn", "to": "us", "for": "vn", "owners": "vn", "party": "vn",
    "parties": ["vn", "us"], "issues": ["sql-issue"], "at": "sql-meeting", "due": "2025-07-01", "from": "2025-06-01",
    "before": "sql-meeting", "as": "member", "of": "vn", "until": "2025-06-30", "body": "",
    "outcome": "done", "question": "issue", "as-of": "2025-06-03", "is": "open", "standing": "",
    "whole": "20", "unit": "tonnes", "figures": ["sql-measure = 10"], "times": "1", "waiting": "", "since": "",
    "published": "2025-06-02", "account-of": "vn", "derived-from": "", "sha256": "", "original-sha256": "",
    "level": "", "inferred-in": "act",
}  # fmt: skip


def filled_with_sql(kind: str) -> list[str]:
    """The lines of an entry of the kind, with SQL in every field that takes any text."""
    form = SOURCE if kind == "source" else FORMS[kind]
    given = {name: MEANT.get(name, SQL) for name in form.fields}
    if kind == "source":
        given["kind"] = "note"
    if kind == "announcement":
        given |= {"on": "2025-06-01", "at": "", "before": "", "as": "expected"}
    if kind in ("announcement", "deadline"):
        given["instead-of"] = "2025-08-01"
    if kind == "follow-up":
        given["as"] = "promised"
    if kind == "called-off":
        given["as"] = "postponed"
    if kind == "text":
        given["provisions"] = f"5.2 {SQL}"
    if kind == "ended":
        given["outcome"] = "met"
    if kind == "assertion":
        given |= {"about": "sql-issue", "by": "", "expected": "", "held": "", "due": ""}
    if "people" in given:
        given["people"] = [f"vn/nguyen-hong-dien, {SQL}"]
    return [f"    {name}: {_yaml(value)}" for name, value in given.items() if value]


def _yaml(value: str | list[str]) -> str:
    return json.dumps(value)


def test_sql_in_every_field_is_kept_as_text_and_every_question_answers(recorded: Console) -> None:
    kinds = [kind for kind in FORMS if kind != "negotiation"]
    slugs = {
        "appointment": "nguyen-hong-dien",
        "left-post": "nguyen-hong-dien",
        "role": "sql-party",
        "closed": "sql-follow-up",
        "ended": "sql-deadline",
        "task-done": "sql-task",
        "announcement": "sql-next",
        "called-off": "sql-next",
        "wording": "sql-text",
    }
    lines = ["negotiation: vn-us-trade", "source:", "    slug: sql-source", *filled_with_sql("source"), "entries:"]
    for kind in kinds:
        lines += [f"  - {kind}: {slugs.get(kind, f'sql-{kind}')}", *filled_with_sql(kind)]
    (recorded.folder / "sql.yaml").write_text("\n".join(lines) + "\n")
    before = events(recorded).count("\n")
    filed = recorded.line("parley import sql.yaml")
    assert filed.code == 0, filed.err
    assert events(recorded).count("\n") == before + len(kinds) + 1
    for line in QUESTIONS:
        for form in ("", "--json", "--csv")[: 1 if line.startswith(("rebuild", "brief", "replay")) else 3]:
            answer = recorded.line(f"parley {line} {form}")
            assert answer.code == 0 or line == "check", answer.err
    assert SQL in recorded.line("parley show sql-statement --json").out.replace('\\"', '"')
    assert recorded.parley("search", SQL).code == 0
    for typed in (
        "DROP",
        '"DROP TABLE"',
        "NEAR(a* b)",
        "kind:x OR slug",
        "a AND",
        "*",
        '"',
        "{kind slug}: a",
        "^a",
        "-x",
    ):
        assert recorded.parley("search", "--", typed).code in (0, 1)
    assert "sql-statement" in recorded.parley("search", "stored_events").out


@pytest.mark.parametrize(
    "option", ["--as-of", "--reported-by", "--recorded-by", "--negotiation", "--ledger", "--level"]
)
def test_sql_in_an_option_is_a_word_like_any_other(recorded: Console, option: str) -> None:
    assert refused(recorded, "state", option, SQL)
