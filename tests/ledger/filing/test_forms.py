"""The forms: the parsing of each field, and the refusals."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from ledger.dates import When
from ledger.domain.events import STREAM_KIND, Attendee, PersonAppointed, PersonNamed, Quote, SourceTextFrozen
from ledger.domain.quotations import FrozenText
from ledger.errors import Refusal
from ledger.filing.fields import Context
from ledger.filing.forms import FORMS, SOURCE
from ledger.filing.lookup import Lookup
from ledger.log.log import Log
from tests.examples import NEGOTIATION, file, on


@pytest.fixture
def context(ledger) -> Iterator[Context]:
    """A context whose ledger names parties, people and issues."""
    with closing(Log(ledger.path)) as log:
        yield Context(Lookup(log, NEGOTIATION), published=on("2025-05-22"))


def read(context: Context, kind: str, name: str, raw):
    form = SOURCE if kind == "source" else FORMS[kind]
    return form.fields[name].read(context, raw)


def refusal(context: Context, kind: str, name: str, raw) -> str:
    with pytest.raises(Refusal) as raised:
        read(context, kind, name, raw)
    return str(raised.value)


READ = [
    ("statement", "says", "  lift \n them ", "lift them"),
    ("statement", "act", "Accepted in part", "accepted-in-part"),
    ("statement", "by", "us", ("us",)),
    ("statement", "by", ["us/jamieson-greer", "vn", "us/jamieson-greer"], ("us/jamieson-greer", "vn")),
    ("statement", "by", "USA/Jamieson Greer", ("us/jamieson-greer",)),
    ("statement", "by", "Việt Nam/Nguyễn Hồng Diên", ("vn/nguyen-hong-dien",)),
    ("statement", "by", "VIETNAM/nguyen hong dien", ("vn/nguyen-hong-dien",)),
    ("statement", "issues", ["chip curbs", "Rules of Origin"], ("export-controls", "rules-of-origin")),
    ("statement", "on", "May 19", When("2025-05-19", "May 19")),
    ("statement", "on", "2025-05-19", When("2025-05-19")),
    ("statement", "on", "unknown", When()),
    ("statement", "on", {"date": "2025-05-07", "words": "on May 7"}, When("2025-05-07", "on May 7")),
    ("announcement", "expected", "early June", When("[2025-06-01..2025-06-10]", "early June")),
    ("meeting", "number", "002", 2),
    ("meeting", "number", "9999", 9999),
    ("meeting", "kind", "Working session", "working-session"),
    ("meeting", "people", "us/Jamieson Greer, USTR, Ambassador", (Attendee("us/jamieson-greer", "USTR, Ambassador"),)),
    ("meeting", "people", ["eu", "us/jamieson-greer"], (Attendee("eu"), Attendee("us/jamieson-greer"))),
    ("follow-up", "standing", "Yes", True),
    ("follow-up", "standing", "false", False),
    ("issue", "aliases", ["NO", "NO", "on"], ("NO", "on")),
    ("source", "account-of", "Viet Nam", "vn"),
    ("source", "sha256", "AB" * 32, "ab" * 32),
    ("statement", "quote", " step\n up ", (Quote("step up"),)),
    ("statement", "quote", ["one", " ", "two"], (Quote("one"), Quote("two"))),
]


@pytest.mark.parametrize(("kind", "name", "raw", "value"), READ, ids=str)
def test_a_field_is_read_as_it_wants_to_be(context, kind, name, raw, value):
    assert read(context, kind, name, raw) == value


REFUSED = [
    ("statement", "act", "askt", "'askt' is not a known act. Did you mean asked"),
    ("statement", "act", "zzz", "Known: asked, proposed"),
    ("meeting", "kind", "rounds", "'rounds' is not a known kind of meeting. Did you mean round?"),
    ("meeting", "format", "inperson", "Did you mean in-person?"),
    ("closed", "outcome", "don", "'don' is not a known outcome. Did you mean done?"),
    ("source", "kind", "new", "not a known kind of source. Did you mean news?"),
    ("statement", "by", "usa1", "There is no party 'usa1'. Did you mean"),
    ("statement", "by", "us/jameson-greer", "There is no person 'jameson-greer'. Did you mean jamieson-greer"),
    ("statement", "issues", "export-control", "There is no issue 'export-control'. Did you mean export-controls"),
    ("statement", "at", "round-2", "There is no meeting 'round-2': none is recorded yet."),
    ("statement", "on", "2025-02-30", "The nearest real day is 2025-02-28."),
    ("statement", "on", "someday maybe", "is not understood"),
    ("statement", "on", {"words": "on May 7"}, "not keys other than {date: …, words: …}"),
    ("statement", "on", {"date": "2025-05-07", "day": "7"}, "not keys other than {date: …, words: …}"),
    ("meeting", "number", "two", "'two' is not a whole number from 0 to 9999."),
    ("meeting", "number", "-1", "'-1' is not a whole number"),
    ("meeting", "number", "10000", "'10000' is not a whole number"),
    ("meeting", "number", "٢", "is not a whole number"),
    ("source", "sha256", "abc", "'abc' is not a SHA-256, which has 64 hexadecimal digits."),
    ("follow-up", "standing", "maybe", "'maybe' is neither yes nor no."),
    ("statement", "says", ["a"], "Give one value here, not a list."),
    ("statement", "says", {"a": "b"}, "Give one value here, not keys with values."),
    ("statement", "by", {"us": "vn"}, "Give one value or a list of values here, not keys with values."),
    ("statement", "by", [["us"]], "Give one value here, not a list."),
    ("statement", "says", "pay \u202e001$", "U+202E, which is invisible or reorders the text"),
    ("statement", "says", "\x1b[31mred", "U+001B"),
    ("statement", "says", "half a pair \ud800", "U+D800"),
    ("statement", "quote", "half a pair \ud800", "U+D800"),
    ("statement", "quote", "word " * 61, "The quote that starts 'word word word word word word' has 61 words"),
]


@pytest.mark.parametrize(("kind", "name", "raw", "words"), REFUSED, ids=str)
def test_a_field_that_cannot_be_read_says_why(context, kind, name, raw, words):
    assert words in refusal(context, kind, name, raw)


def test_a_name_that_two_people_bear_asks_for_the_slug(ledger, context):
    file(ledger, "  - person: dien-the-younger\n    name: Nguyen Hong Dien\n")
    assert "may mean dien-the-younger or nguyen-hong-dien. Give the slug of the person." in refusal(
        context, "statement", "by", "vn/Nguyễn Hồng Diên"
    )
    assert read(context, "statement", "by", "vn/nguyen-hong-dien") == ("vn/nguyen-hong-dien",)


def test_a_quote_is_found_in_the_text_with_its_place(context):
    context.text = FrozenText("They will step\nup exchanges.")
    assert read(context, "statement", "quote", "step up") == (Quote("step up", 10, 17),)


def test_what_is_stored_of_a_quote_is_the_sources_own_form(context):
    context.text = FrozenText("\u201cWe\u2019ll step\nup exchanges,\u201d he said \u2014 again.")
    kept = read(context, "statement", "quote", '"We\'ll step up exchanges," he said - again')
    assert kept == (Quote("\u201cWe\u2019ll step up exchanges,\u201d he said \u2014 again", 0, 42),)


def test_a_quote_is_kept_as_typed_where_there_is_no_text(context):
    assert read(context, "statement", "quote", "We\u2019ll  step\nup") == (Quote("We\u2019ll step up"),)


def test_a_quote_that_is_not_in_the_text_is_refused_with_the_nearest_passage(context):
    context.text = FrozenText("They will step\nup exchanges.")
    said = refusal(context, "statement", "quote", "stepped up exchanges")
    assert "The source does not contain the quote 'stepped up exchanges'." in said
    assert "The nearest passage is 'step up exchanges.'" in said
    assert "Nothing in it is like that" in refusal(context, "statement", "quote", "zzz")


def test_a_quote_may_have_sixty_words(context):
    assert read(context, "statement", "quote", "word " * 60)[0].words.count("word") == 60


def test_a_note_of_the_keepers_own_may_be_quoted_at_length(context):
    context.note = True
    assert len(read(context, "statement", "quote", "word " * 61)) == 1


def test_a_phrase_is_relative_to_the_day_it_was_said(context):
    context.read = {"on": on("2025-03-14")}
    assert read(context, "announcement", "expected", "next month") == When("2025-04", "next month")


def test_a_phrase_said_on_no_known_day_is_refused(context):
    context.published = on("")
    assert "depends on the day when it was said" in refusal(context, "statement", "on", "last Friday")


def test_every_kind_of_entry_has_a_form_that_fills_its_event():
    filed = {event for event, kind in STREAM_KIND.items() if kind} - {SourceTextFrozen}  # a text alone fills no form
    assert {form.event for form in [*FORMS.values(), SOURCE]} == filed
    for form in [*FORMS.values(), SOURCE]:
        filled = {field.name for field in form.fields.values()}
        assert filled <= set(form.event.__struct_fields__)
        assert set(form.event.__struct_fields__) - filled <= {"source", "quotes", "text"}


def test_a_person_is_not_heard_for_another_party(context):
    said = refusal(context, "statement", "by", "us/nguyen-hong-dien")
    assert said.startswith("nguyen-hong-dien speaks for vn, not for us.")


def test_for_whom_somebody_speaks_is_asked_again_until_it_is_of_record(context):
    person = context.lookup.stream("person", "pham-minh-chinh")
    context.lookup.add(person, PersonNamed(name="Phạm Minh Chính"))
    voice = "us/pham-minh-chinh"
    assert [read(context, "statement", "by", voice) for _ in range(2)] == [(voice,), (voice,)]
    context.lookup.add(person, PersonAppointed(post="prime minister", party="vn"))
    assert refusal(context, "statement", "by", voice).startswith("pham-minh-chinh speaks for vn, not for us.")
    assert [read(context, "statement", "by", "vn/pham-minh-chinh") for _ in range(2)] == [("vn/pham-minh-chinh",)] * 2


def test_a_person_with_a_post_in_another_party_may_be_heard_for_both(ledger):
    ledger.append("appointment", "nguyen-hong-dien", {"post": "Envoy", "party": "eu"})
    with closing(Log(ledger.path)) as log:
        context = Context(Lookup(log, NEGOTIATION))
        assert read(context, "statement", "by", ["vn/nguyen-hong-dien", "eu/nguyen-hong-dien"]) == (
            "vn/nguyen-hong-dien",
            "eu/nguyen-hong-dien",
        )


def test_a_note_that_is_no_text_is_refused(ledger):
    with pytest.raises(Refusal, match="U\\+DC80"):
        ledger.append("statement", "s", {"by": "us", "act": "stated", "says": "So."}, note="a \udc80")
