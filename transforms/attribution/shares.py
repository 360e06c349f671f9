"""What a credited copy shows, and which parts of a joint copy are whose."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from schemas.article import CleanArticle
from schemas.records import Role
from transforms.attribution.own import is_own_source
from transforms.attribution.registry import UNNAMED

# A sentence that an agency contributed says that a part of the text is the agency's; a dateline, that all is.
_CONTRIBUTED = "trailer.contributed"
# Share of an unsplit joint credit that house style moves to the one agency whose style shows, 0..1.
STYLE_SHARE = 0.75
# Share of text that goes to the last agency of a joint credit, when the parts of all others are known elsewhere in the
# same copy, 0..1: it may still be the house's own.
REST_SHARE = 0.85
# The same where the credit names one agency and a house that edited, "(HARBOUR POST with AFP)", and copies of the agency
# show which part it wrote. Under LEAST, so that no claim rests on the house's part alone.
HOUSE_SHARE = 0.4
# Words of a joint copy that must be known as another agency's before the rest goes to the last one.
_KNOWN_WORDS = 20


class Shown(NamedTuple):
    """Whom a copy credits."""

    agencies: dict[str, Role]
    origins: frozenset[str]  # those of a joint credit, if there is one, or the one origin
    full: float  # 1 when a credit speaks of the whole text, 0 when all speak of a contribution
    edited: bool = False  # whether it names a house that edited
    own_page: bool = False  # whether it is a page of the agency's own


class Placed(Protocol):
    """One article's side of a passage."""

    start: int
    end: int
    other: str
    words: float


class Split:
    """A joint copy's text, as far as copies of one agency alone show whose it is."""

    def __init__(self, origins: frozenset[str], known: Mapping[str, list[tuple[int, int]]], words: Mapping[str, float]):
        self._origins = origins
        self._rest = HOUSE_SHARE if len(origins) == 1 else REST_SHARE
        self._known = {agency: _merged(spans) for agency, spans in known.items()}
        left = [agency for agency in sorted(origins) if words.get(agency, 0.0) < _KNOWN_WORDS] or sorted(origins)
        self._last = left[0] if len(left) == 1 else None

    def shares(self, start: int, end: int, styles: frozenset[str]) -> dict[str, float]:
        """Whose a stretch of the copy is: shares that add up to 1 or less.

        Args:
            start: In the copy's body.
            end: In the copy's body.
            styles: Agencies whose house style shows; one of them alone draws weight.
        """
        length = max(1, end - start)
        shares = {agency: _overlap(spans, start, end) / length for agency, spans in self._known.items()}
        known = sum(shares.values())
        if known > 1:
            shares = {agency: share / known for agency, share in shares.items()}
            known = 1.0
        open_share = 1 - known
        styled = styles & self._origins
        for agency in sorted(self._origins):
            if self._last is not None:
                share = self._rest if agency == self._last else 0.0
            elif len(styled) == 1:
                share = STYLE_SHARE if agency in styled else (1 - STYLE_SHARE) / (len(self._origins) - 1)
            else:
                share = 1 / len(self._origins)
            shares[agency] = shares.get(agency, 0.0) + open_share * share
        return shares


def shown_by(clean: CleanArticle) -> Shown | None:
    """Whom an article credits explicitly; None when nobody that is named."""
    agencies: dict[str, Role] = {}
    full = 0.0
    edited = any(source.role == "editor" for source in clean.credits.info_sources)
    for source in clean.credits.info_sources:
        if source.basis == "explicit" and source.role != "editor" and source.id != UNNAMED:
            agencies[source.id] = source.role
            if any(evidence.rule != _CONTRIBUTED for evidence in source.evidence):
                full = 1.0
    if not agencies:
        return None
    origins = frozenset(agency for agency, role in agencies.items() if role != "distributor") or frozenset(agencies)
    return Shown(agencies, origins, full, edited, is_own_source(clean.credits))


def split_joint(shown: Mapping[str, Shown], sides: Mapping[str, Sequence[Placed]]) -> dict[str, Split]:
    """Split every copy with a joint credit by what it shares with copies of one of its agencies alone.

    A house that edited counts beside its agencies; with one agency only where copies of that show which part it wrote.
    """
    splits = {}
    for identity, copy in shown.items():
        if len(copy.origins) <= 1 and not copy.edited:
            continue
        known: dict[str, list[tuple[int, int]]] = defaultdict(list)
        words: dict[str, float] = defaultdict(float)
        for side in sides.get(identity, ()):
            other = shown.get(side.other)
            alone = other is not None and len(other.origins) == 1 and not other.edited
            if alone and other.origins <= copy.origins:
                (agency,) = other.origins
                known[agency].append((side.start, side.end))
                words[agency] = max(words[agency], side.words)
        if len(copy.origins) > 1 or max(words.values(), default=0.0) >= _KNOWN_WORDS:
            splits[identity] = Split(copy.origins, known, words)
    return splits


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _overlap(spans: list[tuple[int, int]], start: int, end: int) -> int:
    at = max(0, bisect_left(spans, (start, start)) - 1)
    total = 0
    while at < len(spans) and spans[at][0] < end:
        total += max(0, min(end, spans[at][1]) - max(start, spans[at][0]))
        at += 1
    return total
