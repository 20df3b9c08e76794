"""Two desks and a public reader on one record: what one desk files appears at the other, and not at the third.

`make demo-desks` starts a real PostgreSQL server in a temporary folder, prints each command with its answer, and
removes everything at the end.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.servers import PostgresServer, running

CABLE = "The other side will lower its tariff to 20 percent if we keep silent until Friday."


class DemoDesk:
    """A person at a machine of their own: with a role on the server, and views that nobody else sees."""

    def __init__(self, name: str, address: str, home: Path, **surroundings: str) -> None:
        self.name = name
        self._set = {"PARLEY_LEDGER": address, "PARLEY_KEEPER": name, "PARLEY_DESKS": str(home / name), **surroundings}

    def parley(self, *command: str) -> str:
        """Run a command, print it with its answer, and return the answer."""
        named = " ".join(f'"{one}"' if " " in one or not one else one for one in command)
        print(f"\n{self.name}$ parley {named}", flush=True)
        told = [sys.executable, "-c", "import sys; from cli.script import main; sys.exit(main())", *command]
        done = subprocess.run(told, env={**os.environ, **self._set}, check=False, capture_output=True, text=True)
        print(f"{done.stdout}{done.stderr}", end="", flush=True)
        return done.stdout + done.stderr


def play(server: PostgresServer, home: Path) -> dict[str, str]:
    """Play the demonstration; returns the last answer of each person."""
    import psycopg

    owner = server.new_database()
    database = owner.partition("@/")[2].partition("?")[0]
    print(f"A PostgreSQL server is running, with an empty database {database}.")
    keeper = DemoDesk("keeper", owner, home)
    keeper.parley("init")
    roles = {name: f"{name}_{database}" for name in ("hanoi", "washington", "press")}
    with psycopg.connect(owner, autocommit=True) as connection:
        for role in roles.values():
            statements = f"CREATE ROLE {role} LOGIN; GRANT {database}_desk TO {role}"
            print(f"\ndatabase# {statements};")
            connection.execute(statements)
    addresses = {name: server.address(database, role) for name, role in roles.items()}
    hanoi = DemoDesk("hanoi", addresses["hanoi"], home)
    washington = DemoDesk("washington", addresses["washington"], home)
    press = DemoDesk("press", addresses["press"], home, PARLEY_LEVEL="public")
    hanoi.parley("append", "negotiation", "talks", "--title", "The tariff talks")
    for slug, name in (("vn", "Viet Nam"), ("us", "The United States")):
        hanoi.parley("append", "party", slug, "--name", name)
    hanoi.parley("append", "issue", "tariff", "--title", "The tariff")
    hanoi.parley(
        "append", "source", "cable-12", "--title", "Cable 12", "--published", "2025-05-20", "--level", "confidential"
    )
    told = ("--by", "us", "--act", "proposed", "--issues", "tariff", "--on", "2025-05-19", "--quote", CABLE)
    hanoi.parley("append", "statement", "quiet-offer", "--source", "cable-12", *told)
    return {one.name: one.parley("statements") for one in (hanoi, washington, press)}


def main() -> int:
    """Run the demonstration; the exit code is 0 if the entry appeared where it should, and nowhere else."""
    with TemporaryDirectory() as home, running() as server:
        seen = play(server, Path(home))
    found = [name for name, answer in seen.items() if "20 percent" in answer]
    print(f"\nThe entry of hanoi is seen at: {', '.join(found)}.")
    return 0 if found == ["hanoi", "washington"] else 1


if __name__ == "__main__":
    sys.exit(main())
