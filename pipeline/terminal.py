"""What commands print: text of the input that can't command a terminal, and what happens where nothing can be printed."""

from __future__ import annotations

import io
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


def complain(message: str) -> None:
    """Say on standard error, in one line, what is wrong."""
    print(f"wirestories: {shown(message)}", file=sys.stderr, flush=True)


def say(text: str) -> None:
    """Print what a command that is done says of it. It is done all the same where nothing can be printed."""
    try:
        _spell_what_is_lacking()
        print(text, flush=True)
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            complain(f"it is done; what it says of it can't be printed: {error.strerror}")
        _print_nothing_more()


def announce(text: str) -> None:
    """Tell somebody who sits in front of it what begins; a log or a pipe is told nothing."""
    if sys.stderr.isatty():
        print(shown(text), file=sys.stderr, flush=True)


def printing(command: Callable[[], int]) -> int:
    """Run a command whose product is what it prints.

    Characters that the terminal's encoding lacks are shown by their code.

    Returns:
        What the command returns; 1 when standard output can't be written to, without a word where it was merely closed,
        as ``head`` does.
    """
    _spell_what_is_lacking()
    try:
        code = command()
        sys.stdout.flush()
        return code
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            complain(f"{error.filename or 'standard output'}: {error.strerror}")
        _print_nothing_more()
        return 1


def _spell_what_is_lacking() -> None:
    """Show characters that the terminal's encoding lacks by their code."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # no notebook's or test's
        sys.stdout.reconfigure(errors="backslashreplace")


def _print_nothing_more() -> None:
    """Or the interpreter tries once more as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
