"""How inputs, outputs and states are named: a folder of this machine, or a URL; perhaps a pattern."""

from __future__ import annotations

import re
from urllib.parse import unquote

GLOB = re.compile(r"[*?\[]")  # what makes a name a pattern
_REMOTE = re.compile(r"^[a-z][a-z0-9+.-]*://")


def is_remote(location: str) -> bool:
    """Whether a location is a URL, not a folder of this machine."""
    return _REMOTE.match(location) is not None


def without_file_scheme(argument: str) -> str:
    """An argument, ``file:///data/day%201`` or ``--output=file:///data``, by the path that it names; any other as it is."""
    option, scheme, path = argument.partition("file:///")
    return f"{option}/{unquote(path)}" if scheme and (not option or option.endswith("=")) else argument
