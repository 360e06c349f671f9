"""Align the proposed pairs of a pack of components and tell narrative from quotation and background."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schemas.article import CleanArticle
from schemas.records import Direction, ReuseKind
from schemas.reuse import Aligned, Gathered, Link, SharedPassage
from transforms.textreuse.columns import PACK_ARTICLES, article_number, explicit_agencies
from transforms.textreuse.fingerprint import RUN_WORDS, WINDOW, run_keys
from transforms.textreuse.match import Body, Matcher, Passage, body_of
from transforms.textreuse.quotes import QUOTE_WORDS, quotations
from transforms.textreuse.tokens import tokenise

SHORTEST_KIND = 3  # words, 2..6: a shorter stretch of another kind inside a passage isn't told apart

_NARRATIVE, _QUOTE, _BACKGROUND = range(3)
_KINDS: tuple[ReuseKind, ...] = ("narrative", "quote", "background")
_KEY_MASK = np.uint64((1 << 37) - 1)  # bits of a fingerprint that columns carry
_ATTACHED = 4  # code points of punctuation on either side that belong to a passage


class Text(NamedTuple):
    """One article, as alignment needs it."""

    body: Body
    letters: str
    start: list[int]  # code points, by word
    end: list[int]
    kind: NDArray[np.uint8]  # by word
    name: NDArray[np.bool_]  # by word: a number, or a capital that no sentence start explains


def align_candidates(gathered: Gathered) -> Aligned:
    """Measure what the proposed pairs share.

    Args:
        gathered: Candidates and their articles, sorted by id.

    Returns:
        All shared passages of two bodies with their kinds, and each pair's sum of them.
    """
    articles = gathered.articles
    place = {article_number(article.article.id): index for index, article in enumerate(articles)}
    pairs = [(place[a], place[b]) for a, b in gathered.candidates.pairs]
    texts = _texts(articles, sorted({index for pair in pairs for index in pair}), gathered.candidates.background)
    by_hub: dict[int, list[int]] = defaultdict(list)
    for a, b in pairs:
        by_hub[b].append(a)
    matcher = Matcher()
    passages: list[SharedPassage] = []
    links: list[Link] = []
    for b, others in sorted(by_hub.items()):
        matcher.load(texts[b].body)
        for a in sorted(others):
            found = matcher.match(texts[a].body)
            if found:
                direction = _direction(articles[a], articles[b], texts[a], texts[b], found)
                shared = [part for passage in found for part in _parts(passage, texts[a], texts[b])]
                passages += [_record(part, articles, a, b, texts, direction) for part in shared]
                links.append(_link(a, b, found, shared, texts))
    passages.sort(key=lambda one: (one.a_id, one.b_id, one.a_start, one.b_start))
    links.sort(key=lambda one: (one.a, one.b))
    words = tuple(len(texts[index].start) if index in texts else 0 for index in range(len(articles)))
    return Aligned(articles=articles, words=words, passages=tuple(passages), links=tuple(links))


def _texts(articles: Sequence[CleanArticle], chosen: Sequence[int], background: Sequence[int]) -> dict[int, Text]:
    texts: dict[int, Text] = {}
    weightless = np.array(background, np.uint64)
    for first in range(0, len(chosen), PACK_ARTICLES):
        pack = chosen[first : first + PACK_ARTICLES]
        bodies = [articles[index].cleaning.body_text for index in pack]
        tokens = tokenise(bodies)
        stale = _background(run_keys(tokens), weightless)
        fresh_unit = np.diff(tokens.unit, prepend=-1) != 0
        name = tokens.digit | (tokens.upper & ~fresh_unit)
        for offset, index in enumerate(pack):
            span = slice(int(tokens.bounds[offset]), int(tokens.bounds[offset + 1]))
            start, end = tokens.start[span], tokens.end[span]
            kind = np.zeros(len(start), np.uint8)
            for opening, closing in quotations(bodies[offset]):
                quoted = slice(*np.searchsorted(start, (opening, closing)).tolist())
                if quoted.stop - quoted.start >= QUOTE_WORDS:
                    kind[quoted] = _QUOTE
            kind[stale[span]] = _BACKGROUND
            texts[index] = Text(
                body_of(tokens, offset), bodies[offset], start.tolist(), end.tolist(), kind, name[span]
            )
    return texts


def _background(keys: NDArray[np.uint64], weightless: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Words that stand in a run without weight, or between two of them that one window can hold."""
    stale = np.zeros(len(keys), bool)
    if not len(weightless):
        return stale
    at = np.searchsorted(weightless, keys & _KEY_MASK)
    hits = np.flatnonzero(weightless[np.minimum(at, len(weightless) - 1)] == keys & _KEY_MASK)
    for place in range(len(hits)):
        end = hits[place] + RUN_WORDS
        if place + 1 < len(hits) and hits[place + 1] - hits[place] <= RUN_WORDS + WINDOW:
            end = max(end, hits[place + 1])
        stale[hits[place] : end] = True
    return stale


class _Part(NamedTuple):
    kind: int
    a_start: int  # words
    a_end: int
    b_start: int
    b_end: int
    equal: int


