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
            assert line.endswith(f": {entry.sentence.removesuffix('.')}.")


def test_the_story_has_a_section_from_each_round_on(ledger):
    file(ledger, ROUNDS + ASKED + PROMISED)
    story = {title: lines for title, lines in sections(made(ledger)).items() if title.startswith("The story")}
    assert [*story] == ["The story from round 1 (1 April 2025) on", "The story from round 2 (2 to 3 May 2025) on"]
    asked, promised = (" ".join(lines) for lines in story.values())
    assert "Lift them" in asked
    assert "Send a list" in promised


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
        "10 to 12 May 2025: Round 2: 10 to 12 May 2025 (contested).",
        "11 to 12 May 2025: Round 2: 11 to 12 May 2025 (contested).",
    ]
