"""The second worked example: an invented negotiation, with its documents, and the answers that follow from them."""

from contextlib import closing
from pathlib import Path

import pytest

from ledger import Clocks, Filed, Ledger, create_ledger
from ledger.domain.events import Recorded
from ledger.domain.vocabulary import PARTY_ROLES
from ledger.export.markdown import markdown
from ledger.log.log import Log
from ledger.queries.brief.one_page import on_one_page
from ledger.queries.brief.writer import brief
from ledger.queries.diff import diff
from ledger.queries.figures import figures, given_by
from ledger.queries.history import history
from ledger.queries.positions import table
from ledger.queries.promises import promises
from ledger.queries.replies import replies
from ledger.queries.tasks import tasks
from ledger.queries.texts import consolidated
from ledger.views.conditions import in_force
from tests import prepared

EXAMPLE = Path(__file__).parents[1] / "seeds" / "fish-stocks"
SEEDS = sorted(EXAMPLE.glob("*.yaml"))
DOCUMENTS = sorted((EXAMPLE / "documents").glob("*.txt"))
README = (EXAMPLE.parent / "README.md").read_text("utf-8")
NOTICE = "Invented: no state, sea, person, agency or organisation in this record exists."
CORRECTION = "7 of the 12 articles"


@pytest.fixture
def ledger(tmp_path: Path, set_clock) -> Ledger:
    """The example as it is imported, without the correction."""
    set_clock("2026-11-21T12:00:00+00:00")
    prepared.copied(_record, tmp_path)
    return Ledger(tmp_path / "ledger.db")


def _record(folder: Path) -> None:
    made = create_ledger(folder / "ledger.db")
    made.import_files(SEEDS)
    made.views().close()


def correct(ledger: Ledger) -> Filed:
    """What the corrigendum says, as seeds/README.md files it."""
    reason = "The secretariat corrected the summary."
    changes = {"figures": f"articles-agreed = {CORRECTION}"}
    return ledger.correct("round-3", changes, reason, source="secretariat-corrigendum")


def recorded(ledger: Ledger) -> list[Recorded]:
    with closing(Log(ledger.path)) as log:
        return list(log.since(0))


def test_every_document_says_that_it_is_invented_and_is_a_page_long() -> None:
    assert len(DOCUMENTS) == 13
    for path in DOCUMENTS:
        text = path.read_text("utf-8")
        assert text.startswith(("INVENTED EXAMPLE.", "VÍ DỤ HƯ CẤU.")), path.name
        assert 60 <= len(text.split()) <= 400, path.name


def test_every_page_says_that_it_is_invented(ledger: Ledger) -> None:
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    from ledger.web.site import Site
    from tests.ledger.web.serving import page, some_pages

    site = Site(ledger, "/raw_tables")
    addresses = some_pages(ledger, "fish-stocks")
    assert len(addresses) > 30
    assert [address for address in addresses if NOTICE not in page(site, address)] == []


def test_the_status_and_the_brief_say_that_it_is_invented(ledger: Ledger) -> None:
    views = ledger.views(Clocks(as_of="2024-07-17"))
    assert views.state().notice == NOTICE
    assert NOTICE in markdown(on_one_page(brief(views)))


def test_a_source_s_page_marks_the_quoted_passages_of_its_document(ledger: Ledger) -> None:
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    from ledger.web.site import Site
    from tests.ledger.web.serving import page

    told = page(Site(ledger, "/raw_tables"), "/fish-stocks/source/halvia-readout-round-2")
    assert "<mark>5 of the 12 articles are now agreed<" in told


def test_every_document_has_an_entry_file_with_its_text() -> None:
    texts = [line.split()[1] for path in SEEDS for line in path.read_text().splitlines() if "text: documents/" in line]
    assert texts == [f"documents/{path.name}" for path in DOCUMENTS]
    assert f"| {len(DOCUMENTS)} " not in README  # the table of seeds/README.md lists them instead
    assert [path.name for path in DOCUMENTS if f"`{path.stem}`" not in README] == []


def test_every_quote_is_found_in_its_document(ledger: Ledger) -> None:
    views = ledger.views()
    quotes = [one for entry in views.labels() for one in views.evidence(entry.slug)]
    assert len(quotes) > 90
    assert [one.words for one in quotes if one.start < 0] == []


