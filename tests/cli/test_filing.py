"""Appending at a terminal: missing and wrong values are asked for."""

import json

import pytest

from tests.cli.console import Console


def test_what_is_missing_is_asked_for(recorded: Console) -> None:
    typed = ["us/greer", "vn", "refused", "tariffs", "No change now.", "2025-06-04", "", "Heard at the stand.", ""]
    answer = recorded.parley("append", "statement", typed=typed)
    assert answer.code == 0
    assert "act (one of asked, proposed" in answer.out
    told = "statement no-change-now: Jamieson Greer (us) refused Viet Nam: No change now."
    assert told in " ".join(answer.out.split())


def test_what_is_wrong_is_asked_for_again_and_the_rest_is_kept(recorded: Console) -> None:
    typed = ["us/greer", "vn", "refusd", "tarifs", "No.", "4 June 2025", "", "Heard at the stand.", "greer-says-no"]
    answer = recorded.parley("append", "statement", typed=[*typed, "refused", "tariffs"])
    assert answer.code == 0
    assert "'refusd' is not a known act. Did you mean refused?" in answer.err
    shown = json.loads(recorded.parley("statements", "--act", "refused", "--json").out)
    assert [(one["slug"], one["issues"], one["on"]["edtf"]) for one in shown] == [
        ("greer-says-no", ["tariffs"], "2025-06-04")
    ]


def test_a_source_that_is_named_needs_its_words(recorded: Console) -> None:
    typed = ["vna-2025-05-22", "step up technical", "all-is-well"]
    answer = recorded.parley(
        "append", "statement", "--by", "us", "--act", "stated", "--says", "All is well.", typed=typed
    )
    assert answer.code == 0
    assert "quote (the exact words of the source that prove it)" in answer.out
    assert "“step up technical”" in recorded.parley("show", "all-is-well").out


def test_without_a_terminal_nothing_is_asked_and_nothing_written(recorded: Console) -> None:
    answer = recorded.parley("append", "statement", "x", "--by", "us")
    assert (answer.code, answer.out) == (1, "")
    assert "needs 'act'" in answer.err
    assert "needs 'says'" in answer.err
    assert recorded.parley("log", "--csv").out.count("\n") == 173


def test_the_same_thing_filed_twice_is_recorded_once(recorded: Console) -> None:
    line = 'parley append statement s1 --by us --act stated --says "All is well." --note "Heard by phone."'
    assert recorded.line(line).code == 0
    assert recorded.line(line).out == "Already in the record: nothing to do.\n"


OF_ALL = """
negotiation: vn-us-trade
source: {slug: desk-note, kind: note, title: A note, published: 2025-06-01}
at: round-2
on: 2025-05-20
entries:
  - {statement: first, by: us, act: stated, quote: No change.}
  - {statement: second, by: us, act: stated, says: Later., on: 2025-05-21}
  - {statement: third, by: us, act: stated, says: Some day., on: unknown}
"""


def test_what_the_header_says_of_all_entries_holds_where_an_entry_says_nothing(recorded: Console) -> None:
    (recorded.folder / "note.yaml").write_text(OF_ALL)
    answer = recorded.line("parley import note.yaml")
    assert answer.code == 0, answer.err
    said = {one["slug"]: one for one in json.loads(recorded.line("parley statements --json").out)}
    assert [said[slug]["on"]["edtf"] for slug in ("first", "second", "third")] == [
        "2025-05-20",
        "2025-05-21",
        "[2025-05-19..2025-05-22]",
    ]
    assert {said[slug]["at"] for slug in ("first", "second", "third")} == {"round-2"}
    assert said["first"]["says"] == "“No change.”"


def test_an_entry_without_says_and_without_a_quote_is_refused(recorded: Console) -> None:
    (recorded.folder / "note.yaml").write_text(OF_ALL.replace(", quote: No change.", ""))
    answer = recorded.line("parley import note.yaml")
    assert (answer.code, "needs 'says'" in answer.err) == (1, True)


def test_an_import_counts_what_it_names(console: Console) -> None:
    console.line("parley init")
    (console.folder / "talks.yaml").write_text(
        "negotiation: talks\ntitle: Talks\nparties: [vn, us]\nentries:\n"
        "  - {party: vn, name: Viet Nam}\n  - {party: us, name: United States}\n"
        "  - {person: dien, name: Dien, party: vn}\n  - {appointment: dien, post: Minister, party: vn}\n"
    )
    (console.folder / "paper.yaml").write_text(
        "negotiation: talks\nsource: {slug: paper, title: A paper, published: 2025-05-01}\nentries:\n"
        "  - {announcement: round-1, kind: round, number: 1, expected: June 2025, by: vn}\n"
        "  - {announcement: round-1, kind: round, number: 1, expected: July 2025, by: us}\n"
    )
    console.columns = 1000
    assert console.line("parley import talks.yaml paper.yaml").out == (
        "Recorded 8 events in talks: 1 negotiation, 2 parties, 1 person, 1 person with a post, 1 source, "
        "1 expected meeting (2 reports).\n"
    )


