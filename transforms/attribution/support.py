"""How much of an article's text the copies of each agency hold, and how sure it is theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from transforms.attribution.confidence import Support
from transforms.attribution.shares import Shown, Split

_OWN_PAGE = 2  # copies, 1..3; a page of the agency's own outweighs the credit above one other copy


class Side(NamedTuple):
    """A passage as one of its articles sees it."""

    number: int  # of the passage
    start: int  # in this article's body
    end: int
    other: str  # article id
    other_start: int
    other_end: int
    words: float  # equal words


class View(NamedTuple):
    """What is known of the copies that one article shares narrative with."""

    shown: Mapping[str, Shown]
    splits: Mapping[str, Split]
    styles: frozenset[str]  # agencies whose style shows in the article, else in copies with which it shares narrative
    mates: frozenset[str]  # articles of the same story
    distributors: frozenset[str]  # agencies that hand on and do not write
    own: str | None = None  # the one agency that the article itself credits with its whole text


def support_of(view: View, sides: list[Side], words: int) -> dict[str, Support]:
    """How much of the article's text each agency's copies hold.

    The text is cut at the ends of all passages; of each stretch, the copies that hold it say whose it is.
    """
    edges = sorted({edge for side in sides for edge in (side.start, side.end)})
    opening: dict[int, list[int]] = defaultdict(list)  # numbers of sides by where they begin
    closing: dict[int, list[int]] = defaultdict(list)
    for number, side in enumerate(sides):
        opening[side.start].append(number)
        closing[side.end].append(number)
    parts = [_part(side, view) for side in sides]
    active: dict[int, _Part] = {}
    totals: dict[str, _Total] = defaultdict(_Total)
    for edge, following in zip(edges, edges[1:]):
        active.update((number, parts[number]) for number in opening[edge])
        for number in closing[edge]:
            del active[number]
        if active:
            for agency, stretch in _at(active.values(), view).items():
                totals[agency].add(following - edge, stretch)
    density = sum(side.words for side in sides) / max(1, sum(side.end - side.start for side in sides))
    return {agency: total.support(density, words) for agency, total in totals.items() if total.sure > 0}


class _Part(NamedTuple):
    """What one copy says of a passage that it holds."""

    copies: int  # as how many the copy counts for the one origin that it credits; 0 for a joint credit
    shares: dict[str, float]
    full: float
    same_story: bool
    origins: frozenset[str]


def _part(side: Side, view: View) -> _Part:
    copy = view.shown[side.other]
    copies = 0
    if side.other not in view.splits:
        copies = _OWN_PAGE if copy.own_page else 1
        shares = dict.fromkeys(copy.agencies, 1.0)
    else:
        shares = view.splits[side.other].shares(side.other_start, side.other_end, view.styles)
        shares |= dict.fromkeys(copy.agencies.keys() - copy.origins, 1.0)  # who handed a joint credit on
    return _Part(copies, shares, copy.full, side.other in view.mates, copy.origins)


class _Stretch(NamedTuple):
    """Of a stretch of text, one agency's part."""

    share: float
    full: float
    same_story: bool
    rivals: frozenset[str]


class _Total:
    """Sums stretches of one agency; lengths in characters."""

    def __init__(self) -> None:
        self.length = self.sure = self.full = 0.0
        self.same_story = False
        self.rivals: frozenset[str] = frozenset()

    def add(self, length: int, stretch: _Stretch) -> None:
        self.length += length
        self.sure += length * stretch.share
        self.full += length * stretch.full
        self.same_story |= stretch.same_story
        self.rivals |= stretch.rivals

    def support(self, density: float, words: int) -> Support:
        return Support(
            words=self.length * density,
            share=min(1.0, self.length * density / max(1, words)),
            certain=self.sure / self.length,
            full=self.full / self.length,
            same_story=self.same_story,
            joint=self.rivals,
        )


def _at(active: Iterable[_Part], view: View) -> dict[str, _Stretch]:
    """Whose a stretch is. Copies that credit one agency alone decide over copies that credit several.

    The article's own credit is one such copy.
    """
    alone: dict[str, int] = defaultdict(int)
    if view.own is not None:
        alone[view.own] = 1
    rest: dict[str, float] = defaultdict(float)
    full: dict[str, float] = defaultdict(float)
    near: set[str] = set()
    rivals: dict[str, frozenset[str]] = defaultdict(frozenset)
    for part in active:
        for agency, share in part.shares.items():
            alone[agency] += part.copies
            rest[agency] = max(rest[agency], share)
            full[agency] = max(full[agency], part.full)
            if share < 1:
                rivals[agency] |= part.origins - {agency}
            if part.same_story:
                near.add(agency)
    single = {agency: copies for agency, copies in alone.items() if copies}
    if single:
        origins = sum(copies for agency, copies in single.items() if agency not in view.distributors) or 1
        rest = {a: n / origins if a not in view.distributors else 1.0 for a, n in single.items()}
        rivals = defaultdict(frozenset)
    return {a: _Stretch(min(1.0, share), full[a], a in near, rivals[a]) for a, share in rest.items() if share > 0}
