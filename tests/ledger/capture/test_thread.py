"""The thread of a report: the day, meeting, addressee and issues that a sentence takes from those before it."""

from tests.ledger.capture.reports import field, only, suggested


def test_a_day_holds_for_its_paragraph_and_no_longer() -> None:
    text = "On March 12, Norway rejected the text. It asked for more time.\nCanada welcomed the visit."
    assert [field(one, "on") for one in suggested(text, "statement")] == ["2024-03-12", "2024-03-12", ""]


def test_what_only_points_back_is_about_the_issues_before() -> None:
    text = "Norway raised the cod quota with Canada and asked it to lower the figure. It rejected the proposal."
    assert suggested(text, "statement")[-1].fields["issues"] == ["cod"]


def test_an_issue_is_found_by_the_words_of_its_title() -> None:
    one = only("Norway asked for access for its fishing boats to all northern grounds.", "statement")
    assert one.fields["issues"] == ["access"]
    assert only("Norway asked for access to the archive.", "statement").fields["issues"] == []


def test_an_issue_is_not_found_inside_another_word() -> None:
    assert only("Norway asked for a codicil.", "statement").fields["issues"] == [
        "cod"
    ]  # the phrase may be the beginning of a longer word
    assert only("Norway asked for an encoding.", "statement").fields["issues"] == []


def test_the_addressee_is_the_object_of_the_verb() -> None:
    assert only("Norway urged Canada to yield.", "statement").fields["to"] == ["ca"]
    assert only("Norway rejected the text.", "statement").fields["to"] == []
