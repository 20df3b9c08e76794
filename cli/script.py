"""The `parley` script: runs one command in a process that starts and ends quickly.

Almost everything that a short command creates (modules, commands, answers) lives until its end. So the garbage
collector runs rarely (by default Python runs it dozens of times during imports), and not at all at exit.
"""

import gc

RARELY = 50_000  # new objects between two runs; Python's own 700 is for long-running programs


def main() -> int:
    """Run the command of `sys.argv`, and return its exit code."""
    gc.set_threshold(RARELY)
    from cli.main import run

    try:
        return run()
    finally:
        gc.freeze()
