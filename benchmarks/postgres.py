"""A PostgreSQL server of one's own, on loopback and for a while: for the lake's catalogue."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_USER = "claimwire"
_DEBIAN = Path("/usr/lib/postgresql")
_NOBODIES = ("postgres", "nobody")  # PostgreSQL does not run as root
# Nothing outlives the server here, so that it need not wait for the disk.
_QUICK = "fsync=off", "full_page_writes=off", "synchronous_commit=off"


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server: what libpq takes to reach it, and the folder of its programs."""

    port: int
    programs: Path

    def catalog(self, database: str) -> str:
        """Return the connection string of a database that `create` made."""
        return f"dbname={database} host=127.0.0.1 port={self.port} user={_USER}"

    def create(self, database: str) -> str:
        """Make a database; return its connection string."""
        where = ("-h", "127.0.0.1", "-p", str(self.port), "-U", _USER)
        subprocess.run([self.programs / "createdb", *where, database], check=True)
        return self.catalog(database)


def find_programs() -> Path | None:
    """Return the folder of PostgreSQL's programs: on the path, or where Debian puts them."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(_DEBIAN.glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "postgres").exists()), None)


@contextlib.contextmanager
def serve_postgres() -> Iterator[Postgres]:
    """Run a server in a temporary folder. Raises FileNotFoundError where there is no PostgreSQL."""
    programs = find_programs()
    if programs is None:
        raise FileNotFoundError("There is no PostgreSQL; install the package postgresql.")
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="claimwire-pg-") as name:
        user = _user_for(Path(name))
        data = Path(name) / "data"
        _run(
            [programs / "initdb", "-D", data, "-U", _USER, "-A", "trust", "-N", "-E", "UTF8"], user
        )
        options = ["listen_addresses=127.0.0.1", f"port={port}", "unix_socket_directories="]
        given = " ".join(f"-c {option}" for option in (*options, *_QUICK))
        control = (programs / "pg_ctl", "-D", data, "-w", "-l", Path(name) / "log")
        _run([*control, "-o", given, "start"], user)
        try:
            yield Postgres(port, programs)
        finally:
            _run([*control, "-m", "immediate", "stop"], user)


def _user_for(folder: Path) -> dict[str, Any]:
    """Return how a process is started that may run PostgreSQL, and give it the folder."""
    if os.geteuid():
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = next(known[name] for name in _NOBODIES if name in known)
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": ()}


def _run(command: Sequence[str | Path], user: dict[str, Any]) -> None:
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd="/", **user
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stdout}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
