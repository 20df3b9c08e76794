"""The law of tellers and denials: what somebody else told of a party is never shown as the party's own word.

Each statement of this ledger but the asks is told by a person of its own. So every answer that has the words of a
statement names that person, and so does every answer that says how an issue stands by it. If each of them is denied,
every answer about the present that has its words says by whom.
"""

import re
from pathlib import Path

import pytest

from ledger.domain.vocabulary import ACTS, Role
from tests.cli.console import Console

DAY = "2026-09-30"
TOLD = [act for act in ACTS if ACTS[act].role is not Role.WITHDRAWS]  # of what is withdrawn, lists show nothing
QUESTIONS = (
    "state", "asks --answered", "issues", "statements", "positions", "positions --full", "promises", "timeline",
    "table", "figures", "brief --full", "handover", "search Zebra", "diff 2026-01-01 2026-09-30", "gaps --full",
    *(f"show issue-{act}" for act in ("settled", "refused", "promised")),
    *(f"history issue-{act}" for act in ("settled", "refused", "promised")),
    *(f"show told-{act}" for act in ("settled", "refused", "promised")),
)  # fmt: skip
PAGES = (
    "", "/table", "/timeline?from=2026-01-01&to=2026-09-30", "/figures", "/promises", "/brief",
    "/issue/issue-settled", "/issue/issue-refused", "/statement/told-settled", "/party/us",
)  # fmt: skip
PRESENT = (  # what they show still counts, unless it was denied
    "state", "asks --answered", "statements", "positions", "positions --full", "promises", "table",
    "brief --full", "show issue-refused", "show told-refused",
)  # fmt: skip
STANDING = {  # the words of a status that rests on what was told
    "settled": "settled",
    "agreed-in-principle": "agreed in principle",
    "narrowed": "narrowed",
    "unresolved": "unresolved",
    "accepted": "agreed",
}


DENIED = """
negotiation: talks
source: {slug: review, title: Review, published: 2026-06-03}
entries:
  - {follow-up: plan, says: Send the plan., owners: us, on: 2026-06-01}
  - {announcement: round-9, kind: round, number: 9, expected: 2026-11-20, as: agreed, by: vn, on: 2026-06-01}
  - {statement: no, by: us/hyena-stated, act: denied, says: Both., on: 2026-06-02, denies: [plan, round-9]}
"""


TASKS = """
negotiation: talks
source: {slug: cable, title: Cable, published: 2026-06-03}
entries:
  - {follow-up: heron, says: Heron by then., owners: all, on: 2026-06-01, due: 2026-10-02, reported-by: quill-asked}
  - {deadline: otter, says: Otter by then., owners: vn, by: us, due: 2026-10-05, on: 2026-06, reported-by: quill-asked}
"""


MEETINGS = """
negotiation: talks
source: {slug: wire, title: Wire, published: 2026-06-03}
entries:
  - {meeting: emu, kind: round, number: 91, held: 2026-05-04/2026-05-05, parties: [vn, us], reported-by: quill-asked}
  - {meeting: ibis, kind: call, number: 92, held: 2026-05-20, parties: [vn, us], reported-by: quill-asked}
  - {announcement: kiwi, kind: round, number: 93, expected: 2026-11, by: vn, on: 2026-06, reported-by: quill-asked}
  - {announcement: rook, kind: call, number: 94, expected: 2026-10, as: agreed, on: 2026-06, reported-by: quill-asked}
  - {announcement: wren, kind: technical-meeting, number: 95, expected: 2026-10-20, on: 2026-05-30}
  - {called-off: wren, on: 2026-06-02, reported-by: quill-asked}
---
negotiation: talks
source: {slug: readout, title: Readout, published: 2026-06-04, account-of: us}
entries:
  - {meeting: swan, kind: call, number: 96, held: 2026-06-03, parties: [vn, us]}
  - {announcement: teal, kind: call, number: 97, expected: 2026-12, on: 2026-06-03}
"""


