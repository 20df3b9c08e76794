"""The wheel: the contents of an installed Parley, its name and its licence."""

import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    ended = subprocess.run(command, check=False, cwd=cwd, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, f"{command}\n{ended.stdout}{ended.stderr}"
    return ended.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    [found] = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of scripts of a new environment that has the wheel, and the libraries of this one but not Parley."""
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, symlinks=True)
    [packages] = home.glob("[Ll]ib/**/site-packages")
    # A path file adds this folder without the path files in it, so that the checkout stays out of reach.
    (packages / "libraries.pth").write_text(f"{Path(pytest.__file__).parents[1]}\n")
    scripts = home / ("Scripts" if sys.platform == "win32" else "bin")
    python = scripts / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index", wheel)
    return scripts


def test_an_installed_parley_lays_out_the_worked_example_and_records_it(installed: Path, tmp_path: Path) -> None:
    parley = installed / "parley"
    assert str(installed.parent) in run(installed / "python", "-c", "import cli; print(cli.__file__)", cwd=tmp_path)
    run(parley, "example", "tour", cwd=tmp_path)
    tour = tmp_path / "tour"
    seeds = sorted((tour / "seeds" / "vn-us-trade").glob("*.yaml"))
    run(parley, "init", cwd=tour)
    assert "5 sources" in run(parley, "import", *seeds, cwd=tour)
    invented = sorted((tour / "seeds" / "fish-stocks").glob("*.yaml"))
    run(parley, "init", "--ledger", "fish.db", cwd=tour)
    assert "13 sources" in run(parley, "import", *invented, "--ledger", "fish.db", cwd=tour)
    run(parley, "checkpoint", "--out", "k.checkpoint", cwd=tour)
    run(parley, "prove", "greer-more-exchanges", "--at", "k.checkpoint", "--out", "proof.json", cwd=tour)
    run(sys.executable, "docs/verify.py", "proof", "proof.json", "k.checkpoint", cwd=tour)


def test_the_wheel_carries_the_licence_its_types_and_the_whole_example(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"ledger/py.typed", "cli/example/docs/verify.py", "ledger/web/pages/base.html"} <= names
    assert any(name.endswith("dist-info/licenses/LICENSE") for name in names)
    example = {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "seeds").rglob("*.*") if path.suffix in (".yaml", ".txt")
    }
    carried = {name.removeprefix("cli/example/") for name in names if name.startswith("cli/example/seeds/")}
    assert carried == example


def test_the_version_of_the_wheel_is_that_of_the_command() -> None:
    from ledger import __version__

    assert PROJECT["version"] == __version__


def test_nobody_is_told_to_install_another_projects_package() -> None:
    assert PROJECT["name"] != "parley"
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "seeds").glob("*.md")]
    code = [path for folder in ("ledger", "cli") for path in (ROOT / folder).rglob("*.py")]
    told = re.compile(r"""install ['"]?parley""")
    assert [path for path in (*pages, *code) if told.search(path.read_text("utf-8"))] == []


def test_requirements_are_pinned_and_hashed_and_name_no_index() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text and "--index-url" not in text
        pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert pins and all("==" in line and line.endswith("\\") for line in pins)
