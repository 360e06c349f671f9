"""What one article shows of lines that may repeat in its source: packed numbers, and the start of each line's text."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from zlib import crc32

from schemas.article import Article, Flow
from transforms.boilerplate.folding import EDGE as EDGES
from transforms.boilerplate.folding import fold, key, spaced, without_numbers
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
    return n < min(HEAD_LINES, count // 4 + 1) or count - 1 - n < min(TAIL_LINES, count // 3)


def line_hash(text: str) -> int:
    """64 bits of a line, case, signs, spaces and numbers folded."""
    return _hash(key(fold(text)))


def _hash(plain: str) -> int:
    return int.from_bytes(blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def line_evidence(article: Article) -> LineEvidence:
    """What an article shows of its lines. Blocks that are cut, or fields, are none."""
    texts = [
        article.raw[block.start : block.end]
        for block in article.blocks
        if block.cut is None and block.kind not in _FIELDS
    ]
    plain = without_numbers("\n".join(map(fold, texts))).split("\n") if texts else []
    hashes = [
        _hash(line.strip(EDGES) or line.strip()) if len(text) <= MAX_LINE else NO_LINE
        for text, line in zip(texts, plain, strict=True)
    ]
    rows: list[bytes] = []
    shown: list[str] = []
    seen: set[int] = set()
    last = len(texts) - 1
    for n, text in enumerate(texts):
        if len(text) > MAX_LINE or hashes[n] in seen:
            continue
        seen.add(hashes[n])
        flags = EDGE * is_edge(n, len(texts)) + TEASER * is_teaser(text)
        before = hashes[n - 1] if n else NO_LINE
        behind = hashes[n + 1] if n < last else NO_LINE
        rows.append(ROW.pack(hashes[n], before, behind, flags))
        shown.append(spaced(text[: 2 * SHOWN]).strip()[:SHOWN])
    identity = int.from_bytes(blake2b(article.id.encode(), digest_size=8).digest(), "little")
    lines = ArticleLines(key=identity, sketch=_sketch(plain), rows=b"".join(rows), shown=tuple(shown))
    return LineEvidence(source=article.source, articles=(lines,))


def _sketch(plain: Sequence[str]) -> bytes:
    """The smallest hashes of the sentences: articles that share many are printings of one story, or of one form."""
    text = "\n".join(plain)
    for stop in _STOPS:
        text = text.replace(stop, stop[0] + "\n")
    hashes = {
        crc32(sentence.strip(EDGES).encode("utf-8", "surrogatepass"))
        for sentence in text.split("\n")
        if sentence.count(" ") >= MIN_SENTENCE_WORDS - 1 or (len(sentence) > 4 * MIN_SENTENCE_WORDS and not sentence.isascii())
    }
    return struct.pack(f"<{min(SKETCH, len(hashes))}I", *sorted(hashes)[:SKETCH])


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
