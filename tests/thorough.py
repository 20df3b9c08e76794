"""How much the laws and the fuzzing of a run try: a share of what `make laws` does.

`make test` has to end within minutes; PARLEY_THOROUGH=25 draws twenty-five times as many ledgers and cases.
"""

import os

THOROUGH = int(os.environ.get("PARLEY_THOROUGH", "1"))
