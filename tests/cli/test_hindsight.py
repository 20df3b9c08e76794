"""The law of hindsight: an answer as of a day is the answer of a ledger with only what was known by that day.

Each ledger is filed twice: whole, and with only the entries whose reports count by the day, were published by it, or
were recorded by a position of the log. Then every question is asked of both, and every page. What differs in number
only (positions in the log, versions) is left out.
"""

import json
import random
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ledger import Ledger
from tests.cli.console import Console
from tests.thorough import THOROUGH

FIRST = date(2025, 5, 1)
_NUMBERS = ("position", "positions", "version", "corrects", "turn")  # `turn` ends with a position
QUESTIONS = (
    "state", "next-round", "asks --answered", "issues", "follow-ups --closed", "meetings", "statements", "positions",
    "promises", "gaps", "timeline", "contested", "sources", "people", "log", "search matter", "search ann",
    "compare round-0", "brief", "brief --full", "handover",
    "deadlines --passed", "tasks --done", "figures", "figures rate-0",
    "table", "parties",
)  # fmt: skip
EARLIER = 12  # the day with which a later one is compared
POSITIONS = r'#\d+|recorded-by=\d+|data-position="\d+"|now at \d+'
PAGES = (
    "", "/timeline", "/issues", "/meetings", "/follow-ups", "/people", "/sources", "/changes", "/search?q=matter",
    "/table", "/figures", "/brief", "/promises", "/gaps", "/accounts?meeting=round-0", "/timeline?by=issue",
)  # fmt: skip


class Reported(NamedTuple):
    """An entry of a paper, the day from which it counts ("" = that of its paper), and the names that it mentions."""

    fields: dict[str, Any]
    day: str
    names: tuple[str, ...]


class Paper(NamedTuple):
    """A source, with its day of publication ("" = unknown)."""

    slug: str
    published: str
    entries: tuple[Reported, ...]


def _day(number: int) -> str:
    return str(FIRST + timedelta(days=number))


def papers(random: random.Random) -> list[Paper]:
    """Some papers; each reports of days before it, some of what earlier papers reported in other words."""
    found = []
    for nth in range(6):
        published = _day(10 * nth + 9)
        entries = list(_entries(random, nth, 10 * nth))
        found.append(Paper(f"paper-{nth}", "" if nth == 2 else published, tuple(entries)))
    return found


def _entries(random: random.Random, nth: int, first: int) -> Iterator[Reported]:
    day, issue, person = _day(first + random.randint(0, 8)), f"issue-{nth // 2}", f"ann-{nth}"
    met = {"meeting": f"round-{nth}", "kind": "round", "number": str(nth + 1), "held": day, "place": f"Place {nth}"}
    yield Reported({**met, "people": [f"us/{person}"]}, day, (person,))
    for number in range(3):
        act = random.choice(["asked", "proposed", "refused", "accepted", "promised", "objected", "narrowed"])
        by, to = random.sample([f"us/{person}", "vn"], 2)
        on = random.choice(["", _day(first + random.randint(0, 8)), _day(random.randint(0, first + 8))])
        said = {"statement": f"said-{nth}-{number}", "by": by, "to": to.partition("/")[0], "act": act, "issues": issue}
        said |= {"says": f"Position {nth} {number} on the matter.", **({"on": on} if on else {})}
        named = [issue, *([person] if by != "vn" else [])]
        if number == 0:
            said |= {"figures": {f"rate-{nth // 2}": f"{10 + nth} percent"}}
            named.append(f"rate-{nth // 2}")
        if number == 1:
            said |= {"conditional-on": [{"words": f"access is granted in {nth}", "on": issue}]}
        yield Reported(said, on, tuple(named))
    day = _day(first + random.randint(0, 8))
    yield Reported({"follow-up": f"task-{nth}", "says": f"Task {nth}.", "owners": "vn", "on": day}, day, ())
    day, expected = _day(first + 7), _day(first + 20)
    round_6 = {"announcement": "round-6", "kind": "round", "number": "7", "expected": expected, "by": "vn", "on": day}
    yield Reported(round_6, day, ())
    limit = {"deadline": f"limit-{nth // 2}", "says": f"Answer {nth // 2}.", "due": _day(first + 15), "by": "vn"}
    yield Reported({**limit, "on": day}, day, ())
    role = {"role": f"observer-{nth}", "as": "observer", "from": day}
    yield Reported(role, day, (f"observer-{nth}",))
    if nth:  # what an earlier paper reported, in other words
        day = _day(first + 8)
        other = {"statement": f"said-{nth - 1}-0", "by": "vn", "to": "us", "act": "asked", "issues": f"issue-{nth}"}
        yield Reported({**other, "says": f"Other words {nth} on the matter.", "on": day}, day, (f"issue-{nth}",))
    if nth not in (0, 3):  # paper 2 has no day, so what it reports without a day is known from later words about it
        met = {"statement": f"met-{nth}", "by": "us", "act": ("stated", "denied")[nth % 2], "on": day}
        yield Reported({**met, "says": f"Access {nth} is granted.", "meets": f"said-{nth - 1}-1"}, day, ())