def test_again_uses_the_source_of_the_last_entry(recorded: Console) -> None:
    said = ("--act", "stated", "--says", "All is well.", "--quote", "step up technical")
    refused = recorded.parley("append", "statement", "a", "--by", "us", *said, "--again", "--source", "vna-2025-05-22")
    assert (refused.code, "--again stands in place of" in refused.err) == (2, True)
    recorded.parley("append", "statement", "a", "--by", "greer", *said, "--source", "vna-2025-05-22")
    again = recorded.parley("append", "statement", "b", "--by", "us", "--to", "other", *said, "--again")
    assert again.code == 0, again.err
    shown = {one["slug"]: one for one in json.loads(recorded.parley("statements", "--json").out)}
    assert shown["b"]["sources"] == shown["a"]["sources"] == ["vna-2025-05-22"]
    assert (shown["a"]["by"], shown["b"]["to"]) == (["us/jamieson-greer"], ["vn"])


def test_again_without_an_entry_from_a_source_is_refused(console: Console) -> None:
    console.parley("init")
    console.parley("append", "negotiation", "talks", "--title", "Talks")
    answer = console.parley("append", "statement", "b", "--by", "us", "--act", "stated", "--again")
    assert (answer.code, answer.out) == (1, "")
    assert "Name the source with --source" in answer.err


TOLD_IN_PUBLIC = (
    "negotiation: talks\ntitle: Talks\nparties: [us, vn]\nentries:\n  - {party: us, name: United States}\n"
    "  - {party: vn, name: Viet Nam}\n  - {issue: levy, title: Levy}\n---\n"
    + ("negotiation: talks\nsource: {slug: paper, title: Paper, published: 2026-06-01, text: paper.txt}\nentries:\n")
)
SECRET = (
    "  - {statement: offers, by: us, to: vn, act: proposed, issues: levy, on: 2026-05-02,"
    " quote: halve the levy, level: confidential}\n"
)


@pytest.mark.parametrize("dry_run", ["", " --dry-run"])
def test_quoted_words_that_a_source_at_a_lower_level_shows_are_named_at_filing(console: Console, dry_run: str) -> None:
    warning = "The words quoted in offers (confidential) can be read in the text of paper (public)."
    console.line("parley init")
    (console.folder / "paper.txt").write_text("They offered to halve the levy, and no more.")
    (console.folder / "talks.yaml").write_text(TOLD_IN_PUBLIC + SECRET)
    assert warning in " ".join(console.line(f"parley import talks.yaml{dry_run}").out.split())
    console.line("parley import talks.yaml")
    said = "parley append statement {} --by us --act stated --issues levy --source paper --quote 'no more' {}"
    answer = console.line(said.format("adds", "--level internal") + dry_run).out
    assert "The words quoted in adds (internal) can be read in the text of paper (public)." in " ".join(answer.split())
    assert answer.count("can be read") == 1
    opened = console.line(said.format("open", ""))
    assert (opened.code, "can be read" in opened.out) == (0, False)
    raised = console.line(f"parley level open confidential --reason Asked.{dry_run}").out
    assert warning.replace("offers", "open") in " ".join(raised.split())


def test_quoted_words_are_named_if_the_entry_is_above_its_source_by_what_it_names_or_gets_its_text_later(
    console: Console,
) -> None:
    console.line("parley init")
    (console.folder / "paper.txt").write_text("They offered to halve the levy, and no more.")
    later = TOLD_IN_PUBLIC.replace(", text: paper.txt", "").replace("title: Levy", "title: Levy, level: confidential")
    (console.folder / "talks.yaml").write_text(later + SECRET.replace(", level: confidential", ""))
    filed = console.line("parley import talks.yaml")
    assert (filed.code, "can be read" in filed.out) == (0, False)  # nothing shows the text
    answer = console.line("parley append source paper --text paper.txt").out
    assert "The words quoted in offers (confidential) can be read in the text of paper (public)." in " ".join(
        answer.split()
    )
    said = "parley append statement adds --by us --act stated --issues levy --source paper --quote 'no more'"
    assert "quoted in adds (confidential)" in " ".join(console.line(said).out.split())


def test_words_quoted_from_a_source_of_their_level_are_not_named(console: Console) -> None:
    console.line("parley init")
    (console.folder / "paper.txt").write_text("They offered to halve the levy, and no more.")
    cable = TOLD_IN_PUBLIC.replace("text: paper.txt", "text: paper.txt, level: confidential")
    (console.folder / "talks.yaml").write_text(cable + SECRET)
    filed = console.line("parley import talks.yaml")
    assert (filed.code, "can be read" in filed.out) == (0, False)
    noted = "parley append statement thinks --by us --act stated --issues levy --note 'No more.' --level confidential"
    filed = console.line(noted)
    assert (filed.code, "can be read" in filed.out) == (0, False)
