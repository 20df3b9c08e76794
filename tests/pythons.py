"""Passes the tests under every Python from 3.11 on that this machine has: `python -m tests.pythons [PYTEST ARGUMENTS]`.

Each gets an environment of its own in build/pythons, installed once from requirements-dev.txt.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
OLDEST, NEWEST = 11, 14


def installed() -> dict[str, Path]:
    """The Pythons of this machine by their minor version: on the path, or in pyenv."""
    found = {}
    for minor in range(OLDEST, NEWEST + 1):
        version = f"3.{minor}"
        by_pyenv = sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python"))
        on_path = shutil.which(f"python{version}")
        usable = [path for path in [*by_pyenv, *([Path(on_path)] if on_path else [])] if _is(path, version)]
        if usable:
            found[version] = usable[-1]
    return found


def _is(path: Path, version: str) -> bool:
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    answer = subprocess.run([path, "-c", code], capture_output=True, text=True, check=False)
    return answer.stdout.strip() == version


def environment(version: str, python: Path) -> Path:
    """The interpreter of an environment for a version, made if it is not there."""
    folder = ROOT / "build" / "pythons" / version
    inside = folder / "bin" / "python"
    if not (folder / ".ready").exists():
        pip = [inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([python, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([*pip, "--require-hashes", "-r", ROOT / "requirements-dev.txt"], check=True)
        subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT], check=True)
        (folder / ".ready").touch()
    return inside


def main(arguments: list[str]) -> int:
    """Run pytest under each Python; the exit code says whether all passed."""
    failed = []
    for version, python in installed().items():
        print(f"Python {version} ({python})", flush=True)
        if subprocess.run([environment(version, python), "-m", "pytest", *arguments], cwd=ROOT, check=False).returncode:
            failed.append(version)
    print(f"Failed under {', '.join(failed)}." if failed else "Passed under every one.")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
