"""Shapes that only one agency's copy has: signatures and machine ids, and marks that never claim a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from schemas.records import EvidenceKind
from transforms.attribution.entries import Agency, Sign
from transforms.attribution.registry import NEWSML, Registry
from transforms.attribution.zones import Line

# Longer lines are prose without a sign in it, or hostile.
_MAX_LINE = 600  # characters
_SHORT = 120  # characters of a line with which a desk signs
_CLOSING = 4000  # characters from the end in which a signature or a machine id stands; intertitles stand anywhere
_NO_SIGNS = ("off", "caption", "headline")
_LAST_LINES = 8  # lines of the tail in which a desk signs
_URN = re.compile(r"(?:urn:newsml:|tag:)([a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){1,4})[:,][^\s\"'<>]{1,160}")


class Signed(NamedTuple):
    """A sign in a text."""

    agency: str
    kind: EvidenceKind
    rule: str
    start: int
    end: int
    line: int  # index of the line it stands in
    yields_to: tuple[str, ...] = ()  # ids of agencies beside whose credit it says nothing


def read_signs(text: str, lines: list[Line], registry: Registry, words: frozenset[str]) -> list[Signed]:
    """The signs of all agencies, in the order of the text; those that yield to others last.

    Args:
        text: Flattened.
        lines: The article's lines.
        registry: Whose signs are looked for.
        words: Of those that ``registry.names`` knows, which the text has.
    """
    found: list[Signed] = []
    gated = {gate.sign for gate in registry.sign_gates if not gate.word or gate.word in words}
    for agency, sign, pattern in (registry.signs[number] for number in sorted(gated)):
        for i in _lines_with(text, lines, sign.gate):
            start = max(lines[i].start, lines[i].end - _MAX_LINE)
            if (met := pattern.search(text[start : lines[i].end])) is not None:
                found.append(_signed(agency, sign, start + met.start(), start + met.end(), i))
    desks, last_words = _last_lines(text, lines, registry)
    for agency, sign, pattern in registry.signs_at_the_end if desks or last_words else ():
        for i, start in desks if sign.where == "last_line" else last_words:
            if (met := pattern.match(text[start : lines[i].end])) is not None:
                found.append(_signed(agency, sign, start, start + met.end(), i))
    if NEWSML in words:
        for i in _lines_with(text, lines, (f"{NEWSML}:", f":{NEWSML}_")):
            for met in _URN.finditer(text, lines[i].start, min(lines[i].end, lines[i].start + _MAX_LINE)):
                if (agency := registry.by_host(met[1])) is not None:
                    found.append(Signed(agency.id, "machine_id", "newsml.urn", met.start(), met.end(), i))
    return sorted(found, key=lambda sign: (bool(sign.yields_to), sign.start, sign.end, sign.agency))


def _signed(agency: Agency, sign: Sign, start: int, end: int, line: int) -> Signed:
    return Signed(agency.id, sign.kind, sign.id, start, end, line, sign.yields_to)


def _last_lines(
    text: str, lines: list[Line], registry: Registry
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The last lines that a desk may have signed, and the last words of lines: index and start of each."""
    desks: list[tuple[int, int]] = []
    words: list[tuple[int, int]] = []
    seen = 0
    for i in range(len(lines) - 1, -1, -1):
        line = lines[i]
        if seen == _LAST_LINES or not line.tail:
            break  # before the tail no line is of it
        if line.zone == "off":
            continue
        seen += 1
        last = text[line.start : line.end]
        if len(last) <= _SHORT and registry.desk_sign.match(last) is not None:
            desks.append((i, line.start))
        word = last.rpartition(" ")[2]
        if len(word) <= _SHORT and registry.desk_word.match(word) is not None:
            words.append((i, line.end - len(word)))
    return desks, words


def _lines_with(text: str, lines: list[Line], gates: tuple[str, ...]) -> list[int]:
    """The lines that hold a gate and may carry a sign."""
    if gates[0][0] == "\n":
        return [
            i
            for i, line in enumerate(lines)
            if line.start and text.startswith(gates, line.start - 1) and line.zone not in _NO_SIGNS
        ]
    met: set[int] = set()
    for gate in gates:
        at = text.find(gate, max(0, len(text) - _CLOSING))
        while at >= 0:
            i = bisect_right(lines, at + len(gate) - 1, key=_start) - 1
            if i < 0:
                break
            if lines[i].zone not in _NO_SIGNS:
                met.add(i)
            at = text.find(gate, max(at + len(gate), lines[i].end - 1))
    return sorted(met)


def _start(line: Line) -> int:
    return line.start
