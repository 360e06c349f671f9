"""The blocks of an article as the cleaning sees them, and what each says of itself."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate

from msgspec import Struct

from schemas.article import Article, Credits
from transforms.boilerplate.folding import fold
from transforms.boilerplate.gates import Shown
from transforms.boilerplate.match import LineMatcher
from transforms.boilerplate.shape import is_one_sentence, is_teaser

_KIND_CLASS = {
    "headline": "headline",
    "standfirst": "standfirst",
    "byline": "byline",
    "date": "date_meta",
    "caption": "photo_caption",
}


class Line(Struct):
    """One block, with the reason why it goes, once one is found. Lives inside one call of the cleaning only."""

    start: int
    end: int
    text: str
    kind: str
    shown: Shown | None = None  # None: its block is a reason to go, and no cue was asked
    cls: str | None = None  # None: stays
    rule: str = ""
    opens: bool = False  # a heading that opens a tail block
    spoken: bool = False  # a request in words of its own
    credited: bool = False  # a credit is read in it: shape and position alone don't remove it
    _teaser: bool | None = None
    _sentence: bool | None = None

    def remove(self, cls: str, rule: str) -> None:
        if self.cls is None:
            self.cls, self.rule = cls, rule

    def keep(self) -> None:
        self.cls, self.rule, self.opens, self.spoken = None, "", False, False

    @property
    def folded(self) -> str:
        return self.shown.folded if self.shown is not None else fold(self.text)

    @property
    def teaser(self) -> bool:
        """As ``is_teaser`` says. Worked out when first asked for."""
        if self._teaser is None:
            self._teaser = is_teaser(self.text)
        return self._teaser

    @property
    def sentence(self) -> bool:
        """Whether it is no teaser, and one sentence of a teaser's length. Worked out when first asked for."""
        if self._sentence is None:
            self._sentence = not self.teaser and is_one_sentence(self.text)
        return self._sentence


def read_lines(article: Article, credits: Credits, matcher: LineMatcher) -> list[Line]:
    """One line a block; cut blocks, fields and whole-line cues are marked."""
    raw = article.raw
    lines = [Line(block.start, block.end, raw[block.start : block.end], block.kind) for block in article.blocks]
    for line, block in zip(lines, article.blocks, strict=True):
        if block.cut is not None:
            line.remove(block.cut.cls, block.cut.rule)
        elif line.kind in _KIND_CLASS:
            line.remove(_KIND_CLASS[line.kind], f"block.{line.kind}")
    asked = [line for line in lines if line.cls is None]
    for line, (shown, cue) in zip(asked, matcher.read([line.text for line in asked]), strict=True):
        line.shown = shown
        if cue is not None:
            line.cls, line.rule, line.opens, line.spoken = cue.cls, cue.id, cue.opens, cue.spoken
    if credits.removed:
        _mark_credited(lines, credits)
    return lines


def _mark_credited(lines: list[Line], credits: Credits) -> None:
    spans = sorted((piece.start, piece.end) for piece in credits.removed)
    reached = list(accumulate((end for _, end in spans), max))  # the furthest end of the spans up to each
    for line in lines:
        before = bisect_left(spans, (line.end,))  # spans that start in front of the line's end
        line.credited = before > 0 and reached[before - 1] > line.start
