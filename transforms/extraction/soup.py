"""A BeautifulSoup of one region of a page that lexbor has parsed already."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder
from selectolax.lexbor import LexborNode

from transforms.extraction.boxes import IMAGES, INLINE, SILENT

# Levels of a region that are read. Articles lie some 20 below their body tag; deeper ones are an attack or a defect.
_DEEPEST = 256
# Elements of a region that become elements of the soup, of which each takes 15 microseconds and a kilobyte. Of further
# ones only the text is read. Real regions have some 100, the longest live blogs 5,000.
_MOST_TAGS = 50_000
# Attributes that reading looks at. The others cost a dictionary entry each and say nothing.
_READ = frozenset({"class", "id", "itemprop", "rel", "datetime", "data-testid", "data-component"})

# The attributes under which a region's cuts, its body and a layout's parts stand in the soup. No page can write them:
# parsers lower the names of attributes.
CUT = "CUT"
BODY = "BODY"
PART = "PART"


# Inline elements that say nothing where they bear no name: their text is read as if they weren't there.
_TRANSPARENT = frozenset(
    {
        "span",
        "font",
        "em",
        "i",
        "u",
        "s",
        "small",
        "big",
        "mark",
        "sup",
        "sub",
        "cite",
        "q",
        "abbr",
        "wbr",
        "tt",
        "ins",
        "strike",
    }
)


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

    def prepare_markup(self, markup: Any, *_: Any, **__: Any) -> Iterator[tuple[Any, None, None, bool]]:
        yield markup, None, None, False

    def feed(self, markup: Any) -> None:
        start, end, text = self.soup.handle_starttag, self.soup.handle_endtag, self.soup.handle_data
        tags = 0
        open_tags: list[tuple[str, Iterator[LexborNode]]] = [("", iter((markup,)))]
        while open_tags:
            name, children = open_tags[-1]
            node = next(children, None)
            if node is None:
                open_tags.pop()
                if name:
                    end(name)
                continue
            tag = node.tag
            if tag == "-text":
                content = node.text_content
                if content.isspace() and ((after := node.next) is None or after.tag not in INLINE):
                    continue  # nothing but line breaks between blocks
                text(content)
            elif tag[0] not in "-!" and tag not in SILENT and tag not in IMAGES:
                key = node.mem_id
                if key in self._skip:
                    continue
                attributes = node.attributes
                if self._every_attribute:
                    kept = {name: value or "" for name, value in attributes.items()}
                else:
                    kept = (
                        {name: value or "" for name, value in attributes.items() if name in _READ} if attributes else {}
                    )
                tags += 1
                if not kept and tag in _TRANSPARENT or tags > _MOST_TAGS:
                    open_tags.append(("", node.iter(include_text=True)))
                    continue
                if key in self._cuts:
                    kept[CUT] = self._cuts[key]
                if key in self._bodies:
                    kept[BODY] = ""
                start(tag, None, None, kept)
                if len(open_tags) < _DEEPEST:
                    open_tags.append((tag, node.iter(include_text=True)))
                else:
                    text(node.text())
                    end(tag)


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
    return BeautifulSoup(_Region(node), builder=_LexborTreeBuilder(skip, cuts, bodies, every_attribute))  # type: ignore[arg-type]
