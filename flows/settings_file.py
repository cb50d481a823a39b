"""The settings as a file to edit."""

from __future__ import annotations

import json

from flows.settings import KEYS, default

_HEAD = """\
# Settings of claimwire. Every line below shows a default; take away the "#" to change it.
# An environment variable (CLAIMWIRE_ and the key in capitals) wins over this file, and a flag
# (--set key=value) over both. `claimwire config show` tells where each value came from.
"""


def example() -> str:
    """Return a settings file that sets nothing: each key with its meaning and default."""
    parts = [_HEAD]
    for key, item in KEYS.items():
        if key != "home":
            parts.append(f"# {item.metadata['text']}\n# {key} = {_toml(default(key))}\n")
    return "\n".join(parts)


def _toml(value: object) -> str:
    return json.dumps(list(value) if isinstance(value, tuple) else value)
