"""Fixtures of the whole suite."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of reference corpora; skips where there is none."""
    folder = Path(os.environ.get("CLAIMWIRE_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"no reference corpora in {folder} (set CLAIMWIRE_SHARED)")
    return folder
