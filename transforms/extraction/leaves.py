"""The pieces of text of a region, in order, with what stands around each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from schemas.article import Flow
from transforms.extraction.boxes import INLINE
from transforms.extraction.soup import BODY, CUT, PART
from transforms.extraction.vocabulary import Field, Names, names_of

Shape = Literal["heading", "paragraph", "list_item", "quote", "table", "caption"]

# Blanks that must become one space; a space alone is one already.
_BLANKS = re.compile(r"[ \t\r\n\f\v\u2028\u2029\x1c-\x1f\x85]{2,}|[\t\r\n\f\v\u2028\u2029\x1c-\x1f\x85]")
_BREAK = "\x00"  # stands for a br element until a leaf's text is made; lexbor leaves no such character in a text
_TERMINAL = frozenset(".!?…:;\"”’'»›)]。！？」』》）।؟۔|")
_BOLD = frozenset({"b", "strong"})
# Cuts for which an inline element is a piece of its own; for the others it is part of the sentence that it stands in.
_INLINE_CUTS = frozenset({"photo_caption", "photo_credit", "print_tools", "share_bar", "ad_marker", "newsletter"})
# Authors of one piece of text that are read, and the characters of the longest.
_MOST_AUTHORS = 20
_LONGEST_AUTHOR = 100
_NO_NAMES = Names()


class Leaf(Flow, kw_only=True):
    """One piece of text: what stands in one element of the page, between two breaks, without other blocks in it."""

    text: str  # never blank; runs of blanks are one
    shape: Shape
    tag: str
    parent: int  # number of the element around it, to tell neighbours from others
    around: int  # number of the element that holds its own element
    cut: str | None  # class of the removal that the names around it ask for
    rule: str | None
    field: Field | None  # what the nearest named element around it calls it
    linked: float  # share of its characters in links, 0..1
    bold: float  # share of its characters that are bold
    authors: tuple[str, ...]  # texts of the links and spans in it that are marked as the author
    moment: str | None  # the datetime of the first time element in it
    body: bool  # it stands in an element that calls itself the body
    part: str | None  # what a layout's selector calls it
    card: bool = False  # it is one of several blocks in one link


class _Frame:
    """An open block element, and the text that gathers in it."""

    __slots__ = (
        "children",
        "tag",
        "number",
        "shape",
        "cut",
        "rule",
        "field",
        "parts",
        "linked",
        "bold",
        "authors",
        "moment",
        "own_field",
        "counted",
        "body",
        "part",
        "card",
    )

    def __init__(self, children: Iterator[PageElement], tag: str, number: int, above: _Frame | None) -> None:
        self.children, self.tag, self.number = children, tag, number
        self.shape: Shape = above.shape if above else "paragraph"
        self.cut: str | None = above.cut if above else None
        self.rule: str | None = above.rule if above else None
        self.field: Field | None = above.field if above else None
        self.body = above.body if above else False
        self.part: str | None = above.part if above else None
        self.card: bool = above.card or above.counted == "a" if above else False
        self.own_field: Field | None = None
        self.counted = ""  # the inline element that it was, before a block was found in it
        self.clear()

    def clear(self) -> None:
        self.parts: list[str] = []
        self.linked = self.bold = 0
        self.authors: list[str] = []
        self.moment: str | None = None
        self.own_field = None


_SHAPES: dict[str, Shape] = {
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
    "li": "list_item", "dt": "list_item", "dd": "list_item", "blockquote": "quote", "td": "table", "th": "table",
    "figure": "caption", "figcaption": "caption",
}  # fmt: skip


def read_leaves(soup: BeautifulSoup) -> list[Leaf]:
    """Read the pieces of text of a region, in document order.

    Args:
        soup: The region, with its cuts.

    Returns:
        The leaves; the texts of all of them, in order, are the text of the region.
    """
    leaves: list[Leaf] = []
    numbers = 0
    stack = [_Frame(iter(soup.contents), "", 0, None)]
    inline: list[tuple[Iterator[PageElement], str, Names]] = []
    links = bolds = 0
    while stack:
        frame = stack[-1]
        child = next(inline[-1][0] if inline else frame.children, None)
        if child is None:
            if inline:
                _, name, names = inline.pop()
                links -= name == "a"
                bolds -= name in _BOLD
            else:
                _flush(frame, stack[-2].number if len(stack) > 1 else 0, leaves)
                stack.pop()
                links -= frame.counted == "a"
                bolds -= frame.counted in _BOLD
            continue
        if isinstance(child, NavigableString):
            if not isinstance(child, PreformattedString):
                size = len(child)
                frame.parts.append(child)
                frame.linked += size if links else 0
                frame.bold += size if bolds else 0
            continue
        if not isinstance(child, Tag):
            continue
        name = child.name
        if name in ("br", "hr"):
            frame.parts.append(_BREAK)
            continue
        attributes = child.attrs
        names = names_of(attributes) if attributes else _NO_NAMES
        if name in INLINE and names.cut not in _INLINE_CUTS and PART not in attributes:
            if attributes or name == "time":
                _mark(frame, child, attributes, names)
            links += name == "a"
            bolds += name in _BOLD
            inline.append((iter(child.contents), name, names))
            continue
        if inline:  # a block inside of an inline element: the element goes on inside of the block
            frame = _split_inline(inline, stack, frame)
        _flush(frame, stack[-2].number if len(stack) > 1 else 0, leaves)
        numbers += 1
        stack.append(_opened(child, name, attributes, names, numbers, frame))
    return leaves


def _split_inline(inline: list[tuple[Iterator[PageElement], str, Names]], stack: list[_Frame], frame: _Frame) -> _Frame:
    """Turn the open inline elements into frames, so that the blocks in them are read as blocks."""
    for children, name, _ in inline:
        opened = _Frame(children, name, frame.number, frame)
        opened.parts, opened.counted = frame.parts, name
        opened.linked, opened.bold = frame.linked, frame.bold
        opened.authors, opened.moment, opened.own_field = frame.authors, frame.moment, frame.own_field
        frame.clear()
        stack.append(opened)
        frame = opened
    inline.clear()
    return frame


def _mark(frame: _Frame, child: Tag, attributes: dict[str, str], names: Names) -> None:
    if len(frame.authors) < _MOST_AUTHORS and (_is_author(attributes) or names.field == "byline"):
        text = " ".join(child.get_text(" ").split())
        if 0 < len(text) <= _LONGEST_AUTHOR:
            frame.authors.append(text)
    if child.name == "time" and frame.moment is None:
        frame.moment = attributes.get("datetime", "")
    if frame.own_field is None and names.field:
        frame.own_field = names.field


def _is_author(attributes: dict[str, str]) -> bool:
    return "author" in attributes.get("rel", "").split() or "author" in attributes.get("itemprop", "").split()


def _opened(child: Tag, name: str, attributes: dict[str, str], names: Names, number: int, above: _Frame) -> _Frame:
    frame = _Frame(iter(child.contents), name, number, above)
    shape = _SHAPES.get(name)
    if shape and not (shape == "table" and above.shape == "list_item"):
        frame.shape = shape
    if names.field:
        frame.field = names.field
    if PART in attributes and frame.part != "drop":
        frame.part = attributes[PART]
    if BODY in attributes:
        frame.body, frame.field = True, None
    if frame.cut is None or name == "figcaption":
        if CUT in attributes:
            frame.cut, _, frame.rule = attributes[CUT].partition(" ")
        elif name in INLINE and names.cut:
            frame.cut, frame.rule = names.cut, f"names.{names.word}"
    if _is_author(attributes):
        frame.field = "byline"
    return frame


def _flush(frame: _Frame, parent: int, leaves: list[Leaf]) -> None:
    if not frame.parts:
        return
    whole = "".join(frame.parts)
    if "  " in whole or not whole.isprintable():  # most leaves have nothing but single spaces
        whole = _BLANKS.sub(" ", whole)
    size = max(1, sum(map(len, frame.parts)))
    for text in _lines(whole):
        leaves.append(
            Leaf(
                text=text,
                shape=frame.shape,
                tag=frame.tag,
                parent=parent
                if frame.tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote")
                else frame.number,
                around=parent,
                cut=frame.cut,
                rule=frame.rule,
                field=frame.own_field or frame.field,
                linked=min(1.0, frame.linked / size),
                bold=min(1.0, frame.bold / size),
                authors=tuple(frame.authors),
                moment=frame.moment,
                body=frame.body,
                part=frame.part,
                card=frame.card,
            )
        )
    frame.clear()


def _lines(whole: str) -> list[str]:
    """Cut at breaks, but not at a single break in mid-sentence: old pages wrap their lines by hand."""
    if _BREAK not in whole:
        text = whole.strip()
        return [text] if text else []
    lines: list[list[str]] = []
    breaks = 0
    for part in whole.split(_BREAK):
        text = part.strip()
        if text:
            if lines and breaks == 1 and lines[-1][-1][-1] not in _TERMINAL and text[0].islower():
                lines[-1].append(text)
            else:
                lines.append([text])
            breaks = 0
        breaks += 1
    return [" ".join(line) for line in lines]