def test_what_the_example_asserts_holds_once_the_corrigendum_is_filed(ledger: Ledger) -> None:
    ledger.import_files([EXAMPLE / "checks" / "assertions.yaml"])
    assert [one.slug for one in ledger.check().problems] == ["seven-articles-agreed"]
    correct(ledger)
    checked = ledger.check()
    assert (checked.problems, checked.assertions) == ([], 8)


def test_the_correction_changes_the_figure_and_what_was_recorded_before_keeps_the_old_one(ledger: Ledger) -> None:
    before = recorded(ledger)[-1].position
    correct(ledger)
    [now] = [one.value for one in figures(ledger.views(), "articles-agreed") if one.slug == "round-3"]
    then = ledger.views(Clocks(recorded_by=before))
    [earlier] = [one.value for one in figures(then, "articles-agreed") if one.slug == "round-3"]
    assert (earlier, now) == ("8 of 12 articles", "7 of 12 articles")


@pytest.mark.parametrize(
    ("reported_by", "answer"),
    [("2024-06-30", "deferred: Torrania"), ("2024-07-12", "accepted in part: Torrania, as told by Meren Sea Watch")],
)
def test_the_late_report_changes_what_is_known_of_an_earlier_day(reported_by: str, answer: str, ledger: Ledger) -> None:
    views = ledger.views(Clocks(as_of="2024-06-30", reported_by=reported_by))
    [asked] = [one for one in views.asks(everything=True) if one.ask.issue == "observers-on-board"]
    assert replies(asked, views) == f"accepted: Halvia and Southern League between 6 and 8 February 2024; {answer}"


def test_the_two_readouts_of_the_second_round_give_two_figures(ledger: Ledger) -> None:
    [found] = ledger.views().contested()
    assert (found.slug, found.field) == ("round-2", "figures")
    assert ["5 of 12" in found.values[0], "4 of 12" in found.values[1]] == [True, True]


def test_the_total_catch_is_a_series_of_the_positions_of_three_parties(ledger: Ledger) -> None:
    views = ledger.views()
    series = [(given_by(views, one.figure).split()[0], one.value) for one in figures(views, "total-allowable-catch")]
    assert sorted(series) == [
        ("Edda", "400,000 tonnes"),
        ("Halvia", "400,000 tonnes"),
        ("Irena", "410,000 tonnes"),
        ("Ravik", "430,000 tonnes"),
        ("the", "400,000 tonnes"),
    ]


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("advised-catch", "380,000–420,000 tonnes"),
        ("catch-2023", "about 450,000 tonnes"),
        ("share-veldmark", "at least 12 percent"),
        ("share-halvia", "34 percent"),
        ("articles-agreed", "1 of 12 articles"),
    ],
)
def test_figures_are_kept_as_their_source_gives_them(measure: str, value: str, ledger: Ledger) -> None:
    assert value in {one.value for one in figures(ledger.views(), measure)}


def test_the_table_shows_each_party_s_last_position_and_the_member_that_differs(ledger: Ledger) -> None:
    rows = {row.issue.slug: row for row in table(ledger.views(Clocks(as_of="2024-07-17"))).rows}
    held = {cell.party: cell.statement.act for cell in rows["inspection-at-sea"].cells}
    assert held == {
        "halvia": "accepted",
        "torrania": "refused",
        "veldmark": "conditioned",
        "southern-league": "proposed",
        "ostwick": "objected",
    }


def test_what_happened_since_solvane_s_condition_is_told_and_nothing_of_veldmark_s(ledger: Ledger) -> None:
    since = [
        {one.statement.slug: one.since for one in in_force(ledger.views(Clocks(as_of=day)))}
        for day in ("2024-06-19", "2024-06-20")
    ]
    assert since == [
        {"solvane-offers-share": "", "veldmark-conditions-inspection": ""},
        {"solvane-offers-share": "agreed", "veldmark-conditions-inspection": ""},
    ]


def test_the_deadline_was_moved_by_a_week_and_met(ledger: Ledger) -> None:
    slips = history(ledger.views(), "comments-on-text-2").slips
    assert [one.forecast.expected.describe() for one in slips] == [
        "31 May 2024, 18:00 Port Aldery time",
        "7 June 2024, 18:00 Port Aldery time",
    ]
    assert slips[1].move.says == "7 days later than before"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-04-20", '"in early June" (between 1 and 10 June 2024)'),
        ("2024-06-01", "18 to 21 June 2024"),
        ("2024-07-16", '"vào cuối tháng 9" (between 21 and 30 September 2024)'),
        ("2024-07-17", "24 to 27 September 2024"),
    ],
)
def test_the_next_round_is_where_the_last_report_puts_it(day: str, expected: str, ledger: Ledger) -> None:
    next_round = ledger.views(Clocks(as_of=day)).next_meeting().expected
    assert next_round.meeting.expected.describe() == expected


