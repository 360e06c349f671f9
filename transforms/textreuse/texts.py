"""Articles as alignment reads them: words, places, and which words are quoted, background or names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schemas.article import CleanArticle
from schemas.reuse import Candidates
from transforms.textreuse.columns import KEY_BITS, packs
from transforms.textreuse.fingerprint import RUN_WORDS, WINDOW, run_keys
from transforms.textreuse.fold import DOUBLE_QUOTES, ENDERS, SINGLE_QUOTES, mix_column
from transforms.textreuse.quotes import QUOTE_WORDS, quotations
from transforms.textreuse.tokens import Tokens, tokenise

NARRATIVE, QUOTE, BACKGROUND = range(3)  # of two kinds, the greater holds
SEED_WORDS = 4  # words, 2..6: equal words in a row that an alignment starts from

_KEY_MASK = np.uint64((1 << KEY_BITS) - 1)
_FILTER = 1 << 16  # slots of a table that tells most keys apart from the listed ones by their last bits
_FILTER_MASK = np.uint64(_FILTER - 1)
_ATTACHED = 4  # code points of punctuation on either side that belong to a passage


def _table_of(letters: str) -> NDArray[np.bool_]:
    table = np.zeros(1 << 16, bool)
    table[[ord(letter) for letter in letters]] = True
    return table


_OPENING = _table_of(DOUBLE_QUOTES + SINGLE_QUOTES + "([{¿¡$€£#")
_CLOSING = _table_of(DOUBLE_QUOTES + SINGLE_QUOTES + ENDERS + ")]},;:%")


class Text(NamedTuple):
    """One article's words, in columns."""

    word: NDArray[np.uint64]
    unit_start: NDArray[np.int32]  # first word of the sentence or quotation that each word stands in
    unit_end: NDArray[np.int32]  # exclusive
    start: NDArray[np.int32]  # code points
    end: NDArray[np.int32]
    before: NDArray[np.uint8]  # code points of punctuation that hang on the word
    behind: NDArray[np.uint8]
    kind: NDArray[np.uint8]
    name: NDArray[np.bool_]  # a capital that no sentence start explains
    number: NDArray[np.bool_]  # starts with a digit


class Texts(NamedTuple):
    """Several texts, one behind the other. A place is an index into these columns, of words."""

    bounds: NDArray[np.int64]  # text i has the places bounds[i]:bounds[i + 1]
    seed: NDArray[np.uint64]  # key of the SEED_WORDS words from here on; of a text's last ones it says nothing
    word: NDArray[np.uint64]
    unit_start: NDArray[np.int32]  # places; all else as in Text
    unit_end: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    before: NDArray[np.uint8]
    behind: NDArray[np.uint8]
    kind: NDArray[np.uint8]
    name: NDArray[np.bool_]
    number: NDArray[np.bool_]


def join_texts(texts: Sequence[Text]) -> Texts:
    """Put texts one behind the other; at least one."""
    columns = Text(*map(np.concatenate, zip(*texts, strict=True)))
    lengths = [len(text.word) for text in texts]
    bounds = np.concatenate(([0], np.cumsum(lengths)))
    base = np.repeat(bounds[:-1], lengths).astype(np.int32)
    columns = columns._replace(unit_start=columns.unit_start + base, unit_end=columns.unit_end + base)
    return Texts(bounds, _seeds(columns.word), *columns)


def read_texts(
    articles: Sequence[CleanArticle], chosen: Sequence[int], candidates: Candidates
) -> dict[int, Text]:
    """Read the chosen articles. What is read of one depends on its component alone.

    Args:
        articles: All of the candidates, in the order of their numbers.
        chosen: Indices of articles, ascending.
        candidates: Says to which component each belongs, and which wording links nothing there.

    Returns:
        The texts by index; about 30 bytes a word.
    """
    place = {component: np.uint64(index) for index, component in enumerate(sorted(set(candidates.components)))}
    named = [(place[component] << np.uint64(KEY_BITS)) | np.uint64(key) for component, key in candidates.background]
    weightless = np.array(sorted(named), np.uint64)
    texts: dict[int, Text] = {}
    for pack in packs([articles[index] for index in chosen]):
        indices = chosen[len(texts) : len(texts) + len(pack)]
        letters = [article.cleaning.body_text for article in pack]
        tokens = tokenise(letters)
        kind = _kinds(tokens, letters)
        if len(weightless):
            own = np.array([place[candidates.components[index]] for index in indices], np.uint64)
            kind[_background(tokens, own, weightless)] = BACKGROUND
        columns, bounds = _columns(tokens, kind), tokens.bounds.tolist()
        for index, first, last in zip(indices, bounds, bounds[1:]):
            texts[index] = Text(*(column[first:last] for column in columns))
    return texts


