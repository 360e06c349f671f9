"""Position: the run of lines before the story and the run behind it, where shape is enough to see a menu or a teaser."""

from __future__ import annotations

from transforms.boilerplate.lines import Line
from transforms.boilerplate.shape import word_count

MENU_WORDS = 4  # words of a section name or menu entry above the headline
FOLLOWER_WORDS = 6  # words; between paragraphs a line under a heading of related stories is longer than an intertitle
MAX_FOLLOWERS = 6  # lines under such a heading between paragraphs


def mark_runs(lines: list[Line]) -> None:
    """Remove what stands in the head or tail run, or under a heading of related stories, and has the shape for it."""
    _mark_head(lines)
    _mark_tail(lines)
    _mark_followers(lines)


def _mark_head(lines: list[Line]) -> None:
    """Menu entries above the headline, beside something that is removed."""
    headline = next((n for n, line in enumerate(lines) if line.kind == "headline"), None)
    if headline is None:
        return
    for n in range(headline):
        line = lines[n]
        if line.cls is None and not line.credited and line.teaser and word_count(line.text) <= MENU_WORDS:
            if lines[n + 1].cls is not None or (n and lines[n - 1].cls is not None):
                line.remove("nav_menu", "head.menu")


def _mark_tail(lines: list[Line]) -> None:
    """Teasers behind the story: under a heading that opened the tail, or between removed lines."""
    first = _tail_start(lines)
    if all(line.cls is not None for line in lines[:first]):
        return  # no story stands in front of them: they are it
    last = max((n for n in range(first, len(lines)) if lines[n].cls is not None), default=-1)
    opened = False
    for n in range(first, len(lines)):
        line = lines[n]
        if line.cls is not None:
            opened = opened or line.opens
        elif n > first and not line.credited and _goes(lines, n, opened or n < last):
            line.remove("related", "tail.opened" if opened else "tail.between")


def _tail_start(lines: list[Line]) -> int:
    """The first line of the tail run: the suffix of lines that are removed, teasers, or single sentences among those.

    The run begins with a removed line: a teaser before it belongs to the story.
    """
    start = len(lines)
    for n in range(len(lines) - 1, -1, -1):
        line = lines[n]
        if line.cls is not None:
            start = n
        elif line.credited or not (line.teaser or _is_teaser_sentence(lines, n)):
            break
    return start


def _goes(lines: list[Line], n: int, enclosed: bool) -> bool:
    return enclosed if lines[n].teaser else _is_teaser_sentence(lines, n)


def _is_teaser_sentence(lines: list[Line], n: int) -> bool:
    """A teaser that is a whole sentence: it stands in a row with teasers that are none, or right under their heading."""
    if not 0 < n < len(lines) - 1:
        return False
    before, behind = lines[n - 1], lines[n + 1]
    if not (behind.cls is not None or behind.teaser):
        return False
    if before.opens and before.cls == "related":
        return behind.cls is None and lines[n].sentence
    in_a_row = before.cls is None or before.rule.startswith(("tail.", "learned:"))
    return in_a_row and before.teaser and lines[n].sentence


def _mark_followers(lines: list[Line]) -> None:
    """Between paragraphs: the teasers right under a heading of related stories."""
    n = 0
    while n < len(lines):
        if not (lines[n].opens and lines[n].cls == "related"):
            n += 1
            continue
        n += 1
        for _ in range(MAX_FOLLOWERS):
            if n >= len(lines) or lines[n].cls is not None or lines[n].credited:
                break
            if not lines[n].teaser or word_count(lines[n].text) < FOLLOWER_WORDS or lines[n].kind == "heading":
                break
            lines[n].remove("related", "heading.follower")
            n += 1
