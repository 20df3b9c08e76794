"""Entry files: YAML for people, JSONL for programs; every problem with its file and line."""

import json

import pytest

from ledger.domain.quotations import fingerprint
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


def test_a_source_of_record_is_named_by_its_slug_alone(ledger):
    ledger.import_files([write(ledger, HEAD + ROUND)])
    named = HEAD.replace("{slug: vna, title: News, published: 2025-05-22}", "vna")
    ledger.import_files([write(ledger, named + ROUND.replace("round-2", "round-3"))])
    assert [one.meeting.sources for one in ledger.views().meetings()] == [("vna",), ("vna",)]


def test_the_header_says_for_all_entries_whom_they_were_said_to_and_who_took_part(ledger):
    said = "  - statement: no-change\n    by: us\n    act: refused\n    says: No change.\n"
    head = HEAD.replace("entries:", "to: other\nparties: all\nentries:")
    ledger.import_files([write(ledger, head + ROUND + said)])
    assert [one.meeting.parties for one in ledger.views().meetings()] == [("vn", "us")]
    assert [one.to for one in ledger.views().statements()] == [("vn",)]


REFUSED = [
    ("a merge key", HEAD + "  - meeting: round-2\n    <<: {kind: round}\n", "has no field '<<'"),
    ("an escaped control character", HEAD + '  - party: x\n    name: "a\\eb"\n', "news.yaml:5: The text contains the"),
    ("a bidi override", HEAD + "  - party: x\n    name: a\u202eb\n", "yaml:5: The text contains the character U+20"),
    ("a list at the top", "- meeting: round-2\n", "news.yaml:1: This is not an entry file: it must begin with"),
    ("no negotiation", "source: x\n", "news.yaml:1: This is not an entry file: it must begin with"),
    ("an unknown negotiation", HEAD.replace("trade", "trad"), "'vn-us-trad' is not open in this ledger."),
    ("a negotiation no slug", HEAD.replace("-", "/", 1), "news.yaml:1: 'vn/us-trade' cannot be a slug"),
    ("a negotiation that is a list", HEAD.replace(NEGOTIATION, "[a, b]"), "news.yaml:1:"),
    ("an unknown head", HEAD.replace("entries", "entrys"), "news.yaml:3: An entry file has no field 'entrys'. Did you"),
    ("entries that are a word", HEAD.rstrip() + " none\n", "news.yaml:3: Give one value or a list of values here"),
    ("an entry that is a word", HEAD + "  - round-2\n", "An entry must consist of keys and their values, beginning"),
    ("an unknown kind", HEAD + "  - meting: round-2\n", "There is no kind of entry 'meting'. The first key"),
    ("a slug that is a list", HEAD + "  - meeting: [round-2]\n", "not a list or other keys in place of the slug"),
    ("a slug that is none", HEAD + ROUND.replace("round-2", "Round 2"), "news.yaml:4: 'Round 2' cannot be a slug"),
    ("a source that is a word", "negotiation: vn-us-trade\nsource: vna\n", "yaml:1: There is no source 'vna'"),
    ("a source without slug", "negotiation: vn-us-trade\nsource: {title: x}\n", "The source needs 'slug'"),
    ("a source without title", "negotiation: vn-us-trade\nsource: {slug: x}\n", "The source needs 'title': its title."),
    ("a wrong type", HEAD + ROUND + "    place: [Geneva]\n", "news.yaml:7: Give one value here, not a list."),
    ("a text that is a list", source(text="[a]"), "news.yaml:6: Give one value here, not a list"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "said"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_read_is_refused_with_its_place(ledger, content, said):
    assert any(said in problem for problem in problems(ledger, content)), problems(ledger, content)


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


def test_the_parties_of_a_negotiation_may_be_named_after_it_is_opened(empty_ledger):
    assert len(empty_ledger.import_files([write(empty_ledger, WHO)]).recorded) == 8


def test_a_notice_beside_the_title_opens_the_negotiation_with_it_and_a_correction_changes_it(ledger):
    opened = "negotiation: herring\ntitle: Herring talks\nnotice: All of it is invented.\nentries: []\n"
    ledger.import_files([write(ledger, opened, "herring.yaml")])
    assert ledger.views(negotiation="herring").state().notice == "All of it is invented."
    assert ledger.views(negotiation=NEGOTIATION).state().notice == ""
    ledger.correct("herring", {"notice": "Invented."}, "Shorter.", negotiation="herring")
    assert ledger.views(negotiation="herring").state().notice == "Invented."


def test_a_notice_needs_a_title(ledger):
    [refused] = problems(ledger, "negotiation: herring\nnotice: All of it is invented.\nentries: []\n")
    assert "title" in refused
