"""From single findings to one claim an agency, and to pieces that do not overlap."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from schemas.records import Evidence, InfoSource, Removed, Role
from transforms.attribution.registry import UNNAMED

# How sure a claim is that rests on one explicit credit, by the kind of its evidence; 0..1. A machine id is copied by no
# editor; a rights line may speak of a part of the page. Hand-set; docs/attribution.md lists them.
CONFIDENCE: dict[str, float] = {
    "machine_id": 1.0,
    "dateline": 0.99,
    "trailer_credit": 0.98,
    "credit_line": 0.98,
    "byline": 0.98,
    "signature": 0.97,
    "metadata": 0.95,
    "copyright": 0.95,
}
_MOST_EVIDENCE = 12  # pieces shown for one claim, in the order of reading; more prove no more
_ROLE_ORDER: tuple[Role, ...] = ("press_release", "origin", "distributor", "editor")


class Found(NamedTuple):
    """One agency in one credit."""

    id: str
    name: str
    role: Role
    credit: int  # number of the credit: what one credit names together is joint
    evidence: Evidence


class Proofs:
    """Where the evidence of the claims stands in the text."""

    def __init__(self, found: list[Found]):
        self._exact: set[tuple[int, int]] = set()
        self._spans: dict[str, list[tuple[int, int]]] = {}
        for one in found:
            if one.evidence.place == "raw":
                span = (one.evidence.start, one.evidence.end)
                self._exact.add(span)
                self._spans.setdefault(one.id, []).append(span)
        for spans in self._spans.values():
            spans.sort()

    def hold(self, agency: str | None, start: int, end: int) -> bool:
        """Whether a name was read as a credit, or is part of what proves one of the same agency."""
        spans = self._spans.get(agency or "", [])
        last = bisect_right(spans, start, key=_start) - 1
        return (start, end) in self._exact or last >= 0 and spans[last][1] >= end


def _start(span: tuple[int, int]) -> int:
    return span[0]


def merged(found: list[Found]) -> tuple[InfoSource, ...]:
    """One claim an agency, in the order of reading.

    Origins that one credit names are joint, unless another credit names one of them alone.
    """
    by_id: dict[str, list[Found]] = {}
    members: dict[int, list[str]] = {}
    for one in found:
        by_id.setdefault(one.id, []).append(one)
        if one.role == "origin" and one.id not in members.setdefault(one.credit, []):
            members[one.credit].append(one.id)
    claims = []
    for agency, ones in by_id.items():
        credited = [one for one in ones if one.role == "origin"]
        alone = any(members[one.credit] == [agency] for one in credited)
        joint = [] if alone else [other for one in credited for other in members[one.credit] if other != agency]
        claims.append(
            InfoSource(
                id=agency,
                name=ones[0].name,
                role=min((one.role for one in ones), key=_ROLE_ORDER.index),
                basis="explicit",
                confidence=max(CONFIDENCE[one.evidence.kind] for one in ones),
                joint_with=tuple(dict.fromkeys(i for i in joint if i != UNNAMED)),
                evidence=tuple(dict.fromkeys(one.evidence for one in ones))[:_MOST_EVIDENCE],
            )
        )
    return tuple(claims)


def apart(pieces: list[Removed]) -> tuple[Removed, ...]:
    """Pieces in order, none over another: the one that begins first stays, of these the longest."""
    kept: list[Removed] = []
    for piece in sorted(pieces, key=lambda piece: (piece.start, -piece.end, piece.cls)):
        if not kept or piece.start >= kept[-1].end:
            kept.append(piece)
    return tuple(kept)
