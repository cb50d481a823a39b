"""What can be set, and where each value came from: file < environment < flags.

Every setting is a key of `claimwire.toml`, an environment variable (`CLAIMWIRE_` and the key in
capitals) and a flag (`--set key=value`). Unknown keys and values that cannot be used raise
`SettingsError`; nothing is guessed.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from extractors.errors import SettingsError
from warehouse.place import Place, read_place

ENV_PREFIX = "CLAIMWIRE_"
ENV_RESERVED = frozenset({"CLAIMWIRE_NOW", "CLAIMWIRE_SHARED"})  # the clock; corpora of the tests
SETTINGS_FILE = "claimwire.toml"
DEFAULT_HOME = Path("~/claimwire")

Origin = Literal["default", "file", "environment", "flag"]


def _setting(default: Any, text: str, *, least: float | None = None) -> Any:
    return field(default=default, metadata={"text": text, "least": least})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings, resolved. Seconds, bytes and counts; the unit is in the name."""

    home: Path = field(metadata={"text": "The folder of feeds, warehouse, archive and settings."})

    # asking servers
    contact: str = _setting("", "Address or URL that the user agent names, for site owners.")
    user_agent: str = _setting("", "Replaces the whole user agent; empty: claimwire and contact.")
    respect_robots: bool = _setting(True, "Obey robots.txt for pages.")
    allowed_networks: tuple[str, ...] = _setting(
        (), "Networks that may be asked though they are not public, such as 127.0.0.0/8."
    )
    bridge_hosts: tuple[str, ...] = _setting(
        (), "Hosts that serve feeds of many sites: a 429 there rests the one feed only."
    )
    site_interval_s: float = _setting(5.0, "Least time between requests to one site.", least=0)
    site_connections: int = _setting(2, "Most connections to one site at once.", least=1)
    connections: int = _setting(32, "Most connections at once, all sites together.", least=1)
    connect_timeout_s: float = _setting(10.0, "Longest wait for a connection.", least=0.1)
    read_timeout_s: float = _setting(20.0, "Longest silence of a server.", least=0.1)
    fetch_timeout_s: float = _setting(60.0, "Longest time for one whole response.", least=0.1)
    max_body_bytes: int = _setting(16_000_000, "Largest response, after decompression.", least=1)
    max_redirects: int = _setting(8, "Most redirects to follow.", least=0)

    recheck_hours: tuple[int, ...] = _setting(
        (24, 168), "Ages at which an article's page is visited again, hours; empty: never."
    )
    page_attempts: int = _setting(
        9, "Tries before a page counts as failed: 15 min apart, then twice as long each.", least=1
    )

    # reading pages
    workers: int = _setting(
        0, "Processes that read feeds and pages; 0: one for each processor.", least=0
    )
    worker_memory_bytes: int = _setting(
        2_000_000_000,
        "Memory one worker may take before what it reads is put aside.",
        least=100_000_000,
    )
    page_timeout_s: float = _setting(60.0, "Longest time to read one page or one feed.", least=0.1)
    reader: str = _setting("flows.reader:Reader", "What reads pages, as module:callable.")
    batch_pages: int = _setting(8, "Pages a worker reads at a time.", least=1)

    # the warehouse
    warehouse: str = _setting(
        "",
        "A lake instead of the home's file: ducklake:postgres: and a connection string.",
    )
    lake_path: str = _setting("lake", "Folder, below the home, of a lake's Parquet files.")
    lake_keep_days: int = _setting(
        7, "Age at which `maintain` lets go of a lake's old states and files, days.", least=1
    )
    warehouse_memory_bytes: int = _setting(
        1_000_000_000, "Memory that the warehouse may take while loading.", least=100_000_000
    )
    query_timeout_s: float = _setting(30.0, "Longest time for one query.", least=0.1)

    # who is told
    metrics_path: str = _setting(
        "", "File, below the home, that each run leaves its figures in, as OpenMetrics."
    )
    incident_hook: str = _setting(
        "", "Command that is given a run's incidents, as JSON, on its standard input."
    )

    # the schedule
    serve_interval_s: int = _setting(900, "Time between scheduled runs.", least=1)
    serve_port: int = _setting(
        4200, "Port of Prefect's server on loopback; another one if it is taken.", least=0
    )
    serve_cron: str = _setting("", "Cron line of the scheduled runs; replaces the interval.")

    @property
    def settings_path(self) -> Path:
        """The settings file."""
        return self.home / SETTINGS_FILE

    @property
    def feeds_path(self) -> Path:
        """The feed list."""
        return self.home / "feeds.toml"

    @property
    def published(self) -> Place:
        """The warehouse that readers open."""
        return self._place(self.published_path)

    @property
    def work(self) -> Place:
        """The warehouse that runs write; nobody else opens it, but for a lake, which is one."""
        return self._place(self.work_path)

    @property
    def published_path(self) -> Path:
        """The file that readers open, where the warehouse is no lake."""
        return self.home / "warehouse.duckdb"

    @property
    def work_path(self) -> Path:
        """The file that runs write, where the warehouse is no lake."""
        return self.home / "warehouse.work.duckdb"

    @property
    def archive_dir(self) -> Path:
        """The folder of WARC files."""
        return self.home / "archive"

    @property
    def staging_dir(self) -> Path:
        """The folder of rows that are not loaded yet."""
        return self.home / "staging"

    @property
    def lock_path(self) -> Path:
        """The file that one run at a time holds locked."""
        return self.home / "run.lock"

    @property
    def metrics_file(self) -> Path | None:
        """The file of the figures, if they are wanted."""
        return self.home / Path(self.metrics_path).expanduser() if self.metrics_path else None

    @property
    def worker_count(self) -> int:
        """How many worker processes to use."""
        return self.workers or os.cpu_count() or 1

    def _place(self, file: Path) -> Place:
        return read_place(self.warehouse, file, self.home / Path(self.lake_path).expanduser())


