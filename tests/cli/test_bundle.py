"""`parley bundle`: the file that is written, and what is refused."""

import zipfile

from tests.cli.console import Console

LINE = "parley bundle --out request.zip --as-of 2025-06-30"


def test_a_bundle_is_written_once_and_replaced_when_asked(recorded: Console) -> None:
    answer = recorded.line(f"{LINE} --of jamieson-greer --from 2025-05-01")
    assert answer.code == 0, answer.err
    with zipfile.ZipFile(recorded.folder / "request.zip") as bundled:
        assert bundled.namelist()[:3] == ["README.txt", "entries.md", "entries.json"]
        assert b"greer-commends-goodwill" in bundled.read("entries.md")
    assert answer.out.startswith("Wrote ")
    assert answer.out.endswith(" entries to request.zip.\n")
    again = recorded.line(LINE)
    assert (again.code, "--replace" in again.err) == (1, True)
    assert recorded.line(f"{LINE} --replace").code == 0


def test_what_is_redacted_is_counted(recorded: Console) -> None:
    said = "--by vn --act stated --issues tariffs --says Hm --on 2025-05-22"
    assert recorded.line(f'parley append statement we-think {said} --note "A note."').code == 0
    assert recorded.line("parley bundle --out request.zip").out.endswith(", and marked 1 as redacted.\n")
    assert "redacted" not in recorded.line("parley bundle --out whole.zip --level internal").out


def test_what_cannot_be_bundled_is_refused_and_no_file_is_left(recorded: Console) -> None:
    for options in ("--issue cars", "--of nobody", "--from 2030-01-01", "--level secret", "--from smarch"):
        answer = recorded.line(f"parley bundle --out request.zip {options}")
        assert (answer.code, answer.out) == (1, ""), options
        assert answer.err.startswith("parley: ")
    assert not (recorded.folder / "request.zip").exists()
    assert "Create none first" in recorded.line("parley bundle --out none/request.zip").err
