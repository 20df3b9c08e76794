"""The collector of garbage, told to wait while much is made that lives to the end of the work anyway."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Do not look for garbage in cycles meanwhile: it was a tenth of the time of a large import or rebuild."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
