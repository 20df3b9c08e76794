"""A negotiation proposed from a report: the parties that meet or speak in it, and no others."""

from ledger.capture.proposal import in_sentences, propose, unknown_names
from ledger.capture.reading.gazetteer import Gazetteer
from ledger.capture.thread import Report
from tests.ledger.capture.reports import PUBLISHED

TEXT = (
    "Norway and the United States held talks in Geneva on March 12. Oslo rejected the text. The US side asked for time."
    " Cod from Iceland is sold in France."
)


def test_the_parties_are_those_that_meet_or_speak() -> None:
    opening, draft = propose(Report(TEXT, "Talks on cod", "", PUBLISHED))
    assert (opening.slug, list(opening.parties)) == ("norway-united-states", ["norway", "united-states"])
    assert [one.fields.get("by") for one in draft.suggestions[1:]] == [["norway"], ["united-states"]]


def test_a_report_without_countries_has_no_parties() -> None:
    opening, draft = propose(Report("The sea is cold.", "", "", PUBLISHED), "sea")
    assert (opening.slug, opening.parties, draft.suggestions) == ("sea", {}, [])


def test_a_name_takes_its_article_in_sentences() -> None:
    assert (in_sentences("United States"), in_sentences("Norway")) == ("the United States", "")


def test_names_that_act_and_are_not_of_record_are_listed() -> None:
    text = (
        "Lormark rejected the text. Vessia's ambassador, Ada Venn, said so. Norway agreed. On Monday it rained. "
        "Lormark said no. The lake is deep."
    )
    found = unknown_names(Report(text), Gazetteer({"no": ("Norway",)}, {}, {}))
    assert found[0] == "Lormark" and "Vessia" in found
    assert not {"Norway", "On Monday", "Monday", "The"} & {*found}
