"""Lines that a source prints again and again, whatever the story: found by counting distinct stories, never copies."""

from __future__ import annotations

import struct
from collections import Counter
from functools import lru_cache
from itertools import chain

import numpy as np

from schemas.article import Flow
from transforms.boilerplate.evidence import (
    EDGE,
    MAX_LINE,
    NO_LINE,
    ROW,
    TEASER,
    ArticleLines,
    LineEvidence,
    is_edge,
    line_name,
)
from transforms.boilerplate.folding import EDGE as EDGES
from transforms.boilerplate.folding import REMEMBERED_LINES, fold, key
from transforms.boilerplate.lines import Line

MIN_SOURCE_STORIES = (
    10  # distinct stories of a source below which nothing is learned: few articles show habits by chance
)
MIN_STORIES = 4  # distinct stories that print the line
MIN_SHARE = 0.05  # of the source's distinct stories, 0..1
MIN_SHAPE_SHARE = 0.3  # share from which a teaser's shape alone is the second signal: intertitles repeat, but less
SIGNAL_SHARE = 0.6  # share of a line's printings that must show the place or the neighbour
MIN_COMMON = 3  # sentences that two printings of one story share at the least
COMMON_SHARE = 0.25  # and their share of the smaller sketch, 0..1
HEAD = 3  # code points of a line's beginning by which most lines are told from those that are learned
HUBS = 40  # stories looked at per sentence, in the order of keys: bounds the work on what everybody prints


class LearnedLine(Flow, kw_only=True):
    """One line that repeats."""

    text: str  # its start, as one article prints it
    stories: int  # distinct stories that print it
    share: float  # of the source's distinct stories, 0..1
    signal: str  # the second signal: edge, neighbour or shape
    neighbours: tuple[str, ...] = ()  # hashes of the lines it stands beside; signal neighbour only


class LearnedLines(Flow, kw_only=True):
    """What was learned of one source. JSON in the order of hashes."""

    source: str | None
    stories: int  # distinct stories it was learned from
    lines: dict[str, LearnedLine]  # 16 hex digits of the line's hash, sorted -> the line


def learn(evidence: LineEvidence) -> LearnedLines:
    """Which lines of a source are boilerplate.

    A line is learned when enough distinct stories print it, a story and its reprints and updates counting once, and a
    second signal agrees: most printings stand in the head or tail of their article, or beside the same line, or a
    large share of all stories prints it and it has the shape of a teaser. Articles without a source teach nothing.
    """
    if evidence.source is None or len(evidence.articles) < MIN_SOURCE_STORIES:
        return LearnedLines(source=evidence.source, stories=0, lines={})
    story_of = _stories(evidence.articles)
    total = len(set(story_of))
    lines: dict[str, LearnedLine] = {}
    if total >= MIN_SOURCE_STORIES:
        for hashed, printings in sorted(_printings(evidence.articles, story_of).items()):
            line = _learned(printings, total)
            if line is not None:
                lines[f"{hashed:016x}"] = line
    return LearnedLines(source=evidence.source, stories=total, lines=lines)


_ROW = np.dtype([("line", "<u8"), ("before", "<u8"), ("behind", "<u8"), ("flags", "u1")])  # ROW, for numpy
_Printing = tuple[int, int, int, int, str]  # story, line before, line behind, flags, start of the text


def _printings(articles: tuple[ArticleLines, ...], story_of: list[int]) -> dict[int, list[_Printing]]:
    found: dict[int, list[_Printing]] = {hashed: [] for hashed in _repeated(articles)}
    for article, story in zip(articles, story_of, strict=True):
        for row, shown in zip(ROW.iter_unpack(article.rows), article.shown, strict=True):
            if row[0] in found:
                found[row[0]].append((story, row[1], row[2], row[3], shown))
    return found


def _repeated(articles: tuple[ArticleLines, ...]) -> list[int]:
    """The lines that enough articles print for anything to be learned of them: few of all."""
    hashes, counts = np.unique(
        np.frombuffer(b"".join([article.rows for article in articles]), _ROW)["line"], return_counts=True
    )
    return hashes[counts >= MIN_STORIES].tolist()


