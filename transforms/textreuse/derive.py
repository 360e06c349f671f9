"""What of an article stands in other sources' copies, and how much that makes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from schemas.records import Derivation, Span
from schemas.reuse import Aligned
from transforms.textreuse.spans import length, union

# Fitted on the synthetic development set on 2026-11-20 (docs/algorithms.md has the table).
WHOLE = {1: 0.5, 2: 0.65}  # share of the body's words, 0..1, by copies at hand: what few copies lack says little
WHOLE_MANY = 0.7  # the same, with three copies and more
WHOLE_MERGED = 0.8  # the same, of an article that draws on two stories
WHOLE_MERGED_MANY = (0.9, 6)  # the same, with so many copies at hand: three of each story
FULLEST = (0.3, 0.95)  # share of the body, share of a shorter copy that stands in it: the others were cut, it wasn't
PARTIAL = 0.03  # share of the body's words, 0..1: from here a part of it is derived


class Owed(NamedTuple):
    """One article's debt."""

    derivation: Derivation
    share: float  # 0..1, 4 decimals
    spans: tuple[Span, ...]  # code points of the body, sorted, apart


def derive(aligned: Aligned, stories: Sequence[set[int]]) -> list[Owed]:
    """Sum up what each article shares with other sources' copies of its stories.

    Narrative and quotation count, background never; copies of the same publisher don't.

    Args:
        aligned: A pack of components.
        stories: Of each article, its own and those it is also from.

    Returns:
        One entry an article.

    Source:
        The three classes are those of the METER corpus: Gaizauskas et al., "The METER corpus", Corpus Linguistics 2001.
    """
    articles = aligned.articles
    place = {article.article.id: index for index, article in enumerate(articles)}
    counted: set[tuple[int, int]] = set()
    words: list[list[tuple[int, int]]] = [[] for _ in articles]
    letters: list[list[tuple[int, int]]] = [[] for _ in articles]
    copies = [0] * len(articles)
    within = [0.0] * len(articles)  # the greatest share of another copy that stands in this one
    for link in aligned.links:
        a, b = articles[link.a].article.publisher, articles[link.b].article.publisher
        if stories[link.a] & stories[link.b] and a != b:
            counted.add((link.a, link.b))
            for one, other, own, theirs in (
                (link.a, link.b, link.a_reused, link.b_reused),
                (link.b, link.a, link.b_reused, link.a_reused),
            ):
                words[one] += own
                copies[one] += 1
                within[one] = max(within[one], length(theirs) / aligned.words[other])
    for passage in aligned.passages:
        a, b = place[passage.a_id], place[passage.b_id]
        if passage.kind != "background" and (a, b) in counted:
            letters[a].append((passage.a_start, passage.a_end))
            letters[b].append((passage.b_start, passage.b_end))
    owed = []
    for index, article in enumerate(articles):
        share = length(union(words[index])) / aligned.words[index] if words[index] else 0.0
        spans = _joined(article.cleaning.body_text, union(letters[index]))
        if len(stories[index]) > 1:
            enough, many = WHOLE_MERGED_MANY
            whole = share >= (enough if copies[index] >= many else WHOLE_MERGED)
        else:
            fullest = share >= FULLEST[0] and within[index] >= FULLEST[1]
            whole = fullest or share >= WHOLE.get(copies[index], WHOLE_MANY)
        derivation: Derivation = "whole" if whole else "partial" if share >= PARTIAL else "none"
        owed.append(Owed(derivation, round(share, 4), spans))
    return owed


def _joined(body: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans with nothing but space and punctuation between them are one."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and not any(map(str.isalnum, body[joined[-1][1] : start])):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)
