"""Laws for every ledger, tried on small whole ledgers that Hypothesis generates."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import Clocks
from ledger.domain.clocks import together
from ledger.domain.folds.issues.conversation import Conversation
from ledger.domain.folds.issues.hearing import replaced_by_others
from ledger.domain.folds.issues.issue import hear
from ledger.domain.states import Contest
from ledger.domain.vocabulary import ACTS
from ledger.log import store
from ledger.projections import projector
from ledger.projections.fold import who_is_what
from ledger.projections.story import story as told
from ledger.queries.diff import applied, diff, rows
from ledger.queries.positions import positions, table
from ledger.views.reader import SharedReads
from ledger.views.rows import columns
from ledger.views.schema import HISTORIES
from tests import laws
from tests.laws import ASKED_OF, NEGOTIATION, Projection
from tests.thorough import THOROUGH

lawful = settings(max_examples=5 * THOROUGH, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@lawful
@given(laws.stories(), st.data())
def test_catching_up_in_any_number_of_steps_equals_a_rebuild(story, data):
    with laws.new_ledger() as ledger:
        stepwise = Projection(ledger)

        def now_and_then():
            if data.draw(st.booleans()):
                stepwise.catch_up()

        laws.tell(ledger, story, between=now_and_then)
        assert stepwise.catch_up().contents() == Projection(ledger).rebuild().contents()


@lawful
@given(laws.stories(), st.data())
def test_views_that_go_back_to_a_position_are_those_replayed_up_to_it(story, data):
    with laws.new_ledger() as ledger, pytest.MonkeyPatch.context() as patched:
        patched.setattr(projector, "FEW", 0)  # however many events are later
        laws.tell(ledger, story)
        head = store.head(ledger.path).position
        for position in data.draw(st.lists(st.integers(1, head), min_size=3, max_size=3)):
            replayed = Projection(ledger).replay(Clocks(recorded_by=position))
            assert Projection(ledger).rewind(position).contents() == replayed.contents(), position


@lawful
@given(laws.stories(), st.data())
def test_views_that_go_back_by_the_reported_clock_are_those_replayed(story, data):
    with laws.new_ledger() as ledger, pytest.MonkeyPatch.context() as patched:
        patched.setattr(projector, "FEW", 0)  # however many events are left out
        laws.tell(ledger, story)
        if data.draw(st.booleans()):
            ledger.append("negotiation", "other", {"title": "Other talks"})
        head = store.head(ledger.path).position
        for day in data.draw(st.lists(st.sampled_from(ASKED_OF), min_size=2, max_size=2)):
            position = data.draw(st.integers(head - 3, head))
            replayed = Projection(ledger)
            with laws.opened(ledger) as log:
                clocks = Clocks(None, day, position)
                projector.replay(log, replayed.db, store.head(ledger.path).ledger_id, clocks, negotiation=NEGOTIATION)
            assert Projection(ledger).rewind(position, day).contents() == replayed.contents(), (day, position)


@lawful
@given(laws.conversations(), st.booleans(), st.data())
def test_a_conversation_folded_on_or_folded_anew_is_the_same(reports, in_order, data):
    with laws.new_ledger() as ledger:
        laws.tell(ledger, laws.Story(laws.NAMES, (), ()))
        stepwise = Projection(ledger).catch_up()
        for report in sorted(reports, key=laws.said_on) if in_order else reports:
            laws.file_report(ledger, report)
            if data.draw(st.integers(0, 3)):
                assert stepwise.catch_up().contents() == Projection(ledger).rebuild().contents()
        assert stepwise.catch_up().contents() == Projection(ledger).rebuild().contents()


@lawful
@given(laws.stories(), st.lists(st.sampled_from(ASKED_OF), min_size=3, max_size=3, unique=True))
def test_views_that_share_what_was_read_answer_as_any_others(story, days):
    with laws.new_ledger() as ledger:
        laws.tell(ledger, story)
        everything, shared = Projection(ledger).rebuild(), SharedReads()
        for day in days:
            sharing = everything.asked(day)
            sharing.shared = shared
            assert laws.answers(sharing) == laws.answers(everything.asked(day)), day


@lawful
@given(laws.stories(), st.lists(st.sampled_from(ASKED_OF), min_size=3, max_size=3, unique=True))
def test_a_question_as_of_a_day_equals_a_replay_of_what_had_happened_by_then(story, days):
    with laws.new_ledger() as ledger:
        laws.tell(ledger, story)
        everything = Projection(ledger).rebuild()
        for day in days:
            by_then = Projection(ledger).replay(Clocks(as_of=day))
            assert laws.without_doubts(laws.answers(everything.asked(day))) == laws.answers(by_then.asked(day)), day
            for name in HISTORIES:
                assert by_then.db[name].count_where("valid_from > :day OR valid_to > :day", {"day": day}) == 0, name
            assert by_then.db["log"].count_where("takes_effect > ?", [day]) == 0


@lawful
@given(laws.stories(), st.data())
def test_the_order_in_which_sources_are_filed_never_changes_what_had_happened_by_a_day(story, data):
    with laws.new_ledger() as ledger, laws.new_ledger() as other:
        filed = laws.tell(ledger, laws.without_tasks(story), day=0)
        shuffled = filed._replace(reports=tuple(data.draw(st.permutations(filed.reports))))
        assert laws.tell(other, shuffled, day=0) == shuffled
        one, another = Projection(ledger).rebuild(), Projection(other).rebuild()
        for day in ASKED_OF:
            assert laws.without_positions(laws.answers(one.asked(day))) == laws.without_positions(
                laws.answers(another.asked(day))
            ), day


@lawful
@given(laws.stories(), st.data())
def test_filing_the_same_file_twice_changes_nothing(story, data):
    with laws.new_ledger() as ledger:
        filed = laws.tell(ledger, story)
        before = Projection(ledger).rebuild().contents()
        again = data.draw(st.sampled_from((filed.names, *filed.reports)))
        found = ledger.import_files([laws.write(again, ledger.path.parent)])
        assert found.recorded == []
        assert found.known == len(again.entries) + 1  # with the source or the negotiation
        assert Projection(ledger).rebuild().contents() == before


@pytest.mark.parametrize(
    "entry",
    [
        {"statement": "said-1", "by": ["us"], "act": "asked", "says": "So."},
        {"appointment": "ann-lee", "post": "Minister"},
    ],
    ids=["statement", "appointment"],
)
def test_an_entry_given_twice_in_one_file_is_recorded_once_however_often_the_file_is_filed(entry):
    paper = laws.Report({"slug": "paper-a", "title": "What it reports"}, (entry, entry))
    with laws.new_ledger() as ledger:
        laws.tell(ledger, laws.Story(laws.NAMES, (paper,), ()))
        for _ in range(2):
            found = ledger.import_files([laws.write(paper, ledger.path.parent)])
            assert (found.recorded, found.known) == ([], 3)  # with the source


def test_a_file_is_read_again_as_it_was_read_though_its_source_was_corrected_since():
    agreed = {"follow-up": "task-1", "says": "Send the list.", "due": "within 30 days"}
    paper = laws.Report({"slug": "paper-a", "title": "What it reports", "published": "2025-05-20"}, (agreed,))
    redated = laws.Mend("paper-a", "published", "2025-05-01")
    with laws.new_ledger() as ledger:
        laws.tell(ledger, laws.Story(laws.NAMES, (paper,), (redated,)))
        assert ledger.import_files([laws.write(paper, ledger.path.parent)]).recorded == []


@lawful
@given(laws.stories(), st.lists(st.sampled_from(ASKED_OF), min_size=2, max_size=2), st.data())
def test_the_state_at_one_moment_with_the_differences_is_the_state_at_another(story, days, data):
    with laws.new_ledger() as ledger:
        laws.tell(ledger, story)
        positions = st.integers(1, store.head(ledger.path)[1])
        one, other = (ledger.views(Clocks(as_of=day, recorded_by=data.draw(positions))) for day in days)
        found = diff(one, other, every_field=True)
        assert applied(rows(one), found) == rows(other)
        assert diff(other, other, every_field=True) == []


@lawful
@given(laws.stories())
def test_the_spans_of_one_entry_follow_each_other_without_gap_or_overlap_and_differ(story):
    with laws.new_ledger() as ledger:
        laws.tell(ledger, story)
        db = Projection(ledger).rebuild().db
        for name in HISTORIES:
            for spans in histories(db, name):
                for (state, _, end), (following, next_start, _) in pairwise(spans):
                    assert end is not None, name
                    assert end == next_start or (name in MAY_CEASE and end < next_start), name
                    assert end != next_start or state != following, name
                if name != "forecasts":  # two were voiced on one day: the first held for no day, yet it was voiced
                    assert all(end is None or start < end for _, start, end in spans), name


# They cease and begin again: by a report that changes what was said.
MAY_CEASE = ("asks", "issues", "contested", "figures", "links", "memberships", "provisions")


def histories(db, name):
    """The spans of each key of a history table in order: the state's columns, the day it arose, the day it ended."""
    keys = {
        "forecasts": ("meeting",),
        "asks": ("issue", "asker"),
        "issue_snapshots": ("issue",),
        "figures": ("entry", "measure", "words"),
        "links": ("slug", "relation", "target"),
        "contested": tuple(columns(Contest)),
        "memberships": ("party", "role", "of"),
        "provisions": ("text", "number"),
        "wordings": ("text", "nth"),
    }
    order = "nth" if name == "forecasts" else "valid_from"
    cursor = db.conn.execute(f"SELECT * FROM [{name}] ORDER BY {order}")
    names = [column[0] for column in cursor.description]
    found = {}
    for row in cursor:
        state = dict(zip(names, row, strict=True))
        start, end, _ = (state.pop(column) for column in ("valid_from", "valid_to", "period"))
        found.setdefault(tuple(state[key] for key in keys.get(name, ("slug",))), []).append((state, start, end))
    return found.values()


