"""What is wrong with a line of JSON, in words."""

from __future__ import annotations

import json


def fault(error: Exception) -> str:
    """Say what `error`, met in reading a record of a JSON line, complains of."""
    if isinstance(error, json.JSONDecodeError):
        return "it is no JSON"
    if isinstance(error, KeyError):
        return f"it has no {error.args[0]!r}"
    if isinstance(error, AttributeError) or "indices must be" in str(error):
        return "it is no JSON object"
    return str(error)