def _learned(printings: list[_Printing], total: int) -> LearnedLine | None:
    stories = len({story for story, *_ in printings})
    share = stories / total
    if stories < MIN_STORIES or share < MIN_SHARE:
        return None
    signal, neighbours = _second_signal(printings, share)
    if not signal:
        return None
    text = min(shown for *_, shown in printings)
    return LearnedLine(text=text, stories=stories, share=round(share, 4), signal=signal, neighbours=neighbours)


def _second_signal(printings: list[_Printing], share: float) -> tuple[str, tuple[str, ...]]:
    needed = SIGNAL_SHARE * len(printings)
    if sum(bool(flags & EDGE) for *_, flags, _ in printings) >= needed:
        return "edge", ()
    neighbours = []
    for side in (1, 2):
        counts = Counter(printing[side] for printing in printings if printing[side] != NO_LINE)
        if counts:
            most = max(counts.values())
            if most >= needed:
                neighbours.extend(f"{n:016x}" for n, times in counts.items() if times == most)
    if neighbours:
        return "neighbour", tuple(sorted(neighbours))
    if share >= MIN_SHAPE_SHARE and all(flags & TEASER for *_, flags, _ in printings):
        return "shape", ()
    return "", ()


def _stories(articles: tuple[ArticleLines, ...]) -> list[int]:
    """A provisional grouping of near-copies: for each article the number of its story.

    An article joins the story with which it shares the most sentences, if these are many enough; the first article of
    a story stands for it. Articles come in the order of keys, so the grouping is a function of the set.
    """
    holders: dict[int, list[int]] = {}
    sizes: list[int] = []
    story_of: list[int] = []
    for article in articles:
        sketch = struct.unpack(f"<{len(article.sketch) // 4}I", article.sketch)
        shared = Counter(chain.from_iterable(filter(None, map(holders.get, sketch))))
        story = -1
        if shared:
            best = min(shared, key=lambda candidate: (-shared[candidate], candidate))
            if shared[best] >= max(MIN_COMMON, COMMON_SHARE * min(len(sketch), sizes[best])):
                story = best
        if story < 0:
            story = len(sizes)
            sizes.append(len(sketch))
            for sentence in sketch:
                known = holders.setdefault(sentence, [])
                if len(known) < HUBS:
                    known.append(story)
        story_of.append(story)
    return story_of


def mark_learned(lines: list[Line], learned: LearnedLines) -> None:
    """Remove the lines of one article that its source repeats, where the second signal is given here too."""
    if not learned.lines:
        return
    heads = {_head(known.text) for known in learned.lines.values()}
    last = len(lines) - 1
    for n, line in enumerate(lines):
        if line.cls is not None or line.credited or line.kind == "heading" or not _may_be_known(line, heads):
            continue
        name = _name(line)
        known = learned.lines.get(name)
        if known is None:
            continue
        beside = [lines[at] for at in (n - 1, n + 1) if 0 <= at <= last]
        fits = (
            is_edge(n, len(lines))
            or any(other.cls is not None for other in beside)
            or any(_name(other) in known.neighbours for other in beside)
            or (known.share >= MIN_SHAPE_SHARE and line.teaser)
        )
        if fits:
            line.remove("repeated", f"learned:{name}")


def _may_be_known(line: Line, heads: set[str]) -> bool:
    """Whether a line begins as one that is learned. Only letters are compared: all else may be printed in several ways."""
    head = line.folded.lstrip(EDGES)[:HEAD].rstrip()
    return head in heads or not head.replace(" ", "").isalpha()


@lru_cache(maxsize=REMEMBERED_LINES)
def _head(text: str) -> str:
    return key(fold(text))[:HEAD].rstrip()


def _name(line: Line) -> str:
    """The name that a line has in the table; empty for one that is too long to stand there."""
    return line_name(line.folded) if len(line.text) <= MAX_LINE else ""