def file(console: Console, told: list[Paper], counts: Callable[[Paper, Reported], bool], cut: bool) -> None:
    """File the names and the papers with the entries that count; if `cut`, names only if they are mentioned."""
    kept = [(paper, [one for one in paper.entries if counts(paper, one)]) for paper in told]
    mentioned = {name for _, entries in kept for one in entries for name in one.names}
    names: list[dict[str, Any]] = [{"party": "vn", "name": "Viet Nam"}, {"party": "us", "name": "United States"}]
    names += [{"person": f"ann-{nth}", "name": f"Ann {nth}", "party": "us"} for nth in range(6)]
    names += [{"issue": f"issue-{nth}", "title": f"The matter {nth}"} for nth in range(6)]
    names += [{"measure": f"rate-{nth}", "title": f"Rate {nth}", "unit": "percent"} for nth in range(3)]
    names += [{"party": f"observer-{nth}", "name": f"Observer {nth}"} for nth in range(6)]
    names = [one for one in names if not cut or next(iter(one.values())) in {"vn", "us", *mentioned}]
    if counts(Paper("", "", ()), Reported({}, "", ())):
        names += [{"task": f"own-{nth}", "says": f"Own work {nth}.", "due": _day(nth)} for nth in range(2)]
    documents: list[dict[str, Any]] = [{"title": "Talks", "parties": ["vn", "us"], "entries": names}]
    for paper, entries in kept:
        if entries or counts(paper, Reported({}, "", ())):
            source = {"slug": paper.slug, "title": f"The matter in {paper.slug}"}
            source |= {"published": paper.published} if paper.published else {}
            documents.append({"source": source, "entries": [one.fields for one in entries]})
    text = "".join(f"{json.dumps({'negotiation': 'talks', **one})}\n" for one in documents)
    (console.folder / "talks.jsonl").write_text(text)
    if not (console.folder / "ledger.db").exists():
        console.line("parley init")
    filed = console.line("parley import talks.jsonl")
    assert filed.code == 0, filed.err


def answers(console: Console, clock: str, slugs: list[str], *others: str) -> Iterator[tuple[str, str]]:
    """The answer to each question, in words and in JSON; `others` are asked without the clock."""
    some = slugs if THOROUGH > 1 else random.Random(0).sample(slugs, 6)
    asked = [*QUESTIONS, *(f"{word} {slug}" for slug in some for word in ("show", "history", "log"))]
    for line in (*(f"{one} {clock}" for one in (*asked, "replay", "replay --full")), *others):
        for how in ("", "--json"):
            answer = console.line(f"parley {line} {how}")
            assert answer.code == 0, f"{line}: {answer.err}"
            yield f"{line.replace(clock, '')} {how}", _without_numbers(answer.out, how)


def _without_numbers(text: str, how: str) -> str:
    if how:
        return json.dumps(_plain(json.loads(text)), indent=1)
    return re.sub(r"#\d+|^\d+(?= )|^# .*\n", "", re.sub(r"  +", " ", text), flags=re.MULTILINE)


def _plain(answer: Any) -> Any:
    """The answer without positions and versions."""
    if isinstance(answer, dict):
        return {key: _plain(value) for key, value in answer.items() if key not in _NUMBERS}
    return [_plain(one) for one in answer] if isinstance(answer, list) else answer


@pytest.fixture
def consoles(tmp_path: Path, set_clock: Callable[[str], None]) -> tuple[Console, Console]:
    set_clock("2026-11-21T12:00:00+00:00")
    (tmp_path / "whole").mkdir()
    (tmp_path / "cut").mkdir()
    return Console(tmp_path / "whole"), Console(tmp_path / "cut")


def known(console: Console, clock: str = "") -> list[str]:
    rows = json.loads(console.line(f"parley log --json {clock}").out)
    return list(dict.fromkeys(one["slug"] for one in rows))


def _by(day: str) -> Callable[[Paper, Reported], bool]:
    return lambda paper, one: (one.day or paper.published or "2026-11-21") <= day


