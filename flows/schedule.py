"""`claimwire serve`: a Prefect server of our own on loopback, and a runner of the schedule.

What Prefect stores lies in the home, and it reports to nobody. Where `PREFECT_API_URL` names a
server, that one is used instead.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from extractors.errors import ClaimwireError
from flows.prefect_server import LOOPBACK
from flows.settings import ENV_PREFIX, Resolved, Settings

START_TIMEOUT_S = 180.0
STOP_TIMEOUT_S = 10.0


def prefect_environment(settings: Settings) -> dict[str, str]:
    """Return what Prefect must find in the environment before it is imported."""
    return {
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_HOME": str(settings.home / "prefect"),
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(int(START_TIMEOUT_S)),
        "PREFECT_RUNNER_POLL_FREQUENCY": "5",
        "PREFECT_LOGGING_LEVEL": os.environ.get("PREFECT_LOGGING_LEVEL", "WARNING"),
        "PREFECT_CLI_WRAP_LINES": "false",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }


def settings_environment(resolved: Resolved) -> dict[str, str]:
    """Return flags as environment variables, so that the processes of the runs get them too."""
    settings, origins = resolved.settings, resolved.origins
    flags = {key for key, origin in origins.items() if origin == "flag"} | {"home"}
    return {ENV_PREFIX + key.upper(): _text(getattr(settings, key)) for key in sorted(flags)}


def _rhythm(settings: Settings) -> str:
    if settings.serve_cron:
        return f"Running at {settings.serve_cron} (UTC)"
    return f"Running every {settings.serve_interval_s} s"


def _text(value: object) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


def serve(resolved: Resolved) -> None:
    """Run the schedule in the foreground until interrupted.

    Raises `ClaimwireError` when Prefect's server does not start.
    """
    given = os.environ.get("PREFECT_API_URL")
    os.environ.update(settings_environment(resolved) | prefect_environment(resolved.settings))
    with server(resolved.settings) as url:
        os.environ["PREFECT_API_URL"] = url
        from flows.orchestration import run_schedule

        print(f"{_rhythm(resolved.settings)}. Prefect: {url.removesuffix('/api')}", file=sys.stderr)
        print("Ctrl-C ends it; what runs then is taken up next time.", file=sys.stderr)
        asyncio.run(run_schedule(resolved.settings, owns_server=url != given))


@contextmanager
def server(settings: Settings) -> Iterator[str]:
    """Give the address of the API of a Prefect server that runs until the context ends.

    Raises `ClaimwireError` when it does not start.
    """
    given = os.environ.get("PREFECT_API_URL")
    if given:
        yield given
        return
    port = _free_port(settings.serve_port)
    url = f"http://{LOOPBACK}:{port}/api"
    log = settings.home / "prefect" / "server.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "flows.prefect_server", str(port)],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for us; the server goes last
        )
    try:
        _wait_healthy(process, url, log)
        yield url
    finally:
        _stop(process)


def _free_port(wanted: int) -> int:
    """Return `wanted` if nobody listens there, else a port that is free."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise ClaimwireError("No port is free on loopback.", "End some programs.")


def _wait_healthy(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urlopen(f"{url}/health", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise ClaimwireError("Prefect's server did not start.", f"See {log}.")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
