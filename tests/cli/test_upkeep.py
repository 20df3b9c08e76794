"""Commands around a ledger: the worked example, and the choice among several negotiations."""

import json
from pathlib import Path

from ledger.base.collector import uncollected
from tests.cli.console import SEEDS, Console


def test_the_worked_example_is_copied_into_a_new_folder_where_the_examples_of_help_run(tmp_path: Path) -> None:
    console = Console(tmp_path)
    assert console.parley("example", "tour").code == 0
    tour = Console(tmp_path / "tour")
    assert tour.parley("init").code == 0
    assert tour.line("parley import seeds/vn-us-trade/*.yaml").code == 0
    assert tour.line("parley import seeds/vn-us-trade/checks/assertions.yaml").code == 0
    copied = {
        path.relative_to(tour.folder / "seeds"): path.read_bytes() for path in tour.folder.rglob("seeds/*/**/*.*")
    }
    assert copied == {path.relative_to(SEEDS): path.read_bytes() for path in SEEDS.rglob("*/**/*.*")}


def test_the_example_leaves_alone_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "tour").mkdir()
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("tour", "file", "link"):
        answer = Console(tmp_path).parley("example", name)
        assert (answer.code, answer.err) == (
            1,
            f"parley: {name} already exists and was not changed. Choose another path.\n",
        )
    assert list((tmp_path / "tour").iterdir()) == [] and (tmp_path / "file").read_text() == "mine"


def test_an_example_that_cannot_be_written_is_refused_in_a_sentence(tmp_path: Path) -> None:
    answer = Console(tmp_path).parley("example", "no/such")
    assert (answer.code, answer.err.count("\n")) == (1, 1)
    assert answer.err.startswith("parley: no/such cannot be written: No such file or directory.")
    assert Console(tmp_path).parley("example", "x" * 300).code == 1


def two(console: Console) -> Console:
    """A ledger with two negotiations, of which the second is chosen."""
    console.line("parley init")
    console.line("parley append negotiation first --title First")
    console.line("parley append negotiation second --title Second --parties aa")
    return console


def where(console: Console) -> str:
    """The negotiation into which the next entry would go, or the refusal."""
    answer = console.line("parley append party bb --name B --dry-run")
    return answer.out.partition(",")[0].removeprefix("Would record in ") or answer.err


def test_the_option_counts_more_than_the_environment_and_that_more_than_the_choice(console: Console) -> None:
    two(console)
    assert where(console) == "second"
    console.line("parley use first")
    assert where(console) == "first"
    elsewhere = {"PARLEY_NEGOTIATION": "second"}
    assert console.line("parley append party bb --name B --dry-run", **elsewhere).out.startswith(
        "Would record in second,"
    )
    assert "PARLEY_NEGOTIATION says so" in console.line("parley use", **elsewhere).out
    line = "parley append party bb --name B --dry-run --negotiation first"
    assert console.line(line, **elsewhere).out.startswith("Would record in first,")


def test_the_list_of_negotiations_leaves_no_views_open(console: Console) -> None:
    two(console).line("parley append party bb --name B")
    with uncollected():  # so that nothing but the command closes them
        assert console.line("parley use").code == 0
        assert console.line("parley erase bb --reason Why. --yes").code == 0, "what was open kept the old pages"


def test_nothing_is_recorded_when_there_are_several_and_none_is_chosen(console: Console) -> None:
    two(console).line("parley use --none")
    for line in (
        "parley append party bb --name B",
        "parley correct aa name=A --reason Why.",
        "parley retract aa --reason Why.",
        "parley erase aa --reason Why.",
    ):
        answer = console.line(line)
        assert (answer.code, answer.out) == (1, "")
        assert answer.err == (
            "parley: This ledger has several negotiations (first, second). "
            "Choose one with --negotiation or `parley use SLUG`.\n"
        )


def test_after_a_refused_opening_nothing_goes_into_another_negotiation(console: Console) -> None:
    console.line("parley init")
    console.line("parley append negotiation first --title First")
    assert console.line("parley append negotiation second").code == 1  # without its title
    assert "second, which was chosen last, is not in this ledger" in where(console)
    assert console.line("parley append negotiation second --title Second").code == 0
    assert where(console) == "second"


def test_a_trial_opening_chooses_nothing(console: Console) -> None:
    console.line("parley init")
    console.line("parley append negotiation first --title First")
    console.line("parley append negotiation second --title Second --dry-run")
    assert where(console) == "first"


def test_the_parties_of_a_new_negotiation_may_be_named_afterwards(console: Console) -> None:
    two(console)
    assert console.line("parley append party aa --name A").code == 0
    refused = console.line("parley append negotiation third --title Third --parties AA")
    assert refused.err == (
        "parley: --parties: 'AA' cannot be a slug: use lower-case words and digits joined by hyphens, "
        "at most 80 characters, such as aa.\n"
    )


def test_the_parties_of_a_new_negotiation_may_be_one_list_with_commas(console: Console) -> None:
    console.line("parley init")
    console.line("parley append negotiation talks --title Talks --parties 'aa, bb,'")
    for party in ("aa", "bb"):
        assert console.line(f"parley append party {party} --name {party.upper()}").code == 0
    assert console.line("parley append meeting m --kind call --held 2025-05-20 --parties all --note Call").code == 0
    assert json.loads(console.line("parley meetings --json").out)[0]["parties"] == ["aa", "bb"]


def test_use_without_a_negotiation_is_refused_with_what_to_do(console: Console) -> None:
    console.line("parley init")
    assert "This ledger has no negotiation yet." in console.line("parley use").err
    assert console.line("parley use second").code == 1