def _columns(tokens: Tokens, kind: NDArray[np.uint8]) -> Text:
    """The columns of a pack; its texts have their places in it one behind the other."""
    fresh = np.ones(len(kind), bool)
    fresh[1:] = tokens.unit[1:] != tokens.unit[:-1]
    name = tokens.upper & ~fresh
    fresh[tokens.bounds[:-1][tokens.bounds[:-1] < len(kind)]] = True
    starts = np.flatnonzero(fresh).astype(np.int32)
    ends = np.append(starts[1:], np.int32(len(kind)))
    unit = np.cumsum(fresh) - 1
    base = np.repeat(tokens.bounds[:-1], np.diff(tokens.bounds)).astype(np.int32)
    return Text(
        word=tokens.word,
        unit_start=starts[unit] - base,
        unit_end=ends[unit] - base,
        start=tokens.start,
        end=tokens.end,
        before=_hanging(tokens, -1),
        behind=_hanging(tokens, 1),
        kind=kind,
        name=name,
        number=tokens.digit,
    )


def _seeds(word: NDArray[np.uint64]) -> NDArray[np.uint64]:
    seed = np.zeros(len(word), np.uint64)
    whole = max(0, len(word) - SEED_WORDS + 1)
    total = word[:whole].copy()
    for offset in range(1, SEED_WORDS):
        total *= np.uint64(0x9E3779B97F4A7C15)
        total += word[offset : offset + whole]
    seed[:whole] = mix_column(total)
    return seed


def _hanging(tokens: Tokens, step: int) -> NDArray[np.uint8]:
    """How much punctuation hangs on each word: opening marks before it (step -1) or closing ones behind it (1)."""
    count = np.zeros(len(tokens.word), np.uint8)
    if not len(count):
        return count
    base = np.repeat(tokens.letter_bounds, np.diff(tokens.bounds))
    start, end = tokens.start + base, tokens.end + base
    if step < 0:
        at, limit, marks = start - 1, np.concatenate(([0], end[:-1])), _OPENING
    else:
        at, limit, marks = end, np.concatenate((start[1:] - 1, [len(tokens.letter) - 1])), _CLOSING
    left = np.flatnonzero(marks[tokens.letter[at]])  # few words; most have a space beside them
    left = left[at[left] >= limit[left] if step < 0 else at[left] <= limit[left]]
    for distance in range(1, _ATTACHED + 1):
        count[left] = distance
        place = at[left] + step * distance
        within = place >= limit[left] if step < 0 else place <= limit[left]
        left, place = left[within], place[within]
        left = left[marks[tokens.letter[place]]]
    return count


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
    listed = np.zeros(_FILTER, bool)
    listed[weightless & _FILTER_MASK] = True
    hits = np.flatnonzero(listed[keys & _FILTER_MASK])  # few keys end like one of those
    at = np.minimum(np.searchsorted(weightless, keys[hits]), len(weightless) - 1)
    hits = hits[weightless[at] == keys[hits]]
    ends = hits + RUN_WORDS
    near = (np.diff(hits) <= RUN_WORDS + WINDOW) & (owner[hits[1:]] == owner[hits[:-1]])
    ends[:-1] = np.where(near, np.maximum(ends[:-1], hits[1:]), ends[:-1])
    opened = np.bincount(hits, minlength=len(keys) + 1)[: len(keys)]
    closed = np.bincount(np.minimum(ends, len(keys)), minlength=len(keys) + 1)[: len(keys)]
    return np.cumsum(opened - closed) > 0
