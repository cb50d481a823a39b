"""The documentation names what there is, and nothing else."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from flows.cli import COMMANDS
from flows.settings import KEYS

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_current(generator: ModuleType) -> None:
    for name, page in generator.pages().items():
        written = DOCS.joinpath(name).read_text("utf-8")
        assert written == page, f"docs/{name} is stale: run python docs/generate.py"


def test_every_command_and_setting_is_documented() -> None:
    commands = DOCS.joinpath("commands.md").read_text("utf-8")
    settings = DOCS.joinpath("settings.md").read_text("utf-8")
    assert [words for words in COMMANDS if f"## claimwire {words}\n" not in commands] == []
    assert [key for key in KEYS if f"| `{key}` |" not in settings] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_that_the_pages_show_exist(page: Path) -> None:
    shown = re.findall(r"^(?:\$ )?claimwire ([a-z]+)(?: ([a-z]+))?", page.read_text(), re.M)
    unknown = [
        words for words in shown if words[0] not in COMMANDS and " ".join(words) not in COMMANDS
    ]
    assert unknown == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_the_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_targets_that_the_pages_show_exist(page: Path) -> None:
    targets = set(re.findall(r"\bmake ([a-z]+)\b", " ".join(_code(page.read_text("utf-8")))))
    known = set(re.findall(r"^([a-z]+):", ROOT.joinpath("Makefile").read_text(), re.M))
    assert targets <= known


def _code(text: str) -> list[str]:
    fenced = r"^```.*?^```"
    return re.findall(fenced, text, re.S | re.M) + re.findall(
        r"`[^`\n]+`", re.sub(fenced, "", text, flags=re.S | re.M)
    )
