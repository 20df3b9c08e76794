"""The law of levels: at a level, every answer is that of a ledger in which nothing above it was ever filed.

Each ledger is filed twice: whole, and with only what is at or below a level. Then every question is asked of both, and
every page and document, and the answers must be the same byte for byte. Whatever is above the level has a mark in all
its words and slugs, and no file of the copy for the level may have it.
"""

import json
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ledger import open_record
from tests.cli.console import Console
from tests.thorough import THOROUGH

LEVELS = ("public", "internal", "confidential")
MARK = "zeta"  # in everything that is above the level
FIRST = date(2025, 5, 1)
QUESTIONS = (
    "state", "next-round", "asks", "asks --answered", "issues", "follow-ups --closed", "deadlines --passed",
    "tasks --done", "meetings", "statements", "positions", "promises", "gaps", "timeline", "contested", "sources",
    "people", "parties", "log", "search matter", f"search {MARK}", "search ann", "figures", "table", "replay",
    "replay --full", "check", "compare round-0", "compare round-1", "diff 2025-05-10 2025-06-20", "diff #6 today",
    "state --reported-by 2025-05-30", "log --reported-by 2025-05-30", "state --recorded-by 9",
    "state --as-of 2025-05-25", "timeline --as-of 2025-05-25", "issues --recorded-by 2026-11-23",
    "log --recorded-by 2026-11-22",
)  # fmt: skip
IN_WORDS = (
    "brief",
    "brief --full",
    "brief --since 2025-05-20",
    "calendar",
    "calendar --tasks",
    "brief --json",
    "handover",
    "interchange --as cloudevents",
    "interchange --as prov",
    "interchange --as plover",
    "interchange --as cameo",
)
NEAR = ("show zeta", "show zeta-said-1-0", "history matte", "log said", "statements --issue tarif", "show #3")
PAGES = ("", "/timeline", "/issues", "/meetings", "/follow-ups", "/deadlines", "/tasks", "/people", "/sources",
         "/changes", "/search?q=matter", f"/search?q={MARK}", "/table", "/figures", "/texts",
         "/statement/zeta-said-1-0", "/?as-of=2025-05-20", "/timeline?reported-by=2025-05-30", "/log")  # fmt: skip


def _day(number: int) -> str:
    return str(FIRST + timedelta(days=number))


class Drawn(NamedTuple):
    """An entry as it is filed, and the rank of the level from which it is seen."""

    rank: int
    fields: dict[str, Any]


class Paper(NamedTuple):
    """A source with what it reports, as one entry file; `rank` is that of the source."""

    rank: int
    source: dict[str, Any]
    entries: list[Drawn]


