"""transforms/boilerplate/triggers.json, made from the cue tables: ``python -m tests.transforms.boilerplate.triggers_file``.

Nothing is wrong when the file is older than the tables, but loading them takes longer; the test compares the two.
"""

from __future__ import annotations

import msgspec

from transforms.boilerplate.cues import our_cues
from transforms.boilerplate.patterns import read_triggers
from transforms.boilerplate.triggers import TRIGGERS_FILE, pattern_name


def written() -> str:
    """What the file holds: one pattern a line, in the order of names."""
    patterns = {cue.pattern for cue in our_cues().cues if cue.pattern is not None}
    lines = sorted(
        f'"{pattern_name(pattern)}": {msgspec.json.encode(read_triggers(pattern)).decode()}' for pattern in patterns
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    TRIGGERS_FILE.write_text(written(), encoding="utf-8")
