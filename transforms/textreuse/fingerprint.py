"""Fingerprints of passages: winnowed runs of words, and the simhash of sentences and quotations."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from simhash import Simhash

from transforms.textreuse.fold import hash_spelling, mix_column
from transforms.textreuse.tokens import Tokens

RUN_WORDS = 6  # words, 4..12: length of a fingerprinted run; chosen by recall and cost (docs/algorithms.md)
WINDOW = 5  # runs, 2..6: one of so many is kept; a shared run of RUN_WORDS + WINDOW - 1 words is always found.
# No more than RUN_WORDS, or a window would look from one article into the next.
UNIT_WORDS = (5, 60)  # words of a sentence or quotation that gets a simhash of its own
SIMHASH_FEATURES = 64  # features, 1..200: of the record's simhash, each 1 µs; the lead of an article
_SIMHASH_LETTERS = 16 * SIMHASH_FEATURES  # letters read for them: room for every language of the registry
_SIMHASH_LEAD = 9 * SIMHASH_FEATURES  # letters read at first: in most texts they hold enough distinct words
_LONGEST_WORD = 24  # letters: what is longer is a phrase of a script without spaces
_PIECE = 3  # letters: overlapping pieces that such a phrase is cut into

_NEVER = np.uint64(0xFFFFFFFFFFFFFFFF)
_LANES = np.uint64(0x0101010101010101)  # the lowest bit of each byte: sums of up to 255 words fit a byte
_SALTS = (0x51D7A2C3B4E5F607, 0x1B873593CC9E2D51)  # one a half of the simhash, so that halves aren't confused
_WORDS = re.compile(r"\w+")


class Fingerprints(NamedTuple):
    """Keys of a pack of articles; two articles that share wording share keys."""

    key: NDArray[np.uint64]  # 64 random bits
    article: NDArray[np.int64]  # index in the pack, ascending


def article_simhash(body_text: str) -> str:
    """The simhash of a whole body, for look-ups; no decision rests on it.

    Features are the first 64 distinct words as printed, in lower case: copies cut from the bottom keep them. Phrases
    of scripts without spaces are cut into pieces of three letters.

    Args:
        body_text: Any text; one without words gives zeros.

    Returns:
        16 hex digits, the value of the simhash package.
    """
    lead = body_text[:_SIMHASH_LETTERS].lower()
    features = _features(lead, lead.rfind(" ", 0, _SIMHASH_LEAD))
    if len(features) < SIMHASH_FEATURES:
        features = _features(lead, len(lead))
    return f"{Simhash(features[:SIMHASH_FEATURES]).value:016x}" if features else "0" * 16


def _features(lead: str, end: int) -> list[str]:
    """The distinct features of the first letters of a text, in their order."""
    words = _WORDS.findall(lead, 0, max(0, end))
    if len(max(words, key=len, default="")) > _LONGEST_WORD:
        words = [piece for word in words for piece in (_cut(word) if len(word) > _LONGEST_WORD else (word,))]
    return list(dict.fromkeys(words))


def _cut(phrase: str) -> list[str]:
    return [phrase[start : start + _PIECE] for start in range(len(phrase) - _PIECE + 1)]


def run_keys(tokens: Tokens) -> NDArray[np.uint64]:
    """The key of the run of RUN_WORDS words that starts at each word; all bits set where the body ends before."""
    count = len(tokens.word)
    keys = np.full(count, _NEVER)
    whole = count - RUN_WORDS + 1
    if whole < 1:
        return keys
    total = tokens.word[:whole].copy()
    for offset in range(1, RUN_WORDS):
        total *= np.uint64(0x9E3779B97F4A7C15)
        total += tokens.word[offset : offset + whole]
    keys[:whole] = mix_column(total)
    for bound in tokens.bounds[1:].tolist():  # runs that reach into the next body
        keys[max(0, bound - RUN_WORDS + 1) : bound] = _NEVER
    return keys


def winnow(keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Places of the keys that are the least of some WINDOW in a row.

    Equal text chooses equal places, and every window has one.

    Source:
        Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003.
    """
    if not len(keys):
        return np.zeros(0, np.int64)
    padded = np.concatenate((np.full(WINDOW - 1, _NEVER), keys, np.full(WINDOW - 1, _NEVER)))
    windows = len(keys) + WINDOW - 1
    least = padded[:windows].copy()
    for offset in range(1, WINDOW):
        np.minimum(least, padded[offset : offset + windows], out=least)
    greatest = least[: len(keys)].copy()
    for offset in range(1, WINDOW):
        np.maximum(greatest, least[offset : offset + len(keys)], out=greatest)
    return np.flatnonzero((greatest == keys) & (keys != _NEVER))


def unit_simhashes(tokens: Tokens) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The simhash of each sentence and each quotation of UNIT_WORDS words, features its folded words.

    Equal to ``Simhash(spellings, hashfunc=word_hash).value`` of the simhash package.

    Returns:
        The simhashes, and the first word of each unit.
    """
    if not len(tokens.word):
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    fresh = np.diff(tokens.unit, prepend=tokens.unit[0] - 1) != 0
    fresh[tokens.bounds[:-1][np.diff(tokens.bounds) > 0]] = True
    starts = np.flatnonzero(fresh)
    lengths = np.diff(starts, append=len(tokens.word))
    chosen = (lengths >= UNIT_WORDS[0]) & (lengths <= UNIT_WORDS[1])
    counts = np.empty((int(chosen.sum()), 8, 8), np.uint8)  # unit, byte of the hash, bit of the byte
    for bit in range(8):
        lanes = np.add.reduceat((tokens.word >> np.uint64(bit)) & _LANES, starts)[chosen]
        counts[:, :, bit] = lanes.astype("<u8").view(np.uint8).reshape(-1, 8)
    majority = counts > (lengths[chosen] // 2)[:, None, None]
    packed = np.packbits(majority, axis=2, bitorder="little").reshape(-1, 8)
    return packed.view("<u8").ravel().astype(np.uint64), starts[chosen]


def word_hash(feature: bytes) -> int:
    """The hash function of ``unit_simhashes`` in the form that the simhash package asks for."""
    return hash_spelling(feature.decode())


def fingerprints(tokens: Tokens) -> Fingerprints:
    """All keys of a pack: winnowed runs, and both halves of each unit's simhash.

    Units whose simhashes differ in one bit share a half (pigeonhole), runs find the others.

    Source:
        Manku, Jain and Das Sarma, "Detecting near-duplicates for web crawling", WWW 2007.
    """
    runs = run_keys(tokens)
    places = winnow(runs)
    simhashes, starts = unit_simhashes(tokens)
    upper = mix_column((simhashes >> np.uint64(32)) ^ np.uint64(_SALTS[0]))
    lower = mix_column((simhashes & np.uint64(0xFFFFFFFF)) ^ np.uint64(_SALTS[1]))
    key = np.concatenate((runs[places], upper, lower))
    word = np.concatenate((places, starts, starts))
    owner = np.repeat(np.arange(len(tokens.bounds) - 1), np.diff(tokens.bounds))
    article = owner[word]
    order = np.argsort(article.astype(np.uint16), kind="stable")
    return Fingerprints(key[order], article[order])