KEYS: Mapping[str, Field[Any]] = {item.name: item for item in fields(Settings)}


@dataclass(frozen=True, slots=True)
class Resolved:
    """The settings and, for each key, where its value came from."""

    settings: Settings
    origins: Mapping[str, Origin]


def resolve(
    flags: Mapping[str, str | Path | None],
    environ: Mapping[str, str] = os.environ,
) -> Resolved:
    """Resolve all settings: file < environment < flags; flags that are None do not count.

    Raises `SettingsError` on an unknown key or a value that cannot be used.
    """
    given = {key: value for key, value in flags.items() if value is not None}
    layers: list[tuple[Origin, Mapping[str, object]]] = [
        ("environment", _from_environment(environ)),
        ("flag", given),
    ]
    home = Path(DEFAULT_HOME)
    for origin, layer in layers:
        home = _converted("home", layer["home"], origin) if "home" in layer else home
    layers.insert(0, ("file", _from_file(home.expanduser() / SETTINGS_FILE)))
    values: dict[str, Any] = {"home": home.expanduser().absolute()}
    origins: dict[str, Origin] = dict.fromkeys(KEYS, "default")
    for origin, layer in layers:
        for key, value in layer.items():
            _check_key(key, origin)
            origins[key] = origin
            if key != "home":
                values[key] = _converted(key, value, origin)
    settings = Settings(**values)
    _ = settings.work  # says what is wrong with it, before anything prints or logs it
    return Resolved(settings, origins)


def default(key: str) -> object:
    """Return the default of a key; the default home is below the user's own."""
    value = KEYS[key].default
    return str(DEFAULT_HOME) if value is MISSING else value


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    names = [name for name in environ if name.startswith(ENV_PREFIX)]
    return {
        name.removeprefix(ENV_PREFIX).lower(): environ[name]
        for name in sorted(names)
        if name not in ENV_RESERVED
    }


def _from_file(path: Path) -> dict[str, object]:
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"The settings file {path} is not TOML: {error}.", "Correct it or move it away."
        ) from error
    except OSError as error:
        raise SettingsError(
            f"The settings file {path} cannot be read: {error.strerror}.", "Check its rights."
        ) from error
    if "home" in values:
        raise SettingsError(
            f"{path} sets 'home', which is the folder it lies in.",
            "Use --home or CLAIMWIRE_HOME instead.",
        )
    return values


def _check_key(key: str, origin: Origin) -> None:
    if key in KEYS:
        return
    near = difflib.get_close_matches(key, KEYS, n=1)
    name = ENV_PREFIX + key.upper() if origin == "environment" else key
    hint = f"Did you mean '{near[0]}'?" if near else "See: claimwire config show."
    raise SettingsError(f"There is no setting '{name}' (from the {origin}).", hint)


def _converted(key: str, value: object, origin: Origin) -> Any:
    """Return `value` as the key's type: text is parsed, a TOML value must have the type."""
    kind = str(KEYS[key].type)
    try:
        converted = _CONVERTERS[kind](value)
    except (KeyError, TypeError, ValueError):
        raise SettingsError(
            f"The setting '{key}' (from the {origin}) must be {_NAMES[kind]}, not {value!r}.",
            "See: claimwire config show.",
        ) from None
    least = KEYS[key].metadata.get("least")
    if least is not None and converted < least:
        raise SettingsError(
            f"The setting '{key}' (from the {origin}) must be at least {least}, not {value!r}.",
            f"Its default is {default(key)}.",
        )
    return converted


def _bool(value: object) -> bool:
    if isinstance(value, bool):
        return value
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}[
        _text(value).lower()
    ]


def _int(value: object) -> int:
    if isinstance(value, bool | float):
        raise TypeError
    return value if isinstance(value, int) else int(_text(value))


def _float(value: object) -> float:
    if isinstance(value, bool):
        raise TypeError
    number = float(value) if isinstance(value, int | float) else float(_text(value))
    if number != number or number in (float("inf"), float("-inf")):
        raise ValueError
    return number


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value.strip()


def _texts(value: object) -> tuple[str, ...]:
    items = value.split(",") if isinstance(value, str) else value
    if not isinstance(items, list):
        raise TypeError
    return tuple(text for item in items if (text := _text(item)))


def _ages(value: object) -> tuple[int, ...]:
    items = _texts(value) if isinstance(value, str) else value
    if not isinstance(items, list | tuple):
        raise TypeError
    ages = sorted({_int(item) for item in items})
    if ages and ages[0] < 1:
        raise ValueError
    return tuple(ages)


def _path(value: object) -> Path:
    return value if isinstance(value, Path) else Path(_text(value))


_CONVERTERS: Mapping[str, Any] = {
    "bool": _bool, "int": _int, "float": _float, "str": _text, "Path": _path,
    "tuple[str, ...]": _texts, "tuple[int, ...]": _ages,
}  # fmt: skip
_NAMES = {
    "bool": "true or false", "int": "a whole number", "float": "a number", "str": "text",
    "Path": "a path", "tuple[str, ...]": "a list of texts",
    "tuple[int, ...]": "a list of whole numbers above 0",
}  # fmt: skip
