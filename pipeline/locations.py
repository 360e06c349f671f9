"""How inputs, outputs and states are named: a folder of this machine, or a URL; perhaps a pattern."""

from __future__ import annotations

import re

GLOB = re.compile(r"[*?\[]")  # what makes a name a pattern
_REMOTE = re.compile(r"^[a-z][a-z0-9+.-]*://")


def is_remote(location: str) -> bool:
    """Whether a location is a URL, not a folder of this machine."""
    return _REMOTE.match(location) is not None
