"""What a component rests on, as one number: while it stays the same, so does everything found in the component."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from schemas.reuse import Candidates
from transforms.textreuse.candidates import Verdict, components
from transforms.textreuse.columns import column


def signatures(found: Sequence[Candidates], verdicts: Sequence[Verdict]) -> NDArray[np.int64]:
    """The signature of each article's component, in the order of all numbers.

    A hash of the component's articles, their groups, its pairs, and the background keys that its articles have.

    Args:
        found: All candidates.
        verdicts: Of the buckets; those of other articles are passed over.
    """
    number = np.array([one for candidates in found for one in candidates.numbers], np.int64)
    group = np.array([one for candidates in found for one in candidates.groups], np.int64)
    order = np.argsort(number)
    number, group = number[order], group[order]
    pairs = np.array([pair for candidates in found for pair in candidates.pairs], np.int64).reshape(-1, 2)
    pairs = np.searchsorted(number, pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))])
    root = components(len(number), pairs[:, 0], pairs[:, 1])
    key, owner = column(verdicts, "background", np.int64), column(verdicts, "article", np.int64)
    owner = np.searchsorted(number, owner)
    sort = np.lexsort((key, owner))
    key, owner = key[sort], owner[sort]

    member = np.stack((root, number, group), axis=1)
    parts = (member, np.stack((root[pairs[:, 0]], pairs[:, 0], pairs[:, 1]), axis=1), np.stack((root[owner], owner, key), axis=1))
    named = [part[np.argsort(part[:, 0], kind="stable")] for part in parts]
    roots = np.unique(root)
    borders = [np.searchsorted(part[:, 0], np.append(roots, len(number))) for part in named]
    values = np.empty(len(roots), np.int64)
    names = (None, (1, 2), (1,))  # columns that hold places, which other articles would shift
    for place in range(len(roots)):
        digest = blake2b(digest_size=8)
        for part, border, places in zip(named, borders, names, strict=True):
            rows = part[border[place] : border[place + 1], 1:]
            if places and len(rows):
                rows = rows.copy()
                rows[:, [one - 1 for one in places]] = number[rows[:, [one - 1 for one in places]]]
            digest.update(len(rows).to_bytes(8, "little"))
            digest.update(np.ascontiguousarray(rows).tobytes())
        values[place] = int.from_bytes(digest.digest(), "little", signed=True)
    return values[np.searchsorted(roots, root)]


def without(found: Sequence[Candidates], numbers: NDArray[np.int64]) -> list[Candidates]:
    """Candidates without some whole components.

    Args:
        found: Candidates.
        numbers: Articles of whole components, ascending.
    """
    gone = set(numbers.tolist())
    kept = []
    for one in found:
        if gone.isdisjoint(one.numbers):
            kept.append(one)
        elif not gone.issuperset(one.numbers):
            chosen = [place for place, number in enumerate(one.numbers) if number not in gone]
            kept.append(
                Candidates(
                    numbers=tuple(one.numbers[place] for place in chosen),
                    words=tuple(one.words[place] for place in chosen),
                    pairs=tuple(pair for pair in one.pairs if pair[0] not in gone),
                    groups=tuple(one.groups[place] for place in chosen),
                    components=tuple(one.components[place] for place in chosen),
                    background=tuple(pair for pair in one.background if pair[0] not in gone),
                )
            )
    return kept
