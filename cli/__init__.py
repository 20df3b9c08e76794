"""The command line.

A command is a short process that keeps most of what it makes to its end, so garbage is looked for rarely.
"""

import gc

gc.set_threshold(50_000)
