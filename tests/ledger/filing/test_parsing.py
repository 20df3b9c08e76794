"""Entry files are parsed with care: every problem has its file and line, and no file can exhaust the process."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.filing.parsing import Document, parse
from tests.examples import NEGOTIATION, columns, problems, source, write

HEAD = f"negotiation: {NEGOTIATION}\nsource: {{slug: vna, title: News, published: 2025-05-22}}\nentries:\n"
ROUND = "  - meeting: round-2\n    kind: round\n    held: 2025-05-22\n"
START = {"negotiation": NEGOTIATION, "source": {"slug": "vna", "title": "News", "published": "2025-05-22"}}


def jsonl(*lines: object) -> str:
    return "".join(json.dumps(line) + "\n" for line in lines)


REFUSED = [
    ("a repeated key", HEAD + ROUND + "    held: 2025-05-21\n", "news.yaml:7: The key 'held' is given twice"),
    ("a repeated head", HEAD + "source: x\n", "news.yaml:4: The key 'source' is given twice"),
    ("an anchor", HEAD + "  - meeting: &m round-2\n", "news.yaml:4 uses an anchor, an alias or a tag"),
    ("an alias", HEAD + "  - meeting: *m\n", "news.yaml:4 uses an anchor, an alias or a tag"),
    ("a tag", HEAD + "  - meeting: !!str round-2\n", "news.yaml:4 uses an anchor, an alias or a tag"),
    ("a python tag", "negotiation: !!python/object/apply:os.system [ls]\n", "news.yaml:1 uses an anchor"),
    ("too deep", HEAD + "  - meeting: " + "[" * 9 + "]" * 9 + "\n", "4 cannot be read: its values are nested more"),
    ("a bomb of brackets", "[" * 100_000, "news.yaml:1 cannot be read: its values are nested more than 8 levels deep"),
    ("a key that is a list", HEAD + "  - ? [meeting]\n    : round-2\n", "news.yaml:4 cannot be read: a key must be"),
    ("broken YAML", HEAD + "  - meeting: [round-2\n    kind: round\n", "news.yaml:5 cannot be read: YAML:"),
    ("a tab", HEAD + "\t- meeting: round-2\n", "news.yaml:4 cannot be read: YAML:"),
    ("invalid UTF-8", HEAD.encode() + b"  - party: caf\xe9\n", "news.yaml:4 cannot be read: it is not UTF-8 text"),
    ("a control character", HEAD + "  - party: a\x1bb\n", "news.yaml cannot be read: YAML:"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "said"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_parsed_is_refused_with_its_place(ledger, content, said):
    assert any(said in problem for problem in problems(ledger, content)), problems(ledger, content)


def test_as_deep_as_it_may_be_is_not_too_deep(ledger):
    (problem,) = problems(ledger, HEAD + ROUND + "    place: " + "[" * 5 + "]" * 5 + "\n")
    assert "Give one value here, not a list." in problem


def test_a_file_of_fifty_megabytes_is_refused_at_once(ledger):
    path = write(ledger, "")
    with path.open("wb") as huge:
        huge.truncate(50_000_000)
    started = time.perf_counter()
    (problem,) = parse(path)
    assert time.perf_counter() - started < 0.5
    assert "news.yaml has 50 MB; an entry file may have at most 10 MB." in str(problem.refusal)


def test_a_file_that_is_not_there_is_a_problem(ledger):
    (problem,) = parse(ledger.path.with_name("gone.yaml"))
    assert "gone.yaml cannot be read: No such file" in str(problem.refusal)


def test_a_byte_order_mark_and_several_documents_are_read(ledger):
    second = source("ustr") + ROUND.replace("round-2", "round-1")
    ledger.import_files([write(ledger, "\ufeff" + HEAD + ROUND + "---\n" + second)])
    assert columns([one.meeting for one in ledger.views().meetings()], "slug") == ["round-1", "round-2"]


def test_every_bad_line_of_jsonl_is_a_problem_of_its_own(ledger):
    lines = [
        json.dumps(START),
        "{",
        '{"meeting": "m", "meeting": "n"}',
        "[1]",
        '{"statement": "s", "by": ' + "[" * 9 + "]" * 9 + "}",
        '{"statement": "s", "by": ' + "[" * 100_000 + "}",
        '{"meting": "m"}',
        '{"statement": "s", "by": "us", "act": "asked", "says": "\\ud800"}',
        "{" + " " * 1_000_000 + "}",
    ]
    found = problems(ledger, "\n".join(lines), name="news.jsonl")
    for number, said in [
        (2, "cannot be read: JSON:"),
        (3, "The key 'meeting' is given twice"),
        (4, "An entry must consist of keys"),
        (5, "more than 8 levels deep"),
        (6, "more than 8 levels deep"),
        (7, "There is no kind of entry 'meting'"),
        (8, "U+D800"),
        (9, "more than 1000000 characters"),
    ]:
        assert any(f"news.jsonl:{number}" in problem and said in problem for problem in found), (number, found)


@pytest.mark.parametrize(
    "line",
    [
        '{"party": "norway", "name": "NO", "name": "No"}',
        '{"party" : "norway", "name" : "NO", "name" : "No"}',
        '{"party": "norway", "name": "NO: Norway", "name": "No", "aliases": ["a:b"]}',
        '{"party": "norway", "n\\u0061me": "NO", "name": "No"}',
        '{"party": "norway", "aliases": {"name": "NO", "name": "No"}}',
    ],
)
def test_a_key_given_twice_on_a_line_is_found_however_the_line_is_written(ledger, line):
    content = jsonl(START) + line + "\n"
    (problem,) = problems(ledger, content, name="news.jsonl")
    assert problem.startswith("news.jsonl:2: The key 'name' is given twice")


@pytest.mark.parametrize(
    "line",
    [
        '{"party": "norway", "name": "NO", "aliases": ["no", "a:b"]}',
        ' {"party" :"norway","name":\t"N\\u004f","aliases":["no","a:b"]} \r',
        '{"aliases": ["no", "a:b"], "name": "NO", "party": "norway"}',
    ],
)
def test_a_line_says_the_same_however_it_is_written(ledger, line):
    _, document = parse(write(ledger, jsonl(START) + line + "\n", "news.jsonl"))
    assert document == Document({"party": "norway", "name": "NO", "aliases": ["no", "a:b"]}, 2)


def test_numbers_stay_as_they_are_written_and_other_values_become_words(ledger):
    line = '{"a": 1.50, "b": 007e-1, "c": [true, {"d": false}], "e": null, "f": NaN}'.replace("007", "7")
    (document,) = parse(write(ledger, line, "news.jsonl"))
    assert document.value == {"a": "1.50", "b": "7e-1", "c": ["yes", {"d": "no"}], "e": "", "f": "NaN"}


def test_each_value_of_yaml_has_its_line_and_an_empty_one_that_of_its_key(ledger):
    content = HEAD + ROUND + "    place:\n    parties:\n      - vn\n      - us\n"
    (document,) = parse(write(ledger, content))
    assert document.line_of(("negotiation",)) == 1
    assert document.line_of(("source", "published")) == 2
    assert document.line_of(("entries", 0, "held")) == 6
    assert document.line_of(("entries", 0, "place")) == 7
    assert document.line_of(("entries", 0, "parties", 1)) == 10


def test_jsonl_may_be_larger_than_a_yaml_file_may_be(ledger):
    lines = [START, *({"party": f"p{n}", "name": "x" * 900_000} for n in range(12))]
    documents = list(parse(write(ledger, jsonl(*lines), "news.jsonl")))
    assert [document.line for document in documents] == [*range(1, 14)]


PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=0xD7FF, exclude_categories=["C", "Z"]), max_size=9)
TREES = st.recursive(
    PRINTABLE,
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(PRINTABLE.filter(bool), parts, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(PRINTABLE.filter(bool), TREES, min_size=1, max_size=4))
def test_what_is_written_as_json_reads_the_same_as_yaml(tmp_path_factory, tree):
    folder = tmp_path_factory.mktemp("entries")
    for name in ("news.jsonl", "news.yaml"):
        (folder / name).write_text(json.dumps(tree, ensure_ascii=False), "utf-8")
    (lines,), (yaml,) = parse(folder / "news.jsonl"), parse(folder / "news.yaml")
    assert (lines.value, lines.line) == (yaml.value, yaml.line) == (tree, 1)
