"""A Prefect server that ends with whoever started it: `python -m flows.prefect_server PORT`.

It reads its standard input, which its parent holds open, and stops when that ends: also when the
parent was killed and could not stop it.
"""

from __future__ import annotations

import os
import signal
import sys
from threading import Thread

LOOPBACK = "127.0.0.1"


def main(port: int) -> None:
    """Serve the API, the schedule and the web page on loopback until told to stop."""
    import uvicorn

    Thread(target=_end_with_parent, daemon=True).start()
    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host=LOOPBACK,
        port=port,
        log_level="error",
    )


def _end_with_parent() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main(int(sys.argv[1]))
