"""Entry files: YAML for people, JSONL for programs; every problem with its file and line."""

import json
import time

import pytest

from ledger.domain.quotations import fingerprint
from ledger.filing import entry_files
from tests.examples import NEGOTIATION, WHO, columns, problems, source, write

HEAD = f"negotiation: {NEGOTIATION}\nsource: {{slug: vna, title: News, published: 2025-05-22}}\nentries:\n"
TEXT = "Nothing was said."
ROUND = "  - meeting: round-2\n    kind: round\n    held: 2025-05-22\n"


def jsonl(*lines: object) -> str:
    return "".join(json.dumps(line) + "\n" for line in lines)


def start(slug: str) -> dict[str, object]:
    return {"negotiation": NEGOTIATION, "source": {"slug": slug, "title": slug, "published": "2025-05-22"}}


def test_no_stays_a_word_and_numbers_and_dates_stay_as_typed(ledger):
    entry = "  - party: norway\n    name: NO\n    aliases: [no, on, 0x10, 1e3, 007, 2025-05-22, ~x]\n"
    ledger.import_files([write(ledger, HEAD + entry)])
    (norway,) = [party for party in ledger.views().parties() if party.slug == "norway"]
    assert norway.name == "NO"
    assert norway.aliases == ("no", "on", "0x10", "1e3", "007", "2025-05-22", "~x")


def test_an_empty_value_is_no_value(ledger):
    entry = ROUND + "    place:\n    format: ~\n    parties: []\n"
    ledger.import_files([write(ledger, HEAD + entry)])
    (meeting,) = ledger.views().meetings()
    assert (meeting.meeting.place, meeting.meeting.format, meeting.meeting.parties) == ("", "", ())


def test_a_date_may_be_given_with_the_words_it_was_told_in(ledger):
    entry = ROUND.replace("2025-05-22", "{date: 2025-05-22, words: on May 22}")
    ledger.import_files([write(ledger, HEAD + entry)])
    (meeting,) = ledger.views().meetings()
    assert meeting.meeting.held.phrase == "on May 22"


