"""Text of the input, safe for a terminal: nothing in it can command the terminal or turn the direction of reading."""

from __future__ import annotations

import re

# What JSON need not escape and a terminal obeys: the upper control characters, and marks that turn the direction.
_COMMANDS = re.compile(r"[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def shown(text: str) -> str:
    """Text with every character that isn't printed shown by its code."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def shown_json(text: str) -> str:
    """JSON that says the same, with the characters escaped that a terminal would obey."""
    return _COMMANDS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
