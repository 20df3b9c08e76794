"""`parley text`: a draft text with its brackets, and what two versions differ in."""

import json

import pytest

from tests.cli.console import Console

TABLED = (
    "append", "text", "agreement", "--version", "1", "--title", "The agreement", "--by", "us", "--on", "2025-05-22",
    "--provisions", "Article 5 – Access", "--provisions", "1. The Parties [shall](us) [should](vn) cooperate.",
    "--provisions", "2. Each Party pays.", "--note", "Read out at the session.",
)  # fmt: skip
AGREED = (
    "append", "wording", "agreement", "--provision", "5.1", "--status", "agreed", "--words", "shall", "--instead-of",
    "should", "--by", "us", "--on", "2025-05-23", "--note", "Told by phone.",
)  # fmt: skip


@pytest.fixture
def tabled(recorded: Console) -> Console:
    assert recorded.parley(*TABLED).code == 0
    assert recorded.parley(*AGREED).code == 0
    return recorded


def test_the_text_has_its_brackets_with_the_names_of_those_who_propose(tabled: Console) -> None:
    tabled.columns = 80
    out = tabled.parley("text", "--as-of", "2025-05-22").out
    assert "The agreement, version 1" in out
    assert "Article 5: Access" in out
    assert "5.1  The Parties [shall](United States) [should](Viet Nam) cooperate." in out
    assert "in brackets since 22 May 2025" in out
    assert all(len(line) <= 80 for line in out.splitlines())


def test_a_later_day_has_what_was_agreed_by_then(tabled: Console) -> None:
    [found] = json.loads(tabled.parley("text", "5.1", "--json").out)
    assert [(one["number"], one["words"], one["status"]) for one in found["provisions"]] == [
        ("5.1", "The Parties shall cooperate.", "clean")
    ]


def test_two_days_are_compared(tabled: Console) -> None:
    out = tabled.parley("text", "--diff", "2025-05-22", "2025-05-23").out
    assert "5.1  worded: The Parties {-[shall](United States) [should](Viet Nam)-} {+shall+} cooperate." in out
    assert tabled.parley("text", "--diff", "1", "1").out == "No provision differs.\n"


def test_rows_in_csv_are_provisions(tabled: Console) -> None:
    assert [row["number"] for row in tabled.parley("text", "--csv").rows] == ["5.1", "5.2"]


def test_show_counts_the_provisions_in_words(tabled: Console) -> None:
    out = " ".join(tabled.parley("show", "agreement", "--as-of", "2025-05-22").out.split())
    assert "provisions 2 in brackets 1" in out


def test_an_agreement_on_a_whole_provision_says_so(tabled: Console) -> None:
    whole = ("append", "wording", "agreement", "--provision", "5.1", "--status", "agreed", "--by", "us", "--words")
    out = tabled.parley(*whole, "We share.", "--on", "2025-05-24", "--note", "Told.").out
    assert "agreed on the whole of 5.1: “We share.”" in " ".join(out.split())


def test_agreed_words_in_place_of_what_is_not_there_say_so(tabled: Console) -> None:
    agreed = ("append", "wording", "agreement", "--provision", "5.2", "--status", "agreed", "--words", "Every")
    answer = tabled.parley(*agreed, "--instead-of", "No", "--on", "2025-05-24", "--note", "Told.")
    told = "does not have “No”"
    assert f"5.2 (agreement) {told}, so nothing in it was replaced." in " ".join(answer.out.split())
    assert f"it {told}, which agreed words were to replace" in " ".join(tabled.parley("text").out.split())
    again = tabled.parley(*agreed, "--instead-of", "Each", "--on", "2025-05-25", "--note", "Told again.")
    assert "Every Party pays." in tabled.parley("text").out and again.code == 0


def test_an_import_says_which_agreed_words_are_a_whole_provision(tabled: Console) -> None:
    entries = {"wording": "agreement", "provision": "5.1", "status": "agreed", "words": "shall", "on": "2025-05-24"}
    whole = {"negotiation": "vn-us-trade", "source": {"slug": "s", "title": "S"}, "entries": [entries]}
    (tabled.folder / "whole.yaml").write_text(json.dumps(whole), encoding="utf-8")
    out = " ".join(tabled.parley("import", "whole.yaml").out.split())
    assert "Agreed as the whole of 5.1 (agreement): “shall”. For only a part, give the words that it replaces" in out


def test_a_broken_bracket_is_refused_with_its_place_and_nothing_is_written(recorded: Console) -> None:
    broken = [one.replace("[shall](us)", "[shall") for one in TABLED]
    answer = recorded.parley(*broken)
    assert answer.code == 1
    assert "Article 5, paragraph 1: the bracket before “shall [should](vn) cooperate.” never closes." in answer.err
    assert recorded.parley("text").out == "No draft text is on record.\n"


def test_a_deleted_and_a_contested_provision_say_so(tabled: Console) -> None:
    worded = ("append", "wording", "agreement", "--on", "2025-05-24")
    agreed = (*worded, "--provision", "5.2", "--status", "agreed", "--words")
    assert tabled.parley(*agreed, "Each Party pays.", "--note", "One said so.").code == 0
    assert tabled.parley(*agreed, "No Party pays.", "--note", "Another said so.").code == 0
    assert tabled.parley(*worded, "--provision", "5.1", "--status", "deleted", "--note", "Gone.").code == 0
    out = tabled.parley("text").out
    assert "(deleted)" in out
    assert "CONTESTED: other reports call agreed “" in out


def test_a_word_file_goes_out_with_the_brackets_and_comes_in_again(tabled: Console) -> None:
    assert tabled.parley("text", "--as-of", "2025-05-22", "--out", "text.docx").out == "Wrote text.docx.\n"
    version = ("append", "text", "agreement", "--version", "2", "--on", "2025-05-26", "--note", "Handed out.")
    answer = tabled.parley(*version, "--file", "text.docx")
    assert "Tabled version 2, 2 provisions" in answer.out
    assert "[shall](United States) [should](Viet Nam) cooperate." in tabled.parley("text", "5.1").out
    again = tabled.parley("text", "--out", "text.docx")
    assert (again.code, "already" in again.err) == (1, True)


def test_a_word_file_with_a_broken_bracket_is_refused_with_its_place(recorded: Console) -> None:
    import docx

    document = docx.Document()
    for line in ("Article 5", "1. We go.", "2. We [stay."):
        document.add_paragraph(line)
    document.save(str(recorded.folder / "broken.docx"))
    answer = recorded.parley("append", "text", "t", "--version", "1", "--note", "Given.", "--file", "broken.docx")
    assert answer.code == 1
    assert "Article 5, paragraph 2: the bracket before “stay.” never closes." in answer.err
