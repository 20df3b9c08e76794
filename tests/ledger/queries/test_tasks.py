"""The keeper's own tasks: what each waits on, and which are ready."""

import pytest

from ledger import Ledger, Refusal, create_ledger
from ledger.base import now
from ledger.queries.tasks import tasks
from tests import examples

TALKS = """
  - follow-up: feedback
    says: Give feedback.
    on: 2025-05-22
    quote: feedback
  - announcement: round-3
    kind: round
    expected: early June
    on: 2025-05-22
    quote: early June
  - deadline: limit
    says: Answer.
    due: 2025-06-30
    on: 2025-05-22
    quote: by 30 June
  - statement: asks
    by: vn
    to: us
    act: asked
    issues: rules-of-origin
    says: Simpler rules.
    on: 2025-05-22
    quote: simpler rules
"""


@pytest.fixture
def ledger(tmp_path):
    ledger = create_ledger(tmp_path / "ledger.db")
    ledger.import_files([examples.write(ledger, examples.WHO, "who.yaml")])
    examples.file(ledger, TALKS.lstrip("\n"))
    return ledger


def note(ledger: Ledger, slug: str, *waits_on: str, **more: str) -> None:
    ledger.append("task", slug, {"says": f"Do {slug}.", "waits-on": list(waits_on), **more})


def waits(ledger: Ledger) -> dict[str, str]:
    return {one.task.slug: one.waits for one in tasks(ledger.views(), everything=True)}


def test_a_task_waits_until_what_it_waits_on_has_happened(ledger):
    note(ledger, "brief")
    note(ledger, "draft", "brief", "feedback", "round-3", "rules-of-origin")
    assert waits(ledger) == {"brief": "ready", "draft": "waits on brief, feedback, round-3, rules-of-origin"}
    ledger.append("task-done", "brief", {})
    ledger.append("closed", "feedback", {"outcome": "done", "on": "2025-06-01"}, note="Told.")
    ledger.append("meeting", "round-3", {"kind": "round", "held": "2025-06-09"}, note="Told.")
    assert waits(ledger) == {"draft": "waits on rules-of-origin", "brief": "done"}
    later = {"by": "us", "to": "vn", "act": "deferred", "issues": "rules-of-origin", "on": "2025-06-08"}
    ledger.append("statement", "later", later | {"says": "Later."}, note="Told.")
    assert waits(ledger) == {"draft": "waits on rules-of-origin", "brief": "done"}
    answer = {"by": "us", "to": "vn", "act": "refused", "issues": "rules-of-origin", "on": "2025-06-09"}
    ledger.append("statement", "no", answer | {"says": "No."}, note="Told.")
    assert waits(ledger) == {"draft": "ready", "brief": "done"}


def test_a_deadline_is_waited_for_until_it_has_passed_or_ended(ledger):
    note(ledger, "file", "limit")
    assert waits(ledger) == {"file": "ready"}  # today is long after 30 June 2025
    ledger.append("deadline", "limit", {"says": "Answer.", "due": "2999-01-01", "on": "2025-06-20"}, note="Moved.")
    assert waits(ledger) == {"file": "waits on limit"}


@pytest.mark.parametrize(
    ("story", "circle"),
    [
        ([("a", "a")], "a → a"),
        ([("b",), ("a", "b"), ("c", "a"), ("b-2", "c")], ""),
    ],
)
def test_a_task_may_not_wait_on_itself(ledger, story, circle):
    *before, last = story
    for slug, *waits_on in before:
        note(ledger, slug, *waits_on)
    if not circle:
        note(ledger, *last)
        with pytest.raises(Refusal, match=r"The task b would wait on itself \(b → c → a → b\)\."):
            ledger.correct("b", {"waits-on": "c"}, "It does.", negotiation=examples.NEGOTIATION)
        assert waits(ledger)["b"] == "ready"
        return
    with pytest.raises(Refusal, match=f"would wait on itself \\({circle}\\)"):
        note(ledger, *last)


def test_in_one_file_the_tasks_that_wait_on_each_other_are_refused_and_nothing_is_written(ledger):
    file = f"negotiation: {examples.NEGOTIATION}\nentries:\n"
    file += "".join(f"  - {{task: {one}, says: Do it., waits-on: {other}}}\n" for one, other in ("ab", "ba"))
    (problem,) = examples.problems(ledger, file)
    assert problem.endswith("The task b would wait on itself (b → a → b).")


def test_a_relative_day_of_a_task_is_counted_from_today(ledger):
    note(ledger, "brief", due="Friday")
    (due,) = [one.task.due for one in tasks(ledger.views())]
    assert (due.phrase, due.earliest.weekday()) == ("Friday", 4)
    assert 0 <= (due.earliest - now.today()).days <= 7


def test_tasks_are_in_no_answer_about_the_talks(ledger):
    note(ledger, "secret", **{"for": "Lan", "due": "2025-06-02"})
    views = ledger.views()
    assert [one.task.assignee for one in tasks(views, assignee="LAN")] == ["Lan"]
    state = views.state()
    said = repr((state, views.timeline(), views.follow_ups(everything=True), views.deadlines(everything=True)))
    assert "secret" not in said
    assert not views.rows("SELECT * FROM reports WHERE slug = 'secret'")
