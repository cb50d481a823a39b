"""WHAT IT SAYS: pure functions from bytes to feed items, articles and claims.

No I/O, no clock, no globals that change: the same input gives the same records.
"""

import os

# One thread: texts are parsed side by side in processes. numpy's BLAS reads it when it is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
