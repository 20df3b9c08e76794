"""A draft text as of a day, the wordings of a provision, and what two versions or two days differ in."""

import pytest

from ledger import Clocks
from ledger.errors import Refusal
from ledger.queries import texts
from ledger.queries.diff import diff
from ledger.queries.gaps import gaps
from tests.examples import WHO, write

FIRST = """
negotiation: vn-us-trade
source: {slug: chair-1, title: Text 1, published: 2025-05-20}
entries:
  - text: agreement
    version: 1
    title: The agreement
    by: us
    on: 2025-05-20
    provisions: {"5.1": "We [shall](us) [should](vn) go.", "5.2(a)": Each Party pays., "6": The end.}
"""
SECOND = """
negotiation: vn-us-trade
source: {slug: chair-2, title: Text 2, published: 2025-06-10}
entries:
  - text: agreement
    version: 2
    on: 2025-06-10
    provisions: {"5.1": We shall go., "6": "[The end.](vn)", "7": More.}
  - {meeting: round-1, kind: round, number: 1, held: 2025-05-30}
  - wording: agreement
    provision: 5.1
    status: agreed
    words: We shall go.
    by: [us, vn]
    on: 2025-06-11
"""
IN_BRACKETS = """
negotiation: vn-us-trade
source: {slug: chair-3, title: Text 3, published: 2025-07-01}
entries:
  - text: agreement
    version: 3
    on: 2025-07-01
    provisions: {"5.1": We shall go., "8": "They [shall] [should] stay."}
  - wording: agreement
    provision: 8
    status: agreed
    words: shall
    instead-of: should
    on: 2025-07-02
"""


@pytest.fixture
def at(ledger):
    """Views as of a day, of a ledger with two versions."""
    ledger.import_files([write(ledger, text, f"{nth}.yaml") for nth, text in enumerate((WHO, FIRST, SECOND))])
    opened = []

    def views(day: str):
        opened.append(ledger.views(Clocks(day)))
        return opened[-1]

    yield views
    for one in opened:
        one.close()


def test_a_text_as_of_a_day_has_nothing_of_a_later_one(at):
    [found] = texts.consolidated(at("2025-06-09"))
    assert (found.text.version, [one.number for one in found.provisions]) == ("1", ["5.1", "5.2(a)", "6"])
    [later] = texts.consolidated(at("2025-06-11"))
    assert [(one.number, one.status) for one in later.provisions] == [
        ("5.1", "agreed"),
        ("6", "bracketed"),
        ("7", "clean"),
    ]


@pytest.mark.parametrize(
    ("within", "numbers"), [("5", ["5.1", "5.2(a)"]), ("Article 5.2", ["5.2(a)"]), ("6", ["6"]), ("5.1", ["5.1"])]
)
def test_an_article_or_a_paragraph_alone(at, within, numbers):
    [found] = texts.consolidated(at("2025-06-01"), within=within)
    assert [one.number for one in found.provisions] == numbers


def test_the_wordings_of_a_provision_are_its_history(at):
    found = texts.wordings(at("2025-06-11"), "agreement", "5.1")
    assert [(one.status, one.version, one.source) for one in found] == [
        ("tabled", "1", "chair-1"),
        ("tabled", "2", "chair-2"),
        ("agreed", "", "chair-2"),
    ]


@pytest.mark.parametrize(("first", "second"), [("1", "2"), ("2025-05-30", "2025-06-10"), ("round-1", "2025-06-10")])
def test_two_versions_or_two_days_are_compared_word_by_word(at, first, second):
    found = {one.number: one for one in texts.differences(at("2025-06-30"), first, second)}
    assert {number: one.what for number, one in found.items()} == {
        "5.1": "worded",
        "5.2(a)": "removed",
        "6": "worded",
        "7": "added",
    }
    assert found["5.1"].words == "We {-[shall](us) [should](vn)-} {+shall+} go."


def test_a_status_that_changed_without_the_words_is_a_difference(at):
    found = texts.differences(at("2025-06-30"), "2025-06-10", "2025-06-11")
    assert [(one.number, one.what, one.status_before, one.status_after) for one in found] == [
        ("5.1", "status", "clean", "agreed")
    ]


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda views: texts.consolidated(views, "treaty"), "No draft text 'treaty'. Known: agreement."),
        (
            lambda views: texts.consolidated(views, within="9"),
            "The text agreement has no provision 9 by that day. It has ",
        ),
        (lambda views: texts.differences(views, "1", "3"), "'3' is neither a version of agreement, nor a day"),
        (
            lambda views: texts.differences(views.at("2025-01-01"), "1", "2"),
            "Which draft text is meant? None is",
        ),
    ],
)
def test_what_is_not_of_record_is_refused(at, ask, sentence):
    with pytest.raises(Refusal) as refused:
        ask(at("2025-06-30"))
    assert str(refused.value).startswith(sentence)


def test_names_stand_for_slugs_and_each_alternative_has_its_proposers(at):
    views = at("2025-06-01")
    assert texts.with_names(views, "We [shall](us) go.") == "We [shall](United States) go."
    assert texts.alternatives(views, "[a](vn) [b]") == ["“a”: Viet Nam", "“b”: nobody named"]


def test_provisions_long_in_brackets_and_those_without_any_wording_are_gaps(at):
    found = gaps(at("2025-12-20"), 6)
    assert [(one.kind, one.says) for one in found if one.kind in ("bracketed", "unworded")] == [
        ("bracketed", "Article 6: in brackets since 10 June 2025"),
        ("unworded", "Article 6: nothing since it was tabled on 10 June 2025"),
        ("unworded", "Article 7: nothing since it was tabled on 10 June 2025"),
    ]
    assert not [one for one in gaps(at("2025-11-20"), 6) if one.kind in ("bracketed", "unworded")]


def test_what_changed_between_two_days_is_told_in_sentences(at):
    found = [one.says for one in diff(at("2025-06-01"), at("2025-06-30")) if one.kind in ("text", "provision")]
    assert found == [
        "The agreement, version 2 tabled: 3 provisions, 1 in brackets",
        "Article 5, paragraph 1 of The agreement, bracketed → agreed: We {-[shall](United States) [should](Viet Nam)-}"
        " {+shall+} go.",
        "Article 6 of The agreement, clean → bracketed: {-The end.-} {+[The end.](Viet Nam)+}",
    ]


def test_a_new_version_is_counted_as_tabled_and_a_bracket_agreed_since_is_told(at, ledger):
    ledger.import_files([write(ledger, IN_BRACKETS, "3.yaml")])
    found = [one.says for one in diff(at("2025-06-30"), at("2025-07-20")) if one.kind in ("text", "provision")]
    assert found == [
        "The agreement, version 3 tabled: 2 provisions, 1 in brackets",
        "Article 8 of The agreement, bracketed → clean: They {-[shall] [should]-} {+shall+} stay.",
    ]


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("", "since 1 July 2025 or earlier"),
        ("2025-06-29", "since 29 June 2025"),
        ("2025-06", "since June 2025"),
        ("2025-06-27/2025-06-29", "since 29 June 2025 or earlier"),
    ],
)
def test_a_status_has_no_day_that_no_report_gives(at, ledger, on, told):
    text = IN_BRACKETS.replace("on: 2025-07-01", f"on: {on}" if on else "")
    ledger.import_files([write(ledger, text.split("  - wording")[0], "3.yaml")])
    views = at("2025-07-20")
    [one] = [one for one in texts.provisions(views) if one.number == "8"]
    assert texts.since_in_words(one, texts.wordings(views, "agreement", "8")) == told
