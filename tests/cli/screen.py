"""A real terminal: a pseudo-terminal of so many columns, in which a command or a shell runs."""

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path

SCRIPT = Path(sys.executable).parent  # where `parley` is, next to the interpreter


class Terminal:
    """A program in a pseudo-terminal, which sees what it prints and types to it."""

    def __init__(self, program: Sequence[str], folder: Path, columns: int) -> None:
        child, self._screen = pty.fork()
        if child == 0:
            os.chdir(folder)
            os.environ.pop("COLUMNS", None)
            os.environ |= {"PATH": f"{SCRIPT}:{os.environ['PATH']}", "NO_COLOR": "1", "TERM": "dumb", "PS1": PROMPT}
            os.execvp(program[0], program)
        fcntl.ioctl(self._screen, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self._child = child

    def type(self, line: str) -> None:
        """Type a line and the Return key."""
        os.write(self._screen, f"{line}\n".encode())

    def read_until(self, done: Callable[[str], bool], seconds: float = 120) -> str:
        """What is printed until `done` says so of it; TimeoutError, with what was printed, after so many seconds."""
        printed, end = b"", time.monotonic() + seconds
        while not done(text := printed.decode("utf-8", "replace").replace("\r\n", "\n")):
            if not select.select([self._screen], [], [], max(0.0, end - time.monotonic()))[0]:
                raise TimeoutError(text)
            try:
                printed += os.read(self._screen, 65536)
            except OSError:  # the program has ended
                break
        return printed.decode("utf-8", "replace").replace("\r\n", "\n")

    def close(self) -> None:
        """End the program."""
        os.close(self._screen)
        os.waitpid(self._child, 0)


PROMPT = "<ready>"


def shell(folder: Path, columns: int) -> Terminal:
    """A shell in a folder, ready for the first line."""
    terminal = Terminal(["bash", "--noediting", "--norc", "--noprofile", "-i"], folder, columns)
    terminal.read_until(lambda text: text.endswith(PROMPT))
    return terminal
