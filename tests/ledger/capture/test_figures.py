"""The values of measures in a draft; a number without its measure, or a change, is none."""

import pytest

from ledger.capture.reading.gazetteer import KnownMeasure
from tests.ledger.capture.reports import NAMES, drafted

MEASURED = NAMES._replace(
    measures={
        "tariff": KnownMeasure(("Tariff rate",), "percent"),
        "quota": KnownMeasure(("Cod quota",), "tonnes"),
        "chapters": KnownMeasure(("Chapters closed",), "chapters"),
        "aid": KnownMeasure(("Aid",), "US$"),
    }
)


def figures(text: str) -> list[str]:
    return [figure for one in drafted(text, MEASURED).suggestions for figure in one.fields.get("figures", ())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway offered to cut its tariff to 15 percent.", ["tariff = 15 percent"]),
        ("Norway offered to cut its tariffs from 25 percent to 15 percent.", ["tariff = 15 percent"]),
        ("Norway offered to cut its tariff to 15%.", ["tariff = 15%"]),
        ("Norway demanded a cod quota of at least 30,000 tonnes.", ["quota = at least 30,000 tonnes"]),
        ("Both sides closed 20 of the 26 chapters.", ["chapters = 20 of the 26 chapters"]),
        ("Norway pledged aid of US$3.2 billion.", ["aid = US$3.2 billion"]),
        ("Norway offered to cut its tariff by 15 percent.", []),
        ("Norway offered to cut its tariff within 15 months.", []),
        ("Norway offered to cut its fee to 15 percent.", []),
        ("Norway offered a tariff of 15 percent, 12 percent or 9 percent.", []),
        ("Nobody knows who cut the tariff to 15 percent.", []),
    ],
)
def test_a_number_with_its_measure_is_a_figure(text: str, expected: list[str]) -> None:
    assert figures(text) == expected


def test_without_measures_of_record_there_are_no_figures() -> None:
    (one,) = drafted("Norway offered to cut its tariff to 15 percent.").suggestions
    assert "figures" not in one.fields


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway asks again for a tariff of 6, not 8 percent.", ["tariff = 6 percent"]),
        ("Norway asks again for 6, not 8 percent, on the tariff.", ["tariff = 6 percent"]),
        ("Norway asked for 6 percent rather than 8 percent on the tariff.", ["tariff = 6 percent"]),
        ("Norway asks again for 6, not 8, on the tariff.", []),
        ("Norway cut its tariff for 6 percent of goods, not 8.", []),
    ],
)  # fmt: skip
def test_a_value_that_is_not_wanted_is_no_figure(text: str, expected: list[str]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway asked that Canada reduce its tariff from 25 percent.", []),
        ("Norway asked that Canada reduce its tariff to 25 percent.", ["tariff = 25 percent"]),
    ],
)
def test_the_value_from_which_something_is_to_change_is_not_the_one_asked_for(text: str, expected: list[str]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway rejected the text, which would have cut the tariff to 15 percent.", []),
        ("Norway rejected a plan that would cut the tariff to 15 percent.", []),
        ("Norway proposed a plan that would cut the tariff to 15 percent.", ["tariff = 15 percent"]),
        ("Norway voiced concern over the 25 percent tariff that Canada imposed.", []),
        ("Norway accepted the 15 percent tariff.", ["tariff = 15 percent"]),
    ],
)
def test_a_value_that_only_describes_something_is_not_the_speakers(text: str, expected: list[str]) -> None:
    assert figures(text) == expected
