"""The law of imprecise dates: no answer names a day that its reports do not give.

In these ledgers no report gives a day. So every day in an answer is one end of a bound (`on or before 3 June 2026`,
`2026-05-21..31`), the day that was asked about, or the day of recording. Nothing that was said or done is `by` a day,
which reads like a deadline; only what was due or expected is.
"""

import random
import re
from pathlib import Path

import pytest

from ledger.dates import When
from tests.cli.console import Console

DAY = "2026-09-30"
QUESTIONS = (
    "state", "next-round", "asks --answered", "issues", "follow-ups --closed", "meetings", "statements", "positions",
    "positions --full", "gaps --full", "replay --full",
    "promises", "gaps", "timeline", "replay", "people", "search position", "history statement-1", "history issue-0",
    "history round-1", "show statement-1", "show issue-0", "show round-1", "show task-1", "brief", "brief --full",
    "figures", "figures rate", "table", "deadlines --passed", "parties", "tasks --done", "contested",
    "show limit-1", "history limit-1", "show vn", "show rate", "compare round-1", "diff 2026-01-01",
)  # fmt: skip
PAGES = ("", "/issues", "/meetings", "/follow-ups", "/issue/issue-0", "/statement/statement-1", "/meeting/round-1")
PAGES += (
    "/table",
    "/figures",
    "/timeline?from=2026-01-01&to=2026-09-30",
    "/deadline/limit-1",
    "/measure/rate",
    "/people",
)
PAGES += ("/search?q=position", "/party/vn", "/people")
ISO = r"\d{4}-\d{2}-\d{2}"
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
WORDS = rf"(?<!\d)\d{{1,2}} (?:{MONTHS})(?: \d{{4}})?"
# What may hold a day: bounds, the moment asked about, the time of recording.
ALLOWED = re.compile(
    rf"{ISO}\.\.[\d-]+|from(?: \|)? {ISO}|(?:recorded|entered) {ISO}|undated to {ISO}"
    rf"|between \d{{1,2}}(?: \w+)?(?: \d{{4}})? and {WORDS}"
    rf"|(?:on or before|by|from) {WORDS}|(?:{WORDS}|{ISO}) or earlier"
    rf"|\| (?:\d{{1,2}} )?and {WORDS}|\| {WORDS}\)"  # a bound that goes on in another line
)
# A verb of what was said or done, with a bound of its day that reads like a deadline.
DEADLINE = re.compile(rf"\b(?!expected)(?:\w+ed|said|held|spoke|again|last|first|since) by (?:{WORDS}|{ISO})")


def _imprecise(random: random.Random) -> str:
    """A date that does not give a day."""
    month, end = f"2026-{random.randint(1, 8):02}", random.choice(["11", "20", "27"])
    return random.choice(
        [month, f"[{month}-05..{month}-{end}]", f"[..{month}-{end}]", f"early {_named(month)}", f"late {_named(month)}"]
    )


def _named(month: str) -> str:
    return When(month).describe()


