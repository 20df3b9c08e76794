"""The handover: what a successor finds in it."""

from ledger import Clocks, Ledger
from ledger.export.markdown import markdown
from ledger.queries.brief import Brief
from ledger.queries.brief.handover import handover
from tests.examples import file

ASKED = (
    "  - {statement: asked, by: us, to: vn, act: asked, issues: export-controls, says: Lift them., on: 2025-05-01,"
    " quote: lift them}\n"
)
PROMISED = (
    "  - {statement: promised, by: us, to: vn, act: promised, issues: rules-of-origin, says: Send a list.,"
    " on: 2025-05-02, quote: a list}\n"
)
SENT = PROMISED.replace("statement: promised", "statement: sent").replace("act: promised", "act: reported-done")
ROUNDS = (
    "  - {meeting: round-1, kind: round, number: 1, held: 2025-04-01, people: [us/jamieson-greer], quote: they met}\n"
    "  - {meeting: round-2, kind: round, number: 2, held: 2025-05-02/2025-05-03, quote: they met again}\n"
)
TASK = "  - {task: own, says: Ask the cabinet., due: 2025-05-10}\n"


def made(ledger: Ledger, day: str = "2025-05-15") -> Brief:
    with ledger.views(Clocks(as_of=day)) as views:
        return handover(views, "vn")


def sections(found: Brief) -> dict[str, list[str]]:
    return {one.title: ["".join(run.words for run in line.runs) for line in one.lines] for one in found.sections}


def test_every_name_every_event_and_every_source_is_there_once(ledger):
    file(ledger, ROUNDS + ASKED + PROMISED)
    found = sections(made(ledger))
    with ledger.views(Clocks(as_of="2025-05-15")) as views:
        for title, named in (
            ("Parties", views.parties()),
            ("People", views.people()),
            ("Issues", views.issues()),
            ("The sources and their texts", views.every_source()),
        ):
            assert len(found[title]) == len(named), title
            assert all(any(f"({one.slug})" in line for line in found[title]) for one in named)
        told = [line for title, lines in found.items() if title.startswith("The story") for line in lines]
        assert len(told) == len(views.timeline())
        for entry, line in zip(views.timeline(), told, strict=True):
            assert (
                line == entry.sentence
                or line.endswith(f": {entry.sentence.removesuffix('.')}.")
                or line[:-1] == entry.sentence
            )


def test_the_story_has_a_section_from_each_round_on(ledger):
    file(ledger, ROUNDS + ASKED + PROMISED)
    story = {title: lines for title, lines in sections(made(ledger)).items() if title.startswith("The story")}
    assert [*story] == ["The story from round 1 (1 April 2025) on", "The story from round 2 (2 to 3 May 2025) on"]
    asked, promised = (" ".join(lines) for lines in story.values())
    assert "Lift them" in asked
    assert "Send a list" in promised


def test_what_no_date_places_before_or_after_a_round_is_not_told_in_its_section(ledger):
    days = {"one": "", "two": "[2025-03-20..2025-04-20]", "three": "[..2025-05-01]", "four": "[2025-04-02..2025-05-01]"}
    vague = (
        ASKED.replace("statement: asked", f"statement: {slug}")
        .replace("2025-05-01", f"'{on}'")
        .replace("them", slug, 1)
        for slug, on in days.items()
    )
    file(ledger, ROUNDS + "".join(vague))
    found = sections(made(ledger, "2025-06-30"))
    apart = " ".join(found["Reported without a date that tells before or after which round"])
    after = " ".join(found["The story from round 1 (1 April 2025) on"])
    for slug in days:
        assert (f"Lift {slug}." in after, f"Lift {slug}." in apart) == (slug == "four", slug != "four")


