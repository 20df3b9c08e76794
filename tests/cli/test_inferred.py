"""The law of inferences: a status that rests on an entry in which the keeper inferred something carries the mark.

In this ledger every answer is inferred. So wherever the status of an issue is shown, it is marked, and the status of
the issues that nobody inferred anything about is not.
"""

import html
import json
import re
from pathlib import Path

import pytest

from tests.cli.console import Console

DAY = "2026-09-30"
BY_BOTH = {
    "settled": "settled",
    "narrowed": "narrowed",
    "unresolved": "unresolved",
    "agreed-in-principle": "agreed in principle",
}
BY_ONE = {"accepted": "agreed", "refused": "answered", "deferred": "deferred"}
STANDING = BY_BOTH | BY_ONE


def _file(console: Console) -> None:
    lines = ["negotiation: talks", "title: Talks", "parties: [vn, us]", "entries:"]
    lines += ["  - {party: vn, name: Viet Nam}", "  - {party: us, name: United States}"]
    lines += [
        f"  - {{issue: {kind}-{act}, title: {kind.title()} of {act}}}" for act in STANDING for kind in ("guess", "word")
    ]
    lines += ["---", "negotiation: talks", "source: {slug: paper, title: Paper, published: 2026-06-01}", "entries:"]
    for act in STANDING:
        by = "by: [us, vn]" if act in BY_BOTH else "by: us, to: vn"
        for kind, why in (("guess", ", inferred: The paper does not say who."), ("word", "")):
            lines += [f"  - {{statement: asks-{kind}-{act}, by: vn, to: us, act: asked, issues: {kind}-{act},"
                      " says: Horse., on: 2026-05-01}"]  # fmt: skip
            lines += [f"  - {{statement: {kind}-said-{act}, {by}, act: {act}, issues: {kind}-{act}, says: Zebra.,"
                      f" on: 2026-05-02{why}}}"]  # fmt: skip
    console.line("parley init")
    (console.folder / "talks.yaml").write_text("\n".join(lines) + "\n")
    filed = console.line("parley import talks.yaml")
    assert filed.code == 0, filed.err


def _wrong(lines: list[str]) -> list[str]:
    """The lines about an issue with its status that are marked though nothing was inferred, or the other way round."""
    found = []
    for line in lines:
        for kind, act in re.findall(r"(Guess|Word) of ([a-z-]+)", line):
            if STANDING[act] in re.sub(rf"( of |(guess|word)-){act}", " ", line):
                found += [line] if ("(inferred)" in line) != (kind == "Guess") else []
    return found


@pytest.mark.parametrize(
    "line",
    [
        "issues",
        "table",
        "brief --full",
        "handover",
        "diff 2026-01-01 2026-09-30",
        "state",
        "asks --answered",
    ],
)
def test_a_status_is_marked_in_every_answer_if_it_rests_on_an_inference(console: Console, line: str) -> None:
    _file(console)
    console.columns = 1000
    answer = console.line(f"parley {line}" + ("" if line.startswith("diff") else f" --as-of {DAY}"))
    assert answer.code == 0, answer.err
    assert "(inferred)" in answer.out
    assert _wrong(answer.out.splitlines()) == []


@pytest.mark.parametrize("act", STANDING)
def test_the_answers_about_one_issue_mark_its_status(console: Console, act: str) -> None:
    _file(console)
    console.columns = 1000
    for kind, mark in (("guess", " (inferred)"), ("word", "")):
        shown = console.line(f"parley show {kind}-{act} --as-of {DAY}").out
        assert f"{STANDING[act]}{mark}" in shown
        assert ("(inferred)" in shown) == bool(mark), shown
    issues = {
        one["slug"]: one["rests_on_inferred"]
        for one in json.loads(console.line(f"parley issues --as-of {DAY} --json").out)
    }
    assert issues[f"guess-{act}"] == [f"guess-said-{act}"] and issues[f"word-{act}"] == []


@pytest.mark.parametrize(
    "path", ["/issues", "/table", "/asks", "", *(f"/issue/guess-{act}" for act in ("settled", "accepted"))]
)
def test_a_status_is_marked_on_every_page_if_it_rests_on_an_inference(console: Console, path: str) -> None:
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    from ledger import Ledger
    from ledger.web.site import Site
    from tests.ledger.web.serving import page

    _file(console)
    body = page(Site(Ledger(Path(console.folder / "ledger.db")), "/raw_tables"), f"/talks{path}?as-of={DAY}")
    main = re.sub(r"<(script|style|nav|header|footer).*?</\1>", " ", body.split("<main", 1)[1], flags=re.S)
    end = "section" if path.startswith("/issue/") else "(?:li|tr)"
    lines = [html.unescape(" ".join(re.sub("<[^>]+>", " ", part).split())) for part in re.split(f"</{end}>", main)]
    assert any("(inferred)" in line for line in lines)
    assert _wrong([] if path.startswith("/issue/") else [one for one in lines if "Filter and sort" not in one]) == []


