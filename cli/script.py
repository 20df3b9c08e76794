"""The `parley` script: one command in a process of its own that starts and ends quickly.

Nearly everything that a short command creates lives until its end: modules, commands, answers. So the garbage collector
runs rarely (by default Python runs it dozens of times while it imports), and not at all when the process ends.
"""

import gc

RARELY = 50_000  # new objects between two runs; Python's own 700 is for long-running programs


def main() -> int:
    """Run the command that was typed, and return its exit code."""
    gc.set_threshold(RARELY)
    from cli.main import run

    try:
        return run()
    finally:
        gc.freeze()
