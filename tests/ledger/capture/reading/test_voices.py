"""A mention is resolved by the voices that were mentioned before."""

import pytest

from ledger.capture.reading.gazetteer import Gazetteer
from ledger.capture.reading.voices import Voices, parties_of
from tests.ledger.capture.reports import NAMES, drafted, mentions, suggested


def meaning(before: str, now: str) -> tuple[str, ...]:
    voices = Voices(NAMES)
    voices.hear(mentions(before))
    return voices.meaning(mentions(now)[0])


@pytest.mark.parametrize(
    ("before", "now", "who"),
    [
        ("Minister Dahl arrived.", "She spoke.", ("no/ingrid-dahl",)),
        ("Minister Dahl arrived.", "The minister spoke.", ("no/ingrid-dahl",)),
        ("Minister Dahl and Ambassador Tremblay arrived.", "The minister spoke.", ("no/ingrid-dahl",)),
        ("Minister Dahl met Ambassador Tremblay.", "He spoke.", ("ca/paul-tremblay",)),
        ("", "The two sides spoke.", ("no", "ca")),
        ("", "She spoke.", ()),
        ("Minister Dahl arrived.", "The ambassador spoke.", ()),
        ("Minister Dahl arrived.", "We spoke.", ()),
    ],
)
def test_a_mention_means_somebody_named_before(before: str, now: str, who: tuple[str, ...]) -> None:
    assert meaning(before, now) == who


def test_after_a_stranger_he_is_nobody_known() -> None:
    voices = Voices(NAMES)
    voices.hear(mentions("Minister Dahl arrived."))
    voices.stranger()
    assert voices.meaning(mentions("He spoke.")[0]) == ()


def test_whoever_was_she_is_not_meant_by_he() -> None:
    voices = Voices(NAMES)
    voices.hear(mentions("Minister Dahl arrived."))
    she, he = (mentions(text)[0] for text in ("She spoke.", "He spoke."))
    assert voices.meaning(she) == ("no/ingrid-dahl",)
    assert voices.meaning(he) == ()
    assert voices.meaning(she) == ("no/ingrid-dahl",)


def test_it_is_the_party_that_spoke_last() -> None:
    voices = Voices(NAMES)
    voices.spoke(("no",))
    assert voices.meaning(mentions("It spoke.")[0]) == ("no",)


def test_parties_are_named_once() -> None:
    assert parties_of(["no/ingrid-dahl", "no", "ca"]) == ("no", "ca")


def test_the_diplomat_is_the_unnamed_one_of_before() -> None:
    voices = Voices(NAMES)
    voices.hear(mentions("A Western diplomat said no."))
    (again,) = voices.unnamed_again(mentions("The diplomat said no."))
    assert again.kind == "unnamed"
    voices.hear(mentions("Norwegian diplomat Ingrid Dahl said no."))
    assert [one.kind for one in voices.unnamed_again(mentions("The diplomat said no."))] == ["post"]


def test_after_a_stranger_posts_still_mean_those_named_before() -> None:
    voices = Voices(NAMES)
    voices.hear(mentions("Minister Dahl arrived."))
    voices.stranger()
    assert voices.meaning(mentions("She spoke.")[0]) == ()
    assert voices.meaning(mentions("The minister spoke.")[0]) == ("no/ingrid-dahl",)


def test_the_minister_of_a_side_is_the_one_who_was_named() -> None:
    assert meaning("Minister Dahl arrived.", "The Norwegian Minister of Trade spoke.") == ("no/ingrid-dahl",)
    assert meaning("", "The Norwegian Minister of Trade spoke.") == ("no",)
    assert meaning("Minister Dahl arrived.", "The Canadian minister spoke.") == ("ca",)


def test_both_are_the_pair_named_before_if_there_are_more_sides() -> None:
    voices = Voices(NAMES._replace(parties={**NAMES.parties, "fi": ("Finland",)}))
    voices.sides = ("no", "ca", "fi")
    assert voices.meaning(mentions("Both countries spoke.")[0]) == ("no", "ca", "fi")
    voices.spoke(("no", "fi"))
    assert voices.meaning(mentions("Both countries spoke.")[0]) == ("no", "fi")


def test_a_mediator_of_record_is_no_side() -> None:
    three = Gazetteer({**NAMES.parties, "chair": ("Lormark",)}, {}, {}, neutral=frozenset({"chair"}))
    text = "Lormark put forward a text. The two sides met on Tuesday. Both sides rejected the offer of Lormark."
    made = drafted(text, three).suggestions
    assert [one.fields["parties"] for one in made if one.kind == "meeting"] == [["no", "ca"]]
    assert [one.fields["by"] for one in made if one.kind == "statement"][-1] == ["no", "ca"]
    unknown = drafted(text, three._replace(neutral=frozenset())).suggestions
    assert [one.fields["parties"] for one in unknown if one.kind == "meeting"] == [[]]


def by(text: str) -> list[object]:
    return suggested(text, "statement")[-1].fields["by"]  # type: ignore[no-any-return]


def test_the_spokesman_of_others_speaks_for_no_side() -> None:
    own = "Norway's spokesman Kari Holm said that the offer was unfair."
    assert by(f"{own} The spokesman urged Canada to yield.") == ["no/kari-holm"]
    for other in (
        "UN spokesman Omar Haq said that talks would go on.",
        "The spokesman for the news agency said that talks would go on.",
    ):
        assert suggested(f"{own} {other} The spokesman urged Canada to yield.", "statement")[1:] == []
    mediator = "A spokesman for the mediators said that talks would go on."
    assert by(f"{own} {mediator} The spokesman urged Canada to yield.") == [{"unnamed": "The spokesman"}]
    assert suggested(f"{own} The agency spokesman said that talks would go on.", "statement")[1:] == []


def test_what_the_spokesman_of_an_agency_tells_of_a_side_is_reported_by_that_spokesman() -> None:
    (told,) = suggested("Dahl rejected the offer, the official news agency's spokesman told reporters.", "statement")
    assert (told.fields["by"], told.fields["act"]) == (["no/ingrid-dahl"], "refused")
    assert told.fields["reported_by"] == "the official news agency's spokesman"


THREE = Gazetteer({"no": ("Norway",), "ca": ("Canada",), "eu": ("EU", "EEAS")}, {}, {})


@pytest.mark.parametrize(
    "text",
    [
        "The EU hosted a meeting between Norway and Canada in Oslo on Monday.",
        "The EEAS convened the chief negotiators of Norway and Canada in Oslo on Monday.",
        "Norway and Canada met in Oslo on Monday. The talks were mediated by the EU.",
        "EU mediators are hopeful. Norway, Canada and the EU held talks in Oslo on Monday.",
    ],
)
def test_an_organisation_that_mediates_is_no_side_of_the_meeting(text: str) -> None:
    (met,) = (one for one in drafted(text, THREE).suggestions if one.kind == "meeting")
    assert met.fields["parties"] == ["no", "ca"]


def test_a_third_side_is_one_if_nobody_calls_it_a_mediator() -> None:
    text = "Norway, Canada and the EU held talks in Oslo on Monday. Norway rejected a proposal of the mediators."
    (met,) = (one for one in drafted(text, THREE).suggestions if one.kind == "meeting")
    assert met.fields["parties"] == ["no", "ca", "eu"]


def test_they_within_a_quotation_are_not_its_speakers() -> None:
    text = (
        "Norway and Canada met on Monday.\n\n“We want to sign,” Ola Nilsen said.\n\n"
        "“They have been clear. They want a better offer. They want no more empty promises.”"
    )
    assert [one for one in drafted(text).suggestions if one.kind == "statement"] == []
