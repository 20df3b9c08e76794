"""`parley show` and `parley history`: how sources weigh, and the columns of a conversation."""

import json
import re

import pytest

from tests.cli.console import Console
from tests.examples import ON_TARIFFS


def test_show_says_how_many_independent_sources_carry_an_entry(press: Console) -> None:
    assert (
        "\ncarried by 2 independent sources (3 in all); its reports differ on " in press.line("parley show hanoi").out
    )
    assert "\ncarried by 1 independent source (2 in all)\n" in press.line("parley show exchange-drafts").out
    assert "\ncarried by 1 source\n" in press.line("parley show name-place").out
    assert "carried by" not in press.line("parley show us").out
    assert json.loads(press.line("parley show hanoi --json").out)["weight"] == {"independent": 2, "sources": 3}


def test_show_weighs_what_was_published_by_a_day(press: Console) -> None:
    assert "carried by 1 source\n" in press.line("parley show hanoi --reported-by 2025-05-21").out
    assert "carried by 1 independent source (2 in all)" in press.line("parley show hanoi --reported-by 2025-05-22").out


def test_show_of_a_source_names_the_copies_of_its_text(press: Console) -> None:
    assert "Counted as one source with\n  Ministry  ministry\n" in press.line("parley show daily").out
    assert "Counted as one" not in press.line("parley show readout").out
    assert json.loads(press.line("parley show ministry --json").out)["copies"] == ["daily"]


def test_many_parties_are_listed_by_name_where_columns_have_no_room(recorded: Console) -> None:
    for slug in ("jp", "kr"):
        recorded.parley("append", "party", slug, "--name", slug.upper())
        fields = ["--by", slug, "--act", "asked", "--issues", "tariffs", "--on", "2025-06-01", "--says", "So."]
        recorded.parley("append", "statement", f"{slug}-asks", *fields, "--note", "On the phone.")
    said = recorded.line("parley history tariffs").out
    assert "KR  ASKED So." in said
    assert len(said.partition("Said\n")[2].splitlines()[0].split("  ")) > 2


def test_what_the_keeper_inferred_is_shown_with_its_reason_and_in_json(recorded: Console) -> None:
    shown = recorded.line("parley show round-5-closing").out
    assert "inferred  The day; the text gives none" in shown
    assert "inferred in report-fifth-round: The year: " in shown
    assert json.loads(recorded.line("parley show round-5-closing --json").out)["state"]["inferred"].startswith(
        "The day"
    )
    assert recorded.line("parley promises --by us").out.count("(inferred)") == 1


def test_who_only_considers_an_ask_has_replied_and_the_ask_waits_on(recorded: Console) -> None:
    asked = ["--by", "vn", "--to", "us", "--act", "asked", "--on", "2025-11-15", "--says", "Drop it."]
    replied = ["--by", "us", "--to", "vn", "--act", "considering", "--on", "2025-11-17", "--says", "We study it."]
    entries = [("issue", "fee", "--title", "A fee")]
    for slug, fields in (("vn-asks-fee", asked), ("us-studies-fee", replied)):
        entries.append(("statement", slug, "--issues", "fee", "--note", "On the phone.", *fields))
    for entry in entries:
        filed = recorded.parley("append", *entry)
        assert filed.code == 0, filed.err
    recorded.columns = 200
    answer = recorded.line("parley show fee --as-of 2025-11-20")
    assert answer.code == 0, answer.err
    shown = " ".join(answer.out.split())
    assert "waiting for 5 days" in shown
    assert "reply 2025-11-17: considering: United States" in shown
    assert "answered" not in shown
    waits = recorded.line("parley table --issue fee --as-of 2025-11-20").out
    assert "Viet Nam waits for the United States, 5 days (considering: United States)" in " ".join(waits.split())
    assert "considering: United States; no answer on record" in " ".join(
        recorded.line("parley gaps --full --as-of 2025-11-20").out.split()
    )


