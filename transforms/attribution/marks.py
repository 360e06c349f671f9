"""Shapes that only one agency's copy has: signatures and machine ids, and marks that never claim a text."""

from __future__ import annotations

import re
from typing import NamedTuple

from schemas.records import EvidenceKind
from transforms.attribution.registry import Registry
from transforms.attribution.zones import Line

# Longer lines are prose without a sign in it, or hostile.
_MAX_LINE = 600  # characters
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
    tail = [i for i, line in enumerate(lines) if line.tail and line.zone != "off" and line.end - line.start <= 120]
    last = frozenset(tail[-_LAST_LINES:])
    short = [i for i, line in enumerate(lines) if line.zone not in ("off", "caption", "headline")]
    for agency, sign, pattern in registry.signs:
        if sign.gate and not any(gate in text for gate in sign.gate):
            continue
        for i in last if sign.where == "last_line" else short:
            line = lines[i]
            stop = line.end
            start = line.start if sign.where == "last_line" else max(line.start, line.end - _MAX_LINE)
            piece = text[start:stop]
            if sign.gate and not any(gate in piece for gate in sign.gate):
                continue
            if (met := pattern.search(piece)) is not None:
                found.append(Signed(agency.id, sign.kind, sign.id, start + met.start(), start + met.end(), i))
    if "newsml:" in text:
        for i in short:
            for met in _URN.finditer(text, lines[i].start, min(lines[i].end, lines[i].start + _MAX_LINE)):
                if (agency := registry.by_host(met[1])) is not None:
                    found.append(Signed(agency.id, "machine_id", "newsml.urn", met.start(), met.end(), i))
    return sorted(found, key=lambda sign: (sign.start, sign.end, sign.agency))
