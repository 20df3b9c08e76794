"""Commands around a ledger: the worked example."""

from pathlib import Path

from tests.cli.console import SEEDS, Console


def test_the_worked_example_is_copied_into_a_new_folder_where_the_examples_of_help_run(tmp_path: Path) -> None:
    console = Console(tmp_path)
    assert console.parley("example", "tour").code == 0
    tour = Console(tmp_path / "tour")
    assert tour.parley("init").code == 0
    assert tour.line("parley import seeds/vn-us-trade/*.yaml").code == 0
    assert tour.line("parley import seeds/vn-us-trade/checks/assertions.yaml").code == 0
    copied = {path.relative_to(tour.folder / "seeds"): path.read_bytes() for path in tour.folder.rglob("*.yaml")}
    assert copied == {path.relative_to(SEEDS): path.read_bytes() for path in SEEDS.rglob("*.yaml")}


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
