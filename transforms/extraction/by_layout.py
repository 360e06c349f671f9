"""A page, read where a source's profile says that things stand."""

from __future__ import annotations

from bs4 import BeautifulSoup
from bs4.element import Tag
from selectolax.lexbor import LexborHTMLParser

from schemas.article import Block, BlockKind, Cut, Flow
from transforms.extraction.layout import Layout
from transforms.extraction.leaves import Leaf, read_leaves
from transforms.extraction.soup import CUT, PART, cook
from transforms.extraction.vocabulary import read_names

_KINDS: dict[str, BlockKind] = {"headline": "headline", "standfirst": "standfirst", "by": "byline", "published": "date"}
_CAPTIONS = ("figure", "figcaption")


class LayoutReading(Flow, kw_only=True):
    """What a layout found. None where its selectors found no text."""

    raw: str
    blocks: tuple[Block, ...]
    headline: str | None
    published: str | None  # the datetime attribute of the element or of a time element in it, else its text


def read_by_layout(tree: LexborHTMLParser, layout: Layout) -> LayoutReading | None:
    """Read a page with the selectors of a layout.

    Args:
        tree: The page, without what never holds text.
        layout: Its selectors are valid, which loading a profile makes sure of.

    Returns:
        None if the body's selectors find no text: then the layout isn't this page's.
    """
    if tree.body is None:
        return None
    soup = cook(tree.body, frozenset(), {}, frozenset(), every_attribute=True)
    bodies = [tag for selector in layout.body for tag in soup.select(selector)]
    if not any(tag.get_text(strip=True) for tag in bodies):
        return None
    for tag in bodies:
        tag.attrs[PART] = "body"
    for tag in bodies:
        _cut_by_name(tag)
    first: dict[str, Tag] = {}
    for part in _KINDS:
        found = _first(soup, getattr(layout, part))
        if found is not None:
            first[part] = found
            found.attrs[PART] = part
    for selector in layout.drop:
        for tag in soup.select(selector):
            tag.attrs[PART] = "drop"
    leaves = [leaf for leaf in read_leaves(soup) if leaf.part]
    headline = next((leaf.text for leaf in leaves if leaf.part == "headline"), None)
    raw, blocks = _laid_out(leaves)
    if not any(leaf.part == "body" and block.cut is None for leaf, block in zip(leaves, blocks)):
        return None
    return LayoutReading(raw=raw, blocks=blocks, headline=headline, published=_moment(first.get("published")))


def _first(soup: BeautifulSoup, selectors: tuple[str, ...]) -> Tag | None:
    for selector in selectors:
        for tag in soup.select(selector):
            if tag.get_text(strip=True) or tag.get("datetime"):
                return tag
    return None


def _cut_by_name(body: Tag) -> None:
    """Inside of a container the names cut as on any page; the container itself is the body, as the layout says."""
    for tag in body.find_all(True):
        if tag.name in _CAPTIONS:
            tag.attrs[CUT] = f"photo_caption element.{tag.name}"
        elif tag.get("class") or tag.get("id"):
            names = read_names(f"{tag.get('class', '')} {tag.get('id', '')}")
            if names.cut and PART not in tag.attrs:
                tag.attrs[CUT] = f"{names.cut} names.{names.word}"


def _moment(tag: Tag | None) -> str | None:
    if tag is None:
        return None
    inner = tag if tag.get("datetime") else tag.find(attrs={"datetime": True})
    return str(inner["datetime"]) if isinstance(inner, Tag) else tag.get_text(" ", strip=True) or None


def _laid_out(leaves: list[Leaf]) -> tuple[str, tuple[Block, ...]]:
    blocks: list[Block] = []
    place = 0
    for leaf in leaves:
        kind: BlockKind = _KINDS.get(leaf.part or "", leaf.shape)
        cut: Cut | None = None
        if leaf.part == "drop":
            cut = Cut(cls=leaf.cut or "related", rule="layout.drop")
        elif leaf.part == "body" and leaf.cut:
            cut = Cut(cls=leaf.cut, rule=leaf.rule or "names")
            kind = "caption" if leaf.cut in ("photo_caption", "photo_credit") else kind
        blocks.append(Block(start=place, end=place + len(leaf.text), kind=kind, cut=cut))
        place += len(leaf.text) + 2
    return "\n\n".join(leaf.text for leaf in leaves), tuple(blocks)