@lawful
@given(laws.stories())
def test_a_replay_by_the_recorded_clock_gives_what_the_views_held_then(story):
    with laws.new_ledger() as ledger:
        views = Projection(ledger)
        held = []

        def look():
            views.catch_up()
            with laws.opened(ledger) as log:
                held.append((log.position(), views.contents()))

        laws.tell(ledger, story, between=look)
        for position, contents in held:
            assert Projection(ledger).replay(Clocks(recorded_by=position)).contents() == contents


@lawful
@given(laws.stories())
def test_clocks_that_exclude_nothing_change_nothing(story):
    with laws.new_ledger() as ledger:
        laws.tell(ledger, story)
        everything = Projection(ledger).rebuild().contents()
        assert Projection(ledger).replay(Clocks(recorded_by=10**9)).contents() == everything
        by_report = Projection(ledger).replay(Clocks(reported_by="9999-12-31")).contents()
        # The reported clock says besides, in `upkeep`, how many events had no day of publication.
        assert by_report | {"upkeep": []} == everything | {"upkeep": []}


@lawful
@given(laws.stories(), st.sampled_from(ASKED_OF))
def test_where_an_issue_stands_is_what_hearing_the_statements_of_record_in_order_gives(story, day):
    with laws.new_ledger() as ledger:
        laws.tell(ledger, story)
        views = Projection(ledger).rebuild().asked(day)
        asks = {(one.ask.issue, one.ask.asker): one.ask for one in views.asks(everything=True)}
        roles = "SELECT party, role, [of], valid_from, valid_to FROM memberships WHERE negotiation = ?"
        rows_of_roles = views.rows(roles, NEGOTIATION)
        for issue in views.issues():
            said = views.statements(issue=issue.slug)
            conversation = Conversation(who=who_is_what(rows_of_roles), replaced=replaced_by_others(said))
            for part in together(said):
                hear(conversation, part)
            assert issue == conversation.issue(issue.slug, issue.title, issue.about)
            heard = {(issue.slug, asker): conversation.ask(issue.slug, asker) for asker in conversation.askers}
            assert heard == {key: ask for key, ask in asks.items() if key[0] == issue.slug}


