"""The `parley` script: one command in a process of its own, which begins and ends as quickly as it can.

Nearly all that a short command makes lives to its end: modules, commands, answers. So garbage in cycles is looked
for seldom (by default Python looks dozens of times while it imports), and not at all when the process ends anyway.
"""

import gc

SELDOM = 50_000  # new objects from one look to the next; Python's own 700 is for programs that go on


def main() -> int:
    """Run the command that was typed; its exit code."""
    gc.set_threshold(SELDOM)
    from cli.main import run

    try:
        return run()
    finally:
        gc.freeze()