def _file(console: Console, *, denied: bool = False) -> None:
    lines = ["negotiation: talks", "title: Talks", "parties: [vn, us]", "entries:"]
    lines += ["  - {party: vn, name: Viet Nam}", "  - {party: us, name: United States}"]
    lines += ["  - {measure: rate, title: Rate, unit: percent}"]
    for act in TOLD:
        lines += [f"  - {{issue: issue-{act}, title: Title of {act}}}"]
        lines += [f"  - {{person: quill-{act}, name: Quill of {act}}}"]
        lines += [f"  - {{person: hyena-{act}, name: Hyena of {act}, party: us}}"]
    lines += ["---", "negotiation: talks", "source: {slug: paper, title: Paper, published: 2026-06-01}", "entries:"]
    for number, act in enumerate(TOLD):
        lines += [f"  - {{statement: asks-{act}, by: vn, to: us, act: asked, issues: issue-{act}, says: Horse {act}.,"
                  " on: 2026-05-01}"]  # fmt: skip
        both = act in STANDING and act != "accepted"
        lines += [f"  - {{statement: told-{act}, by: {'[us, vn]' if both else 'us, to: vn'}, act: {act},"
                  f" issues: issue-{act}, says: Zebra {act}., on: 2026-05-02, reported-by: quill-{act},"
                  f" figures: {{rate: '{number + 1} percent'}}, conditional-on: access {act}}}"]  # fmt: skip
        lines += [f"  - {{statement: denial-{act}, by: us/hyena-{act}, act: denied, says: Wrong., on: 2026-06-01,"
                  f" denies: told-{act}}}"] * denied  # fmt: skip
    (console.folder / "denied.yaml").write_text(DENIED)
    console.line("parley init")
    (console.folder / "talks.yaml").write_text("\n".join(lines) + "\n")
    filed = console.line("parley import talks.yaml")
    assert filed.code == 0, filed.err


def _unnamed(answer: str, who: str = "Quill of {}") -> list[str]:
    """The lines with the words of statements, but not with the names of who told them, or of others."""
    found = []
    for line in answer.splitlines():
        found += [line for act in re.findall(r"Zebra ([a-z-]+)", line) if who.format(act) not in line]
    return found


def test_every_answer_with_words_that_somebody_told_of_a_party_says_who_told_them(console: Console) -> None:
    _file(console)
    console.columns = 1000
    for line in QUESTIONS:
        answer = console.line(f"parley {line}" + ("" if line.startswith("diff") else f" --as-of {DAY}"))
        assert answer.code == 0, answer.err
        about_one = line.startswith("show told-")  # it has a line for each field
        assert _unnamed(" ".join(answer.out.split()) if about_one else answer.out) == [], f"{line}\n{answer.out}"


def test_every_answer_about_the_present_with_words_that_were_denied_says_by_whom(console: Console) -> None:
    _file(console, denied=True)
    console.columns = 1000
    for line in PRESENT:
        answer = console.line(f"parley {line} --as-of {DAY}")
        assert answer.code == 0, answer.err
        about_one = line.startswith("show told-")  # it has a line for each field
        shown = " ".join(answer.out.split()) if about_one else answer.out
        assert "Zebra" in shown
        who = "denied in denial-{}" if line == "table" or about_one else "denied by Hyena of {}"
        assert _unnamed(shown, who) == [], f"{line}\n{answer.out}"
        earlier = console.line(f"parley {line} --as-of 2026-05-20").out
        assert "Zebra" in earlier
        assert not re.search("denied (by|in)", earlier), f"{line} told the denial before it was made"
    told = console.line("parley import denied.yaml")
    assert told.code == 0, told.err
    for line in ("state", "follow-ups", "promises", "meetings", "next-round", "brief --full"):
        answer = " ".join(console.line(f"parley {line} --as-of {DAY}").out.split())
        about = ["Send the plan"] * (line not in ("meetings", "next-round")) + ["Round 9"] * (
            line not in ("follow-ups", "promises")
        )
        assert answer.count("denied by Hyena of stated (us) on 2 June 2026: Both)") == len(about), f"{line}\n{answer}"
        assert [one for one in about if one.lower() not in answer.lower()] == []
    assert console.line("parley figures rate").out.count("denied by Hyena of") == len(TOLD)


def test_every_answer_with_a_task_that_somebody_told_of_says_who_told_of_it(console: Console) -> None:
    _file(console)
    (console.folder / "cable.yaml").write_text(TASKS)
    told = console.line("parley import cable.yaml")
    assert told.code == 0, told.err
    console.columns = 1000
    asked = ("follow-ups", "deadlines", "state", "promises", "timeline", "brief --full", "handover", "gaps --full")
    asked += ("show heron", "show otter", "history heron", "history otter", "replay --full")
    for line in (*asked, "diff 2026-01-01 2026-09-30"):
        shown = console.line(f"parley {line}" + ("" if line.startswith("diff") else f" --as-of {DAY}")).out
        told_of = [one for one in shown.splitlines() if re.search("(Heron|Otter) by then", one)]
        if line.startswith(("show", "history")):  # one entry, which has lines of its own for its fields
            told_of = [" ".join(shown.split())]
        assert [one for one in told_of if "Quill of asked" not in one] == [], line
        assert told_of or line in ("gaps --full", "promises"), line


