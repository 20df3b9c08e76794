"""Who speaks in a transcript or in notes, by the label before the words."""

import pytest

from ledger.capture.layout.labels import label, without_mark
from ledger.capture.reading.mentions import Finder
from ledger.capture.reading.sentences import Sentence
from tests.ledger.capture.reports import NAMES, PUBLISHED, field, suggested


def sentence(text: str) -> Sentence:
    return Sentence(0, 0, len(text), 0, text)


@pytest.mark.parametrize(
    ("text", "voices"),
    [
        ("MINISTER INGRID DAHL: We reject this.", ["no/ingrid-dahl"]),
        ("Ingrid Dahl: We reject this.", ["no/ingrid-dahl"]),
        ("- Canada: voluntary only.", ["ca"]),
    ],
)
def test_a_label_names_the_speaker(text: str, voices: list[str]) -> None:
    found = label(sentence(text), Finder(NAMES))
    assert found is not None
    assert [voice for one in found.named for voice in one.voices] == voices
    assert without_mark(sentence(text), found.length).text == text[found.length :]


@pytest.mark.parametrize("text", ["What Norway wants: more cod.", "Next steps: a text.", "Norway said: no."])
def test_words_before_a_colon_are_no_label(text: str) -> None:
    assert label(sentence(text), Finder(NAMES)) is None


def test_the_mark_of_a_list_is_left_out() -> None:
    found = without_mark(sentence("- Norway asked for data."))
    assert (found.text, found.start) == ("Norway asked for data.", 2)


def test_a_transcript_puts_we_in_the_mouth_of_its_speaker_and_leaves_out_questions() -> None:
    text = (
        "QUESTION: Has Norway rejected the text?\nMINISTER INGRID DAHL: We reject the text. I call on Canada to wait."
    )
    made = suggested(text, "statement")
    assert [(one.fields["by"], one.fields["act"]) for one in made] == [
        (["no/ingrid-dahl"], "refused"),
        (["no/ingrid-dahl"], "asked"),
    ]
    assert {field(one, "on") for one in made} == {PUBLISHED.isoformat()}


def test_notes_leave_the_subject_out() -> None:
    made = suggested(
        "- Canada rejects the draft. Asked Norway for more time.\n- Norway: Will not accept a levy.", "statement"
    )
    assert [(one.fields["by"], one.fields["act"]) for one in made] == [
        (["ca"], "refused"), (["ca"], "asked"), (["no"], "refused"),
    ]  # fmt: skip


def test_a_participle_at_the_beginning_is_no_note() -> None:
    made = suggested("Canada left. Asked about cod, Norway rejected the text.", "statement")
    assert [one.fields["by"] for one in made] == [["no"]]