class Draw:
    """Draws what is filed; at random, but the same for the same seed. What is above the clearance has the mark."""

    def __init__(self, seed: int, clearance: int) -> None:
        self.random = random.Random(seed)
        self.clearance = clearance

    def marked(self, words: str, rank: int) -> str:
        return f"{MARK}-{words}" if rank > self.clearance else words

    def named(self, what: str, rank: int) -> str:
        """The slug of the issue, person or measure at a rank."""
        return self.marked(f"{what}-{rank}", rank)

    def names(self) -> Paper:
        """Who and what there is at each level, and own tasks, which are internal unless their level is given."""
        found = [Drawn(0, {"party": "vn", "name": "Viet Nam"}), Drawn(0, {"party": "us", "name": "United States"})]
        for rank, level in enumerate(LEVELS):
            called = self.marked(f"The matter of {rank}", rank)
            found += [
                Drawn(rank, {"issue": self.named("tariffs", rank), "title": f"{called} issue", "level": level}),
                Drawn(rank, {"measure": self.named("rate", rank), "title": f"{called} measure", "level": level}),
                Drawn(rank, {"party": self.named("bloc", rank), "name": f"{called} party", "level": level}),
                Drawn(
                    rank, {"person": self.named("ann", rank), "name": f"Ann {called}", "party": "us", "level": level}
                ),
                Drawn(rank, {"task": self.marked(f"own-{rank}", rank), "says": f"{called}: own work", "level": level}),
            ]
        found.append(Drawn(1, {"task": self.marked("own", 1), "says": self.marked("Own work", 1), "due": _day(9)}))
        return Paper(0, {}, self.random.sample(found, len(found)))

    def paper(self, nth: int) -> Paper:
        """A source at some level. What it reports is at its level, or above it, or names what is above it."""
        floor, first = self.random.choice((0, 0, 1, 2)), 10 * nth
        source = {"slug": self.marked(f"paper-{nth}", floor), "title": self.marked(f"The matter in {nth}", floor)}
        source |= {"published": _day(first + 9)} if self.random.random() < 0.8 else {}
        source |= {"level": LEVELS[floor]} if floor else {}
        found = [self.statement(nth, number, floor) for number in range(4)]
        offer, reply = found[1:3]  # with a condition, and the word of somebody that it is met
        offer.fields["conditional-on"] = self.marked("the matter is closed", offer.rank)
        if reply.rank >= offer.rank:
            reply.fields["meets"] = offer.fields["statement"]
        # Sources at every level report of the same rounds; a report of a public source makes its round public.
        place = self.marked(f"Place {nth}", floor)
        met = {"meeting": f"round-{nth // 2}", "kind": "round", "number": nth // 2 + 1, "held": _day(first + 7)}
        found.append(Drawn(floor, {**met, "place": place, "level": LEVELS[floor]}))
        says = self.marked("Send the list of the matter.", floor)
        job = {"follow-up": self.marked(f"job-{nth}", floor), "says": says, "owners": "vn", "due": _day(first + 30)}
        limit = {"deadline": self.marked(f"limit-{nth}", floor), "says": says, "due": _day(first + 15), "by": "vn"}
        found += [Drawn(floor, {**job, "on": _day(first + 5)}), Drawn(floor, {**limit, "on": _day(first + 5)})]
        found.append(Drawn(floor, {"role": "vn", "as": "observer", "from": _day(first + 1)}))
        return Paper(floor, source, found)

    def statement(self, nth: int, number: int, floor: int) -> Drawn:
        naming = self.random.choice((0, 0, 1, 2))
        given = self.random.choice((0, 0, 0, 1, 2))
        given = given if given > max(floor, naming) else 0
        rank = max(floor, naming, given)
        by, to = self.random.sample(["us", "vn"], 2)
        act = self.random.choice(["asked", "proposed", "refused", "accepted", "promised", "objected", "narrowed"])
        said: dict[str, Any] = {"statement": self.marked(f"said-{nth}-{number}", rank), "by": by, "to": to, "act": act}
        said |= {
            "issues": self.named("tariffs", naming),
            "says": self.marked(f"Position {number} on the matter.", rank),
        }
        said |= {"on": _day(10 * nth + self.random.randint(0, 8))} if self.random.random() < 0.8 else {}
        if number == 0:
            said |= {"by": f"us/{self.named('ann', naming)}", "to": "vn"}
            said |= {"figures": {self.named("rate", naming): f"{10 + nth} percent"}}
        return Drawn(rank, said | ({"level": LEVELS[given]} if given else {}))

    def mends(self, papers: list[Paper]) -> Iterator[tuple[int, str]]:
        """Command lines that mend the record, change levels, and erase; each with the rank from which it is seen."""
        said = [
            (one.rank, one.fields["statement"])
            for paper in papers
            for one in paper.entries
            if "statement" in one.fields
        ]
        for nth, (rank, slug) in enumerate(self.random.sample(said, 10)):
            why = self.marked("a slip", rank)
            yield (
                rank,
                (
                    f"correct {slug} says={self.marked('Otherwise.', rank)} --reason '{why}'",
                    f"retract {slug} --reason '{why}'",
                    f"correct {slug} act=settled --reason '{why}'",
                    f"erase {slug} --yes --reason '{why}'",
                    f"retract {slug} --reason '{why}'",
                )[nth % 5],
            )
            if nth % 5 == 4:
                yield rank, f"reinstate {slug} --reason '{why}'"


def file(console: Console, paper: Paper, clearance: int) -> None:
    """File what is seen at a clearance, if anything is."""
    entries = [one.fields for one in paper.entries if one.rank <= clearance]
    if paper.rank > clearance or not (entries or paper.source):
        return
    header: dict[str, Any] = {"negotiation": "talks"}
    header |= {"source": paper.source} if paper.source else {"title": "Talks", "parties": ["vn", "us"]}
    (console.folder / "new.jsonl").write_text("\n".join(json.dumps(one) for one in (header, *entries)))
    filed = console.line("parley import new.jsonl")
    assert filed.code == 0, filed.err


def answers(console: Console, level: str, slugs: list[str]) -> Iterator[tuple[str, Any]]:
    """What every question answers, in words, JSON and CSV, with the refusals of what is not there."""
    some = random.Random(0).sample(slugs, 8 if THOROUGH > 1 else 4)
    of_slug = [f"{word} {slug}" for slug in some for word in ("show", "history", "log")]
    asked = [f"{one} {how}" for one in (*QUESTIONS, *of_slug) for how in ("", "--json")]
    for line in (*asked, *IN_WORDS, *NEAR, "issues --csv", "log --csv"):
        yield line, console.line(f"parley {line} {level}")


@pytest.fixture
def consoles(tmp_path: Path, set_clock: Callable[[str], None]) -> tuple[Console, Console]:
    """A console for the whole record, and one for what is at or below a level, with ledgers of one identity."""
    both = (tmp_path / "whole", tmp_path / "part")
    for folder in both:
        folder.mkdir()
    return Console(both[0]), Console(both[1])


def fill(
    consoles: tuple[Console, Console], seed: int, clearance: int, set_clock: Callable[[str], None], between: str = ""
) -> None:
    """File everything with one console, and what is seen at the clearance with the other, at the same times.

    `between` is asked of the whole record after each step, so that the copy for the level is brought up to date.
    """
    whole, part = consoles
    draw = Draw(seed, clearance)
    papers = [draw.names(), *(draw.paper(nth) for nth in range(6))]
    for console in consoles:
        assert console.line("parley init").code == 0
    for nth, paper in enumerate(papers):
        set_clock(f"2026-11-{20 + nth}T12:00:00+00:00")
        file(whole, paper, len(LEVELS))
        file(part, paper, clearance)
        if between:
            assert whole.line(f"parley {between}").code == 0
    for nth, (rank, line) in enumerate(draw.mends(papers)):
        set_clock(f"2026-12-01T12:{nth:02}:00+00:00")
        done = whole.line(f"parley {line}")
        assert done.code == 0, done.err
        if rank <= clearance:
            assert part.line(f"parley {line}").out, line
        if between:
            assert whole.line(f"parley {between}").code == 0


def take_identity(console: Console, ledger_id: str) -> None:
    """Give the console's ledger another identity, on which the identities of calendar items depend."""
    with closing(sqlite3.connect(console.folder / "ledger.db")) as connection:
        connection.execute("UPDATE identity SET ledger_id = ?", (ledger_id,))
        connection.commit()


def known(console: Console) -> list[str]:
    return list(dict.fromkeys(one["slug"] for one in json.loads(console.line("parley log --json").out)))


@pytest.mark.parametrize(("clearance", "seed", "between"), [(0, 0, False), (1, 1, True)])
def test_an_answer_at_a_level_is_that_of_a_ledger_in_which_nothing_above_it_was_filed(
    consoles: tuple[Console, Console], set_clock: Callable[[str], None], clearance: int, seed: int, between: bool
) -> None:
    level = f"--level {LEVELS[clearance]}"
    fill(consoles, seed, clearance, set_clock, f"state {level}" if between else "")
    whole, part = consoles
    set_clock("2026-12-02T12:00:00+00:00")
    slugs = known(part)
    assert len(known(whole)) > len(slugs) + 5
    take_identity(part, open_record(whole.folder / "ledger.db", LEVELS[clearance]).head().ledger_id)
    for (line, one), (_, other) in zip(answers(whole, level, slugs), answers(part, "", slugs), strict=True):
        assert one == other, line
    for path in (whole.folder / "ledger.levels" / LEVELS[clearance]).rglob("*"):
        if path.is_file():
            assert MARK.encode() not in path.read_bytes(), path


@pytest.mark.parametrize("clearance", [0, 1])
def test_a_page_at_a_level_is_that_of_a_ledger_in_which_nothing_above_it_was_filed(
    consoles: tuple[Console, Console], set_clock: Callable[[str], None], clearance: int
) -> None:
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    from ledger.web.errors import ReadOnly
    from ledger.web.site import Site

    fill(consoles, 3, clearance, set_clock)
    whole, part = consoles
    set_clock("2026-12-02T12:00:00+00:00")
    records = open_record(whole.folder / "ledger.db", LEVELS[clearance]), open_record(part.folder / "ledger.db")
    sites = [Site(record, "/raw_tables", ReadOnly()) for record in records]
    with records[1].views(negotiation="talks") as views:
        entries = [f"/{one.kind}/{one.slug}" for one in views.labels() if one.kind != "negotiation"]
    some = entries if THOROUGH > 1 else random.Random(0).sample(entries, min(len(entries), 15))
    for page in (*PAGES, *some):
        bare, mark, asked = page.partition("?")
        for form in ("", ".json"):
            query = dict(one.split("=") for one in asked.split("&")) if mark else {}
            one, other = (site.respond(f"/talks{bare}{form}", query) for site in sites)
            assert one == other, page
            assert MARK not in one.body.replace(f"{query}", "") or MARK in page
    assert sites[0].head() == sites[1].head()
    assert sites[0].respond("/", {}) == sites[1].respond("/", {})


@pytest.fixture
def talks(tmp_path: Path, set_clock: Callable[[str], None]) -> Console:
    """A record with a party that all may know, and one that is confidential."""
    set_clock("2026-12-02T12:00:00+00:00")
    console = Console(tmp_path)
    for line in (
        "init",
        "append negotiation talks --title Talks",
        "append party us --name US",
        "append party zeta-eu --name ZetaEU --level confidential",
    ):
        assert console.line(f"parley {line}").code == 0
    return console


def test_a_level_may_stand_in_the_environment_and_then_nothing_else_is_read(talks: Console) -> None:
    assert talks.line("parley parties", PARLEY_LEVEL="public").out == talks.line("parley parties --level public").out
    assert MARK in talks.line("parley parties").out
    for line in ("append party jp --name JP", "verify", "checkpoint", "prove us", "backup b.db", "use talks",
                 "level us", "rebuild", "merge other.db", "erase us --reason x", "move ledger.db moved.db",
                 "token list", "token add lan --role keeper"):  # fmt: skip
        refused = talks.line(f"parley {line}", PARLEY_LEVEL="public")
        assert (refused.code, refused.out) == (1, ""), line
        assert "PARLEY_LEVEL limits this shell to the level public" in refused.err, line


def test_a_level_that_there_is_not_is_refused_in_a_sentence(talks: Console) -> None:
    for line in ("state --level secret", "append party jp --name JP --level secret", "level us ../up --reason x"):
        refused = talks.line(f"parley {line}")
        assert refused.code == 1
        assert "Its levels, the most open first: public, internal, confidential." in refused.err
    assert not (talks.folder / "ledger.levels").exists()


def test_the_shell_completes_no_slug_that_is_above_the_level(talks: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    from cli.terminal.options import complete_slug

    monkeypatch.chdir(talks.folder)
    assert [slug for slug, _ in complete_slug("z")] == ["zeta-eu"]
    monkeypatch.setenv("PARLEY_LEVEL", "public")
    assert complete_slug("z") == []
    assert [slug for slug, _ in complete_slug("u")] == ["us"]


def test_the_level_of_an_entry_is_shown_and_changed(talks: Console) -> None:
    assert talks.line("parley level zeta-eu").out == "The party zeta-eu is confidential.\n"
    changed = talks.line("parley level us internal --reason 'Not yet.'").out.splitlines()
    assert changed[0] == "Recorded #4 in talks, party us: Level changed from public to internal: Not yet."
    assert talks.line("parley level us internal").code == 2  # no reason


def test_a_negotiation_above_the_level_is_not_there_also_if_it_was_chosen(talks: Console) -> None:
    assert talks.line("parley append negotiation zeta-talks --title Zeta --level confidential").code == 0
    assert talks.line("parley use zeta-talks").code == 0
    assert (
        talks.line("parley parties --level public").out
        == talks.line("parley parties --negotiation talks --level public").out
    )
    refused = talks.line("parley state --negotiation zeta-talk --level public")
    assert refused.code == 1
    assert "zeta-talks" not in refused.err
    assert "zeta-talks" not in talks.line("parley next-round --all --level public").out


def test_an_exported_part_is_restored_as_a_ledger_of_its_own(talks: Console) -> None:
    assert talks.line("parley export --level public --out part.jsonl").code == 0
    assert MARK.encode() not in (talks.folder / "part.jsonl").read_bytes()
    assert talks.line("parley import-log part.jsonl --ledger part.db").code == 0
    assert talks.line("parley log --ledger part.db").out == talks.line("parley log --level public").out
    assert talks.line("parley verify --ledger part.db").code == 0


def test_levels_are_named_when_the_ledger_is_created(tmp_path: Path, set_clock: Callable[[str], None]) -> None:
    console = Console(tmp_path)
    assert console.line("parley init --levels open,desk --default-level desk").code == 0
    for line in ("append negotiation talks --title Talks --level open", "append party us --name US"):
        assert console.line(f"parley {line}").code == 0
    assert console.line("parley level us").out == "The party us is desk.\n"
    assert "US" not in console.line("parley log --level open").out
    refused = console.line("parley init --levels open --ledger other.db")
    assert (refused.code, (tmp_path / "other.db").exists()) == (1, False)
