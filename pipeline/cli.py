"""The command line: ``wirestories``."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Sequence

from pipeline.help import ATTRIBUTE, COMMANDS, RUN
from pipeline.help_state import STATE_COMMANDS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Returns:
        0 done, 1 the run failed, 2 wrong usage or configuration.
    """
    command, *rest = [*(sys.argv[1:] if arguments is None else arguments), ""]
    rest = rest[:-1]
    if command in ("", "-h", "--help"):
        print(COMMANDS, end="")
        return 0 if command else 2
    if command == "sources":
        from pipeline.sources import sources  # here, because a run needs none of it

        return sources(rest)
    if command == "attribute":
        if "-h" in rest or "--help" in rest:
            print(ATTRIBUTE, end="")
            return 0
        logging.getLogger().setLevel(logging.ERROR)
        from pipeline.attribute import attribute

        return attribute(rest)
    if command in STATE_COMMANDS:
        if "-h" in rest or "--help" in rest:
            print(STATE_COMMANDS[command], end="")
            return 0
        logging.getLogger().setLevel(logging.ERROR)
        signal.signal(signal.SIGTERM, _interrupt)
        if command == "watch":
            from pipeline.watch import watch

            return watch(rest)
        from pipeline.state_commands import state

        return state(rest)
    if command != "run":
        print(f"wirestories: unknown command {command!r}; known are run, watch, state, attribute, sources (wirestories --help)", file=sys.stderr)
        return 2
    if "-h" in rest or "--help" in rest:
        print(RUN, end="")
        return 0
    logging.getLogger().setLevel(logging.ERROR)  # before Beam is imported: it warns of what isn't installed
    signal.signal(signal.SIGTERM, _interrupt)
    from pipeline.run import run  # here, because Beam takes most of a second to import, and help needs none of it

    return run(rest)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