def _part(console: Console, *statements: str) -> Console:
    """A ledger with two requests to two parties, and these statements about them."""
    lines = ["negotiation: talks", "title: Talks", "parties: [vn, us, eu]", "entries:"]
    lines += [f"  - {{party: {slug}, name: {name}}}" for slug, name in (("vn", "Viet Nam"), ("us", "United States"))]
    lines += ["  - {party: eu, name: Union}", "  - {issue: fish, title: Fish}"]
    lines += ["---", "negotiation: talks", "source: {slug: paper, title: Paper, published: 2026-06-01}", "entries:"]
    lines += ["  - {statement: asks, by: vn, to: [us, eu], act: asked, issues: fish, says: Horse., on: 2026-05-01}"]
    lines += [f"  - {{{one}, issues: fish, to: vn}}" for one in statements]
    console.line("parley init")
    (console.folder / "talks.yaml").write_text("\n".join(lines) + "\n")
    filed = console.line("parley import talks.yaml")
    assert filed.code == 0, filed.err
    console.columns = 1000
    return console


US = "statement: us-yes, by: us, act: accepted, says: Zebra., on: 2026-05-03, conditional-on: if prices fall"
EU = "statement: eu-no, by: eu, act: refused, says: Otter., on: 2026-05-04"
TOLD = [
    "asks --answered", "show fish", "diff 2026-05-01 2026-06-01", "brief --full", "handover", "state",
    "positions --full", "table", "statements", "issues",
]  # fmt: skip
GUESSED = {"act": "act: ", "answers": "what it answers: "}  # fields of a reply, as `show` names them


@pytest.mark.parametrize("line", TOLD)
def test_where_only_the_condition_is_inferred_no_answer_is(console: Console, line: str) -> None:
    guess = f"{US}, inferred: The paper gives it in another paragraph., inferred-in: conditional-on"
    _part(console, guess, EU)
    out = " ".join(console.line(f"parley {line}" + ("" if "diff" in line else f" --as-of {DAY}")).out.split())
    for said in re.findall(r".{40}inferred\)", out):
        assert said.endswith(("if prices fall (inferred)", "(condition inferred)")), said
    assert ("inferred)" in out) == (line != "issues"), out


@pytest.mark.parametrize("line", ["asks --answered", "show fish", "diff 2026-05-01 2026-06-01", "brief --full"])
def test_a_condition_is_told_beside_the_answer_that_has_it(console: Console, line: str) -> None:
    _part(console, US, EU)
    out = " ".join(console.line(f"parley {line}" + ("" if "diff" in line else f" --as-of {DAY}")).out.split())
    assert re.search(r"accepted: (the )?United States on 3 May 2026 \(conditional on: if prices fall\)", out), out
    assert "refused: Union" in out and "refused: Union (conditional" not in out
    assert out.count("if prices fall") == out.count("(conditional on: if prices fall)") + ("Zebra" in out)


def test_the_fields_inferred_are_those_that_the_entry_gives_and_need_a_reason(console: Console) -> None:
    _part(console, US)
    base = "parley append statement more --by us --to vn --act stated --issues fish --says Owl. --note Owl."
    assert "needs 'inferred'" in console.line(f"{base} --inferred-in act").err
    assert "needs 'conditional-on'" in console.line(f"{base} --inferred Why. --inferred-in conditional-on").err
    assert "not a known field" in console.line(f"{base} --inferred Why. --inferred-in horse").err
    assert console.line(f"{base} --inferred Why. --inferred-in act").code == 0
    assert "(act inferred)" in console.line("parley statements").out


@pytest.mark.parametrize("guess", ["inferred: Why.", *(f"inferred: Why., inferred-in: {one}" for one in GUESSED)])
def test_an_inferred_reply_to_an_open_request_is_marked_wherever_it_is_told(console: Console, guess: str) -> None:
    _part(console, f"statement: no, by: us, act: refused, says: Otter., on: 2026-05-03, answers: asks, {guess}")
    for line in ("issues", "show fish", "asks"):
        out = " ".join(console.line(f"parley {line} --as-of {DAY}").out.split())
        assert re.search(r"refused: (the )?United States \(inferred\)", out), (line, out)
    told = f"{GUESSED.get(guess.rpartition(' ')[2], '')}Why."
    assert re.search(rf" inferred +{told}\n", console.line("parley show no").out)


@pytest.mark.parametrize("act", ["refused", "accepted"])
def test_of_two_replies_that_may_each_be_the_last_only_the_inferred_one_is_marked(console: Console, act: str) -> None:
    more = {"refused": "", "accepted": ""} | {act: ", inferred: Why."}
    _part(console, *(f"statement: {one}, by: us, act: {one}, says: Otter.{why}" for one, why in more.items()))
    out = console.line(f"parley issues --as-of {DAY}").out
    assert re.search(rf"{act}: (the )?United States \(inferred\)", out) and out.count("(inferred)") == 1, out
