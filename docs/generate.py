"""Writes the pages that follow from the code and its tests: commands.md, settings.md, rules.md.

    python docs/generate.py

A test fails when they differ from what this prints, so run it after changing either. The results in
cookbook.md come last: cookbook.py visits the sample site for them, which takes a while.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))

from flows.cli import COMMANDS, build_app  # noqa: E402
from flows.settings import ENV_PREFIX, KEYS, default  # noqa: E402

COMMANDS_INTRO = """# Commands

Data goes to standard output, all else to standard error. What is a table on a terminal is
tab-separated text in a pipe; `--json` and `--csv` work with every command that prints data. Exit
codes: 0 fine, 1 failed, 2 wrong usage or settings, 3 partly done (some feeds failed, or an
incident was opened).

Everywhere: `--home FOLDER` (feeds, warehouse, archive, settings), `--set KEY=VALUE` (a setting for
this once), `--json`, `--csv`, `--debug`.
"""
SETTINGS_INTRO = """# Settings

Each is a key of `claimwire.toml` in the home folder, an environment variable and a flag; a flag
wins over the environment, the environment over the file. `claimwire config show` prints every value
and where it came from.

| key | environment | default | meaning |
|---|---|---|---|
"""


def commands_page() -> str:
    """Return the reference of the command line: the help of every command."""
    app = build_app()
    parts = [COMMANDS_INTRO]
    for words in COMMANDS:
        found = app
        for word in words.split():
            found = found[word]
        text = found.generate_docs(heading_level=2, usage_name=f"claimwire {words}")
        parts.append(_tidy(text, words))
    return "\n".join(parts).rstrip() + "\n"


def settings_page() -> str:
    """Return the reference of the settings: one row a key."""
    rows = [
        f"| `{key}` | `{ENV_PREFIX}{key.upper()}` | {_value(key)} | {item.metadata['text']} |"
        for key, item in KEYS.items()
    ]
    return SETTINGS_INTRO + "\n".join(rows) + "\n"


def rules_page() -> str:
    """Return the table of rules; collecting tests is left to a process of its own."""
    command = [sys.executable, str(FOLDER / "rules.py")]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def pages() -> dict[str, str]:
    """Return the generated pages by file name."""
    return {
        "commands.md": commands_page(),
        "settings.md": settings_page(),
        "rules.md": rules_page(),
    }


def _tidy(text: str, words: str) -> str:
    """Give the section its full command as heading, and one empty line between blocks."""
    body = re.sub(r"\A#+ .*\n", "", text.strip())
    return f"## claimwire {words}\n\n" + re.sub(r"\n{3,}", "\n\n", body).strip() + "\n"


def _value(key: str) -> str:
    value = default(key)
    if isinstance(value, tuple):
        value = ", ".join(map(str, value))
    return f"`{value}`" if value != "" else "none"


if __name__ == "__main__":
    for name, page in pages().items():
        FOLDER.joinpath(name).write_text(page, "utf-8")
    subprocess.run([sys.executable, str(FOLDER / "cookbook.py")], check=True)