def _entries(random: random.Random) -> str:
    """An entry file: names, then sources with meetings, expectations, statements and follow-ups."""
    lines = ["negotiation: talks", "title: Talks", "parties: [vn, us]", "entries:"]
    lines += ["  - {party: vn, name: Viet Nam}", "  - {party: us, name: United States}"]
    lines += [f"  - {{issue: issue-{number}, title: Issue {number}}}" for number in range(2)]
    lines += ["  - {measure: rate, title: Rate, unit: percent}", "  - {party: norway, name: Norway}"]
    lines += [f"  - {{task: own, says: Own work., due: '{_imprecise(random)}'}}"]
    for source in range(3):
        lines += ["---", "negotiation: talks", "source:", f"  slug: paper-{source}", f"  title: Paper {source}"]
        lines += [f"  published: 2026-0{source + 6}", "entries:"]
        lines += [f"  - {{meeting: round-{source}, kind: round, number: {source + 1}, held: '{_imprecise(random)}'}}"]
        lines += [f"  - {{announcement: round-9, kind: round, number: 9, expected: '{_imprecise(random)}', by: vn}}"]
        for number in range(4):
            act = random.choice(["asked", "asked", "refused", "promised", "objected", "narrowed", "settled"])
            by, to = random.sample(["vn", "us"], 2)
            on = random.choice(["", f", on: '{_imprecise(random)}'"])
            slug = f"statement-{source * 4 + number}"
            lines.append(f"  - {{statement: {slug}, by: {by}, to: {to}, act: {act}, issues: issue-{number % 2},"
                         f" says: Position {slug}.{on}, figures: {{rate: about {number} percent}},"
                         f" conditional-on: access in {number}}}")  # fmt: skip
        limit = f"deadline: limit-{source % 2}, says: Limit., due: '{_imprecise(random)}'"
        lines.append(f"  - {{{limit}, on: '{_imprecise(random)}'}}")
        lines.append(f"  - {{role: norway, as: observer, from: '{_imprecise(random)}'}}")
        due = random.choice(["", f", due: '{_imprecise(random)}'"])
        lines.append(
            f"  - {{follow-up: task-{source}, says: Task {source}., owners: vn, on: '{_imprecise(random)}'{due}}}"
        )
    return "\n".join(lines) + "\n"


def _days(text: str) -> list[str]:
    """The days named in a text, but for bounds, the moment asked about and the time of recording."""
    plain = " | ".join(" ".join(line.split()) for line in text.splitlines())
    asked = When(DAY).describe()
    for known in (DAY, asked, "2026-01-01", "1 January 2026", "2026-11-21", "21 November 2026"):
        plain = re.sub(rf"(?<!\d){known}", "", plain)
    return re.findall(rf"{ISO}|{WORDS}", ALLOWED.sub("", plain))


@pytest.mark.parametrize("seed", range(6))
def test_no_answer_names_a_day_where_no_report_gives_one(console: Console, seed: int) -> None:
    _file(console, seed)
    console.columns = 1000
    for line in QUESTIONS:
        which = "" if line.startswith("diff") else "--to" if line == "replay" else "--as-of"
        answer = console.line(f"parley {line} {f'{which} {DAY}' if which else DAY}")
        assert answer.code == 0, answer.err
        assert _days(answer.out) == [], f"{line}\n{answer.out}"
        assert not DEADLINE.search(answer.out), f"{line}\n{answer.out}"
        announced = re.search(r"\b(announced|agreed on a|agreed on r)", answer.out, re.IGNORECASE)
        assert not announced, f"{line}: no report says that a meeting was announced\n{answer.out}"


@pytest.mark.parametrize("seed", range(3))
def test_no_page_names_a_day_where_no_report_gives_one(console: Console, seed: int) -> None:
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    from ledger import Ledger
    from ledger.web.site import Site
    from tests.ledger.web.serving import page

    _file(console, seed)
    site = Site(Ledger(Path(console.folder / "ledger.db")), "/raw_tables")
    for path in PAGES:
        sign = "&" if "?" in path else "?"
        body = page(site, f"/talks{path}{sign}as-of={DAY}")
        main = re.sub(r"<(script|style|nav|header|footer).*?</\1>|<[^>]+>", " ", body.split("<main", 1)[1], flags=re.S)
        assert _days(main) == [], f"{path}\n{main}"
        assert not DEADLINE.search(" ".join(main.split())), f"{path}\n{main}"


def _file(console: Console, seed: int) -> None:
    console.line("parley init")
    texts = _entries(random.Random(seed)).split("---\n")
    for number, text in enumerate(texts):
        (console.folder / f"{number}.yaml").write_text(text)
    filed = console.line("parley import " + " ".join(f"{number}.yaml" for number in range(len(texts))))
    assert filed.code == 0, filed.err
