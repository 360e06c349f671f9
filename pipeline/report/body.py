"""An article's extracted text with its removed pieces in place, as marked-up paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from pipeline.report.marks import Mark, Marks, Piece, split
from pipeline.report.markup import Markup, cut, join, tag
from pipeline.report.words import WORDS
from schemas.records import ArticleRecord, Removed

MOST_LABEL = 80  # characters of a removal's class and of its rule; both are short codes unless someone plays tricks
MOST_NOTES = 8  # marks of one piece that its title names; more overlap only where somebody plays tricks

_LINES = re.compile(r"\n+|[^\n]+")


class Stretch(Struct, frozen=True):
    """Text that is shown in one go."""

    text: str
    start: int  # of the body; of raw for a removed piece
    removed: Removed | None = None  # None: body
    own_line: bool = False  # a removed piece that stands on lines of its own


def stretches(article: ArticleRecord) -> Iterator[Stretch]:
    """Kept and removed pieces in the order of raw.

    The stretches that are body join to ``body_text``, whatever the record's spans say. A removed piece shares a line
    with the kept text that it touches in raw, or that the body continues in the same line; else it has its own.
    """
    body, cursor, last_end = article.body_text, 0, -1
    waiting: list[Removed] = []
    removed = sorted(article.removed, key=lambda piece: piece.start)
    place = 0
    for raw_start, raw_end, body_start, body_end in sorted(article.kept):
        while place < len(removed) and removed[place].start < raw_end:
            waiting.append(removed[place])
            place += 1
        yield from _between(waiting, last_end, raw_start, body[cursor : max(cursor, body_start)], cursor)
        waiting, cursor, last_end = [], max(cursor, body_start), raw_end
        if body_end > cursor:
            yield Stretch(body[cursor:body_end], cursor)
            cursor = min(body_end, len(body))
    yield from _between(removed[place:], last_end, -1, body[cursor:], cursor)


def _between(removed: Sequence[Removed], before: int, after: int, gap: str, at: int) -> Iterator[Stretch]:
    """The removed pieces between two kept ones, and the white space that the body has there."""
    same_line = "\n" not in gap and before >= 0 and after >= 0
    first = 0
    while first < len(removed) and removed[first].start == before:  # glued to the kept text before
        yield Stretch(removed[first].exact, removed[first].start, removed[first])
        before = removed[first].end
        first += 1
    last = len(removed)
    while last > first and removed[last - 1].end == after:  # glued to the kept text after
        last -= 1
        after = removed[last].start
    if gap:
        yield Stretch(gap, at)
    for piece in removed[first:last]:
        yield Stretch(piece.exact, piece.start, piece, own_line=not same_line)
    for piece in removed[last:]:
        yield Stretch(piece.exact, piece.start, piece)


class Layout(Struct, frozen=True):
    """A text ready for the page."""

    html: Markup
    shown: int  # characters
    characters: int  # of the whole text


def lay_out(article: ArticleRecord, in_body: Sequence[Mark], in_raw: Sequence[Mark], most: int) -> Layout:
    """Write an article's text, at most ``most`` characters of it.

    Without the ``del`` elements and their labels (class ``why``) the text content of the result is
    ``visible(body_text)``, cut or whole: paragraphs are elements and the white space between them stays.

    Args:
        article: The record.
        in_body: Marks in ``body_text``: shared passages, credits, mentions.
        in_raw: Marks in raw; only those in removed pieces can be seen.
        most: Characters, removed pieces included.
    """
    marked_body = _Marked(split(in_body, len(article.body_text)))
    marked_raw = _Marked(split(in_raw, max((piece.end for piece in article.removed), default=0)))
    paragraphs = _Paragraphs()
    left, characters = most, 0
    for stretch in stretches(article):
        characters += len(stretch.text)
        text = stretch.text[:left]
        left -= len(text)
        if not text:
            continue
        if stretch.removed is None:
            for line, at in _lines(text, stretch.start):
                if line[0] == "\n":
                    paragraphs.blank(line)
                else:
                    paragraphs.add(marked_body.show(line, at), is_body=True)
        else:
            if stretch.own_line:
                paragraphs.end()
            paragraphs.add(_struck(text, stretch.removed, marked_raw), is_body=False)
            if stretch.own_line:
                paragraphs.end()
    paragraphs.end()
    return Layout(Markup("".join(paragraphs.done)), min(most, characters), characters)


class _Marked:
    """A text's pieces, to be shown stretch by stretch."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._starts = [piece.start for piece in pieces]

    def show(self, text: str, at: int) -> Markup:
        """Mark up ``text``, which stands at ``at``."""
        return join([_mark(part, marks) if marks else part for part, marks in self.parts(text, at)])

    def parts(self, text: str, at: int) -> Iterator[tuple[str, Marks]]:
        """``text``, which stands at ``at``, in parts with their marks."""
        end = at + len(text)
        for number in range(max(0, bisect_right(self._starts, at) - 1), len(self._pieces)):
            piece = self._pieces[number]
            if piece.start >= end:
                break
            yield text[max(piece.start, at) - at : min(piece.end, end) - at], piece.marks


class _Paragraphs:
    """Paragraphs that grow piece by piece."""

    def __init__(self) -> None:
        self.done: list[Markup] = []
        self._open: list[Markup] = []
        self._is_body = False

    def add(self, inline: Markup, *, is_body: bool) -> None:
        self._open.append(inline)
        self._is_body |= is_body

    def blank(self, line_feeds: str) -> None:
        self.end()
        self.done.append(Markup(line_feeds))

    def end(self) -> None:
        if self._open:
            self.done.append(tag("p" if self._is_body else "p.gone", *self._open, auto=True))
            self._open, self._is_body = [], False


def _lines(text: str, start: int) -> Iterator[tuple[str, int]]:
    """A text cut into lines and runs of line feeds, each with its place."""
    for part in _LINES.finditer(text):
        yield part[0], start + part.start()


def _mark(text: str, marks: Marks) -> Markup:
    kinds = dict.fromkeys(kind for kind, _ in marks)
    title = "; ".join(note or f"shared {WORDS.kind[kind].label}" for kind, note in marks[:MOST_NOTES])
    return tag(".".join(("mark", *kinds)), text, title=title)


def _struck(text: str, removed: Removed, marked: _Marked) -> Markup:
    """A removed piece with its label. What credits somebody in it is framed instead of struck, to stay readable."""
    cls, rule = cut(removed.cls, MOST_LABEL), cut(removed.rule, MOST_LABEL)
    title = f"Removed: {cls}, rule {rule}"
    parts = [
        tag("del.marked", _mark(part, marks), title=title) if marks else tag("del", part, title=title)
        for part, marks in marked.parts(text, removed.start)
    ]
    return join((tag("span.why", cls, " ", tag("code", rule), title=title), *parts))
