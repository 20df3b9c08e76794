"""A draft as an entry file: certain fields are filled in, doubtful ones are left empty, unused sentences are listed."""

from pathlib import Path

import pytest

from ledger.capture.entry_file import SourceDrafted, entry_file, scalar
from ledger.filing import entry_files
from tests.ledger.capture.reports import drafted

TEXT = (
    "Canadian Fisheries Minister Anne Roy and Minister Dahl met in Oslo on March 12. Roy rejected the cod quota. "
    "Dahl said that Canada should yield: “no” was no answer. The sea is cold."
)
SOURCE = SourceDrafted("daily-2024-03-15", "Talks: a # report", publisher="Daily")


def written(text: str = TEXT, taken: tuple[str, ...] = ()) -> str:
    return entry_file(SOURCE, drafted(text), "cod-talks", taken)


def read(text: str, folder: Path) -> entry_files.EntryFile:
    path = folder / "draft.yaml"
    path.write_text(text, encoding="utf-8")
    return entry_files.read(path)


def test_the_file_is_an_entry_file(tmp_path: Path) -> None:
    found = read(written(), tmp_path)
    assert found.problems == []
    ((negotiation, sheet),) = found.sheets
    assert negotiation == "cod-talks"
    assert sheet.source is not None and sheet.source.fields["title"] == "Talks: a # report"
    assert [one.kind for one in sheet.entries] == ["person", "appointment", "meeting", "statement", "statement"]


def test_a_doubtful_field_is_empty_with_its_alternatives() -> None:
    assert "    act:  # asked or stated or proposed or promised?" in written()
    assert "# Doubtful fields (in 1 of 3 entries) are left empty" in written()


def test_sentences_that_no_entry_quotes_are_listed() -> None:
    assert written().endswith("# Sentences that no entry quotes:\n#   The sea is cold.\n")


def test_slugs_that_are_taken_are_not_given_again() -> None:
    slug = "roy-refused-cod"
    assert f"statement: {slug}\n" in written()
    assert f"statement: {slug}-2\n" in written(taken=(slug,))


def test_a_meeting_of_record_is_asked_about() -> None:
    text = written("Norway and Canada held the third round of talks in Oslo.")
    assert "meeting: round-3  # already recorded as round-3?" in text


@pytest.mark.parametrize(
    "words", ["plain words", "a: b", "a #b", "- a", "“quoted”", '"', "\u202eab", "no", "", "a\\b", "[x]", "ends:"]
)
def test_a_value_is_read_as_it_was_written(words: str, tmp_path: Path) -> None:
    text = f"negotiation: n\nsource:\n  slug: s\n  title: {scalar(words)}\n"
    ((_, sheet),) = read(text, tmp_path).sheets
    assert sheet.source is not None and sheet.source.fields.get("title", "") == words


def test_a_meeting_called_off_is_announced_first_where_nothing_did(tmp_path: Path) -> None:
    text = written("Canada called off the sixth round of talks.")
    ((_, sheet),) = read(text, tmp_path).sheets
    assert [(one.kind, one.slug) for one in sheet.entries] == [("announcement", "round-6"), ("called-off", "round-6")]
    told = written("The sixth round of talks is expected in May. Canada called off the sixth round of talks.")
    assert told.count("announcement: round-6") == 1


def test_a_promise_with_a_date_offers_a_follow_up(tmp_path: Path) -> None:
    text = written("Dahl promised to send data within two weeks.")
    assert [one.kind for one in read(text, tmp_path).sheets[0][1].entries] == ["statement"]
    taken_up = text.replace("  # - follow-up", "  - follow-up").replace("  #   ", "    ")
    found = read(taken_up, tmp_path).sheets[0][1].entries[-1]
    assert (found.kind, found.fields["due"]) == ("follow-up", "within two weeks")


def test_a_speaker_in_doubt_is_left_out_with_the_alternatives() -> None:
    text = written(
        "Anne Roy of Canada met Minister Dahl. Minister Tremblay rejected it. He said Norway would not yield."
    )
    assert "    by:  # no/ingrid-dahl or ca/paul-tremblay?\n" in text


def test_a_speaker_whom_the_report_does_not_name_is_in_doubt() -> None:
    text = written("A senior official said the text was too long. Dahl rejected the text.")
    assert "    by:  # A senior official, unnamed?\n" in text
    assert "(in 1 of 2 entries)" in text


def test_slugs_are_short() -> None:
    text = written("Dahl asked the Canadian delegation to reconsider misunderstood interdepartmental recommendations.")
    slug = text.partition("statement: ")[2].partition("\n")[0]
    assert slug == "dahl-asked-canadian-delegation"


def test_a_second_entry_for_the_same_words_is_a_comment_that_becomes_an_entry(tmp_path: Path) -> None:
    text = (
        "Tremblay said that Norway had rejected the cod quota. Dahl promised to send the data by 10 April. "
        "Under article 4, which both sides agreed, “no vessel shall be boarded without notice”."
    )
    file = written(text)
    assert read(file, tmp_path).problems == []
    uncommented = "\n".join(
        line.replace("# ", "", 1) if line.startswith(("  # - ", "  #   ")) else line for line in file.splitlines()
    ).replace("- wording:", "- wording: cod-treaty")
    found = read(uncommented, tmp_path)
    assert found.problems == []
    for name in ("reported-by: ca/paul-tremblay", "as: promised", "status: agreed"):
        assert name in uncommented
