"""Align the proposed pairs of a pack of components and tell narrative from quotation and background."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schemas.article import CleanArticle
from schemas.records import Direction, ReuseKind, Span
from schemas.reuse import Aligned, Gathered, Link, SharedPassage
from transforms.textreuse.columns import article_number, explicit_agencies
from transforms.textreuse.match import Passages, find_passages
from transforms.textreuse.parts import Parts, carried, cut_parts
from transforms.textreuse.quotes import QUOTE_WORDS
from transforms.textreuse.stretches import Places, replaced_words
from transforms.textreuse.texts import BACKGROUND, NARRATIVE, QUOTE, Texts, join_texts, read_texts

CARRYING_WORDS = 20  # words, 5..100: of narrative that two texts share, from which they are copies that carry background
CARRYING_SHARE = 0.05  # share of the lesser text, 0..1: likewise; what narrative must have to join them
SAME_TEXT = 0.95  # share of the fuller text, 0.8..1: with so many equal words and no other name or number it's one text
SLOT = 16  # words, 0..40: between two passages, that may be filled into a form
BATCH_WORDS = 100_000  # words of pairs that are aligned at once: enough that columns pay, few enough for the cache

_KINDS: tuple[ReuseKind, ...] = ("narrative", "quote", "background")
_PAIR_BITS = 32

Pair = tuple[int, int]


def align_candidates(gathered: Gathered) -> Aligned:
    """Measure what the proposed pairs share.

    Args:
        gathered: Candidates and their articles, sorted by id.

    Returns:
        All shared passages of two bodies with their kinds, and each pair's sum of them.
    """
    articles = gathered.articles
    number = {article_number(article.article.id): index for index, article in enumerate(articles)}
    pairs = sorted(((number[a], number[b]) for a, b in gathered.candidates.pairs), key=lambda pair: pair[::-1])
    chosen = sorted({index for pair in pairs for index in pair})
    read = read_texts(articles, chosen, gathered.candidates)
    credited = {index: bool(explicit_agencies(articles[index])) for index in chosen}
    words = {index: len(text.word) for index, text in read.items()}
    passages: list[SharedPassage] = []
    links: list[Link] = []
    for batch in _batches(pairs, [words[a] for a, _ in pairs]):
        place = {index: text for text, index in enumerate(sorted({index for pair in batch for index in pair}))}
        texts = join_texts([read[index] for index in place])
        named = [(place[a], place[b]) for a, b in batch]
        found = find_passages(texts, named)
        changed = _names_and_numbers(texts, found, len(batch))
        equal = np.bincount(found.pair, found.equal, minlength=len(batch))
        parts = cut_parts(texts, found)
        narrative = _words_of(NARRATIVE, found, parts, len(batch))
        lesser = np.array([min(words[a], words[b]) for a, b in batch])
        copies = (narrative >= CARRYING_WORDS) & (narrative >= CARRYING_SHARE * lesser)
        one_text = (2 * narrative < lesser) & _are_one_text(articles, batch, words, equal, changed)
        parts.kind[(parts.kind == BACKGROUND) & one_text[found.pair[parts.passage]]] = NARRATIVE
        shown = carried(parts, copies[found.pair[parts.passage]])
        links += _links(texts, batch, named, found, parts, shown, changed)
        directions = [
            _direction(articles[a], articles[b], (credited[a], credited[b]), (words[a], words[b]), total)
            for (a, b), total in zip(batch, equal.tolist(), strict=True)
        ]
        passages += _records(texts, articles, batch, directions, found.pair[shown.passage], shown)
    passages = _distinct(passages)
    links.sort(key=lambda one: (one.a, one.b))
    return Aligned(
        articles=articles, words=gathered.candidates.words, passages=tuple(passages), links=tuple(links)
    )


def _are_one_text(
    articles: Sequence[CleanArticle], batch: Sequence[Pair], words: Mapping[int, int], equal: Places, changed: Places
) -> NDArray[np.bool_]:
    """Which pairs are one text in two sources: a form filled in alike is a copy, though all its words be background."""
    greater = np.array([max(words[a], words[b]) for a, b in batch])
    sources = np.array([articles[a].article.publisher != articles[b].article.publisher for a, b in batch])
    return sources & (equal >= SAME_TEXT * greater) & ~changed.any(axis=0)


def _batches(pairs: Sequence[Pair], words: Sequence[int]) -> Iterator[Sequence[Pair]]:
    """Pairs in their order, about BATCH_WORDS together."""
    start = total = 0
    for place, length in enumerate(words):
        total += length
        if total >= BATCH_WORDS or place + 1 == len(pairs):
            yield pairs[start : place + 1]
            start, total = place + 1, 0


def _records(
    texts: Texts,
    articles: Sequence[CleanArticle],
    batch: Sequence[Pair],
    directions: Sequence[Direction],
    pair: Places,
    parts: Parts,
) -> Iterator[SharedPassage]:
    a_start, a_end = _letters(texts, parts.a_start, parts.a_end)
    b_start, b_end = _letters(texts, parts.b_start, parts.b_end)
    a_words, b_words = parts.a_end - parts.a_start, parts.b_end - parts.b_start
    similarity = np.minimum(1.0, parts.equal / np.maximum(a_words, b_words))
    columns = (pair, a_start, a_end, b_start, b_end, np.minimum(a_words, b_words), similarity, parts.kind)
    for at, a_from, a_to, b_from, b_to, words, share, kind in zip(*(column.tolist() for column in columns)):
        a, b = batch[at]
        yield SharedPassage(
            a_id=articles[a].article.id,
            b_id=articles[b].article.id,
            a_start=a_from,
            a_end=a_to,
            b_start=b_from,
            b_end=b_to,
            words=words,
            similarity=round(share, 4),
            kind=_KINDS[kind],
            direction=directions[at],
        )


def _distinct(passages: Iterable[SharedPassage]) -> list[SharedPassage]:
    """Sorted, and of those between the same places the likest: overlapping passages may have a part in common."""
    likest: dict[tuple[str | int, ...], SharedPassage] = {}
    for one in passages:
        places = (one.a_id, one.b_id, one.a_start, one.b_start, one.a_end, one.b_end)
        if places not in likest or likest[places].similarity < one.similarity:
            likest[places] = one
    return [one for _, one in sorted(likest.items())]


def _letters(texts: Texts, first: Places, end: Places) -> tuple[Places, Places]:
    """Code points of the words first:end, with the punctuation that hangs on them."""
    return texts.start[first] - texts.before[first], texts.end[end - 1] + texts.behind[end - 1]


class _Spans(NamedTuple):
    """Words of one side of pairs, counted from the start of its text."""

    first: list[int]  # pair i has the spans first[i]:first[i + 1]
    span: list[Span]

    def of(self, pair: int) -> tuple[Span, ...]:
        return tuple(self.span[self.first[pair] : self.first[pair + 1]])


def _spans(pair: Places, start: Places, end: Places, base: Places) -> _Spans:
    """The union of the spans of each pair, as ``spans.union`` gives it."""
    start, end = (pair << _PAIR_BITS) | start, (pair << _PAIR_BITS) | end
    order = np.argsort(start, kind="stable")
    start, end = start[order], np.maximum.accumulate(end[order])
    fresh = np.ones(len(start), bool)
    fresh[1:] = start[1:] > end[:-1]
    last = np.append(fresh[1:], np.ones(min(1, len(start)), bool))
    start, end = start[fresh], end[last]
    pair = start >> _PAIR_BITS
    shift = (pair << _PAIR_BITS) + base[pair]
    spans = list(zip((start - shift).tolist(), (end - shift).tolist(), strict=True))
    return _Spans(np.searchsorted(pair, np.arange(len(base) + 1)).tolist(), spans)


def _links(
    texts: Texts, batch: Sequence[Pair], named: Sequence[Pair], found: Passages, parts: Parts, shown: Parts,
    changed: Places,
) -> Iterator[Link]:  # fmt: skip
    base = texts.bounds[np.array(named, np.int64)].T
    sides = []
    for rows in (parts, shown):
        counted = rows.kind != BACKGROUND
        pair = found.pair[rows.passage][counted]
        sides.append(_spans(pair, rows.a_start[counted], rows.a_end[counted], base[0]))
        sides.append(_spans(pair, rows.b_start[counted], rows.b_end[counted], base[1]))
    a_spans, b_spans, a_reused, b_reused = sides
    pair = found.pair[parts.passage]
    count = len(batch)
    told = parts.kind == NARRATIVE
    run = np.zeros(count, np.int64)
    np.maximum.at(run, pair[told], parts.equal[told])
    narrative, quoted = (_words_of(kind, found, parts, count) for kind in (NARRATIVE, QUOTE))
    quotations = _quotations(pair, parts, (parts.kind == QUOTE) & (parts.equal >= QUOTE_WORDS))
    sums = zip(*(column.tolist() for column in (narrative, quoted, run, *changed)))
    has = np.bincount(found.pair, minlength=count).tolist()
    for at, ((a, b), (words, quote_words, longest, names, numbers)) in enumerate(zip(batch, sums, strict=True)):
        if has[at]:
            yield Link(
                a=a,
                b=b,
                narrative=words,
                quoted=quote_words,
                quotations=quotations.get(at, 0),
                run=longest,
                renamed=names,
                renumbered=numbers,
                a_spans=a_spans.of(at),
                b_spans=b_spans.of(at),
                a_reused=a_reused.of(at),
                b_reused=b_reused.of(at),
            )


def _words_of(kind: int, found: Passages, parts: Parts, count: int) -> Places:
    """Equal words of one kind that each pair shares."""
    rows = parts.kind == kind
    return np.bincount(found.pair[parts.passage[rows]], parts.equal[rows], minlength=count).astype(np.int64)


def _quotations(pair: Places, parts: Parts, chosen: NDArray[np.bool_]) -> dict[int, int]:
    """Of each pair the longest row of distinct quotations that follow each other on both sides."""
    order = np.lexsort((-parts.b_start[chosen], parts.a_start[chosen], pair[chosen]))
    rows: dict[int, list[int]] = {}  # of all rows so long, the least place in b at which one ends
    for one, place in zip(pair[chosen][order].tolist(), parts.b_start[chosen][order].tolist(), strict=True):
        least = rows.setdefault(one, [])
        at = bisect_left(least, place)
        least[at : at + 1] = [place]
    return {one: len(least) for one, least in rows.items()}


def _names_and_numbers(texts: Texts, at: Passages, count: int) -> Places:
    """How many names, and how many numbers, stand against others in what each pair shares: two rows."""
    numbers = _changed(texts, at, texts.number, count) + _refilled(texts, at, count)
    return np.stack((_changed(texts, at, texts.name, count), numbers))


def _changed(texts: Texts, at: Passages, marked: NDArray[np.bool_], count: int) -> Places:
    """Marked words inside the passages of each pair that stand against other marked words."""
    total = np.concatenate(([0], np.cumsum(marked)))
    passage, *places = at.edits
    a, a_end, b, b_end = places
    both = (total[a_end] > total[a]) & (total[b_end] > total[b])
    changed = replaced_words(texts.word, marked, *(column[both] for column in places))
    return np.bincount(at.pair[passage[both]], changed, minlength=count).astype(np.int64)


def _refilled(texts: Texts, at: Passages, count: int) -> Places:
    """Numbers that stand against others between two passages of a pair that follow each other closely."""
    a_from, a_to, b_from, b_to = at.a_end[:-1], at.a_start[1:], at.b_end[:-1], at.b_start[1:]
    near = (np.diff(at.pair) == 0) & (a_from < a_to) & (a_to - a_from <= SLOT) & (b_from < b_to) & (b_to - b_from <= SLOT)
    changed = replaced_words(texts.word, texts.number, a_from[near], a_to[near], b_from[near], b_to[near])
    return np.bincount(at.pair[1:][near], changed, minlength=count).astype(np.int64)


def _direction(a: CleanArticle, b: CleanArticle, credited: tuple[bool, bool], words: Pair, equal: float) -> Direction:
    """Which of two copies stands nearer to the origin: the earlier; on one day, the one that credits an agency alone.

    Fuller copies come first only where the other is a part of it.
    """
    day_a, day_b = a.article.first_created, b.article.first_created
    if day_a and day_b and day_a[:10] != day_b[:10]:
        return "a_to_b" if day_a < day_b else "b_to_a"
    if day_a and day_b and len(day_a) == len(day_b) > 10 and day_a != day_b:
        return "a_to_b" if day_a < day_b else "b_to_a"
    if credited[0] != credited[1]:
        return "a_to_b" if credited[0] else "b_to_a"
    if equal >= 0.8 * min(words) and max(words) >= 1.25 * min(words):
        return "a_to_b" if words[0] > words[1] else "b_to_a"
    return "undecided"
