"""A short run of every target, and proof that the fuzzing notices what it looks for."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ledger.errors import Refusal
from ledger.filing.errors import NotAText
from ledger.ledger import Ledger
from tests.fuzzing import campaign, corpus
from tests.fuzzing.bench import Bench, bench, inside, watchdog
from tests.fuzzing.campaign import case_of, judge, table
from tests.fuzzing.targets import TARGETS, Target
from tests.thorough import THOROUGH

CASES = {"dates": 240, "quotes": 240}
SEED = 2025


@pytest.fixture(scope="module")
def made() -> Iterator[Bench]:
    with bench() as prepared:
        yield prepared


@pytest.mark.parametrize("target", TARGETS.values(), ids=list(TARGETS))
def test_every_case_ends_in_success_or_in_a_clear_refusal(made: Bench, target: Target, tmp_path: Path) -> None:
    (result,) = campaign.campaign(made, [(target, CASES.get(target.name, 36) * THOROUGH)], SEED, tmp_path)
    assert result.failures == [], "\n\n".join(path.read_text("utf-8") for path in sorted(tmp_path.iterdir())[:3])
    assert result.accepted > 0
    assert result.refused > result.accepted


def tried(made: Bench, trial: Callable[[Bench, object], bool]) -> str:
    """The fault that is found with a target that does so."""
    return judge(made, Target("faulty", 1, lambda random: random.random(), trial), "case").fault


def refuse(_: Bench, __: object) -> bool:
    raise NotAText(found="a list")


def test_a_refusal_is_no_fault(made: Bench) -> None:
    assert tried(made, refuse) == ""


def test_a_traceback_is_a_fault(made: Bench) -> None:
    assert "ZeroDivisionError" in tried(made, lambda *_: bool(1 / 0))


def test_a_refusal_that_wrote_something_is_a_fault_and_the_ledger_is_put_back(made: Bench) -> None:
    def write_and_refuse(made: Bench, _: object) -> bool:
        Ledger(made.ledger).append("party", "xx", {"name": "XX"})
        raise NotAText(found="a list")

    assert "something was written" in tried(made, write_and_refuse)
    assert made.events() == made.before


def test_a_refusal_without_end_is_a_fault(made: Bench) -> None:
    class Endless(Refusal):
        __doc__ = "word " * 2_000

    def refuse_at_length(*_: object) -> bool:
        raise Endless()

    assert "It was refused with 9999 characters" in tried(made, refuse_at_length)


def test_a_refusal_without_a_word_is_a_fault(made: Bench) -> None:
    class Silent(Refusal):
        __doc__ = ""

    def refuse_silently(*_: object) -> bool:
        raise Silent()

    assert "without a word" in tried(made, refuse_silently)


def test_a_hang_is_a_fault_and_ends(made: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_: object) -> bool:
        while True:
            pass

    monkeypatch.setattr(campaign, "watchdog", lambda: watchdog(0.2))
    assert "Hang" in tried(made, hang)


def work(seconds: float) -> bool:
    """Work for so many seconds of processor time."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
    return True


def test_what_is_slow_each_time_is_a_fault_and_what_was_slow_once_is_none(
    made: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign, "SLOWEST", 0.1)
    times = iter((0.2, 0, 0))
    assert tried(made, lambda *_: work(next(times))) == ""
    assert "It took 0.2" in tried(made, lambda *_: work(0.2))


def test_a_command_that_prints_what_drives_a_terminal_is_a_fault(made: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def printing(*_: object) -> int:
        print("\x1b[31m")
        return 0

    monkeypatch.setattr("tests.fuzzing.bench.run", printing)
    assert "U+001B was printed" in tried(made, lambda made, _: made.parley("state").code == 0)


def test_a_case_is_the_same_whenever_and_in_whatever_order_it_is_made() -> None:
    for target in TARGETS.values():
        forwards = [case_of(target, 7, number) for number in range(20)]
        assert [case_of(target, 7, number) for number in reversed(range(20))] == forwards[::-1]
        assert [case_of(target, 8, number) for number in range(20)] != forwards


def test_a_case_that_fails_is_kept_with_the_command_that_tries_it_again(made: Bench, tmp_path: Path) -> None:
    faulty = Target("faulty", 1, lambda random: random.random(), lambda *_: bool(1 / 0))
    (result,) = campaign.campaign(made, [(faulty, 2)], SEED, tmp_path)
    assert result.failures == [0, 1]
    kept = (tmp_path / "faulty-2025-1.txt").read_text()
    assert kept.startswith("python -m tests.fuzzing --target faulty --seed 2025 --case 1\n")
    assert "ZeroDivisionError" in kept
    assert repr(case_of(faulty, SEED, 1)) in kept
    assert table([result]).splitlines()[1].split()[0::5] == ["faulty", "2"]


def test_no_command_is_given_a_place_outside_the_bench_to_write_to(made: Bench) -> None:
    climbing = [
        "/x.db",
        "../" * 9 + "x.db",
        "--ledger=/x.db",
        "--into=a/../../../../../x",
        "x/y.db",
        "../up.db",
        "../../..",
    ]
    assert inside(made.root, climbing) == [
        "x|x.db", "x" + "..|" * 9 + "x.db", "x--ledger=|x.db", "x--into=a|..|..|..|..|..|x", "x/y.db", "../up.db",
        "x..|..|..",
    ]  # fmt: skip


def test_the_corpus_holds_every_phrase_every_example_and_every_entry() -> None:
    assert {"early next month", "from May 19 to 22", "[..2025-07-31]", "2025-05-20~"} <= set(corpus.phrases())
    assert {line[0] for line in corpus.command_lines()} >= {
        "init",
        "append",
        "import",
        "state",
        "check-quotes",
        "search",
    }
    assert len(corpus.entries()) > 150
    assert len(corpus.passages()) == 5
