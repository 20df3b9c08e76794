"""Follow-ups are what both sides agreed to do; what one side says that it will do is a promise."""

from tests.ledger.capture.reports import field, only, suggested, told

JOINT = "Joint statement by Norway and Canada"


def test_what_both_agreed_to_do_has_owners_and_a_day() -> None:
    one = only("The two sides agreed to exchange drafts on cod by April 2.", "follow-up")
    assert (one.fields["owners"], field(one, "due"), one.fields["issues"]) == (["no", "ca"], "[..2024-04-02]", ["cod"])
    assert not one.fields["standing"]


def test_what_is_to_be_kept_up_is_standing() -> None:
    assert only("Both sides agreed to continue close cooperation on cod.", "follow-up").fields["standing"]


def test_two_things_agreed_are_two_entries() -> None:
    found = suggested("Both sides agreed to exchange drafts on cod, and to publish all catch data.", "follow-up")
    assert [one.quote for one in found] == [
        "Both sides agreed to exchange drafts on cod",
        "to publish all catch data",
    ]


def test_in_a_joint_text_what_one_will_do_is_a_follow_up() -> None:
    text = "Norway will publish its catch data."
    assert [one.fields["owners"] for one in suggested(text, "follow-up", title=JOINT)] == [["no"]]
    assert suggested(text, "follow-up") == []


def test_what_one_side_promised_is_a_statement() -> None:
    text = "Norway agreed to exchange drafts on cod."
    assert (suggested(text, "follow-up"), told(text)) == ([], [("no", "promised")])


def test_what_both_only_agree_on_is_no_follow_up() -> None:
    text = "Both sides agreed that cod stocks are low."
    assert (suggested(text, "follow-up"), told(text)) == ([], [("no ca", "stated")])


def test_what_might_be_done_is_nothing() -> None:
    assert suggested("The two sides may agree to exchange drafts.") == []
