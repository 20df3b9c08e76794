"""`parley draft` turns a report into an entry file that can be imported, or explains in one sentence why it cannot."""

import json

import pytest

from tests.cli.console import Console
from tests.ledger.capture.documents.files import page, pdf, shown, word

REPORT = (
    "Ministers Dien and Greer met in Washington on July 9. Minister Dien asked the US side to remove Viet Nam from the "
    "D1 and D3 lists. For his part, Greer rejected the request. He said that Viet Nam should open its market. "
    "The two sides agreed to exchange comments on the draft text within 14 days. The weather was fine."
)
OPTIONS = "--published 2025-07-10 --publisher Daily --title Talks"


@pytest.fixture
def reported(recorded: Console) -> Console:
    (recorded.folder / "report.txt").write_text(REPORT)
    return recorded


def test_what_is_sure_is_imported_unchanged(reported: Console) -> None:
    answer = reported.line(f"parley draft report.txt {OPTIONS} --sure --out draft.yaml")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Wrote draft.yaml: 4 suggested entries from 6 sentences.")
    imported = reported.line("parley import draft.yaml")
    assert imported.code == 0, imported.err
    assert "unverified" not in imported.out
    said = [one["says"] for one in json.loads(reported.line("parley statements --json").out)]
    assert "“Minister Dien asked the US side to remove Viet Nam from the D1 and D3 lists”" in said


def test_a_field_in_doubt_is_asked_for_by_import(reported: Console) -> None:
    reported.line(f"parley draft report.txt {OPTIONS} --out draft.yaml")
    written = (reported.folder / "draft.yaml").read_text()
    assert "act:  # asked or" in written
    refused = reported.line("parley import draft.yaml")
    assert (refused.code, "needs 'act'" in refused.err) == (1, True)
    (reported.folder / "draft.yaml").write_text(written.replace("act:  #", "act: asked  #"))
    assert reported.line("parley import draft.yaml").code == 0


def test_nothing_is_recorded_and_nothing_is_overwritten(reported: Console) -> None:
    before = (reported.folder / "ledger.db").read_bytes()
    assert reported.line("parley draft report.txt --out draft.yaml").code == 0
    again = reported.line("parley draft report.txt --out draft.yaml")
    assert (again.code, "draft.yaml" in again.err) == (1, True)
    assert (reported.folder / "ledger.db").read_bytes() == before


def test_the_draft_in_json_has_items(reported: Console) -> None:
    items = json.loads(reported.line(f"parley draft report.txt {OPTIONS} --json").out)["items"]
    assert [one["kind"] for one in items] == ["meeting", "statement", "statement", "statement", "follow-up"]
    assert all(REPORT[one["start"] : one["end"]] == one["quote"] for one in items)
    assert items[1]["by"] == ["vn/nguyen-hong-dien"]
    assert items[1]["issues"] == ["export-controls"]


@pytest.mark.parametrize(
    ("content", "extractor"),
    [(page(f"<p>{REPORT}</p>" * 2), "trafilatura"), (pdf(shown(REPORT)), "pypdf"), (word(REPORT), "python-docx")],
    ids=["web page", "PDF", "Word"],
)
def test_the_original_is_kept_with_the_source(recorded: Console, content: bytes, extractor: str) -> None:
    (recorded.folder / "report").write_bytes(content)
    assert recorded.line(f"parley draft report {OPTIONS} --sure --out draft.yaml").code == 0
    written = (recorded.folder / "draft.yaml").read_text()
    assert f"extractor: {extractor} " in written
    assert "original: report\n" in written
    assert "text: draft.txt\n" in written
    assert recorded.line("parley import draft.yaml").code == 0


def test_a_text_that_is_on_record_keeps_its_slug(reported: Console) -> None:
    reported.line(f"parley draft report.txt {OPTIONS} --sure --out draft.yaml")
    reported.line("parley import draft.yaml")
    again = reported.line(f"parley draft report.txt {OPTIONS}")
    assert "already in the record as daily-2025-07-10" in again.err
    assert "slug: daily-2025-07-10\n" in again.out
    assert "already recorded" in again.out


