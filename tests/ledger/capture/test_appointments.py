"""Appointments: the person and the post, and sentences that appoint nobody."""

import pytest

from tests.ledger.capture.reports import field, only, suggested


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
