"""Where in an article a line stands: before the body, at its beginning, inside, at its end, after it, or beside it."""

from __future__ import annotations

import re
from typing import Literal

from schemas.article import Article, Block, Flow
from transforms.attribution.names import flat

Zone = Literal["headline", "head", "byline", "first", "body", "caption", "off"]

# Classes of structure that may hold a credit although the block is no body.
_KEEPS_CREDITS = frozenset({"byline", "credit_line", "copyright", "ed_note", "standfirst", "date_meta", "signature"})
# Rules that take a short line for a label by its place alone: it may be a credit.
_UNCERTAIN = frozenset({"structure.label_above_body"})
_BODY = frozenset({"paragraph", "line", "list_item", "quote", "table", "heading"})
_CAPTIONS = frozenset({"caption", "photo_caption", "photo_credit"})
# Prose: a sentence of at least 6 words that ends; scripts without spaces are counted in characters.
_MIN_WORDS = 6
_MIN_DENSE = 18
_LONG = 250
_NUMBER = 4  # characters; a stop within is that of a list's number, not of a sentence
_STOP = re.compile(r"[.!?…。！？؟۔।॥]")
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
# After a credit at the end, boilerplate may follow. Shares of the prose's characters; read off the development sets
# (benchmarks/credits.py): a caption after the first paragraph has more than half of the text behind it.
_TAIL_SHARE = 0.2
_TAIL_MOST = 900  # characters
_ABOVE = ("head", "headline", "byline")  # zones of what stands above the body
_TOP = 3  # lines from the first in which a byline without a word for "by" is believed
_FIRST = 3  # prose blocks that may begin with a dateline: a standfirst or a caption may stand before it


class Line(Flow, gc=False):
    """A block, or one line of it, with the zone it stands in."""

    start: int
    end: int
    block: Block
    zone: Zone
    prose: bool
    tail: bool  # little or no prose follows
    top: bool  # right after the headline, where a byline stands


def unwrapped(article: Article, text: str) -> str:
    """The text with its hard-wrapped paragraphs in one line each: a name may stand across their line ends.

    Args:
        article: Its blocks tile ``text``. Of a page a line end is a line's, so nothing changes.
        text: The article's raw text, flattened.
    """
    if article.media != "text" or text.count("\n") < len(article.blocks):
        return text  # the ends of blocks take all line ends
    pieces, at = [], 0
    for block in article.blocks:
        if text.find("\n", block.start, block.end - 1) >= 0:
            pieces += [text[at : block.start], text[block.start : block.end].replace("\n", " ")]
            at = block.end
    return "".join([*pieces, text[at:]]) if pieces else text


def read_zones(article: Article, raw: str) -> list[Line]:
    """The lines of an article and where they stand.

    Args:
        article: Its blocks tile ``raw``.
        raw: The article's raw text, flattened.

    Returns:
        One line a block, without blank ends, in order.
    """
    known = {len(flat(printed)) for printed in (article.headline, article.by) if printed is not None}
    spans = []
    total = 0
    for block in article.blocks:
        start, end, block_kind = block.start, block.end, block.kind
        if raw[start].isspace() or raw[end - 1].isspace():
            start, end = _strip(raw, start, end)
            if start == end:
                continue
        kind = None if block.cut is None and block_kind in _BODY else _off_zone(block)
        if kind is None and block_kind == "line" and end - start in known:
            kind = _known_line(raw, start, end, article)
        prose = kind is None and block_kind != "heading" and _is_prose(raw, start, end)
        spans.append((start, end, block, kind, prose))
        if prose:
            total += end - start
    lines, seen, behind = [], 0, total
    tail_most = min(_TAIL_MOST, _TAIL_SHARE * total)
    for start, end, block, kind, prose in spans:
        if prose:
            behind -= end - start
        zone: Zone
        if kind is not None:
            zone = kind
        elif prose:
            seen += 1
            zone = "first" if seen <= _FIRST else "body"
        else:
            zone = "body" if seen else "head"
        top = zone == "head" and 0 < len(lines) <= _TOP and all(line.zone in _ABOVE for line in lines)
        lines.append(Line(start, end, block, zone, prose, seen > 0 and behind <= tail_most, top))
    return lines


def _known_line(raw: str, start: int, end: int, article: Article) -> Zone | None:
    """A line of plain text that prints the headline or the byline that is known from beside it."""
    length = end - start
    if (
        article.headline is not None
        and length == len(article.headline)
        and raw.startswith(flat(article.headline), start)
    ):
        return "headline"
    if article.by is not None and length == len(article.by) and raw.startswith(flat(article.by), start):
        return "byline"
    return None


def _off_zone(block: Block) -> Zone | None:
    cls = block.cut.cls if block.cut is not None else None
    if block.kind == "caption" or cls in _CAPTIONS:
        return "caption"
    if block.kind == "byline" or cls == "byline":
        return "byline"
    if block.kind == "headline" or cls == "headline":
        return "headline"
    if block.kind == "standfirst" or cls == "standfirst":
        return "head"  # what stands under the headline may be a credit, or a first paragraph with its dateline
    if block.cut is not None and cls not in _KEEPS_CREDITS and block.cut.rule not in _UNCERTAIN:
        return "off"
    return None


def _strip(raw: str, start: int, end: int) -> tuple[int, int]:
    while start < end and raw[start].isspace():
        start += 1
    while end > start and raw[end - 1].isspace():
        end -= 1
    return start, end


def _is_prose(raw: str, start: int, end: int) -> bool:
    length = end - start
    if length >= _LONG:
        return True
    if length < _MIN_DENSE:
        return False
    if raw[end - 1] not in ".!?" and _STOP.search(raw, max(start + _NUMBER, end - 40), end) is None:
        return False
    return raw.count(" ", start, end) >= _MIN_WORDS - 1 or _DENSE.search(raw, start, end) is not None
