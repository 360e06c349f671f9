"""What one article shows of lines that may repeat in its source: packed numbers, and the start of each line's text."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

from schemas.article import Article, Flow
from transforms.boilerplate.folding import EDGE as EDGES
from transforms.boilerplate.folding import (
    REMEMBERED_LINES,
    SHORT_LINE,
    fold,
    fold_lines,
    key,
    spaced,
    without_numbers,
    without_numbers_in,
)
from transforms.boilerplate.shape import is_teaser

MAX_LINE = 400  # code points; longer lines are paragraphs of a story
HEAD_LINES = 3  # lines from the first that are the head of an article; measured on reuse/synthetic
TAIL_LINES = 7  # lines from the last that are its tail
SHOWN = 60  # code points of a line that are kept for people to read
SKETCH = 24  # sentences of an article that stand for its story
MIN_SENTENCE_WORDS = 6  # words; shorter sentences ("He did not.") are shared by chance
MAX_ARTICLES = 2000  # articles of a source that are learned from: those with the smallest keys, whatever the order

EDGE, TEASER = 1, 2  # flags of a line: stands in the head or tail; has the shape of a teaser
NO_LINE = 0  # neighbour of the first and the last line
ROW = struct.Struct("<QQQB")  # hash of the line, of the one before, of the one behind; flags
_FIELDS = frozenset(("headline", "standfirst", "byline", "date"))
_STOPS = (". ", "! ", "? ", "\u3002")  # what ends a sentence of a folded text


class ArticleLines(Flow, kw_only=True):
    """The evidence of one article."""

    key: int  # 64 bits of the article's id: order and identity in any merge
    sketch: bytes  # sorted unsigned 32-bit hashes of its sentences, at most SKETCH
    rows: bytes  # ROW after ROW, in the order of the article
    shown: tuple[str, ...]  # for each row the start of its line


class LineEvidence(Flow, kw_only=True):
    """The evidence of articles of one source, sorted by key, at most MAX_ARTICLES."""

    source: str | None
    articles: tuple[ArticleLines, ...]


def is_edge(n: int, count: int) -> bool:
    """Whether the n-th of so many lines stands in the head or tail of its article: of a short one at most its ends."""
    head, tail = edges(count)
    return n < head or n >= tail


def edges(count: int) -> tuple[int, int]:
    """Of so many lines, how many are the head, and where the tail begins."""
    return min(HEAD_LINES, count // 4 + 1), count - min(TAIL_LINES, count // 3)


def line_name(folded: str) -> str:
    """The hash of a folded line, numbers folded too, as 16 hex digits."""
    return f"{_hash(key(folded)):016x}"


def _hash(plain: str) -> int:
    return int.from_bytes(blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


class _Line(NamedTuple):
    """What a line shows wherever it stands."""

    hashed: int  # NO_LINE for one that is too long to be boilerplate
    teaser: bool
    shown: str


def line_evidence(article: Article) -> LineEvidence:
    """What an article shows of its lines. Blocks that are cut, or fields, are none."""
    texts = [
        article.raw[block.start : block.end]
        for block in article.blocks
        if block.cut is None and block.kind not in _FIELDS
    ]
    lines, sentences = _read(texts)
    rows: list[bytes] = []
    shown: list[str] = []
    seen: set[int] = {NO_LINE}
    head, tail = edges(len(lines))
    hashes = [NO_LINE, *(line.hashed for line in lines), NO_LINE]
    for n, (hashed, teaser, start) in enumerate(lines):
        if hashed in seen:
            continue
        seen.add(hashed)
        flags = EDGE * (n < head or n >= tail) + TEASER * teaser
        rows.append(ROW.pack(hashed, hashes[n], hashes[n + 2], flags))
        shown.append(start)
    sketch = sorted(sentences)[:SKETCH]
    evidence = ArticleLines(
        key=int.from_bytes(blake2b(article.id.encode(), digest_size=8).digest(), "little"),
        sketch=struct.pack(f"<{len(sketch)}I", *sketch),
        rows=b"".join(rows),
        shown=tuple(shown),
    )
    return LineEvidence(source=article.source, articles=(evidence,))


def _read(texts: Sequence[str]) -> tuple[list[_Line], set[int]]:
    """What each of an article's lines shows, and the hashes of all their sentences."""
    long = [text for text in texts if len(text) > SHORT_LINE]
    plain = without_numbers_in(fold_lines(long))
    read = map(_line, long, plain)
    sentences = set(_sentences("\n".join(plain)))
    lines: list[_Line] = []
    for text in texts:
        if len(text) > SHORT_LINE:
            lines.append(next(read))
        else:
            line, own = _short_line(text)
            lines.append(line)
            if own:
                sentences.update(own)
    return lines, sentences


@lru_cache(maxsize=REMEMBERED_LINES)
def _short_line(text: str) -> tuple[_Line, list[int]]:
    plain = without_numbers(fold(text))
    return _line(text, plain), _sentences(plain)


def _line(text: str, plain: str) -> _Line:
    if len(text) > MAX_LINE:
        return _Line(NO_LINE, False, "")
    return _Line(_hash(plain.strip(EDGES) or plain.strip()), is_teaser(text), spaced(text[: 2 * SHOWN]).strip()[:SHOWN])


def _sentences(plain: str) -> list[int]:
    """The hashes of a text's sentences: articles that share many are printings of one story, or of one form."""
    for stop in _STOPS:
        if stop[0] in plain:
            plain = plain.replace(stop, stop[0] + "\n")
    return [
        crc32(sentence.strip(EDGES).encode("utf-8", "surrogatepass"))
        for sentence in plain.split("\n")
        if sentence.count(" ") >= MIN_SENTENCE_WORDS - 1
        or (len(sentence) > 4 * MIN_SENTENCE_WORDS and not sentence.isascii())
    ]


def merge(parts: Iterable[LineEvidence]) -> LineEvidence:
    """Evidence of many articles of one source as one. Associative, and the order of the parts makes no difference.

    Raises:
        ValueError: Parts of two sources, or no part.
    """
    parts = list(parts)
    sources = {part.source for part in parts}
    if len(sources) != 1:
        raise ValueError(f"evidence of {len(sources)} sources can't be merged; allowed is one")
    by_key: dict[int, ArticleLines] = {}
    for part in parts:
        for lines in part.articles:
            known = by_key.get(lines.key)
            if known is None or (lines.rows, lines.sketch, lines.shown) < (known.rows, known.sketch, known.shown):
                by_key[lines.key] = lines
    return LineEvidence(source=sources.pop(), articles=tuple(by_key[n] for n in sorted(by_key)[:MAX_ARTICLES]))
