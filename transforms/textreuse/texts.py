"""Articles as alignment reads them: words, places, and which words are quoted, background or names."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schemas.article import CleanArticle
from schemas.reuse import Candidates
from transforms.textreuse.columns import KEY_BITS, packs
from transforms.textreuse.fingerprint import RUN_WORDS, WINDOW, run_keys
from transforms.textreuse.match import Body, bodies_of
from transforms.textreuse.quotes import QUOTE_WORDS, quotations
from transforms.textreuse.tokens import Tokens, tokenise

NARRATIVE, QUOTE, BACKGROUND = range(3)  # of two kinds, the greater holds
_KEY_MASK = np.uint64((1 << KEY_BITS) - 1)


class Text(NamedTuple):
    """One article, as alignment needs it. Arrays go by word."""

    body: Body
    letters: str
    start: array[int]  # code points
    end: array[int]
    kind: array[int]
    until: array[int]  # the first word from here on that is of another kind
    name: array[int]  # 1: a capital that no sentence start explains
    number: array[int]  # 1: it starts with a digit


def read_texts(articles: Sequence[CleanArticle], chosen: Sequence[int], candidates: Candidates) -> dict[int, Text]:
    """Read the chosen articles. What is read of one depends on its component alone.

    Args:
        articles: All of the candidates, in the order of their numbers.
        chosen: Indices of articles, ascending.
        candidates: Says to which component each belongs, and which wording links nothing there.

    Returns:
        The texts by index; about 50 bytes a word.
    """
    texts: dict[int, Text] = {}
    place = {component: np.uint64(index) for index, component in enumerate(sorted(set(candidates.components)))}
    named = [(place[component] << np.uint64(KEY_BITS)) | np.uint64(key) for component, key in candidates.background]
    weightless = np.array(sorted(named), np.uint64)
    for pack in packs([articles[index] for index in chosen]):
        indices = chosen[len(texts) : len(texts) + len(pack)]
        letters = [article.cleaning.body_text for article in pack]
        tokens = tokenise(letters)
        kind = _kinds(tokens, letters)
        if len(weightless):
            component = np.array([place[candidates.components[index]] for index in indices], np.uint64)
            kind[_background(tokens, component, weightless)] = BACKGROUND
        ends = np.append(np.flatnonzero(kind[1:] != kind[:-1]) + 1, len(kind))
        until = np.repeat(ends, np.diff(ends, prepend=0))
        fresh = np.ones(len(kind), bool)
        fresh[1:] = tokens.unit[1:] != tokens.unit[:-1]
        name = tokens.upper & ~fresh
        bounds = tokens.bounds.tolist()
        for offset, (index, body) in enumerate(zip(indices, bodies_of(tokens), strict=True)):
            own = slice(bounds[offset], bounds[offset + 1])
            texts[index] = Text(
                body,
                letters[offset],
                array("i", tokens.start[own].tobytes()),
                array("i", tokens.end[own].tobytes()),
                array("B", kind[own].tobytes()),
                array("q", (until[own] - own.start).tobytes()),  # beyond the end where the next body goes on alike
                array("B", name[own].tobytes()),
                array("B", tokens.digit[own].tobytes()),
            )
    return texts


def _kinds(tokens: Tokens, letters: Sequence[str]) -> NDArray[np.uint8]:
    """Narrative or quotation, by word of a pack."""
    kind = np.zeros(len(tokens.word), np.uint8)
    bounds, marks = tokens.bounds.tolist(), tokens.mark_bounds.tolist()
    for place, body in enumerate(letters):
        spans = quotations(body, tokens.mark[marks[place] : marks[place + 1]].tolist())
        if spans:
            start = tokens.start[bounds[place] : bounds[place + 1]]
            for first, last in np.searchsorted(start, spans).tolist():
                if last - first >= QUOTE_WORDS:
                    kind[bounds[place] + first : bounds[place] + last] = QUOTE
    return kind


def _background(
    tokens: Tokens, component: NDArray[np.uint64], weightless: NDArray[np.uint64]
) -> NDArray[np.bool_]:
    """Words that stand in a run without weight, or between two of them that one window can hold.

    Args:
        tokens: Of a pack of bodies.
        component: Of each body, its place among the components.
        weightless: Component place and key in one number, ascending.
    """
    owner = np.repeat(np.arange(len(component)), np.diff(tokens.bounds))
    keys = (component[owner] << np.uint64(KEY_BITS)) | (run_keys(tokens) & _KEY_MASK)
    stale = np.zeros(len(keys), bool)
    at = np.minimum(np.searchsorted(weightless, keys), len(weightless) - 1)
    hits = np.flatnonzero(weightless[at] == keys)
    for place in range(len(hits)):
        end = hits[place] + RUN_WORDS
        if place + 1 < len(hits) and hits[place + 1] - hits[place] <= RUN_WORDS + WINDOW:
            if owner[hits[place]] == owner[hits[place + 1]]:
                end = max(end, hits[place + 1])
        stale[hits[place] : end] = True
    return stale
