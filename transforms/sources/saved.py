"""A saved page as a proposal looks at it: what the general extractor read, and where on the page that stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bs4.element import Tag

from transforms.extraction.boxes import INLINE, NO_TEXT, fold
from transforms.extraction.encoding import utf8
from transforms.extraction.layout import Layout
from transforms.extraction.markup import parse
from transforms.extraction.page import PageReading, read_page
from transforms.extraction.soup import cook

BODY_KINDS = frozenset({"heading", "paragraph", "list_item", "quote", "table", "line"})
# Characters that are folded to find the elements of a page by their text; a page of 300,000 takes some 3 million.
_MOST_TEXT = 60_000_000


class Piece(NamedTuple):
    """A block of a reading."""

    text: str  # folded, never empty
    kind: str
    cut: bool
    shown: str  # as printed, white space folded


class SavedPage:
    """One page, and how it answers selectors and layouts: always the same.

    Raises:
        ExtractError: If the page is no article for the general extractor.
    """

    def __init__(self, name: str, content: bytes):
        self.name = name
        self._html = utf8(content, None)
        self.reading = read_page(self._html, None)
        self.pieces = tuple(_pieces(self.reading))
        tree = parse(self._html)
        tree.strip_tags(NO_TEXT, recursive=True)
        assert tree.body is not None  # what has no body is no article
        self.soup = cook(tree.body, frozenset(), {}, frozenset(), every_attribute=True)
        self._found: dict[str, list[Tag]] = {}
        self._elements: dict[str, list[Tag]] = {}
        left = _MOST_TEXT
        for tag in self.soup.find_all(True):
            text = fold(tag.get_text())
            left -= len(text)
            if left < 0:
                break
            if text:
                self._elements.setdefault(text, []).append(tag)

    def elements(self, text: str) -> list[Tag]:
        """The elements that hold exactly this folded text, those outside before those inside of them."""
        return self._elements.get(text, [])

    def element(self, text: str) -> Tag | None:
        """The innermost block element that holds exactly this folded text."""
        found = self.elements(text)
        return next((tag for tag in reversed(found) if tag.name not in INLINE), found[-1] if found else None)

    def with_layout(self, layout: Layout) -> tuple[Piece, ...] | None:
        """What the page gives with a layout; None if the layout is not the page's."""
        reading = read_page(self._html, None, [layout])
        return tuple(_pieces(reading)) if reading.by_layout else None

    def select(self, selector: str) -> list[Tag]:
        """The elements that a selector finds, in document order. Each selector is run once."""
        if selector not in self._found:
            self._found[selector] = list(self.soup.select(selector))
        return self._found[selector]


def body_of(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces of the body."""
    return [piece for piece in pieces if not piece.cut and piece.kind in BODY_KINDS]


def is_inside(tag: Tag, outer: set[int]) -> bool:
    """Whether an element is, or stands in, one of others.

    Args:
        tag: An element.
        outer: The ``id()`` of the others.
    """
    return id(tag) in outer or any(id(above) in outer for above in tag.parents)


def _pieces(reading: PageReading) -> Iterator[Piece]:
    for block in reading.blocks:
        printed = reading.raw[block.start : block.end]
        if text := fold(printed):
            yield Piece(text, block.kind, block.cut is not None, " ".join(printed.split()))
