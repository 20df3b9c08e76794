"""The law of the order of filing: where nothing tells the order of statements, their place in a file decides nothing.

The statements of one report that have no day, or the same vague date, may be filed in any order. So may those without a
day and one of the day of the report. Statements of one exact day keep the order of the report.
"""

import json
import re
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.base import now
from ledger.domain.vocabulary import ACTS
from tests.cli.console import NOON, Console
from tests.examples import ON_TARIFFS
from tests.thorough import THOROUGH

Statement = dict[str, str]

HEAD = (
    ON_TARIFFS.replace("[vn, us]", "[vn, us, eu]")
    + "  - {party: eu, name: European Union}\n  - {issue: origin, title: Origin}\n"
)
REPORT = """\
negotiation: talks
source: {{slug: {0}, title: The {0}, published: {1}}}
entries:
"""
VOICES = (("vn", "us"), ("us", "vn"), ("us", ""), ("[us, vn]", ""), ("eu", "vn"))
DAYS = ("", "", "2026-05", "2026-05-10", "2026-06-10")  # the last one is that of the report
ANSWERS = (
    "issues --json", "asks --json", "state", "positions --json", "follow-ups --json", "meetings --json",
    "promises --json", "table --json", "gaps --json", "brief", "history tariffs", "replay",
    "diff 2026-05-01 2026-11-01",
)  # fmt: skip
STATEMENT = st.builds(
    lambda voices, act, on, issues: {"by": voices[0], "to": voices[1], "act": act, "on": on, "issues": issues},
    st.sampled_from(VOICES), st.sampled_from(sorted(ACTS)), st.sampled_from(DAYS),
    st.sampled_from(["tariffs", "tariffs", "[tariffs, origin]"]),
)  # fmt: skip
LINKS = st.sampled_from(["", "", "", "answers", "reaffirms", "replaces", "denies"])
BEFORE = [{}, {"by": "vn", "to": "us", "act": "asked"}, {"by": "us", "to": "vn", "act": "narrowed"}]


PLACES = re.compile(r"#\d+|, in unknown order$")  # of events in the log, and of days in the answer of `replay`


def _report(slug: str, published: str, statements: list[Statement]) -> str:
    lines = (", ".join(f"{name}: {value}" for name, value in one.items() if value) for one in statements)
    return REPORT.format(slug, published) + "".join(f"  - {{{line}}}\n" for line in lines)


def _sorted(answer: Any) -> Any:
    """An answer in JSON without the places of its items, in lists and in the log."""
    if isinstance(answer, dict):
        return {key: _sorted(value) for key, value in answer.items() if key not in ("turn", "position")}
    if isinstance(answer, list):
        return sorted(map(_sorted, answer), key=lambda one: json.dumps(one, sort_keys=True))
    return answer


def _answers(before: Statement, statements: list[Statement]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(now, "now", lambda: datetime.fromisoformat(NOON))
        console, answers = Console(Path(folder)), dict[str, Any]()
        console.columns = 1000
        earlier = {"statement": "before", **before, "issues": "tariffs", "says": "Before.", "on": "2026-04-01"}
        console.record(HEAD, *([_report("wire", "2026-04-02", [earlier])] if before else []))
        console.record(_report("paper", "2026-06-10", statements))
        for question in ANSWERS:
            told = console.line(f"parley {question}").out
            assert told, question
            lines = sorted({PLACES.sub("", line) for line in told.splitlines()})
            answers[question] = _sorted(json.loads(told)) if "--json" in question else lines
        return answers


def _filed_otherwise(statements: list[Statement], order: list[int]) -> list[Statement]:
    """The statements in another order, but those of one exact day as they were."""
    moved = [statements[nth] for nth in order]
    for day in DAYS[-2:]:
        of_day = iter([one for one in statements if one["on"] == day])
        moved = [next(of_day) if one["on"] == day else one for one in moved]
    return moved


@settings(max_examples=12 * THOROUGH, deadline=None)
@given(st.lists(STATEMENT, min_size=2, max_size=4), st.sampled_from(BEFORE), LINKS, st.data())
def test_the_order_of_statements_in_a_file_decides_no_answer(statements, before, link, data):
    named = [{"statement": f"s{nth}", **one, "says": f"Words {nth}."} for nth, one in enumerate(statements)]
    named[-1] |= {link: "s0"} if link else {}
    otherwise = _filed_otherwise(named, data.draw(st.permutations(range(len(named)))))
    assert _answers(before, named) == _answers(before, otherwise)


WITHOUT_DAYS = {
    "a request and a refusal": (("vn", "us", "asked"), ("us", "vn", "refused"), "answered"),
    "a refusal and an acceptance": (("us", "vn", "refused"), ("us", "vn", "accepted"), "answered, unless agreed"),
    "a narrowing and an objection": (
        ("[us, vn]", "", "narrowed"),
        ("us", "vn", "objected"),
        "answered, unless narrowed",
    ),
    "a settling and a request": (("[us, vn]", "", "settled"), ("vn", "us", "asked"), "settled, unless open"),
    "a withdrawal and a request": (("vn", "us", "withdrew"), ("vn", "us", "asked"), "open, unless withdrawn"),
}


@pytest.mark.parametrize("which", WITHOUT_DAYS)
def test_the_status_says_what_another_order_would_give(which):
    *pair, status = WITHOUT_DAYS[which]
    said = [
        {"statement": f"s{nth}", "by": by, "to": to, "act": act, "issues": "tariffs", "says": f"Words {nth}."}
        for nth, (by, to, act) in enumerate(pair)
    ]
    before = {} if which == "a request and a refusal" else BEFORE[1]
    answers = [_answers(before, order)["issues --json"][0] for order in (said, said[::-1])]
    assert answers[0] == answers[1]
    assert ", unless ".join(filter(None, (answers[0]["status"], answers[0]["unless"]))) == status
