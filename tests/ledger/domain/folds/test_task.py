"""A task of the keeper's own side is open until it is done; it counts from the day of recording."""

from ledger.domain.events import TaskDone, TaskNoted
from ledger.domain.folds import task
from tests.examples import known, on

NOTED = TaskNoted(says="Draft the reply.", assignee="Lan", due=on("2025-06-20"), waits_on=("feedback",))


def test_a_task_is_open_from_the_day_of_recording_until_it_is_done():
    spans = task.fold("draft", known(NOTED, TaskDone(on=on("2025-06-18")), kind="task", slug="draft"), {})
    assert [(span.valid_from, span.state.status, span.state.done_on, span.valid_to) for span in spans] == [
        ("2025-06-15", "open", on(""), "2025-06-18"),
        ("2025-06-18", "done", on("2025-06-18"), ""),
    ]
    assert {(span.state.assignee, span.state.waits_on) for span in spans} == {("Lan", ("feedback",))}


def test_without_the_task_itself_there_is_nothing_to_be_done():
    assert task.fold("draft", known(TaskDone(), kind="task", slug="draft"), {}) == []


def test_a_task_within_some_days_of_its_recording_may_take_all_of_them():
    (span,) = task.fold("draft", known(TaskNoted(says="Draft.", due=on("[2025-06-15..2025-06-25]")), kind="task"), {})
    assert span.state.within
