"""Take out of an article what is not its text, reversibly: each removed piece has a class and the rule that took it."""

from __future__ import annotations

from schemas.article import Article, Cleaning, Credits
from schemas.errors import NothingLeft
from transforms.boilerplate.appeals import mark_appeals
from transforms.boilerplate.captions import mark_captions
from transforms.boilerplate.cues import CueTable
from transforms.boilerplate.glued import glued_removals
from transforms.boilerplate.learned import LearnedLines, mark_learned
from transforms.boilerplate.lines import Line, read_lines
from transforms.boilerplate.match import LineMatcher
from transforms.boilerplate.pieces import Removal, laid_out, tile
from transforms.boilerplate.runs import mark_runs

ED_NOTE = "ed_note"


def strip_boilerplate(article: Article, credits: Credits, cues: CueTable, learned: LearnedLines | None) -> Cleaning:
    """Cut an article's raw text into the body and what is removed.

    Removed are: blocks whose structure is a reason, the headline, standfirst, byline and date, the pieces that are
    credit, editor's notes, and what cue, position, shape and repetition together show to be boilerplate. A cue inside
    a sentence of the story is content. What is kept is verbatim, in order, blocks joined by a blank line.

    Args:
        article: As it was extracted.
        credits: As they were read in it; ``removed`` are pieces of raw.
        cues: The tables, with the source's own cues.
        learned: The lines that repeat in this article's source; None or another source's: none.

    Raises:
        NothingLeft: No word is left.
    """
    raw = article.raw
    matcher = LineMatcher(cues, raw)
    lines = read_lines(article, credits, matcher)
    mark_captions(lines)
    if learned is not None and learned.source is not None and learned.source == article.source:
        mark_learned(lines, learned)
    voice = mark_appeals(lines, cues.appeals, article.source)
    mark_runs(lines)
    credited = [*_credit_removals(credits), *_note_removals(article, credits)]
    removals = [Removal(line.start, line.end, line.cls, line.rule) for line in lines if line.cls is not None]
    removals.extend(glued_removals(raw, [line for line in lines if line.cls is None], matcher, voice))
    cleaning = tile(raw, [(line.start, line.end) for line in lines], laid_out(credited, removals, len(raw)))
    if not any(sign.isalnum() for sign in cleaning.body_text):
        raise NothingLeft(_nothing_left(article, lines))
    return cleaning


def _credit_removals(credits: Credits) -> list[Removal]:
    return [Removal(piece.start, piece.end, piece.cls, piece.rule) for piece in credits.removed]


def _note_removals(article: Article, credits: Credits) -> list[Removal]:
    """The editor's note where it stands in raw, if the credits' pieces don't hold it already."""
    if not credits.ed_note or any(piece.cls == ED_NOTE for piece in credits.removed):
        return []
    start = article.raw.find(credits.ed_note)
    return [Removal(start, start + len(credits.ed_note), ED_NOTE, "credits.ed_note")] if start >= 0 else []


def _nothing_left(article: Article, lines: list[Line]) -> str:
    rules = [line.rule for line in lines if line.cls is not None]
    first = f", {rules[0]} first" if rules else ""
    return f"{article.path}: nothing left after boilerplate ({len(rules)} blocks removed{first})"
