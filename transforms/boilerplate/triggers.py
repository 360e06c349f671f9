"""What must stand in a line before a pattern can find itself in it: how the line begins, or a word.

Trying some four hundred patterns on every line of every story would cost more than all the rest of the cleaning. Nearly
all of them begin with one of few words, or hold one. Both sets are necessary conditions, never sufficient ones: a line
that shows neither can't be taken, so no result depends on how good they are.

Reading them off the patterns takes longer than all else that is done with the tables at the start of a run, so those of
the program's own cues stand in triggers.json, under the hash of the pattern. A pattern that isn't there, as one of a
source's own cues, is read when the tables are.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import msgspec

from schemas.article import Flow

TRIGGERS_FILE = Path(__file__).with_name("triggers.json")
OPENING = 5  # code points of a beginning that are looked at
DIGIT = "0"


class Triggers(Flow):
    """A line in which a pattern finds itself begins with one of ``openings``, or has one of ``words``."""

    openings: tuple[str, ...] = ()  # 1 to OPENING code points; DIGIT for any digit
    words: tuple[str, ...] = ()  # as ``pieces`` parts them
    open: bool = False  # neither is known: any line may be taken
    anchored: bool = False  # every match begins where the line does


@functools.cache
def finder(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """What searches a pattern in a folded line, compiled when it is first asked for: most runs need few patterns.

    One that holds at the beginning only isn't tried at every place behind it.
    """
    found = re.compile(pattern)
    return found.match if triggers_of(pattern).anchored else found.search


@functools.cache
def triggers_of(pattern: str) -> Triggers:
    """A pattern's triggers.

    Args:
        pattern: A regular expression, to be searched in folded lines.

    Raises:
        re.error: It is none.
    """
    known = _known().get(pattern_name(pattern))
    if known is not None:
        return known
    re.compile(pattern)
    try:  # only now: it needs a module that isn't public, and few runs have a pattern that isn't known
        from transforms.boilerplate.patterns import read_triggers
    except ImportError:  # a Python without that module: the pattern is tried more often, and takes the same lines
        return Triggers(open=True)
    return read_triggers(pattern)


def pattern_name(pattern: str) -> str:
    """A pattern's name in the file: 16 hex digits."""
    return blake2b(pattern.encode(), digest_size=8).hexdigest()


@functools.cache
def _known() -> dict[str, Triggers]:
    return msgspec.json.decode(TRIGGERS_FILE.read_bytes(), type=dict[str, Triggers]) if TRIGGERS_FILE.exists() else {}
