"""The law of links: what reaffirms, answers or replaces another entry is later than it, in every answer.

No report gives the day of the first statement of a pair. The second names it, and was made before the report of the
first was published.
"""

import json
import re

import pytest

from tests.examples import ON_TARIFFS

LINKS = {"answers": "by: us, to: vn, act: refused", "reaffirms": "by: vn, to: us, act: asked",
         "replaces": "by: vn, to: us, act: asked"}  # fmt: skip
BOTH = (
    ON_TARIFFS
    + """\
---
negotiation: talks
source: {slug: paper, title: Paper, published: 2026-06-10}
entries:
"""
)
ASKED = "  - {statement: first, by: vn, to: us, act: asked, issues: tariffs, says: Horse.%s}\n"
NEXT = "  - {statement: second, %s, issues: tariffs, says: Zebra., on: 2026-06-01, %s: first}\n"
LATER = """\
---
negotiation: talks
source: {slug: another-paper, title: Paper, published: 2026-06-05}
entries:
"""
ORDERED = ("statements", "history tariffs")


def _day(console, slug):
    rows = json.loads(console.line("parley statements --json").out)
    return next(row["day"] for row in rows if row["slug"] == slug)


@pytest.mark.parametrize("relation", LINKS)
def test_in_one_paper_what_names_an_entry_comes_after_it_in_every_answer(console, relation):
    console.record(BOTH + ASKED % "" + NEXT % (LINKS[relation], relation))
    for question in (*ORDERED, "timeline", "replay"):
        told = console.line(f"parley {question}").out
        assert -1 < told.find("Horse") < told.find("Zebra"), (question, told)


@pytest.mark.parametrize("relation", LINKS)
@pytest.mark.parametrize("apart", [False, True], ids=["filed together", "filed later"])
@pytest.mark.parametrize("on", ["", ", on: 2026-06-01"], ids=["without a day", "of one day, in a later paper"])
def test_what_names_an_entry_comes_after_it(console, relation, apart, on):
    second = NEXT % (LINKS[relation], relation)
    parts = [BOTH + ASKED % on, LATER.removeprefix("---\n") + second]
    console.record(*(parts if apart else ["---\n".join(parts)]))
    assert _day(console, "first") == "2026-06-01"
    for question in ORDERED:
        told = console.line(f"parley {question}").out
        assert -1 < told.find("Horse") < told.find("Zebra"), (question, told)
    if relation == "answers":
        assert "Horse" not in console.line("parley asks").out
        assert re.search(r"status: named → answered", console.line("parley history tariffs").out)


def test_the_order_ends_with_the_link_that_gave_it(console):
    console.record(BOTH + ASKED % "", LATER.removeprefix("---\n") + NEXT % (LINKS["answers"], "answers"))
    assert _day(console, "first") == "2026-06-01"
    assert console.line("parley retract second --reason 'Never said.'").code == 0
    assert _day(console, "first") == "2026-06-10"
