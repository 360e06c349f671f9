"""Shapes that only one agency's copy has: signatures and machine ids, and marks that never claim a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from schemas.records import EvidenceKind
from transforms.attribution.registry import Registry
from transforms.attribution.zones import Line

# Longer lines are prose without a sign in it, or hostile.
_MAX_LINE = 600  # characters
_SHORT = 120  # characters of a line with which a desk signs
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


def read_signs(text: str, lines: list[Line], registry: Registry) -> list[Signed]:
    """The signs of all agencies, in the order of the text.

    Args:
        text: Flattened.
        lines: The article's lines.
        registry: Whose signs are looked for.
    """
    found: list[Signed] = []
    tail = [i for i, line in enumerate(lines) if line.tail and line.zone != "off" and line.end - line.start <= _SHORT]
    last = tail[-_LAST_LINES:]
    desks = [i for i in last if registry.desk_sign.search(text[lines[i].start : lines[i].end])]
    for agency, sign, pattern in registry.signs:
        if sign.where == "last_line":
            met_in = desks
        else:
            met_in = _lines_with(text, lines, sign.gate)
        for i in met_in:
            line = lines[i]
            start = max(line.start, line.end - _MAX_LINE)
            if (met := pattern.search(text[start : line.end])) is not None:
                found.append(Signed(agency.id, sign.kind, sign.id, start + met.start(), start + met.end(), i))
    if "newsml:" in text:
        for i in _lines_with(text, lines, ("newsml:",)):
            for met in _URN.finditer(text, lines[i].start, min(lines[i].end, lines[i].start + _MAX_LINE)):
                if (agency := registry.by_host(met[1])) is not None:
                    found.append(Signed(agency.id, "machine_id", "newsml.urn", met.start(), met.end(), i))
    return sorted(found, key=lambda sign: (sign.start, sign.end, sign.agency))


def _lines_with(text: str, lines: list[Line], gates: tuple[str, ...]) -> list[int]:
    """The lines that hold a gate and may carry a sign."""
    met: set[int] = set()
    for gate in gates:
        at = text.find(gate)
        while at >= 0:
            i = bisect_right(lines, at, key=_start) - 1
            if i < 0:
                break
            if lines[i].zone not in ("off", "caption", "headline"):
                met.add(i)
            at = text.find(gate, max(at + len(gate), lines[i].end))
    return sorted(met)


def _start(line: Line) -> int:
    return line.start
