"""The draft of a whole report: suggestions in order, each with its quotation, and nothing is filed."""

import time

import pytest

from ledger.capture.reading.gazetteer import Gazetteer, KnownPerson
from ledger.capture.suggest import draft
from ledger.capture.thread import Report
from tests.ledger.capture.reports import NAMES, drafted, field, suggested, told

REPORT = """Norway and Canada resume talks on cod

Norwegian Minister Ingrid Dahl and Canadian Ambassador Paul Tremblay met in Oslo on March 12 to review cod quotas.

Dahl asked the Canadian side to cut its quota. For his part, Tremblay rejected the request and expressed concern about seal products. Both sides agreed to exchange catch data by April 2. Cod has been fished here since the Middle Ages.

The fourth round of talks is expected to take place in early April.
"""  # noqa: E501


def test_a_report_is_drafted_in_order_with_exact_words() -> None:
    draft = drafted(REPORT)
    assert [(one.kind, one.fields.get("act", "")) for one in draft.suggestions] == [
        ("meeting", ""), ("statement", "asked"), ("statement", "refused"), ("statement", "objected"),
        ("follow-up", ""), ("announcement", ""),
    ]  # fmt: skip
    for one in draft.suggestions:
        assert REPORT[one.start : one.end].split() == one.quote.split()
        assert one.reasons


def test_background_and_headlines_are_no_entries() -> None:
    draft = drafted(REPORT)
    used = {one.sentence for one in draft.suggestions}
    unused = [one.text for one in draft.sentences if one.number not in used]
    assert unused == ["Norway and Canada resume talks on cod", "Cod has been fished here since the Middle Ages."]


def test_the_same_report_gives_the_same_draft() -> None:
    assert drafted(REPORT) == drafted(REPORT)


def test_a_record_without_names_gives_no_statement() -> None:
    assert drafted(REPORT, Gazetteer({}, {}, {})).suggestions == []


def test_people_who_are_new_are_introduced() -> None:
    (one,) = drafted("Canadian Fisheries Minister Anne Roy rejected the text.").people
    assert (one.slug, one.party) == ("anne-roy", "ca")


@pytest.mark.parametrize(
    "text",
    [
        "Norway said " * 40_000,
        "Norway, " * 50_000,
        "Norway met Canada. " * 2_500,
        "“" * 50_000 + "Norway said no.",
        "<p>Norway said</p>" * 10_000,
        "\u202eNorway rejected\u202c the text. " * 1_000,
        "(" * 25_000,
        "Minister " * 25_000,
        "Anne Roy, " * 25_000,
        "A: " * 50_000,
        "- Norway: no to all of it.\n" * 10_000,
        "the Norwegian delegation, headed by the " * 5_000,
        ("Norway agreed that Canada would send data by May 3 and " * 50 + ".\n") * 25,
    ],
    ids=[
        "no full stops",
        "one list",
        "many meetings",
        "open quotes",
        "markup",
        "right-to-left",
        "parentheses",
        "posts",
        "names",
        "labels",
        "notes",
        "delegations",
        "long sentences",
    ],
)
def test_a_hostile_report_is_drafted_in_time(text: str) -> None:
    started = time.process_time()
    for one in drafted(text).suggestions:
        assert text[one.start : one.end].split() == one.quote.split()
    assert time.process_time() - started < 10


def test_one_sentence_gives_one_entry_of_the_same_words() -> None:
    assert len(suggested("Norway rejected the text. Norway rejected the text.", "statement")) == 1


def test_he_is_who_the_last_sentence_began_with_whatever_it_says_of_them() -> None:
    text = "Dahl rejected the text. For his part, Tremblay smiled broadly. He asked for more time."
    assert [one.fields["by"] for one in suggested(text, "statement")] == [["no/ingrid-dahl"], ["ca/paul-tremblay"]]