def test_what_torrania_proposed_first_is_replaced_and_what_veldmark_asked_is_reaffirmed(ledger: Ledger) -> None:
    waiting = {one.ask.issue: one.ask for one in ledger.views(Clocks(as_of="2024-07-17")).asks(by="torrania")}
    catch = waiting["total-catch"]
    assert (catch.times, catch.first_statement, catch.last_statement) == (
        2,
        "osterly-proposes-catch",
        "sulk-proposes-catch",
    )
    links = {str(link) for one in ledger.views().statements() for link in one.links}
    assert {one.partition(" ")[0] for one in links} == {"answers", "reaffirms", "depends-on", "replaces"}


def test_the_meeting_of_ministers_was_called_off(ledger: Ledger) -> None:
    [found] = [one for one in ledger.views().meetings() if one.meeting.slug == "ministers-in-ravna"]
    assert found.status == "called off"


@pytest.mark.parametrize(
    ("day", "version", "in_brackets"), [("2024-03-01", "1", 6), ("2024-05-04", "2", 6), ("2024-07-17", "3", 4)]
)
def test_the_chair_s_text_has_three_versions_and_each_has_its_brackets(
    day: str, version: str, in_brackets: int, ledger: Ledger
) -> None:
    [found] = consolidated(ledger.views(Clocks(as_of=day)))
    bracketed = [one.number for one in found.provisions if one.status == "bracketed"]
    assert (found.text.version, len(bracketed)) == (version, in_brackets)


def test_a_provision_is_agreed_by_name_and_a_proposal_stands_in_its_brackets(ledger: Ledger) -> None:
    [found] = consolidated(ledger.views(Clocks(as_of="2024-07-01")))
    status = {one.number: one.status for one in found.provisions}
    assert (status["1.1"], status["7.1"], status["7.2"]) == ("agreed", "bracketed", "clean")
    [inspection] = [one for one in found.provisions if one.number == "7.1"]
    assert "[at sea] [at sea by day](ostwick)" in inspection.words


def test_the_tasks_are_the_keeper_s_own(ledger: Ledger) -> None:
    assert {one.task.slug for one in tasks(ledger.views())} == {"paper-on-shares", "mandate-for-round-4"}
    assert not [one for one in promises(ledger.views()) if one.slug == "paper-on-shares"]


def test_every_thing_that_a_record_can_hold_occurs(ledger: Ledger) -> None:
    correct(ledger)
    found = [record.event for record in recorded(ledger)]
    names = {type(event).__name__ for event in found}
    assert names >= {
        "RoleReported", "PersonAppointed", "PersonLeftPost", "MeasureNamed", "MeetingCalledOff", "FollowUpClosed",
        "DeadlineSet", "DeadlineEnded", "TaskNoted", "EntryCorrected",
        "VersionTabled", "WordingReported",
    }  # fmt: skip
    assert {event.role for event in found if hasattr(event, "role")} == {*PARTY_ROLES} - {"party", "mediator"}
    acts = {event.act for event in found if hasattr(event, "act")}
    assert acts >= {"accepted-in-part", "conditioned", "deferred", "refused", "objected", "warned", "promised"}
    assert any(event.by == ("unattributed",) for event in found if hasattr(event, "act"))
    assert {event.kind for event in found if type(event).__name__ == "SourceRegistered"} == {
        "document", "news", "readout", "release", "note",
    }  # fmt: skip
    assert any(event.inferred for event in found if hasattr(event, "act"))
    assert any(event.body for event in found if hasattr(event, "body"))


def test_the_page_of_changes_has_a_heading_for_every_kind_of_change(ledger: Ledger) -> None:
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    from ledger.web.site import Site

    with ledger.views(Clocks("2024-02-05")) as before, ledger.views(Clocks("2024-08-01")) as after:
        assert {"figure", "text", "promise"} <= {one.kind for one in diff(before, after)}
    found = Site(ledger, "/raw_tables").respond(
        "/fish-stocks/changes", {"from": "2024-02-05", "to": "2024-08-01", "all": "everything"}
    )
    assert found.status == 200
    page = found.body if isinstance(found.body, str) else found.body.decode()
    assert all(f'<p class="lead kind">{heading}</p>' in page for heading in ("Figure", "Draft text", "Promise"))
