"""Align the proposed pairs of a pack of components and tell narrative from quotation and background."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from schemas.article import CleanArticle
from schemas.records import Direction, ReuseKind
from schemas.reuse import Aligned, Gathered, Link, SharedPassage
from transforms.textreuse.columns import article_number, explicit_agencies
from transforms.textreuse.fold import DOUBLE_QUOTES, ENDERS, SINGLE_QUOTES
from transforms.textreuse.match import Matcher, Passage
from transforms.textreuse.quotes import QUOTE_WORDS
from transforms.textreuse.spans import union
from transforms.textreuse.texts import BACKGROUND, NARRATIVE, QUOTE, Text, read_texts

SHORTEST_KIND = 3  # words, 2..6: a shorter stretch of another kind inside a passage isn't told apart

_KINDS: tuple[ReuseKind, ...] = ("narrative", "quote", "background")
_ATTACHED = 4  # code points of punctuation on either side that belong to a passage
_OPENING = DOUBLE_QUOTES + SINGLE_QUOTES + "([{¿¡$€£#"
_CLOSING = DOUBLE_QUOTES + SINGLE_QUOTES + ENDERS + ")]},;:%"


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
    texts = read_texts(articles, sorted({index for pair in pairs for index in pair}), gathered.candidates)
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
                weighed = [_parts(passage, texts[a], texts[b]) for passage in found]
                shown = [part for parts in weighed for part in _carried(parts)]
                passages += [_record(part, articles, a, b, texts, direction) for part in shown]
                links.append(_link(a, b, found, [part for parts in weighed for part in parts], shown, texts))
    passages.sort(key=lambda one: (one.a_id, one.b_id, one.a_start, one.b_start))
    links.sort(key=lambda one: (one.a, one.b))
    return Aligned(
        articles=articles, words=gathered.candidates.words, passages=tuple(passages), links=tuple(links)
    )


class _Part(NamedTuple):
    kind: int
    a_start: int  # words
    a_end: int
    b_start: int
    b_end: int
    equal: int


def _parts(passage: Passage, a: Text, b: Text) -> list[_Part]:
    """A passage cut where its kind changes: quotation and background in one body are so in the other."""
    a_start, a_end, b_start, b_end = passage.a_start, passage.a_end, passage.b_start, passage.b_end
    if a.until[a_start] >= a_end and b.until[b_start] >= b_end:
        kind = max(a.kind[a_start], b.kind[b_start])
        return [_Part(kind, a_start, a_end, b_start, b_end, passage.equal)]
    borders = {a_start}
    place = a.until[a_start]
    while place < a_end:
        borders.add(place)
        place = a.until[place]
    place = b.until[b_start]
    while place < b_end:
        borders.add(passage.to_a(place))
        place = b.until[place]
    borders.discard(a_end)
    parts: list[_Part] = []
    for kind, start, end in _pieces(sorted(borders), passage, a, b):
        to_start = passage.to_b(start) if parts else b_start
        to_end = passage.to_b(end) if end < a_end else b_end
        if to_end > to_start:
            parts.append(_Part(kind, start, end, to_start, to_end, passage.equal_between(start, end)))
    return parts


def _pieces(borders: list[int], passage: Passage, a: Text, b: Text) -> list[tuple[int, int, int]]:
    """Kind, start and end (words of a) of stretches of one kind; those too short to tell go with their neighbour."""
    pieces: list[tuple[int, int, int]] = []
    for start, end in zip(borders, [*borders[1:], passage.a_end], strict=True):
        kind = max(a.kind[start], b.kind[min(passage.to_b(start), passage.b_end - 1)])
        if pieces:
            last, since, _ = pieces[-1]
            if last == kind or end - start < SHORTEST_KIND:
                pieces[-1] = (last, since, end)
                continue
            if start - since < SHORTEST_KIND:
                pieces[-1] = (kind, since, end)
                continue
        pieces.append((kind, start, end))
    return pieces


def _carried(parts: list[_Part]) -> list[_Part]:
    """Parts in which background that follows or precedes others has gone along with them.

    Whoever copies a story copies the background in it: only a passage that is nothing else is background. It gets no
    weight either way.
    """
    if len(parts) == 1 or all(part.kind != BACKGROUND for part in parts):
        return parts
    carried: list[_Part] = []
    for part in parts:
        last = carried[-1] if carried else None
        if last and (part.kind == last.kind or BACKGROUND in (part.kind, last.kind)):
            kind = last.kind if part.kind == BACKGROUND else part.kind
            carried[-1] = _Part(kind, last.a_start, part.a_end, last.b_start, part.b_end, last.equal + part.equal)
        else:
            carried.append(part)
    return carried


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
    before = letters[max(text.end[first - 1] if first else 0, start - _ATTACHED) : start]
    behind = letters[end : min(text.start[last] if last < len(text.start) else len(letters), end + _ATTACHED)]
    if before and not before[-1].isspace():
        start -= len(before) - len(before.rstrip(_OPENING))
    if behind and not behind[0].isspace():
        end += len(behind) - len(behind.lstrip(_CLOSING))
    return start, end


def _link(
    a: int, b: int, found: list[Passage], parts: list[_Part], shown: list[_Part], texts: dict[int, Text]
) -> Link:
    narrative = [part for part in parts if part.kind == NARRATIVE]
    quoted = [part for part in parts if part.kind == QUOTE]
    counted = [part for part in parts if part.kind != BACKGROUND]
    reused = [part for part in shown if part.kind != BACKGROUND]
    a_spans = tuple(union((part.a_start, part.a_end) for part in counted))
    b_spans = tuple(union((part.b_start, part.b_end) for part in counted))
    return Link(
        a=a,
        b=b,
        narrative=sum(part.equal for part in narrative),
        quoted=sum(part.equal for part in quoted),
        quotations=_in_order([part for part in quoted if part.equal >= QUOTE_WORDS]),
        run=max((part.equal for part in narrative), default=0),
        renamed=sum(_changed(passage, texts[a], texts[b], texts[a].name, texts[b].name) for passage in found),
        renumbered=sum(_changed(passage, texts[a], texts[b], texts[a].number, texts[b].number) for passage in found),
        a_spans=a_spans,
        b_spans=b_spans,
        a_reused=a_spans if reused == counted else tuple(union((part.a_start, part.a_end) for part in reused)),
        b_reused=b_spans if reused == counted else tuple(union((part.b_start, part.b_end) for part in reused)),
    )


def _in_order(quoted: list[_Part]) -> int:
    """The longest row of distinct quotations that follow each other on both sides."""
    least: list[int] = []  # of all rows so long, the least place in b at which one ends
    for part in sorted(quoted, key=lambda part: (part.a_start, -part.b_start)):
        place = bisect_left(least, part.b_start)
        least[place : place + 1] = [part.b_start]
    return len(least)


def _changed(passage: Passage, a: Text, b: Text, a_marked: array[int], b_marked: array[int]) -> int:
    """Marked words inside a passage that stand against other marked words."""
    count = 0
    a_at, b_at = passage.a_start, passage.b_start
    for a_next, b_next, words in [*passage.blocks, (passage.a_end, passage.b_end, 0)]:
        if 1 in a_marked[a_at:a_next] and 1 in b_marked[b_at:b_next]:
            one = {a.body.word[place] for place in range(a_at, a_next) if a_marked[place]}
            other = {b.body.word[place] for place in range(b_at, b_next) if b_marked[place]}
            count += min(len(one - other), len(other - one))
        a_at, b_at = a_next + words, b_next + words
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