@pytest.mark.parametrize("seed", range(THOROUGH))
def test_an_answer_as_of_a_day_is_that_of_a_ledger_with_only_what_was_known(
    consoles: tuple[Console, Console], seed: int
) -> None:
    told, day = papers(random.Random(seed)), _day(27)
    whole, cut = consoles
    file(whole, told, lambda *_: True, cut=False)
    file(cut, told, _by(day), cut=True)
    clock = f"--as-of {day}"
    slugs = known(cut)
    assert known(whole, clock) == slugs
    change = f"diff {_day(EARLIER)} {day}"
    for one, other in zip(answers(whole, clock, slugs, change), answers(cut, clock, slugs, change), strict=True):
        assert one == other
    later = [slug for slug in known(whole) if slug not in slugs]
    assert len(later) > 15
    for slug in later:
        for word in ("show", "history", "log"):
            refused = whole.line(f"parley {word} {slug} {clock}")
            assert refused.code == 1
            assert re.fullmatch(rf"parley: The [a-z-]+ {slug} is known only from .*", refused.err.strip()), refused


@pytest.mark.parametrize("seed", range(THOROUGH))
def test_a_page_as_of_a_day_is_that_of_a_ledger_with_only_what_was_known(
    consoles: tuple[Console, Console], seed: int
) -> None:
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    from ledger.web.site import Site
    from tests.ledger.web.serving import page

    told, day = papers(random.Random(seed)), _day(27)
    for console, counts in zip(consoles, ((lambda *_: True), _by(day)), strict=True):
        file(console, told, counts, cut=console is consoles[1])
    whole, cut = (Site(Ledger(console.folder / "ledger.db"), "/raw_tables") for console in consoles)
    with cut.ledger.views(negotiation="talks") as views:
        entries = [f"/{one.kind}/{one.slug}" for one in views.labels() if one.kind != "negotiation"]
    some = entries if THOROUGH > 1 else random.Random(0).sample(entries, min(len(entries), 15))
    for path in (*PAGES, *some):
        bare, mark, asked = path.partition("?")
        for form in ("", ".json"):
            address = f"/talks{bare}{form}?{asked}{mark and '&'}as-of={day}"
            one, other = page(whole, address), page(cut, address)
            if form:
                assert _plain(json.loads(one)) == _plain(json.loads(other)), address
            else:
                one, other = (re.sub(POSITIONS, "", text) for text in (one, other))
                assert one == other, address
    later = whole.respond("/talks/meeting/round-5", {"as-of": day})
    assert later.status == 404
    assert "The meeting round-5 is known only from" in later.body


@pytest.mark.parametrize("seed", range(THOROUGH))
def test_an_answer_of_what_was_published_by_a_day_is_that_of_a_ledger_with_only_that(
    consoles: tuple[Console, Console], seed: int
) -> None:
    told, day = papers(random.Random(seed)), _day(35)
    whole, cut = consoles
    file(whole, told, lambda *_: True, cut=False)
    file(cut, told, lambda paper, _: (paper.published or "2026-11-21") <= day, cut=True)
    clock = f"--reported-by {day}"
    slugs = known(cut)
    assert known(whole, clock) == slugs
    change = f"diff reported:{_day(EARLIER)} reported:{day}"
    for one, other in zip(answers(whole, clock, slugs, change), answers(cut, clock, slugs, change), strict=True):
        assert one == other
    for slug in (slug for slug in known(whole) if slug not in slugs):
        refused = whole.line(f"parley show {slug} {clock}")
        says = rf"parley: The [a-z-]+ {slug} is not in this part of the record: it was first reported on \d+ .*"
        assert refused.code == 1
        assert re.fullmatch(says, refused.err.splitlines()[-1]), refused


def test_an_answer_of_what_was_recorded_by_a_position_is_that_of_a_ledger_with_only_that(
    consoles: tuple[Console, Console],
) -> None:
    told = papers(random.Random(0))
    whole, cut = consoles
    for console in consoles:
        file(console, told[:3], lambda *_: True, cut=True)
    last = Ledger(cut.folder / "ledger.db").head().position
    file(whole, told, lambda *_: True, cut=False)
    for line in (
        "correct said-0-0 says=Otherwise. --all --reason 'Misread.'",
        "retract task-0 --reason 'Never agreed.'",
    ):
        assert whole.line(f"parley {line}").code == 0
    clock = f"--recorded-by {last}"
    slugs = known(cut)
    change = f"diff {last // 2} {last}"
    for one, other in zip(answers(whole, clock, slugs, change), answers(cut, clock, slugs, change), strict=True):
        assert one == other
    later = [slug for slug in known(whole) if slug not in slugs]
    assert len(later) > 15
    for slug in later:
        refused = whole.line(f"parley show {slug} {clock}")
        assert refused.code == 1
        assert "is not in this part of the record" in refused.err, refused