def _parts(passage: Passage, a: Text, b: Text) -> list[_Part]:
    """A passage cut where its kind changes: quotation and background in one body are so in the other."""
    kind = a.kind[passage.a_start : passage.a_end]
    if b.kind[passage.b_start : passage.b_end].any():
        kind = kind.copy()  # a mark that one paper lost still stands in the other's copy
        for a_at, b_at, words in passage.blocks:
            here = kind[a_at - passage.a_start : a_at - passage.a_start + words]
            np.maximum(here, b.kind[b_at : b_at + words], out=here)
    changes = np.flatnonzero(np.diff(kind)) + 1
    if not len(changes):
        return [
            _Part(int(kind[0]), passage.a_start, passage.a_end, passage.b_start, passage.b_end, passage.equal)
        ]
    borders = [0, *changes.tolist(), len(kind)]
    pieces: list[list[int]] = []  # kind, start, end
    for start, end in zip(borders, borders[1:], strict=False):
        if pieces and (end - start < SHORTEST_KIND or pieces[-1][2] - pieces[-1][1] < SHORTEST_KIND):
            short_before = pieces[-1][2] - pieces[-1][1] < SHORTEST_KIND
            if short_before:
                pieces[-1][0] = int(kind[start])
            pieces[-1][2] = end
        elif pieces and pieces[-1][0] == kind[start]:
            pieces[-1][2] = end
        else:
            pieces.append([int(kind[start]), start, end])
    parts = []
    for what, start, end in pieces:
        a_start, a_end = passage.a_start + start, passage.a_start + end
        b_start = passage.to_b(a_start) if start else passage.b_start
        b_end = passage.to_b(a_end) if end < len(kind) else passage.b_end
        if b_end <= b_start:
            continue
        equal = sum(
            max(0, min(a_end, at + words) - max(a_start, at)) for at, _, words in passage.blocks
        )
        parts.append(_Part(what, a_start, a_end, b_start, b_end, equal))
    return parts


def _record(
    part: _Part, articles: Sequence[CleanArticle], a: int, b: int, texts: dict[int, Text], direction: Direction
) -> SharedPassage:
    a_start, a_end = _span(texts[a], part.a_start, part.a_end)
    b_start, b_end = _span(texts[b], part.b_start, part.b_end)
    longer = max(part.a_end - part.a_start, part.b_end - part.b_start)
    return SharedPassage(
        a_id=articles[a].article.id,
        b_id=articles[b].article.id,
        a_start=a_start,
        a_end=a_end,
        b_start=b_start,
        b_end=b_end,
        words=min(part.a_end - part.a_start, part.b_end - part.b_start),
        similarity=round(min(1.0, part.equal / longer), 4),
        kind=_KINDS[part.kind],
        direction=direction,
    )


def _span(text: Text, first: int, last: int) -> tuple[int, int]:
    """Code points of the words first:last, with the punctuation that hangs on them."""
    letters, start, end = text.letters, text.start[first], text.end[last - 1]
    floor = max(text.end[first - 1] if first else 0, start - _ATTACHED)
    while start > floor and not letters[start - 1].isspace():
        start -= 1
    ceiling = min(text.start[last] if last < len(text.start) else len(letters), end + _ATTACHED)
    while end < ceiling and not letters[end].isspace():
        end += 1
    return start, end


def _link(a: int, b: int, found: list[Passage], parts: list[_Part], texts: dict[int, Text]) -> Link:
    narrative = [part for part in parts if part.kind == _NARRATIVE]
    quoted = [part for part in parts if part.kind == _QUOTE]
    counted = sorted(part for part in parts if part.kind != _BACKGROUND)
    return Link(
        a=a,
        b=b,
        narrative=sum(part.equal for part in narrative),
        quoted=sum(part.equal for part in quoted),
        quotations=_in_order([part for part in quoted if part.equal >= QUOTE_WORDS]),
        run=max((part.equal for part in narrative), default=0),
        renamed=sum(_renamed(passage, texts[a], texts[b]) for passage in found),
        a_spans=_union([(part.a_start, part.a_end) for part in counted]),
        b_spans=_union([(part.b_start, part.b_end) for part in counted]),
    )


def _union(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def _in_order(quoted: list[_Part]) -> int:
    """The longest run of distinct quotations that follow each other on both sides."""
    best: list[int] = []
    ordered = sorted(quoted, key=lambda part: part.a_start)
    for place, part in enumerate(ordered):
        best.append(1 + max((best[at] for at in range(place) if ordered[at].b_end <= part.b_start), default=0))
    return max(best, default=0)


def _renamed(passage: Passage, a: Text, b: Text) -> int:
    """Gaps of a passage in which a name or number stands against another one."""
    count = 0
    for (a_at, b_at, words), (a_next, b_next, _) in zip(passage.blocks, passage.blocks[1:], strict=False):
        if a_next > a_at + words and b_next > b_at + words:
            one = set(a.body.word[a_at + words : a_next][a.name[a_at + words : a_next]].tolist())
            other = set(b.body.word[b_at + words : b_next][b.name[b_at + words : b_next]].tolist())
            count += bool(one - other) and bool(other - one)
    return count


def _direction(a: CleanArticle, b: CleanArticle, text_a: Text, text_b: Text, found: list[Passage]) -> Direction:
    """Which of two copies stands nearer to the origin: the earlier; on one day, the one that credits an agency alone.

    Fuller copies come first only where the other is a part of it.
    """
    day_a, day_b = a.article.first_created, b.article.first_created
    if day_a and day_b and day_a[:10] != day_b[:10]:
        return "a_to_b" if day_a < day_b else "b_to_a"
    if day_a and day_b and len(day_a) == len(day_b) > 10 and day_a != day_b:
        return "a_to_b" if day_a < day_b else "b_to_a"
    credit_a, credit_b = bool(explicit_agencies(a)), bool(explicit_agencies(b))
    if credit_a != credit_b:
        return "a_to_b" if credit_a else "b_to_a"
    equal = sum(passage.equal for passage in found)
    words_a, words_b = len(text_a.start), len(text_b.start)
    if equal >= 0.8 * min(words_a, words_b) and max(words_a, words_b) >= 1.25 * min(words_a, words_b):
        return "a_to_b" if words_a > words_b else "b_to_a"
    return "undecided"
