"""When a source's own lines are learned anew, and from which of its articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import blake2b

import numpy as np

from schemas.article import Flow
from transforms.boilerplate.evidence import line_evidence, merge
from transforms.boilerplate.learned import MIN_SOURCE_STORIES, LearnedLines, learn
from transforms.state.segment import ARTICLES
from transforms.state.snapshot import Snapshot

GROWTH = 1.5  # times, 1.1 to 4: a source is learned anew when it has so many more articles than last time
# Articles that one run looks at for it, 100 to 100,000, some 0.8 ms each; the sources that grew most come first.
ARTICLES_A_RUN = 1000
SAMPLE = 500  # articles of a source that are looked at, 50 to 2000: a line must stand in a twentieth of its stories


class LearnedSource(Flow, kw_only=True):
    """One source's lines, and how many articles it had when they were learned."""

    articles: int
    lines: LearnedLines


Learned = dict[str, LearnedSource]


def lines_of(learned: Mapping[str, LearnedSource]) -> dict[str, LearnedLines]:
    """The table that cleaning takes."""
    return {source: one.lines for source, one in sorted(learned.items()) if one.lines.lines}


def relearn(state: Snapshot, learned: Mapping[str, LearnedSource], at_most: int = ARTICLES_A_RUN) -> Learned:
    """Learn the lines of sources that have grown since they were learned.

    Args:
        state: With the newest articles in it.
        learned: What is in force.
        at_most: Articles to look at; what doesn't fit waits for the next run.

    Returns:
        What the next run works with.
    """
    found = dict(learned)
    sources = _articles_by_source(state)
    grown = []
    for source, positions in sources.items():
        before = learned[source].articles if source in learned else 0
        if len(positions) >= MIN_SOURCE_STORIES and len(positions) >= GROWTH * before:
            grown.append((before / len(positions), source))
    looked_at = 0
    for _, source in sorted(grown):
        positions = sources[source]
        if looked_at and looked_at + min(len(positions), SAMPLE) > at_most:
            break
        looked_at += min(len(positions), SAMPLE)
        chosen = sorted(positions, key=lambda position: _key(state, position))[:SAMPLE]
        evidence = merge(line_evidence(state.text_at(position).article) for position in sorted(chosen))
        found[source] = LearnedSource(articles=len(positions), lines=learn(evidence))
    return found


def _key(state: Snapshot, position: int) -> int:
    """The key of an article's line evidence, without its text."""
    identity = state.articles.columns["id"][position].tobytes().hex()
    return int.from_bytes(blake2b(identity.encode(), digest_size=8).digest(), "little")


def _articles_by_source(state: Snapshot) -> dict[str, list[int]]:
    """Positions of the newest articles of each source."""
    found: dict[str, list[int]] = {}
    for place, segment in enumerate(state.segments):
        mine = np.flatnonzero(state.articles.segment == place)
        column = segment.table(ARTICLES, ["source"])["source"].combine_chunks().dictionary_encode()
        names = column.dictionary.to_pylist()
        codes = column.indices.to_numpy(zero_copy_only=False)[state.articles.row[mine]]
        for position, code in zip(mine.tolist(), codes.tolist(), strict=True):
            if code is not None and code == code:
                found.setdefault(names[int(code)], []).append(position)
    return found


def sources_of(state: Snapshot) -> Iterator[tuple[str, list[int]]]:
    """Each source of the state with the positions of its articles."""
    yield from sorted(_articles_by_source(state).items())
