"""Fixtures of the whole suite."""

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no failure.
settings.register_profile("claimwire", deadline=None)
settings.load_profile("claimwire")

# A shell that starts the suite in the background lets it ignore Ctrl-C, and so would the programs
# that the tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of reference corpora; skips where there is none."""
    folder = Path(os.environ.get("CLAIMWIRE_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"no reference corpora in {folder} (set CLAIMWIRE_SHARED)")
    return folder