@pytest.mark.parametrize(
    "line",
    ["meetings", "state", "next-round", "next-round --kind any", "next-round --as-of 2026-05-05", "brief --full",
     "handover", "diff 2026-01-01 2026-09-30", "timeline", "replay --full", "show emu", "history emu", "show kiwi",
     "history kiwi", "show swan", "brief --full --as-of 2026-05-05"],
)  # fmt: skip
def test_every_answer_with_a_meeting_that_somebody_told_of_says_who_told_of_it(console: Console, line: str) -> None:
    _file(console)
    (console.folder / "wire.yaml").write_text(MEETINGS)
    told = console.line("parley import wire.yaml")
    assert told.code == 0, told.err
    console.columns = 1000
    dated = line.startswith("diff") or "--as-of" in line
    shown = console.line(f"parley {line}" + ("" if dated else f" --as-of {DAY}")).out
    told_of = [
        one for one in shown.splitlines() if re.search("(round|call|technical meeting) 9[1-5]", one, re.IGNORECASE)
    ]
    own = [one for one in shown.splitlines() if re.search("call 9[67]", one)]
    if line.startswith(("show", "history")):  # one entry, which has lines of its own for its fields
        told_of, own = ([], [" ".join(shown.split())]) if "swan" in line else ([" ".join(shown.split())], [])
    told_of = [one for one in told_of if not re.match(r"[#*]{1,2} |\*As of", one) and "Expected: technical" not in one]
    assert told_of or own, line
    assert [one for one in told_of if "Quill of asked" not in one] == [], line
    own = [one for one in own if "Expected: call 97" not in one]  # what one report says, with its source
    if not line.startswith(("timeline", "replay", "handover")):
        assert [one for one in own if "as told by United States" not in one] == [], line


@pytest.mark.parametrize("line", ["issues", "brief --full", "handover", "diff 2026-01-01 2026-09-30"])
def test_an_answer_that_says_how_an_issue_stands_names_who_told_it(console: Console, line: str) -> None:
    _file(console)
    console.columns = 1000
    answer = console.line(f"parley {line}" + ("" if line.startswith("diff") else f" --as-of {DAY}")).out
    for act, status in STANDING.items():
        about = [one for one in answer.splitlines() if f"Title of {act}" in one and status in one]
        assert about, f"{line} does not say that the issue is {status}\n{answer}"
        assert any(f"Quill of {act}" in one for one in about), about


def test_every_page_with_words_that_somebody_told_of_a_party_says_who_told_them(console: Console) -> None:
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    from ledger import Ledger
    from ledger.web.site import Site
    from tests.ledger.web.serving import page

    _file(console)
    site = Site(Ledger(Path(console.folder / "ledger.db")), "/raw_tables")
    for path in PAGES:
        sign = "&" if "?" in path else "?"
        body = page(site, f"/talks{path}{sign}as-of={DAY}")
        main = re.sub(r"<(script|style|nav|header|footer).*?</\1>", " ", body.split("<main", 1)[1], flags=re.S)
        end = "(?:td|tr)" if path == "/table" else "main" if path.startswith("/statement") else "(?:li|tr|g)"
        parts = re.split(f"</{end}>", main)
        lines = (" ".join(re.sub("<[^>]+>", " ", part).split()) for part in parts)
        assert _unnamed("\n".join(lines)) == [], path


FIGURE_TOLD = """
negotiation: talks
title: Talks
parties: [iran, powers]
entries:
  - {party: iran, name: Iran}
  - {party: powers, name: Powers}
  - {issue: steps, title: Steps}
  - {measure: period, title: Period, unit: months}
---
negotiation: talks
source: {slug: agency, title: Agency, published: 2026-02-27}
entries:
  - {statement: offer, by: powers, to: iran, act: proposed, issues: steps, says: Steps within six months.,
     on: 2026-02-26, reported-by: iran, figures: {period: 6 months}}
---
negotiation: talks
source: {slug: release, title: Release, published: 2026-04-06, account-of: powers}
entries:
  - {statement: offer, by: powers, to: iran, act: proposed, issues: steps, says: A proposal., on: 2026-02-26}
"""


def test_a_value_that_one_side_tells_of_is_told_so_though_another_source_reports_the_statement(
    console: Console,
) -> None:
    console.columns = 1000
    console.record(FIGURE_TOLD)
    for line in ("figures", "table", "brief --full"):
        [told] = [one for one in console.line(f"parley {line}").out.splitlines() if "6 months" in one]
        assert "as told by Iran" in told, f"{line}\n{told}"
    assert "as told by Iran" not in console.line("parley statements").out


def test_a_coming_meeting_that_somebody_told_of_is_not_also_as_reported(console: Console) -> None:
    visit = "{announcement: visit, kind: visit, expected: 2026-06-30, reported-by: an official}"
    console.record(
        "negotiation: talks\ntitle: Talks\nparties: [arda]\nsource: {slug: daily, title: A, published: 2026-06-10}\n"
        f"entries:\n  - {{party: arda, name: Arda}}\n  - {visit}\n"
    )
    told = " ".join(console.line("parley brief --as-of 2026-06-20").out.split())
    assert "is expected on 30 June 2026, as told by an official." in told
