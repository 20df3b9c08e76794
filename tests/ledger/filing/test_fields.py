"""Readers of fields turn what is typed into a value, or refuse it with the reason."""

from contextlib import closing

import pytest

from ledger import dates
from ledger.domain.quotations import FrozenText
from ledger.errors import Refusal
from ledger.filing import fields
from ledger.filing.fields import Context
from ledger.filing.lookup import Lookup
from ledger.log.log import Log
from tests.examples import NEGOTIATION, file


@pytest.fixture
def context(ledger):
    with closing(Log(ledger.path)) as log:
        yield Context(Lookup(log, NEGOTIATION), published=dates.valid("2025-05-22"))


READ = [
    (fields.text, "  two\n  words ", "two words"),
    (fields.texts, ["a", "b", "a"], ("a", "b")),
    (fields.texts, "a", ("a",)),
    (fields.number, "12", 12),
    (fields.yes_or_no, "Yes", True),
    (fields.yes_or_no, "false", False),
    (fields.fingerprint, "AB" * 32, "ab" * 32),
    (fields.one_of(("in-person", "virtual"), "format"), "In person", "in-person"),
    (fields.entry("party"), "United States", "us"),
    (fields.entries("issue"), ["chip curbs", "Rules of origin"], ("export-controls", "rules-of-origin")),
    (fields.voice, "USA/Jamieson Greer", "us/jamieson-greer"),
    (fields.voices, ["vn", "us", "vn"], ("vn", "us")),
    (fields.voices, "vn, us", ("vn", "us")),
    (fields.voices, ["vn, us"], ("vn", "us")),
    (fields.entries("issue"), "chip curbs, Rules of origin", ("export-controls", "rules-of-origin")),
    (fields.voice, "Jamieson Greer", "us/jamieson-greer"),
    (fields.voice, "us/greer", "us/jamieson-greer"),
    (fields.voice, "Greer", "us/jamieson-greer"),
    (fields.taking_part, "all", ("vn", "us")),
    (fields.owing, "all", ("vn", "us")),
    (fields.owing, "us", ("us",)),
    (fields.taking_part, "us, vn", ("us", "vn")),
    (fields.addressees, "us", ("us",)),
]


@pytest.mark.parametrize(("reader", "typed", "value"), READ)
def test_what_is_typed_is_read(context, reader, typed, value):
    assert reader(context, typed) == value


REFUSED = [
    (fields.text, ["a", "b"], "Give one value"),
    (fields.text, "a\u202eb", "U\\+202E"),
    (fields.number, "-1", "is not a whole number"),
    (fields.number, "٣", "is not a whole number"),
    (fields.yes_or_no, "perhaps", "neither yes nor no"),
    (fields.fingerprint, "abc", "is not a SHA-256"),
    (fields.one_of(("in-person", "virtual"), "format"), "virtuall", "virtual"),
    (fields.entry("party"), "atlantis", "party"),
    (fields.voice, "nobody", "party"),
    (fields.voice, "vn/jamieson-greer", "speaks for us, not for vn"),
]


@pytest.mark.parametrize(("reader", "typed", "said"), REFUSED)
def test_what_cannot_be_read_is_refused_with_the_reason(context, reader, typed, said):
    with pytest.raises(Refusal, match=said):
        reader(context, typed)


def test_a_phrase_is_read_by_the_day_on_which_it_was_said(context):
    assert context.said_on().isoformat() == "2025-05-22"
    context.read = {"on": dates.valid("2025-04-30")}
    assert context.said_on().isoformat() == "2025-04-30"


@pytest.mark.parametrize(
    ("on", "phrase", "due"),
    [
        ("2025-03", "within 60 days", "[2025-03-01..2025-05-30]"),
        ("[2025-03-01..2025-03-31]", "next month", "2025-04"),
        ("[2025-03-20..2025-04-05]", "next month", "[2025-04-01..2025-05-31]"),
        ("[2025-03-01..]", "within 30 days", "[2025-03-01..2025-06-21]"),
        ("2025-03-10", "within 60 days", "[2025-03-10..2025-05-09]"),
    ],
)
def test_a_phrase_counted_from_an_inexact_day_may_mean_any_day_that_follows(context, on, phrase, due):
    context.read = {"on": dates.valid(on)}
    assert fields.day("ahead")(context, phrase).edtf == due


def test_a_phrase_said_at_a_meeting_is_read_by_the_days_of_the_meeting(ledger):
    file(ledger, "  - meeting: round-1\n    kind: round\n    held: 2025-03-03/2025-03-05\n    quote: a\n")
    with closing(Log(ledger.path)) as log:
        context = Context(Lookup(log, NEGOTIATION), published=dates.valid("2025-05-22"), read={"at": "round-1"})
        assert context.said_on().isoformat() == "2025-03-05"


def test_a_source_that_has_its_text_is_quoted_word_for_word(context):
    context.text = FrozenText("They step up exchanges.")
    (quote,) = fields.quotes(context, "step up exchanges")
    assert (quote.start, quote.end) == (5, 22)
    with pytest.raises(Refusal, match="The source does not contain the quote 'step down'"):
        fields.quotes(context, "step down")


def test_without_the_text_a_quotation_is_unverified(context):
    (quote,) = fields.quotes(context, "step up exchanges")
    assert not quote.verified


def test_the_other_side_is_that_of_a_negotiation_of_two(context):
    context.read = {"by": ("us/jamieson-greer",)}
    assert fields.addressees(context, ["other"]) == ("vn",)
    context.read = {"by": ("us", "vn")}
    with pytest.raises(Refusal, match="needs one speaking party"):
        fields.addressees(context, "other")


def test_a_name_with_a_comma_is_one_name(context):
    context.lookup.declare("party", "kr", ["Korea, Republic of"])
    assert fields.entries("party")(context, "Korea, Republic of") == ("kr",)
    assert fields.voices(context, "Korea, Republic of") == ("kr",)


def test_a_meeting_that_was_held_is_not_dated_in_words_after_the_report(context):
    held = fields.day("back", lasting=True)
    assert held(context, "last week")
    with pytest.raises(Refusal, match="'next spring' lies after 22 May 2025, the day of the report"):
        held(context, "next spring")