REFUSED = [
    ("a repeated key", HEAD + ROUND + "    held: 2025-05-21\n", "news.yaml:7: The key 'held' is given twice"),
    ("a repeated head", HEAD + "source: x\n", "news.yaml:4: The key 'source' is given twice"),
    ("an anchor", HEAD + "  - meeting: &m round-2\n", "news.yaml:4 uses an anchor, an alias or a tag"),
    ("an alias", HEAD + "  - meeting: *m\n", "news.yaml:4 uses an anchor, an alias or a tag"),
    ("a tag", HEAD + "  - meeting: !!str round-2\n", "news.yaml:4 uses an anchor, an alias or a tag"),
    ("a python tag", "negotiation: !!python/object/apply:os.system [ls]\n", "news.yaml:1 uses an anchor"),
    ("a merge key", HEAD + "  - meeting: round-2\n    <<: {kind: round}\n", "has no field '<<'"),
    ("too deep", HEAD + "  - meeting: " + "[" * 9 + "]" * 9 + "\n", "news.yaml:4 cannot be read: more than 8 levels"),
    ("a bomb of brackets", "[" * 100_000, "news.yaml:1 cannot be read: more than 8 levels deep"),
    ("a key that is a list", HEAD + "  - ? [meeting]\n    : round-2\n", "news.yaml:4 cannot be read: a key must be"),
    ("broken YAML", HEAD + "  - meeting: [round-2\n    kind: round\n", "news.yaml:5 cannot be read: YAML:"),
    ("a tab", HEAD + "\t- meeting: round-2\n", "news.yaml:4 cannot be read: YAML:"),
    ("invalid UTF-8", HEAD.encode() + b"  - party: caf\xe9\n", "news.yaml:4 cannot be read: it is not UTF-8 text"),
    ("a control character", HEAD + "  - party: a\x1bb\n", "news.yaml cannot be read: YAML:"),
    ("an escaped control character", HEAD + '  - party: x\n    name: "a\\eb"\n', "news.yaml:5: The text holds the"),
    ("a bidi override", HEAD + "  - party: x\n    name: a\u202eb\n", "news.yaml:5: The text holds the character U+20"),
    ("a list at the top", "- meeting: round-2\n", "news.yaml:1: Keys with their values are wanted here"),
    ("no negotiation", "source: x\n", "news.yaml:1: The file's start has no field 'source'. Did you mean negotiation?"),
    ("an unknown negotiation", HEAD.replace("trade", "trad"), "'vn-us-trad' is not open in this ledger."),
    ("a negotiation no slug", HEAD.replace("-", "/", 1), "news.yaml:1: 'vn/us-trade' cannot be a slug"),
    ("a negotiation that is a list", HEAD.replace(NEGOTIATION, "[a, b]"), "news.yaml:1:"),
    ("an unknown head", HEAD.replace("entries", "entrys"), "news.yaml:3: An entry file has no field 'entrys'. Did you"),
    ("entries that are a word", HEAD.rstrip() + " none\n", "news.yaml:3: A list or a single value is wanted here"),
    ("an entry that is a word", HEAD + "  - round-2\n", "start the entry with, say, `meeting: SLUG`"),
    ("an unknown kind", HEAD + "  - meting: round-2\n", "There is no kind of entry 'meting'; the first key"),
    ("a slug that is a list", HEAD + "  - meeting: [round-2]\n", "not a list or mapping in place of the slug"),
    ("a slug that is none", HEAD + ROUND.replace("round-2", "Round 2"), "news.yaml:4: 'Round 2' cannot be a slug"),
    ("a source that is a word", "negotiation: vn-us-trade\nsource: vna\n", "news.yaml:2: Keys with their values"),
    ("a source without slug", "negotiation: vn-us-trade\nsource: {title: x}\n", "The source needs 'slug'"),
    ("a source without title", "negotiation: vn-us-trade\nsource: {slug: x}\n", "The source needs 'title': its title."),
    ("a wrong type", HEAD + ROUND + "    place: [Geneva]\n", "news.yaml:7: One value is wanted here, not a list."),
    ("a text that is a list", source(text="[a]"), "news.yaml:6: One value is wanted here, not a list"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "said"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_read_is_refused_with_its_place(ledger, content, said):
    assert any(said in problem for problem in problems(ledger, content)), problems(ledger, content)


def test_as_deep_as_it_may_be_is_not_too_deep(ledger):
    (problem,) = problems(ledger, HEAD + ROUND + "    place: " + "[" * 5 + "]" * 5 + "\n")
    assert "One value is wanted here, not a list." in problem


def test_an_unknown_kind_suggests_the_nearest(ledger):
    (problem,) = problems(ledger, HEAD + "  - meting: round-2\n")
    assert "Did you mean meeting?" in problem


def test_an_unknown_negotiation_suggests_the_nearest(ledger):
    (problem,) = problems(ledger, HEAD.replace("trade", "trad") + ROUND)
    assert problem.startswith("news.yaml:1: The negotiation 'vn-us-trad' is not open")
    assert "Did you mean vn-us-trade?" in problem


def test_a_slug_that_is_none_suggests_one(ledger):
    (problem,) = problems(ledger, HEAD + ROUND.replace("round-2", "Round 2 (Đà Nẵng)"))
    assert "such as round-2-da-nang" in problem


def test_a_file_of_fifty_megabytes_is_refused_at_once(ledger):
    path = write(ledger, "")
    with path.open("wb") as huge:
        huge.truncate(50_000_000)
    found: list = []
    started = time.perf_counter()
    entry_files.read(path, found)
    assert time.perf_counter() - started < 0.5
    assert "has 50 MB; an entry file may have 10" in str(found[0].refusal)


def test_a_file_that_is_not_there_is_a_problem(ledger):
    found: list = []
    entry_files.read(ledger.path.with_name("gone.yaml"), found)
    assert "gone.yaml cannot be read: No such file" in str(found[0].refusal)


def test_a_byte_order_mark_and_several_documents_are_read(ledger):
    second = source("ustr") + ROUND.replace("round-2", "round-1")
    ledger.import_files([write(ledger, "\ufeff" + HEAD + ROUND + "---\n" + second)])
    assert columns([one.meeting for one in ledger.views().meetings()], "slug") == ["round-1", "round-2"]


def test_a_text_outside_the_folder_is_refused(ledger):
    outside = ledger.path.parent.parent / "outside.txt"
    outside.write_text(TEXT)
    (ledger.path.parent / "link.txt").symlink_to(outside)
    for named in ("../outside.txt", str(outside), "link.txt"):
        (problem,) = problems(ledger, source(text=named) + ROUND)
        assert "it lies outside the entry file's folder" in problem


def test_a_text_that_is_no_text_is_refused(ledger):
    write(ledger, b"caf\xe9", "vna.txt")
    (problem,) = problems(ledger, source(text="vna.txt") + ROUND)
    assert problem == "news.yaml:6: The text vna.txt cannot be read: it is not UTF-8 text (byte 3)."


def test_a_text_too_large_to_be_one_is_refused(ledger):
    with write(ledger, "", "vna.txt").open("wb") as huge:
        huge.truncate(20_000_001)
    (problem,) = problems(ledger, source(text="vna.txt") + ROUND)
    assert "it is larger than 20 MB" in problem


def test_a_text_is_found_by_its_fingerprint_in_a_folder_of_texts(ledger, tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "other.txt").write_text("Something else.")
    (texts / "any-name.txt").write_text(TEXT)
    path = write(ledger, source(sha256=fingerprint(TEXT)) + ROUND + "    quote: said\n")
    ledger.import_files([path], texts=texts)
    assert columns(ledger.views().evidence("round-2"), "verified") == [True]


def test_jsonl_holds_several_sources_each_followed_by_its_entries(ledger):
    content = jsonl(
        start("vna"),
        {"meeting": "round-2", "kind": "round", "number": 2, "held": "2025-05-22", "place": None, "parties": ["vn"]},
        start("ustr"),
        {"follow-up": "teams", "says": "Meet.", "standing": True, "quote": "a \u202e b"},
        {"meeting": "round-2", "kind": "round", "held": "2025-05-21"},
    )
    filed = ledger.import_files([write(ledger, content, "news.jsonl")])
    filed_as = [(one.stream.slug, one.event.source) for one in filed.recorded]
    assert filed_as == [("vna", ""), ("round-2", "vna"), ("ustr", ""), ("teams", "ustr"), ("round-2", "ustr")]
    (meeting,) = ledger.views().meetings()
    assert meeting.meeting.sources == ("ustr", "vna")


def test_every_bad_line_of_jsonl_is_a_problem_of_its_own(ledger):
    lines = [
        json.dumps(start("vna")),
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
        (4, "Keys with their values are wanted here"),
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
    content = jsonl(start("vna")) + line + "\n"
    (problem,) = problems(ledger, content, name="news.jsonl")
    assert problem.startswith("news.jsonl:2: The key 'name' is given twice")


@pytest.mark.parametrize(
    "line",
    [
        '{"party": "norway", "name": "NO", "aliases": ["no", "a:b"]}',
        ' {"party" :"norway","name":\t"N\\u004f","aliases":["no","a:b"]} \r',
        '{"party": "norway", "about": null, "aliases": ["no", "a:b"], "name": "NO"}',
    ],
)
def test_a_line_says_the_same_however_it_is_written(ledger, line):
    found: list = []
    path = write(ledger, jsonl(start("vna")) + line + "\n", "news.jsonl")
    ((_, sheet),) = entry_files.read(path, found).sheets
    (entry,) = sheet.entries
    assert (found, entry.kind, entry.slug, entry.where) == ([], "party", "norway", "news.jsonl:2")
    assert entry.fields == {"name": "NO", "aliases": ["no", "a:b"]}


def test_jsonl_may_be_larger_than_a_yaml_file_may_be(ledger):
    lines = [start("vna"), *({"party": f"p{n}", "name": "x" * 900_000} for n in range(12))]
    found: list = []
    (sheet,) = entry_files.read(write(ledger, jsonl(*lines), "news.jsonl"), found).sheets
    assert found == []
    assert len(sheet[1].entries) == 12


def test_the_parties_of_a_negotiation_may_be_named_after_it_is_opened(empty_ledger):
    assert len(empty_ledger.import_files([write(empty_ledger, WHO)]).recorded) == 8
