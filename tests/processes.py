"""New processes for tests, which share nothing with the process of the tests, and import the program only once."""

import multiprocessing
from multiprocessing.context import BaseContext

PROGRAM = ["ledger.filing.prepare", "ledger.log.sqlite.recorder", "ledger.projections.projector", "tests.laws"]


def starting() -> BaseContext:
    """How to start them: from a server that has imported the program already, where the system has that."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PROGRAM)
    return context
