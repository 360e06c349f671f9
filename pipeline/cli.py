"""The command line: ``wirestories``."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence

HELP = """\
usage: wirestories COMMAND ...

  run INPUT... --output OUT   read articles, find the stories and whose copy each is
  COMMAND --help              what a command takes
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Returns:
        0 done, 1 the run failed, 2 wrong usage or configuration.
    """
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    command, rest = (arguments[0], arguments[1:]) if arguments else ("--help", [])
    if command in ("-h", "--help"):
        print(HELP, end="")
        return 0
    if command != "run":
        print(f"wirestories: unknown command {command!r}; commands are: run", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, _interrupt)
    return _run(rest)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _run(arguments: list[str]) -> int:
    if "-h" in arguments or "--help" in arguments:
        from pipeline.help import RUN

        print(RUN, end="")
        return 0
    from pipeline.run import run  # Beam takes most of a second to import; help should not

    return run(arguments)
