"""What the page of a draft shows."""

from contextlib import closing

from ledger.desk import decisions
from ledger.web.desk.page import DraftPage, DryRun, names
from tests.ledger.desk.test_draft import SMALL
from tests.ledger.web.desk.conftest import AtDesk


def test_the_evidence_is_marked_in_its_sentence() -> None:
    page = DraftPage(SMALL, [])
    assert [(run.text, run.entries) for run in page.sentence(0).runs] == [("One asked", ("e1",)), (".", ())]
    assert [one.state for one in page.sentences] == ["suggested", "suggested", "none"]
    assert [one.first for one in page.sentences] == [True, False, True]


def test_the_bar_is_also_told_in_words() -> None:
    draft = decisions.decide(decisions.decide(SMALL, "accept", "e1", {}), "skip", "e2", {})
    page = DraftPage(draft, [])
    assert page.shares == (29, 35)
    assert page.progress == "64 % of the text accounted for: 1 accepted, 1 skipped, 0 suggestions undecided."
    assert [what for what, _ in page.last] == ["skipped", "accepted"]


def test_the_page_turns_to_the_first_undecided_entry() -> None:
    assert DraftPage(SMALL, []).at == "e1"
    assert DraftPage(decisions.decide(SMALL, "skip", "e1", {}), []).at == "e2"
    assert DraftPage(SMALL, [], None, "e2").at == "e2"


def test_fields_without_a_value_that_nobody_asks_for_are_put_aside() -> None:
    page = DraftPage(SMALL, [])
    form = page.form(page.entries[0])
    assert [one.name for one in form.fields] == ["by", "to", "act", "issues", "at", "on", "quote"]
    links = ["answers", "denies", "reaffirms", "depends-on", "replaces", "meets"]
    assert [one.name for one in form.more] == [
        *["for", "says", "reported-by", "figures", "conditional-on", *links, "inferred", "inferred-in", "level"]
    ]


def test_a_field_with_a_problem_is_in_sight_and_offers_the_new_name() -> None:
    draft = decisions.type_in(SMALL, "e1", {"for": "Norway"})
    wrong = DryRun({"e1": {"for": ["There is no party 'Norway'."]}}, {})
    page = DraftPage(draft, [], wrong)
    form = page.form(page.entries[0])
    assert form.problems == {"for": ["There is no party 'Norway'."]}
    assert "for" in [one.name for one in form.fields]
    assert form.offers["for"] == [("party", "Norway")]
    assert page.is_wrong == 0  # it is not accepted, so it prevents nothing
    assert DraftPage(decisions.decide(draft, "accept", "e1", {}), [], wrong).is_wrong == 1


def test_names_of_the_record_and_of_the_draft_complete_the_fields(at_desk: AtDesk) -> None:
    draft = decisions.name_new(decisions.type_in(SMALL, "e1", {"issues": "Cod"}), "e1", "issues", "Cod", ())
    with closing(at_desk.site.ledger.views()) as views:
        known = names(views, draft)
    assert [one.label for one in known if one.value == "cod"] == ["Cod"]
    named = [(one.kind, one.value) for one in known if one.label.startswith("Jamieson Greer")]
    assert named == [("person", "us/jamieson-greer"), ("post", "US Trade Representative")]
    assert {one.kind for one in known} == {"party", "person", "post", "issue", "meeting", "follow-up"}
