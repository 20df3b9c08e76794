"""Whether a date phrase says when a statement was made."""

import pytest

from ledger.capture.reading.days import days
from ledger.capture.reading.predicates import predicates
from ledger.capture.reading.said_on import is_present, may_date, says_when
from tests.ledger.capture.reports import ENGLISH, PUBLISHED, field, mentions, suggested


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("On Tuesday Norway rejected the text.", True),
        ("Norway on Tuesday rejected the text.", True),
        ("Norway rejected the text on Tuesday.", True),
        ("Earlier, at a workshop on March 12, Norway rejected the text.", True),
        ("Norway said that talks began on Tuesday.", False),
        ("Norway promised a new text on Tuesday.", False),
        ("Norway rejected the text after Canada closed its ports on Tuesday.", False),
        ("Norway rejected the text after talks in Oslo on Tuesday.", True),
        ("Norway welcomed the release of the crew on Tuesday.", False),
        ("Norway warned of a strike on Tuesday.", False),
        ("Norway proposed talks on Tuesday.", False),
        ("Norway rejected Canada's demand for access on Tuesday.", True),
        ("Norway said Tuesday's meeting had been useful.", False),
        ("Norway said in Tuesday's statement that cod mattered.", True),
    ],
)
def test_a_day_says_when(text: str, says: bool) -> None:
    (verb, *_) = predicates(text, mentions(text), ENGLISH)
    (day,) = days(text, PUBLISHED)
    assert says_when(text, day, verb) is says


def test_a_verb_in_the_present() -> None:
    for text, present in (("Norway wants cod.", True), ("Norway wanted cod.", False)):
        (verb,) = predicates(text, mentions(text), ENGLISH)
        assert is_present(text, verb) is present


def test_a_day_in_what_was_said_dates_nothing() -> None:
    for text, dates in (("Norway rejected it on Tuesday.", True), ("Norway asked that it end on Tuesday.", False)):
        (verb, *_) = predicates(text, mentions(text), ENGLISH)
        (day,) = days(text, PUBLISHED)
        assert may_date(text, verb, day) is dates


@pytest.mark.parametrize(
    "clause",
    [
        ", which imposed a duty on cod on 3 November last year,",
        ", whose chief negotiator resigned on Monday,",
        ", hit by a drought in September,",
        ", back from Geneva on Monday,",
        ", a rival of the minister since 3 March 2021,",
    ],
)
def test_a_day_in_an_embedded_clause_does_not_date_the_statement(clause: str) -> None:
    (one,) = suggested(f"Norway{clause} rejected the offer.", "statement")
    assert field(one, "on") == ""
    (one,) = suggested(f"Norway{clause} rejected the offer on Tuesday.", "statement")
    assert field(one, "on") == "2024-03-12"


def test_a_day_of_what_is_rejected_does_not_date_the_statements() -> None:
    made = suggested("Norway rejected the complaint, filed on Tuesday, and asked Canada for more time.", "statement")
    assert [(one.acts[0], field(one, "on")) for one in made] == [("refused", ""), ("asked", "")]
    made = suggested("Norway rejected the complaint on Tuesday, and asked Canada for more time.", "statement")
    assert [(one.acts[0], field(one, "on")) for one in made] == [("refused", "2024-03-12"), ("asked", "2024-03-12")]


def test_the_day_of_a_refusal_in_a_relative_clause_is_only_its_own() -> None:
    made = suggested("Norway, which rejected the offer on Tuesday, asked Canada for more time.", "statement")
    assert [(one.acts[0], field(one, "on")) for one in made] == [("refused", "2024-03-12"), ("asked", "")]


@pytest.mark.parametrize(
    ("leading", "on"),
    [
        ("With a strike set for 2 April", ""),
        ("Days after a walkout on 2 March", ""),
        ("Despite a truce agreed on 2 March", ""),
        ("In a statement on Tuesday", "2024-03-12"),
        ("Late on Tuesday", "2024-03-12"),
        ("After talks in Oslo on Tuesday", "2024-03-12"),
    ],
)
def test_a_leading_phrase_dates_a_statement_only_if_it_tells_when_it_was_made(leading: str, on: str) -> None:
    (one,) = suggested(f"{leading}, Norway asked Canada to sign.", "statement")
    assert field(one, "on") == on


@pytest.mark.parametrize("phrase", [", speaking in Oslo on Tuesday,", ", in a statement on Tuesday,", ", on Tuesday,"])
def test_a_phrase_between_commas_may_tell_when_a_statement_was_made(phrase: str) -> None:
    (one,) = suggested(f"Norway{phrase} rejected the offer.", "statement")
    assert field(one, "on") == "2024-03-12"


def test_a_day_in_an_embedded_clause_is_no_deadline() -> None:
    (one,) = suggested("Norway promised Canada, whose quota expires on 1 April, to send a text.", "statement")
    assert "due" not in one.fields
    (one,) = suggested("Norway promised Canada to send a text by 1 April.", "statement")
    assert field(one, "due") == "[..2024-04-01]"


def test_nobody_spoke_on_a_day_to_come() -> None:
    assert field(suggested("On 20 March 2024, Norway rejected the offer.")[0], "on") == ""
    assert field(suggested("On 14 March 2024, Norway rejected the offer.")[0], "on") == "2024-03-14"