def test_the_agency_of_a_dateline_does_not_make_a_caption_of_a_sentence() -> None:
    text = (
        "HANOI, March 14 (VNA) - Norway and Canada met in Oslo on March 12.\nMinisters shake hands in Oslo (Photo: VNA)"
    )
    assert [one.kind for one in suggested(text)] == ["meeting"]


def test_a_joint_act_that_a_ministry_reports_is_that_of_both_sides() -> None:
    text = "Norway and Canada agreed to exchange catch data, the Norwegian Foreign Ministry said."
    (one,) = suggested(text)
    assert (one.kind, one.fields["owners"]) == ("follow-up", ["no", "ca"])


def test_a_joint_act_that_a_person_tells_is_that_persons_word() -> None:
    (one,) = suggested("Norway and Canada agreed on 15 of the 17 articles, Dahl told the Storting on Monday.")
    assert (one.kind, one.fields["by"]) == ("statement", ["no/ingrid-dahl"])


def test_an_act_that_a_news_agency_reports_is_no_word_of_the_agency() -> None:
    assert [(one.fields["by"], one.acts[0]) for one in suggested("Norway rejected the offer, Interfax reported.")] == [
        (["no"], "refused")
    ]


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("Canada accused the EU of bad faith. Norway asked for more cod. Iceland rejected that demand.", ["no"]),
        ("Norway asked for more cod, an idea that ministers had seen before. Iceland rejected the request.", ["no"]),
        ("Norway accused the fleets of cheating. Iceland denied it had helped them.", ["no"]),
        ("Canada spoke. Norway asked for more cod. It was late. It was cold. Iceland rejected the request.", []),
        ("Canada spoke. Norway asked for more cod. Iceland refused to come by sea.", []),
        ("Iceland asked for more cod. Iceland rejected the request.", []),
    ],
)
def test_among_several_parties_an_answer_is_to_the_side_that_spoke_just_before(text: str, to: list[str]) -> None:
    names = NAMES._replace(parties={**NAMES.parties, "is": ("Iceland",), "eu": ("European Union", "EU")})
    assert drafted(text, names).suggestions[-1].fields["to"] == to


@pytest.mark.parametrize("who", ["the chair", "the mediator"])
def test_the_words_of_a_chair_are_not_those_of_the_last_speaker(who: str) -> None:
    text = (
        f"Norway and Canada met on March 12. Dahl was hopeful. “We are far from a deal on cod,” {who} told reporters."
    )
    said = suggested(text, "statement")[-1]
    assert (said.fields["by"], said.doubts) == ([{"unnamed": who}], ("by",))


def test_a_quotation_after_the_words_of_a_chair_is_nobodys() -> None:
    text = "Dahl was hopeful. The mediator described the talks as hard. “We are far from a deal on cod.”"
    assert not any("far from" in one.quote for one in suggested(text))


def test_he_is_not_the_last_person_of_record_after_a_stranger() -> None:
    text = "Tremblay left early. President Ola Nilsen said at noon he expected a deal."
    assert suggested(text, "statement") == []


def test_a_question_asserts_nothing() -> None:
    assert suggested("Has Norway accepted the quota?") == []


@pytest.mark.parametrize(
    ("text", "by"),
    [
        (
            "Canada's fisheries ministry announced on Monday that the next round would be held in Oslo on 2 April.",
            ["ca"],
        ),
        ("Dahl confirmed that the next round would be held in Oslo on 2 April.", ["no/ingrid-dahl"]),
        ("The next round will be held in Oslo on 2 April.", None),
    ],
)
def test_an_announcement_says_who_made_it(text: str, by: list[str] | None) -> None:
    (one,) = suggested(text)
    assert (one.kind, one.fields.get("by"), field(one, "expected")) == ("announcement", by, "2024-04-02")


def test_he_after_we_is_the_other_speaker() -> None:
    note = Report("Tremblay asked us to wait. We said no. He then asked for a pause.", "Note", "Government of Norway")
    said = [(one.fields["by"], one.fields["to"]) for one in draft(note, NAMES).suggestions]
    assert said == [(["ca/paul-tremblay"], ["no"]), (["no"], ["ca"]), (["ca/paul-tremblay"], ["no"])]


