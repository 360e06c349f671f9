"""The blocks of an article as the cleaning sees them, and what each says of itself."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

from schemas.article import Article, Block, Credits
from transforms.boilerplate.gates import Shown
from transforms.boilerplate.match import LineMatcher
from transforms.boilerplate.shape import form_of

_KIND_CLASS = {
    "headline": "headline",
    "standfirst": "standfirst",
    "byline": "byline",
    "date": "date_meta",
    "caption": "photo_caption",
}


@dataclass(slots=True)
class Line:
    """One block, with the reason why it goes, once one is found. Lives inside one call of the cleaning only."""

    start: int
    end: int
    text: str
    kind: str
    shown: Shown
    cls: str | None = None  # None: stays
    rule: str = ""
    opens: bool = False  # a heading that opens a tail block
    credited: bool = False  # a credit is read in it: shape and position alone don't remove it
    _form: str = ""

    def remove(self, cls: str, rule: str) -> None:
        if self.cls is None:
            self.cls, self.rule = cls, rule

    @property
    def form(self) -> str:
        """As ``form_of`` says. Worked out when first asked for."""
        if not self._form:
            self._form = form_of(self.text)
        return self._form


def read_lines(article: Article, credits: Credits, matcher: LineMatcher) -> list[Line]:
    """One line a block; cut blocks, fields and whole-line cues are marked."""
    spans = sorted((piece.start, piece.end) for piece in credits.removed)
    reached = list(accumulate((end for _, end in spans), max))  # the furthest end of the spans up to each
    texts = [article.raw[block.start : block.end] for block in article.blocks]
    lines = []
    for block, text, shown in zip(article.blocks, texts, matcher.show(texts), strict=True):
        line = Line(block.start, block.end, text, block.kind, shown)
        if spans:
            before = bisect_left(spans, (block.end,))  # spans that start in front of the block's end
            line.credited = before > 0 and reached[before - 1] > block.start
        _mark(line, block, matcher)
        lines.append(line)
    return lines


def _mark(line: Line, block: Block, matcher: LineMatcher) -> None:
    if block.cut is not None:
        line.remove(block.cut.cls, block.cut.rule)
        line.opens = False
    elif (cls := _KIND_CLASS.get(block.kind)) is not None:
        line.remove(cls, f"block.{block.kind}")
    elif (cue := matcher.match_shown(line.text, line.shown)) is not None:
        line.remove(cue.cls, cue.id)
        line.opens = cue.opens
