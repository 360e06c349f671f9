"""A line of several formulas: sentences, parts between bars, or phrases in a row."""

from __future__ import annotations

import re
from collections.abc import Callable

from transforms.boilerplate.cue import Cue
from transforms.boilerplate.cues import CueTable
from transforms.boilerplate.folding import EDGE, key

MAX_PHRASE = 130  # code points of a line that may be a phrase, or phrases in a row
MAX_PARTS = 14  # sentences or bar-separated parts that a line of several formulas may have
MAX_SEGMENT_WORDS = 24  # words of a line that is phrases in a row

BAR_SIGN = re.compile("[|\u2022\u00b7\u203a>\uff5c\u25ba\t/]|  | - ")  # what every bar has, found faster
_BARS = re.compile(r"\s*[|\u2022\u00b7\u203a>\uff5c\u25ba]\s*|\s+/\s+|\s{2,}|\t+|\s+-\s+")
_STOP_SIGN = re.compile("[.!?\u3002\uff01\uff1f\u2026\u0964]\\s")
_STOPS = re.compile(r"(?<=[.!?\u3002\uff01\uff1f\u2026\u0964])\s+")
_AMOUNT = EDGE + "0\u00a3$\u20ac\u00a5%"

Unit = Callable[[str], Cue | None]  # the cue that takes a part, if it is one formula, or phrases in a row


def several(line: str, folded: str, table: CueTable, unit: Unit) -> Cue | None:
    """The first cue of a line of which every part is a formula.

    Args:
        line: As it is printed.
        folded: The same, folded.
        table: Its phrases are looked up.
        unit: Tells what takes one part.
    """
    line = line.strip()
    for sign, splitter in ((_STOP_SIGN, _STOPS), (BAR_SIGN, _BARS)):
        if sign.search(line):
            found = _parts(line, splitter, unit)
            if found is not None:
                return found
    return phrases_in_a_row(folded, table)


def _parts(line: str, splitter: re.Pattern[str], unit: Unit) -> Cue | None:
    border = splitter.search(line)
    if border is None:
        return None
    start = line[: border.start()]
    first = _part_or_bars(start, splitter, unit) if start.strip(EDGE) else None
    if first is None and start.strip(EDGE):
        return None  # most lines of a story: the rest needn't be parted
    parts = [part for part in splitter.split(line, MAX_PARTS) if part.strip(EDGE)]
    if not 1 < len(parts) <= MAX_PARTS:
        return None
    for part in parts[1:] if first is not None else parts:
        cue = _part_or_bars(part, splitter, unit)
        if cue is None:
            return None
        first = first or cue
    return first


def _part_or_bars(part: str, splitter: re.Pattern[str], unit: Unit) -> Cue | None:
    cue = unit(part)
    if cue is None and splitter is _STOPS and _BARS.search(part):
        cue = _parts(part, _BARS, unit)
    return cue


def phrases_in_a_row(folded: str, table: CueTable) -> Cue | None:
    """The first cue of a folded line that is nothing but phrases, with counters and amounts between them."""
    if len(folded) > MAX_PHRASE:
        return None
    first = folded.partition(" ")[0].strip(EDGE)
    if first.isalpha() and first not in table.first_words:
        return None
    words = key(folded).split()
    if not 1 < len(words) <= MAX_SEGMENT_WORDS:
        return None
    start, found = 0, []
    while start < len(words):
        cue = None
        end = start
        if words[start].strip(EDGE) in table.first_words:
            for end in range(min(len(words), start + table.longest), start, -1):
                cue = table.phrases.get(" ".join(words[start:end]).strip(EDGE))
                if cue is not None:
                    break
        if cue is not None:
            found.append(cue)
            start = end
        elif not words[start].strip(_AMOUNT):
            start += 1  # a counter or an amount between the phrases
        else:
            return None
    return found[0] if len(found) > 1 else None
