"""Figures as they are filed: in the unit of their measure and as parts of its whole, or refused."""

import pytest

from ledger.errors import ProblemsFound
from ledger.views.measured import given
from tests.examples import NEGOTIATION, file, problems, source, write

MEASURES = f"""
negotiation: {NEGOTIATION}
entries:
  - measure: tariff-rate
    title: Tariff rate
    unit: "%"
    aliases: [the reciprocal tariff]
  - measure: chapters-closed
    title: Chapters closed
    unit: chapters
    whole: 20 chapters
"""


@pytest.fixture
def talks(ledger):
    ledger.import_files([write(ledger, MEASURES, "measures.yaml")])
    return ledger


def statement(figures: str, slug: str = "s") -> str:
    return (
        f"  - statement: {slug}\n    by: us\n    act: stated\n    on: 2025-05-20\n    says: So it is.\n"
        f"    figures: {figures}\n    quote: so it is\n"
    )


FILED = [
    ("{tariff-rate: 46 percent}", ["46 percent"]),
    ("{Tariff rate: at least 20}", ["at least 20 percent"]),
    ("{the reciprocal tariff: zero duty}", ["0 percent"]),
    ("tariff-rate = 20 per cent from 1 August 2025", ["20 percent from 1 August 2025"]),
    ("[tariff-rate = 20%, chapters-closed = ten]", ["10 of 20 chapters", "20 percent"]),
    ("{chapters-closed: 10 of the 20 chapters}", ["10 of 20 chapters"]),
    ("{chapters-closed: two of the twenty chapters}", ["2 of 20 chapters"]),
    ("{tariff-rate: [20 percent, 10 percent from 2027]}", ["10 percent from 2027", "20 percent"]),
]


@pytest.mark.parametrize(("typed", "told"), FILED)
def test_a_figure_is_filed_in_the_unit_of_its_measure(talks, typed, told):
    file(talks, statement(typed))
    assert sorted(one.told for one in given(talks.views())) == told


def test_the_words_of_the_source_are_kept(talks):
    file(talks, statement("{tariff-rate: about 20 per cent}"))
    (one,) = given(talks.views(), "tariff-rate")
    assert (one.words, one.low, one.high, one.about, one.by) == ("about 20 per cent", "20", "20", True, ("us",))


REFUSED = [
    ("{tariff-rate: US$3}", "The unit of the measure tariff-rate is percent, and 'US$3' was read as US$3."),
    ("{chapters-closed: 10 of 21}", "are parts of 20, and '10 of 21' is of 21."),
    ("{chapters-closed: 12 of 10}", "larger than its whole: 12 of 10."),
    ("{chapters-closed: 25}", "larger than 20, the whole of the measure chapters-closed."),
    ('{tariff-rate: "1,234"}', "has two meanings: 1234 or 1.234."),
    ("{tariff-rate: quite high}", "is not understood."),
    ("46 percent", "names no measure."),
    ("{tarif-rate: 46 percent}", "tariff-rate"),
    ("{tariff-rate: 20 percent from whenever}", "The date 'whenever' is not understood."),
]


@pytest.mark.parametrize(("typed", "why"), REFUSED)
def test_what_cannot_be_the_value_of_the_measure_is_refused_in_one_sentence(talks, typed, why):
    (problem,) = problems(talks, source() + statement(typed))
    assert why in problem
    assert given(talks.views()) == []


def test_the_language_of_the_source_says_how_it_writes_numbers(talks):
    file(talks, statement('{tariff-rate: "1,234 percent"}'), language="de")
    assert [one.told for one in given(talks.views())] == ["1.234 percent"]


def test_a_measure_may_be_named_in_the_file_that_uses_it(ledger):
    named = "  - measure: quota\n    title: Quota\n    unit: tonnes\n"
    file(ledger, named + statement("{quota: 20 tonnes}"), language="en")
    assert [one.told for one in given(ledger.views())] == ["20 tonnes"]


def test_a_figure_is_corrected_like_any_field(talks):
    file(talks, statement("{tariff-rate: 46 percent}"))
    talks.correct("s", {"figures": "tariff-rate = 45 percent"}, "misread")
    assert [one.told for one in given(talks.views())] == ["45 percent"]
    sentence = talks.views().log("s")[-1].sentence
    assert "figures was tariff-rate: 46 percent, is tariff-rate: 45 percent" in sentence


def test_a_whole_must_be_one_number(talks):
    with pytest.raises(ProblemsFound, match="is not a whole number"):
        talks.append("measure", "m", {"title": "M", "whole": "4-5"}, negotiation=NEGOTIATION)


def test_words_that_no_quotation_has_are_not_given_as_the_sources(talks):
    quoted = statement("{tariff-rate: about 46 percent}").replace("so it is", "a rate of about 46 percent")
    file(talks, quoted)
    file(talks, statement("{tariff-rate: 45 percent}", "t"), slug="ustr")
    one, other = given(talks.views(), "tariff-rate")
    assert {one.in_words, other.in_words} == {"“about 46 percent”", "keeper’s figure, not in the quote"}


def test_number_words_of_the_quote_are_the_words_of_the_figure(talks):
    worded = statement("{chapters-closed: two of the twenty chapters}")
    file(talks, worded.replace("so it is", "Agreed are two of the twenty chapters."))
    (one,) = given(talks.views())
    assert (one.told, one.in_words) == ("2 of 20 chapters", "“two of the twenty chapters”")


def test_a_figure_of_an_inferred_entry_is_marked(talks):
    inferred = statement("{tariff-rate: 50 percent}") + "    inferred: Equally is a half.\n"
    file(talks, inferred)
    (one,) = given(talks.views())
    assert one.in_words == "keeper’s figure, not in the quote (inferred)"


def test_a_unit_may_be_per_something(talks):
    talks.append("measure", "toll", {"title": "Toll", "unit": "euros per tonne"}, negotiation=NEGOTIATION)
    file(talks, statement("[toll = 2.40 euros per tonne, toll = 3 euros]"))
    assert sorted(one.told for one in given(talks.views())) == ["€2.40 per tonne", "€3 per tonne"]
    (problem,) = problems(talks, source(slug="ustr") + statement("{toll: 3 euros per year}", "t"))
    assert "is € per tonne, and '3 euros per year' was read as €3 per year." in problem


@pytest.mark.parametrize(
    ("unit", "scale"),
    [("million cubic metres", "million"), ("US$ billion", "billion"), ("thousands of tonnes", "thousand")],
)
def test_a_unit_with_a_scale_is_refused_when_the_measure_is_named(talks, unit, scale):
    with pytest.raises(ProblemsFound, match=f"Leave '{scale}' out of the unit"):
        talks.append("measure", "m", {"title": "M", "unit": unit}, negotiation=NEGOTIATION)


def test_a_unit_may_be_per_a_scale(talks):
    talks.append("measure", "lead", {"title": "Lead", "unit": "parts per million"}, negotiation=NEGOTIATION)
    file(talks, statement("{lead: 5 parts per million}"))
    assert [one.told for one in given(talks.views())] == ["5 parts per million"]


def test_what_is_no_unit_is_refused(talks):
    with pytest.raises(ProblemsFound, match="'5' is not a unit"):
        talks.append("measure", "m", {"title": "M", "unit": "5"}, negotiation=NEGOTIATION)
