"""Captions that stand as lines in a text: one with its credit, its twin without, and a line printed twice."""

from __future__ import annotations

from transforms.boilerplate.lines import Line
from transforms.boilerplate.reader import CAPTIONS

MIN_TWIN_WORDS = 5  # words; shorter lines repeat by chance ("No one was hurt.")


def mark_captions(lines: list[Line]) -> None:
    """Remove the twins of captions, and the first of two equal neighbours.

    The twin of a removed caption is a line of a text that equals it or that it begins with; on a page, a paragraph that
    says the same as a caption is a paragraph. Of two equal lines side by side one stays: a standfirst printed again as
    the first paragraph is no loss.
    """
    captions = [line.folded for line in lines if line.cls in CAPTIONS and len(line.text.split()) >= MIN_TWIN_WORDS]
    previous: Line | None = None
    for line in lines:
        if line.cls is not None:
            continue
        if captions and line.kind == "line" and _is_twin(line, captions):
            line.remove("photo_caption", "caption.twin")
            continue
        if previous is not None and previous.text == line.text and len(line.text.split()) >= MIN_TWIN_WORDS:
            previous.remove("photo_caption", "caption.repeated")
        previous = line


def _is_twin(line: Line, captions: list[str]) -> bool:
    folded = line.folded
    return any(caption.startswith(folded) for caption in captions) and len(line.text.split()) >= MIN_TWIN_WORDS
