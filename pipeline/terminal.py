"""What commands print: text of the input that can't command a terminal, and what happens where nothing can be printed."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable

# What JSON need not escape and a terminal obeys: the upper control characters, and marks that turn the direction.
_COMMANDS = re.compile(r"[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def shown(text: str) -> str:
    """Text with every character that isn't printed shown by its code."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def shown_json(text: str) -> str:
    """JSON that says the same, with the characters escaped that a terminal would obey."""
    return _COMMANDS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def printing(command: Callable[[], int]) -> int:
    """Run a command whose product is what it prints.

    Characters that the terminal's encoding lacks are shown by their code.

    Returns:
        What the command returns; 1 when standard output can't be written to, without a word where it was merely closed,
        as ``head`` does.
    """
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code = command()
        sys.stdout.flush()
        return code
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            print(f"wirestories: {shown(str(error.filename or 'standard output'))}: {error.strerror}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter tries once more as it ends
        return 1
