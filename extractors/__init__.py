"""WHAT IT SAYS: pure functions from bytes to feed items, articles and claims.

No I/O, no clock, no globals that change: the same input gives the same records.
"""

import importlib
import os
import sys
from types import ModuleType
from typing import Any

# One thread: texts are parsed side by side in processes. numpy's BLAS reads it when it is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _info(*args: Any, **options: Any) -> Any:
    del sys.modules[_INFO]
    return importlib.import_module(_INFO).info(*args, **options)


# `import spacy` loads its whole command line (web clients, templates: a third of a second) for the
# function `spacy.info`. It is still there, and loads them when it is called.
_INFO = "spacy.cli.info"
_stand_in = ModuleType(_INFO)
_stand_in.__dict__["info"] = _info
sys.modules.setdefault(_INFO, _stand_in)
