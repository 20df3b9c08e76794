"""The law of lists: a page of the browser has what its command tells of each entry."""

import re

import pytest

from ledger import create_ledger
from ledger.web.site import Site
from tests.ledger.web.serving import page

TALKS = """
negotiation: talks
title: Talks
parties: [vn, us]
entries:
  - {party: vn, name: Viet Nam}
  - {party: us, name: United States, in-sentences: the United States}
  - {issue: tariffs, title: Tariffs}
  - {person: dahl, name: Eva Dahl, party: us}
---
negotiation: talks
source: {slug: paper, title: Paper, published: 2026-05-08}
entries:
  - {meeting: round-1, kind: round, number: 1, held: 2026-05-01/2026-05-02, parties: [vn, us]}
  - {statement: ask-1, by: vn, to: us, act: asked, issues: tariffs, says: Cut them., at: round-1, on: 2026-05-01}
  - {statement: ask-2, by: vn, to: us, act: asked, issues: tariffs, says: Cut them now., at: round-1, on: 2026-05-02,
     reaffirms: ask-1}
  - {statement: vow, by: us, to: vn, act: promised, issues: tariffs, says: Cut them soon., on: 2026-05-03}
  - {follow-up: list, says: Send a list., owners: us, issues: tariffs, on: 2026-05-02, due: 2026-05-04}
  - {closed: list, outcome: done, by: us/dahl, on: 2026-05-06}
  - {deadline: reply, says: Reply., owners: us, by: vn, on: 2026-05-02, due: 2026-09-01, basis: agreed}
  - {statement: agreed, by: [vn, us], act: settled, issues: tariffs, says: Settled., on: 2026-05-07,
     reported-by: us/dahl}
  - {statement: no, by: vn, act: denied, says: No list came., on: 2026-05-07, denies: list}
"""
TOLD = {
    "issues": ("settled", "according to Viet Nam and the United States, as told by Eva Dahl (us)",
               "follow-up done late on 6 May 2026, according to Eva Dahl (us)"),
    "asks": ("at Round 1", "first asked on 1 May 2026"),
    "follow-ups": ("agreed on 2 May 2026", "denied by Viet Nam on 7 May 2026: No list came"),
    "deadlines": ("set on 2 May 2026 by Viet Nam", "agreed", "due 1 September 2026"),
    "promises": ("denied by Viet Nam on 7 May 2026: No list came", "By their own account"),
}  # fmt: skip


@pytest.mark.parametrize("name", TOLD)
def test_a_page_has_what_its_command_tells(tmp_path, name):
    ledger = create_ledger(tmp_path / "ledger.db")
    (tmp_path / "talks.yaml").write_text(TALKS)
    ledger.import_files([tmp_path / "talks.yaml"])
    body = page(Site(ledger, "/raw_tables"), f"/talks/{name}?as-of=2026-06-01").split("<main", 1)[1]
    shown = re.sub(r" ([,.;:])", r"\1", " ".join(re.sub("<[^>]+>", " ", body).split()))
    assert [words for words in TOLD[name] if words not in shown] == [], shown