@lawful
@given(laws.stories(), st.sampled_from(ASKED_OF))
def test_the_story_tells_the_timeline_in_its_order(story, day):
    with laws.new_ledger() as ledger:
        laws.tell(ledger, story)
        timeline = Projection(ledger).rebuild().asked(day).timeline()
        with laws.opened(ledger) as log:
            steps = list(told(log, NEGOTIATION, Clocks(as_of=day)))
        events = [step for step in steps if step.position and step.kind not in ("person", "party")]
        assert [(step.day, step.position) for step in events] == [(entry.day, entry.position) for entry in timeline]
        assert [step.day for step in steps] == sorted(step.day for step in steps)
        assert all(step.day <= day for step in steps)


@lawful
@given(laws.stories())
def test_what_was_said_at_a_meeting_that_was_held_has_a_day_unless_it_was_reported_before(story):
    with laws.new_ledger() as ledger:
        laws.tell(ledger, story)
        views = Projection(ledger).rebuild().asked("2030-01-01")
        held = {one.meeting.slug: one.meeting.held for one in views.meetings()}
        contested = {one.slug for one in views.contested()}
        for one in views.statements():
            when = held.get(one.at)
            if when and not one.on and not {one.at, one.slug} & contested:
                assert when.earliest is not None, one
                assert one.day < when.earliest.isoformat(), one


@lawful
@given(laws.conversations(dates=laws.dates), st.sampled_from(ASKED_OF))
def test_the_positions_and_their_table_say_the_same_of_each_party_and_issue_with_the_same_doubt(reports, day):
    with laws.new_ledger() as ledger:
        laws.tell(ledger, laws.Story(laws.NAMES, (), ()))
        for report in reports:
            laws.file_report(ledger, report)
        views = ledger.views(Clocks(as_of=day))
        acts = {one.slug: ACTS[one.act].role for one in views.statements()}
        last = {(one.issue, one.party): one for one in positions(views)}
        for cell in (cell for row in table(views).rows for cell in row.cells):
            shown = last[cell.issue, cell.party]
            taking = {one for one in shown.besides if acts[one].takes_a_position}
            if acts[shown.statement.slug].takes_a_position:
                assert (cell.statement.slug, {*cell.besides}) == (shown.statement.slug, taking)
            else:  # a remark, which may be older than a position that is not known to be earlier
                assert taking <= {cell.statement.slug, *cell.besides}
