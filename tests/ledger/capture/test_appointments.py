"""Appointments: the person and the post, and sentences that appoint nobody."""

import pytest

from tests.ledger.capture.reports import drafted, field, only, suggested


@pytest.mark.parametrize(
    ("text", "person", "post"),
    [
        ("Norway named Ingrid Dahl as its chief negotiator on March 12.", "ingrid-dahl", "chief negotiator"),
        ("Ingrid Dahl was appointed fisheries minister on March 12.", "ingrid-dahl", "fisheries minister"),
    ],
)
def test_somebody_is_named_to_a_post(text: str, person: str, post: str) -> None:
    one = only(text, "appointment")
    assert (one.fields["person"], one.fields["post"], one.fields["party"]) == (person, post, "no")
    assert field(one, "from") == "2024-03-12"
    assert one.quote in text


@pytest.mark.parametrize(
    "text",
    [
        "Norway would not have named Ingrid Dahl as its chief negotiator.",
        "Norway is to have Ingrid Dahl as its chief negotiator.",
        "Ingrid Dahl was named in the report.",
    ],
)
def test_nobody_is_named_to_a_post(text: str) -> None:
    assert suggested(text, "appointment") == []


@pytest.mark.parametrize(
    "text",
    [
        "Ingrid Dahl succeeded Kari Holm, the Norwegian envoy, as chief negotiator on March 12.",
        "Norway's envoy Kari Holm was replaced by Ingrid Dahl as chief negotiator on March 12.",
        "Ingrid Dahl took over from Kari Holm, the Norwegian envoy, as chief negotiator on March 12.",
        "Ingrid Dahl became chief negotiator on March 12.",
    ],
)
def test_a_successor_is_appointed(text: str) -> None:
    one = only(text, "appointment")
    assert (one.fields["person"], one.fields["post"], one.fields["party"]) == ("ingrid-dahl", "chief negotiator", "no")
    assert field(one, "from") == "2024-03-12"


def test_a_successor_without_a_named_post_has_that_of_the_person_before() -> None:
    titled = only("Norway's trade minister Ingrid Dahl has been replaced by Kari Holm.", "appointment")
    assert (titled.fields["person"], titled.fields["party"], titled.doubts) == ("kari-holm", "no", ())
    assert titled.fields["post"].endswith("trade minister")
    untitled = only("Ingrid Dahl has been replaced by Kari Holm.", "appointment")
    assert (untitled.fields["post"], untitled.doubts) == ("", ("post",))
    assert [one.name for one in drafted("Ingrid Dahl has been replaced by Kari Holm.").people] == ["Kari Holm"]


def test_an_appointment_as_of_a_day_to_come_begins_then() -> None:
    one = only("Kari Holm will succeed Ingrid Dahl as chief negotiator as of 1 October.", "appointment")
    assert field(one, "from") == "2024-10-01"


def test_things_that_are_replaced_are_no_appointment() -> None:
    for text in ("The plan will replace Ingrid Dahl's proposal.", "Norway asked that quotas be replaced by fees."):
        assert suggested(text, "appointment") == []


def test_who_is_designated_to_succeed_somebody_gets_that_post() -> None:
    (one,) = suggested("Ingrid Dahl has been designated to succeed Paul Tremblay as chief negotiator.", "appointment")
    assert (one.fields["person"], one.fields["post"]) == ("ingrid-dahl", "chief negotiator")
    (one,) = suggested("Ingrid Dahl has meanwhile been named trade minister.", "appointment")
    assert one.fields["post"] == "trade minister"
