"""The items of a list that a sentence opens with a colon."""

from tests.ledger.capture.reports import field, suggested


def test_the_items_of_what_both_sides_agreed_to_are_follow_ups() -> None:
    agreed = "Both sides agreed to:\n"
    text = agreed + "(a) exchange lists of vessels by 30 April;\n(b) set up a panel on cod;\n(c) publish all."
    made = suggested(text, "follow-up")
    assert [(one.quote, one.fields["owners"]) for one in made] == [
        ("exchange lists of vessels by 30 April", ["no", "ca"]),
        ("set up a panel on cod", ["no", "ca"]),
        ("publish all", ["no", "ca"]),
    ]
    assert field(made[0], "due") == "[..2024-04-30]"
    assert len(suggested(text)) == 3


def test_the_items_of_what_one_side_asked_for_are_its_statements() -> None:
    text = "Norway called for the following:\n- an end to the ban on seal products;\n- a higher quota for cod."
    assert [(one.fields["by"], one.fields["act"], one.fields["issues"]) for one in suggested(text, "statement")] == [
        (["no"], "asked", ["seals"]),
        (["no"], "asked", ["cod"]),
    ]


def test_a_sentence_after_the_list_is_no_item() -> None:
    text = "Both sides agreed to:\n(a) exchange lists of vessels.\nThe weather in Oslo was good that day."
    assert len(suggested(text)) == 1


def test_a_colon_before_anything_else_opens_no_list() -> None:
    assert suggested("The agenda had two points:\n(a) exchange of lists;\n(b) cod.") == []


def test_the_and_before_the_last_item_is_not_quoted() -> None:
    text = "Both sides agreed to:\n\n- exchange lists of vessels; and\n\n- share data on cod."
    assert [one.quote for one in suggested(text, "follow-up")] == ["exchange lists of vessels", "share data on cod"]
