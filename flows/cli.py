"""The command line: global flags, the commands by name, and how errors end.

Data goes to standard output, all else to standard error. Exit codes: 0 fine, 1 failed, 2 wrong
usage or settings, 3 partly done, 130 interrupted. Commands are imported when they are used, so
that a short question costs a short start.
"""

from __future__ import annotations

import ast
import errno
import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Annotated

from cyclopts import App, CycloptsError, Parameter

from extractors.errors import ClaimwireError, SettingsError
from flows import __version__
from flows.context import Context, Output

INTERRUPTED = 130
QUERY_INTERRUPTED = "Query interrupted"  # what DuckDB makes of Ctrl-C
DISK = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.ENOSPC, errno.EDQUOT)
VALUED = ("--home", "--set")  # global options that take a value
FLAGS = ("--json", "--csv", "--debug")
PLAIN = Parameter(negative="", show_default=False)

COMMANDS: Mapping[str, str] = {
    "init": "project:init",
    "config show": "project:show",
    "doctor": "project:doctor",
    "feeds add": "feeds:add",
    "feeds discover": "feeds:discover",
    "feeds list": "feeds:list_",
    "feeds check": "feeds:check",
    "feeds remove": "feeds:remove",
    "feeds export": "feeds:export",
    "run": "running:run",
    "serve": "running:serve",
    "status": "watching:status",
    "metrics": "watching:metrics",
    "claims": "asking:claims",
    "trend": "asking:trend",
    "compare": "asking:compare",
    "totals": "totalling:totals",
    "explain": "asking:explain",
    "sql": "asking:sql",
    "shell": "asking:shell",
    "reparse": "running:reparse",
    "import": "importing:import_",
    "export": "exporting:export",
    "maintain": "maintaining:maintain",
    "archive check": "archiving:check",
    "docs tables": "asking:tables",
    "demo": "demo:demo",
    "extract": "extracting:extract",
    "parse": "parsing:parse",
}
GROUPS = {
    "config": "The settings.",
    "feeds": "The list of feeds.",
    "archive": "The answers as received.",
    "docs": "What the warehouse holds.",
}


def build_app(*, lists_commands: bool = False) -> App:
    """Return the command line with all its commands, none of them imported yet.

    `lists_commands` gives each a line of help, for a page of several: a single command's own page
    tells more.
    """
    app = App(
        name="claimwire",
        help="A warehouse of what the news claims: who said what, when, and who disputes it.",
        version=__version__,
        suppress_keyboard_interrupt=False,
        result_action="return_value",
    )
    app.meta.group_parameters = "Global options"
    app.meta.suppress_keyboard_interrupt = False  # `main` has a word to say
    app.meta.default(_launcher(app))
    groups = {name: App(name=name, help=text) for name, text in GROUPS.items()}
    for group in groups.values():
        app.command(group)
    for words, place in COMMANDS.items():
        *group_name, name = words.split()
        parent = groups[group_name[0]] if group_name else app
        line = {"help": _summary(place)} if lists_commands else {}
        parent.command(f"flows.commands.{place}", name=name, **line)
    return app


def _launcher(app: App) -> Callable[..., int]:
    def launch(
        *tokens: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
        home: str | None = None,
        set_: Annotated[tuple[str, ...], Parameter(name="--set"), PLAIN] = (),
        json: Annotated[bool, PLAIN] = False,
        csv: Annotated[bool, PLAIN] = False,
        debug: Annotated[bool, PLAIN] = False,
    ) -> int:
        """Run a command.

        Args:
            tokens: The command and its arguments.
            home: The folder of feeds, warehouse, archive and settings; else $CLAIMWIRE_HOME, else
                ~/claimwire.
            set_: A setting for this once, as KEY=VALUE; may be given again.
            json: Print data as JSON.
            csv: Print data as CSV.
            debug: Show where an error came from.
        """
        context = Context(_flags(home, set_), _output(json, csv), debug)
        command, bound, ignored = app.parse_args(tokens, exit_on_error=False, print_error=False)
        given = dict.fromkeys(ignored, context)
        return int(command(*bound.args, **bound.kwargs, **given) or 0)

    return launch


def _globals_first(tokens: Sequence[str]) -> list[str]:
    """Return the tokens with the global options in front: behind `sql` they would be its query."""
    front: list[str] = []
    rest: list[str] = []
    given = iter(tokens)
    for token in given:
        if token == "--":
            return [*front, *rest, token, *given]
        name, equals, _ = token.partition("=")
        value = list(islice(given, 1)) if token in VALUED else []
        is_whole = value or token in FLAGS or (equals and name in VALUED)
        (front if is_whole else rest).extend((token, *value))
    return front + rest


def _names_no_command(tokens: Sequence[str]) -> bool:
    """Tell whether a help page of several commands will be shown."""
    pairs = zip(["", *tokens], tokens, strict=False)
    words = [word for before, word in pairs if before not in VALUED and not word.startswith("-")]
    return not any(" ".join(words[:count]) in COMMANDS for count in (1, 2))


def _summary(place: str) -> str:
    """Return the first line of a command's docstring, read from its source: nothing is imported."""
    module, _, name = place.partition(":")
    tree = ast.parse((Path(__file__).parent / "commands" / f"{module}.py").read_text("utf-8"))
    found = (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name)
    return (ast.get_docstring(next(found)) or "").partition("\n")[0]


def _flags(home: str | None, pairs: Sequence[str]) -> dict[str, str | None]:
    flags: dict[str, str | None] = {"home": home}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            raise SettingsError(f"--set takes KEY=VALUE, not {pair!r}.", "See: config show.")
        flags[key.strip()] = value
    return flags


def _output(json: bool, csv: bool) -> Output:
    if json and csv:
        raise SettingsError("--json and --csv exclude each other.", "Give one of them.")
    return "json" if json else "csv" if csv else "auto"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; never raises."""
    tokens = _globals_first(sys.argv[1:] if arguments is None else arguments)
    try:
        app = build_app(lists_commands=_names_no_command(tokens))
        code = app.meta(tokens, exit_on_error=False, print_error=False)
        sys.stdout.flush()
        return int(code or 0)
    except BrokenPipeError:
        return _leave_pipe()
    except KeyboardInterrupt:
        return _stopped()
    except Exception as error:
        if isinstance(error, RuntimeError) and str(error) == QUERY_INTERRUPTED:
            return _stopped()
        if "--debug" in tokens:
            traceback.print_exc()
        return _explain(error)


def _stopped() -> int:
    _say("Stopped. What was fetched is archived and what was loaded stays.")
    _say("Run the command again to go on.")
    return INTERRUPTED


def _explain(error: Exception) -> int:
    """Say in a sentence or two what went wrong; return the exit code."""
    if isinstance(error, CycloptsError):
        _say(f"{' '.join(str(error).split())} See: claimwire --help.")
        return SettingsError.exit_code
    if isinstance(error, ClaimwireError):
        _say(str(error))
        return error.exit_code
    if isinstance(error, OSError) and error.errno in DISK and error.filename:
        _say(f"{error.filename} cannot be used: {error.strerror}.")
        _say("Check its rights and the space on its disk, or name another folder with --home.")
        return SettingsError.exit_code
    _say(f"Something failed that should not: {type(error).__name__}: {error}")
    _say("Run it again with --debug and report what it prints.")
    return ClaimwireError.exit_code


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def _leave_pipe() -> int:
    """Keep the interpreter from complaining, at its end, of the reader that has gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
