"""A BeautifulSoup of one region of a page that lexbor has parsed already."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder
from bs4.element import NavigableString, PageElement, Tag
from selectolax.lexbor import LexborNode

from transforms.extraction.boxes import HEADINGS, IMAGES, INLINE, SILENT
from transforms.extraction.vocabulary import names_of

# Levels of a region that are read. Articles lie some 20 below their body tag; deeper ones are an attack or a defect.
_DEEPEST = 256
# Elements of a region that become elements of the soup, of which each takes 15 microseconds and a kilobyte. Of further
# ones only the text is read. Real regions have some 100, the longest live blogs 5,000.
_MOST_TAGS = 50_000
# Attributes that reading looks at. The others cost a dictionary entry each and say nothing.
_BESIDE_NAMES = frozenset({"itemprop", "rel", "datetime"})
_READ = _BESIDE_NAMES | {"class", "id", "data-testid", "data-component"}

# The attributes under which a region's cuts, its body and a layout's parts stand in the soup. No page can write them:
# parsers lower the names of attributes.
CUT = "CUT"
BODY = "BODY"
PART = "PART"


# What get_text() reads. Without a builder, which would be asked five times for each element, a tag must be told.
_STRINGS = Tag.MAIN_CONTENT_STRING_TYPES

# Inline elements that say nothing where they bear no name: their text is read as if they weren't there.
_TRANSPARENT = frozenset("span font em i u s small big mark sup sub cite q abbr wbr tt ins strike".split())


class _Region:
    """What BeautifulSoup takes for an open file: it asks ``read()`` for the markup and hands that to the builder."""

    def __init__(self, node: LexborNode) -> None:
        self._node = node

    def read(self) -> LexborNode:
        return self._node


class _LexborTreeBuilder(HTMLTreeBuilder):
    """Feeds BeautifulSoup from lexbor's tree: 2.4 times as fast as having html.parser read the markup once more."""

    NAME = "lexbor"
    features: list[str] = []
    is_xml = False

    def __init__(
        self, skip: Container[int], cuts: Mapping[int, str], bodies: Container[int], every_attribute: bool
    ) -> None:
        super().__init__(multi_valued_attributes=None)
        self._skip = skip
        self._cuts = cuts
        self._bodies = bodies
        self._every_attribute = every_attribute

    def initialize_soup(self, soup: BeautifulSoup) -> None:
        super().initialize_soup(soup)
        self._tag: Tag = soup
        self._last: PageElement = soup
        self._texts: list[str] = []

    def prepare_markup(self, markup: Any, *_: Any, **__: Any) -> Iterator[tuple[Any, None, None, bool]]:
        yield markup, None, None, False

    def feed(self, markup: Any) -> None:
        tags = 0
        open_tags: list[tuple[Iterator[LexborNode], bool]] = [(iter((markup,)), False)]
        while open_tags:
            children, ends = open_tags[-1]
            node = next(children, None)
            if node is None:
                open_tags.pop()
                if ends:
                    self._end()
                continue
            tag = node.tag
            if tag == "-text":
                content = node.text_content
                if content.isspace() and ((after := node.next) is None or after.tag not in INLINE):
                    continue  # nothing but line breaks between blocks
                self._texts.append(content)
            elif tag is not None and tag[0] not in "-!" and tag not in SILENT and tag not in IMAGES:
                key = node.mem_id
                if key in self._skip:
                    continue
                attributes = node.attributes
                if self._every_attribute:
                    kept = {name: value or "" for name, value in attributes.items()}
                else:
                    kept = _read(attributes)
                tags += 1
                if tag == "a" and self._tag.name in HEADINGS and (attributes.get("href") or "").startswith("#"):
                    tag = "span"  # the address of a heading of this story
                if not kept and tag in _TRANSPARENT or tags > _MOST_TAGS:
                    open_tags.append((node.iter(include_text=True), False))
                    continue
                if key in self._cuts:
                    kept[CUT] = self._cuts[key]
                if key in self._bodies:
                    kept[BODY] = ""
                self._start(tag, kept)
                if len(open_tags) < _DEEPEST:
                    open_tags.append((node.iter(include_text=True), True))
                else:
                    self._texts.append(node.text())
                    self._end()

    # The soup's own methods look for the element that an end tag closes, for white space that must stay, and more. In
    # a tree that is parsed already nothing is to be looked for, and the elements are put together in half the time.

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._texts:
            self._put_text()
        tag = Tag(name=name, parent=self._tag, previous=self._last, interesting_string_types=_STRINGS)
        tag.attrs.update(attributes)
        self._tag.contents.append(tag)
        self._tag = self._last = tag

    def _end(self) -> None:
        if self._texts:
            self._put_text()
        self._tag = self._tag.parent or self._tag

    def _put_text(self) -> None:
        text = "".join(self._texts)
        self._texts.clear()
        if not text.strip(" \n\t\f\r"):
            text = "\n" if "\n" in text else " "
        string = NavigableString(text)
        string.setup(self._tag, self._last)
        self._tag.contents.append(string)
        self._last = string


def _read(attributes: Mapping[str, str | None]) -> dict[str, str]:
    """The attributes that say something; most class names don't."""
    if not attributes:
        return {}
    names = names_of(attributes)
    read = _READ if names.cut is not None or names.field is not None else _BESIDE_NAMES
    return {name: value or "" for name, value in attributes.items() if name in read}


def cook(
    node: LexborNode,
    skip: Container[int],
    cuts: Mapping[int, str],
    bodies: Container[int],
    every_attribute: bool = False,
) -> BeautifulSoup:
    """Read one element and all inside it with BeautifulSoup.

    Args:
        node: The region's element.
        skip: ``mem_id`` of the elements inside the region that are left out, with all inside them.
        cuts: ``mem_id`` of elements that are no body, to the removal's class and rule, a blank between; the soup has
            them as attribute ``CUT``.
        bodies: ``mem_id`` of elements that are the body; the soup has the attribute ``BODY`` on them.
        every_attribute: For selectors that may ask for any; else only those that reading looks at are kept.

    Returns:
        A soup whose one child is that element.
    """
    builder = _LexborTreeBuilder(skip, cuts, bodies, every_attribute)
    return BeautifulSoup(_Region(node), builder=builder)  # type: ignore[arg-type]
