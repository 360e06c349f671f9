"""The command line: ``wirestories``."""

from __future__ import annotations

import gc
import logging
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version

from pipeline.help import ATTRIBUTE, COMMANDS, RUN, SOURCES
from pipeline.help_state import STATE_COMMANDS
from pipeline.terminal import complain
from pipeline.worker import NEW_OBJECTS

# Where each command lives. Imported when it is asked for: Beam takes most of a second, and help needs none of it.
_HOMES = {
    "run": "pipeline.run",
    "watch": "pipeline.watch",
    "state": "pipeline.state_commands",
    "attribute": "pipeline.attribute",
    "sources": "pipeline.sources",
}
_HELP = {"run": RUN, "attribute": ATTRIBUTE, "sources": SOURCES, **STATE_COMMANDS}
_ASKS_FOR_HELP = {"-h", "--help"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Returns:
        0 done, 1 the run failed, 2 wrong usage or configuration.
    """
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if not arguments or arguments[0] in _ASKS_FOR_HELP:
        print(COMMANDS, end="")
        return 0 if arguments else 2
    if arguments == ["--version"]:
        print(f"wirestories {version('wirestories')}")
        return 0
    command, *rest = arguments
    if command not in _HOMES:
        known = ", ".join(_HOMES)
        complain(f"unknown command {command!r}; known are {known} (wirestories --help)")
        return 2
    # A command of several, as ``sources check``, has help pages of its own.
    if _ASKS_FOR_HELP & set(rest) and (len(rest) == 1 or command != "sources"):
        print(_HELP[command], end="")
        return 0
    gc.set_threshold(NEW_OBJECTS)
    # Before Beam is imported, which warns of what isn't installed. What it logs as an error, it raises as well.
    logging.getLogger().setLevel(logging.CRITICAL)
    for number in (signal.SIGINT, signal.SIGTERM):  # SIGINT too: a shell starts background jobs with it ignored
        signal.signal(number, _interrupt)
    try:
        return getattr(import_module(_HOMES[command]), command)(rest)
    except KeyboardInterrupt:  # while it was imported: nothing was begun
        complain("interrupted")
        return 1


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