def test_the_speaker_of_a_quotation_is_the_subject_of_the_verb_of_saying() -> None:
    text = "“That is why the offer was rejected,” Dahl said about the Canadians offering a bonus instead."
    assert [one.fields["by"] for one in suggested(text, "statement")] == [["no/ingrid-dahl"]]


def test_he_is_nobody_of_another_side_than_the_last_one() -> None:
    text = "Tremblay was there. The Norwegian ministry rejected the text. He said the quota was low."
    assert not any("quota was low" in one.quote for one in suggested(text))


def test_an_ambassador_is_of_the_party_that_sends_him() -> None:
    (one,) = drafted("Norwegian Ambassador to Canada Kari Holm opened the fair.").people
    assert (one.name, one.party) == ("Kari Holm", "no")


def test_the_negotiators_of_a_joint_text_are_both_sides() -> None:
    text = "Negotiators made progress on cod. Additionally, negotiators agreed on seal products."
    assert told(text) == [("no ca", "narrowed"), ("no ca", "settled")]


def test_an_announcement_may_name_whoever_made_it_at_its_end() -> None:
    text = (
        "Norway and Canada met on March 12. The next round will be held on 2 April, Canada's ministry said on Thursday."
    )
    (_, one) = suggested(text)
    assert (one.fields["by"], field(one, "on"), one.fields["at"]) == (["ca"], "2024-03-14", "")


def test_a_verb_without_an_act_does_not_hide_the_verb_after_it() -> None:
    text = "Norway and Canada on Tuesday wound up a third round of talks in Oslo, and agreed to open a post by 1 May."
    meeting, follow_up = suggested(text)
    assert (meeting.fields["number"], follow_up.fields["owners"]) == (3, ["no", "ca"])


def test_a_denial_answers_only_a_charge_made_just_before() -> None:
    names = NAMES._replace(parties={**NAMES.parties, "is": ("Iceland",), "eu": ("European Union",)})
    asked = drafted("Canada asked Norway to withdraw its complaint. Norway denied that its ships had entered.", names)
    charged = drafted("Canada accused Norway of cheating. Norway denied that its ships had entered.", names)
    assert [one.suggestions[-1].fields["to"] for one in (asked, charged)] == [[], ["ca"]]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("A Canadian official said the talks had failed. He added that Norway was to blame.", "A Canadian official"),
        ("A Canadian official said the talks had failed. Dahl was angry. She added that Canada was to blame.", None),
    ],
)
def test_he_after_the_words_of_somebody_unnamed_is_nobody_of_record(text: str, by: str | None) -> None:
    said = [one for one in suggested(text, "statement") if "to blame" in one.quote]
    assert [one.fields["by"] for one in said] == [[{"unnamed": by}] if by else ["no/ingrid-dahl"]]


def test_the_town_of_a_dateline_is_no_party() -> None:
    (one,) = suggested("OTTAWA, March 14 (Daily) - Norway rejected the offer on Monday.", "statement")
    assert one.fields["by"] == ["no"]


def test_a_mediator_in_an_apposition_is_known_by_that_post() -> None:
    names = NAMES._replace(parties={**NAMES.parties, "is": ("Iceland",)})
    people = {**NAMES.people, "ola-berg": KnownPerson(("Ola Berg", "Berg"), "is")}
    told = "Ola Berg, the mediator appointed by Iceland, thanked both sides. The mediator urged Norway to wait."
    draft = drafted(told, names._replace(people=people))
    assert draft.suggestions[-1].fields["by"] == ["is/ola-berg"]
    stranger = drafted("Dahl thanked both sides. The mediator urged Norway to wait.", names._replace(people=people))
    assert stranger.suggestions[-1].fields["by"] == [{"unnamed": "The mediator"}]
