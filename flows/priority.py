"""How much of the processor runs take from others."""

from __future__ import annotations

import os

_NICENESS = 5  # nice(2): of a core that both want, who asks gets three quarters


def give_way() -> None:
    """Let whoever asks the warehouse go first: this process and those it starts wait for them.

    Where nobody asks, they get all of the processor.
    """
    os.nice(max(0, _NICENESS - os.nice(0)))