def test_what_was_said_or_agreed_at_a_round_is_told_in_its_section_whatever_its_date_tells(ledger):
    at_round = (
        "  - {meeting: talks, kind: round, held: ../2025-04-01, quote: ended on Tuesday}\n"
        + ASKED.replace("on: 2025-05-01", "at: talks")
        + "  - {follow-up: lists, says: Exchange lists., owners: us, at: talks, quote: exchange lists}\n"
        "  - {announcement: call, kind: call, by: us, as: announced, expected: 2025-06, at: talks, quote: a call}\n"
        "  - {deadline: answer, says: Answer., due: 2025-06-01, at: talks, quote: to answer}\n"
        + PROMISED.replace("on: 2025-05-02, ", "")
    )
    file(ledger, at_round)
    found = sections(made(ledger, "2025-06-30"))
    story = " ".join(found["The story from the round (until 1 April 2025, start not reported) on"])
    for words in ("Lift them", "Exchange lists", "announced a call", "Answer"):
        assert words in story, words
    [apart] = found["Reported without a date that tells before or after which round"]
    assert "Send a list" in apart


def test_a_promise_is_listed_until_it_is_reported_done(ledger):
    file(ledger, PROMISED)
    [line] = sections(made(ledger))["Open promises"]
    assert line == "United States promised to Viet Nam on 2 May 2025: Send a list – open."
    file(ledger, SENT.replace("2025-05-02", "2025-05-04"), slug="later", published="2025-05-05")
    assert "Open promises" not in sections(made(ledger))


def test_what_waits_and_what_comes_next_is_that_of_the_brief_and_every_note_is_used(ledger):
    file(ledger, ROUNDS + ASKED + PROMISED)
    found = made(ledger)
    assert any("Lift them" in line for line in sections(found)["Unanswered asks by United States to us"])
    cited = {line.note for section in found.sections for line in section.lines} - {0}
    assert cited <= {*range(1, len(found.notes) + 1)}
    assert f"# Handover: {found.title.removeprefix('Handover: ')}" in markdown(found)


def test_nothing_from_after_the_day_and_no_own_task_is_in_it(ledger):
    file(ledger, ROUNDS + ASKED + PROMISED + TASK)
    text = markdown(made(ledger, "2025-04-20"))
    assert "Lift them" not in text
    assert "Round 2" not in text
    assert "cabinet" not in markdown(made(ledger))


def test_a_record_of_names_alone_has_its_parties(ledger):
    assert [*sections(made(ledger))] == ["Parties"]


def test_each_event_of_the_story_has_the_words_of_its_own_report(ledger):
    file(
        ledger,
        "  - {announcement: round-3, kind: round, number: 3, expected: June 2025, on: 2025-05-12, quote: in June}\n",
    )
    held = "  - {meeting: round-3, kind: round, number: 3, held: 2025-06-03, quote: closed on Tuesday}\n"
    file(ledger, held, slug="later", published="2025-06-04")
    found = made(ledger, "2025-06-05")
    story = [line for one in found.sections if one.title.startswith("The story") for line in one.lines]
    words = {"".join(run.words for run in line.runs): found.notes[line.note - 1].quotes for line in story}
    assert {*words.values()} == {("in June",), ("closed on Tuesday",)}
    assert next(quotes for line, quotes in words.items() if "June 2025:" not in line or "12 May" in line) == (
        "in June",
    )


def test_a_round_whose_date_is_contested_is_told_once_with_both_reports_and_says_so(ledger):
    file(ledger, "  - {meeting: round-2, kind: round, number: 2, held: 2025-05-10/2025-05-12, quote: three days}\n")
    file(
        ledger,
        "  - {meeting: round-2, kind: round, number: 2, held: 2025-05-11/2025-05-12, quote: two days}\n",
        slug="later",
        published="2025-06-20",
    )
    found = handover(ledger.views(Clocks(as_of="2025-06-30")))
    (story,) = [one for one in found.sections if "round 2" in one.title]
    assert story.title == "The story from round 2 (11 to 12 May 2025, contested) on"
    told = ["".join(run.words for run in line.runs) for line in story.lines]
    assert [one for one in told if "Round 2" in one] == [
        "Round 2: 10 to 12 May 2025 (contested).",
        "Round 2: 11 to 12 May 2025 (contested) (another account, in later).",
    ]


def test_the_parties_that_raised_an_issue_are_joined_as_in_a_sentence(ledger):
    file(ledger, ASKED + ASKED.replace("asked, by: us, to: vn", "asked-too, by: vn, to: us"))
    [issue] = [line for line in sections(made(ledger))["Issues"] if "export-controls" in line]
    assert "raised by United States and Viet Nam" in issue
