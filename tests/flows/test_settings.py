import dataclasses
from pathlib import Path

import pytest

from extractors.errors import SettingsError
from flows.settings import KEYS, Settings, default, resolve
from warehouse.place import Lake


def test_later_layers_win_and_are_named(tmp_path: Path) -> None:
    (tmp_path / "claimwire.toml").write_text("site_interval_s = 1\nworkers = 2\nbatch_pages = 3\n")
    environ = {"CLAIMWIRE_HOME": str(tmp_path), "CLAIMWIRE_WORKERS": "4", "PATH": "/bin"}

    resolved = resolve({"batch_pages": "5", "home": None}, environ)

    settings, origins = resolved.settings, resolved.origins
    assert (settings.site_interval_s, settings.workers, settings.batch_pages) == (1.0, 4, 5)
    assert origins["site_interval_s"] == "file"
    assert origins["workers"] == "environment"
    assert origins["batch_pages"] == "flag"
    assert origins["connections"] == "default"
    assert origins["home"] == "environment"


def test_a_lake_is_where_runs_write_and_readers_read(tmp_path: Path) -> None:
    flags = {"home": str(tmp_path), "warehouse": "ducklake:postgres:dbname=news"}
    settings = resolve(flags, {}).settings
    assert settings.work == settings.published == Lake("dbname=news", tmp_path / "lake")
    assert resolve({"home": str(tmp_path)}, {}).settings.published == settings.published_path


def test_a_password_gets_no_further_than_the_settings() -> None:
    environ = {"CLAIMWIRE_WAREHOUSE": "ducklake:postgres:dbname=news password=hush"}
    with pytest.raises(SettingsError, match="holds a password") as caught:
        resolve({}, environ)
    assert "hush" not in str(caught.value)


def test_the_home_is_made_absolute_and_flags_move_it(tmp_path: Path) -> None:
    environ = {"CLAIMWIRE_HOME": "/elsewhere"}
    assert resolve({"home": str(tmp_path)}, environ).settings.home == tmp_path
    assert resolve({}, {}).settings.home == Path.home() / "claimwire"


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("respect_robots", "no", False),
        ("respect_robots", "TRUE", True),
        ("allowed_networks", "127.0.0.0/8, 10.0.0.0/8", ("127.0.0.0/8", "10.0.0.0/8")),
        ("site_interval_s", "0", 0.0),
        ("max_body_bytes", "1_000", 1000),
        ("contact", " me@example.org ", "me@example.org"),
    ],
)
def test_text_becomes_the_type_of_the_key(key: str, text: str, value: object) -> None:
    assert getattr(resolve({key: text}, {}).settings, key) == value


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ({"workes": "2"}, "Did you mean 'workers'?"),
        ({"frobnicate": "2"}, "config show"),
        ({"workers": "two"}, "must be a whole number"),
        ({"workers": "-1"}, "at least 0"),
        ({"site_interval_s": "nan"}, "must be a number"),
        ({"respect_robots": "perhaps"}, "true or false"),
        ({"connect_timeout_s": "0"}, "at least 0.1"),
    ],
)
def test_what_cannot_be_used_is_said(flags: dict[str, str], words: str) -> None:
    with pytest.raises(SettingsError, match=words) as caught:
        resolve(flags, {})
    assert caught.value.exit_code == 2


def test_unknown_environment_variables_are_named_as_written() -> None:
    with pytest.raises(SettingsError, match="CLAIMWIRE_WORKRES"):
        resolve({}, {"CLAIMWIRE_WORKRES": "1"})
    resolve({}, {"CLAIMWIRE_NOW": "2026-01-01", "CLAIMWIRE_SHARED": "/x"})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"workers = ", "is not TOML"),
        (b"\xff\xfe", "is not TOML"),
        (b'workers = "2x"', "must be a whole number"),
        (b"workers = 2.5", "must be a whole number"),
        (b"workers = true", "must be a whole number"),
        (b'contact = ["a"]', "must be text"),
        (b'home = "/x"', "sets 'home'"),
        (b"[http]\nworkers = 2", "no setting 'http'"),
    ],
)
def test_bad_files_are_said(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "claimwire.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=words):
        resolve({"home": str(tmp_path)}, {})


def test_a_settings_file_that_is_a_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "claimwire.toml").mkdir()
    with pytest.raises(SettingsError, match="cannot be read"):
        resolve({"home": str(tmp_path)}, {})


def test_every_setting_says_what_it_is_and_has_a_usable_default() -> None:
    settings = resolve({}, {}).settings
    for key, item in KEYS.items():
        assert item.metadata["text"].endswith("."), key
        if key != "home":
            assert getattr(settings, key) == default(key)


def test_settings_are_frozen() -> None:
    settings: Settings = resolve({}, {}).settings
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.workers = 1  # type: ignore[misc]