def test_without_a_day_no_phrase_of_time_is_read(reported: Console) -> None:
    answer = reported.line("parley draft report.txt --published unknown")
    assert "published: # not found" in answer.out
    assert "held: unknown" in answer.out


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("parley draft", "Name one report"),
        ("parley draft report.txt --fetch https://example.org/", "Name one report"),
        ("parley draft nothing.txt", "nothing.txt cannot be read"),
        ("parley draft .", "cannot be read"),
        ("parley draft report.txt --published 2025", "is not one day"),
        ("parley draft report.txt --published smarch", "smarch"),
        ("parley draft --fetch ftp://example.org/a", "was not fetched"),
        ("parley draft damaged.pdf", "damaged"),
        ("parley draft empty.txt", "has no text"),
    ],
)
def test_what_cannot_be_drafted_is_refused_in_a_sentence(reported: Console, line: str, sentence: str) -> None:
    (reported.folder / "damaged.pdf").write_bytes(b"%PDF-1.4 nothing")
    (reported.folder / "empty.txt").write_bytes(b"")
    answer = reported.line(line)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("parley: ") and sentence in answer.err
    assert answer.err.count("\n") == 1


def test_marks_that_reorder_text_are_escaped_in_what_is_printed(recorded: Console) -> None:
    (recorded.folder / "report.txt").write_text("Greer rejected the \u202erequest\u202c today. The \u202esea is cold.")
    assert "\u202e" not in recorded.line("parley draft report.txt").out


def test_few_characters_are_typed_for_a_report(reported: Console) -> None:
    """A keeper types two commands, and one word for each doubtful field, which is little even for a short report."""
    line = f"parley draft report.txt {OPTIONS} --out draft.yaml"
    reported.line(line)
    doubtful = (reported.folder / "draft.yaml").read_text().count(":  # ")
    assert len(line) + len("parley import draft.yaml") + doubtful * len(" criticised") < 0.6 * len(REPORT)


def test_on_an_empty_ledger_the_negotiation_and_its_parties_are_proposed(console: Console) -> None:
    console.line("parley init")
    (console.folder / "report.txt").write_text(
        "Norway and Canada met in Oslo on July 9. Canada asked Norway for data. Norwegian Minister Kari Holm said no."
    )
    answer = console.line("parley draft report.txt --published 2025-07-10 --title Talks --negotiation cod --out d.yaml")
    assert (answer.code, answer.err) == (0, "")
    imported = console.line("parley import d.yaml")
    assert imported.code == 0, imported.err
    assert "1 negotiation" in imported.out and "2 parties" in imported.out
    again = console.line("parley draft report.txt --negotiation cord")
    assert (again.code, "cord" in again.err) == (1, True)


def test_a_quotation_that_speaks_for_itself_is_shown_once(reported: Console) -> None:
    reported.line(f"parley draft report.txt {OPTIONS} --sure --out draft.yaml")
    reported.line("parley import draft.yaml")
    words = "asked the US side to remove"
    latest = json.loads(reported.line("parley positions --as-of 2025-07-09 --json").out)
    assert any(words in one["quote"] for one in latest)
    shown = reported.line("parley positions --as-of 2025-07-09 --by vn").out
    assert shown.count("“Minister Dien asked") == 1
    assert "Nguyen Hong Dien asked" not in reported.line("parley log").out


def test_a_draft_into_a_record_without_the_parties_says_what_to_do_first(console: Console) -> None:
    (console.folder / "report.txt").write_text("Lormark rejected the text. Vessia said that it would not sign it.")
    assert console.line("parley init").code == 0
    empty = console.line("parley draft report.txt")
    assert empty.code == 0
    assert "`parley append negotiation SLUG --title TITLE --parties A,B`" in empty.err
    assert "#   Lormark rejected the text." in empty.out
    assert "Lormark, Vessia" in empty.out
    console.line("parley append negotiation talks --title Talks")
    assert "`parley append party SLUG --name NAME`" in console.line("parley draft report.txt").err
    console.line("parley append party lormark --name Lormark")
    console.line("parley append party vessia --name Vessia")
    named = console.line("parley draft report.txt")
    assert (named.err, "statement: lormark" in named.out) == ("", True)