UNDATED = (
    ON_TARIFFS
    + """\
---
negotiation: talks
source: {slug: paper, title: A paper, published: 2026-06-10}
entries:
  - {statement: asks, by: vn, to: us, act: asked, issues: tariffs, says: Cut tariffs., on: 2026-06-01}
  - {statement: one, by: us, to: vn, act: refused, issues: tariffs, says: No cut.}
  - {statement: other, by: us, to: vn, act: conditioned, issues: tariffs, says: A cut for a quota.}
"""
)


@pytest.mark.parametrize("line", ["asks --answered", "issues", "show tariffs", "replay --full", "history tariffs"])
def test_of_two_replies_of_a_report_without_days_no_answer_calls_one_the_last(console: Console, line: str) -> None:
    console.line("parley init")
    for nth, text in enumerate(UNDATED.split("---\n")):
        (console.folder / f"{nth}.yaml").write_text(text)
    assert console.line("parley import 0.yaml 1.yaml").code == 0
    answer = " ".join(console.line(f"parley {line}").out.split())
    by = "(: us|: United States| by United States)?"
    assert re.search(rf"conditioned{by}[,;] earlier or later refused", answer, re.IGNORECASE), answer
    assert "refused → conditioned" not in answer
    assert not re.search(r"last (reply|answer)", answer, re.IGNORECASE)


UNASKED = """negotiation: talks
source: {slug: paper, title: A paper, published: 2026-06-10}
entries:
  - {statement: one, by: us, act: accepted, issues: tariffs, says: A meeting.}
  - {statement: other, by: vn, act: refused, issues: tariffs, says: A meeting., reported-by: us}
---
negotiation: talks
source: {slug: later, title: A later paper, published: 2026-06-17}
entries:
  - {statement: asks, by: vn, act: asked, issues: tariffs, says: A meeting.}
"""


def test_each_answer_has_its_party_and_teller_and_is_no_reply_where_none_was_asked_for(console: Console) -> None:
    console.columns = 200
    console.line("parley init")
    texts = (UNDATED.split("---\n", maxsplit=1)[0], *UNASKED.split("---\n"))
    for nth, text in enumerate(texts):
        (console.folder / f"{nth}.yaml").write_text(text)
    assert console.line("parley import 0.yaml 1.yaml 2.yaml").code == 0
    shown = " ".join(console.line("parley show tariffs").out.split())
    told = "refused: Viet Nam, as told by United States; earlier or later accepted: United States"
    assert f"{told} (not known to answer a request)" in shown
    console.columns = 400
    assert told in " ".join(console.line("parley issues").out.split())
    assert not re.search("repl(y|ied)|reported by others", shown)


TELLERS = (
    ON_TARIFFS
    + """\
  - {person: ann-lee, name: Ann Lee, party: us}
---
negotiation: talks
source: {slug: paper, title: Paper, published: 2026-06-10, account-of: us}
entries:
  - {statement: refusal, by: vn, to: us, act: refused, issues: tariffs, says: No., reported-by: us/ann-lee}
  - {meeting: lunch, kind: meeting, held: 2026-06-01, parties: [vn, us], reported-by: us/ann-lee}
  - {announcement: round-9, kind: round, number: 9, expected: 2026-11, by: vn, reported-by: us/ann-lee}
  - {follow-up: list, says: Send a list., owners: vn, on: 2026-06-01, reported-by: us/ann-lee}
  - {deadline: reply, says: Reply., by: vn, due: 2026-09-01, reported-by: us/ann-lee}
"""
)


@pytest.mark.parametrize("slug", ["refusal", "lunch", "round-9", "list", "reply", "paper", "ann-lee"])
def test_an_entry_names_its_teller_and_its_party(console: Console, slug: str) -> None:
    console.record(TELLERS)
    shown = console.line(f"parley show {slug}").out
    label, name = {
        "paper": ("account of", "United States"),
        "ann-lee": ("party", "United States"),
    }.get(slug, ("reported by", "Ann Lee (us)"))
    assert re.search(rf"^  {label} +{re.escape(name)}$", shown, re.MULTILINE), shown
